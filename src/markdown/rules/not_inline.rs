//! `not-inline`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "not-inline",
    severity: Severity::Error,
    explain: "Texts in YAML are Markdown without blocks: emphasis, code and links. A list, a heading or a table has no place on the line where such a text is shown.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, what: &str) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("{what} where one run of prose belongs"))
        .label("only emphasis, code and links stand here")
        .help("put a backslash before the sign that starts it, or move the text to the Markdown file beside this one")
}
