//! `not-mappable`.

use crate::diagnostic::{Certainty, Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "not-mappable",
    severity: Severity::Error,
    explain: "A mapping leads to a node whose kind the framework does not declare `mappable`. A \
              whole chapter says too little about what is asked: map the requirements under it for \
              which the reason holds.",
    bad: Example {
        files: &[(
            "content/mappings/example/ACME-01.yaml",
            "\
measure: ACME-01
mappings:
  - from: ACME-01.1
    to: A-01
    relation: intersects-with
    because: Both ask for regular copies; the practice adds an alarm.
",
        )],
        path: "content/mappings/example/ACME-01.yaml",
        marks: "A-01",
    },
    good: Good::Change("to: A-01", "to: A-01.1"),
};

pub(crate) fn report(
    place: &SourceLocation,
    id: &str,
    kind: &str,
    children: &[&str],
) -> Diagnostic {
    let message = format!("`{id}` is a {kind}, and a {kind} can’t be mapped");
    let diagnostic = Diagnostic::new(&RULE, place, message).label(format!("a {kind}"));
    match children {
        [] => diagnostic,
        [child] => {
            let help = format!("below it is {child}");
            diagnostic
                .help(help)
                .mends_word(id, child, Certainty::Suggested)
        }
        several => diagnostic.help(format!("below it are {}", several.join(", "))),
    }
}
