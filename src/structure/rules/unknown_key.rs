//! `unknown-key`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-key",
    severity: Severity::Error,
    explain: "A key that this kind of file does not have. It would be ignored, and what its author \
              meant would be lost, so it is an error. Correct its spelling or move it to the map \
              where it belongs; the help lists the keys that are known here.",
    bad: Example {
        files: &[(
            "content/glossary.yaml",
            "\
- term: back-up
  text: A copy of data, kept apart from the original.
- term: recovery point
  text: How much work may be lost, as a time.
  se: [back-up]
",
        )],
        path: "content/glossary.yaml",
        marks: "se",
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

pub(crate) fn at(place: &Place, key: &str, known: &[&str]) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("there is no key `{key}` here"))
        .label("unknown key")
        .suggest(key, known.iter().map(|it| (*it, "")))
        .help(format!("known keys: {}", known.join(", ")))
}
