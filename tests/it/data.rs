//! The exported data, read back: the JSON and the tables hold the same catalogue as the linked one, and fit their schema.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use controlbook::catalogue::{Catalogue, Coverage, NodeIx, Origin, Prose, Standing};
use controlbook::export::data::{downloads, neutral};
use controlbook::pipeline::{Built, Options, ParseCache, build};
use controlbook::schema::Property;
use controlbook::source::Sources;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::book::Book;
use crate::csv::{records, undone};
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
            let cells = cells.iter().map(|it| undone(it));
            head.iter().cloned().zip(cells).collect()
        })
        .collect()
}

/// A book's catalogue beside its data, and what both say.
struct Pair<'a> {
    it: &'a Catalogue,
    coverage: Coverage,
    built: &'a Built,
    document: Value,
}

impl<'a> Pair<'a> {
    fn of(built: &'a Built) -> Self {
        let it = &*built.read.catalogue;
        Self {
            it,
            coverage: Coverage::of(it),
            built,
            document: document(built),
        }
    }

    /// Asserts what a list of the document holds, by the keys of `expected`.
    #[track_caller]
    fn list(&self, key: &str, expected: Vec<Value>) {
        let list = self.document[key].as_array().expect("it is a list");
        assert_eq!(list.len(), expected.len(), "{key}");
        for (record, expected) in list.iter().zip(expected) {
            for (name, value) in expected.as_object().expect("a record") {
                assert_eq!(&record[name], value, "{key}: {name} of {record}");
            }
        }
    }

    /// Asserts what a table holds, by the columns of `expected`: lists as their words, what is `null` as nothing.
    #[track_caller]
    fn table(&self, name: &str, expected: Vec<Value>) {
        let rows = table(self.built, name);
        assert_eq!(rows.len(), expected.len(), "{name}");
        for (row, expected) in rows.iter().zip(expected) {
            for (column, value) in expected.as_object().expect("a record") {
                assert_eq!(row[column], words(value), "{name}: {column} of {row:?}");
            }
        }
    }

    fn plain(&self, prose: &Prose) -> String {
        self.it.plain(prose).into_owned()
    }

    fn optional(&self, prose: Option<&Prose>) -> Option<String> {
        prose.map(|it| self.plain(it))
    }
}

fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(words).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

fn measures(pair: &Pair<'_>) {
    let it = pair.it;
    let case = |ix| it.use_case(ix).id.as_str();
    let records = it.measures.iter().map(|m| {
        let duties = m.duties.iter().map(|(model, customer, provider)| {
            json!({"model": model.word(), "customer": pair.plain(customer), "provider": pair.plain(provider)})
        });
        let weights = m.relevance.iter().map(|(ix, relevance, because)| {
            json!({"use-case": case(*ix), "relevance": relevance.word(), "because": pair.plain(because)})
        });
        let related = m.related.iter().map(|(ix, because)| {
            json!({"measure": it.measure(*ix).id, "because": pair.plain(because)})
        });
        let guidance = m.guidance.as_ref();
        json!({
            "id": m.id, "title": m.title, "summary": pair.plain(&m.summary),
            "group": m.group.map(|ix| &it.group(ix).id),
            "responsibility": m.responsibility.word(), "kind": m.kind.word(),
            "phases": m.phases.iter().map(|it| it.word()).collect::<Vec<_>>(),
            "practices": it.practices[m.practices.clone()].iter().map(|it| &it.id).collect::<Vec<_>>(),
            "threats": m.threats.iter().map(|ix| &it.threat(*ix).id).collect::<Vec<_>>(),
            "duties": duties.collect::<Vec<_>>(),
            "use-cases": weights.collect::<Vec<_>>(),
            "related": related.collect::<Vec<_>>(),
            "guidance": guidance.map(|it| json!({"source": &*it.path, "markdown": &*it.prose.document.text})),
        })
    });
    let records: Vec<_> = records.collect();
    pair.list("measures", records.clone());
    let by_weight = |record: &Value, wanted: &str| {
        let all = record["use-cases"].as_array().expect("a list").iter();
        let those = all.filter(|it| it["relevance"] == wanted);
        those.map(|it| it["use-case"].clone()).collect::<Vec<_>>()
    };
    let rows = records.iter().map(|record| {
        let same = [
            "id",
            "title",
            "summary",
            "group",
            "responsibility",
            "kind",
            "phases",
            "threats",
        ];
        let mut row: serde_json::Map<_, _> = same
            .iter()
            .map(|key| ((*key).to_owned(), record[*key].clone()))
            .collect();
        for wanted in ["essential", "important", "supporting"] {
            row.insert(format!("{wanted}-in"), by_weight(record, wanted).into());
        }
        Value::Object(row)
    });
    pair.table("measures.csv", rows.collect());
    let weights = records.iter().flat_map(|record| {
        let all = record["use-cases"].as_array().expect("a list").iter();
        all.map(|it| {
            let mut row = it.clone();
            row["measure"] = record["id"].clone();
            row["measure-title"] = record["title"].clone();
            row
        })
    });
    pair.table("relevance.csv", weights.collect());
}

