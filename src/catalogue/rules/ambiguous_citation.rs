//! `ambiguous-citation`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "ambiguous-citation",
    severity: Severity::Error,
    explain: "A bare citation could be of several instruments. It is linked only where its framework's name stands beside it, where the text belongs to the framework, or where the page's front matter says `cites`.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, words: &str, names: &str) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("it is not certain whose `{words}` is meant"))
        .label("of which framework?")
        .help(format!("put its name beside it ({names}), or write a link in double brackets"))
        .help("if it is of a law or standard that is not in the book, name it beside, and list the name under `[markdown] instruments` in `book.toml`")
}
