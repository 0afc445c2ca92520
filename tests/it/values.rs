//! Wrong values in every field of every record and of `book.toml`: each diagnostic uses the author's words.
//!
//! Invariant: no message speaks of the program's types.

use std::fmt::Write as _;

use controlbook::config::{BOOK_TOML, Config};
use controlbook::diagnostic::Diagnostic;
use controlbook::markdown::Highlighter;
use controlbook::schema::{self, FileKind};
use controlbook::source::{SourcePath, Sources};
use controlbook::structure::json_schema::for_type;
use serde_json::{Map, Value as Json, json};

/// Words of the program, of its libraries and of its language that an author does not know.
const PROGRAM: [&str; 34] = [
    "invalid type",
    "invalid value",
    "invalid length",
    "struct",
    "enum",
    "variant",
    "i64",
    "u64",
    "u32",
    "i32",
    "u8",
    "usize",
    "u16",
    "f64",
    "i128",
    "Option",
    "Vec",
    "Some(",
    "sequence",
    "newtype",
    "tuple",
    "unit ",
    "missing field",
    "unknown field",
    "did not match",
    "map, ",
    "a map,",
    "serde",
    "deserializ",
    "visitor",
    "::",
    "Spanned",
    "utf8",
    "borrowed",
];

#[track_caller]
fn speaks_plainly(found: &[Diagnostic], written: &str) {
    for it in found {
        let words = [it.message.as_str(), it.label.as_str()].into_iter();
        for text in words.chain(it.help.iter().map(String::as_str)) {
            // What an author wrote, or may write, stands in quotes.
            let plain: String = text.split('`').step_by(2).collect();
            for word in PROGRAM {
                assert!(!plain.contains(word), "“{word}” in “{text}” for\n{written}");
            }
        }
    }
}

/// What an author may write by mistake, as YAML; what cannot be JSON is put in for its name.
fn wrong() -> Vec<Json> {
    let values = json!([
        null, true, 5, -1, 300, 1.5, 18_446_744_073_709_551_615_u64, "", [], [1], [null], {}, { "a": "b" },
    ]);
    values.as_array().expect("a list").clone()
}

/// Forms of YAML that JSON lacks, each in the place of a value.
const FORMS: [&str; 9] = [
    "!!int x",
    "!!binary x",
    "!other x",
    ".nan",
    "99999999999999999999999",
    "2026-01-05T10:00:00Z",
    "{1: a}",
    "{[a]: b}",
    "{? a}",
];

/// A schema without its references.
fn resolved<'a>(root: &'a Json, mut schema: &'a Json) -> &'a Json {
    loop {
        if let Some(target) = schema.get("$ref").and_then(Json::as_str) {
            schema = root
                .pointer(target.trim_start_matches('#'))
                .expect("a definition");
        } else if let Some([one]) = schema
            .get("allOf")
            .and_then(Json::as_array)
            .map(Vec::as_slice)
        {
            schema = one;
        } else if let Some(any) = schema.get("anyOf").and_then(Json::as_array) {
            let none = |it: &&Json| it.get("type").and_then(Json::as_str) != Some("null");
            schema = any.iter().find(none).expect("a type");
        } else {
            return schema;
        }
    }
}

