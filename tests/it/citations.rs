//! Every identifier, in every spelling, leads to its own node or is a diagnostic.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use controlbook::catalogue::{Catalogue, LinkTarget, Page};
use controlbook::pipeline::CheckedBook;
use controlbook::source::Sources;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::book::Book;
use crate::real::SOURCES;

/// Frameworks that number as those of the world do: folder, name, how it is cited, its nodes as `id` or `parent > id`.
const FRAMEWORKS: [(&str, &str, &str, &[&str]); 6] = [
    (
        "nist",
        "SP 800-53",
        "forms: [\"{id}\"]",
        &[
            "AC",
            "AC > AC-1",
            "AC > AC-2",
            "AC-2 > AC-2a",
            "AC-2 > AC-2(1)",
            "AC-2(1) > AC-2(1)(a)",
            "AC-2(1) > AC-2(1)(b)",
            "AC-2 > AC-2(11)",
            "AC > AC-3",
            "AC > AC-11",
            "AC > AC-21",
        ],
    ),
    (
        "pci",
        "PCI DSS",
        "forms: [\"{id}\"]",
        &[
            "12",
            "12 > 12.3",
            "12.3 > 12.3.1",
            "12.3 > 12.3.10",
            "2",
            "2 > 2.1",
            "2.1 > 2.1.1",
        ],
    ),
    (
        "law",
        "Data Act",
        "display: \"Art. {id}\", forms: [\"Art. {id}\", \"Articles {id}\"], between: [\"Abs.\", \"Buchst.\"]",
        &[
            "3",
            "3 > 3(1)",
            "3(1) > 3(1)(a)",
            "32",
            "32 > 32(1)",
            "32(1) > 32(1)(a)",
            "32(1) > 32(1)(b)",
            "32 > 32(2)",
            "33",
            "33 > 33(1)",
            "33 > 33(12)",
        ],
    ),
    (
        "scheme",
        "CSX",
        "forms: [\"{id}\"]",
        &[
            "CKM",
            "CKM > CKM-03",
            "CKM-03 > CKM-03.1",
            "CKM-03 > CKM-03.11",
            "CKM > CKM-04",
            "OPS",
            "OPS > OPS-19",
            "OPS-19 > OPS-19.2",
            "OPS-19 > OPS-19.2bis",
        ],
    ),
    (
        "csf",
        "CSF",
        "forms: [\"{id}\"]",
        &[
            "GV",
            "GV > GV.OC",
            "GV.OC > GV.OC-01",
            "GV.OC > GV.OC-02",
            "PR",
            "PR > PR.AA",
            "PR.AA > PR.AA-01",
        ],
    ),
    (
        "iso",
        "ISO/IEC 27001",
        "forms: [\"{id}\"]",
        &[
            "A.5",
            "A.5 > A.5.1",
            "A.5 > A.5.15",
            "A.8",
            "A.8 > A.8.1",
            "GOVERN-1",
            "GOVERN-1 > GOVERN-1.6",
        ],
    ),
];

/// The starter book with these frameworks beside its own.
fn numbered() -> Book {
    let mut book = Book::starter().change("book.toml", "\"GDPR\", \"ISO/IEC 27001\"", "\"GDPR\"");
    for (folder, name, cite, nodes) in FRAMEWORKS {
        let mut below: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for node in nodes {
            let (parent, id) = node.split_once(" > ").unwrap_or(("", node));
            below.entry(parent).or_default().push(id);
        }
        book = book.with(
            &format!("content/frameworks/{folder}/framework.yaml"),
            &format!(
                "id: {folder}\nname: {name}\ntitle: {name}\nversion: \"9\"\nkinds:\n  - {{ name: family, page: true }}\n  - {{ name: control }}\n  - {{ name: item }}\n  - {{ name: part }}\ncite: {{ {cite} }}\n"
            ),
        );
        for top in &below[""] {
            book = book.with(
                &format!("content/frameworks/{folder}/{top}.yaml"),
                &tree(top, &below, 0),
            );
        }
    }
    book
}

