//! `unresolved-citation`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unresolved-citation",
    severity: Severity::Error,
    explain: "A citation in a text of something that the framework does not have. A wrong citation sends the reader to the wrong duty.",
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
    name: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("{name} has no `{id}`"))
        .label("cited here")
        .suggest(id, known)
}
