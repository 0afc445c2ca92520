//! `missing-relevance`.

use crate::catalogue::Catalogue;
use crate::diagnostic::{Diagnostic, Example, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-relevance",
    severity: Severity::Error,
    explain: "A measure that says nothing on one of the use cases. Its reader could not tell whether it was judged and found light, or forgotten.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(super) fn check(catalogue: &Catalogue, found: &mut Vec<Diagnostic>) {
    for measure in &catalogue.measures {
        for (at, use_case) in catalogue.use_cases.iter().enumerate() {
            if !measure.relevance.iter().any(|(ix, ..)| ix.at() == at) {
                let it = Diagnostic::at(
                    &RULE,
                    &measure.place,
                    format!("`{}` says nothing on {}", measure.id, use_case.title),
                )
                .label("how much does it weigh there, and why?")
                .help(format!(
                    "under `use-cases`: `{}: {{ relevance: important, because: … }}`",
                    use_case.id
                ))
                .subject(&measure.id);
                found.push(it);
            }
        }
    }
}
