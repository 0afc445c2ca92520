//! `zone-crossed`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "zone-crossed",
    severity: Severity::Warning,
    explain: "A zone of a data flow can't be framed: between its boxes on the grid stands a box of \
              another zone or of none, or the area of another zone. The picture is drawn without \
              the frame, and the zone's name stands in its boxes. Move boxes, so that those of a \
              zone fill an area of their own.",
    bad: Example {
        files: &[(
            "content/use-cases/web-shop.yaml",
            "\
id: web-shop
title: Web shop
summary: Customers order and pay on a website.
mark: square
zones:
  - { id: provider, title: Provider }
nodes:
  - { id: shop, title: Shop, zone: provider, at: [1, 1] }
  - { id: customer, title: Customer, at: [2, 1] }
  - { id: orders, title: Order store, zone: provider, at: [3, 1] }
flows:
  - { from: shop, to: orders, text: Every order., measures: [ACME-01] }
",
        )],
        path: "content/use-cases/web-shop.yaml",
        marks: "provider",
    },
    good: Good::Change(
        "  - { id: shop, title: Shop, zone: provider, at: [1, 1] }\n  - { id: customer, title: Customer, at: [2, 1] }",
        "  - { id: customer, title: Customer, at: [1, 1] }\n  - { id: shop, title: Shop, zone: provider, at: [2, 1] }",
    ),
};

pub(crate) fn report(
    place: &SourceLocation,
    other: &str,
    other_place: &SourceLocation,
) -> Diagnostic {
    Diagnostic::new(&RULE, place, "this zone overlaps another box or zone")
        .label(format!("`{other}` is between its boxes"))
        .related(other_place, "the box or zone in between")
        .help("move boxes on the grid, so that those of a zone fill an area of their own")
}
