//! `unknown-framework`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-framework",
    severity: Severity::Error,
    explain: "A reference to a framework that has no folder with a `framework.yaml` in `frameworks/`.",
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
    Diagnostic::at(&RULE, place, format!("there is no framework `{id}`"))
        .label("unknown framework")
        .suggest(id, known)
}
