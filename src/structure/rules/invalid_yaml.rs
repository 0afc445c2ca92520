//! `invalid-yaml`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "invalid-yaml",
    severity: Severity::Error,
    explain: "The file can't be read as YAML. The parser stops at the first such location, so that \
              the mistake stands at the mark or shortly before it. Common causes are a text with \
              `: ` or ` #` in it that is not in quotes, a tab, and a list item at the wrong depth. \
              Put the text in quotes, or indent with blanks.",
    bad: Example {
        files: &[(
            "content/glossary.yaml",
            "\
- term: back-up
  text: A back-up: kept apart from the original.
- term: recovery point
  text: How much work may be lost, as a time.
  see: [back-up]
",
        )],
        path: "content/glossary.yaml",
        marks: ":",
    },
    good: Good::Change(
        "text: A back-up: kept apart from the original.",
        r#"text: "A back-up: kept apart from the original.""#,
    ),
};

pub(crate) fn report(location: &SourceLocation, what: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, location, format!("this is not valid YAML: {what}"))
        .label("reading stops here");
    let says = |words: &[&str]| words.iter().any(|it| what.contains(it));
    if says(&["mapping values"]) {
        diagnostic.help("a text with a colon and a blank in it stands in quotes; keys of one map begin in one column")
    } else if says(&["did not find expected key"]) {
        diagnostic.help("keys of one map begin in one column; a text in quotes ends with its quote")
    } else if says(&[
        "unknown anchor",
        "unexpected character",
        "cannot start any token",
    ]) {
        diagnostic.help("a text that begins with a sign such as `*`, `&`, `@`, `%` or a backtick stands in quotes")
    } else if says(&["illegal placement of ':'", "flow"]) {
        diagnostic.help("a list or map that `[` or `{` opens above is not closed; a text that begins with one stands in quotes")
    } else {
        diagnostic
    }
}

/// A tab in the indentation of a line.
pub(crate) fn tab(location: &SourceLocation) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        location,
        "this is not valid YAML: a tab stands where a line is indented",
    )
    .label("a tab")
    .help("indent with blanks")
}
