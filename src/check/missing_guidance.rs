//! `missing-guidance`.

use crate::catalogue::Catalogue;
use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::{SourceLocation, SourcePath, Span};

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-guidance",
    severity: Severity::Warning,
    explain: "A measure says what to do and not how: the Markdown file of the same name beside it \
              is absent or empty. Write it: why the measure matters, how it is done, what goes \
              wrong.",
    bad: Example {
        files: &[("content/measures/ACME-01.md", "\n")],
        path: "content/measures/ACME-01.md",
        marks: "",
    },
    good: Good::Files(&[(
        "content/measures/ACME-01.md",
        "\
## How to do it

List every data store with its owner.
",
    )]),
};

pub(super) fn check(catalogue: &Catalogue, diagnostics: &mut Vec<Diagnostic>) {
    for measure in &catalogue.measures {
        let file = measure
            .place
            .path
            .rsplit_once('.')
            .map_or_else(String::new, |(stem, _)| format!("{stem}.md"));
        let is_unparsed = catalogue.unparsed.contains(file.as_str());
        let guidance = measure.guidance.as_ref();
        if !is_unparsed && guidance.is_none_or(|it| it.prose.is_empty()) {
            let message = format!("`{}` has no guidance", measure.id);
            let diagnostic = match guidance {
                Some(guidance) => Diagnostic::new(&RULE, &start_of(&guidance.path), message)
                    .label("empty")
                    .help("write how it is done, beginning with `##`"),
                None => Diagnostic::new(&RULE, &measure.place, message)
                    .label("how is it done?")
                    .help(format!("write {file}")),
            };
            diagnostics.push(diagnostic.subject(&measure.id));
        }
    }
}

/// The start of a file.
fn start_of(path: &SourcePath) -> SourceLocation {
    SourceLocation {
        path: path.clone(),
        span: Span::default(),
    }
}
