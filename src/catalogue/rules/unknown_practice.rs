//! `unknown-practice`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-practice",
    severity: Severity::Error,
    explain: "A mapping starts from a practice that its measure does not have. A mapping file \
              speaks for one measure, so each mapping names one of that measure’s practices; in a \
              supportive set, it may name the measure itself.",
    bad: Example {
        files: &[(
            "content/mappings/example/ACME-01.yaml",
            "\
measure: ACME-01
mappings:
  - from: ACME-01.11
    to: A-01.1
    relation: intersects-with
    because: Both ask for regular copies; the practice adds an alarm.
",
        )],
        path: "content/mappings/example/ACME-01.yaml",
        marks: "ACME-01.11",
    },
    good: &[(
        "content/mappings/example/ACME-01.yaml",
        "\
measure: ACME-01
mappings:
  - from: ACME-01.1
    to: A-01.1
    relation: intersects-with
    because: Both ask for regular copies; the practice adds an alarm.
",
    )],
};

pub(crate) fn at<'a>(
    place: &Place,
    id: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("there is no practice `{id}`"))
        .label("unknown practice")
        .suggest(id, known)
}
