//! In a book of 2,000 measures no page of any kind has a long list or a wide table, and links still reach every row.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::LazyLock;

use controlbook::diagnostic::Severity;
use controlbook::pipeline::{Built, Options, ParseCache, build};
use controlbook::site::{MAX_COLUMNS, MAX_ROWS};
use controlbook::source::Sources;

use crate::kinds::{KINDS, name};
use crate::site::links;

/// What is longer than a page: measures in two groups, groups, threats, terms, pages of the guide, roots, children with
/// and without pages, leaves, mappings to one node, ways of a crosswalk, gaps, misprints, columns of a matrix, statements.
static LONG: LazyLock<Built> = LazyLock::new(|| built(&long_book()));

fn built(sources: &Sources) -> Built {
    let built = build(sources, &Options::default(), &mut ParseCache::default());
    let mistakes = built.book.diagnostics.iter();
    let mistakes = mistakes.filter(|it| it.severity == Severity::Error);
    let mistakes: Vec<_> = mistakes.map(|it| (&it.path, &it.message)).collect();
    assert!(mistakes.is_empty(), "{:?}", &mistakes[..1]);
    built
}

fn long_book() -> Sources {
    let mut sources = Sources::default();
    let mut add = |path: &str, text: String| sources.insert(path, text.into_bytes());
    let toml = "[book]\ntitle = \"Long\"\n\n[output.html]\nprint = true\n\n[checks.severity]\nmissing-relevance = \"off\"\nmissing-guidance = \"off\"\n";
    add("book.toml", toml.to_owned());
    add("content/measures/groups.yaml", groups());
    for at in 0..2000 {
        add(&format!("content/measures/M-{at:04}.yaml"), measure(at));
        for framework in ["f", "g"] {
            let path = format!("content/mappings/{framework}/M-{at:04}.yaml");
            add(&path, mappings(framework, at));
        }
    }
    for at in 0..31 {
        let text = format!("id: u-{at}\ntitle: Case {at}\nsummary: S.\nmark: square\n");
        add(&format!("content/use-cases/u-{at}.yaml"), text);
    }
    let threat = |at| {
        let group = at / 100;
        format!("- {{ id: t-{at}, title: Threat {at}, group: G{group}, text: T. }}\n")
    };
    add("content/threats.yaml", (0..300).map(threat).collect());
    let term = |at| format!("- {{ term: Term {at:03}, text: T., auto: false }}\n");
    add("content/glossary.yaml", (0..450).map(term).collect());
    for at in 0..210 {
        let parts = if at == 0 {
            "parts: [figures, errata]\n"
        } else {
            ""
        };
        let text =
            format!("---\ntitle: Page {at}\nsummary: S.\norder: {at}\n{parts}---\n\nText.\n");
        add(&format!("content/guide/page-{at:03}.md"), text);
    }
    for (id, levels, kinds) in [
        (
            "f",
            "levels: [low, high]\n",
            "  - { name: control, slug: \"{id}\", page: true, mappable: true }\n",
        ),
        (
            "g",
            "",
            "  - { name: article, slug: \"{id}\", mappable: true }\n",
        ),
    ] {
        let folder = format!("content/frameworks/{id}");
        let text = format!(
            "id: {id}\nname: {0}\ntitle: {0}\nsummary: S.\nversion: \"1\"\n{levels}kinds:\n  - {{ name: chapter, slug: \"{{id}}\", page: true }}\n{kinds}",
            id.to_uppercase()
        );
        add(&format!("{folder}/framework.yaml"), text);
        add(&format!("content/mappings/{id}/set.yaml"), set(id));
        for at in 0..if id == "f" { 300 } else { 2 } {
            let prefix = if id == "f" { "C" } else { "A" };
            add(&format!("{folder}/{prefix}{at:03}.yaml"), root(prefix, at));
        }
    }
    sources
}

/// Two long groups, and 200 that are short.
fn groups() -> String {
    let first = "- { id: a, title: First }\n- { id: b, title: Second }\n";
    let rest = (0..200).map(|at| format!("- {{ id: s-{at}, title: Small {at} }}\n"));
    std::iter::once(first.to_owned()).chain(rest).collect()
}

