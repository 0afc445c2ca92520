//! `wrong-style`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "wrong-style",
    severity: Severity::Error,
    explain: "A set is of one style (NIST IR 8477). In `set-theory`, two statements are compared, \
              from a practice: `equal`, `subset-of`, `superset-of`, `intersects-with`. In \
              `supportive`, made for law, a practice or a measure `supports` a duty, with a \
              `property:`. Use a relation of the set’s style, or change the style of the whole \
              set.",
    bad: Example {
        files: &[(
            "content/mappings/example/ACME-01.yaml",
            "\
measure: ACME-01
mappings:
  - from: ACME-01.1
    to: A-01.1
    relation: supports
    because: Both ask for regular copies; the practice adds an alarm.
",
        )],
        path: "content/mappings/example/ACME-01.yaml",
        marks: "supports",
    },
    good: Good::Change("relation: supports", "relation: intersects-with"),
};

pub(crate) fn report(place: &SourceLocation, word: &str, style: &str, known: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        place,
        format!("`{word}` does not belong to a set in the style `{style}`"),
    )
    .label("of another style")
    .help(format!("in this style: {known}"))
}
