//! `ambiguous-citation`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "ambiguous-citation",
    severity: Severity::Error,
    explain: "A bare citation that could be of several texts. It is linked only where it is \
              certain whose it is: the framework’s name stands beside it, the text belongs to the \
              framework or to its mappings, or the page’s front matter says `cites:`. Beside the \
              name of a text that is not in the book, it is left alone. Digits and dots alone are a \
              citation beside their framework’s name only; where such a number may as well count \
              something or be the framework’s version, the text must say which.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

The copies answer A-01.1.
",
        )],
        path: "content/guide/hosting.md",
        marks: "A-01.1",
    },
    good: Good::Change(
        "The copies answer A-01.1.",
        "The copies answer A-01.1 of the Example baseline.",
    ),
};

pub(crate) fn report(place: &SourceLocation, words: &str, names: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("it is not certain whose `{words}` is meant"))
        .label("of which framework?")
        .help(format!("put its name beside it ({names}), or write a link in double brackets"))
        .help("if it is of a law or standard that is not in the book, name it beside, and list the name under `[markdown] instruments` in `book.toml`")
}

/// A number beside a framework's name that may cite, count or be the version.
pub(crate) fn number(place: &SourceLocation, words: &str, name: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("it is not certain whether `{words}` cites {name} or is a number of something"))
        .label("a citation?")
        .help(format!("if it cites {name}, write a link in double brackets or a word such as “Requirement” before it"))
        .help("if not, put another word between it and the name")
}
