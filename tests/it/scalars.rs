//! What an editor's schema refuses, the build refuses, and the other way round: odd scalars in every kind of field.
//!
//! `tests/fixtures/scalars.json` says what each scalar is to an editor: what the npm package `yaml` 2.8 gives, which the YAML
//! language server reads with (YAML 1.2, core schema); numbers without a form in JSON stand there as 0.5. A scalar for which
//! that package has an error or a warning is `error`. The server itself says the same of all, but that it takes `!include` for
//! a tag of its own and minds an anchor that nothing uses.

use controlbook::markdown::Highlighter;
use controlbook::schema::{FileKind, parse};
use serde_json::{Value, json};

/// Fields of each kind: a name, a file of the content folder, its text up to the value, and the same as a value.
type Field = (
    &'static str,
    &'static str,
    &'static str,
    fn(&Value) -> Value,
);

const FIELDS: [Field; 9] = [
    (
        "text",
        "threats.yaml",
        "- id: t\n  title: T\n  group: G\n  text: ",
        |it| json!([{ "id": "t", "title": "T", "group": "G", "text": it }]),
    ),
    (
        "id",
        "threats.yaml",
        "- title: T\n  group: G\n  text: T\n  id: ",
        |it| json!([{ "title": "T", "group": "G", "text": "T", "id": it }]),
    ),
    (
        "optional text",
        "frameworks/f/A.yaml",
        "id: A\nbinds: ",
        |it| json!({ "id": "A", "binds": it }),
    ),
    (
        "integer",
        "frameworks/f/A.yaml",
        "id: A\norder: ",
        |it| json!({ "id": "A", "order": it }),
    ),
    (
        "boolean",
        "glossary.yaml",
        "- term: t\n  text: T\n  auto: ",
        |it| json!([{ "term": "t", "text": "T", "auto": it }]),
    ),
    (
        "word",
        "mappings/f/set.yaml",
        "framework: f\nversion: v\nstyle: set-theory\nrationale: semantic\nmethod: ",
        |it| json!({ "framework": "f", "version": "v", "style": "set-theory", "rationale": "semantic", "method": it }),
    ),
    (
        "actor",
        "measures/M.yaml",
        "id: M\ntitle: T\nsummary: S\ngroup: g\nkind: technical\nphases: [plan]\npractices: []\nresponsibility: ",
        |it| json!({ "id": "M", "title": "T", "summary": "S", "group": "g", "kind": "technical", "phases": ["plan"], "practices": [], "responsibility": it }),
    ),
    (
        "date",
        "frameworks/f/framework.yaml",
        "id: f\nname: F\ntitle: F\nversion: v\nsummary: S\nkinds: []\nstatus:\n  state: candidate\n  as-of: ",
        |it| json!({ "id": "f", "name": "F", "title": "F", "version": "v", "summary": "S", "kinds": [], "status": { "state": "candidate", "as-of": it } }),
    ),
    (
        "list",
        "glossary.yaml",
        "- term: t\n  text: T\n  also: ",
        |it| json!([{ "term": "t", "text": "T", "also": it }]),
    ),
];

/// Scalars on which both differ in some field, with the reason.
const EXCEPTIONS: [(&str, &str); 8] = [
    (
        "99999999999999999999",
        "a whole number beyond 64 bits is none that a field can hold",
    ),
    ("-99999999999999999999", "the same"),
    ("0xffffffffffffffffff", "the same"),
    (
        "!!binary aGVsbG8=",
        "the editor takes the bytes for text, and nothing here is made of bytes",
    ),
    (
        "!!timestamp 2026-01-01",
        "the tag is none of the core schema: a date is written as text",
    ),
    ("!!merge x", "the tag is none of the core schema"),
    (
        "!!float 1",
        "the package wants a point or an exponent in a float, the specification does not",
    ),
    (
        "!!float \"1.0\"",
        "a whole number with the tag of another type",
    ),
];

