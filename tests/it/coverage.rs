//! Coverage, crosswalk and provider pages over their bytes: each number equals its list, and an independent count.

use std::collections::{BTreeMap, BTreeSet};

use controlbook::catalogue::{Catalogue, FrameworkIx, NodeIx, Origin, PracticeIx};
use controlbook::output::Outputs;
use controlbook::pipeline::Built;
use controlbook::site::{MAX_ROWS, PageKind};

use crate::book::Book;
use crate::html::{elements, text_of};
use crate::real::BUILT;

const AREAS: [&str; 3] = ["coverage", "crosswalk", "provider"];

fn page<'a>(outputs: &'a Outputs, path: &str) -> &'a str {
    let bytes = outputs
        .get(path)
        .unwrap_or_else(|| panic!("there is no {path}"));
    std::str::from_utf8(bytes).expect("pages are UTF-8")
}

fn pages(outputs: &Outputs) -> impl Iterator<Item = (&str, &str)> {
    let html = outputs.iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, bytes)| (path, std::str::from_utf8(bytes).expect("pages are UTF-8")))
}

/// The pages that this file is about.
fn coverage_pages(outputs: &Outputs) -> impl Iterator<Item = (&str, &str)> {
    pages(outputs).filter(|(path, _)| AREAS.iter().any(|it| path.starts_with(it)))
}

/// The path that an address leads to from a page, and its anchor.
fn resolve(from: &str, href: &str) -> (String, String) {
    let (path, anchor) = href.split_once('#').unwrap_or((href, ""));
    if path.is_empty() {
        return (from.to_owned(), anchor.to_owned());
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    (parts.join("/"), anchor.to_owned())
}

/// The parts of a text that begin with one string and end before another.
fn between<'a>(html: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    let parts = html.split(start).skip(1);
    parts
        .map(|it| it.split(end).next().unwrap_or_default())
        .collect()
}

/// A row of a table: how it opens, and the inside of its number cells.
struct Row<'a> {
    open: &'a str,
    whole: &'a str,
    numbers: Vec<&'a str>,
}

/// The rows of the bodies of the tables in a text.
fn rows(html: &str) -> Vec<Row<'_>> {
    let bodies = between(html, "<tbody", "</tbody>");
    let rows = bodies
        .into_iter()
        .flat_map(|it| between(it, "<tr", "</tr>"));
    rows.map(|whole| Row {
        open: whole.split('>').next().unwrap_or_default(),
        whole,
        numbers: between(whole, "<td class=\"num\">", "</td>"),
    })
    .collect()
}

/// The number in a cell, and where it leads.
fn number(cell: &str) -> (usize, Option<String>) {
    let text = text_of(&format!("<x>{cell}</x>"), "x");
    let href = cell
        .split("href=\"")
        .nth(1)
        .and_then(|it| it.split('"').next());
    let count = if text == "–" {
        0
    } else {
        text.parse().expect("a number")
    };
    (count, href.map(str::to_owned))
}

/// Rows that are no headings of groups.
fn plain(html: &str) -> usize {
    rows(html)
        .iter()
        .filter(|it| !it.open.contains("class=\"group"))
        .count()
}

