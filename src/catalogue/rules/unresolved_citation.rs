//! `unresolved-citation`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unresolved-citation",
    severity: Severity::Error,
    explain: "A text cites something that the framework does not have. A wrong citation sends the \
              reader to the wrong duty: look the identifier up. A citation is read with all that \
              could go on it: `A-01.1a`, `A-01.1 (9)`, `Art. 32(1) lit. f`. It leads where the whole \
              of it leads, never where a part of it does; each item of a list and both ends of a \
              range lead somewhere by themselves. Capitals, kinds of hyphens, blanks and noughts \
              before a number count for nothing, unless two identifiers differ by them only. If the \
              sentence speaks of another edition or another text, name it beside the citation and \
              list that name under `[markdown] instruments` in `book.toml`.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

The copies answer EXB A-01.7.
",
        )],
        path: "content/guide/hosting.md",
        marks: "A-01.7",
    },
    good: Good::Change(
        "The copies answer EXB A-01.7.",
        "The copies answer EXB A-01.1.",
    ),
};

pub(crate) fn report<'a>(
    place: &SourceLocation,
    id: &str,
    name: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("{name} has no `{id}`"))
        .label("cited here")
        .suggest_id(id, known)
}

/// A citation that could be of several, none of which is spelled so.
pub(crate) fn several(
    place: &SourceLocation,
    words: &str,
    name: &str,
    ids: &[String],
) -> Diagnostic {
    let ids: Vec<_> = ids.iter().map(|it| format!("`{it}`")).collect();
    let message = format!("`{words}` of {name} could be {}", ids.join(" or "));
    Diagnostic::new(&RULE, place, message)
        .label("cited here")
        .help("spell it as the framework does, with its hyphens, dots and brackets")
}
