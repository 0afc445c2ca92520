//! `unknown-group`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-group",
    severity: Severity::Error,
    explain: "A measure names a group that `measures/groups.yaml` does not have, so that it would \
              stand in no list. Correct the id, or add the group there.",
    bad: Example {
        files: &[(
            "content/measures/ACME-01.yaml",
            "\
id: ACME-01
title: Keep back-ups
summary: Copies of all data are made daily and restored for practice.
group: recovery
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
use-cases:
  web-shop: { relevance: essential, because: An order exists nowhere else. }
",
        )],
        path: "content/measures/ACME-01.yaml",
        marks: "recovery",
    },
    good: Good::Change("group: recovery", "group: recover"),
};

pub(crate) fn report<'a>(
    place: &SourceLocation,
    id: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        place,
        format!("there is no group of measures `{id}`"),
    )
    .label("unknown group")
    .suggest_id(id, known)
}
