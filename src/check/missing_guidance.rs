//! `missing-guidance`.

use crate::catalogue::Catalogue;
use crate::diagnostic::{Diagnostic, Example, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-guidance",
    severity: Severity::Warning,
    explain: "A measure says what to do and not how: the Markdown file of the same name beside it \
              is absent or empty. Write it: why the measure matters, how it is done, what goes \
              wrong.",
    bad: Example {
        files: &[("content/measures/ACME-01.md", "\n")],
        path: "content/measures/ACME-01.yaml",
        marks: "ACME-01",
    },
    good: &[(
        "content/measures/ACME-01.md",
        "\
## How to do it

List every data store with its owner.
",
    )],
};

pub(super) fn check(catalogue: &Catalogue, found: &mut Vec<Diagnostic>) {
    for measure in &catalogue.measures {
        let file = measure
            .place
            .path
            .rsplit_once('.')
            .map_or_else(String::new, |(stem, _)| format!("{stem}.md"));
        let lost = catalogue.lost.contains(file.as_str());
        if !lost
            && measure
                .guidance
                .as_ref()
                .is_none_or(|it| it.prose.is_empty())
        {
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
