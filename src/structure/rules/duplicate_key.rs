//! `duplicate-key`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "duplicate-key",
    severity: Severity::Error,
    explain: "The same key stands twice in one map, so that one of the two values would be lost. \
              Keep one, or join them in a list where the key takes one.",
    bad: Example {
        files: &[(
            "content/glossary.yaml",
            "\
- term: back-up
  text: A copy of data.
  text: It is kept apart from the original.
",
        )],
        path: "content/glossary.yaml",
        marks: "text",
    },
    good: Good::Files(&[(
        "content/glossary.yaml",
        "\
- term: back-up
  text: A copy of data, kept apart from the original.
",
    )]),
};

pub(crate) fn report(location: &SourceLocation, key: &str, first: &SourceLocation) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        location,
        format!("the key `{key}` stands twice in this map"),
    )
    .label("the second time")
    .related(first, "the first time")
    .help("keep one of the two")
}
