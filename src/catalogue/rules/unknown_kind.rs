//! `unknown-kind`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-kind",
    severity: Severity::Error,
    explain: "A node names a kind that the `kinds:` of its `framework.yaml` do not list, or stands \
              deeper in the tree than the last of them. The kind says how a node is cited, and \
              whether it has a page and can be mapped.",
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
      - { id: A-01.2, kind: requirment, level: high, summary: The provider tests the restore. }
",
        )],
        path: "content/frameworks/example/A.yaml",
        marks: "requirment",
    },
    good: Good::Change(
        "- { id: A-01.2, kind: requirment, level: high, summary: The provider tests the restore. }",
        "- { id: A-01.2, kind: requirement, level: high, summary: The provider tests the restore. }",
    ),
};

pub(crate) fn report<'a>(
    place: &SourceLocation,
    id: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("there is no kind of node `{id}`"))
        .label("unknown kind")
        .suggest_id(id, known)
}

/// A node below the last kind.
pub(crate) fn too_deep(place: &SourceLocation, id: &str, deepest: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        place,
        format!("`{id}` is below a {deepest}, the last kind of its framework"),
    )
    .label("too deep")
    .help("add a kind at the end of `kinds` in `framework.yaml`, or move the node up")
}
