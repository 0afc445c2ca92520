//! `raw-html`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "raw-html",
    severity: Severity::Error,
    explain: "HTML stands in a text. It would reach every reader’s browser as it is, with whatever \
              it loads or runs, so it is refused. Write it in Markdown; where HTML is needed and \
              you trust all authors, set `raw-html = true` under `[markdown]` in `book.toml`.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

One data centre.<br>Another for the back-ups.
",
        )],
        path: "content/guide/hosting.md",
        marks: "<br>",
    },
    good: Good::Change(
        "One data centre.<br>Another for the back-ups.",
        r"One data centre.\
Another for the back-ups.",
    ),
};

pub(crate) fn report(place: &SourceLocation) -> Diagnostic {
    Diagnostic::new(&RULE, place, "raw HTML is not allowed here")
        .label("shown as plain text")
        .help("write Markdown; to allow HTML, set `raw-html = true` under `[markdown]` in `book.toml`")
}
