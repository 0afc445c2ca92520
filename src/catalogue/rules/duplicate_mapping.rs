//! `duplicate-mapping`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "duplicate-mapping",
    severity: Severity::Error,
    explain: "The same practice is mapped to the same requirement twice. Two relations between one pair contradict each other.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, from: &str, to: &str) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("`{from}` is mapped to `{to}` twice"))
        .label("the second time")
        .help("keep the relation that holds, with its reason")
}
