//! `duplicate-anchor`.

use crate::diagnostic::{Certainty, Diagnostic, Example, Good, Rule, Severity};
use crate::markdown::anchors::AnchorOwner;
use crate::source::{SourceLocation, SourcePath};

/// The rule.
pub static RULE: Rule = Rule {
    code: "duplicate-anchor",
    severity: Severity::Error,
    explain: "Two places of a page would have one anchor, so that a link to it would lead to the \
              first of them: a heading asks with `{#…}` for an anchor that the page or another \
              heading has, or a template of the book or HTML in a text prints one twice. Headings \
              that do not ask for an anchor get one that is free.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

## In Europe {#places}

Two sites.

## Elsewhere {#places}

None.
",
        )],
        path: "content/guide/hosting.md",
        marks: "## Elsewhere {#places}",
    },
    good: Good::Change("## Elsewhere {#places}", "## Elsewhere {#elsewhere}"),
};

/// A heading that asks for what it can't have.
pub(crate) fn of_heading(
    place: &SourceLocation,
    wanted: &str,
    owner: AnchorOwner,
    free: &str,
) -> Diagnostic {
    let why = match owner {
        AnchorOwner::Page => "the page has it for itself",
        AnchorOwner::Heading => "another heading has it",
        AnchorOwner::Parts => {
            "names with a colon are kept for parts of figures and of the printed document"
        }
    };
    Diagnostic::new(
        &RULE,
        place,
        format!("the anchor `{wanted}` is taken: {why}"),
    )
    .label("asks for a taken anchor")
    .help(format!("write `{{#{free}}}`, or leave it out"))
    .mends_word(
        &format!("{{#{wanted}}}"),
        &format!("{{#{free}}}"),
        Certainty::Suggested,
    )
}

/// An anchor that several chapters of the printed document have, by the file to mend.
pub(crate) fn in_document(path: &SourcePath, route: &str, id: &str) -> Diagnostic {
    Diagnostic::of_file(
        &RULE,
        path,
        format!("two chapters of `{route}` have the anchor `{id}`"),
    )
    .help(format!(
        "write `id=\"{{{{ frame.prefix }}}}{id}\"` in the template, and `#{{{{ frame.prefix }}}}{id}` where it leads to it"
    ))
}

/// An anchor that a page prints twice, by the file to mend.
pub(crate) fn on_page(path: &SourcePath, route: &str, id: &str) -> Diagnostic {
    Diagnostic::of_file(
        &RULE,
        path,
        format!("the page `{route}` has the anchor `{id}` twice"),
    )
    .help("give one of both places another `id`")
}
