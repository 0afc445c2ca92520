//! `raw-html`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "raw-html",
    severity: Severity::Error,
    explain: "HTML in an author's text would be passed to every reader's browser. It is refused, unless `book.toml` allows it.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place) -> Diagnostic {
    Diagnostic::at(&RULE, place, "HTML stands in the text")
        .label("shown as plain text")
        .help("write Markdown; to allow HTML, set `raw-html = true` under `[markdown]` in `book.toml`")
}
