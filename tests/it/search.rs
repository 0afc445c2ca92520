//! The search index over the real catalogue: the manifest lists every file, every result leads to its record.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::book::Book;
use crate::html::elements;
use crate::real::BUILT;

/// What a file of the index holds.
fn held(name: &str) -> Value {
    let path = format!("search/{name}.js");
    let bytes = BUILT.outputs.get(&path);
    let bytes = bytes.unwrap_or_else(|| panic!("{path} is not there"));
    let script = std::str::from_utf8(bytes).expect("scripts are UTF-8");
    let json = script
        .strip_prefix(&format!("controlbook.put(\"{name}\","))
        .and_then(|it| it.strip_suffix(");\n"));
    serde_json::from_str(json.expect("one call")).expect("the call's argument is JSON")
}

/// Names of files in a list of names, or of pairs that end with one.
fn names(list: &Value) -> Vec<String> {
    let list = list.as_array().expect("a list");
    let name = |it: &Value| {
        let last = it.as_array().map_or(it, |pair| &pair[1]);
        last.as_str().expect("a name").to_owned()
    };
    list.iter().map(name).collect()
}

#[test]
fn every_file_is_named_by_the_manifest() {
    let manifest = held("index");
    let mut named: BTreeSet<_> = ["heads", "texts", "words"]
        .iter()
        .flat_map(|it| names(&manifest[it]))
        .collect();
    named.insert(manifest["vocabulary"].as_str().expect("a name").to_owned());
    named.insert("index".to_owned());
    let files: BTreeSet<_> = BUILT
        .outputs
        .iter()
        .filter_map(|(path, _)| path.strip_prefix("search/")?.strip_suffix(".js"))
        .map(str::to_owned)
        .collect();
    assert_eq!(files, named);
}

#[test]
fn every_record_leads_to_its_place() {
    let manifest = held("index");
    let heads = names(&manifest["heads"]);
    let heads: Vec<_> = heads
        .iter()
        .flat_map(|it| held(it).as_array().expect("a list").clone())
        .collect();
    assert_eq!(manifest["records"], heads.len());
    let mut anchors: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for head in &heads {
        let href = head[2].as_str().expect("an address");
        let (page, anchor) = href.split_once('#').unwrap_or((href, ""));
        let known = anchors.entry(page.to_owned()).or_insert_with(|| {
            let html = BUILT.outputs.get(page);
            let html = html.unwrap_or_else(|| panic!("{href} leads to no page"));
            let html = std::str::from_utf8(html).expect("pages are UTF-8");
            let ids = elements(html);
            let ids = ids.iter().filter_map(|it| it.attribute("id"));
            ids.map(str::to_owned).collect()
        });
        assert!(anchor.is_empty() || known.contains(anchor), "{href}");
        assert_ne!(head[1], "", "{href} has no title");
    }
    let book = &BUILT.book.catalogue;
    let things = book.measures.len()
        + book.practices.len()
        + book.nodes.len()
        + book.use_cases.len()
        + book.threats.len()
        + book.terms.len()
        + book.pages.len();
    assert!(heads.len() > things, "{} of {things}", heads.len());
}

#[test]
fn sets_and_texts_reach_every_record() {
    let manifest = held("index");
    let records = manifest["records"].as_u64().expect("a number");
    let sum = |list: &Value, at: usize| -> u64 {
        let list = list.as_array().expect("a list");
        let count = |it: &Value| it.get(at).unwrap_or(it).as_u64().expect("a number");
        list.iter().map(count).sum()
    };
    assert_eq!(sum(&manifest["runs"], 1), records);
    assert_eq!(sum(&manifest["pages"], 0), records);
    let mut next = 0;
    for part in manifest["texts"].as_array().expect("a list") {
        assert_eq!(part[0], next, "texts follow each other");
        let texts = held(part[1].as_str().expect("a name"));
        next += texts.as_array().expect("a list").len();
    }
    assert_eq!(next as u64, records);
}

/// A starter book whose records have keywords.
fn with_keywords(list: &str) -> Book {
    let threats = format!(
        "- id: data-loss\n  title: Loss of data\n  group: System failure\n  text: Gone.\n  keywords: {list}\n- id: ransomware\n  title: Ransomware\n  group: Malicious action\n  text: Money is asked for.\n"
    );
    Book::starter().with("content/threats.yaml", &threats)
}

#[test]
fn keywords_are_found_and_in_the_data_and_shown_on_no_page() {
    let measure = "content/measures/ACME-01.yaml";
    let book = with_keywords("[Datenverlust, perte]")
        .change(
            measure,
            "title: ",
            "keywords: [Sicherungskonzept, 3-2-1]\ntitle: ",
        )
        .change(
            "content/guide/about.md",
            "title: ",
            "keywords: [Impressum]\ntitle: ",
        );
    let built = book.build();
    assert_eq!(book.report(), "");
    let text = |path: &str| {
        let bytes = built.outputs.get(path);
        let bytes = bytes.unwrap_or_else(|| panic!("{path} is not there"));
        String::from_utf8(bytes.to_vec()).expect("text")
    };
    let words: String = (built.outputs.iter())
        .filter(|(path, _)| path.starts_with("search/"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    for word in ["datenverlust", "sicherungskonzept", "impressum"] {
        assert!(words.contains(word), "{word} is not indexed");
    }
    assert!(text("data/measures.csv").contains("Sicherungskonzept"));
    assert!(text("data/catalogue.json").contains("Datenverlust"));
    let pages = built.outputs.iter();
    for (path, bytes) in pages.filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8_lossy(bytes);
        for word in ["Datenverlust", "Sicherungskonzept", "Impressum"] {
            assert!(!page.contains(word), "{word} is shown on {path}");
        }
    }
}

#[test]
fn what_is_no_keyword_is_reported() {
    with_keywords("[\"\", loss]")
        .reports("content/threats.yaml:5:14: error[bad-keyword]: a keyword is empty");
    with_keywords("[loss, \"one; two\"]").reports(
        "content/threats.yaml:5:20: error[bad-keyword]: the keyword `one; two` is not one word or phrase",
    );
    with_keywords("[Loss, other, loss]")
        .reports("content/threats.yaml:5:27: error[bad-keyword]: the keyword `loss` is repeated");
    with_keywords("loss")
        .reports("content/threats.yaml:5:13: error[wrong-type]: expected a list, found text");
}
