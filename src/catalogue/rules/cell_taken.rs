//! `cell-taken`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "cell-taken",
    severity: Severity::Error,
    explain: "Two boxes of a data flow stand in the same cell, so that one would hide the other.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, other: &str) -> Diagnostic {
    Diagnostic::at(&RULE, place, "two boxes stand in one cell of the grid")
        .label(format!("taken by `{other}`"))
        .help("columns and rows count from 1; give each box a cell of its own")
}
