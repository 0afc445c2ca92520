//! `too-few`.

use crate::catalogue::{Catalogue, NodeIx};
use crate::config::{BOOK_TOML, Config, value_location};
use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::{SourcePath, Sources};

/// The rule.
pub static RULE: Rule = Rule {
    code: "too-few",
    severity: Severity::Error,
    explain: "The book holds less than `[checks.at-least]` in `book.toml` states, so the build \
              fails: a folder that was moved, or a merge that went wrong, must not publish an \
              empty catalogue. If records were taken out on purpose, lower the number. It is \
              looked at once nothing else is an error.",
    bad: Example {
        files: &[(
            "book.toml",
            "\
[checks.at-least]
measures = 20
",
        )],
        path: "book.toml",
        marks: "20",
    },
    good: Good::Change("measures = 20", "measures = 1"),
};

pub(crate) fn check(catalogue: &Catalogue, config: &Config, sources: &Sources) -> Vec<Diagnostic> {
    let path: SourcePath = BOOK_TOML.into();
    let text = sources.text(&path).unwrap_or_default();
    let least = config.checks.at_least;
    let requirements = (0..catalogue.nodes.len())
        .filter(|index| catalogue.kind_of(NodeIx::new(*index)).mappable)
        .count();
    let counts = [
        ("measures", least.measures, catalogue.measures.len()),
        ("mappings", least.mappings, catalogue.mappings.len()),
        ("requirements", least.requirements, requirements),
    ];
    let too_low = counts.into_iter().filter(|(_, least, count)| count < least);
    too_low
        .map(|(kind, least, count)| {
            let place = value_location(&path, text, &["checks", "at-least", kind]);
            let message = format!("the book has {count} of at least {least} {kind}");
            Diagnostic::new(&RULE, &place, message)
                .label(format!("only {count}"))
                .help("if records were taken out on purpose, lower the number")
        })
        .collect()
}
