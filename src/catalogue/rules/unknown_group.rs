//! `unknown-group`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-group",
    severity: Severity::Error,
    explain: "A measure names a group that `measures/groups.yaml` does not have, so it would stand in no list.",
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
    Diagnostic::at(
        &RULE,
        place,
        format!("there is no group of measures `{id}`"),
    )
    .label("unknown group")
    .suggest(id, known)
}
