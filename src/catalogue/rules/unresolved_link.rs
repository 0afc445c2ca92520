//! `unresolved-link`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unresolved-link",
    severity: Severity::Error,
    explain: "A link in double square brackets that leads to nothing: it takes the id of a measure, a practice, a use case, a threat, or a framework, a colon and an id: `[[eucs:CKM-03.1]]`.",
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
    Diagnostic::at(&RULE, place, format!("there is no thing called `{id}`"))
        .label("leads to nothing")
        .suggest(id, known)
}