/// The length of the list at an anchor, or the sum of a column of the table there.
fn count_listed(html: &str, anchor: &str, column: usize) -> usize {
    let id = format!("id=\"{anchor}\"");
    let at = html
        .find(&id)
        .unwrap_or_else(|| panic!("no anchor {anchor}"));
    let open = html[..at].rfind('<').expect("an anchor is in a tag");
    let rest = &html[open..];
    if rest.starts_with("<tbody") {
        return plain(&rest[..rest.find("</tbody>").expect("it ends")]);
    }
    if rest.starts_with("<tr") {
        let with = html
            .matches(&format!("<a href=\"#{anchor}\">With "))
            .count();
        return with + usize::from(!rest.starts_with("<tr class=\"group\""));
    }
    if rest.starts_with("<th") {
        // The head of a column: what stands in it adds up.
        let before = html[..open].rfind("<tr>").expect("it is in a row");
        let column = html[before..open].matches("class=\"num\"").count();
        let table = &rest[..rest.find("</table>").expect("it ends")];
        let all = rows(table);
        return all.iter().map(|it| number(it.numbers[column]).0).sum();
    }
    if anchor == "none" {
        return rest[..rest.find("</ul>").expect("a list follows")]
            .matches("<li>")
            .count();
    }
    if rest.starts_with("<h3") {
        let end = rest.find("</table>").expect("a table follows");
        return rows(&rest[..end])
            .iter()
            .map(|it| number(it.numbers[0]).0)
            .sum();
    }
    assert!(rest.starts_with("<h2"), "{anchor} is a heading");
    let section = &rest[..rest.find("</section>").unwrap_or(rest.len())];
    let covers = section.contains(">Covers</th>");
    if section.contains("<table class=\"cov\">") || covers {
        let column = if covers { 0 } else { column };
        let all = rows(section);
        return all.iter().map(|it| number(it.numbers[column]).0).sum();
    }
    plain(section)
}

/// Every number of a table of the pages leads to a list of so many; returns how many were followed.
fn numbers_are_lists(outputs: &Outputs) -> usize {
    let mut followed = 0;
    for (path, html) in coverage_pages(outputs) {
        for row in rows(html).iter().chain(&foot_rows(html)) {
            for (column, cell) in row.numbers.iter().enumerate() {
                let (count, href) = number(cell);
                let Some(href) = href else { continue };
                let (to, anchor) = resolve(path, &href);
                let target = page(outputs, &to);
                let found = if !anchor.is_empty() {
                    count_listed(target, &anchor, column)
                } else if to.starts_with("crosswalk") {
                    crossings(outputs, &to)
                } else {
                    list_total(target)
                };
                assert_eq!(found, count, "{path}: {href}");
                followed += 1;
            }
        }
        for row in rows(html) {
            let zero = row.numbers.iter().filter(|it| it.contains(">0<"));
            assert_eq!(zero.count(), 0, "{path}: zero is a dash without a link");
        }
    }
    followed
}

/// The rows of all table footers.
fn foot_rows(html: &str) -> Vec<Row<'_>> {
    let feet = between(html, "<tfoot>", "</tfoot>").into_iter();
    feet.map(|whole| Row {
        open: "",
        whole,
        numbers: between(whole, "<td class=\"num\">", "</td>"),
    })
    .collect()
}

/// All leaves of a list: its three parts, or what the table of its parts adds up to.
fn list_total(html: &str) -> usize {
    if html.contains("id=\"parts\"") {
        return count_listed(html, "parts", 3);
    }
    let there = ["mapped", "left-out", "open"]
        .into_iter()
        .filter(|it| html.contains(&format!("<h2 id=\"{it}\"")));
    there.map(|it| count_listed(html, it, 0)).sum()
}

/// The nodes from which a page of the crosswalk leads on, its numbered pages and its parts included.
fn crossings(outputs: &Outputs, path: &str) -> usize {
    let html = page(outputs, path);
    let numbered = (1..).map_while(|number| {
        let bytes = outputs.get(&path.replace(".html", &format!("~{number}.html")))?;
        std::str::from_utf8(bytes).ok()
    });
    let nodes: BTreeSet<_> = std::iter::once(html)
        .chain(numbered)
        .flat_map(rows)
        .map(|row| row.open)
        .filter(|open| open.contains("class=\"group\" id="))
        .collect();
    let own = nodes.len();
    let parts = if html.contains("id=\"parts\"") {
        count_listed(html, "parts", 0)
    } else {
        0
    };
    own + parts
}

/// Every address of the pages leads to a file, and to an anchor on it.
fn links_resolve(outputs: &Outputs) {
    for (path, html) in pages(outputs) {
        for it in elements(html).iter().filter(|it| it.name == "a") {
            let href = it.attribute("href").unwrap_or_default();
            if href.contains("://") {
                continue;
            }
            assert!(!href.is_empty(), "{path}: a link without an address");
            let (to, anchor) = resolve(path, href);
            let target = outputs.get(&to);
            assert!(target.is_some(), "{path}: {href} leads nowhere");
            let has = anchor.is_empty() || page(outputs, &to).contains(&format!("id=\"{anchor}\""));
            assert!(has, "{path}: {href} has no such anchor");
        }
    }
}

