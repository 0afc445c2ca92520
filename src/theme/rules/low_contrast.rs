//! `low-contrast`.

use crate::diagnostic::{Certainty, Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "low-contrast",
    severity: Severity::Warning,
    explain: "Something can't be read on the ground it stands on, because of a colour that the book has chosen: the accent in `book.toml`, \
              or a token in one of its style sheets. Text needs a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3), the border of a control and the ring around \
              what has the focus 3 to 1 (1.4.11). The diagnostic says what was measured, and the nearest darker or lighter tone \
              with which everything can be read. Colours that are written otherwise than `#0b5666` in a style sheet are not measured.",
    bad: Example {
        files: &[("book.toml", "[theme]\naccent = \"#e4572e\"\n")],
        path: "book.toml",
        marks: "\"#e4572e\"",
    },
    good: Good::Change("#e4572e", "#a83c1b"),
};

/// A pair of tokens, with the contrast that they have and need.
pub(crate) struct Pair {
    pub text: &'static str,
    pub under: &'static str,
    pub ratio: f64,
    pub least: f64,
}

/// A colour at its place; `fit` is the nearest one that would do.
pub(crate) fn at(
    place: &SourceLocation,
    pair: &Pair,
    appearance: &str,
    fit: Option<String>,
) -> Diagnostic {
    // Rounded down, so that what fails never reads as what would pass.
    let ratio = (pair.ratio * 100.0).floor() / 100.0;
    let words = format!(
        "{} on {} has a contrast of {ratio:.2} to 1{appearance}; it needs {}",
        shown(pair.text),
        shown(pair.under),
        pair.least
    );
    let found = Diagnostic::at(&RULE, place, words).label("hard to read");
    match fit {
        Some(fit) => {
            let help = format!("the nearest tone with which all can be read is `{fit}`");
            let found = found.help(help);
            if place.path.ends_with(".toml") {
                found.mends_whole(format!("\"{fit}\""), Certainty::Suggested)
            } else {
                found
            }
        }
        None => found.help("no lighter or darker tone of it would do: change the other colour"),
    }
}

/// A token in an author's words.
fn shown(token: &str) -> String {
    match token {
        "accent" => "the accent".to_owned(),
        "paper" => "the paper".to_owned(),
        "wash" => "the quiet ground".to_owned(),
        "wash-2" => "the tinted ground".to_owned(),
        "on-accent" => "the text on the accent".to_owned(),
        other => format!("`--{other}`"),
    }
}
