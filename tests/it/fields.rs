//! Every field that an author may write is in the data, or stands in a list with the reason why it is not.

use std::collections::{BTreeMap, BTreeSet};

use controlbook::pipeline::{Options, ParseCache, build};
use controlbook::schema::FileKind;
use controlbook::source::Sources;
use include_dir::{Dir, include_dir};
use serde_json::Value;

use crate::html::all_text;

/// A book that gives every field of every record; the texts are unlike each other.
static EVERY_FIELD: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/fixtures/every-field");

/// Fields that are not in the data, and why.
const LEFT_OUT: &[(&[&str], &str)] = &[
    (
        &["Measure/draft", "PageMatter/draft"],
        "drafts are not published",
    ),
    (
        &[
            "Measure/order",
            "Framework/order",
            "FrameworkNode/order",
            "UseCase/order",
            "PageMatter/order",
        ],
        "the order of the list is what it asks for",
    ),
    (
        &[
            "HomeMatter/title",
            "HomeMatter/summary",
            "Task/title",
            "Task/text",
            "Task/to",
        ],
        "the home page leads to what the data hold",
    ),
    (
        &[
            "PageMatter/audience",
            "PageMatter/footer",
            "PageMatter/parts",
        ],
        "how the site shows a page",
    ),
    (&["UseCase/mark", "FlowNode/at"], "how the site draws"),
    (
        &["Kind/page", "Kind/slug"],
        "addresses of the site, which are in the data as `href`",
    ),
    (
        &["Cite/display", "Kind/display"],
        "each node has it filled in as `shown`",
    ),
    (&["Kind/link"], "each node has it filled in as `official`"),
    (
        &["Cite/forms", "Cite/names", "Cite/between", "Term/auto"],
        "how texts are read, not what they say",
    ),
    (
        &[
            "Zone/id",
            "FlowNode/id",
            "FlowNode/zone",
            "Flow/from",
            "Flow/to",
            "Asset/node",
        ],
        "zones and boxes are named by position",
    ),
    (&["Asset/id", "ActorEntry/id"], "nothing refers to them"),
];

/// The files of the book.
pub fn every_field() -> Sources {
    fn add(folder: &Dir<'_>, to: &mut Sources) {
        for file in folder.files() {
            let path = file.path().to_str().expect("the names are UTF-8");
            to.insert(path, file.contents());
        }
        folder.dirs().for_each(|it| add(it, to));
    }
    let mut sources = Sources::default();
    add(&EVERY_FIELD, &mut sources);
    sources
}

/// The kinds of files that authors write with keys.
fn kinds() -> impl Iterator<Item = FileKind> {
    let yaml = FileKind::YAML.into_iter().map(|(kind, _)| kind);
    yaml.chain([FileKind::Home, FileKind::Page])
}

/// Every field of a schema, as `Type/field`.
fn fields(schema: &Value) -> BTreeSet<String> {
    let nested = schema["definitions"].as_object().into_iter().flatten();
    let types = nested.map(|(name, it)| (name.as_str(), it));
    let root = schema["title"].as_str().expect("a schema has a title");
    let types = types.chain([(root, schema)]);
    let keys = |it: &Value| it["properties"].as_object().cloned().unwrap_or_default();
    let fields = types.flat_map(|(name, it)| {
        keys(it)
            .into_iter()
            .map(move |(key, _)| format!("{name}/{key}"))
    });
    fields.collect()
}

/// The schemas that stand for a part of a file, with the name of its type.
fn meant<'s>(root: &'s Value, schema: &'s Value, name: &'s str) -> Vec<(&'s str, &'s Value)> {
    if schema["$ref"] == "#" {
        return meant(root, root, root["title"].as_str().unwrap_or(name));
    }
    if let Some(target) = schema["$ref"].as_str() {
        let name = target.trim_start_matches("#/definitions/");
        return meant(root, &root["definitions"][name], name);
    }
    let choices = ["anyOf", "allOf"].into_iter();
    let choices = choices.filter_map(|key| schema[key].as_array()).flatten();
    let mut out: Vec<_> = choices.flat_map(|it| meant(root, it, name)).collect();
    out.push((name, schema));
    out
}