/// No list is longer than 200 rows, and none is empty.
fn lists_are_short(outputs: &Outputs) {
    for (path, html) in coverage_pages(outputs) {
        for table in between(html, "<table", "</table>") {
            let count = plain(table);
            assert!((1..=200).contains(&count), "{path}: a list of {count} rows");
        }
        for list in between(html, "<ul>", "</ul>") {
            assert!(list.contains("<li>"), "{path}: an empty list");
        }
    }
}

#[test]
fn every_number_leads_to_a_list_of_so_many() {
    let followed = numbers_are_lists(&BUILT.outputs);
    assert!(followed > 250, "only {followed} numbers were followed");
    lists_are_short(&BUILT.outputs);
}

/// Mapped, excluded and open leaves, counted independently of the program; of one level, or of all.
fn count_leaves(catalogue: &Catalogue, ix: FrameworkIx, level: Option<usize>) -> [usize; 3] {
    let mapped: BTreeSet<_> = catalogue.mappings.iter().map(|it| it.to).collect();
    let gaps: BTreeSet<_> = catalogue.gaps.iter().map(|it| it.node).collect();
    let framework = catalogue.framework(ix);
    let mut out = [0; 3];
    for at in framework.nodes.clone() {
        let node = &catalogue.nodes[at];
        let mappable = |it: usize| framework.kinds[it].mappable;
        let mut below = node.children.iter().map(|it| catalogue.node(*it).kind);
        if !mappable(node.kind) || below.any(mappable) {
            continue;
        }
        if level.is_some() && node.level != level {
            continue;
        }
        let mut up = vec![NodeIx::new(at)];
        while let Some(parent) = catalogue.node(up[up.len() - 1]).parent {
            up.push(parent);
        }
        let standing = if up.iter().any(|it| mapped.contains(it)) {
            0
        } else if up.iter().any(|it| gaps.contains(it)) {
            1
        } else {
            2
        };
        out[standing] += 1;
    }
    out
}

/// The four numbers of a row.
fn row_numbers(row: &Row<'_>) -> [usize; 4] {
    let all: Vec<_> = row.numbers.iter().map(|it| number(it).0).collect();
    all.try_into().expect("a row of coverage has four numbers")
}

fn add(mut sum: [usize; 4], row: [usize; 4]) -> [usize; 4] {
    sum.iter_mut().zip(row).for_each(|(sum, it)| *sum += it);
    sum
}

fn section<'a>(html: &'a str, anchor: &str) -> &'a str {
    let at = html
        .find(&format!("<h2 id=\"{anchor}\""))
        .unwrap_or_else(|| panic!("no section {anchor}"));
    let rest = &html[at..];
    &rest[..rest.find("</section>").expect("it ends")]
}

#[test]
fn numbers_equal_an_independent_count_and_add_up() {
    let catalogue = &BUILT.book.catalogue;
    for (at, framework) in catalogue.frameworks.iter().enumerate() {
        let ix = FrameworkIx::new(at);
        let html = page(&BUILT.outputs, &format!("coverage/{}.html", framework.id));
        let [mapped, justified, open] = count_leaves(catalogue, ix, None);
        let all = [mapped, justified, open, mapped + justified + open];
        let lead = between(html, "<p class=\"lead\">", "</p>")[0];
        let words: String = text_of(&format!("<x>{lead}</x>"), "x");
        assert!(
            words.starts_with(&format!("{mapped} of {} ", all[3])),
            "{words}"
        );
        let tops = rows(section(html, "tops"));
        assert_eq!(tops.iter().map(row_numbers).fold([0; 4], add), all);
        if framework.levels.is_empty() {
            assert!(!html.contains("id=\"level\""));
            continue;
        }
        let levels = rows(section(html, "level"));
        assert_eq!(levels.iter().map(row_numbers).fold([0; 4], add), all);
        for (level, row) in levels.iter().enumerate() {
            assert_eq!(
                row_numbers(row)[..3],
                count_leaves(catalogue, ix, Some(level))
            );
        }
        let total = foot_rows(section(html, "level"));
        assert_eq!(row_numbers(&total[0]), all);
    }
}