/// A value that fits a schema, with every key.
fn whole(root: &Json, schema: &Json, depth: usize) -> Json {
    let schema = resolved(root, schema);
    if let Some(word) = schema
        .pointer("/oneOf/0/const")
        .or(schema.pointer("/enum/0"))
    {
        return word.clone();
    }
    if let Some(word) = schema.pointer("/oneOf/0/enum/0") {
        return word.clone();
    }
    let kind = match &schema["type"] {
        Json::Array(kinds) => kinds[0].as_str(),
        kind => kind.as_str(),
    };
    match kind.expect("a type") {
        "object" => {
            let mut out = Map::new();
            if let Some(keys) = schema.get("properties").and_then(Json::as_object) {
                for (key, of) in keys {
                    out.insert(key.clone(), whole(root, of, depth + 1));
                }
            } else if let Some(of) = schema.get("additionalProperties") {
                out.insert("web-shop".to_owned(), whole(root, of, depth + 1));
            }
            Json::Object(out)
        }
        "array" => match &schema["items"] {
            Json::Array(of) => of.iter().map(|it| whole(root, it, depth + 1)).collect(),
            // Nodes stand in nodes.
            of if depth < 5 => json!([whole(root, of, depth + 1)]),
            _ => json!([]),
        },
        "string" if schema.get("format").is_some() => json!("2026-01-05"),
        "string" => json!("words"),
        "boolean" => json!(true),
        _ => json!(1),
    }
}

/// The JSON pointers of a value and of all values inside it.
fn pointers(value: &Json, own: &str, out: &mut Vec<String>) {
    out.push(own.to_owned());
    match value {
        Json::Object(keys) => {
            for (key, below) in keys {
                pointers(below, &format!("{own}/{key}"), out);
            }
        }
        Json::Array(items) => {
            for (number, below) in items.iter().enumerate() {
                pointers(below, &format!("{own}/{number}"), out);
            }
        }
        _ => {}
    }
}

const PLACEHOLDER: &str = "PLACEHOLDER";

/// A value with another one at a place.
fn with(value: &Json, at: &str, other: &Json) -> Json {
    let mut value = value.clone();
    *value.pointer_mut(at).expect("the place is there") = other.clone();
    value
}

fn path_of(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Groups => "measures/groups.yaml",
        FileKind::Measure => "measures/words.yaml",
        FileKind::Set => "mappings/words/set.yaml",
        FileKind::Mappings => "mappings/words/words.yaml",
        FileKind::Framework => "frameworks/words/framework.yaml",
        FileKind::Tree => "frameworks/words/A.yaml",
        FileKind::UseCase => "use-cases/words.yaml",
        FileKind::Threats => "threats.yaml",
        FileKind::Glossary => "glossary.yaml",
        FileKind::Home => "index.md",
        FileKind::Page => "guide/words.md",
        FileKind::Prose | FileKind::Asset => unreachable!("they have no schema"),
    }
}

#[test]
fn a_wrong_value_in_any_field_of_a_record_is_told_in_plain_words() {
    let highlighter = Highlighter::default();
    let kinds = FileKind::YAML.into_iter().map(|(kind, _)| kind);
    let mut told = 0;
    for kind in kinds.chain([FileKind::Home, FileKind::Page]) {
        let root = kind.schema().expect("a schema");
        let right = whole(&root, &root, 0);
        let relative = path_of(kind);
        let path: SourcePath = format!("content/{relative}").into();
        let parse = |yaml: &str| {
            let text = match kind {
                FileKind::Home | FileKind::Page => format!("---\n{yaml}\n---\n\nWords.\n"),
                _ => format!("{yaml}\n"),
            };
            schema::parse(&path, relative, text.as_bytes(), &highlighter)
        };
        let sound = parse(&right.to_string());
        assert!(sound.is_ok(), "{relative}: {sound:?}\n{right}");
        let mut all = Vec::new();
        pointers(&right, "", &mut all);
        for at in all {
            let mut written: Vec<_> = wrong()
                .iter()
                .map(|it| with(&right, &at, it).to_string())
                .collect();
            let holed = with(&right, &at, &json!(PLACEHOLDER)).to_string();
            let hole = format!("\"{PLACEHOLDER}\"");
            written.extend(FORMS.iter().map(|it| holed.replace(&hole, it)));
            for yaml in written {
                if let Err(found) = parse(&yaml) {
                    assert!(!found.is_empty());
                    told += 1;
                    speaks_plainly(&found, &yaml);
                }
            }
        }
    }
    assert!(told > 2_000, "{told} mistakes");
}

