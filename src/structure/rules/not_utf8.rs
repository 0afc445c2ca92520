//! `not-utf8`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourcePath;

/// The rule.
pub static RULE: Rule = Rule {
    code: "not-utf8",
    severity: Severity::Error,
    explain: "A text file is not in UTF-8, so that its readers would see wrong letters. It was \
              most likely saved in an older encoding such as Windows-1252: open it in an editor \
              and save it as UTF-8. A byte order mark is allowed, and so are Windows line ends.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: Good::Files(&[]),
};

pub(crate) fn report(path: &SourcePath, valid: usize) -> Diagnostic {
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
