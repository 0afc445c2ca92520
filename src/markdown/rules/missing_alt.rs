//! `missing-alt`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-alt",
    severity: Severity::Error,
    explain: "An image's words are read to people who can't see it, and shown where it does not load (WCAG 2.2, 1.1.1).",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place) -> Diagnostic {
    Diagnostic::at(
        &RULE,
        place,
        "an image without words for those who can’t see it",
    )
    .help("write them between the brackets: `![A ward’s network in three zones](zones.png)`")
}
