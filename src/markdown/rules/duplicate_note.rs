//! `duplicate-note`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "duplicate-note",
    severity: Severity::Error,
    explain: "Two footnotes of a text have one name, also where they differ in capitals only. Each \
              reference leads to the first, and nothing to the second.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

One data centre[^a] and its back-up.[^A]

[^a]: In the north.

[^A]: In the south.
",
        )],
        path: "content/guide/hosting.md",
        marks: "[^A]:",
    },
    good: Good::Files(&[(
        "content/guide/hosting.md",
        "\
---
title: Hosting
summary: Where the systems run.
---

One data centre[^a] and its back-up.[^b]

[^a]: In the north.

[^b]: In the south.
",
    )]),
};

pub(crate) fn report(place: &SourceLocation, name: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("the note `{name}` is defined twice"))
        .label("not shown: each reference leads to the first")
        .help("give it a name of its own")
}
