//! `version-differs`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "version-differs",
    severity: Severity::Error,
    explain: "A set of mappings states the version that was read. It must be the version of the framework in the book.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, version: &str, right: &str) -> Diagnostic {
    Diagnostic::at(
        &RULE,
        place,
        format!("the set is made for version `{version}`, the framework here is `{right}`"),
    )
    .label(format!("should be `{right}`"))
    .help("review each mapping against the new version before you change this")
}
