//! `invalid-yaml`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "invalid-yaml",
    severity: Severity::Error,
    explain: "The file can't be read as YAML. The parser stops at the first such place, so the mistake stands at the mark or shortly before it. Common causes: a tab, a missing quote around a text with `: ` in it, a list item at the wrong depth.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, what: &str) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("this is not valid YAML: {what}"))
}
