//! `malformed-address`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "malformed-address",
    severity: Severity::Error,
    explain: "A link looks like an address that leads out of the site, and leads nowhere: a scheme \
              without a host as in `https:about.html`, a mail address without a name, a host \
              without a scheme, or a path on one computer. Write the whole address, or the path \
              to a file of the book without a scheme.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

See [who keeps it](https:about.md).
",
        )],
        path: "content/guide/hosting.md",
        marks: "[who keeps it](https:about.md)",
    },
    good: Good::Change(
        "See [who keeps it](https:about.md).",
        "See [who keeps it](about.md).",
    ),
};

pub(crate) fn report(place: &SourceLocation, help: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, "this is not a valid address")
        .label("leads nowhere")
        .help(help)
}
