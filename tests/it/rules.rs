//! Each rule's manual and examples, which are also its tests.

use std::collections::BTreeSet;

use controlbook::diagnostic::{Good, Rule};
use controlbook::rules::{ALL, find};

use crate::book::Book;

/// Rules that no text in a book can show; each has a test of its own.
const WITHOUT_EXAMPLE: [&str; 3] = ["not-utf8", "unreadable-file", "unprintable-name"];

fn shown() -> impl Iterator<Item = &'static Rule> {
    ALL.iter()
        .copied()
        .filter(|rule| !WITHOUT_EXAMPLE.contains(&rule.code))
}

/// The starter book with the good example of a rule.
fn good(rule: &Rule) -> Book {
    let files = rule.good_files().into_iter();
    files.fold(Book::starter(), |book, (path, text)| book.with(path, &text))
}

#[test]
fn the_starter_book_has_no_mistake() {
    Book::starter().reports("");
}

#[test]
fn codes_are_unique_and_kebab_case() {
    let codes: BTreeSet<_> = ALL.iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), ALL.len());
    for code in codes {
        let words: Vec<_> = code.split('-').collect();
        let sound = words.iter().all(|word| {
            !word.is_empty()
                && word
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        });
        assert!(sound, "{code}");
        assert_eq!(find(code).map(|rule| rule.code), Some(code));
    }
}

#[test]
fn every_rule_is_explained() {
    for rule in ALL {
        assert!(
            rule.explain.chars().count() >= 60,
            "{}: {:?}",
            rule.code,
            rule.explain
        );
        assert!(
            rule.explain.ends_with('.'),
            "{}: whole sentences",
            rule.code
        );
    }
}

#[test]
fn every_rule_has_examples() {
    for rule in shown() {
        assert!(
            !rule.bad.files.is_empty(),
            "{} has no bad example",
            rule.code
        );
        let good = rule.good_files();
        assert!(!good.is_empty(), "{} has no good example", rule.code);
        if let Good::Change(old, _) = rule.good {
            let bad = rule.bad.files.iter().find(|it| it.0 == rule.bad.path);
            let count = bad.map_or(0, |(_, text)| text.matches(old).count());
            assert_eq!(count, 1, "{}: `{old}` in the bad example", rule.code);
        }
    }
    for code in WITHOUT_EXAMPLE {
        let rule = find(code).expect("the list names rules");
        assert!(rule.bad.files.is_empty(), "{code} has an example by now");
    }
}

#[test]
fn a_bad_example_shows_its_mistake_and_no_other() {
    let mut wrong = Vec::new();
    for rule in shown() {
        let book = Book::starter().with_all(rule.bad.files);
        let found = book.build().book.diagnostics;
        let seen = found.iter().map(|it| {
            let marked = it
                .span
                .map_or("", |span| &book.text(&it.path)[span.start..span.end]);
            (it.rule.code, it.path.to_string(), marked.to_owned())
        });
        let seen: Vec<_> = seen.collect();
        let expected = (
            rule.code,
            rule.bad.path.to_owned(),
            rule.bad.marks.to_owned(),
        );
        if seen != [expected.clone()] {
            wrong.push(format!(
                "expected {expected:?}\n   found {seen:?}\n{}",
                book.report()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_good_example_has_no_mistake() {
    for rule in shown() {
        let found = good(rule).build().book.diagnostics;
        assert_eq!(found, [], "{}", rule.code);
    }
}
