//! `empty-list`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "empty-list",
    severity: Severity::Error,
    explain: "A list that must hold something is empty. A measure without a practice can't be \
              checked, one without a phase can't be planned, and a framework without kinds has no \
              tree.",
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
phases: []
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
        marks: "[]",
    },
    good: Good::Change("phases: []", "phases: [operate]"),
};

pub(crate) fn report(place: &SourceLocation, what: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, what)
        .label("empty")
        .help("add an entry")
}