fn tree(id: &str, below: &BTreeMap<&str, Vec<&str>>, depth: usize) -> String {
    let blanks = " ".repeat(depth);
    let dash = if depth == 0 {
        String::new()
    } else {
        format!("{}- ", &blanks[2..])
    };
    let mut out = format!("{dash}id: \"{id}\"\n{blanks}title: T\n");
    if let Some(nodes) = below.get(id) {
        writeln!(out, "{blanks}nodes:").expect("a text can be written to");
        for node in nodes {
            out += &tree(node, below, depth + 4);
        }
    }
    out
}

/// An identifier in its spellings; the first is its own.
fn spellings(id: &str) -> Vec<String> {
    let swap = |from: &[char], to: &str| id.replace(from, to);
    let brackets = id.replace(")(", ".").replace('(', ".").replace(')', "");
    let spaced = id.replace('(', " (");
    let mut noughts = String::new();
    for (at, c) in id.char_indices() {
        let begins = c.is_ascii_digit() && !id[..at].ends_with(|it: char| it.is_ascii_digit());
        noughts += if begins { "0" } else { "" };
        noughts.push(c);
    }
    let mut out = vec![
        id.to_owned(),
        id.to_lowercase(),
        id.to_uppercase(),
        swap(&['-'], "\u{2010}"),
        swap(&['-'], "\u{2011}"),
        swap(&['-'], "\u{2013}"),
        swap(&['-'], "\u{2212}"),
        swap(&['-'], " "),
        swap(&['-'], "\u{a0}"),
        swap(&['-'], ""),
        swap(&['-', '.'], "-"),
        swap(&['-', '.'], "."),
        spaced.clone(),
        spaced.replace(' ', "\u{a0}"),
        spaced.replace('(', "( ").replace(')', " )"),
        brackets.clone(),
        brackets.replace('.', " "),
        noughts.clone(),
        noughts.to_lowercase().replace('-', " "),
    ];
    if let Some((head, last)) = id.strip_suffix(')').and_then(|it| it.rsplit_once('(')) {
        let digits = |it: &str| it.ends_with(|c: char| c.is_ascii_digit());
        // `AC-21` is no spelling of `AC-2(1)`.
        if !(digits(head) && digits(last)) {
            out.push(format!("{head}{last}"));
        }
        out.push(format!("{head} {last}"));
        out.push(format!("{head} lit. {last})"));
        out.push(format!("{head}, point ({last})"));
        out.push(format!("{head} no. {last}"));
    }
    if let Some((head, last)) = id.rsplit_once('.') {
        out.push(format!("{head}({last})"));
        out.push(format!("{head} ({last})"));
    }
    let mut seen = BTreeSet::new();
    out.retain(|it| seen.insert(it.clone()));
    out
}

/// What an identifier is shown as, with its framework's name: `CSX`, `Art. 32`, `32`.
struct Cited {
    node: usize,
    id: String,
    form: String,
    name: String,
}

fn all_nodes(catalogue: &Catalogue) -> Vec<Cited> {
    let mut out = Vec::new();
    for (at, node) in catalogue.nodes.iter().enumerate() {
        let framework = &catalogue.frameworks[node.framework.index()];
        let kind = &framework.kinds[node.kind];
        out.push(Cited {
            node: at,
            id: node.id.clone(),
            form: kind.display.clone(),
            name: framework.name.clone(),
        });
    }
    out
}

/// A sentence that cites a node, and the citation in it.
fn sentence(cited: &Cited, spelled: &str, place: usize) -> (String, String) {
    let citation = cited.form.replace("{id}", spelled);
    let name = &cited.name;
    let text = match place {
        0 => format!("See {name} {citation}."),
        1 => format!("See {name}, {citation}, which helps."),
        2 => format!("See ({citation} {name}) below."),
        _ => format!("It answers {citation} of the {name}."),
    };
    (text, citation)
}