/// Pairs of nodes of two frameworks, by every pair of mappings of one practice.
fn naive_pairs(catalogue: &Catalogue, from: &str, to: &str) -> BTreeSet<(String, String)> {
    let mut by_practice: BTreeMap<_, Vec<NodeIx>> = BTreeMap::new();
    for it in &catalogue.mappings {
        if let Origin::Practice(practice) = it.from {
            by_practice.entry(practice).or_default().push(it.to);
        }
    }
    let framework = |it: NodeIx| &catalogue.framework(catalogue.node(it).framework).id;
    let mut out = BTreeSet::new();
    for nodes in by_practice.values() {
        for a in nodes.iter().filter(|it| framework(**it) == from) {
            for b in nodes.iter().filter(|it| framework(**it) == to) {
                let shown = |it: NodeIx| catalogue.node(it).shown.clone();
                out.insert((shown(*a), shown(*b)));
            }
        }
    }
    out
}

/// The ids that are links in a text.
fn ids(html: &str) -> Vec<String> {
    let links = between(html, "<a class=\"id\"", "</a>").into_iter();
    links
        .filter_map(|it| Some(it.split_once('>')?.1.to_owned()))
        .collect()
}

/// Pairs as the pages of the crosswalk show them.
fn shown(outputs: &Outputs, folder: &str) -> BTreeSet<(String, String)> {
    let mut out = BTreeSet::new();
    for (path, html) in pages(outputs).filter(|(path, _)| path.starts_with(folder)) {
        let mut node = None;
        for row in rows(html) {
            if row.open.contains("class=\"group\" id=") {
                node = ids(row.whole).first().cloned();
            } else if let Some(cell) = row.whole.split("class=\"why\"").nth(1) {
                let from = node
                    .as_ref()
                    .unwrap_or_else(|| panic!("{path}: a way from nowhere"));
                out.extend(ids(cell).into_iter().map(|to| (from.clone(), to)));
            }
        }
    }
    out
}

#[test]
fn the_crosswalk_shows_every_pair_that_shares_a_practice() {
    for (from, to) in [("eucs", "gdpr"), ("gdpr", "eucs")] {
        let found = shown(&BUILT.outputs, &format!("crosswalk/{from}-{to}/"));
        let expected = naive_pairs(&BUILT.book.catalogue, from, to);
        assert!(expected.len() > 500);
        assert!(found == expected, "{from} to {to} differ");
    }
    let derived = between(page(&BUILT.outputs, "crosswalk.html"), "<b>Derived", "</p>");
    assert!(derived[0].contains("never a claim that the two ask for the same"));
}

/// A book whose practices stand in each way for the provider.
fn provider_book() -> Book {
    let mapping = |from: u8, to: &str, relation: &str| {
        format!("  - {{ from: ACME-01.{from}, to: {to}, relation: {relation}, because: B. }}\n")
    };
    let mut mappings = "measure: ACME-01\nmappings:\n".to_owned();
    for (from, to, relation) in [
        (1, "A-01.1", "equal"),
        (2, "A-01.1", "superset-of"),
        (3, "A-01.1", "equal"),
        (4, "A-01.2", "subset-of"),
        (6, "A-01.1", "equal"),
        (6, "A-01.2", "equal"),
        (7, "A-01", "subset-of"),
    ] {
        mappings += &mapping(from, to, relation);
    }
    let mut measure = "id: ACME-01\ntitle: T\nsummary: S.\ngroup: recover\nresponsibility: shared\nkind: technical\nphases: [plan]\nuse-cases: { web-shop: { relevance: supporting, because: B. } }\npractices:\n".to_owned();
    for at in 1..=7 {
        let by = if at == 3 { "customer" } else { "provider" };
        measure +=
            &format!("  - {{ id: ACME-01.{at}, text: Text {at}., by: {by}, evidence: E. }}\n");
    }
    Book::starter()
        .with("content/measures/ACME-01.yaml", &measure)
        .with("content/measures/ACME-01.md", "Guidance.\n")
        .with("content/mappings/example/ACME-01.yaml", &mappings)
        .change(
            "content/frameworks/example/framework.yaml",
            "- { name: control, page: true }",
            "- { name: control, page: true, mappable: true }",
        )
}

