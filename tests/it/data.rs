//! The exported data, parsed again: the JSON and the tables hold the same catalogue as the linked one, and fit their schema.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use controlbook::catalogue::{Catalogue, Coverage};
use controlbook::export::data::{downloads, escape_formulas};
use controlbook::pipeline::{Built, Options, ParseCache, build};
use controlbook::site::Holds;
use controlbook::source::Sources;
use proptest::prelude::*;
use serde_json::Value;

use crate::book::Book;
use crate::csv::{records, unescape_formula};
use crate::fields::every_field;
use crate::hostile::{self, HOSTILE};
use crate::html::all_text;
use crate::real::BUILT;

/// Texts that break tables, beside those that break pages.
const FOR_TABLES: [&str; 9] = [
    "=HYPERLINK(\"https://example.org\",\"a\")",
    "+1, -2; 3",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\tTab",
    "\rReturn",
    "'=quoted",
    "a \"word\", a comma\r\nand\na line",
    "''",
];

fn built(sources: &Sources) -> Built {
    build(sources, &Options::default(), &mut ParseCache::default())
}

fn file<'a>(built: &'a Built, name: &str) -> &'a str {
    let bytes = built.outputs.get(&format!("data/{name}"));
    let bytes = bytes.unwrap_or_else(|| panic!("data/{name} is there"));
    std::str::from_utf8(bytes).expect("data are UTF-8")
}

fn document(built: &Built) -> Value {
    serde_json::from_str(file(built, "catalogue.json")).expect("it is JSON")
}

/// A table's rows, each with its cells by column, as they were before they were made harmless.
fn table(built: &Built, name: &str) -> Vec<BTreeMap<String, String>> {
    let text = file(built, name)
        .strip_prefix('\u{feff}')
        .expect("a byte order mark stands at the beginning");
    let mut records = records(text).into_iter();
    let head = records.next().expect("a table has a head");
    records
        .map(|cells| {
            assert_eq!(cells.len(), head.len(), "{name}: {cells:?}");
            let cells = cells.iter().map(|it| unescape_formula(it));
            head.iter().cloned().zip(cells).collect()
        })
        .collect()
}

/// A book's catalogue beside its data.
struct Pair<'a> {
    catalogue: &'a Catalogue,
    coverage: Coverage,
    built: &'a Built,
    document: Value,
}

impl<'a> Pair<'a> {
    fn new(built: &'a Built) -> Self {
        let catalogue = &*built.book.catalogue;
        Self {
            catalogue,
            coverage: Coverage::new(catalogue),
            built,
            document: document(built),
        }
    }
}

/// A value of the document as a cell: a list joined by semicolons, a reference with a reason as its id.
fn cell_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(cell_of).collect::<Vec<_>>().join("; "),
        Value::Object(record) => cell_of(&record["measure"]),
    }
}

/// A table has a row for each record of a list, and its columns hold what the keys of the same name do.
fn cells(pair: &Pair<'_>) {
    for (name, list) in [
        ("measures.csv", "measures"),
        ("practices.csv", "practices"),
        ("mappings.csv", "mappings"),
        ("requirements.csv", "nodes"),
        ("coverage.csv", "coverage"),
    ] {
        let rows = table(pair.built, name);
        let records = pair.document[list].as_array().expect("it is a list");
        assert_eq!(rows.len(), records.len(), "{name}");
        for (row, record) in rows.iter().zip(records) {
            let same = row
                .iter()
                .filter(|(column, _)| record.get(column).is_some());
            assert!(same.clone().count() >= 6, "{name}: {row:?}");
            for (column, cell) in same {
                assert_eq!(
                    *cell,
                    cell_of(&record[column]),
                    "{name}: {column} of {row:?}"
                );
            }
        }
    }
}

/// The numbers of `coverage.csv` are those of the nodes in `requirements.csv`, and of the linked catalogue.
fn numbers(pair: &Pair<'_>) {
    let rows = table(pair.built, "requirements.csv");
    let parents: BTreeMap<_, _> = rows
        .iter()
        .map(|it| ((&it["framework"], &it["id"]), &it["parent"]))
        .collect();
    let mut counted = BTreeMap::<_, [usize; 4]>::new();
    for row in rows.iter().filter(|it| !it["standing"].is_empty()) {
        let mut top = &row["id"];
        while !parents[&(&row["framework"], top)].is_empty() {
            top = parents[&(&row["framework"], top)];
        }
        let at = ["mapped", "justified", "open"]
            .iter()
            .position(|it| row["standing"] == *it);
        let of = counted
            .entry((row["framework"].clone(), top.clone(), row["level"].clone()))
            .or_default();
        of[at.expect("a standing")] += 1;
        of[3] += 1;
    }
    let number =
        |row: &BTreeMap<String, String>, key: &str| row[key].parse::<usize>().expect("a number");
    let mut stated = BTreeMap::new();
    for row in table(pair.built, "coverage.csv") {
        let numbers = ["mapped", "justified", "open", "total"].map(|key| number(&row, key));
        assert_eq!(numbers[..3].iter().sum::<usize>(), numbers[3]);
        let key = (
            row["framework"].clone(),
            row["top"].clone(),
            row["level"].clone(),
        );
        assert!(
            stated.insert(key, numbers).is_none(),
            "{row:?} stands twice"
        );
    }
    assert_eq!(stated, counted);
    for it in &pair.catalogue.frameworks {
        let leaves = it.roots.iter().flat_map(|top| pair.catalogue.leaves(*top));
        let of_it = stated
            .iter()
            .filter(|((framework, ..), _)| *framework == it.id);
        let sum = of_it.fold([0; 3], |sum, (_, n)| {
            [sum[0] + n[0], sum[1] + n[1], sum[2] + n[2]]
        });
        assert_eq!(sum, pair.coverage.count(leaves));
    }
    let rows: Vec<_> = pair.document["coverage"]
        .as_array()
        .expect("a list")
        .iter()
        .collect();
    assert_eq!(rows.len(), stated.len());
    for row in rows {
        let key = ["framework", "top", "level"].map(|key| cell_of(&row[key]));
        let [framework, top, level] = key;
        let numbers = ["mapped", "justified", "open", "total"].map(|key| row[key].as_u64());
        let wanted = stated[&(framework, top, level)].map(|it| u64::try_from(it).ok());
        assert_eq!(numbers, wanted, "{row}");
    }
}

