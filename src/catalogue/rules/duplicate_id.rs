//! `duplicate-id`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "duplicate-id",
    severity: Severity::Error,
    explain: "Two records share an id, or differ only in capitals.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, id: &str, first: &Place) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("the id `{id}` is taken"))
        .label("the second of this name")
        .help(format!("the first stands in {}", first.path))
        .help("ids that differ only in capitals count as one: on some disks their pages would be one file")
}
