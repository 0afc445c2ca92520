//! `unknown-value`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-value",
    severity: Severity::Error,
    explain: "The key takes one of a few words, and this is none of them. The help lists the \
              words; they are written in lower case, with hyphens.",
    bad: Example {
        files: &[(
            "content/use-cases/web-shop.yaml",
            "\
id: web-shop
title: Web shop
summary: Customers order and pay on a website.
mark: sqare
",
        )],
        path: "content/use-cases/web-shop.yaml",
        marks: "sqare",
    },
    good: Good::Change("mark: sqare", "mark: square"),
};

pub(crate) fn report(location: &SourceLocation, word: &str, known: &[String]) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        location,
        format!("`{word}` is not one of the words that are known here"),
    )
    .label("unknown word")
    .suggest_word(word, known.iter().map(|it| (it.as_str(), "")))
    .help(format!("known words: {}", known.join(", ")))
}