/// The document and each table fit their descriptions.
fn descriptions(pair: &Pair<'_>) {
    let schema: Value =
        serde_json::from_str(file(pair.built, "catalogue.schema.json")).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let wrong: Vec<_> = validator.iter_errors(&pair.document).take(5).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let readme = file(pair.built, "README.txt");
    for it in downloads(pair.catalogue).files {
        match it.holds {
            Holds::Document(lists) => {
                let held = pair.document.as_object().expect("an object").iter();
                let held = held.filter_map(|(key, it)| Some((key.as_str(), it.as_array()?.len())));
                let stated = lists.iter().map(|it| (it.key.as_str(), it.records));
                assert_eq!(stated.collect::<BTreeSet<_>>(), held.collect());
            }
            Holds::Table { rows, columns } => {
                let text = file(pair.built, it.name);
                let records = records(text.trim_start_matches('\u{feff}'));
                let names: Vec<_> = columns.iter().map(|it| it.name.as_str()).collect();
                assert_eq!(records[0], names);
                assert_eq!(records.len() - 1, rows, "{}", it.name);
                for it in columns {
                    assert!(readme.contains(&format!("    {}: {}\r\n", it.name, it.meaning)));
                }
            }
            Holds::Schema | Holds::Manual => assert!(!file(pair.built, it.name).is_empty()),
        }
    }
}

fn same(built: &Built) {
    let pair = Pair::new(built);
    descriptions(&pair);
    cells(&pair);
    numbers(&pair);
}

#[test]
fn the_real_catalogue_is_read_back() {
    same(&BUILT);
}

/// Asserts that one document has a text wherever another has the text `plain`: as it is written, or as plain words.
#[track_caller]
fn replaced(plain: &Value, by: &Value, texts: &[&str; 2]) -> usize {
    match (plain, by) {
        (Value::Object(plain), Value::Object(by)) => {
            let keys = plain.iter().map(|(key, it)| replaced(it, &by[key], texts));
            keys.sum()
        }
        (Value::Array(plain), Value::Array(by)) => {
            assert_eq!(plain.len(), by.len(), "{by:?}");
            let entries = plain.iter().zip(by);
            entries.map(|(plain, by)| replaced(plain, by, texts)).sum()
        }
        (Value::String(plain), by) if plain == "plain" => {
            let by = by.as_str().expect("a text");
            assert!(texts.contains(&by), "{by:?} is none of {texts:?}");
            1
        }
        _ => 0,
    }
}

#[test]
fn a_catalogue_of_hostile_texts_is_read_back() {
    let plain = document(&built(&hostile::book("plain")));
    for text in HOSTILE.iter().chain(&FOR_TABLES) {
        let built = built(&hostile::book(text));
        assert_eq!(built.book.catalogue.mappings.len(), 1, "{text}");
        same(&built);
        let document = document(&built);
        let words = document["measures"][0]["summary"].as_str().expect("a text");
        assert!(replaced(&plain, &document, &[text, words]) > 50, "{text}");
    }
}

/// The data of a book that gives every field, as a reader gets them: each difference is seen in a review.
#[test]
fn the_data_of_every_field_are_as_they_were() {
    let built = built(&every_field());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/every-field-data");
    let mut names = 0;
    for entry in fs::read_dir(&folder).expect("it is there") {
        let path = entry.expect("it can be read").path();
        let name = path.file_name().and_then(|it| it.to_str()).expect("a name");
        let kept = fs::read_to_string(&path).expect("it is text");
        assert!(
            kept == file(&built, name),
            "{name} differs. If that is wanted: cargo run -- build tests/fixtures/every-field -d target/every-field \
             && cp target/every-field/data/{name} tests/fixtures/every-field-data/"
        );
        names += 1;
    }
    assert_eq!(names, 7);
}

