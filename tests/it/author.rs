//! The author's tools: `new`, `explain`, `manual`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use controlbook::rules::ALL;
use serde_json::Value;
use tempfile::TempDir;

use crate::book::Book;
use crate::program::run;

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[track_caller]
fn exits(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}", stderr(output));
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn folder() -> TempDir {
    TempDir::new().expect("the temporary folder is writable")
}

/// A folder with a new book in it.
fn book() -> TempDir {
    let folder = folder();
    exits(&run(folder.path(), &["init"]), 0);
    folder
}

/// A folder with a copy of the catalogue in this repository.
fn catalogue() -> TempDir {
    let folder = folder();
    let copied = Command::new("cp")
        .arg("-r")
        .args(["book.toml", "content", "schemas", "theme"].map(|it| root().join(it)))
        .arg(folder.path())
        .status();
    assert!(copied.expect("cp runs").success());
    folder
}

/// Every file below a folder, with its text.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let mut next = vec![folder.to_path_buf()];
    while let Some(at) = next.pop() {
        for entry in fs::read_dir(at).expect("it can be read") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                next.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).expect("it is below");
            let text = String::from_utf8_lossy(&fs::read(&path).expect("readable")).into_owned();
            out.insert(name.to_string_lossy().into_owned(), text);
        }
    }
    out
}

/// How often `check` reports each code, by severity.
fn count_codes(folder: &Path) -> BTreeMap<(String, String), usize> {
    let checked = run(folder, &["check", "--format", "json", "-q"]);
    let mut out = BTreeMap::new();
    for line in stdout(&checked).lines() {
        let row: Value = serde_json::from_str(line).expect("a line of JSON");
        let word = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        *out.entry((word("severity"), word("code"))).or_default() += 1;
    }
    out
}

fn warnings(counts: &[(&str, usize)]) -> BTreeMap<(String, String), usize> {
    counts
        .iter()
        .map(|(code, count)| (("warning".to_owned(), (*code).to_owned()), *count))
        .collect()
}

/// Begins a record in a new book: the files made, which `check` finds nothing in but what only the author can write.
#[track_caller]
fn begins(arguments: &[&str], made: &[&str], left: &[(&str, usize)]) -> TempDir {
    let folder = book();
    let before = files(folder.path());
    let begun = run(folder.path(), &[&["new"], arguments].concat());
    exits(&begun, 0);
    assert_eq!(stdout(&begun).lines().collect::<Vec<_>>(), made);
    let after = files(folder.path());
    let new: BTreeSet<_> = after
        .keys()
        .filter(|it| !before.contains_key(*it))
        .collect();
    let wanted: BTreeSet<_> = made.iter().map(|it| (*it).to_owned()).collect();
    assert_eq!(new, wanted.iter().collect());
    assert_eq!(count_codes(folder.path()), warnings(left));
    let count: usize = left.iter().map(|(_, count)| count).sum();
    assert!(
        stderr(&begun).contains(&format!("names {count} gaps that only you can fill")),
        "{}",
        stderr(&begun)
    );
    // What only the author can write is never published.
    exits(&run(folder.path(), &["build", "-q"]), 1);
    assert!(!folder.path().join("public").exists());
    exits(&run(folder.path(), &["check", "--deny-warnings", "-q"]), 1);
    for path in made.iter().filter(|it| it.ends_with(".yaml")) {
        let text = &after[*path];
        let schema = text
            .lines()
            .next()
            .and_then(|it| it.strip_prefix("# yaml-language-server: $schema="));
        let schema = schema.unwrap_or_else(|| panic!("{path} names no schema"));
        let file = folder.path().join(path);
        let file = file.parent().expect("it has a folder").join(schema);
        assert!(file.is_file(), "{} is not there", file.display());
    }
    folder
}

/// Fills every gap of some files with words.
fn fill(folder: &Path, paths: &[&str]) {
    for path in paths {
        let file = folder.join(path);
        let text = fs::read_to_string(&file).expect("it is there");
        let lines = text.lines().map(|line| match line.split_once('…') {
            Some((before, rest)) if !line.starts_with('#') => {
                let comment = rest.find(" # ").map_or("", |at| &rest[at..]);
                let quote = if before.ends_with('"') { "\" }" } else { "" };
                format!("{before}Words{quote}{comment}")
            }
            _ => line.to_owned(),
        });
        let text: Vec<_> = lines.collect();
        fs::write(&file, text.join("\n") + "\n").expect("writable");
    }
}

