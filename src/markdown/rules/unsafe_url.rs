//! `unsafe-url`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unsafe-url",
    severity: Severity::Error,
    explain: "The link’s scheme can run code in the reader’s browser, or leads to nothing that a \
              reader can open. Links begin with `https`, `http`, `mailto` or `tel`, or are paths \
              to files of the book.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

See [the plan](file:///srv/plan.pdf).
",
        )],
        path: "content/guide/hosting.md",
        marks: "[the plan](file:///srv/plan.pdf)",
    },
    good: Good::Change(
        "See [the plan](file:///srv/plan.pdf).",
        "See [the plan](https://example.org/plan.pdf).",
    ),
};

pub(crate) fn report(place: &SourceLocation, scheme: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        place,
        format!("the scheme `{scheme}` is not allowed in a link"),
    )
    .label("not safe to follow")
    .help("use https, http, mailto or tel, or a path to a file of the book")
}