fn practices(pair: &Pair<'_>) {
    let it = pair.it;
    let rows = it.practices.iter().map(|p| {
        json!({
            "id": p.id, "measure": it.measure(p.measure).id,
            "text": pair.plain(&p.text), "evidence": pair.plain(&p.evidence), "by": p.by.word(),
            "essential-for": p.essential_for.iter().map(|ix| &it.use_case(*ix).id).collect::<Vec<_>>(),
            "phases": p.phases.iter().map(|it| it.word()).collect::<Vec<_>>(),
            "models": p.models.iter().map(|it| it.word()).collect::<Vec<_>>(),
        })
    });
    let rows: Vec<_> = rows.collect();
    pair.list("practices", rows.clone());
    pair.table("practices.csv", rows);
}

fn mappings(pair: &Pair<'_>) {
    let it = pair.it;
    let framework = |ix: NodeIx| &it.framework(it.node(ix).framework).id;
    let rows = it.mappings.iter().map(|m| {
        let from = match m.from {
            Origin::Measure(ix) => &it.measure(ix).id,
            Origin::Practice(ix) => &it.practice(ix).id,
        };
        json!({
            "measure": it.measure(m.measure).id, "from": from,
            "framework": framework(m.to), "to": it.node(m.to).id,
            "relation": m.relation.word(), "property": m.property.map(Property::word),
            "because": pair.plain(&m.because), "uncertain": pair.optional(m.uncertain.as_ref()),
        })
    });
    let rows: Vec<_> = rows.collect();
    pair.list("mappings", rows.clone());
    pair.table("mappings.csv", rows);
    let gaps = it.gaps.iter().map(|gap| {
        json!({
            "framework": framework(gap.node), "node": it.node(gap.node).id,
            "because": pair.plain(&gap.because),
        })
    });
    pair.list("gaps", gaps.collect());
    let sets = it.sets.iter().map(|set| {
        json!({
            "framework": it.framework(set.framework).id, "style": set.style.word(),
            "rationale": set.rationale.word(), "method": set.method.word(),
        })
    });
    pair.list("mapping-sets", sets.collect());
}

/// A node's reason for being left out, given for itself or, where it counts as left out, for one above it.
fn reason(pair: &Pair<'_>, ix: NodeIx) -> Option<String> {
    let own = |ix| pair.it.gaps.iter().find(|gap| gap.node == ix);
    let left_out = pair
        .coverage
        .standing(ix)
        .is_some_and(|it| it.word() == "justified");
    let mut at = Some(ix);
    while let Some(here) = at {
        if let Some(gap) = own(here) {
            return Some(pair.plain(&gap.because));
        }
        at = pair.it.node(here).parent.filter(|_| left_out);
    }
    None
}

