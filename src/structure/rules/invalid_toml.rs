//! `invalid-toml`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "invalid-toml",
    severity: Severity::Error,
    explain: "`book.toml` can't be read as TOML. Texts stand in quotes, tables in square brackets, \
              lists too, with commas between their items. What could be read of the file still \
              counts; all else has its default.",
    bad: Example {
        files: &[(
            "book.toml",
            "\
[book]
title = ACME controls
",
        )],
        path: "book.toml",
        marks: "ACME controls",
    },
    good: Good::Change("title = ACME controls", r#"title = "ACME controls""#),
};

pub(crate) fn report(location: &SourceLocation, what: &str) -> Diagnostic {
    Diagnostic::new(&RULE, location, format!("this is not valid TOML: {what}"))
}
