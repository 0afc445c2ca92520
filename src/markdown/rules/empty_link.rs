//! `empty-link`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "empty-link",
    severity: Severity::Error,
    explain: "A link has no words between its brackets, or no address behind them. Without words \
              nobody sees it, and a reader by ear hears an address (WCAG 2.2, 2.4.4); without an \
              address it leads nowhere.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

The provider is named: [](about.md).
",
        )],
        path: "content/guide/hosting.md",
        marks: "[](about.md)",
    },
    good: Good::Change(
        "The provider is named: [](about.md).",
        "The provider is named: [who keeps this catalogue](about.md).",
    ),
};

/// A link without words.
pub(crate) fn missing_text(place: &SourceLocation) -> Diagnostic {
    Diagnostic::new(&RULE, place, "this link has no text")
        .label("invisible")
        .help("write it between the brackets: `[where the systems run](hosting.md)`")
}

/// A link or a picture without an address.
pub(crate) fn missing_address(place: &SourceLocation) -> Diagnostic {
    Diagnostic::new(&RULE, place, "this link has no address")
        .label("leads nowhere")
        .help("write it between the brackets: `(hosting.md)`, or `(#back-ups)` for a heading of this page")
}
