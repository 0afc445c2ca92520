//! `unknown-level`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-level",
    severity: Severity::Error,
    explain: "A node names a level that its `framework.yaml` does not list.",
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
    Diagnostic::at(&RULE, place, format!("there is no level `{id}`"))
        .label("unknown level")
        .suggest(id, known)
}
