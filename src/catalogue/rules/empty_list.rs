//! `empty-list`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "empty-list",
    severity: Severity::Error,
    explain: "A list that says nothing: a measure without a phase or a practice can be neither planned nor checked.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, what: &str) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("{what}")).label("empty")
}
