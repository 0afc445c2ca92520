//! `nested-heading`.

use crate::diagnostic::{Certainty, Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "nested-heading",
    severity: Severity::Warning,
    explain: "A heading stands inside a quotation, a list, a definition or a note. It would begin a \
              section of the page in the middle of another block, so its words are shown in bold, \
              without an anchor. Put it before the block, or write `**words**`.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

> ## Data centres
>
> There are two.
",
        )],
        path: "content/guide/hosting.md",
        marks: "## Data centres",
    },
    good: Good::Change("> ## Data centres\n>", "## Data centres\n"),
};

pub(crate) fn report(place: &SourceLocation) -> Diagnostic {
    Diagnostic::new(&RULE, place, "this heading is inside another block")
        .label("shown as words in bold, without an anchor")
        .mends_wrapped("## ", "**", "**", Certainty::Suggested)
        .help("put it before the block, or write `**words**`; a number sign at the start of a line is `\\#`")
}
