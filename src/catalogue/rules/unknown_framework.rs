//! `unknown-framework`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-framework",
    severity: Severity::Error,
    explain: "A reference to a framework that the book does not have. A framework is a folder in \
              `frameworks/` with a `framework.yaml`, and the folder’s name is its id.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
cites: exampel
---

Our baseline asks for copies.
",
        )],
        path: "content/guide/hosting.md",
        marks: "exampel",
    },
    good: Good::Change("cites: exampel", "cites: example"),
};

pub(crate) fn report<'a>(
    place: &SourceLocation,
    id: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("there is no framework `{id}`"))
        .label("unknown framework")
        .suggest_id(id, known)
}
