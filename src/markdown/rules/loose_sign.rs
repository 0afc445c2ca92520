//! `loose-sign`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::markdown::LooseSign;
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "loose-sign",
    severity: Severity::Warning,
    explain: "A sign was meant as mark-up, and begins or ends none: `##` without a blank, `**` or \
              a backtick on one side only, code that nothing closes, a row of a table apart from \
              its head. Readers would see the sign, and behind an open fence the rest of the page \
              as code. Where the sign itself is meant, put a backslash before it, or the words into \
              backticks.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

Copies are **never kept in one place.
",
        )],
        path: "content/guide/hosting.md",
        marks: "**",
    },
    good: Good::Change(
        "Copies are **never kept in one place.",
        "Copies are **never** kept in one place.",
    ),
};

pub(crate) fn report(place: &SourceLocation, kind: &LooseSign) -> Diagnostic {
    Diagnostic::new(&RULE, place, kind.what)
        .label(kind.becomes)
        .help(kind.instead)
}
