//! Diagnostics as SARIF and as GitHub's workflow commands.

use std::fs;
use std::path::Path;
use std::process::Command;

use controlbook::diagnostic::{github, json, sarif};
use controlbook::rules::ALL;
use serde_json::Value;

use crate::book::Book;

/// A term of the glossary that stands twice, and an unknown key behind letters that UTF-16 counts twice.
const GLOSSARY: &str = "\
- term: back-up
  text: A copy.
- { term: 𝄞 clef 🎼, text: A sign., colour: red }
";

fn log(book: &Book, base: &str) -> Value {
    let found = book.read().diagnostics;
    let text = sarif::render(&found, &book.sources, base, ALL);
    serde_json::from_str(&text).expect("SARIF is JSON")
}

/// The mistakes of a log that the standard's own schema finds.
fn misfits(log: &Value) -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sarif-schema-2.1.0.json");
    let schema = fs::read_to_string(file).expect("the fixture is there");
    // The standard's pattern of a language has a bracket too many, so that it is no pattern; no language is written.
    let schema = schema.replace("{2}]?$", "{2}?$");
    let schema: Value = serde_json::from_str(&schema).expect("the fixture is JSON");
    let schema = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("the fixture is a schema");
    let errors = schema.iter_errors(log);
    errors
        .map(|it| format!("{}: {it}", it.instance_path()))
        .collect()
}

#[test]
fn sarif_fits_the_schema_of_the_standard_for_every_rule() {
    assert_eq!(misfits(&log(&Book::starter(), "")), Vec::<String>::new());
    for rule in ALL {
        let book = Book::starter().with_all(rule.bad.files);
        let log = log(&book, "docs/my book");
        assert_eq!(misfits(&log), Vec::<String>::new(), "{}", rule.code);
    }
    let mut wrong = log(&Book::starter().with("content/glossary.yaml", GLOSSARY), "");
    wrong["runs"][0]["results"][0]["level"] = "fatal".into();
    assert_eq!(misfits(&wrong).len(), 1, "the schema can refuse");
}

#[test]
fn sarif_names_rule_place_and_level() {
    let book = Book::starter().with("content/glossary.yaml", GLOSSARY);
    let log = log(&book, "docs/my book");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert_eq!(rules.len(), ALL.len());
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], "unknown-key");
    let index = result["ruleIndex"].as_u64().expect("a number");
    let index = usize::try_from(index).expect("a small number");
    assert_eq!(rules[index]["id"], "unknown-key");
    assert_eq!(result["level"], "error");
    let words = result["message"]["text"].as_str().expect("a message");
    assert!(words.contains("`colour`"), "{words}");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "docs/my%20book/content/glossary.yaml"
    );
    let line = GLOSSARY.lines().nth(2).expect("three lines");
    let before: u64 = line
        .split("colour")
        .next()
        .map_or(0, |it| it.encode_utf16().count() as u64);
    let region = &place["region"];
    assert_eq!(
        ["startLine", "startColumn", "endLine", "endColumn"].map(|key| region[key].as_u64()),
        [Some(3), Some(before + 1), Some(3), Some(before + 7)]
    );
    assert_ne!(before, line.find("colour").expect("it is there") as u64);
}

#[test]
fn sarif_points_at_the_first_of_two() {
    let book = Book::starter().with(
        "content/glossary.yaml",
        "- term: back-up\n  text: A copy.\n- term: Back-Up\n  text: Another.\n",
    );
    let log = log(&book, "");
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "duplicate-id");
    let related = &result["relatedLocations"][0];
    assert_eq!(related["message"]["text"], "first used here");
    let region = &related["physicalLocation"]["region"];
    assert_eq!(
        (region["startLine"].as_u64(), region["startColumn"].as_u64()),
        (Some(1), Some(9))
    );
    let rows = json::render(&book.read().diagnostics, &book.sources);
    let row: Value = serde_json::from_str(rows.lines().next().expect("a row")).expect("JSON");
    assert_eq!(row["related"][0]["start"]["line"], 1);
}

#[test]
fn fingerprints_stay_while_lines_move_and_differ_where_mistakes_do() {
    let prints = |text: &str| -> Vec<String> {
        let log = log(&Book::starter().with("content/glossary.yaml", text), "");
        let results = log["runs"][0]["results"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let print = |it: &Value| it["partialFingerprints"]["controlbook/v1"].to_string();
        results.iter().map(print).collect()
    };
    let twice = "- { term: a, text: A., x: 1 }\n- { term: b, text: B., x: 1 }\n- { term: c, text: C., y: 1 }\n";
    let before = prints(twice);
    assert_eq!(before.len(), 3);
    assert!(
        before[0] != before[1] && before[1] != before[2],
        "{before:?}"
    );
    assert_eq!(prints(&format!("# A comment.\n\n{twice}")), before);
}

#[test]
fn github_commands_are_escaped_and_one_line_each() {
    let book = Book::starter()
        .with(
            "content/guide/a:b,c%.md",
            "---\ntitle: A\nsummary: B\ncolour: \"100%\\r\\n::error::x\"\n---\n\nText.\n",
        )
        .with("content/glossary.yaml", "- term: 50%,\n  text: {}\n");
    let text = github::render(&book.read().diagnostics, &book.sources, "docs/my book");
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert_eq!(
        lines[0],
        "::error file=docs/my book/content/glossary.yaml,line=2,col=9,endLine=2,endColumn=10,title=wrong-type::expected text, found a map of keys"
    );
    assert!(
        lines[1].starts_with(
            "::error file=docs/my book/content/guide/a%3Ab%2Cc%25.md,line=4,col=1,endLine=4,endColumn=7,title=unknown-key::"
        ),
        "{text}"
    );
    assert!(lines[1].contains("%0Ahelp: "), "{text}");
}

#[test]
fn a_mistake_of_a_whole_file_has_no_line() {
    let book = Book::starter().with("content/notes.txt", "Notes.\n");
    let found = book.read().diagnostics;
    let text = github::render(&found, &book.sources, "");
    assert!(
        text.starts_with("::warning file=content/notes.txt,title=unreached-file::"),
        "{text}"
    );
    let log = log(&book, "");
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place.get("region"), None);
    assert_eq!(misfits(&log), Vec::<String>::new());
}

#[test]
fn paths_begin_where_the_command_runs() {
    let folder = tempfile::TempDir::new().expect("writable");
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_controlbook"))
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .expect("the program runs")
    };
    assert!(run(&["init", "docs/book"]).status.success());
    let bad = folder.path().join("docs/book/content/guide/bad.md");
    fs::write(bad, "no front matter\n").expect("writable");
    let annotated = run(&["check", "./docs/book/", "--format", "github", "-q"]);
    assert_eq!(annotated.status.code(), Some(1));
    let text = String::from_utf8_lossy(&annotated.stdout).into_owned();
    assert!(
        text.starts_with("::error file=docs/book/content/guide/bad.md,line=1,col=1,"),
        "{text}"
    );
    let logged = run(&["check", "docs/book", "--format", "sarif", "-q"]);
    assert_eq!(logged.status.code(), Some(1));
    let log: Value = serde_json::from_slice(&logged.stdout).expect("SARIF is JSON");
    assert_eq!(
        log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "docs/book/content/guide/bad.md"
    );
    assert_eq!(misfits(&log), Vec::<String>::new());
}
