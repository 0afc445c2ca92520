//! `front-matter-missing`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "front-matter-missing",
    severity: Severity::Error,
    explain: "A page has to begin with its front matter: a line of three hyphens, `title:` and \
              `summary:`, and another line of three hyphens. Without it, the page has no name in \
              lists, in search and in the browser’s tab.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
Our systems run in two data centres.
",
        )],
        path: "content/guide/hosting.md",
        marks: "Our systems run in two data centres.",
    },
    good: Good::Files(&[(
        "content/guide/hosting.md",
        "\
---
title: Hosting
summary: Where the systems run.
---

Our systems run in two data centres.
",
    )]),
};

pub(crate) fn report(location: &SourceLocation) -> Diagnostic {
    Diagnostic::new(&RULE, location, "the page has no front matter")
        .label("should begin with `---`")
        .help(
            "begin the file with a line `---`, then `title: …` and `summary: …`, then a line `---`",
        )
}

/// Reports front matter without its closing line.
pub(crate) fn unclosed(location: &SourceLocation) -> Diagnostic {
    Diagnostic::new(&RULE, location, "the front matter does not end")
        .label("begins here")
        .help("put a line `---` between the front matter and the text")
}
