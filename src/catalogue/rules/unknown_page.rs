//! `unknown-page`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-page",
    severity: Severity::Error,
    explain: "A link leads to a file that the book does not have. A link is a path from the file \
              in which it stands: from `guide/about.md`, the measures are at `../measures/`.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

See [who keeps it](abuot.md).
",
        )],
        path: "content/guide/hosting.md",
        marks: "[who keeps it](abuot.md)",
    },
    good: &[(
        "content/guide/hosting.md",
        "\
---
title: Hosting
summary: Where the systems run.
---

See [who keeps it](about.md).
",
    )],
};

pub(crate) fn at<'a>(
    place: &Place,
    id: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("there is no file `{id}`"))
        .label("no such file")
        .suggest(id, known)
}
