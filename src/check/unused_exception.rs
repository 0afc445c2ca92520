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

/// `is_known` tells the codes that some rule has; `needed` tells the exceptions that took something away or are of a draft
/// that is left out, by number and id.
pub(crate) fn check(
    config: &Config,
    sources: &Sources,
    is_known: impl Fn(&str) -> bool,
    needed: impl Fn(usize, &str) -> bool,
) -> Vec<Diagnostic> {
    let path: SourcePath = BOOK_TOML.into();
    let text = sources.text(&path).unwrap_or_default();
    let mut found = Vec::new();
    let known = config
        .checks
        .except
        .iter()
        .enumerate()
        .filter(|(_, it)| is_known(&it.rule));
    for (at, exception) in known {
        for (number, id) in exception.of.iter().enumerate() {
            if !needed(at, id) {
                let keys = [
                    "checks",
                    "except",
                    &at.to_string(),
                    "of",
                    &number.to_string(),
                ]
                .map(str::to_owned);
                let keys: Vec<_> = keys.iter().map(String::as_str).collect();
                let it = Diagnostic::at(
                    &RULE,
                    &value_location(&path, text, &keys),
                    format!(
                        "nothing needs the exception of `{id}` from `{}`",
                        exception.rule
                    ),
                )
                .label("not needed")
                .help("take it out")
                .mends_without_item();
                found.push(it);
            }
        }
    }
    found
}