#[test]
fn new_begins_a_measure() {
    let made = [
        "content/measures/ACME-02.yaml",
        "content/measures/ACME-02.md",
    ];
    let left = [("missing-mapping", 1), ("missing-words", 8)];
    let folder = begins(&["measure", "ACME-02"], &made, &left);
    let text = fs::read_to_string(folder.path().join(made[0])).expect("it is there");
    assert!(
        text.contains("\ngroup: protect "),
        "the first group: {text}"
    );
    assert!(text.contains("\n  web-shop:\n    relevance: "), "{text}");
    fill(folder.path(), &made);
    assert_eq!(
        count_codes(folder.path()),
        warnings(&[("missing-mapping", 1)])
    );
    fs::write(
        folder.path().join("content/mappings/example/ACME-02.yaml"),
        "measure: ACME-02\nmappings:\n  - { from: ACME-02.1, to: A-01.1, relation: equal, because: Both ask for copies. }\n",
    )
    .expect("writable");
    exits(&run(folder.path(), &["check", "--deny-warnings"]), 0);
}

#[test]
fn new_begins_a_measure_in_the_group_that_is_named() {
    let folder = book();
    exits(
        &run(
            folder.path(),
            &["new", "measure", "ACME-02", "--group", "recover"],
        ),
        0,
    );
    let text = files(folder.path())["content/measures/ACME-02.yaml"].clone();
    assert!(text.contains("\ngroup: recover "), "{text}");
    let refused = run(
        folder.path(),
        &["new", "measure", "ACME-03", "--group", "recovr"],
    );
    exits(&refused, 2);
    let words = stderr(&refused);
    assert!(
        words.contains("error[unknown-group]") && words.contains("did you mean `recover`?"),
        "{words}"
    );
    assert!(!folder.path().join("content/measures/ACME-03.yaml").exists());
}

#[test]
fn new_begins_the_first_group_where_there_is_none() {
    let folder = folder();
    fs::write(folder.path().join("book.toml"), "[book]\nsrc = \"a/b\"\n").expect("writable");
    let begun = run(folder.path(), &["new", "measure", "X-1"]);
    exits(&begun, 0);
    let made = files(folder.path());
    assert!(
        made["a/b/measures/groups.yaml"].contains("- id: general\n"),
        "{made:?}"
    );
    assert!(
        made["a/b/measures/X-1.yaml"]
            .starts_with("# yaml-language-server: $schema=../../../schemas/measure.schema.json\n"),
        "{made:?}"
    );
    assert!(stderr(&begun).contains("controlbook schema -d schemas"));
    assert_eq!(
        count_codes(folder.path()),
        warnings(&[("missing-words", 8)])
    );
}

#[test]
fn new_begins_a_use_case_and_asks_every_measure_for_its_weight() {
    let made = ["content/use-cases/tele.yaml", "content/use-cases/tele.md"];
    let folder = begins(&["use-case", "tele"], &made, &[("missing-words", 4)]);
    let measure = "content/measures/ACME-01.yaml";
    let text = files(folder.path())[measure].clone();
    assert!(
        text.contains("\n  tele: { relevance: supporting, because: \"… "),
        "{text}"
    );
    assert!(
        text.contains("# organisational | technical"),
        "comments stay"
    );
    fill(folder.path(), &[made[0], made[1], measure]);
    exits(&run(folder.path(), &["check", "--deny-warnings"]), 0);
}

#[test]
fn new_begins_a_framework_with_a_set() {
    let made = [
        "content/frameworks/nis2/framework.yaml",
        "content/frameworks/nis2/A.yaml",
        "content/mappings/nis2/set.yaml",
    ];
    let left = [("missing-mapping", 1), ("missing-words", 7)];
    let folder = begins(&["framework", "nis2"], &made, &left);
    fill(folder.path(), &made);
    assert_eq!(
        count_codes(folder.path()),
        warnings(&[("missing-mapping", 1)])
    );
}

#[test]
fn new_begins_a_page() {
    let made = ["content/guide/cloud/exit.md"];
    let folder = begins(&["page", "cloud/exit"], &made, &[("missing-words", 3)]);
    fill(folder.path(), &made);
    exits(&run(folder.path(), &["check", "--deny-warnings"]), 0);
    exits(&run(folder.path(), &["new", "page", "after"]), 0);
    let text = files(folder.path())["content/guide/after.md"].clone();
    assert!(text.contains("\norder: 20\n"), "behind the last: {text}");
}