/// The node that decides how a leaf stands: the nearest at or above it with a mapping, else with a gap.
fn decided<'a>(pair: &Pair<'a>, ix: NodeIx) -> Option<&'a str> {
    let wanted = pair.coverage.standing(ix)?;
    let mut at = Some(ix);
    while let Some(here) = at {
        let mapped = pair.it.mappings.iter().any(|it| it.to == here);
        let left_out = pair.it.gaps.iter().any(|it| it.node == here);
        if (wanted == Standing::Mapped && mapped) || (wanted == Standing::Justified && left_out) {
            return Some(&pair.it.node(here).id);
        }
        at = pair.it.node(here).parent;
    }
    assert_eq!(wanted, Standing::Open, "{}", pair.it.node(ix).id);
    None
}

fn frameworks(pair: &Pair<'_>) {
    let it = pair.it;
    let list = it.frameworks.iter().map(|f| {
        json!({
            "id": f.id, "name": f.name, "title": f.title, "version": f.version, "levels": f.levels,
            "summary": pair.plain(&f.summary),
        })
    });
    pair.list("frameworks", list.collect());
    let nodes = (0..it.nodes.len()).map(NodeIx::new).map(|ix| {
        let node = it.node(ix);
        json!({
            "framework": it.framework(node.framework).id, "id": node.id, "shown": node.shown,
            "printed": node.printed, "kind": it.kind_of(ix).name, "title": node.title,
            "label": node.label, "parent": node.parent.map(|ix| &it.node(ix).id),
            "level": it.level_of(ix), "summary": pair.plain(&node.summary),
            "decided-at": decided(pair, ix),
            "standing": pair.coverage.standing(ix).map(Standing::word),
        })
    });
    let nodes: Vec<_> = nodes.collect();
    pair.list("nodes", nodes.clone());
    let rows = nodes.into_iter().enumerate().map(|(at, mut row)| {
        row["because"] = reason(pair, NodeIx::new(at)).into();
        row
    });
    pair.table("requirements.csv", rows.collect());
}

