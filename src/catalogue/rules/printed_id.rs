//! `printed-id`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "printed-id",
    severity: Severity::Error,
    explain: "The official text misprints an identifier. The book uses the right one; search finds both.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, id: &str, right: &str) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("`{id}` is a misprint of `{right}`"))
        .label("as printed in the official text")
        .help(format!(
            "write `{right}`; readers who search for `{id}` still find it"
        ))
}
