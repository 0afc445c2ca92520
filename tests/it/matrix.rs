//! The matrices: numbers against counts made another way, what a cell leads to, and how a large book is divided.

use std::collections::{BTreeMap, BTreeSet};

use controlbook::catalogue::{Catalogue, MeasureIx, NodeIx};
use controlbook::pipeline::{Built, Options, ParseCache, build};
use controlbook::source::Sources;

use crate::book::Book;
use crate::html::elements;
use crate::real::BUILT;

fn page<'a>(built: &'a Built, path: &str) -> &'a str {
    let bytes = built.outputs.get(path);
    let bytes = bytes.unwrap_or_else(|| panic!("{path} is not in the site"));
    std::str::from_utf8(bytes).expect("pages are UTF-8")
}

/// The matrices of a site: path and text.
fn matrices(built: &Built) -> Vec<(&str, &str)> {
    let pages = built.outputs.iter().map(|(path, _)| path);
    let own = pages.filter(|it| *it == "matrix.html" || it.starts_with("matrix"));
    own.map(|path| (path, page(built, path))).collect()
}

/// The heat map's rows, heads and foot included, each as its cells' words.
fn cells(html: &str) -> Vec<Vec<String>> {
    let start = html.find("<table class=\"matrix\"").expect("a matrix");
    let table = &html[start..];
    let table = &table[..table.find("</table>").expect("it ends")];
    let cell = |it: &str| {
        let inner = it.split_once('>').map_or("", |(_, inner)| inner);
        let mut words = String::new();
        for part in inner.split('<') {
            words.push_str(part.split_once('>').map_or(part, |(_, words)| words));
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let rows = table.split("<tr").skip(1);
    rows.map(|row| {
        let row = row.replace("<th ", "<td ").replace("<td>", "<td >");
        row.split("<td ")
            .skip(1)
            .map(|it| cell(&format!(" {it}")))
            .collect()
    })
    .collect()
}

fn number(words: &str) -> usize {
    if words.is_empty() {
        0
    } else {
        words.parse().expect("a number")
    }
}

/// Whether a node is another or below it, found by climbing.
fn is_under(catalogue: &Catalogue, ix: NodeIx, top: NodeIx) -> bool {
    std::iter::successors(Some(ix), |it| catalogue.node(*it).parent).any(|it| it == top)
}

/// How many nodes below a node a measure maps to, or any measure.
fn count_mapped(catalogue: &Catalogue, measure: Option<MeasureIx>, top: NodeIx) -> usize {
    let own = catalogue
        .mappings
        .iter()
        .filter(|it| measure.is_none_or(|ix| it.measure == ix));
    let nodes: BTreeSet<_> = own
        .map(|it| it.to)
        .filter(|it| is_under(catalogue, *it, top))
        .collect();
    nodes.len()
}

#[test]
fn the_numbers_of_an_overview_are_those_of_the_catalogue() {
    let catalogue = &BUILT.book.catalogue;
    for framework in &catalogue.frameworks {
        let rows = cells(page(&BUILT, &format!("matrix/{}.html", framework.id)));
        assert_eq!(rows.len(), catalogue.measures.len() + 2, "{}", framework.id);
        for (row, measure) in rows[1..].iter().zip(catalogue.reading_order()) {
            let counts = framework
                .roots
                .iter()
                .map(|top| count_mapped(catalogue, Some(*measure), *top));
            let mut counts: Vec<_> = counts.collect();
            counts.push(counts.iter().sum());
            let shown: Vec<_> = row[1..].iter().map(|it| number(it)).collect();
            assert_eq!(shown, counts, "{} {}", framework.id, row[0]);
        }
        let foot = rows.last().expect("a foot");
        let counts: Vec<_> = framework
            .roots
            .iter()
            .map(|top| count_mapped(catalogue, None, *top))
            .collect();
        let shown: Vec<_> = foot[1..=counts.len()].iter().map(|it| number(it)).collect();
        assert_eq!(shown, counts, "{}: all measures", framework.id);
    }
}

#[test]
fn the_numbers_under_a_top_are_those_of_the_catalogue() {
    let catalogue = &BUILT.book.catalogue;
    let mut seen = 0;
    for (at, node) in catalogue
        .nodes
        .iter()
        .enumerate()
        .filter(|(_, it)| it.parent.is_none())
    {
        let top = NodeIx::new(at);
        let id = &catalogue.framework(node.framework).id;
        let path = format!("matrix/{id}/{}.html", node.slug);
        if count_mapped(catalogue, None, top) == 0 {
            assert!(
                BUILT.outputs.get(&path).is_none(),
                "{path} has nothing to show"
            );
            continue;
        }
        let rows = cells(page(&BUILT, &path));
        let columns = catalogue
            .tree(top)
            .skip(1)
            .filter(|it| catalogue.kind_of(*it).page);
        let columns: Vec<_> = columns.collect();
        assert_eq!(rows[0].len(), columns.len() + 2, "{path}");
        let order = catalogue.reading_order().iter();
        let measures: Vec<_> = order
            .filter(|ix| count_mapped(catalogue, Some(**ix), top) > 0)
            .collect();
        assert_eq!(rows.len(), measures.len() + 2, "{path}");
        for (row, measure) in rows[1..].iter().zip(measures) {
            let counts: Vec<_> = columns
                .iter()
                .map(|it| count_mapped(catalogue, Some(*measure), *it))
                .collect();
            let shown: Vec<_> = row[1..=counts.len()].iter().map(|it| number(it)).collect();
            assert_eq!(shown, counts, "{path} {}", row[0]);
            seen += counts.iter().sum::<usize>();
        }
    }
    assert!(seen > 500, "only {seen} were compared");
}

#[test]
fn a_cell_leads_to_its_own_reasons() {
    let catalogue = &BUILT.book.catalogue;
    let html = page(&BUILT, "matrix/eucs/OPS.html");
    let (_, list) = html.split_once("<table data-reasons>").expect("a list");
    let mut links = 0;
    for link in elements(html).iter().filter(|it| it.name == "a") {
        let (Some(href), Some(label)) = (link.attribute("href"), link.attribute("aria-label"))
        else {
            continue;
        };
        let (_, entry) = list
            .split_once(&format!("id=\"{}\"", &href[1..]))
            .expect("an entry");
        let end = entry.find("class=\"group").unwrap_or(entry.len());
        let rows = &entry[..end];
        let targets: BTreeSet<_> = rows
            .split("<tr data-level")
            .skip(1)
            .map(|row| {
                row.split("class=\"id\" href=\"")
                    .nth(1)
                    .expect("a requirement")
                    .split('"')
                    .next()
            })
            .collect();
        let (count, relations) = label.split_once(':').expect("a count");
        assert_eq!(targets.len(), number(count), "{label}");
        for word in relations.split(", ").skip(1) {
            assert!(
                rows.contains(&format!("</svg>{word}<")),
                "{label}: no row says {word}"
            );
        }
        links += 1;
    }
    assert!(links > 20, "only {links} cells");
    let mappings = catalogue
        .mappings
        .iter()
        .filter(|it| catalogue.node(it.to).id.starts_with("OPS"));
    assert_eq!(list.matches("<tr data-level").count(), mappings.count());
}

#[test]
fn the_weights_of_use_cases_stand_with_their_reasons() {
    let catalogue = &BUILT.book.catalogue;
    let html = page(&BUILT, "matrix.html");
    let rows = cells(html);
    assert_eq!(rows.len(), catalogue.measures.len() + 1);
    let mut count = 0;
    for (row, ix) in rows[1..].iter().zip(catalogue.reading_order()) {
        for (use_case, weight, _) in &catalogue.measure(*ix).relevance {
            assert_eq!(row[use_case.index() + 1], weight.shown(), "{}", row[0]);
            count += 1;
        }
    }
    let (_, list) = html.split_once("<table data-reasons>").expect("a list");
    assert_eq!(list.matches("class=\"why\"").count(), count);
}

#[test]
fn other_pages_lead_to_the_matrices() {
    assert!(page(&BUILT, "measures.html").contains("href=\"matrix.html\">All of them"));
    assert!(
        page(&BUILT, "frameworks/gdpr.html")
            .contains("<dt>Matrix</dt><dd><a href=\"../matrix/gdpr.html\"")
    );
    let nav = page(&BUILT, "guide.html");
    let nav = nav.split_once("id=\"site-nav\"").expect("a navigation").1;
    let nav = nav.split_once("</nav>").expect("it ends").0;
    assert!(
        nav.contains(">Matrix</a>")
            && !nav.contains(">Threats</a>")
            && !nav.contains(">Glossary</a>")
    );
}

#[test]
fn a_book_has_only_the_matrices_that_it_can_fill() {
    let paths = |book: Book| {
        let built = book.build();
        let paths: Vec<_> = matrices(&built)
            .iter()
            .map(|(path, _)| (*path).to_owned())
            .collect();
        let nav = page(&built, "measures.html").contains(">Matrix</a>");
        assert_eq!(
            nav,
            !paths.is_empty(),
            "the navigation leads to what is there"
        );
        paths
    };
    let starter = [
        "matrix.html",
        "matrix/example.html",
        "matrix/example/A.html",
    ];
    assert_eq!(paths(Book::starter()), starter);
    let unmapped = |book: Book| book.with("content/mappings/example/ACME-01.yaml", "");
    assert_eq!(paths(unmapped(Book::starter())), ["matrix.html"]);
    let unweighed = |book: Book| {
        let text = book.text("content/measures/ACME-01.yaml");
        let (before, rest) = text.split_once("use-cases:").expect("it has weights");
        let (_, after) = rest.split_once("\nthreats:").expect("threats follow");
        let text = format!("{before}threats:{after}");
        book.with("content/measures/ACME-01.yaml", &text)
    };
    assert_eq!(paths(unweighed(Book::starter())), starter);
    assert!(paths(unweighed(unmapped(Book::starter()))).is_empty());
}

/// A book of 450 measures in two groups, of which one is long, and a framework of 70 tops, one of them with 45 controls.
fn large() -> Sources {
    let mut sources = Sources::default();
    let mut add = |path: &str, text: String| sources.insert(path, text.into_bytes());
    add(
        "content/measures/groups.yaml",
        "- { id: a, title: First }\n- { id: b, title: Second }\n".to_owned(),
    );
    add(
        "content/use-cases/shop.yaml",
        "id: shop\ntitle: Shop\nsummary: S.\nmark: square\n".to_owned(),
    );
    add("content/frameworks/f/framework.yaml", "id: f\nname: F\ntitle: Framework\nversion: \"1\"\nsummary: S.\nlevels: [low, high]\nkinds:\n  - { name: top, page: true }\n  - { name: control, page: true }\n  - { name: requirement, mappable: true }\ncite: { forms: [\"{id}\"] }\n".to_owned());
    add(
        "content/mappings/f/set.yaml",
        "framework: f\nversion: \"1\"\nstyle: set-theory\nrationale: semantic\nmethod: human\n"
            .to_owned(),
    );
    for top in 0..70 {
        let controls = if top == 0 { 45 } else { 2 };
        let control = |at| {
            format!(
                "  - id: C{top}-{at}\n    title: Control\n    summary: S.\n    nodes:\n      - {{ id: C{top}-{at}.1, level: low, summary: S. }}\n      - {{ id: C{top}-{at}.2, level: high, summary: S. }}\n"
            )
        };
        let nodes: String = (0..controls).map(control).collect();
        add(
            &format!("content/frameworks/f/T{top}.yaml"),
            format!("id: T{top}\ntitle: Top {top}\nsummary: S.\nnodes:\n{nodes}"),
        );
    }
    for at in 0..450 {
        let group = if at < 50 { "a" } else { "b" };
        let (top, control) = (1 + at % 69, at % 45);
        add(
            &format!("content/measures/M-{at}.yaml"),
            format!(
                "id: M-{at}\ntitle: Measure {at}\nsummary: S.\ngroup: {group}\nresponsibility: shared\nkind: technical\nphases: [plan]\nuse-cases:\n  shop: {{ relevance: essential, because: R. }}\npractices:\n  - {{ id: M-{at}.1, text: T., by: shared, evidence: E. }}\n"
            ),
        );
        add(
            &format!("content/mappings/f/M-{at}.yaml"),
            format!(
                "measure: M-{at}\nmappings:\n  - {{ from: M-{at}.1, to: C{top}-0.1, relation: equal, because: R. }}\n  - {{ from: M-{at}.1, to: C0-{control}.1, relation: equal, because: R. }}\n  - {{ from: M-{at}.1, to: C0-0.2, relation: intersects-with, because: R. }}\n"
            ),
        );
    }
    sources
}

#[test]
fn a_large_book_is_divided_and_nothing_is_lost() {
    let built = build(&large(), &Options::default(), &mut ParseCache::default());
    assert!(!built.book.failed(), "the book is sound");
    let pages = matrices(&built);
    let ids: BTreeMap<_, BTreeSet<_>> = pages
        .iter()
        .map(|(path, html)| {
            (
                *path,
                elements(html)
                    .iter()
                    .filter_map(|it| it.attribute("id").map(str::to_owned))
                    .collect(),
            )
        })
        .collect();
    let mut listed = 0;
    for (path, html) in &pages {
        let rows = cells(html);
        assert!(
            rows.len() <= 202 && rows[0].len() <= 32,
            "{path} has {} × {}",
            rows.len(),
            rows[0].len()
        );
        assert!(html.len() < 400_000, "{path} has {} bytes", html.len());
        listed += html.matches("<tr data-level").count();
        let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        for link in elements(html)
            .iter()
            .filter(|it| it.attribute("aria-label").is_some())
        {
            let Some((file, anchor)) = link.attribute("href").and_then(|it| it.split_once('#'))
            else {
                continue;
            };
            let to = if file.is_empty() {
                (*path).to_owned()
            } else {
                format!("{parent}/{}", file.replace("%7E", "~"))
            };
            let known = ids
                .get(to.as_str())
                .unwrap_or_else(|| panic!("{path}: {to} is no page"));
            assert!(known.contains(anchor), "{path}: {to} has no {anchor}");
        }
    }
    assert_eq!(
        listed,
        built.book.catalogue.mappings.len(),
        "each mapping is listed once"
    );

    let overview = cells(page(&built, "matrix/f.html"));
    let heads: Vec<_> = overview.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(
        heads,
        [
            "Group",
            "50 measures: First",
            "200 measures: Second",
            "200 measures: Second, part 2",
            "All measures"
        ]
    );
    // Fifty measures reach the controls 0 to 44, each at its low requirement, and the high one of the first.
    assert_eq!(number(&overview[1][1]), 46);
    for path in [
        "matrix/f~2.html",
        "matrix/f~3.html",
        "matrix/group~b~part2.html",
        "matrix/f/group~a.html",
        "matrix/f/T0~2.html",
    ] {
        page(&built, path);
    }
    assert!(page(&built, "matrix.html").contains("<td class=\"h5\"><a href=\"matrix/group~b.html\" aria-label=\"200: Second and Shop\">200</a>"));
}
