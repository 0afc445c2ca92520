//! Fixes: each rule's fix on its own example, `check --fix` on books with many mistakes, and what it must
//! never do.

use std::collections::BTreeSet;
use std::fs;

use controlbook::diagnostic::{Diagnostic, Edit, short};
use controlbook::pipeline::fix::{Fixed, fix};
use controlbook::pipeline::{self, ParseCache};
use controlbook::rules::ALL;
use controlbook::source::Sources;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::book::Book;
use crate::program::run;
use crate::real::SOURCES;

const BOOK: &str = "book.toml";
const GLOSSARY: &str = "content/glossary.yaml";
const GUIDE: &str = "content/guide/about.md";
const MAPPINGS: &str = "content/mappings/example/ACME-01.yaml";
const MEASURE: &str = "content/measures/ACME-01.yaml";
const SET: &str = "content/mappings/example/set.yaml";
const USE_CASE: &str = "content/use-cases/web-shop.yaml";

fn check(sources: &Sources) -> Vec<Diagnostic> {
    pipeline::check(sources, &mut ParseCache::default()).diagnostics
}

fn fixed(sources: &Sources) -> Fixed {
    fix(sources, &mut ParseCache::default())
}

/// The lines of a mistake with carets under what it marks, and the same lines after its fix.
fn shown(book: &Book, it: &Diagnostic) -> String {
    let text = book.text(&it.path);
    let span = it.span.expect("what has a fix has a place");
    let fix = it.fix.as_ref().expect("it has a fix");
    let from = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let to = text[span.end..]
        .find('\n')
        .map_or(text.len(), |at| span.end + at);
    let line = text[..from].matches('\n').count() + 1;
    let after = fix.applied(text).expect("the range is of the text");
    let rest = text.len() - text.len().min(to.max(fix.span.end));
    let after = &after[from..(after.len() - rest).max(from)];
    let kind = if fix.is_certain() {
        "certain"
    } else {
        "suggested"
    };
    format!(
        "{}:{line}\n{}\n{}{}\n{}, {kind}",
        it.path,
        &text[from..to],
        " ".repeat(text[from..span.start].chars().count()),
        "^".repeat(text[span.start..span.end].chars().count().max(1)),
        after.trim_end_matches('\n'),
    )
}

/// The one mistake of a book, as [`shown`]; the lines of `expected` may be indented by twelve blanks.
#[track_caller]
fn mends(book: &Book, expected: &str) {
    let found = check(&book.sources);
    let [it] = found.as_slice() else {
        panic!("{}", book.report());
    };
    let expected: Vec<_> = expected
        .trim()
        .lines()
        .map(|it| it.strip_prefix("            ").unwrap_or(it))
        .collect();
    assert_eq!(shown(book, it), expected.join("\n"));
}

#[test]
fn the_fix_of_a_bad_example_mends_it() {
    let mut with_fix = Vec::new();
    for rule in ALL.iter().filter(|it| !it.bad.files.is_empty()) {
        let book = Book::starter().with_all(rule.bad.files);
        let found = check(&book.sources);
        let Some((it, fix)) = found.iter().find_map(|it| Some((it, it.fix.as_ref()?))) else {
            continue;
        };
        let text = fix.applied(book.text(&it.path)).expect("it is a range");
        let after = check(&book.clone().with(&it.path, &text).sources);
        let still: Vec<_> = after.iter().map(|it| it.rule.code).collect();
        assert!(
            !still.contains(&rule.code),
            "{}: {}",
            rule.code,
            shown(&book, it)
        );
        if fix.is_certain() {
            assert_eq!(after, [], "{}: a certain fix leaves nothing", rule.code);
            let done = fixed(&book.sources).sources;
            assert_eq!(done.text(&it.path), Some(text.as_str()), "{}", rule.code);
        }
        let kind = if fix.is_certain() {
            "certain"
        } else {
            "suggested"
        };
        with_fix.push(format!("{}: {kind}", rule.code));
    }
    assert_eq!(with_fix, MENDED);
}