/// The measure of a number: 450 in the first group, 230 in the second, the others in small groups.
fn measure(at: usize) -> String {
    let group = match at {
        0..450 => "a".to_owned(),
        450..680 => "b".to_owned(),
        _ => format!("s-{}", at % 200),
    };
    let (threat, case) = (at % 9 + 1, at % 30 + 1);
    let by = ["shared", "customer", "provider"][at % 3];
    format!(
        "id: M-{at:04}\ntitle: Measure {at}\nsummary: S.\ngroup: {group}\nresponsibility: {by}\nkind: technical\nphases: [plan]\n\
         threats: [t-0, t-{threat}]\nuse-cases:\n  u-0: {{ relevance: important, because: B. }}\n  u-{case}: {{ relevance: essential, because: B. }}\n\
         practices:\n  - {{ id: M-{at:04}.1, text: T., by: {by}, evidence: E. }}\n  - {{ id: M-{at:04}.2, text: T., by: shared, evidence: E. }}\n"
    )
}

/// Every measure is mapped to one node of each framework, and to another one of many; its second practice to none of `f`.
fn mappings(framework: &str, at: usize) -> String {
    let (all, other) = if framework == "f" {
        ("C001-000".to_owned(), format!("C{:03}-000", at % 298 + 2))
    } else {
        ("A000-000".to_owned(), format!("A000-{:03}", at % 249 + 1))
    };
    let line = |to: &str| {
        format!("  - {{ from: M-{at:04}.1, to: {to}, relation: intersects-with, because: B. }}\n")
    };
    format!(
        "measure: M-{at:04}\nmappings:\n{}{}",
        line(&all),
        line(&other)
    )
}

fn set(framework: &str) -> String {
    let mut out = format!(
        "framework: {framework}\nversion: \"1\"\nstyle: set-theory\nrationale: semantic\nmethod: human\n"
    );
    if framework == "f" {
        out.push_str("not-mapped:\n");
        for at in 0..230 {
            writeln!(out, "  - {{ target: C000-{at:03}, because: B. }}").expect("text");
        }
    }
    out
}

/// A root; the first of a framework has 500 nodes under it, of which 230 are misprinted.
fn root(prefix: &str, at: usize) -> String {
    let mut out = format!("id: {prefix}{at:03}\ntitle: Chapter {at}\nsummary: S.\nnodes:\n");
    for below in 0..if at == 0 { 500 } else { 1 } {
        let printed = if below < 230 && at == 0 {
            format!("printed: X-{below}, ")
        } else {
            String::new()
        };
        let level = match (prefix, below % 2) {
            ("C", 0) => "level: low, ",
            ("C", _) => "level: high, ",
            _ => "",
        };
        writeln!(
            out,
            "  - {{ id: {prefix}{at:03}-{below:03}, {printed}{level}title: Control, summary: S. }}"
        )
        .expect("text");
    }
    out
}

/// The kinds that have a list which the book makes too long for its own page.
const DIVIDED: [&str; 18] = [
    "Answers",
    "Checklist",
    "CoverageLevel",
    "CoverageMeasures",
    "CoverageOf",
    "CoverageTop",
    "CrosswalkOf",
    "CrosswalkTop",
    "Framework",
    "Glossary",
    "Group",
    "Guide",
    "Matrix",
    "Measures",
    "Node",
    "Page",
    "Provider",
    "Threats",
];

/// The one kind of page that holds everything, so that it can be printed.
const WHOLE: &str = "Print";

#[test]
fn the_book_has_every_kind_of_page_and_divides_every_list_that_grows() {
    let pages = &LONG.book.site.pages;
    let seen: BTreeSet<_> = pages.iter().map(|it| name(it.kind)).collect();
    assert_eq!(seen, KINDS.iter().copied().collect());
    let numbered = pages.iter().filter(|it| it.number > 0);
    let numbered: BTreeSet<_> = numbered.map(|it| name(it.kind)).collect();
    assert_eq!(numbered, BTreeSet::from(DIVIDED));
}

/// An element that is open: its name, how often each name stands among its children, and what its table has.
struct Open<'a> {
    name: &'a str,
    children: BTreeMap<&'a str, usize>,
    heads: [usize; 2],
}