fn others(pair: &Pair<'_>) {
    let it = pair.it;
    let ids = |list: &[controlbook::catalogue::MeasureIx]| -> Vec<String> {
        list.iter().map(|ix| it.measure(*ix).id.clone()).collect()
    };
    let groups = it.groups.iter().map(|g| {
        json!({"id": g.id, "title": g.title, "summary": pair.plain(&g.summary), "measures": ids(&g.measures)})
    });
    pair.list("groups", groups.collect());
    let cases = it.use_cases.iter().map(|case| {
        let threats = case.threats.iter().map(|(ix, because)| {
            json!({"threat": it.threat(*ix).id, "because": pair.plain(because)})
        });
        let risks = case.risks.iter().map(|(factor, impact, because)| {
            json!({"factor": factor.word(), "impact": impact.word(), "because": pair.plain(because)})
        });
        let flows = case.flows.iter().map(|flow| {
            json!({
                "from": flow.from, "to": flow.to, "text": pair.plain(&flow.text), "kind": flow.kind.word(),
                "measures": ids(&flow.measures), "both-ways": flow.both_ways,
            })
        });
        json!({
            "id": case.id, "title": case.title, "short": case.short, "summary": pair.plain(&case.summary),
            "threats": threats.collect::<Vec<_>>(), "risks": risks.collect::<Vec<_>>(),
            "flows": flows.collect::<Vec<_>>(),
        })
    });
    pair.list("use-cases", cases.collect());
    let threats = it.threats.iter().map(
        |t| json!({"id": t.id, "title": t.title, "group": t.group, "text": pair.plain(&t.text)}),
    );
    pair.list("threats", threats.collect());
    let terms = it.terms.iter().map(|t| {
        let see = t
            .see
            .iter()
            .map(|ix| &it.term(*ix).term)
            .collect::<Vec<_>>();
        json!({"term": t.term, "also": t.also, "text": pair.plain(&t.text), "see": see})
    });
    pair.list("terms", terms.collect());
    let pages = it
        .pages
        .iter()
        .map(|page| json!({"title": page.title, "summary": pair.plain(&page.summary)}));
    pair.list("pages", pages.collect());
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
    for it in &pair.it.frameworks {
        let leaves = it.tops.iter().flat_map(|top| pair.it.leaves(*top));
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
        let key = ["framework", "top", "level"].map(|key| words(&row[key]));
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
    let described = downloads(pair.it);
    let lists = pair.document.as_object().expect("an object").iter();
    let lists = lists.filter_map(|(key, value)| Some((key.as_str(), value.as_array()?.len())));
    let parts = described.lists.iter().map(|it| (it.key, it.records));
    assert_eq!(parts.collect::<BTreeSet<_>>(), lists.collect());
    assert!(described.lists.iter().all(|it| !it.meaning.is_empty()));
    let readme = file(pair.built, "README.txt");
    for it in &described.tables {
        let text = file(pair.built, it.name);
        let records = records(text.trim_start_matches('\u{feff}'));
        let names: Vec<_> = it.columns.iter().map(|it| it.name).collect();
        assert_eq!(records[0], names);
        assert_eq!(records.len() - 1, it.rows, "{}", it.name);
        for column in it.columns {
            assert!(readme.contains(&format!("    {}: {}\r\n", column.name, column.meaning)));
        }
    }
}

fn same(built: &Built) {
    let pair = Pair::of(built);
    descriptions(&pair);
    measures(&pair);
    practices(&pair);
    mappings(&pair);
    frameworks(&pair);
    others(&pair);
    numbers(&pair);
}

#[test]
fn the_real_catalogue_is_read_back() {
    same(&BUILT);
}

#[test]
fn a_catalogue_of_hostile_texts_is_read_back() {
    for text in HOSTILE.iter().chain(&FOR_TABLES) {
        let built = built(&hostile::book(text));
        assert_eq!(built.read.catalogue.mappings.len(), 1, "{text}");
        same(&built);
        assert_eq!(document(&built)["measures"][0]["title"], *text);
        assert_eq!(table(&built, "measures.csv")[0]["title"], *text);
        assert_eq!(document(&built)["book"]["notice"], *text);
    }
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
fn plain_words_are_those_of_the_text() {
    let it = &BUILT.read.catalogue;
    let mut links = 0;
    it.each_prose(&mut |prose| {
        let plain = it.plain(prose);
        assert!(!plain.contains("[["), "{plain}");
        if prose.document.links.is_empty() {
            assert_eq!(plain, prose.plain());
        } else {
            links += 1;
        }
    });
    assert!(links > 0, "the real catalogue has links in its texts");
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
fn the_schema_in_the_repository_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/catalogue.schema.json");
    let kept = fs::read_to_string(path).expect("it is there");
    assert!(
        kept == file(&BUILT, "catalogue.schema.json"),
        "schemas/catalogue.schema.json is stale: copy it from data/ of a built site"
    );
}

#[test]
fn the_page_says_what_the_files_are() {
    let page =
        std::str::from_utf8(BUILT.outputs.get("data.html").expect("the page")).expect("UTF-8");
    let text = all_text(page);
    let html = &BUILT.read.config.output.html;
    let notice = html.notice.as_deref().expect("the book has a notice");
    // Once in the page's head, once in its foot.
    assert_eq!(text.matches(notice).count(), 2);
    assert!(file(&BUILT, "README.txt").contains(notice));
    assert_eq!(document(&BUILT)["book"]["notice"], notice);
    let described = downloads(&BUILT.read.catalogue);
    for it in &described.tables {
        assert!(page.contains(&format!("href=\"{}\" download", it.route)));
        for column in it.columns {
            let meaning = column.meaning.replace('`', "");
            assert!(text.contains(&meaning), "{}: {meaning}", column.name);
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
        let cell = neutral(&text);
        prop_assert_eq!(undone(&cell), text.as_str());
    }
}
