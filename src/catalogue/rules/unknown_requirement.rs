//! `unknown-requirement`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-requirement",
    severity: Severity::Error,
    explain: "A reference to a node that the framework does not have, in the version that the book \
              holds. Look up the identifier in the official text: a wrong one sends readers to the \
              wrong duty.",
    bad: Example {
        files: &[(
            "content/mappings/example/ACME-01.yaml",
            "\
measure: ACME-01
mappings:
  - from: ACME-01.1
    to: A-01.7
    relation: intersects-with
    because: Both ask for regular copies; the practice adds an alarm.
",
        )],
        path: "content/mappings/example/ACME-01.yaml",
        marks: "A-01.7",
    },
    good: Good::Change("to: A-01.7", "to: A-01.1"),
};

pub(crate) fn report<'a>(
    place: &SourceLocation,
    id: &str,
    framework: (&str, &str),
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Diagnostic {
    let (name, version) = framework;
    Diagnostic::new(&RULE, place, format!("{name} has no requirement `{id}`"))
        .label(format!("not in {name} {version}"))
        .suggest_id(id, known)
}
