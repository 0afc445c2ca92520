//! `unknown-key`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-key",
    severity: Severity::Error,
    explain: "A key that this kind of file does not have. It would be ignored, and what its author meant would be lost; so it is an error.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, key: &str, known: &[&str]) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("there is no key `{key}` here"))
        .label("unknown key")
        .suggest(key, known.iter().map(|it| (*it, "")))
        .help(format!("known keys: {}", known.join(", ")))
}
