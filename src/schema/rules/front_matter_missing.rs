//! `front-matter-missing`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "front-matter-missing",
    severity: Severity::Error,
    explain: "A page begins with its front matter: `title` and `summary` between two lines of three hyphens.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place) -> Diagnostic {
    Diagnostic::at(&RULE, place, "the page has no front matter")
        .label("should begin with `---`")
        .help(
            "begin the file with a line `---`, then `title: …` and `summary: …`, then a line `---`",
        )
}
