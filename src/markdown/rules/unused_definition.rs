//! `unused-definition`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unused-definition",
    severity: Severity::Warning,
    explain: "Nothing refers to a note, or to an address with a name, so that no reader sees it. \
              Refer to it, `[^note]` or `[words][name]`, or take it out. What only authors are to \
              read stands in a comment: `<!-- words -->`.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

One data centre.

[^second]: The second one opens in May.
",
        )],
        path: "content/guide/hosting.md",
        marks: "[^second]:",
    },
    good: Good::Change("One data centre.", "One data centre.[^second]"),
};

pub(crate) fn unused_note(place: &SourceLocation, name: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("the note `{name}` is not used"))
        .label("not shown")
        .help(format!(
            "write `[^{name}]` where it belongs, or take it out"
        ))
        .mends_without_line()
}

pub(crate) fn unused_address(place: &SourceLocation, label: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        place,
        format!("the address `[{label}]` is not used"),
    )
    .label("not shown")
    .help(format!(
        "write `[words][{label}]` where it belongs, or take it out; put a backslash before `[` if it is a sentence"
    ))
    .mends_without_line()
}
