//! `missing-key`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-key",
    severity: Severity::Error,
    explain: "A key is missing that this kind of record must have. The mark stands at the first \
              key of the map to which it belongs; the help says what it is for.",
    bad: Example {
        files: &[(
            "content/glossary.yaml",
            "\
- term: back-up
  also: [backup]
",
        )],
        path: "content/glossary.yaml",
        marks: "term",
    },
    good: Good::Change(
        "  also: [backup]",
        "  also: [backup]\n  text: A copy of data, kept apart from the original.",
    ),
};

pub(crate) fn report(location: &SourceLocation, key: &str, hint: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, location, format!("the key `{key}` is missing"))
        .label(format!("`{key}` belongs to this map"));
    match hint {
        Some(hint) => diagnostic.help(format!("`{key}`: {}", hint.replace('\n', " "))),
        None => diagnostic,
    }
}
