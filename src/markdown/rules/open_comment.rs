//! `open-comment`.

use crate::diagnostic::{Certainty, Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "open-comment",
    severity: Severity::Error,
    explain: "A comment has no end, so that all that follows in the text would be left out with it, \
              or the comment would be shown. Comments, `<!-- … -->`, are notes from author to \
              author: they are never published.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

One data centre.

<!-- Ask the provider where the other one is.

Another for the back-ups.
",
        )],
        path: "content/guide/hosting.md",
        marks: "<!-- Ask the provider where the other one is.",
    },
    good: Good::Change(
        "<!-- Ask the provider where the other one is.",
        "<!-- Ask the provider where the other one is. -->",
    ),
};

pub(crate) fn report(place: &SourceLocation) -> Diagnostic {
    Diagnostic::new(&RULE, place, "this comment has no end")
        .label("begins here")
        .mends_wrapped("", "", " -->", Certainty::Suggested)
        .help("write `-->` after its last word; to show the sign, write `\\<!--` or put it into backticks")
}
