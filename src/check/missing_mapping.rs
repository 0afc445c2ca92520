//! `missing-mapping`.

use crate::catalogue::{Catalogue, MeasureIx};
use crate::diagnostic::{Diagnostic, Example, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-mapping",
    severity: Severity::Warning,
    explain: "A measure without a mapping to a framework that others are mapped to. Map it, or say in an exception why nothing in the framework answers to it.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(super) fn check(catalogue: &Catalogue, found: &mut Vec<Diagnostic>) {
    for set in &catalogue.sets {
        let framework = catalogue.framework(set.framework);
        let folder = set.path.trim_end_matches("set.yaml");
        for (at, measure) in catalogue.measures.iter().enumerate() {
            let mut mappings = catalogue.mappings_of(MeasureIx::new(at)).iter();
            if !mappings
                .any(|ix| catalogue.set(catalogue.mapping(*ix).set).framework == set.framework)
            {
                let it = Diagnostic::at(
                    &RULE,
                    &measure.place,
                    format!("`{}` has no mapping to {}", measure.id, framework.name),
                )
                .label("to which requirements does it answer?")
                .help(format!("write {folder}{}.yaml", measure.id))
                .subject(&measure.id);
                found.push(it);
            }
        }
    }
}
