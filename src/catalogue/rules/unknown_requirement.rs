//! `unknown-requirement`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-requirement",
    severity: Severity::Error,
    explain: "A reference to a node that the framework does not have, in the version that the book holds.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at<'a>(
    place: &Place,
    id: &str,
    framework: (&str, &str),
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Diagnostic {
    {
        let (name, version) = framework;
        Diagnostic::at(&RULE, place, format!("{name} has no requirement `{id}`"))
            .label(format!("not in {name} {version}"))
            .suggest(id, known)
    }
}
