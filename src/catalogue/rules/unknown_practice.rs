//! `unknown-practice`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-practice",
    severity: Severity::Error,
    explain: "A reference to a practice that its measure does not have. A mapping file speaks for one measure, so its mappings start from that measure or its practices.",
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
    Diagnostic::at(&RULE, place, format!("there is no practice `{id}`"))
        .label("unknown practice")
        .suggest(id, known)
}
