//! `printed-id`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity, certain_if};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "printed-id",
    severity: Severity::Error,
    explain: "The official text misprints this identifier, and the framework’s file says so under \
              `printed`. The book uses the right one, so that each requirement has one name; \
              readers who search for the misprint still find it.",
    bad: Example {
        files: &[
            (
                "content/frameworks/example/A.yaml",
                "\
id: A
title: Continuity
nodes:
  - id: A-01
    title: Back-ups
    nodes:
      - { id: A-01.1, level: basic, summary: The provider copies customer data. }
      - { id: A-01.2, printed: A-02.1, level: high, summary: The provider tests the restore. }
",
            ),
            (
                "content/mappings/example/ACME-01.yaml",
                "\
measure: ACME-01
mappings:
  - from: ACME-01.1
    to: A-02.1
    relation: intersects-with
    because: Both ask for regular copies; the practice adds an alarm.
",
            ),
        ],
        path: "content/mappings/example/ACME-01.yaml",
        marks: "A-02.1",
    },
    good: Good::Change("to: A-02.1", "to: A-01.2"),
};

/// `rights` are the identifiers that are so misprinted.
pub(crate) fn report(place: &SourceLocation, id: &str, rights: &[String]) -> Diagnostic {
    let right = rights.first().map_or("", String::as_str);
    Diagnostic::new(&RULE, place, format!("`{id}` is a misprint of `{right}`"))
        .label("as printed in the official text")
        .help(format!(
            "write `{right}`; readers who search for `{id}` still find it"
        ))
        .mends_word(id, right, certain_if(rights.len() == 1))
}
