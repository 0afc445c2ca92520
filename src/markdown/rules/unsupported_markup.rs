//! `unsupported-markup`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::markdown::unsupported::Unsupported;
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unsupported-markup",
    severity: Severity::Warning,
    explain: "The mark-up of another program stands in a text, and nothing here renders it: formulas, \
              diagrams as code, boxes, tabs, attributes, template tags and the like. Readers would \
              see its signs. What to write instead of each stands in the manual, under \
              *Writing*; code, between backticks or in a block, is never looked at.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

!!! warning
    One data centre only.
",
        )],
        path: "content/guide/hosting.md",
        marks: "!!! warning",
    },
    good: Good::Change(
        "!!! warning\n    One data centre only.",
        "> [!WARNING]\n> One data centre only.",
    ),
};

pub(crate) fn report(place: &SourceLocation, what: &Unsupported) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("{} is not supported", what.what))
        .label("shown as it is written")
        .help(what.instead)
}
