//! `not-inline`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "not-inline",
    severity: Severity::Error,
    explain: "A text in YAML is one run of Markdown: emphasis, code and links. It is shown in a \
              line, a table’s cell or a search result, where a list, a heading or a second \
              paragraph has no place. Put a backslash before the sign that starts the block, or \
              move the text to the Markdown file beside the record.",
    bad: Example {
        files: &[(
            "content/glossary.yaml",
            r#"- term: back-up
  text: "- A copy of data"
- term: recovery point
  text: How much work may be lost, as a time.
  see: [back-up]
"#,
        )],
        path: "content/glossary.yaml",
        marks: "- A copy of data",
    },
    good: Good::Change(
        r#"text: "- A copy of data""#,
        "text: A copy of data, kept apart from the original.",
    ),
};

pub(crate) fn report(place: &SourceLocation, what: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("{what} is not allowed in a text of one paragraph"))
        .label("only emphasis, code and links are allowed here")
        .help("put a backslash before the sign that begins it, or move the text to the Markdown file beside this one")
}
