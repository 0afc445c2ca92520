//! `unknown-anchor`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-anchor",
    severity: Severity::Error,
    explain: "A link to an anchor that its page does not have. Anchors are the words of headings, in lower case with hyphens, and the ids of practices and requirements.",
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
    Diagnostic::at(&RULE, place, format!("there is no anchor `{id}`"))
        .label("no such anchor")
        .suggest(id, known)
}
