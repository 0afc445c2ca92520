//! `unknown-key`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity, nearest};
use crate::source::SourceLocation;

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
    good: Good::Change("se: [back-up]", "see: [back-up]"),
};

/// `given` are the keys that the map has: none of them can be written twice.
pub(crate) fn report(
    location: &SourceLocation,
    key: &str,
    known: &[&str],
    given: &[&str],
) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, location, format!("there is no key `{key}` here"))
        .label("unknown key")
        .suggest_word(key, known.iter().map(|it| (*it, "")));
    let is_given = nearest(key, known.iter().map(|it| (*it, "")))
        .is_some_and(|(near, _)| given.contains(&near));
    let diagnostic = if is_given {
        diagnostic.mends_nothing()
    } else {
        diagnostic
    };
    diagnostic.help(format!("known keys: {}", known.join(", ")))
}
