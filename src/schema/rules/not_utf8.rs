//! `not-utf8`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::SourcePath;

/// The rule.
pub static RULE: Rule = Rule {
    code: "not-utf8",
    severity: Severity::Error,
    explain: "Files are text in UTF-8, with or without a byte order mark. One that is not would show wrong letters.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(path: &SourcePath, valid: usize) -> Diagnostic {
    Diagnostic::of_file(
        &RULE,
        path,
        format!(
            "the file is not UTF-8: its byte {} begins no character",
            valid + 1
        ),
    )
    .help("save it as UTF-8")
}
