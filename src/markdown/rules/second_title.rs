//! `second-title`.

use crate::diagnostic::{Certainty, Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "second-title",
    severity: Severity::Error,
    explain: "A text has a heading of level 1. A page has one such heading, its title, which comes \
              from the record or the front matter; with a second one, people who listen to the \
              page lose its outline. Begin with `##`.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

# Data centres

There are two.
",
        )],
        path: "content/guide/hosting.md",
        marks: "# Data centres",
    },
    good: Good::Change("# Data centres", "## Data centres"),
};

pub(crate) fn report(place: &SourceLocation) -> Diagnostic {
    Diagnostic::new(&RULE, place, "a heading of level 1 is not allowed here")
        .label("the title is the only heading of level 1")
        .help("begin with `##`")
        .mends_wrapped("# ", "## ", "", Certainty::Suggested)
}
