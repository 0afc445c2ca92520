//! `unknown-box`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-box",
    severity: Severity::Error,
    explain: "A flow or an asset names a box that the use case does not have, or a box names a \
              zone that it does not have. Boxes stand under `nodes:`, zones under `zones:`, in the \
              same file.",
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
  - { from: shop, to: order, text: Every order., measures: [ACME-01] }
",
        )],
        path: "content/use-cases/web-shop.yaml",
        marks: "order",
    },
    good: Good::Change(
        "- { from: shop, to: order, text: Every order., measures: [ACME-01] }",
        "- { from: shop, to: orders, text: Every order., measures: [ACME-01] }",
    ),
};

pub(crate) fn report<'a>(
    place: &SourceLocation,
    id: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("there is no box or zone `{id}`"))
        .label("unknown in this use case")
        .suggest_id(id, known)
}
