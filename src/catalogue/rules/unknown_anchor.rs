//! `unknown-anchor`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-anchor",
    severity: Severity::Error,
    explain: "A link leads to an anchor that its page does not have. Anchors are the words of \
              headings in lower case with hyphens, the ids of practices, threats and terms, and \
              what the page's template prints where the page shows it. To lead to a requirement, \
              write its id in double brackets.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

See [the method](about.md#how-mappings-are-made).
",
        )],
        path: "content/guide/hosting.md",
        marks: "[the method](about.md#how-mappings-are-made)",
    },
    good: Good::Change(
        "See [the method](about.md#how-mappings-are-made).",
        "See [the method](about.md#how-mappings-are-judged).",
    ),
};

pub(crate) fn report<'a>(
    place: &SourceLocation,
    id: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Diagnostic {
    if id.is_empty() {
        return Diagnostic::new(&RULE, place, "there is no anchor after the `#`")
            .label("no anchor")
            .help("write the anchor, or take the `#` away");
    }
    Diagnostic::new(&RULE, place, format!("there is no anchor `{id}`"))
        .label("no such anchor")
        .suggest_behind("#", id, known)
}

/// An anchor without a file, in a text that has no page of its own.
pub(crate) fn nowhere(place: &SourceLocation, id: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("there is no anchor `{id}`"))
        .label("on which page?")
        .help(format!(
            "several pages may show this text: write the path to the file before it, as in `../guide/about.md#{id}`"
        ))
}