/// What is too long or too wide on a page.
fn excess(html: &str) -> Vec<String> {
    const VOID: [&str; 9] = [
        "meta", "link", "input", "br", "hr", "img", "use", "path", "rect",
    ];
    let mut out = Vec::new();
    let mut open: Vec<Open<'_>> = Vec::new();
    for tag in html.split('<').skip(1) {
        let name = tag.trim_start_matches('/');
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(0)];
        if let Some(end) = tag.strip_prefix('/') {
            let closed = open.pop().expect("an element is open");
            assert!(
                end.starts_with(closed.name),
                "{} is closed by {end}",
                closed.name
            );
            let long = closed
                .children
                .iter()
                .filter(|(_, count)| **count > MAX_ROWS);
            out.extend(long.map(|(child, count)| format!("{count} {child} in {name}")));
            let [rows, columns] = closed.heads;
            if name == "table" && rows > MAX_ROWS {
                out.push(format!("a table of {rows} rows"));
            }
            // Besides: the heads of the rows, and a sum.
            if name == "table" && columns > MAX_COLUMNS + 2 {
                out.push(format!("a table of {columns} columns"));
            }
            continue;
        }
        if name.is_empty() {
            continue;
        }
        if let Some(parent) = open.last_mut() {
            // A row that heads others is none of them.
            let heads = tag.starts_with("tr class=\"group");
            *parent.children.entry(name).or_default() += usize::from(!heads);
        }
        let in_body = open.iter().any(|it| it.name == "tbody");
        if let Some(table) = open.iter_mut().rfind(|it| it.name == "table") {
            table.heads[0] += usize::from(in_body && tag.starts_with("th scope=\"row\""));
            table.heads[1] += usize::from(tag.starts_with("th scope=\"col\""));
        }
        let tag = tag.split('>').next().unwrap_or_default();
        if !VOID.contains(&name) && !tag.ends_with('/') {
            open.push(Open {
                name,
                children: BTreeMap::new(),
                heads: [0, 0],
            });
        }
    }
    out
}

#[test]
fn no_page_has_a_long_list_or_a_wide_table() {
    let pages = &LONG.book.site.pages;
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for entry in pages.iter().filter(|it| name(it.kind) != WHOLE) {
        let html = page(&LONG, &entry.route);
        let of_kind = found.entry(name(entry.kind)).or_default();
        of_kind.extend(
            excess(html)
                .into_iter()
                .map(|it| format!("{}: {it}", entry.route)),
        );
        if html.len() > 400_000 {
            of_kind.push(format!("{}: {} bytes", entry.route, html.len()));
        }
    }
    found.retain(|_, it| !it.is_empty());
    for addresses in found.values_mut() {
        addresses.truncate(5);
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_list_that_is_too_long_is_told() {
    let row = "<li>a</li>";
    let list = |rows: usize| format!("<ul>{}</ul>", row.repeat(rows));
    assert!(excess(&list(MAX_ROWS)).is_empty());
    assert_eq!(excess(&list(MAX_ROWS + 1)), ["201 li in ul"]);
    let table = |rows: usize, columns: usize| {
        let head = "<th scope=\"col\">c</th>".repeat(columns);
        let row = "<tbody><tr><th scope=\"row\">r</th></tr></tbody>".repeat(rows);
        format!("<table><thead><tr>{head}</tr></thead>{row}</table>")
    };
    assert!(excess(&table(3, MAX_COLUMNS + 2)).is_empty());
    assert_eq!(
        excess(&table(3, MAX_COLUMNS + 3)),
        ["a table of 33 columns"]
    );
    assert!(excess(&table(MAX_ROWS + 1, 2)).contains(&"a table of 201 rows".to_owned()));
}

fn page<'a>(built: &'a Built, path: &str) -> &'a str {
    let bytes = built.outputs.get(path);
    let bytes = bytes.unwrap_or_else(|| panic!("{path} is not there"));
    std::str::from_utf8(bytes).expect("pages are UTF-8")
}

