//! `practice-id-differs`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity, certain_if, is_spelt_like};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "practice-id-differs",
    severity: Severity::Error,
    explain: "A practice’s id is its measure’s id, a dot and a number. Readers find the measure by \
              it, and a practice that keeps another measure’s id after a move is cited under the \
              wrong one. A practice that moves gets a new number in its new measure; the old number \
              stays unused.",
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
  - id: ACME-07.2
    text: The contract states how the copies are deleted.
    by: customer
    evidence: The clause in the contract.
use-cases:
  web-shop: { relevance: essential, because: An order exists nowhere else. }
",
        )],
        path: "content/measures/ACME-01.yaml",
        marks: "ACME-07.2",
    },
    good: Good::Change(
        "    evidence: The minutes of the last restore.\n  - id: ACME-07.2\n    text: The contract states how the copies are deleted.\n    by: customer\n    evidence: The clause in the contract.",
        "    evidence: The minutes of the last restore.",
    ),
};

/// `free` is a number that no other practice of the measure has.
pub(crate) fn report(place: &SourceLocation, id: &str, measure: &str, free: u64) -> Diagnostic {
    let right = format!("{measure}.{free}");
    Diagnostic::new(
        &RULE,
        place,
        format!("`{id}` is not an id for a practice of `{measure}`"),
    )
    .label(format!("should be `{measure}.` and a number"))
    .help(format!("`{right}` is free"))
    .mends_word(id, &right, certain_if(is_spelt_like(id, &right)))
    .subject(measure)
}
