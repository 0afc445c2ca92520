//! `missing-relevance`.

use crate::catalogue::Catalogue;
use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-relevance",
    severity: Severity::Error,
    explain: "A measure says nothing on one of the use cases. Its reader can't tell whether it was \
              judged and found light, or forgotten. Add the use case under `use-cases:` with \
              `relevance:` and `because:`.",
    bad: Example {
        files: &[(
            "content/measures/ACME-01.yaml",
            "\
id: ACME-01
title: Keep back-ups
summary: Copies of all data are made daily and restored for practice.
group: recover
responsibility: provider
kind: technical
phases: [operate]
practices:
  - id: ACME-01.1
    text: A copy of every data store is made each day.
    by: provider
    evidence: The log of the last thirty days.
  - id: ACME-01.2
    text: One system is restored each year.
    by: shared
    evidence: The minutes of the last restore.
",
        )],
        path: "content/measures/ACME-01.yaml",
        marks: "ACME-01",
    },
    good: Good::Change(
        "    evidence: The minutes of the last restore.",
        "    evidence: The minutes of the last restore.\nuse-cases:\n  web-shop: { relevance: essential, because: An order exists nowhere else. }",
    ),
};

pub(super) fn check(catalogue: &Catalogue, diagnostics: &mut Vec<Diagnostic>) {
    for measure in &catalogue.measures {
        for (position, use_case) in catalogue.use_cases.iter().enumerate() {
            let mut judged = measure.relevance.iter().map(|(ix, ..)| ix.index());
            if !judged.any(|it| it == position) {
                let diagnostic = Diagnostic::new(
                    &RULE,
                    &measure.relevance_place,
                    format!("`{}` says nothing on {}", measure.id, use_case.title),
                )
                .label("how relevant is it there, and why?")
                .help(format!(
                    "under `use-cases`: `{}: {{ relevance: important, because: … }}`",
                    use_case.id
                ))
                .subject(&measure.id);
                diagnostics.push(diagnostic);
            }
        }
    }
}