fn built(book: &Book) -> Built {
    let built = book.build();
    assert!(!built.book.failed(), "{}", book.report());
    built
}

/// The practices under a heading of a level's page.
fn practices(html: &str, anchor: &str) -> Vec<String> {
    if !html.contains(&format!("<h2 id=\"{anchor}\"")) {
        return Vec::new();
    }
    let own = rows(section(html, anchor))
        .into_iter()
        .filter(|it| !it.open.contains("group"));
    own.filter_map(|it| {
        ids(it.whole)
            .first()
            .map(|it| it["ACME-01.".len()..].to_owned())
    })
    .collect()
}

#[test]
fn the_four_standings_of_a_practice() {
    let built = built(&provider_book());
    let all = |page: &str| {
        ["assured", "partly", "customer", "not-covered"].map(|it| practices(page, it).join(" "))
    };
    let basic = page(&built.outputs, "provider/example-basic.html");
    assert_eq!(all(basic), ["1", "2 6 7", "3", "4 5"]);
    let high = page(&built.outputs, "provider/example-high.html");
    assert_eq!(all(high), ["1 4 6 7", "2", "3", "5"]);
    assert!(!basic.contains("id=\"adds\""));
    assert_eq!(practices(high, "adds").join(" "), "4 6 7");
    let adds = section(high, "adds");
    assert!(adds.contains("What high adds to basic"));
    assert!(adds.contains("3 practices gain a requirement or a standing, 3 of them a standing"));
    assert!(adds.contains("<b>Assured</b>, before not covered"));
    numbers_are_lists(&built.outputs);
    links_resolve(&built.outputs);
}