/// The rules whose example has a fix, and what it is.
const MENDED: &[&str] = &[
    "text-direction: certain",
    "hidden-character: certain",
    "unknown-key: certain",
    "wrong-type: certain",
    "unknown-value: certain",
    "id-differs-from-file: suggested",
    "second-title: suggested",
    "nested-heading: suggested",
    "broken-link: suggested",
    "unused-definition: suggested",
    "open-comment: suggested",
    "invalid-id: suggested",
    "practice-id-differs: suggested",
    "unknown-use-case: certain",
    "unknown-framework: suggested",
    "printed-id: certain",
    "unknown-threat: suggested",
    "unknown-term: suggested",
    "unknown-group: suggested",
    "unknown-level: suggested",
    "unknown-kind: suggested",
    "unknown-box: suggested",
    "unknown-page: suggested",
    "duplicate-anchor: suggested",
    "version-differs: suggested",
    "not-a-picture: suggested",
    "bad-keyword: suggested",
    "unusable-logo: suggested",
    "low-contrast: suggested",
];

#[test]
fn a_reference_is_rewritten_to_the_same_record_only() {
    let mapping = |from: &str| Book::starter().change(MAPPINGS, "from: ACME-01.1", from);
    mends(
        &mapping("from: acme-1.1"),
        "
            content/mappings/example/ACME-01.yaml:5
              - from: acme-1.1
                      ^^^^^^^^
              - from: ACME-01.1, certain",
    );
    // Another practice is another duty, however near its id is.
    let other = check(&mapping("from: ACME-01.11").sources);
    assert!(other.iter().all(|it| it.fix.is_none()), "{other:?}");
    // A list is mended in two steps: brackets first, then the id in them.
    let list = Book::starter().change(
        MEASURE,
        "threats: [data-loss, ransomware]",
        "threats: RANSOMWARE",
    );
    let text = fixed(&list.sources).sources;
    let text = text.text(MEASURE).expect("it is text");
    assert!(text.contains("threats: [ransomware]\n"), "{text}");
    let letters = check(&mapping("from: ACNE-01.1").sources);
    assert!(
        letters
            .iter()
            .all(|it| !it.fix.as_ref().is_some_and(Edit::is_certain))
    );
    let range = Book::starter().change(MAPPINGS, "to: A-01.1", "to: A-01-1");
    assert!(fixed(&range.sources).edits.is_empty(), "it may be a range");
}

