//! `bad-date`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "bad-date",
    severity: Severity::Error,
    explain: "Dates are written as ISO 8601 has them, and must exist.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, text: &str) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("`{text}` is no date"))
        .label("year, month, day")
        .help("write it as `2026-06-03`")
}
