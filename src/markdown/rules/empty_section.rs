//! `empty-section`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "empty-section",
    severity: Severity::Error,
    explain: "A heading promises something to read, and nothing follows before the next one of its \
              level or above. Write the section, or take its heading away until it is written.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

## Data centres

## Back-ups

They are kept elsewhere.
",
        )],
        path: "content/guide/hosting.md",
        marks: "## Data centres",
    },
    good: Good::Files(&[(
        "content/guide/hosting.md",
        "\
---
title: Hosting
summary: Where the systems run.
---

## Data centres

There are two.

## Back-ups

They are kept elsewhere.
",
    )]),
};

pub(crate) fn report(place: &SourceLocation, title: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("the section “{title}” is empty"))
        .label("nothing follows this heading")
        .help("write the section, or take its heading away")
}