#[test]
fn a_value_keeps_its_quotes() {
    let set = |end: &str| {
        let start =
            "framework: example\nversion: \"1.0\"\nstyle: set-theory\nrationale: semantic\n";
        Book::starter().with(SET, &format!("{start}{end}\n"))
    };
    mends(
        &set("method: 'humen' # by two of us"),
        "
            content/mappings/example/set.yaml:5
            method: 'humen' # by two of us
                    ^^^^^^^
            method: 'human' # by two of us, certain",
    );
    mends(
        &set("method: human\nnot-maped: []"),
        "
            content/mappings/example/set.yaml:6
            not-maped: []
            ^^^^^^^^^
            not-mapped: [], certain",
    );
    mends(
        &Book::starter().change(BOOK, "language = \"en-GB\"", "languag = \"en-GB\""),
        "
            book.toml:8
            languag = \"en-GB\"
            ^^^^^^^
            language = \"en-GB\", certain",
    );
    mends(
        &Book::starter().change(
            MEASURE,
            "data-loss, ransomware",
            "data-loss, \"Ransom-ware\"",
        ),
        "
            content/measures/ACME-01.yaml:40
            threats: [data-loss, \"Ransom-ware\"]
                                 ^^^^^^^^^^^^^
            threats: [data-loss, \"ransomware\"], certain",
    );
}

#[test]
fn a_key_is_never_given_twice() {
    let book = Book::starter().change(SET, "method: human", "method: human\nmethodd: human");
    assert!(fixed(&book.sources).edits.is_empty());
    // Each would be right alone.
    let book = Book::starter().change(SET, "method: human", "methdo: human\nmethodd: human");
    let fixed = fixed(&book.sources);
    assert_eq!(fixed.sources, book.sources);
    assert_eq!(fixed.left.iter().map(|it| &**it).collect::<Vec<_>>(), [SET]);
}

/// A line of a mapping with its practice or requirement in another spelling.
fn respelt(line: &str) -> String {
    let Some((key, id)) = line.split_once(": ") else {
        return line.to_owned();
    };
    match key.trim_start_matches([' ', '-']) {
        // Law is numbered with brackets, which mean something.
        "to" if id.contains('(') => format!("{key}: {}", id.replacen('(', " (", 1)),
        "from" | "to" if id.contains('-') => {
            format!("{key}: {}", id.to_lowercase().replacen("-0", " ", 1))
        }
        _ => line.to_owned(),
    }
}

#[test]
fn every_reference_of_the_real_catalogue_finds_its_way_back() {
    let mut sources = SOURCES.clone();
    for (path, bytes) in SOURCES.under("content/mappings/") {
        let text = std::str::from_utf8(bytes).expect("it is text");
        let lines: Vec<_> = text.split('\n').map(respelt).collect();
        sources.replace(path, lines.join("\n").into_bytes().into());
    }
    let fixed = fixed(&sources);
    assert!(fixed.edits.len() > 1_000, "{}", fixed.edits.len());
    for path in SOURCES.changed_paths(&fixed.sources) {
        assert_eq!(fixed.sources.text(&path), SOURCES.text(&path), "{path}");
    }
}

/// The starter book with mistakes of many kinds, some of which nobody but its author can mend.
fn many() -> Book {
    Book::starter()
        .change(MAPPINGS, "from: ACME-01.1", "from: acme 1.1")
        .change(SET, "rationale:", "rationle:")
        .change(SET, "method: human", "method: humen")
        .change(MEASURE, "kind: technical", "kind: tecnical")
        .change(
            GLOSSARY,
            "A copy of data that",
            "A co\u{200b}py of data that",
        )
        .change(GUIDE, "EXB A-01.2", "EXB A-01.3")
        .change(BOOK, "language = \"en-GB\"", "languag = \"en-GB\"")
        .change(USE_CASE, "impact: moderate", "impact: modrate")
}

#[test]
fn certain_fixes_are_made_until_none_is_left() {
    let fixed = fixed(&many().sources);
    let wanted = Book::starter().change(GUIDE, "EXB A-01.2", "EXB A-01.3");
    assert_eq!(fixed.sources, wanted.sources);
    assert_eq!(fixed.edits.len(), 7);
    assert!(fixed.left.is_empty());
    let again = self::fixed(&fixed.sources);
    assert_eq!((again.edits.len(), &again.sources), (0, &fixed.sources));
}

/// Takes a character of a text away, doubles it, or writes another in its place.
fn mutated(text: &str, place: Index, how: u8) -> String {
    let starts: Vec<_> = text.char_indices().collect();
    let (at, c) = starts[place.index(starts.len())];
    let end = at + c.len_utf8();
    let new = match how % 5 {
        0 => String::new(),
        1 => format!("{c}{c}"),
        2 if c.is_lowercase() => c.to_uppercase().collect(),
        2 => c.to_lowercase().collect(),
        3 => format!("{c}\u{200b}"),
        _ => "e".to_owned(),
    };
    format!("{}{new}{}", &text[..at], &text[end..])
}

fn rows(sources: &Sources) -> BTreeSet<String> {
    let report = short::render(&check(sources), sources);
    // Lines and columns move with what stands before them.
    let rows = report.lines().filter_map(|it| it.split_once(": "));
    rows.map(|(_, what)| what.to_owned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// One slip hides nothing, so that whatever appears after a fix would be of its making.
    #[test]
    fn a_fix_makes_no_new_mistake(file in any::<Index>(), place in any::<Index>(), how in any::<u8>(), crlf in any::<bool>()) {
        let mut book = Book::starter();
        if crlf {
            book = book.map(|text| format!("\u{feff}{}", text.replace('\n', "\r\n")));
        }
        let paths = book.paths();
        let path = &paths[file.index(paths.len())];
        let text = mutated(book.text(path), place, how);
        let mark = if crlf { "\u{feff}" } else { "" };
        let book = book.with(path, &format!("{mark}{text}"));
        let before = rows(&book.sources);
        let fixed = fixed(&book.sources);
        let after = rows(&fixed.sources);
        let new: Vec<_> = after.difference(&before).collect();
        prop_assert!(new.is_empty(), "{path}: {text}\n{new:?}\n{:?}", fixed.edits);
        let again = self::fixed(&fixed.sources);
        prop_assert_eq!(again.edits, []);
        prop_assert_eq!(again.sources, fixed.sources);
    }

    /// Each byte outside of the edits is as it was.
    #[test]
    fn nothing_but_the_edits_changes(slips in prop::collection::vec((any::<Index>(), any::<Index>(), any::<u8>()), 1..6)) {
        let mut book = Book::starter();
        for (file, place, how) in slips {
            let paths = book.paths();
            let path = &paths[file.index(paths.len())];
            let text = mutated(book.text(path), place, how);
            book = book.with(path, &text);
        }
        let fixed = fixed(&book.sources);
        for path in book.sources.changed_paths(&fixed.sources) {
            let length = |text: &str| i64::try_from(text.len()).expect("it is short");
            let edits = fixed.edits.iter().filter(|it| it.path == path);
            let grown: i64 = edits.clone().map(|it| length(&it.new) - length(&it.old)).sum();
            let (old, new) = (book.text(&path), fixed.sources.text(&path).expect("it is text"));
            prop_assert_eq!(length(new) - length(old), grown);
            prop_assert!(edits.count() > 0);
            prop_assert!(!fixed.left.contains(&path));
        }
        prop_assert_eq!(self::fixed(&fixed.sources).sources, fixed.sources);
    }
}

fn on_disk(book: &Book) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (path, bytes) in book.sources.iter() {
        let place = folder.path().join(&**path);
        fs::create_dir_all(place.parent().expect("it has one")).expect("it is ours");
        fs::write(place, bytes).expect("it is ours");
    }
    folder
}

#[test]
fn check_writes_what_is_certain_and_says_it() {
    let book = many().map(|text| format!("\u{feff}{}", text.replace('\n', "\r\n")));
    let folder = on_disk(&book);
    let output = run(folder.path(), &["check", "--fix", "--format", "short"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "one error is left: {said}");
    for line in [
        "content/mappings/example/ACME-01.yaml:5:11: `acme 1.1` replaced by `ACME-01.1` [unknown-practice]",
        "content/mappings/example/set.yaml:7:9: `humen` replaced by `human` [unknown-value]",
        "`\\u{200b}` deleted [hidden-character]",
        "Mended 7 mistakes in 6 files.",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    let left = String::from_utf8_lossy(&output.stdout);
    assert!(left.contains("error[unresolved-citation]"), "{left}");
    assert_eq!(left.lines().count(), 1, "{left}");
    let fixed = fixed(&book.sources);
    for (path, bytes) in fixed.sources.iter() {
        let read = fs::read(folder.path().join(&**path)).expect("it is there");
        assert_eq!(&read[..], &bytes[..], "{path}");
        assert!(read.starts_with("\u{feff}".as_bytes()), "{path}");
    }
    let again = run(folder.path(), &["check", "--fix"]);
    let said = String::from_utf8_lossy(&again.stderr);
    assert!(said.contains("Nothing was mended"), "{said}");
}

#[test]
fn without_the_flag_nothing_is_written() {
    let book = many();
    let folder = on_disk(&book);
    let output = run(folder.path(), &["check"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("help: `controlbook check --fix` can mend it"),
        "{said}"
    );
    assert!(
        said.contains("can be fixed with `controlbook check --fix`."),
        "{said}"
    );
    for (path, bytes) in book.sources.iter() {
        let read = fs::read(folder.path().join(&**path)).expect("it is there");
        assert_eq!(&read[..], &bytes[..], "{path}");
    }
}

#[test]
fn other_programs_are_told_the_fix() {
    let book = Book::starter().change(SET, "method: human", "method: humen");
    let folder = on_disk(&book);
    let json = run(folder.path(), &["check", "--format", "json"]);
    let row: serde_json::Value = serde_json::from_slice(&json.stdout).expect("one row");
    assert_eq!(row["fix"]["text"], "human");
    assert_eq!(row["fix"]["certain"], true);
    assert_eq!(row["fix"]["start"]["column"], 9);
    let sarif = run(folder.path(), &["check", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_slice(&sarif.stdout).expect("one log");
    let change = &log["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], SET);
    let replacement = &change["replacements"][0];
    assert_eq!(replacement["deletedRegion"]["startColumn"], 9);
    assert_eq!(replacement["deletedRegion"]["endColumn"], 14);
    assert_eq!(replacement["insertedContent"]["text"], "human");
}
