//! `wrong-style`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "wrong-style",
    severity: Severity::Error,
    explain: "A set is of one style. Set theory compares two statements: `equal`, `subset-of`, `superset-of`, `intersects-with`, from a practice. Law is supported: `supports`, with a `property`. See NIST IR 8477.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, word: &str, style: &str, known: &str) -> Diagnostic {
    Diagnostic::at(
        &RULE,
        place,
        format!("`{word}` does not belong to a set in the style `{style}`"),
    )
    .label("of another style")
    .help(format!("in this style: {known}"))
}
