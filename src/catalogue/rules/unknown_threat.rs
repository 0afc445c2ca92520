//! `unknown-threat`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-threat",
    severity: Severity::Error,
    explain: "A reference to a threat that `threats.yaml` does not have. Correct the id, or \
              describe the threat there.",
    bad: Example {
        files: &[(
            "content/use-cases/web-shop.yaml",
            "\
id: web-shop
title: Web shop
summary: Customers order and pay on a website.
mark: square
threats:
  - { threat: ransomwear, because: One stolen password stops the shop. }
",
        )],
        path: "content/use-cases/web-shop.yaml",
        marks: "ransomwear",
    },
    good: Good::Files(&[(
        "content/use-cases/web-shop.yaml",
        "\
id: web-shop
title: Web shop
summary: Customers order and pay on a website.
mark: square
threats:
  - { threat: ransomware, because: One stolen password stops the shop. }
",
    )]),
};

pub(crate) fn report<'a>(
    place: &SourceLocation,
    id: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("there is no threat `{id}`"))
        .label("unknown threat")
        .suggest_id(id, known)
}
