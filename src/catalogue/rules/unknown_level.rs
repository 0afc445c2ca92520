//! `unknown-level`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-level",
    severity: Severity::Error,
    explain: "A node names a level of assurance that the `levels:` of its `framework.yaml` do not \
              list. Readers filter by level, and would never find the node.",
    bad: Example {
        files: &[(
            "content/frameworks/example/A.yaml",
            "\
id: A
title: Continuity
nodes:
  - id: A-01
    title: Back-ups
    nodes:
      - { id: A-01.1, level: basic, summary: The provider copies customer data. }
      - { id: A-01.2, level: hihg, summary: The provider tests the restore. }
",
        )],
        path: "content/frameworks/example/A.yaml",
        marks: "hihg",
    },
    good: Good::Change(
        "- { id: A-01.2, level: hihg, summary: The provider tests the restore. }",
        "- { id: A-01.2, level: high, summary: The provider tests the restore. }",
    ),
};

pub(crate) fn report<'a>(
    place: &SourceLocation,
    id: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("there is no level `{id}`"))
        .label("unknown level")
        .suggest_id(id, known)
}