/// A book with one sentence a paragraph, read.
fn read(book: &Sources, sentences: &[String]) -> CheckedBook {
    let page = format!(
        "---\ntitle: S\nsummary: S.\n---\n\n{}\n",
        sentences.join("\n\n")
    );
    let book = Book {
        sources: book.clone(),
    };
    book.with("content/guide/spellings.md", &page).read()
}

fn page(read: &CheckedBook) -> &Page {
    let mut pages = read.catalogue.pages.iter();
    pages
        .find(|it| it.slug.ends_with("spellings"))
        .expect("the page is there")
}

/// What each sentence's citations lead to, with their words, and whether something is reported of it.
fn outcomes(read: &CheckedBook, count: usize) -> Vec<(Vec<(usize, String)>, bool)> {
    let mut out = vec![(Vec::new(), false); count];
    let page = page(read);
    for run in page.body.document.runs.iter().enumerate() {
        let (at, run) = run;
        for it in page.body.cited.iter().filter(|it| it.event == run.event) {
            let LinkTarget::Node(ix) = it.target else {
                continue;
            };
            let words = run.text(&page.body.document)[it.range.clone()].to_owned();
            out[at].0.push((ix.index(), words));
        }
    }
    for diagnostic in &read.diagnostics {
        assert!(diagnostic.path.ends_with("spellings.md"), "{diagnostic:?}");
        let start = |at: usize| page.body.document.runs[at].range.start;
        let span = diagnostic.span.expect("it has a place");
        let offset = span.start - body_offset();
        let at = (0..count).rev().find(|at| start(*at) <= offset);
        out[at.expect("it is in a run")].1 = true;
    }
    out
}

/// How long the front matter of the page is.
fn body_offset() -> usize {
    "---\ntitle: S\nsummary: S.\n---\n".len()
}

/// Whether a sentence may stay plain: letters alone are a word unless they are written as the identifier is.
fn may_be_plain(id: &str, spelled: &str) -> bool {
    !id.contains(|c: char| c.is_ascii_digit()) && spelled != id
}

