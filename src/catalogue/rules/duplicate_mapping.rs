//! `duplicate-mapping`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "duplicate-mapping",
    severity: Severity::Error,
    explain: "The same practice is mapped to the same requirement twice. Two relations between one \
              pair contradict each other: keep the one that holds, with its reason.",
    bad: Example {
        files: &[(
            "content/mappings/example/ACME-01.yaml",
            "\
measure: ACME-01
mappings:
  - from: ACME-01.1
    to: A-01.1
    relation: intersects-with
    because: Both ask for regular copies; the practice adds an alarm.
  - from: ACME-01.1
    to: A-01.1
    relation: superset-of
    because: The practice asks for all that the requirement asks for.
",
        )],
        path: "content/mappings/example/ACME-01.yaml",
        marks: "A-01.1",
    },
    good: Good::Files(&[(
        "content/mappings/example/ACME-01.yaml",
        "\
measure: ACME-01
mappings:
  - from: ACME-01.1
    to: A-01.1
    relation: intersects-with
    because: Both ask for regular copies; the practice adds an alarm.
",
    )]),
};

/// `first` and `second` are the requirement where the two mappings name it.
pub(crate) fn report(
    second: &SourceLocation,
    first: &SourceLocation,
    from: &str,
    to: &str,
) -> Diagnostic {
    Diagnostic::new(&RULE, second, format!("`{from}` is mapped to `{to}` twice"))
        .label("the second time")
        .related(first, "the first time")
        .help("keep the relation that holds, with its reason")
}