/// Many nodes, and many measures in one group: lists are divided.
fn long_book() -> Book {
    let mut tree = "id: A\ntitle: Long\nsummary: S.\nnodes:\n".to_owned();
    for control in 1..=3 {
        tree += &format!("  - id: A-{control}\n    title: C\n    summary: S.\n    nodes:\n");
        for at in 1..=90 {
            let level = if at % 3 == 0 { "high" } else { "basic" };
            tree += &format!(
                "      - {{ id: A-{control}.{at}, level: {level}, label: L, summary: S. }}\n"
            );
        }
    }
    tree += "  - { id: A-9, title: C, summary: S., kind: requirement }\n";
    let second = "id: M\ntitle: Other\nversion: \"1\"\nsummary: S.\nname: OTH\nkinds: [{ name: chapter, page: true }, { name: rule, mappable: true }]\ncite: { forms: [\"{id}\"] }\n".replace("id: M", "id: other");
    let mut set = "framework: example\nversion: \"1.0\"\nstyle: set-theory\nrationale: semantic\nmethod: human\nnot-mapped:\n  - { target: A-3, because: Not ours. }\n".to_owned();
    set += "  - { target: A-2.90, because: Not this. }\n";
    let mut book = Book::starter()
        .with("content/frameworks/example/A.yaml", &tree)
        .with("content/frameworks/other/framework.yaml", &second)
        .with("content/frameworks/other/R.yaml", "id: R\ntitle: R\nsummary: S.\nnodes:\n  - { id: R-1, label: L, summary: S. }\n")
        .with("content/mappings/other/set.yaml", "framework: other\nversion: \"1\"\nstyle: set-theory\nrationale: semantic\nmethod: human\n")
        .with("content/mappings/example/set.yaml", &set)
        .with("content/mappings/example/ACME-01.yaml", "")
        .with(
            "content/guide/about.md",
            "---\ntitle: A\nsummary: S.\nfooter: true\n---\n\nWords.\n",
        );
    for at in 2..=90 {
        let id = format!("ACME-{at}");
        let practice =
            |n: usize| format!("  - {{ id: {id}.{n}, text: T., by: shared, evidence: E. }}\n");
        let measure = format!(
            "id: {id}\ntitle: T\nsummary: S.\ngroup: recover\nresponsibility: shared\nkind: technical\nphases: [plan]\nuse-cases: {{ web-shop: {{ relevance: supporting, because: B. }} }}\npractices:\n{}{}{}{}",
            practice(1),
            practice(2),
            practice(3),
            practice(4)
        );
        let maps = format!(
            "measure: {id}\nmappings:\n  - {{ from: {id}.1, to: A-1.{at}, relation: equal, because: B. }}\n  - {{ from: {id}.2, to: A-2.{}, relation: superset-of, because: B. }}\n  - {{ from: {id}.4, to: A-1.{at}, relation: intersects-with, because: B. }}\n",
            at - 1
        );
        let other = format!(
            "measure: {id}\nmappings:\n  - {{ from: {id}.1, to: R-1, relation: superset-of, because: B. }}\n  - {{ from: {id}.2, to: R-1, relation: superset-of, because: B. }}\n  - {{ from: {id}.4, to: R-1, relation: superset-of, because: B. }}\n"
        );
        book = book
            .with(&format!("content/measures/{id}.yaml"), &measure)
            .with(&format!("content/measures/{id}.md"), "Guidance.\n")
            .with(&format!("content/mappings/example/{id}.yaml"), &maps)
            .with(&format!("content/mappings/other/{id}.yaml"), &other);
    }
    book
}

#[test]
fn long_lists_are_divided_and_numbers_still_equal_them() {
    let built = built(&long_book());
    let top = page(&built.outputs, "coverage/example/A.html");
    assert!(top.contains("id=\"parts\"") && top.contains("id=\"parts-high\""));
    assert!(!top.contains(">A-1.90<"));
    assert!(page(&built.outputs, "coverage/example/A-1.html").contains(">A-1.90<"));
    assert!(page(&built.outputs, "crosswalk/example-other/A.html").contains("href=\"A-2.html\""));
    assert!(
        page(&built.outputs, "coverage/example~measures.html")
            .contains("href=\"example~measures~2.html#practices\"")
    );
    assert!(
        page(&built.outputs, "provider/example-high.html")
            .contains("href=\"example-high~2.html#partly\"")
    );
    assert!(numbers_are_lists(&built.outputs) > 60);
    links_resolve(&built.outputs);
    let long = coverage_pages(&built.outputs).flat_map(|(path, html)| {
        let tables = between(html, "<table", "</table>").into_iter();
        tables.map(move |it| (path, plain(it)))
    });
    for (path, count) in long {
        assert!(count <= 200, "{path}: {count} rows");
    }
    let pairs = shown(&built.outputs, "crosswalk/example-other/");
    assert_eq!(
        pairs,
        naive_pairs(&built.book.catalogue, "example", "other")
    );
}

/// Pages that a book has, and pages that it lacks.
fn expect(book: &Book, there: &[&str], missing: &[&str]) {
    let built = book.build();
    for it in there {
        assert!(built.outputs.get(it).is_some(), "there is no {it}");
    }
    for it in missing {
        assert!(built.outputs.get(it).is_none(), "there is an empty {it}");
    }
    links_resolve(&built.outputs);
    numbers_are_lists(&built.outputs);
    lists_are_short(&built.outputs);
}

const FRAMEWORK: &str = "content/frameworks/example/framework.yaml";
const TREE: &str = "content/frameworks/example/A.yaml";
const MAPPINGS: &str = "content/mappings/example/ACME-01.yaml";

