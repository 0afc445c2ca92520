//! `version-differs`.

use crate::diagnostic::{Certainty, Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "version-differs",
    severity: Severity::Error,
    explain: "A set of mappings states the version that its authors read, and it is not the \
              version of the framework in the book. After an update, review each mapping against \
              the new text; then change the version.",
    bad: Example {
        files: &[(
            "content/mappings/example/set.yaml",
            r#"framework: example
version: "0.9"
style: set-theory
rationale: semantic
method: human
"#,
        )],
        path: "content/mappings/example/set.yaml",
        marks: "\"0.9\"",
    },
    good: Good::Change(r#"version: "0.9""#, r#"version: "1.0""#),
};

pub(crate) fn report(place: &SourceLocation, version: &str, right: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        place,
        format!("the set is made for version `{version}`, the framework here is `{right}`"),
    )
    .label(format!("should be `{right}`"))
    .help("review each mapping against the new version before you change this")
    .mends_word(version, right, Certainty::Suggested)
}
