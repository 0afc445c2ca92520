//! `missing-guidance`.

use crate::catalogue::Catalogue;
use crate::diagnostic::{Diagnostic, Example, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-guidance",
    severity: Severity::Warning,
    explain: "A measure without guidance says what to do and not how. Write the Markdown file of the same name beside its YAML file.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(super) fn check(catalogue: &Catalogue, found: &mut Vec<Diagnostic>) {
    for measure in &catalogue.measures {
        if measure
            .guidance
            .as_ref()
            .is_none_or(|it| it.prose.is_empty())
        {
            let file = measure.place.path.replace(".yaml", ".md");
            let it = Diagnostic::at(
                &RULE,
                &measure.place,
                format!("`{}` has no guidance", measure.id),
            )
            .label("how is it done?")
            .help(format!("write {file}"))
            .subject(&measure.id);
            found.push(it);
        }
    }
}
