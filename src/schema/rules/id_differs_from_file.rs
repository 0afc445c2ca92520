//! `id-differs-from-file`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "id-differs-from-file",
    severity: Severity::Error,
    explain: "A record's id equals the name of its file, so that either leads to the other.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, id: &str, wanted: &str) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("the file is named `{wanted}` and the record `{id}`"))
        .label(format!("should be `{wanted}`"))
        .help("ids are permanent: rename the file rather than the record, if the record has been published")
}
