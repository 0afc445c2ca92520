//! `second-title`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "second-title",
    severity: Severity::Error,
    explain: "A page has one heading of level 1: its title, which comes from the record or the front matter.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place) -> Diagnostic {
    Diagnostic::at(&RULE, place, "a heading of level 1 in a text")
        .label("the page has its title already")
        .help("begin with `##`")
}
