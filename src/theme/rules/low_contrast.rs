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

/// A pair of tokens with too little contrast.
pub(crate) struct ContrastFailure {
    pub foreground: &'static str,
    pub background: &'static str,
    pub ratio: f64,
    pub minimum: f64,
}

/// Reports a colour; `nearest` is the nearest tone with enough contrast.
pub(crate) fn report(
    location: &SourceLocation,
    failure: &ContrastFailure,
    appearance: &str,
    nearest: Option<String>,
) -> Diagnostic {
    // Rounded down, so that a contrast that fails is never shown as one that passes.
    let ratio = (failure.ratio * 100.0).floor() / 100.0;
    let message = format!(
        "{} on {} has a contrast of {ratio:.2} to 1{appearance}; it needs {}",
        token_description(failure.foreground),
        token_description(failure.background),
        failure.minimum
    );
    let diagnostic = Diagnostic::new(&RULE, location, message).label("hard to read");
    match nearest {
        Some(nearest) => {
            let help = format!("the nearest tone with which all can be read is `{nearest}`");
            let diagnostic = diagnostic.help(help);
            if location.path.ends_with(".toml") {
                diagnostic.mends_whole(format!("\"{nearest}\""), Certainty::Suggested)
            } else {
                diagnostic
            }
        }
        None => {
            diagnostic.help("no lighter or darker tone of it would do: change the other colour")
        }
    }
}

/// A description of a token for authors.
fn token_description(token: &str) -> String {
    match token {
        "accent" => "the accent".to_owned(),
        "paper" => "the paper".to_owned(),
        "wash" => "the quiet ground".to_owned(),
        "wash-2" => "the tinted ground".to_owned(),
        "on-accent" => "the text on the accent".to_owned(),
        other => format!("`--{other}`"),
    }
}