#[test]
fn new_takes_any_sound_id_as_text() {
    let folder = book();
    for id in ["1.0", "true", "A(b)_c-d", "no", "32(1)(a)"] {
        exits(&run(folder.path(), &["new", "measure", id]), 0);
    }
    for id in ["2.0", "off"] {
        exits(&run(folder.path(), &["new", "use-case", id]), 0);
        let framework = format!("f{id}");
        exits(&run(folder.path(), &["new", "framework", &framework]), 0);
    }
    let codes: BTreeSet<_> = count_codes(folder.path()).into_keys().collect();
    assert!(
        codes.iter().all(|(severity, _)| severity == "warning"),
        "{codes:?}"
    );
}

#[test]
fn new_refuses_what_check_would_not_take_and_writes_nothing() {
    let folder = book();
    exits(&run(folder.path(), &["new", "page", "mine"]), 0);
    let before = files(folder.path());
    let long = "x".repeat(65);
    let cases: &[(&[&str], &str)] = &[
        (
            &["measure", "ACME-01"],
            "content/measures/ACME-01.yaml is there already",
        ),
        (
            &["measure", "acme-01"],
            "content/measures/acme-01.yaml is there already",
        ),
        (&["page", "mine"], "content/guide/mine.md is there already"),
        (&["framework", "Example"], "is there already"),
        (
            &["measure", "web-shop"],
            "error[duplicate-id]: the id `web-shop` is taken",
        ),
        (
            &["use-case", "ACME-01.1"],
            "error[duplicate-id]: the id `ACME-01.1` is taken",
        ),
        (
            &["measure", "power cut"],
            "error[invalid-id]: `power cut` can’t be an id",
        ),
        (&["measure", ""], "error[invalid-id]"),
        (&["measure", "../../x"], "error[invalid-id]"),
        (&["measure", "a/b"], "error[invalid-id]"),
        (&["page", "../x"], "error[invalid-id]"),
        (&["page", "/x"], "error[invalid-id]"),
        (&["page", "a//b"], "error[invalid-id]"),
        (&["page", "a\\b"], "error[invalid-id]"),
        (&["framework", "ä"], "error[invalid-id]"),
        (&["measure", "a\nid: b"], "error[invalid-id]"),
        (&["measure", &long], "error[invalid-id]"),
        (
            &["measure", "groups"],
            "content/measures/groups.yaml is there already",
        ),
    ];
    for (arguments, words) in cases {
        let refused = run(folder.path(), &[&["new"], *arguments].concat());
        exits(&refused, 2);
        let said = stderr(&refused);
        assert!(said.contains(words), "{arguments:?}: {said}");
        assert!(said.contains("nothing was written"), "{said}");
        assert_eq!(stdout(&refused), "");
        assert_eq!(files(folder.path()), before, "{arguments:?}");
    }
    exits(&run(folder.path(), &["new", "chapter", "x"]), 2);
    fs::write(folder.path().join("book.toml"), "[book\nsrc = \"x\"\n").expect("writable");
    let refused = run(folder.path(), &["new", "measure", "ACME-09"]);
    exits(&refused, 2);
    assert!(stderr(&refused).contains("error[invalid-toml]"));
    assert!(!folder.path().join("content/measures/ACME-09.yaml").exists());
}

#[test]
fn new_works_in_a_book_that_has_mistakes_and_in_another_folder() {
    let folder = folder();
    exits(&run(folder.path(), &["init", "books/one"]), 0);
    let content = folder.path().join("books/one/content");
    fs::write(content.join("measures/BAD-1.yaml"), "id: [\n").expect("writable");
    let measure = content.join("measures/ACME-01.yaml");
    let text = fs::read_to_string(&measure).expect("it is there");
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    fs::write(&measure, &windows).expect("writable");
    let begun = run(folder.path(), &["new", "use-case", "tele", "books/one"]);
    exits(&begun, 0);
    assert!(
        stdout(&begun).starts_with("books/one/content/use-cases/tele.yaml\n"),
        "{}",
        stdout(&begun)
    );
    let after = fs::read_to_string(&measure).expect("it is there");
    assert!(after.starts_with('\u{feff}') && !after.replace("\r\n", "").contains('\n'));
    assert_eq!(after.lines().count(), windows.lines().count() + 1);
    let left = count_codes(&folder.path().join("books/one"));
    let errors: Vec<_> = left
        .keys()
        .filter(|(severity, _)| severity == "error")
        .collect();
    assert_eq!(errors.len(), 1, "the one that was there: {left:?}");
}

