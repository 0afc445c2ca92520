//! Checklists hold what the YAML files say, read here line by line; long ones are divided; the index names what it filters by.

use std::collections::{BTreeMap, BTreeSet};

use controlbook::pipeline::{Built, Options, ParseCache, build};
use controlbook::source::Sources;

use crate::book::Book;
use crate::html::{Element, elements};
use crate::real::{BUILT, SOURCES};

/// A practice as its file says it: id, who acts, the use cases for which it is essential.
struct Written {
    id: String,
    by: String,
    essential_for: String,
}

/// The practices of the real files by use case, without any help of the generator.
fn written() -> BTreeMap<String, Vec<Written>> {
    let mut out = BTreeMap::<String, Vec<Written>>::new();
    for (path, bytes) in SOURCES.iter() {
        let name = path.to_string();
        if !name.starts_with("content/measures/HCS") || !name.ends_with(".yaml") {
            continue;
        }
        let text = std::str::from_utf8(bytes).expect("the files are UTF-8");
        let (above, below) = text.split_once("\nuse-cases:\n").expect("it has use cases");
        let use_cases = below.lines().take_while(|it| it.starts_with("  "));
        let use_cases = use_cases.filter_map(|it| it.trim().split_once(": { relevance"));
        let use_cases: Vec<_> = use_cases.map(|(id, _)| id.to_owned()).collect();
        assert!(!use_cases.is_empty(), "{name}");
        for practice in above.split("\n  - id: ").skip(1) {
            let field = |name: &str| {
                let mut lines = practice.lines().map(str::trim);
                lines.find_map(|it| it.strip_prefix(name)).unwrap_or("")
            };
            for use_case in &use_cases {
                out.entry(use_case.clone()).or_default().push(Written {
                    id: practice.lines().next().expect("it has a line").to_owned(),
                    by: field("by: ").to_owned(),
                    essential_for: field("essential-for: ").to_owned(),
                });
            }
        }
    }
    out
}

fn page(built: &Built, path: &str) -> String {
    let bytes = built.outputs.get(path);
    let bytes = bytes.unwrap_or_else(|| panic!("{path} is not there"));
    String::from_utf8(bytes.to_vec()).expect("pages are UTF-8")
}

/// The rows of a page, by what they are found by.
fn rows(html: &str) -> Vec<Element<'_>> {
    let all = elements(html).into_iter();
    all.filter(|it| it.attribute("data-f").is_some()).collect()
}

fn ids(html: &str) -> Vec<String> {
    let rows = rows(html).into_iter();
    rows.map(|it| it.attribute("id").expect("a row has an anchor").to_owned())
        .collect()
}

fn has(row: &Element<'_>, word: &str) -> bool {
    let words = row.attribute("data-f").unwrap_or_default();
    words.split(' ').any(|it| it == word)
}

#[test]
fn each_list_holds_the_practices_of_its_use_case_and_role() {
    let written = written();
    assert_eq!(written.len(), 3);
    for (use_case, practices) in &written {
        for role in ["customer", "provider", "shared", "all"] {
            let of_it = |it: &&Written| role == "all" || it.by == role;
            let wanted: BTreeSet<_> = practices.iter().filter(of_it).map(|it| &it.id).collect();
            let html = page(&BUILT, &format!("checklists/{use_case}-{role}.html"));
            let found = ids(&html);
            assert_eq!(found.len(), wanted.len(), "{use_case}, {role}");
            assert_eq!(found.iter().collect::<BTreeSet<_>>(), wanted);
            let essential = practices.iter().filter(of_it);
            let named = |it: &&Written| {
                let list = it.essential_for.trim_matches(['[', ']']);
                list.split(", ").any(|it| it == use_case)
            };
            let count = essential.filter(named).count();
            let marked = rows(&html)
                .iter()
                .filter(|it| has(it, "essential=yes"))
                .count();
            assert_eq!(marked, count, "{use_case}, {role}: essential");
            assert!(html.contains(&format!(
                "{} statements, {count} of them essential",
                found.len()
            )));
        }
    }
}

#[test]
fn the_index_and_the_use_case_lead_to_every_list() {
    let lists: Vec<_> = BUILT
        .outputs
        .iter()
        .map(|(path, _)| path)
        .filter(|it| it.starts_with("checklists/"))
        .collect();
    assert_eq!(lists.len(), 12);
    let index = page(&BUILT, "checklists.html");
    let ehr = page(&BUILT, "use-cases/ehr.html");
    for list in lists {
        assert!(index.contains(&format!("href=\"{list}\"")), "{list}");
        assert_eq!(
            ehr.contains(&format!("href=\"../{list}\"")),
            list.contains("/ehr-"),
            "{list}"
        );
    }
}