#[test]
fn an_empty_book_has_data() {
    let built = built(&Sources::default());
    same(&built);
    assert!(
        document(&built)["measures"]
            .as_array()
            .is_some_and(Vec::is_empty)
    );
    assert!(table(&built, "mappings.csv").is_empty());
}

#[test]
fn a_book_of_a_few_records_is_read_back() {
    same(&Book::starter().build());
}

#[test]
fn links_in_texts_have_the_words_of_the_page() {
    let texts = |text: &str| {
        let file = "content/measures/ACME-01.yaml";
        let book = Book::starter();
        let summary = book
            .text(file)
            .lines()
            .find(|it| it.starts_with("summary: "))
            .expect("a summary");
        let line = format!("summary: {text}");
        let built = book.clone().change(file, summary, &line).build();
        document(&built)["measures"][0]["summary"]
            .as_str()
            .expect("a text")
            .to_owned()
    };
    assert_eq!(
        texts("\"See [[ACME-01.1]], [[example:A-01.1]], *this* and [that](../guide/about.md).\""),
        "See ACME-01.1, A-01.1, this and that."
    );
}

#[test]
fn every_address_in_the_data_leads_somewhere() {
    fn hrefs(value: &Value, out: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    if key == "href" {
                        out.insert(value.as_str().expect("an address").to_owned());
                    }
                    hrefs(value, out);
                }
            }
            Value::Array(list) => list.iter().for_each(|it| hrefs(it, out)),
            _ => {}
        }
    }
    let mut all = BTreeSet::new();
    hrefs(&document(&BUILT), &mut all);
    for name in [
        "measures.csv",
        "practices.csv",
        "mappings.csv",
        "requirements.csv",
    ] {
        for row in table(&BUILT, name) {
            let columns = ["href", "from-href", "to-href"].into_iter();
            all.extend(columns.filter_map(|it| row.get(it).cloned()));
        }
    }
    assert!(all.len() > 1_500, "{} addresses", all.len());
    for href in all {
        let (route, anchor) = href.split_once('#').unwrap_or((&href, ""));
        let page = BUILT
            .outputs
            .get(route)
            .unwrap_or_else(|| panic!("no page {href}"));
        let page = std::str::from_utf8(page).expect("UTF-8");
        assert!(
            anchor.is_empty() || page.contains(&format!("id=\"{anchor}\"")),
            "no place {href}"
        );
    }
}

#[test]
fn data_name_no_path_outside_the_book() {
    let root = env!("CARGO_MANIFEST_DIR");
    let files: Vec<_> = BUILT
        .outputs
        .iter()
        .filter(|(path, _)| path.starts_with("data/"))
        .collect();
    assert_eq!(files.len(), 9);
    for (path, bytes) in files {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        assert!(!text.contains(root), "{path} names {root}");
    }
    for it in document(&BUILT)["measures"].as_array().expect("a list") {
        let source = it["guidance"]["source"].as_str().expect("a path");
        assert!(source.starts_with("content/"), "{source}");
    }
}

#[test]
fn the_order_of_files_changes_no_data() {
    let book = Book::starter();
    let mut files: Vec<_> = book
        .sources
        .iter()
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect();
    files.reverse();
    let again = built(&files.into_iter().collect());
    let first = book.build();
    let data = |built: &Built| -> Vec<_> {
        let all = built
            .outputs
            .iter()
            .filter(|(path, _)| path.starts_with("data"));
        all.map(|(path, bytes)| (path.to_owned(), bytes.to_vec()))
            .collect()
    };
    assert!(data(&first).len() == 10 && data(&first) == data(&again));
}

#[test]
fn the_page_says_what_the_files_are() {
    let page =
        std::str::from_utf8(BUILT.outputs.get("data.html").expect("the page")).expect("UTF-8");
    let text = all_text(page);
    let html = &BUILT.book.config.output.html;
    let notice = html.notice.as_deref().expect("the book has a notice");
    // Once in the page's head, once in its foot.
    assert_eq!(text.matches(notice).count(), 2);
    assert!(file(&BUILT, "README.txt").contains(notice));
    assert_eq!(document(&BUILT)["book"]["notice"], notice);
    for it in downloads(&BUILT.book.catalogue).files {
        assert!(page.contains(&format!("href=\"{}\"", it.route)));
        if let Holds::Table { columns, .. } = it.holds {
            for column in columns {
                let meaning = column.meaning.replace('`', "");
                assert!(text.contains(&meaning), "{}: {meaning}", column.name);
            }
        }
    }
    for page in [
        "measures.html",
        "frameworks/eucs.html",
        "guide/about.html",
        "index.html",
    ] {
        let html = std::str::from_utf8(BUILT.outputs.get(page).expect("the page")).expect("UTF-8");
        assert!(
            html.contains("data.html\""),
            "{page} does not lead to the data"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_cell_is_harmless_and_comes_back(text in "['=+@\t\r\n,\"a-]{0,8}") {
        let cell = escape_formulas(&text);
        prop_assert_eq!(unescape_formula(&cell), text.as_str());
    }
}
