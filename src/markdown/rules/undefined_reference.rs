//! `undefined-reference`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "undefined-reference",
    severity: Severity::Error,
    explain: "The text refers to an address or a note by a name that has none: `[the plan][plan]` \
              without a line `[plan]: address`, `[^note]` without a line `[^note]: words`. It would \
              be shown with its brackets. Words in brackets alone, such as `[sic]`, are words.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

One data centre, as [the plan][plan] says.
",
        )],
        path: "content/guide/hosting.md",
        marks: "[the plan][plan]",
    },
    good: Good::Files(&[(
        "content/guide/hosting.md",
        "\
---
title: Hosting
summary: Where the systems run.
---

One data centre, as [the plan][plan] says.[^1]

[plan]: https://example.org/plan
[^1]: Of last year.
",
    )]),
};

pub(crate) fn missing_definition(place: &SourceLocation, label: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("the reference `[{label}]` has no address"))
        .label("shown with its brackets")
        .help(format!(
            "write `[{label}]: address` on a line of its own, or the address at once: `[words](address)`"
        ))
        .help("where brackets are meant, put a backslash before the first: `\\[`")
}

pub(crate) fn missing_note(place: &SourceLocation, name: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("the note `[^{name}]` does not exist"))
        .label("shown with its brackets")
        .help(format!(
            "write `[^{name}]: words` as a paragraph of the same text; a text in YAML has no notes"
        ))
        .help("where brackets are meant, put a backslash before the first: `\\[`")
}
