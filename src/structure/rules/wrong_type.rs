//! `wrong-type`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "wrong-type",
    severity: Severity::Error,
    explain: "A value of another type than the key takes, such as a text where a list belongs.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, wanted: &str, found: &str) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("expected {wanted}, found {found}"))
        .label(format!("should be {wanted}"))
}
