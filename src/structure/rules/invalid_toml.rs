//! `invalid-toml`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "invalid-toml",
    severity: Severity::Error,
    explain: "`book.toml` can't be read as TOML. Texts stand in quotes, tables in square brackets.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, what: &str) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("this is not valid TOML: {what}"))
}
