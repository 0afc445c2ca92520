//! `wrong-type`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "wrong-type",
    severity: Severity::Error,
    explain: "A value is of another type than its key takes, such as a text where a list belongs. \
              A list is written `[one, two]`, or with a hyphen before each item on a line of its \
              own.",
    bad: Example {
        files: &[(
            "content/glossary.yaml",
            "\
- term: back-up
  text: A copy of data, kept apart from the original.
- term: recovery point
  text: How much work may be lost, as a time.
  see: back-up
",
        )],
        path: "content/glossary.yaml",
        marks: "back-up",
    },
    good: &[(
        "content/glossary.yaml",
        "\
- term: back-up
  text: A copy of data, kept apart from the original.
- term: recovery point
  text: How much work may be lost, as a time.
  see: [back-up]
",
    )],
};

pub(crate) fn at(place: &Place, wanted: &str, found: &str) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("expected {wanted}, found {found}"))
        .label(format!("should be {wanted}"))
}
