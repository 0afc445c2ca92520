//! `unknown-measure`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-measure",
    severity: Severity::Error,
    explain: "A reference to a measure that has no file in `measures/`. It is misspelt, or the \
              measure was renamed; ids are permanent so that this does not happen.",
    bad: Example {
        files: &[(
            "content/use-cases/web-shop.yaml",
            "\
id: web-shop
title: Web shop
summary: Customers order and pay on a website.
mark: square
nodes:
  - { id: shop, title: Shop, at: [1, 1] }
  - { id: orders, title: Order store, at: [2, 1] }
flows:
  - { from: shop, to: orders, text: Every order., measures: [ACME-10] }
",
        )],
        path: "content/use-cases/web-shop.yaml",
        marks: "ACME-10",
    },
    good: Good::Change(
        "- { from: shop, to: orders, text: Every order., measures: [ACME-10] }",
        "- { from: shop, to: orders, text: Every order., measures: [ACME-01] }",
    ),
};

pub(crate) fn report<'a>(
    place: &SourceLocation,
    id: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("there is no measure `{id}`"))
        .label("unknown measure")
        .suggest_id(id, known)
}
