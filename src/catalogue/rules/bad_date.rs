//! `bad-date`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;
use crate::structure::date::with_date_help;

/// The rule.
pub static RULE: Rule = Rule {
    code: "bad-date",
    severity: Severity::Error,
    explain: "A date does not exist, or is not written as year, month and day: `2026-06-03`. \
              Readers rely on it to know how old a statement of law is.",
    bad: Example {
        files: &[(
            "content/frameworks/example/framework.yaml",
            r#"id: example
name: EXB
title: Example baseline
version: "1.0"
status: { state: in-force, as-of: "2026-02-30" }
levels: [basic, high]
kinds:
  - { name: chapter, page: true }
  - { name: control, page: true }
  - { name: requirement, mappable: true }
"#,
        )],
        path: "content/frameworks/example/framework.yaml",
        marks: "\"2026-02-30\"",
    },
    good: Good::Change(
        r#"status: { state: in-force, as-of: "2026-02-30" }"#,
        r#"status: { state: in-force, as-of: "2026-02-28" }"#,
    ),
};

pub(crate) fn report(place: &SourceLocation, text: &str) -> Diagnostic {
    let message = format!("`{text}` is not a valid date");
    let diagnostic = Diagnostic::new(&RULE, place, message).label("year, month, day");
    with_date_help(diagnostic, text)
}