#[test]
fn with_one_framework_there_is_no_crosswalk() {
    let there = [
        "coverage.html",
        "coverage/example.html",
        "provider/example.html",
    ];
    expect(&Book::starter(), &there, &["crosswalk.html"]);
}

#[test]
fn without_mappings_all_is_open_and_nothing_is_for_the_provider() {
    let book = Book::starter().with(MAPPINGS, "");
    let there = ["coverage.html", "coverage/example/A.html"];
    expect(&book, &there, &["crosswalk.html", "provider/example.html"]);
    let built = book.build();
    let html = page(&built.outputs, "coverage/example.html");
    assert_eq!(plain(section(html, "open")), 2);
}

#[test]
fn without_levels_there_are_no_pages_of_levels() {
    let levels =
        "levels: [basic, high]                   # in order: each includes those before it\n";
    let starter = Book::starter();
    let tree = starter.text(TREE).replace("        level: basic\n", "");
    let tree = tree.replace("        level: high\n", "");
    let book = starter.change(FRAMEWORK, levels, "").with(TREE, &tree);
    assert!(!book.build().book.failed(), "{}", book.report());
    let missing = ["provider/example.html", "coverage/example/level-basic.html"];
    expect(&book, &["coverage/example/A.html"], &missing);
}

#[test]
fn leaves_without_a_level_add_up_with_the_others() {
    let book = Book::starter();
    let tree = book.text(TREE).replace("        level: high\n", "");
    let book = book.with(TREE, &tree);
    let there = [
        "coverage/example/level-none.html",
        "coverage/example/level-basic.html",
    ];
    expect(&book, &there, &["coverage/example/level-high.html"]);
}

#[test]
fn without_frameworks_there_is_no_coverage() {
    let set = "content/mappings/example/set.yaml";
    let book = [FRAMEWORK, TREE, MAPPINGS, set]
        .into_iter()
        .fold(Book::starter(), |book, it| book.with(it, ""));
    let missing = ["coverage.html", "crosswalk.html", "provider/example.html"];
    expect(&book, &["index.html"], &missing);
}

#[test]
fn a_higher_level_takes_nothing_away() {
    let catalogue = &BUILT.book.catalogue;
    let levels = &catalogue.frameworks[0].levels;
    assert_eq!(levels.len(), 3);
    let mut changed = 0;
    for at in 0..catalogue.practices.len() {
        let practice = PracticeIx::new(at);
        let framework = FrameworkIx::new(0);
        let at_level = |level| catalogue.support(practice, framework, level);
        let reached = |level| catalogue.mappings_up_to(practice, framework, level);
        let begun = |level| catalogue.mappings_starting_at(practice, framework, level);
        let mut before = at_level(0);
        assert_eq!(begun(0), reached(0));
        for level in 1..levels.len() {
            let now = at_level(level);
            assert!(now.backing <= before.backing, "{at} falls at {level}");
            let mut sum: Vec<_> = [reached(level - 1), begun(level)].concat();
            sum.sort_by_key(|it| (catalogue.mapping(*it).to, *it));
            assert_eq!(
                sum,
                reached(level),
                "what is reached is what was, and what is new"
            );
            assert_eq!(now.has_new, !begun(level).is_empty());
            assert!(now.later.is_none() || reached(level).is_empty());
            changed += usize::from(now.backing != before.backing);
            before = now;
        }
    }
    assert!(changed > 0);
}

#[test]
fn every_measure_is_on_one_page_of_a_bearable_length() {
    let read = long_book().read();
    let pages = read
        .site
        .list_pages(PageKind::Provider(FrameworkIx::new(0), 0));
    assert!(pages.len() > 1);
    let all: Vec<_> = pages.iter().flat_map(Clone::clone).collect();
    let order = read.catalogue.reading_order();
    assert_eq!(all, (0..order.len()).collect::<Vec<_>>());
    for page in pages {
        let practices = order[page.clone()].iter();
        let count: usize = practices
            .map(|it| read.catalogue.practices_of(*it).count())
            .sum();
        assert!(count <= MAX_ROWS, "{page:?} has {count} practices");
    }
}
