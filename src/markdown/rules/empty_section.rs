//! `empty-section`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "empty-section",
    severity: Severity::Error,
    explain: "A heading promises something to read. Nothing follows before the next one.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, title: &str) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("nothing stands under “{title}”"))
        .label("empty section")
        .help("write the section, or take its heading away")
}
