//! `unused-exception`.

use crate::config::{BOOK_TOML, Config, value_location};
use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::{SourcePath, Sources};

/// The rule.
pub static RULE: Rule = Rule {
    code: "unused-exception",
    severity: Severity::Warning,
    explain: "An exception in `book.toml` takes nothing away: the record was mended, renamed or \
              deleted. Left standing, it would hide the next mistake of its kind, so take it out.",
    bad: Example {
        files: &[(
            "book.toml",
            r#"[[checks.except]]
rule = "missing-mapping"
of = ["ACME-01"]
reason = "The baseline asks for nothing of the kind."
"#,
        )],
        path: "book.toml",
        marks: "\"ACME-01\"",
    },
    good: Good::Files(&[(
        "book.toml",
        "\
[checks]
except = []
",
    )]),
};

/// `is_known` says whether a rule has a code; `is_needed` says whether an exception, by number and id, suppressed a
/// diagnostic or is of a draft.
pub(crate) fn check(
    config: &Config,
    sources: &Sources,
    is_known: impl Fn(&str) -> bool,
    is_needed: impl Fn(usize, &str) -> bool,
) -> Vec<Diagnostic> {
    let path: SourcePath = BOOK_TOML.into();
    let text = sources.text(&path).unwrap_or_default();
    let mut diagnostics = Vec::new();
    let known = config
        .checks
        .except
        .iter()
        .enumerate()
        .filter(|(_, it)| is_known(&it.rule));
    for (number, exception) in known {
        for (position, id) in exception.of.iter().enumerate() {
            if !is_needed(number, id) {
                let keys = [
                    "checks",
                    "except",
                    &number.to_string(),
                    "of",
                    &position.to_string(),
                ]
                .map(str::to_owned);
                let keys: Vec<_> = keys.iter().map(String::as_str).collect();
                let diagnostic = Diagnostic::new(
                    &RULE,
                    &value_location(&path, text, &keys),
                    format!(
                        "the exception of `{id}` from `{}` is not needed",
                        exception.rule
                    ),
                )
                .label("not needed")
                .help("take it out")
                .mends_without_item();
                diagnostics.push(diagnostic);
            }
        }
    }
    diagnostics
}
