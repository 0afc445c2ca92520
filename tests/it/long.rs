//! Long lists stand on pages of two hundred rows at most, in order and with neighbours; each row is still reached by links.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::LazyLock;

use controlbook::pipeline::{Built, Options, ParseCache, build};
use controlbook::source::Sources;

use crate::site::links;

/// The longest list on a page.
const LISTED: usize = 200;

/// More than a page of measures in each of two groups, of threats, terms, tops, nodes under a top, and guide pages.
static LONG: LazyLock<Built> = LazyLock::new(|| {
    let mut sources = Sources::default();
    let mut add = |path: &str, text: String| sources.insert(path, text.into_bytes());
    add(
        "content/measures/groups.yaml",
        "- { id: a, title: First }\n- { id: b, title: Second }\n".to_owned(),
    );
    for at in 0..450 {
        let group = if at < 230 { "a" } else { "b" };
        let text = format!(
            "id: M-{at:03}\ntitle: Measure {at}\nsummary: S.\ngroup: {group}\nresponsibility: shared\nkind: technical\nphases: [plan]\nthreats: [t-0, t-{}]\npractices:\n  - {{ id: M-{at:03}.1, text: T., by: shared, evidence: E. }}\n",
            at % 9 + 1
        );
        add(&format!("content/measures/M-{at:03}.yaml"), text);
    }
    let mut threats = String::new();
    let mut terms = String::new();
    for at in 0..300 {
        let group = at / 100;
        writeln!(
            threats,
            "- {{ id: t-{at}, title: Threat {at}, group: G{group}, text: T. }}"
        )
        .expect("text");
    }
    for at in 0..450 {
        writeln!(terms, "- {{ term: Term {at:03}, text: T., auto: false }}").expect("text");
    }
    add("content/threats.yaml", threats);
    add("content/glossary.yaml", terms);
    for at in 0..210 {
        let text = format!("---\ntitle: Page {at}\nsummary: S.\norder: {at}\n---\n\nText.\n");
        add(&format!("content/guide/page-{at:03}.md"), text);
    }
    add(
        "content/frameworks/f/framework.yaml",
        "id: f\nname: F\ntitle: F\nsummary: S.\nversion: \"1\"\nkinds:\n  - { name: chapter, slug: \"{id}\", page: true }\n  - { name: control, slug: \"{id}\", page: true, mappable: true }\n".to_owned(),
    );
    for at in 0..300 {
        let mut text = format!("id: C{at:03}\ntitle: Chapter {at}\nsummary: S.\nnodes:\n");
        for below in 0..if at == 0 { 250 } else { 1 } {
            writeln!(
                text,
                "  - {{ id: C{at:03}-{below:03}, title: Control, summary: S. }}"
            )
            .expect("text");
        }
        add(&format!("content/frameworks/f/C{at:03}.yaml"), text);
    }
    let built = build(&sources, &Options::default(), &mut ParseCache::default());
    let first = built.read.diagnostics.iter().find(|_| built.read.failed());
    assert!(first.is_none(), "{first:?}");
    built
});

fn page<'a>(built: &'a Built, path: &str) -> &'a str {
    let bytes = built.outputs.get(path);
    let bytes = bytes.unwrap_or_else(|| panic!("{path} is not there"));
    std::str::from_utf8(bytes).expect("pages are UTF-8")
}

/// What begins a row, in each kind of list.
const ROWS: [&str; 8] = [
    "<tr><th scope=\"row\"",
    "<tr data-f=",
    "<section class=\"req\"",
    "</dt><dd>",
    "<h3><a href=",
    "<a class=\"title\" href=",
    "<li><a href=\"../measures/",
    "<li><a href=\"measures/",
];

#[test]
fn no_page_lists_more_than_two_hundred_rows() {
    for (path, bytes) in LONG
        .outputs
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
    {
        if path == "print.html" {
            continue;
        }
        let html = std::str::from_utf8(bytes).expect("pages are UTF-8");
        for row in ROWS {
            let count = html.matches(row).count();
            assert!(count <= LISTED, "{path}: {count} times {row}");
        }
        assert!(bytes.len() < 400_000, "{path}: {} bytes", bytes.len());
    }
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
        ("measures/group-a", 2, "M-000", "M-229"),
        ("measures/group-b", 2, "M-230", "M-449"),
        ("threats", 2, "Threat 0", "Threat 299"),
        ("threats/t-0", 3, "M-000", "M-449"),
        ("glossary", 3, "Term 000", "Term 449"),
        ("guide", 2, "Page 0", "Page 209"),
        ("frameworks/f", 2, "C000", "C299"),
        ("frameworks/f/C000", 2, "C000-000", "C000-249"),
        ("coverage/f", 2, "C000", "C299"),
        ("coverage/f/C000", 2, "C000-000", "C000-249"),
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
    ] {
        assert!(data.contains(address), "{address}");
    }
    let measure = page(&LONG, "measures/M-000.html");
    assert!(measure.contains("href=\"../threats~1.html#t-0\""));
    let threats = page(&LONG, "threats~1.html");
    assert!(threats.contains("<a href=\"threats/t-0.html\">all 450 measures</a>"));
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
    let built = build(&sources, &Options::default(), &mut ParseCache::default());
    links(&built.outputs);
    let rows = |path: &str| page(&built, path).matches("<svg class=\"i big\"").count();
    assert_eq!(rows("use-cases.html"), 0);
    assert_eq!(rows("use-cases~1.html"), 200);
    assert_eq!(rows("use-cases~2.html"), 30);
    assert_eq!(rows("index.html"), 12);
    assert!(page(&built, "index.html").contains(">All use cases</a>"));
}
