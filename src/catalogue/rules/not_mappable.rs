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

pub(crate) fn report(place: &SourceLocation, id: &str, kind: &str, below: &[&str]) -> Diagnostic {
    {
        let it = Diagnostic::at(
            &RULE,
            place,
            format!("`{id}` is a {kind}, and no mapping leads to a {kind}"),
        )
        .label(format!("a {kind}"));
        match below {
            [] => it,
            [one] => {
                it.help(format!("under it stands {one}"))
                    .mends_word(id, one, Certainty::Suggested)
            }
            some => it.help(format!("under it stand {}", some.join(", "))),
        }
    }
}
