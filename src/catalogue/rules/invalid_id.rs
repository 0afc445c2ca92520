//! `invalid-id`.

use crate::diagnostic::{Certainty, Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "invalid-id",
    severity: Severity::Error,
    explain: "The id can't become part of an address. Ids name files and anchors, so they hold at \
              most 64 letters (a to z and A to Z), digits, dots, hyphens, underscores and round \
              brackets, and begin with a letter or a digit.",
    bad: Example {
        files: &[(
            "content/threats.yaml",
            "\
- id: data-loss
  title: Loss of data
  group: System failure
  text: A wrong command destroys data.
- id: ransomware
  title: Ransomware
  group: Malicious action
  text: Somebody encrypts the systems and asks for money.
- id: power cut
  title: Power cut
  group: Natural phenomena
  text: A storm cuts the supply.
",
        )],
        path: "content/threats.yaml",
        marks: "power cut",
    },
    good: Good::Change("- id: power cut", "- id: power-cut"),
};

/// Whether an id can name a file and an anchor.
pub(crate) fn is_valid(id: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || ".-_()".contains(c);
    id.len() <= 64
        && id.chars().all(is_allowed)
        && id.starts_with(|c: char| c.is_ascii_alphanumeric())
}

pub(crate) fn report(place: &SourceLocation, id: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &RULE,
        place,
        format!("`{}` can’t be an id", id.escape_debug()),
    )
    .label("a to z, A to Z, digits, `.`, `-`, `_` and round brackets only");
    let words: Vec<_> = id.split_whitespace().collect();
    let hyphenated = words.join("-");
    // Only suggested: other records may refer to the id, or have the new one.
    let diagnostic = if is_valid(&hyphenated) {
        diagnostic
            .help(format!("did you mean `{hyphenated}`?"))
            .mends_word(id, &hyphenated, Certainty::Suggested)
    } else {
        diagnostic
    };
    diagnostic.help("an id is part of an address: keep it short, at most 64 characters, and begin it with a letter of these or a digit")
}