#[test]
fn the_index_of_measures_counts_its_choices() {
    let html = page(&BUILT, "measures.html");
    let rows = rows(&html);
    assert_eq!(rows.len(), BUILT.book.catalogue.measures.len());
    let all = elements(&html);
    let choices = all
        .iter()
        .filter(|it| it.attribute("type") == Some("checkbox"));
    let mut groups = BTreeSet::new();
    for it in choices {
        let name = it.attribute("name").expect("a choice has a name");
        let value = it.attribute("value").expect("a choice has a value");
        let word = format!("{name}={value}");
        let count = rows.iter().filter(|it| has(it, &word)).count();
        assert!(count > 0, "{word} leaves nothing");
        assert!(count < rows.len(), "{word} leaves everything");
        let input = format!("name=\"{name}\" value=\"{value}\">");
        let after = html.split_once(&input).map(|(_, it)| it);
        let shown = after.and_then(|it| it.split_once("class=\"n\">"));
        let shown = shown.and_then(|(_, it)| it.split_once('<'));
        assert_eq!(shown.expect("a count").0, count.to_string(), "{word}");
        groups.insert(name.to_owned());
    }
    // All are shared, map to both frameworks and reach each level.
    let wanted = [
        "for-ehr",
        "for-medical-devices",
        "for-remote-care",
        "kind",
        "phase",
    ];
    assert_eq!(
        groups.iter().map(String::as_str).collect::<Vec<_>>(),
        wanted
    );
}

/// A book of measures with three practices each, `first` of them in one group and the others in a second.
fn long(measures: usize, first: usize) -> Built {
    let mut sources = Sources::default();
    let mut add = |path: &str, text: String| sources.insert(path, text.into_bytes());
    add(
        "content/measures/groups.yaml",
        "- { id: a, title: First }\n- { id: a-2, title: Second }\n".to_owned(),
    );
    add(
        "content/use-cases/u.yaml",
        "id: u\ntitle: Shop\nsummary: S.\nmark: square\n".to_owned(),
    );
    for at in 0..measures {
        let group = if at < first { "a" } else { "a-2" };
        let practice =
            |it| format!("  - {{ id: M-{at}.{it}, text: T., by: shared, evidence: E. }}\n");
        let practices = [1, 2, 3].map(practice).concat();
        add(
            &format!("content/measures/M-{at}.yaml"),
            format!(
                "id: M-{at}\ntitle: Measure {at}\nsummary: S.\ngroup: {group}\nresponsibility: shared\nkind: technical\nphases: [plan]\nuse-cases:\n  u: {{ relevance: important, because: B. }}\npractices:\n{practices}"
            ),
        );
    }
    build(&sources, &Options::default(), &mut ParseCache::default())
}

#[test]
fn a_long_list_is_divided_and_the_statements_of_a_measure_stay_together() {
    let built = long(160, 150);
    let overview = page(&built, "checklists/u-shared.html");
    assert!(ids(&overview).is_empty());
    let pages: Vec<_> = built
        .outputs
        .iter()
        .map(|(path, _)| path)
        .filter(|it| it.starts_with("checklists/u-shared~"))
        .collect();
    assert_eq!(pages.len(), 3, "{pages:?}");
    let mut seen = BTreeSet::new();
    for path in pages {
        let name = path.strip_prefix("checklists/").expect("a list");
        assert!(overview.contains(&format!("href=\"{name}\"")), "{path}");
        let here = ids(&page(&built, path));
        assert!(
            !here.is_empty() && here.len() <= 200 && here.len().is_multiple_of(3),
            "{path}: {}",
            here.len()
        );
        for id in here {
            assert!(seen.insert(id), "a statement stands twice");
        }
    }
    assert_eq!(seen.len(), 480);
    assert!(
        built.outputs.get("checklists/u-all.html").is_none(),
        "only one role acts, so the list of all would be the same"
    );
}

#[test]
fn a_divided_index_is_narrowed_group_by_group() {
    let built = long(210, 120);
    assert!(!page(&built, "measures.html").contains("data-facets"));
    let group = page(&built, "measures/group-a.html");
    assert!(
        group.contains("data-facets") && group.contains("data-tally=\"measures\">120 measures")
    );
    assert!(
        group.contains("type=\"search\"") && !group.contains("data-facet="),
        "measures that are all alike are narrowed by words alone"
    );
    assert_eq!(rows(&group).len(), 120);
    assert!(rows(&group).iter().all(|it| has(it, "for-u=important")));
}

#[test]
fn a_list_of_two_hundred_is_whole() {
    let built = long(66, 60);
    assert_eq!(ids(&page(&built, "checklists/u-shared.html")).len(), 198);
}

#[test]
fn a_book_without_use_cases_has_lists_by_role() {
    let book = Book::starter()
        .with("content/use-cases/web-shop.yaml", "")
        .with("content/use-cases/web-shop.md", "")
        .map(|text| {
            let text = text.replace("    essential-for: [web-shop]\n", "");
            text.split("\nuse-cases:")
                .next()
                .map_or_else(String::new, |it| format!("{it}\n"))
        });
    let built = book.build();
    let html = page(&built, "checklists/provider.html");
    assert_eq!(ids(&html), ["ACME-01.1"]);
    assert!(html.contains(">What the provider must show</h1>"));
    assert!(!html.contains("Use case"), "there is none to choose");
    assert_eq!(ids(&page(&built, "checklists/all.html")).len(), 3);
}

#[test]
fn a_book_without_measures_offers_no_checklist() {
    let mut sources = Sources::default();
    sources.insert(
        "content/index.md",
        b"---\ntitle: T\nsummary: S.\n---\n\nWords.\n".to_vec(),
    );
    let built = build(&sources, &Options::default(), &mut ParseCache::default());
    assert!(built.outputs.get("checklists.html").is_none());
    assert!(!page(&built, "index.html").contains("Checklists"));
}
