//! `invalid-yaml`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "invalid-yaml",
    severity: Severity::Error,
    explain: "The file can't be read as YAML. The parser stops at the first such place, so that \
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
    good: &[(
        "content/glossary.yaml",
        r#"- term: back-up
  text: "A back-up: kept apart from the original."
- term: recovery point
  text: How much work may be lost, as a time.
  see: [back-up]
"#,
    )],
};

pub(crate) fn at(place: &Place, what: &str) -> Diagnostic {
    let it = Diagnostic::at(&RULE, place, format!("this is not valid YAML: {what}"))
        .label("reading stops here");
    if what.starts_with("mapping values") {
        it.help("a text with a colon and a blank in it stands in quotes; keys of one map begin in one column")
    } else {
        it
    }
}

/// A tab where only blanks may stand.
pub(crate) fn tab(place: &Place) -> Diagnostic {
    Diagnostic::at(
        &RULE,
        place,
        "this is not valid YAML: a tab stands where a line is indented",
    )
    .label("a tab")
    .help("indent with blanks")
}