/// Asserts of each case that it leads to its node and nowhere else, as a whole, or is reported.
fn prove(book: &Sources, cases: &[(&Cited, String, usize)]) -> usize {
    let written: Vec<_> = cases
        .iter()
        .map(|(cited, spelled, place)| sentence(cited, spelled, *place))
        .collect();
    let texts: Vec<_> = written.iter().map(|(text, _)| text.clone()).collect();
    let read = read(book, &texts);
    let outcomes = outcomes(&read, cases.len());
    let mut linked = 0;
    let mut wrong = Vec::new();
    for (((cited, spelled, _), (text, citation)), (links, reported)) in
        cases.iter().zip(&written).zip(outcomes)
    {
        let right = links.len() == 1 && links[0].0 == cited.node && links[0].1 == *citation;
        let plain = links.is_empty() && (reported || may_be_plain(&cited.id, spelled));
        linked += usize::from(right && !reported);
        if !(right && !reported || plain) {
            wrong.push(format!("{text} ({}): {links:?} {reported}", cited.id));
        }
        // As it is shown, it is always found.
        if *spelled == cited.id && !right {
            wrong.push(format!("{text}: not found"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
    linked
}

/// Each node in each spelling at each place; of a large book, one place a spelling.
fn cases(nodes: &[Cited], everywhere: bool) -> Vec<(&Cited, String, usize)> {
    let mut out = Vec::new();
    for (number, cited) in nodes.iter().enumerate() {
        for (at, spelled) in spellings(&cited.id).into_iter().enumerate() {
            for place in 0..4 {
                if everywhere || place == (number + at) % 4 {
                    out.push((cited, spelled.clone(), place));
                }
            }
        }
    }
    out
}

#[test]
fn every_identifier_in_every_spelling_leads_to_its_node_or_is_reported() {
    let book = numbered();
    let nodes = all_nodes(&book.read().catalogue);
    assert_eq!(
        nodes.len(),
        4 + FRAMEWORKS.iter().map(|it| it.3.len()).sum::<usize>()
    );
    let cases = cases(&nodes, true);
    let linked = prove(&book.sources, &cases);
    assert!(
        linked * 100 > cases.len() * 85,
        "{linked} of {}",
        cases.len()
    );
}

#[test]
fn every_identifier_of_the_real_book_does_so_too() {
    let nodes = all_nodes(&crate::real::BUILT.book.catalogue);
    let cases = cases(&nodes, false);
    let linked = prove(&SOURCES, &cases);
    assert!(
        linked * 100 > cases.len() * 85,
        "{linked} of {}",
        cases.len()
    );
}

/// The report on a page with this text, of a book with all the frameworks.
fn reported(front: &str, text: &str) -> String {
    let page = format!("---\ntitle: S\nsummary: S.\n{front}---\n\n{text}\n");
    numbered()
        .with("content/guide/spellings.md", &page)
        .report()
}

#[test]
fn what_leads_nowhere_is_reported_as_a_whole() {
    let text = "SP 800-53 AC-2 (9)\n\nCSX CKM\u{2011}03.1a\n\nArt. 32(1) lit. z of the Data Act\n\nPCI DSS 12.9";
    let expected = [
        "content/guide/spellings.md:6:11: error[unresolved-citation]: SP 800-53 has no `AC-2(9)`",
        "content/guide/spellings.md:8:5: error[unresolved-citation]: CSX has no `CKM-03.1a`",
        "content/guide/spellings.md:10:1: error[unresolved-citation]: Data Act has no `32(1)(z)`",
        "content/guide/spellings.md:12:9: error[unresolved-citation]: PCI DSS has no `12.9`",
    ];
    let report = reported("", text);
    assert_eq!(report.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn numbers_alone_are_no_citations() {
    let text = "Keep 2 copies, encrypted with 128 bit, for 12 months, from 31 March 2025, by TLS 1.3 or 12.3.";
    assert_eq!(reported("cites: pci\n", text), "");
    let top = format!("id: \"12\"\ntitle: T\nsummary: {text}\n");
    let book = numbered().with("content/frameworks/pci/12.yaml", &top);
    assert_eq!(book.report(), "");
    let book = book.with(
        "content/mappings/pci/set.yaml",
        "framework: pci\nversion: \"9\"\nstyle: set-theory\nrationale: semantic\nmethod: human\n",
    );
    let framework = book.text("content/frameworks/pci/framework.yaml");
    let framework = framework.replace("family, page: true", "family, page: true, mappable: true");
    let mappings = format!(
        "measure: ACME-01\nmappings:\n  - {{ from: ACME-01.1, to: \"2\", relation: intersects-with, because: \"{text}\" }}\n"
    );
    let read = book
        .with("content/frameworks/pci/framework.yaml", &framework)
        .with("content/mappings/pci/ACME-01.yaml", &mappings)
        .read();
    let errors = read
        .diagnostics
        .iter()
        .filter(|it| it.rule.code.ends_with("citation"));
    assert_eq!(errors.count(), 0);
    let cited = read
        .catalogue
        .mappings
        .iter()
        .map(|it| it.because.cited.len());
    assert_eq!(cited.sum::<usize>(), 0);
}

#[test]
fn a_citation_goes_on_over_the_end_of_a_line() {
    let page = "---\ntitle: S\nsummary: S.\n---\n\nIt answers CSX\nCKM-03.1 and\nOPS-19.2bis, and SP 800-53 AC-2\n(1) too.\n\n**CSX**\nCKM-04.\n";
    let read = numbered().with("content/guide/spellings.md", page).read();
    assert_eq!(read.diagnostics.len(), 0);
    let mut pages = read.catalogue.pages.iter();
    let page = pages
        .find(|it| it.slug.ends_with("spellings"))
        .expect("it is there");
    let cited = page.body.cited.iter().map(|it| {
        let mut runs = page.body.document.runs.iter();
        let run = runs
            .find(|run| run.event == it.event)
            .expect("it is of a run");
        let LinkTarget::Node(ix) = it.target else {
            panic!("it is a node")
        };
        let words = &run.text(&page.body.document)[it.range.clone()];
        (words, read.catalogue.node(ix).id.as_str())
    });
    let expected = [
        ("CKM-03.1", "CKM-03.1"),
        ("OPS-19.2bis", "OPS-19.2bis"),
        ("AC-2", "AC-2(1)"),
        ("(1)", "AC-2(1)"),
        ("CKM-04", "CKM-04"),
    ];
    assert_eq!(cited.collect::<Vec<_>>(), expected);
    assert_eq!(
        reported("", "See SP 800-53 AC-2\n(9)."),
        "content/guide/spellings.md:6:15: error[unresolved-citation]: SP 800-53 has no `AC-2(9)`\n"
    );
}

#[test]
fn two_identifiers_of_one_key_are_told_apart_by_their_spelling() {
    let book = numbered().with(
        "content/frameworks/csf/GV.yaml",
        "id: GV\ntitle: T\nnodes:\n  - id: GV-1.1\n    title: T\n  - id: GV-1(1)\n    title: T\n  - id: GV-02\n    title: T\n",
    );
    let page =
        "---\ntitle: S\nsummary: S.\n---\n\nCSF GV-1.1 and CSF GV-1(1), CSF gv 1.1, CSF GV-2\n";
    let read = book.with("content/guide/spellings.md", page);
    assert_eq!(
        read.report(),
        "content/guide/spellings.md:6:33: error[unresolved-citation]: `gv 1.1` of CSF could be `GV-1.1` or `GV-1(1)`\n"
    );
}

/// What may stand about a citation without being of it.
const AFTER: [&str; 12] = [
    ".",
    ", which helps.",
    " (see below).",
    " – as said.",
    "; then more.",
    "’s text.",
    " and 3 copies.",
    ": copies.",
    "?",
    " (security of processing).",
    " and 72 hours.",
    " – 3 of them.",
];
const BEFORE: [&str; 6] = [
    "See ",
    "(",
    "“",
    "Not 12 months but ",
    "In 2025, ",
    "TLS 1.3 is in ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_stands_about_a_citation_is_not_of_it(
        picks in proptest::collection::vec((any::<Index>(), any::<Index>(), any::<Index>(), any::<Index>()), 1..20),
    ) {
        let book = numbered();
        let nodes = all_nodes(&book.read().catalogue);
        let mut texts = Vec::new();
        let mut wanted = Vec::new();
        for (node, spelling, before, after) in &picks {
            let cited = &nodes[node.index(nodes.len())];
            let list = spellings(&cited.id);
            let spelled = &list[spelling.index(list.len())];
            let citation = cited.form.replace("{id}", spelled);
            let (before, after) = (before.get(&BEFORE), after.get(&AFTER));
            texts.push(format!("{before}{} {citation}{after}", cited.name));
            wanted.push((cited, spelled.clone(), citation));
        }
        let read = read(&book.sources, &texts);
        for ((text, (cited, spelled, citation)), (links, reported)) in
            texts.iter().zip(&wanted).zip(outcomes(&read, picks.len()))
        {
            // The bracket of `lit. a)` may close the sentence's own.
            let bare = |it: &str| it.trim_end_matches(')').to_owned();
            let right = links.len() == 1
                && links[0].0 == cited.node
                && bare(&links[0].1) == bare(citation);
            let plain = links.is_empty() && (reported || may_be_plain(&cited.id, spelled));
            prop_assert!(right && !reported || plain, "{text} ({}): {links:?} {reported}", cited.id);
            prop_assert!(right || *spelled != cited.id, "{text}: not found");
        }
    }
}
