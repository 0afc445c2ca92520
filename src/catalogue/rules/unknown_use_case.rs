//! `unknown-use-case`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-use-case",
    severity: Severity::Error,
    explain: "A reference to a use case that has no file in `use-cases/`. The id is the file’s \
              name without its ending.",
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
    essential-for: [webshop]
  - id: ACME-01.2
    text: One system is restored each year.
    by: shared
    evidence: The minutes of the last restore.
use-cases:
  web-shop: { relevance: essential, because: An order exists nowhere else. }
",
        )],
        path: "content/measures/ACME-01.yaml",
        marks: "webshop",
    },
    good: Good::Change("essential-for: [webshop]", "essential-for: [web-shop]"),
};

pub(crate) fn report<'a>(
    place: &SourceLocation,
    id: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("there is no use case `{id}`"))
        .label("unknown use case")
        .suggest_id(id, known)
}
