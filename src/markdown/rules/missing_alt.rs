//! `missing-alt`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-alt",
    severity: Severity::Error,
    explain: "An image has no words between its brackets. They are read to people who can't see \
              it, and shown where it does not load (WCAG 2.2, 1.1.1). Say what the image shows \
              that the text does not.",
    bad: Example {
        files: &[
            (
                "content/guide/hosting.md",
                "\
---
title: Hosting
summary: Where the systems run.
---

![](zones.svg)
",
            ),
            (
                "content/guide/zones.svg",
                r#"<svg xmlns="http://www.w3.org/2000/svg"/>
"#,
            ),
        ],
        path: "content/guide/hosting.md",
        marks: "![](zones.svg)",
    },
    good: Good::Change(
        "![](zones.svg)",
        "![Three zones with a firewall between each two](zones.svg)",
    ),
};

pub(crate) fn report(place: &SourceLocation) -> Diagnostic {
    Diagnostic::new(&RULE, place, "this image has no alternative text").help(
        "write what it shows between the brackets: `![A ward’s network in three zones](zones.png)`",
    )
}
