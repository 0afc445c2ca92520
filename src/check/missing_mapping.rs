//! `missing-mapping`.

use crate::catalogue::{Catalogue, MeasureIx};
use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::paths::folder_of;

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-mapping",
    severity: Severity::Warning,
    explain: "A measure has no mapping to a framework that has a set of mappings. Its reader can't \
              tell whether nothing answers to it or nobody looked. Map it, or say in an exception \
              of `book.toml` why the framework asks for nothing of the kind.",
    bad: Example {
        files: &[("content/mappings/example/ACME-01.yaml", "")],
        path: "content/measures/ACME-01.yaml",
        marks: "ACME-01",
    },
    good: Good::Files(&[(
        "content/mappings/example/ACME-01.yaml",
        "\
measure: ACME-01
mappings:
  - from: ACME-01.1
    to: A-01.1
    relation: intersects-with
    because: Both ask for regular copies; the practice adds an alarm.
",
    )]),
};

pub(super) fn check(catalogue: &Catalogue, diagnostics: &mut Vec<Diagnostic>) {
    for set in &catalogue.sets {
        let framework = catalogue.framework(set.framework);
        let folder = folder_of(&set.path);
        for (position, measure) in catalogue.measures.iter().enumerate() {
            let ix = MeasureIx::new(position);
            if !set.answered.contains(&ix) {
                let empty = set.empty.get(&ix);
                let help = match empty {
                    Some(_) => "write its mappings, each with its reason".to_owned(),
                    None => format!("write {folder}{}.yaml", measure.id),
                };
                let diagnostic = Diagnostic::new(
                    &RULE,
                    empty.unwrap_or(&measure.place),
                    format!("`{}` has no mapping to {}", measure.id, framework.name),
                )
                .label("to which requirements does it answer?")
                .help(help)
                .subject(&measure.id);
                diagnostics.push(diagnostic);
            }
        }
    }
}
