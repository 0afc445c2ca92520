//! `unknown-kind`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-kind",
    severity: Severity::Error,
    explain: "A node names a kind that its `framework.yaml` does not list, or stands deeper than the last kind.",
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
    Diagnostic::at(&RULE, place, format!("there is no kind of node `{id}`"))
        .label("unknown kind")
        .suggest(id, known)
}
