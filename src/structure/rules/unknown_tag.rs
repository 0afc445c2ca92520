//! `unknown-tag`.

use crate::diagnostic::{Certainty, Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-tag",
    severity: Severity::Error,
    explain: "A value has a tag of YAML that means nothing here, such as `!include`: no file is \
              read in its location, and editors refuse it. Write the value itself. Known are the tags \
              of YAML’s core schema: `!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, `!!seq` and \
              `!!map`.",
    bad: Example {
        files: &[(
            "content/glossary.yaml",
            "\
- term: back-up
  text: !include back-up.txt
- term: recovery point
  text: How much work may be lost, as a time.
  see: [back-up]
",
        )],
        path: "content/glossary.yaml",
        marks: "!include",
    },
    good: Good::Change(
        "text: !include back-up.txt",
        "text: !!str A copy of data, kept apart from the original.",
    ),
};

pub(crate) fn report(location: &SourceLocation, tag: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &RULE,
        location,
        format!("the tag `{tag}` means nothing here"),
    )
    .label("no tag of YAML’s core schema");
    if tag.contains("include") {
        diagnostic.help("write the value itself: no file is read in its place")
    } else {
        diagnostic
            .help("write the value without it")
            .mends_whole("", Certainty::Suggested)
    }
}
