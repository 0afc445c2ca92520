//! `unknown-value`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-value",
    severity: Severity::Error,
    explain: "A key takes one of a few words, and this is none of them.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, word: &str, known: &[String]) -> Diagnostic {
    Diagnostic::at(
        &RULE,
        place,
        format!("`{word}` is not one of the words that are known here"),
    )
    .label("unknown word")
    .suggest(word, known.iter().map(|it| (it.as_str(), "")))
    .help(format!("known words: {}", known.join(", ")))
}
