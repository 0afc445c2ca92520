//! `duplicate-id`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "duplicate-id",
    severity: Severity::Error,
    explain: "Two records share an id, or ids that differ only in capitals: on some disks their \
              pages would be one file. Every reference to the id would be a guess. Give the newer \
              record another id; a published one is permanent.",
    bad: Example {
        files: &[(
            "content/threats.yaml",
            "\
- id: data-loss
  title: Loss of data
  group: System failure
  text: A wrong command destroys data.
- id: ransomware
  title: Ransomware
  group: Malicious action
  text: Somebody encrypts the systems and asks for money.
- id: data-loss
  title: Lost laptop
  group: Human error
  text: Somebody leaves a laptop on a train.
",
        )],
        path: "content/threats.yaml",
        marks: "data-loss",
    },
    good: Good::Files(&[(
        "content/threats.yaml",
        "\
- id: data-loss
  title: Loss of data
  group: System failure
  text: A wrong command destroys data.
- id: ransomware
  title: Ransomware
  group: Malicious action
  text: Somebody encrypts the systems and asks for money.
- id: lost-laptop
  title: Lost laptop
  group: Human error
  text: Somebody leaves a laptop on a train.
",
    )]),
};

pub(crate) fn report(place: &SourceLocation, id: &str, first: &SourceLocation) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("the id `{id}` is taken"))
        .label("used again here")
        .related(first, "first used here")
        .help(format!("it is first used in {}", first.path))
        .help("ids that differ only in capitals count as one: on some disks their pages would be one file")
}
