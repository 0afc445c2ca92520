//! `unresolved-link`.

use crate::diagnostic::{Certainty, Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unresolved-link",
    severity: Severity::Error,
    explain: "A link in double square brackets leads to nothing. It takes the id of a measure, a \
              practice, a use case, a threat, a framework or a term; for a requirement, the \
              framework, a colon and its id: `[[eucs:CKM-03.1]]`; for a page that is made, `site`, a \
              colon and its address without the ending: `[[site:checklists]]`. A link to a part that \
              `book.toml` hides is no mistake: it is shown as text.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

Copies are kept apart: [[ACME-01.7]].
",
        )],
        path: "content/guide/hosting.md",
        marks: "[[ACME-01.7]]",
    },
    good: Good::Change(
        "Copies are kept apart: [[ACME-01.7]].",
        "Copies are kept apart: [[ACME-01.1]].",
    ),
};

pub(crate) fn report<'a>(
    place: &SourceLocation,
    id: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("there is no record or term `{id}`"))
        .label("leads to nothing")
        .suggest_id(id, known)
}

/// A name that is not an id, and what to write instead.
pub(crate) fn suggest(place: &SourceLocation, id: &str, instead: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("there is no record or term `{id}`"))
        .label("leads to nothing")
        .help(format!("did you mean `{instead}`?"))
        .mends_word(&format!("[[{id}]]"), instead, Certainty::Suggested)
}
