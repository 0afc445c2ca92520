//! `missing-summary`.

use std::collections::BTreeSet;

use crate::catalogue::Catalogue;
use crate::diagnostic::{Diagnostic, Example, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-summary",
    severity: Severity::Warning,
    explain: "A requirement that a mapping leads to has no summary, so that its reader finds an identifier and no words.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(super) fn check(catalogue: &Catalogue, found: &mut Vec<Diagnostic>) {
    let cited: BTreeSet<_> = catalogue.mappings.iter().map(|it| it.to).collect();
    for node in cited.into_iter().map(|ix| catalogue.node(ix)) {
        if node.summary.is_empty() {
            let it = Diagnostic::at(&RULE, &node.place, format!("`{}` is mapped and has no summary", node.id))
                .label("what does it ask, and of whom?")
                .help("add `summary:` in your own words: the same duty, actor and conditions as the official text")
                .subject(&node.id);
            found.push(it);
        }
    }
}
