//! `cell-taken`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "cell-taken",
    severity: Severity::Error,
    explain: "Two boxes of a data flow stand in the same cell of the grid, so that one would hide \
              the other. `at:` is a column and a row, both from 1; give each box a cell of its \
              own.",
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
  - { id: orders, title: Order store, at: [1, 1] }
flows:
  - { from: shop, to: orders, text: Every order., measures: [ACME-01] }
",
        )],
        path: "content/use-cases/web-shop.yaml",
        marks: "[",
    },
    good: Good::Change(
        "- { id: orders, title: Order store, at: [1, 1] }",
        "- { id: orders, title: Order store, at: [2, 1] }",
    ),
};

pub(crate) fn report(place: &SourceLocation, other: &str, first: &SourceLocation) -> Diagnostic {
    Diagnostic::new(&RULE, place, "two boxes are in the same cell of the grid")
        .label(format!("taken by `{other}`"))
        .related(first, "the other box")
        .help("columns and rows count from 1; give each box a cell of its own")
}
