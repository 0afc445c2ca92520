//! `unknown-box`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-box",
    severity: Severity::Error,
    explain: "A flow, an asset or a box of a use case names a box or a zone that the use case does not have.",
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
    Diagnostic::at(&RULE, place, format!("there is no box or zone `{id}`"))
        .label("unknown in this use case")
        .suggest(id, known)
}