/// Notes the scalars in a part of a file under each field that holds them.
fn values(
    root: &Value,
    schema: &Value,
    name: &str,
    value: &Value,
    to: &mut BTreeMap<String, Vec<Value>>,
) {
    for (name, schema) in meant(root, schema, name) {
        match value {
            Value::Array(list) => {
                for it in list {
                    values(root, &schema["items"], name, it, to);
                }
            }
            Value::Object(map) => {
                for (key, it) in map {
                    let field = &schema["properties"][key];
                    if field.is_object() {
                        let own = to.entry(format!("{name}/{key}")).or_default();
                        own.extend(scalars(it));
                        values(root, field, name, it, to);
                    }
                    values(root, &schema["additionalProperties"], name, it, to);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

/// The scalars that stand in a value itself or in its list; those of a record belong to its own fields.
fn scalars(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(list) => list.iter().flat_map(scalars).collect(),
        Value::Object(_) => Vec::new(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => vec![value.clone()],
    }
}

/// Visits every key and every scalar of a value.
pub fn leaves(value: &Value, visit: &mut dyn FnMut(&Value)) {
    match value {
        Value::Array(list) => list.iter().for_each(|it| leaves(it, visit)),
        Value::Object(map) => map.values().for_each(|it| leaves(it, visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => visit(value),
    }
}

fn keys(value: &Value, to: &mut BTreeSet<String>) {
    match value {
        Value::Array(list) => list.iter().for_each(|it| keys(it, to)),
        Value::Object(map) => {
            to.extend(map.keys().cloned());
            map.values().for_each(|it| keys(it, to));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The keys of a file: YAML, or the front matter of Markdown.
fn parsed(path: &str, bytes: &[u8]) -> Value {
    let text = std::str::from_utf8(bytes).expect("the book is UTF-8");
    let front = text
        .strip_prefix("---\n")
        .and_then(|it| it.split_once("\n---\n"));
    let text = front.map_or(text, |(matter, _)| matter);
    serde_saphyr::from_str(text).unwrap_or_else(|it| panic!("{path}: {it}"))
}

/// What the book gives for each field.
fn given(sources: &Sources) -> BTreeMap<String, Vec<Value>> {
    let mut out = BTreeMap::new();
    for (path, bytes) in sources.iter() {
        let kind = path.strip_prefix("content/").and_then(FileKind::from_path);
        if let Some(schema) = kind.and_then(FileKind::schema) {
            let root = schema["title"].as_str().expect("a schema has a title");
            values(&schema, &schema, root, &parsed(path, bytes), &mut out);
        }
    }
    out
}

#[test]
fn every_field_is_in_the_data_or_left_out_for_a_reason() {
    let sources = every_field();
    let given = given(&sources);
    let all: BTreeSet<_> = kinds()
        .filter_map(FileKind::schema)
        .flat_map(|it| fields(&it))
        .collect();
    let missing: Vec<_> = all.iter().filter(|it| !given.contains_key(*it)).collect();
    assert!(
        missing.is_empty(),
        "tests/fixtures/every-field gives no {missing:?}"
    );

    let built = build(&sources, &Options::default(), &mut ParseCache::default());
    let document = built.outputs.get("data/catalogue.json").expect("the data");
    let document: Value = serde_json::from_slice(document).expect("it is JSON");
    let (mut texts, mut names) = (BTreeSet::new(), BTreeSet::new());
    leaves(&document, &mut |it| {
        texts.extend(it.as_str().map(str::to_owned));
    });
    keys(&document, &mut names);
    // A text is in the data if it stands there, a number or a choice of yes and no if its key does.
    let is_there = |field: &str| {
        let key = field.rsplit('/').next().unwrap_or_default();
        let is_there =
            |it: &Value| (it.as_str()).map_or(names.contains(key), |it| texts.contains(it));
        given[field].is_empty() || given[field].iter().any(is_there)
    };
    let left_out: BTreeSet<_> = LEFT_OUT
        .iter()
        .flat_map(|(fields, _)| *fields)
        .copied()
        .collect();
    let forgotten: Vec<_> = all
        .iter()
        .filter(|it| !is_there(it) && !left_out.contains(it.as_str()))
        .collect();
    assert!(
        forgotten.is_empty(),
        "neither in the data nor left out for a reason: {forgotten:?}"
    );
    let idle = left_out
        .iter()
        .filter(|it| !all.contains(**it) || is_there(it));
    let idle: Vec<_> = idle.collect();
    assert!(
        idle.is_empty(),
        "left out for a reason, but in the data or no field: {idle:?}"
    );
}

#[test]
fn every_text_of_the_data_stands_on_a_page() {
    let built = build(
        &every_field(),
        &Options::default(),
        &mut ParseCache::default(),
    );
    let pages = built
        .outputs
        .iter()
        .filter(|(path, _)| path.ends_with(".html"));
    let pages =
        pages.map(|(_, html)| all_text(std::str::from_utf8(html).expect("pages are UTF-8")));
    let pages: String = pages.collect();
    let document = built.outputs.get("data/catalogue.json").expect("the data");
    let document = serde_json::from_slice(document).expect("it is JSON");
    let mut missing = Vec::new();
    leaves(&document, &mut |it| {
        let text = it.as_str().unwrap_or_default();
        // Guidance is Markdown with line ends; keywords are for the search alone.
        let shown = text.contains(' ') && !text.contains('\n') && !text.starts_with("keyword of ");
        if shown && !pages.contains(text) {
            missing.push(text.to_owned());
        }
    });
    assert!(missing.is_empty(), "on no page: {missing:?}");
}
