//! `unknown-practice`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-practice",
    severity: Severity::Error,
    explain: "A mapping starts from a practice that its measure does not have. A mapping file \
              speaks for one measure, so each mapping names one of that measure’s practices; in a \
              supportive set, it may name the measure itself.",
    bad: Example {
        files: &[(
            "content/mappings/example/ACME-01.yaml",
            "\
measure: ACME-01
mappings:
  - from: ACME-01.11
    to: A-01.1
    relation: intersects-with
    because: Both ask for regular copies; the practice adds an alarm.
",
        )],
        path: "content/mappings/example/ACME-01.yaml",
        marks: "ACME-01.11",
    },
    good: Good::Change("- from: ACME-01.11", "- from: ACME-01.1"),
};

pub(crate) fn report<'a>(
    place: &SourceLocation,
    id: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("there is no practice `{id}`"))
        .label("unknown practice")
        .suggest_id(id, known)
}

/// A whole measure in a set that only takes practices.
pub(crate) fn whole_measure<'a>(
    place: &SourceLocation,
    id: &str,
    practices: impl Iterator<Item = (&'a str, &'a str)>,
) -> Diagnostic {
    let practices: Vec<_> = practices.map(|(id, _)| format!("`{id}`")).collect();
    let message = "a whole measure is possible in a supportive set only";
    let diagnostic = Diagnostic::new(&RULE, place, message).label("a measure, not a practice");
    if practices.is_empty() {
        return diagnostic.help(format!("`{id}` has no practice yet"));
    }
    let practices = practices.join(", ");
    diagnostic.help(format!(
        "name the practice on which the mapping rests: {practices}"
    ))
}

/// A practice of another measure than the file's.
pub(crate) fn of_another(
    place: &SourceLocation,
    id: &str,
    measure: &str,
    folder: &str,
) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("`{id}` is a practice of `{measure}`"))
        .label("of another measure")
        .help(format!("write its mappings in {folder}{measure}.yaml"))
}
