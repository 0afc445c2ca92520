//! `missing-reason`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-reason",
    severity: Severity::Error,
    explain: "A claim stands without its reason: a mapping, a gap, a relevance, a relation between \
              measures, a risk or a threat’s weight. Readers argue with reasons, not with ratings. \
              Add `because:` with a sentence that fits this pair and no other.",
    bad: Example {
        files: &[(
            "content/use-cases/web-shop.yaml",
            "\
id: web-shop
title: Web shop
summary: Customers order and pay on a website.
mark: square
risks:
  - { factor: availability, impact: high }
",
        )],
        path: "content/use-cases/web-shop.yaml",
        marks: "availability",
    },
    good: &[(
        "content/use-cases/web-shop.yaml",
        "\
id: web-shop
title: Web shop
summary: Customers order and pay on a website.
mark: square
risks:
  - { factor: availability, impact: high, because: Nobody buys meanwhile. }
",
    )],
};

pub(crate) fn at(place: &Place, what: &str, subject: &str) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("{what} has no reason"))
        .label("why?")
        .help("add `because:` with a sentence that fits this pair and no other")
        .subject(subject)
}
