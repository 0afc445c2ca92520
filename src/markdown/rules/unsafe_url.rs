//! `unsafe-url`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unsafe-url",
    severity: Severity::Error,
    explain: "A link whose scheme can run code in the reader's browser or leads to nothing that a reader can open.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, scheme: &str) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("a link with the scheme `{scheme}`"))
        .label("not a scheme that is safe to follow")
        .help("use https, http, mailto or tel, or a path to a file of the book")
}
