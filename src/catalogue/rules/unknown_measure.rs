//! `unknown-measure`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-measure",
    severity: Severity::Error,
    explain: "A reference to a measure that has no file in `measures/`.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at<'a>(
    place: &Place,
    id: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("there is no measure `{id}`"))
        .label("unknown measure")
        .suggest(id, known)
}
