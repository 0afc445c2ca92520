//! `bad-keyword`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "bad-keyword",
    severity: Severity::Error,
    explain: "A word of `keywords:` is empty, stands in the list twice, or holds a semicolon or a \
              line break. Keywords are words under which a record is searched, one an entry; in \
              tables they stand in one cell, divided by semicolons.",
    bad: Example {
        files: &[(
            "content/threats.yaml",
            "\
- id: data-loss
  title: Loss of data
  group: System failure
  text: A wrong command destroys data.
- id: ransomware
  title: Ransomware
  group: Malicious action
  text: Somebody encrypts the systems and asks for money.
  keywords: [extortion, Extortion]
",
        )],
        path: "content/threats.yaml",
        marks: "Extortion",
    },
    good: Good::Change(
        "keywords: [extortion, Extortion]",
        "keywords: [extortion, blackmail]",
    ),
};

pub(crate) fn empty(place: &SourceLocation) -> Diagnostic {
    Diagnostic::new(&RULE, place, "a keyword is empty")
        .label("no word")
        .help("write the word, or take the entry out")
        .mends_without_item()
}

/// `first` is the place of the same keyword before.
pub(crate) fn twice(place: &SourceLocation, first: &SourceLocation, word: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("the keyword `{word}` is repeated"))
        .label("the second time")
        .related(first, "the first time")
        .help("take one of them out: capitals make no difference to a search")
        .mends_without_item()
}

pub(crate) fn divided(place: &SourceLocation, word: &str) -> Diagnostic {
    let shown = word.escape_debug();
    Diagnostic::new(
        &RULE,
        place,
        format!("the keyword `{shown}` is not one word or phrase"),
    )
    .label("holds a semicolon or a line break")
    .help("make each an entry of its own: `[one, another]`")
}