#[test]
fn new_adds_one_line_to_each_measure_of_the_catalogue() {
    let folder = catalogue();
    let before = files(folder.path());
    exits(&run(folder.path(), &["new", "use-case", "tele"]), 0);
    exits(&run(folder.path(), &["new", "measure", "HCS-99"]), 0);
    exits(&run(folder.path(), &["new", "framework", "nis2"]), 0);
    exits(&run(folder.path(), &["new", "page", "after"]), 0);
    let after = files(folder.path());
    let mut changed = 0;
    for (path, text) in &before {
        if after[path] != *text {
            let kept: Vec<_> = after[path]
                .lines()
                .filter(|it| !it.contains("  tele: {"))
                .collect();
            assert_eq!(kept, text.lines().collect::<Vec<_>>(), "{path}");
            changed += 1;
        }
    }
    let measures = before
        .keys()
        .filter(|it| it.starts_with("content/measures/") && it.ends_with(".yaml"));
    assert_eq!(changed, measures.count() - 1, "each but the groups");
    let left = count_codes(folder.path());
    assert!(
        left.keys().all(|(severity, _)| severity == "warning"),
        "{left:?}"
    );
    exits(&run(folder.path(), &["build", "-q"]), 1);
}

#[test]
fn gaps_are_found_wherever_an_author_leaves_one() {
    let book = Book::starter()
        .with(
            "content/measures/ACME-01.md",
            "## …how\n\nWords … and words.\n\n- … an item\n- An item …\n\n> *… a quotation*\n\n    … code\n\n`…`\n\n| A | B |\n|---|---|\n| one | 1 |\n| … two | 2 |\n",
        )
        .with(
            "content/guide/about.md",
            "---\ntitle: \"… a: title\"\nsummary: >\n  … folded\n  on two lines\n---\n\n…\n",
        )
        .change("content/threats.yaml", "group: System failure", "group: '  … a group'");
    book.reports(
        "content/guide/about.md:2:8: warning[missing-words]: words are missing here: a: title
         content/guide/about.md:4:3: warning[missing-words]: words are missing here: folded on two lines
         content/guide/about.md:8:1: warning[missing-words]: words are missing here
         content/measures/ACME-01.md:1:4: warning[missing-words]: words are missing here: how
         content/measures/ACME-01.md:5:3: warning[missing-words]: words are missing here: an item
         content/measures/ACME-01.md:8:4: warning[missing-words]: words are missing here: a quotation
         content/threats.yaml:5:10: warning[missing-words]: words are missing here: a group",
    );
    let excepted = book.with(
        "book.toml",
        "[[checks.except]]\nrule = \"missing-words\"\nof = [\"content/guide/about.md\", \"content/measures/ACME-01.md\", \"content/threats.yaml\"]\nreason = \"Later.\"\n",
    );
    excepted.reports("");
}

#[test]
fn explain_prints_the_manual_of_every_rule() {
    let folder = folder();
    for rule in ALL {
        let explained = run(folder.path(), &["explain", rule.code]);
        exits(&explained, 0);
        let text = stdout(&explained);
        assert!(text.starts_with(&format!("# {}\n", rule.code)), "{text}");
        assert!(text.contains(rule.explain), "{text}");
        assert!(text.contains("[checks.severity]"), "{text}");
        if !rule.bad.files.is_empty() {
            let shown = format!("{}[{}]: ", rule.severity.word(), rule.code);
            assert_eq!(text.matches(&shown).count(), 1, "{text}");
            assert!(text.contains(&format!("--> {}", rule.bad.path)), "{text}");
        }
    }
}

#[test]
fn explain_lists_every_code_and_suggests_for_a_wrong_one() {
    let folder = folder();
    let listed = run(folder.path(), &["explain"]);
    exits(&listed, 0);
    let text = stdout(&listed);
    let codes: Vec<_> = text
        .lines()
        .filter_map(|it| it.split_whitespace().next())
        .collect();
    assert_eq!(codes, ALL.iter().map(|it| it.code).collect::<Vec<_>>());
    let near = run(folder.path(), &["explain", "mising-mapping"]);
    exits(&near, 2);
    assert_eq!(
        stderr(&near),
        "error: there is no rule `mising-mapping`; did you mean `missing-mapping`?\n"
    );
    let far = run(folder.path(), &["explain", "zzz"]);
    exits(&far, 2);
    assert!(stderr(&far).contains("`controlbook explain` lists them all"));
}