/// What an editor takes a scalar for; nothing where it is wrong by itself.
fn scalars() -> Vec<(String, Option<Value>)> {
    let text = include_str!("../fixtures/scalars.json");
    let rows: Vec<(String, String, Option<Value>)> = serde_json::from_str::<Vec<Value>>(text)
        .expect("the fixture is JSON")
        .into_iter()
        .map(|it| {
            let word = |at: usize| it[at].as_str().expect("a text").to_owned();
            (word(0), word(1), it.get(2).cloned())
        })
        .collect();
    let rows = rows.into_iter();
    rows.map(|(scalar, kind, value)| (scalar, value.filter(|_| kind == "is")))
        .collect()
}

#[test]
fn the_editor_and_the_build_refuse_the_same_scalars() {
    let scalars = scalars();
    assert!(scalars.len() > 250, "{} scalars", scalars.len());
    let mut wrong = Vec::new();
    let mut taken = 0;
    for (field, file, before, value) in FIELDS {
        let schema = FileKind::from_path(file).and_then(FileKind::schema);
        let schema = jsonschema::validator_for(&schema.expect("it has one")).expect("it is one");
        assert!(
            schema.is_valid(&value(&match field {
                "integer" => json!(1),
                "boolean" => json!(true),
                "word" => json!("human"),
                "actor" => json!("shared"),
                "list" => json!(["a"]),
                _ => json!("a"),
            })),
            "{field}: the rest of the file is right"
        );
        for (scalar, seen) in &scalars {
            let editor = seen.as_ref().is_some_and(|it| schema.is_valid(&value(it)));
            let end = if scalar.ends_with('\n') { "" } else { "\n" };
            let text = format!("{before}{scalar}{end}");
            let path = format!("content/{file}").into();
            let read = parse(&path, file, text.as_bytes(), &Highlighter::default());
            let found = match &read {
                Ok(_) => String::new(),
                Err(found) => found
                    .iter()
                    .map(|it| format!("{}: {}", it.rule.code, it.message))
                    .collect::<Vec<_>>()
                    .join("; "),
            };
            // That an id is not its file's name is no matter of a scalar.
            let build = read.is_ok();
            taken += usize::from(build);
            let excepted = EXCEPTIONS.iter().any(|it| it.0 == scalar);
            if editor != build && !excepted {
                wrong.push(format!(
                    "{field}: {scalar:?} is {seen:?}: editor {editor}, build {build} {found}"
                ));
            }
        }
    }
    assert!(taken > 800, "{taken} are taken");
    assert!(
        wrong.is_empty(),
        "{} differ\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_mistake_of_quotes_says_so() {
    for (path, old, new, line) in [
        (
            "content/frameworks/example/A.yaml",
            "id: A\n",
            "id: A\norder: \"10\"\n",
            "4:8: error[wrong-type]: expected a whole number, found text",
        ),
        (
            "content/frameworks/example/A.yaml",
            "id: A\n",
            "id: A\norder: 1_0\n",
            "4:8: error[wrong-type]: expected a whole number, found text",
        ),
        (
            "content/glossary.yaml",
            "  see: [recovery time]\n  auto: true\n",
            "  see: [recovery time]\n  auto: 'true'\n",
            "11:9: error[wrong-type]: expected `true` or `false`, found text",
        ),
        (
            "content/threats.yaml",
            "Loss of data",
            "true",
            "4:10: error[wrong-type]: expected text, found true or false",
        ),
        (
            "content/threats.yaml",
            "Loss of data",
            "!include title.txt",
            "4:10: error[unknown-tag]: the tag `!include` means nothing here",
        ),
        (
            "content/threats.yaml",
            "Loss of data",
            "!!binary aGVsbG8=",
            "4:10: error[unknown-tag]: the tag `!!binary` means nothing here",
        ),
        (
            "content/threats.yaml",
            "- id: ransomware",
            "- !!set\n  id: ransomware",
            "7:3: error[unknown-tag]: the tag `!!set` means nothing here",
        ),
    ] {
        let book = crate::book::Book::starter().change(path, old, new);
        let found = book.read().diagnostics;
        let report = controlbook::diagnostic::short::render(&found, &book.sources);
        let first = report.lines().find(|it| it.starts_with(path));
        assert_eq!(first, Some(format!("{path}:{line}").as_str()), "{report}");
        let help = found
            .iter()
            .flat_map(|it| &it.help)
            .cloned()
            .collect::<Vec<_>>()
            .join("; ");
        assert!(new.contains("1_0") || !help.is_empty(), "{new}: {help}");
    }
}
