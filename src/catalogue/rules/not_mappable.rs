//! `not-mappable`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "not-mappable",
    severity: Severity::Error,
    explain: "A mapping leads to a node whose kind the framework does not declare `mappable`: a whole category or chapter says too little.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, id: &str, kind: &str, below: &[&str]) -> Diagnostic {
    {
        let it = Diagnostic::at(
            &RULE,
            place,
            format!("`{id}` is a {kind}, and no mapping leads to a {kind}"),
        )
        .label(format!("a {kind}"));
        if below.is_empty() {
            it
        } else {
            it.help(format!("under it stand {}", below.join(", ")))
        }
    }
}
