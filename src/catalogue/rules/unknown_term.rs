//! `unknown-term`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-term",
    severity: Severity::Error,
    explain: "A term’s `see:` names a term that `glossary.yaml` does not have, neither as `term:` \
              nor under `also:`.",
    bad: Example {
        files: &[(
            "content/glossary.yaml",
            "\
- term: back-up
  text: A copy of data, kept apart from the original.
- term: recovery point
  text: How much work may be lost, as a time.
  see: [back-ups]
",
        )],
        path: "content/glossary.yaml",
        marks: "back-ups",
    },
    good: Good::Change("see: [back-ups]", "see: [back-up]"),
};

pub(crate) fn report<'a>(
    place: &SourceLocation,
    id: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("there is no term `{id}`"))
        .label("unknown term")
        .suggest_id(id, known)
}
