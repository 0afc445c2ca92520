//! `missing-summary`.

use std::collections::BTreeSet;

use crate::catalogue::Catalogue;
use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::{SourceLocation, Span};

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-summary",
    severity: Severity::Warning,
    explain: "A mapping leads to a requirement without a summary, so that its reader finds an \
              identifier and no words. Say in your own words what it asks: the same duty, actor \
              and conditions as the official text.",
    bad: Example {
        files: &[(
            "content/frameworks/example/A.yaml",
            "\
id: A
title: Continuity
nodes:
  - id: A-01
    title: Back-ups
    nodes:
      - { id: A-01.1, level: basic, summary: The provider copies customer data. }
      - { id: A-01.2, level: high }
",
        )],
        path: "content/frameworks/example/A.yaml",
        marks: "A-01.2",
    },
    good: Good::Change(
        "- { id: A-01.2, level: high }",
        "- { id: A-01.2, level: high, summary: The provider tests the restore. }",
    ),
};

pub(super) fn check(catalogue: &Catalogue, diagnostics: &mut Vec<Diagnostic>) {
    let mapped: BTreeSet<_> = catalogue.mappings.iter().map(|it| it.to).collect();
    for node in mapped.into_iter().map(|ix| catalogue.node(ix)) {
        if node.summary.is_empty() {
            let is_absent = node.summary_span == Span::default();
            let place = SourceLocation {
                path: node.place.path.clone(),
                span: if is_absent {
                    node.place.span
                } else {
                    node.summary_span
                },
            };
            let message = format!("`{}` is mapped and has no summary", node.id);
            let diagnostic = Diagnostic::new(&RULE, &place, message)
                .label("what does it ask, and of whom?")
                .help("add `summary:` in your own words: the same duty, actor and conditions as the official text")
                .subject(&node.id);
            diagnostics.push(diagnostic);
        }
    }
}
