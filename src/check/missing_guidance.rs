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

pub(super) fn check(catalogue: &Catalogue, found: &mut Vec<Diagnostic>) {
    for measure in &catalogue.measures {
        let file = measure
            .place
            .path
            .rsplit_once('.')
            .map_or_else(String::new, |(stem, _)| format!("{stem}.md"));
        let lost = catalogue.unparsed.contains(file.as_str());
        if !lost
            && measure
                .guidance
                .as_ref()
                .is_none_or(|it| it.prose.is_empty())
        {
            let what = format!("`{}` has no guidance", measure.id);
            let it = match &measure.guidance {
                Some(it) => Diagnostic::at(&RULE, &start(&it.path), what)
                    .label("nothing stands here")
                    .help("write how it is done, beginning with `##`"),
                None => Diagnostic::at(&RULE, &measure.place, what)
                    .label("how is it done?")
                    .help(format!("write {file}")),
            };
            found.push(it.subject(&measure.id));
        }
    }
}

/// The beginning of a file.
fn start(path: &SourcePath) -> SourceLocation {
    SourceLocation {
        path: path.clone(),
        span: Span::default(),
    }
}