/// A value as TOML, on one line.
fn toml(value: &Json) -> String {
    match value {
        Json::Null => "nan".to_owned(),
        Json::Array(items) => {
            let items: Vec<_> = items.iter().map(toml).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(keys) => {
            let mut out = String::from("{");
            for (at, (key, it)) in keys.iter().enumerate() {
                let comma = if at > 0 { ", " } else { " " };
                write!(out, "{comma}{key} = {}", toml(it)).expect("a text takes all");
            }
            out + " }"
        }
        Json::String(text) if text.starts_with('\u{1}') => text[1..].to_owned(),
        other => other.to_string(),
    }
}

/// Values that TOML has and JSON lacks.
const OF_TOML: [&str; 8] = [
    "2026-01-05",
    "2026-01-05T10:00:00Z",
    "2026-01-05 10:00:00",
    "10:00:00",
    "0x1F",
    "inf",
    "1e3",
    "1_000",
];

#[test]
fn a_wrong_value_in_any_key_of_the_settings_is_told_in_plain_words() {
    let root = for_type::<Config>();
    let right = whole(&root, &root, 0);
    let parse = |value: &Json| {
        let mut text = String::new();
        for (key, it) in value.as_object().expect("a table") {
            writeln!(text, "{key} = {}", toml(it)).expect("a text takes all");
        }
        let mut sources = Sources::default();
        sources.insert(BOOK_TOML, text.as_bytes());
        (Config::parse(&sources).diagnostics, text)
    };
    let mut all = Vec::new();
    pointers(&right, "", &mut all);
    let mut told = 0;
    for at in all.iter().filter(|it| !it.is_empty()) {
        let own = OF_TOML.iter().map(|it| json!(format!("\u{1}{it}")));
        for value in wrong().into_iter().chain(own) {
            let (found, text) = parse(&with(&right, at, &value));
            told += usize::from(!found.is_empty());
            speaks_plainly(&found, &format!("{at}\n{text}"));
        }
    }
    assert!(told > 500, "{told} mistakes");
}

#[test]
fn odd_files_are_told_in_plain_words() {
    let highlighter = Highlighter::default();
    let path: SourcePath = "content/glossary.yaml".into();
    for text in [
        "",
        "~",
        "5",
        "words",
        "- ",
        "- - a",
        "---\n---\n",
        "--- a\n--- b\n",
        "%YAML 3.0\n---\na\n",
        "!!set {a}",
        "!!binary [a]",
        "- &a [*a]\n",
        "- *nobody\n",
        "- <<: {a: b}\n",
        "- <<: a\n",
        "- {term: a, text: b, term: c}\n",
        "? [a]\n: b\n",
        "- term: \"\\x\"\n",
        "- term: 'a\n",
        "- \u{7}\n",
        "a: b: c\n",
        "- [a\n",
        "- {a\n",
        "- term: a\n text: b\n",
        "- term: >9\n  a\n",
        "@a",
        "`a`",
        "%a",
        "- !<a b\n",
        "- term: a\n  text: b\n  1: c\n",
        "- term: a\n  text: b\n  ~: c\n",
        "- term: a\n  text: b\n  true: c\n",
        "- term: a\n  text: b\n  [x]: c\n",
        "- term: a\n  text: b\n  {x: y}: c\n",
        "- term: a\n  text: b\n  !!int x: c\n",
    ] {
        let parsed = schema::parse(&path, "glossary.yaml", text.as_bytes(), &highlighter);
        if let Err(found) = parsed {
            assert!(!found.is_empty(), "{text}");
            speaks_plainly(&found, text);
        }
    }
    let nested = "- ".repeat(5_000) + "a";
    let aliases = format!("- &a b\n{}", "- *a\n".repeat(2_000));
    for text in [nested, aliases] {
        let parsed = schema::parse(&path, "glossary.yaml", text.as_bytes(), &highlighter);
        speaks_plainly(&parsed.expect_err("no glossary"), &text[..20]);
    }
}
