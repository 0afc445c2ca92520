//! `duplicate-key`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "duplicate-key",
    severity: Severity::Error,
    explain: "The same key stands twice in one map; one of the two values would be lost.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, key: &str) -> Diagnostic {
    Diagnostic::at(
        &RULE,
        place,
        format!("the key `{key}` stands twice in this map"),
    )
    .label("the second time")
    .help("keep one of the two")
}
