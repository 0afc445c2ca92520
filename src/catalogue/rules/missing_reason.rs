//! `missing-reason`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::{SourceLocation, Span};

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
    good: Good::Change(
        "- { factor: availability, impact: high }",
        "- { factor: availability, impact: high, because: Nobody buys meanwhile. }",
    ),
};

/// `because` is the range of the reason as it is written; empty at the file's start where the key is absent.
pub(crate) fn report(of: &SourceLocation, because: Span, what: &str, subject: &str) -> Diagnostic {
    let written = because != Span::default();
    let place = SourceLocation {
        path: of.path.clone(),
        span: if written { because } else { of.span },
    };
    let help = if written {
        "write a sentence that fits this pair and no other"
    } else {
        "add `because:` with a sentence that fits this pair and no other"
    };
    Diagnostic::new(&RULE, &place, format!("{what} has no reason"))
        .label("why?")
        .help(help)
        .subject(subject)
}
