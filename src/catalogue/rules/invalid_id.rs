//! `invalid-id`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "invalid-id",
    severity: Severity::Error,
    explain: "Ids become file names and anchors, so they hold only letters, digits, dots, hyphens, underscores and round brackets.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, id: &str) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("`{}` can’t be an id", id.escape_debug()))
        .label("letters, digits, `.`, `-`, `_` and round brackets only")
        .help("an id is part of an address: keep it short, at most 64 characters, and begin it with a letter or a digit")
}