#[test]
fn every_link_leads_somewhere_and_every_page_is_reached() {
    let links = links(&LONG.outputs);
    let mut reached = BTreeSet::from(["index.html".to_owned()]);
    let mut next: Vec<_> = reached.iter().cloned().collect();
    while let Some(page) = next.pop() {
        for to in links.get(&page).into_iter().flatten() {
            if page != "print.html" && reached.insert(to.clone()) {
                next.push(to.clone());
            }
        }
    }
    let all = links.keys().filter(|it| *it != "404.html");
    let lost: Vec<_> = all.filter(|it| !reached.contains(*it)).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn a_list_is_divided_in_its_order_and_each_part_has_neighbours() {
    for (list, parts, first, last) in [
        ("measures", 2, "First", "Small 199"),
        ("measures/group-a", 3, "M-0000", "M-0449"),
        ("measures/group-b", 2, "M-0450", "M-0679"),
        ("threats", 2, "Threat 0", "Threat 299"),
        ("threats/t-0", 10, "M-0000", "M-1999"),
        ("glossary", 3, "Term 000", "Term 449"),
        ("guide", 2, "Page 0", "Page 209"),
        ("guide/page-000", 3, "C000-000", "A000-229"),
        ("frameworks/f", 2, "C000", "C299"),
        ("frameworks/f/C000", 3, "C000-000", "C000-499"),
        ("frameworks/g/A000", 14, "A000-001", "A000-499"),
        ("coverage/f", 2, "C000", "C299"),
        ("coverage/f/C000", 3, "C000-000", "C000-499"),
        ("coverage/g/A000", 3, "A000-000", "A000-499"),
        ("coverage/f/level-low", 2, "C000", "C299"),
        ("crosswalk/f-g", 2, "C001", "C299"),
        ("crosswalk/g-f/A000", 20, "A000-000", "A000-249"),
    ] {
        let whole = page(&LONG, &format!("{list}.html"));
        assert!(whole.contains(&format!(">{first} to ")), "{list}: {first}");
        assert!(whole.contains(&format!(" to {last}<")), "{list}: {last}");
        let name = list.rsplit('/').next().expect("a name");
        for part in 1..=parts {
            let html = page(&LONG, &format!("{list}~{part}.html"));
            assert!(
                whole.contains(&format!("{name}~{part}.html\"")),
                "{list}~{part}"
            );
            assert!(
                html.contains(&format!(", part {part} of {parts}</h1>")),
                "{list}~{part}"
            );
            for beside in [part - 1, part + 1] {
                let link = format!("<a href=\"{name}~{beside}.html\"><small>");
                let there = (1..=parts).contains(&beside);
                assert_eq!(html.contains(&link), there, "{list}~{part}: {beside}");
            }
        }
        let gone = format!("{list}~{}.html", parts + 1);
        assert!(LONG.outputs.get(&gone).is_none(), "{gone}");
    }
}

#[test]
fn links_lead_to_the_part_on_which_a_row_stands() {
    let data = page(&LONG, "data/catalogue.json");
    for address in [
        "glossary~1.html#term-000",
        "glossary~3.html#term-449",
        "threats~1.html#t-0",
        "threats~2.html#t-299",
        "frameworks/g/A000~1.html#A000-000",
        "frameworks/g/A000~14.html#A000-499",
    ] {
        assert!(data.contains(address), "{address}");
    }
    let measure = page(&LONG, "measures/M-0000.html");
    assert!(measure.contains("href=\"../threats~1.html#t-0\""));
    let threats = page(&LONG, "threats~1.html");
    assert!(threats.contains("<a href=\"threats/t-0.html\">all 2000 measures</a>"));
    let named = threats.matches("href=\"measures/").count();
    assert!(named <= 10 * 25, "{named} measures are named");
}

#[test]
fn many_use_cases_stand_on_pages_of_two_hundred() {
    let mut sources = Sources::default();
    for at in 0..230 {
        let text = format!("id: u-{at:03}\ntitle: Case {at}\nsummary: S.\nmark: square\n");
        sources.insert(
            format!("content/use-cases/u-{at:03}.yaml"),
            text.into_bytes(),
        );
    }
    let weights =
        (0..230).map(|at| format!("  u-{at:03}: {{ relevance: important, because: B. }}\n"));
    let weights: String = weights.collect();
    let measure = format!(
        "id: M\ntitle: M\nsummary: S.\ngroup: a\nresponsibility: shared\nkind: technical\nphases: [plan]\nuse-cases:\n{weights}\
         practices:\n  - {{ id: M.1, text: T., by: shared, evidence: E. }}\n"
    );
    sources.insert("content/measures/M.yaml", measure.into_bytes());
    sources.insert(
        "content/measures/groups.yaml",
        b"- { id: a, title: A }\n".to_vec(),
    );
    let built = built(&sources);
    links(&built.outputs);
    let rows = |path: &str| page(&built, path).matches("<svg class=\"i big\"").count();
    for list in ["use-cases", "checklists"] {
        assert_eq!(rows(&format!("{list}.html")), 0);
        assert_eq!(rows(&format!("{list}~1.html")), 200);
        assert_eq!(rows(&format!("{list}~2.html")), 30);
    }
    assert_eq!(rows("index.html"), 12);
    assert!(page(&built, "index.html").contains(">All use cases</a>"));
    // A measure's page says all that its own file says.
    let others = built
        .book
        .site
        .pages
        .iter()
        .filter(|it| !["Measure", WHOLE].contains(&name(it.kind)));
    let long: Vec<_> = others
        .flat_map(|it| {
            excess(page(&built, &it.route))
                .into_iter()
                .map(|said| format!("{}: {said}", it.route))
        })
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}
