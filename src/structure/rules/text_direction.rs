//! `text-direction`.

use crate::characters::name;
use crate::diagnostic::{Certainty, Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "text-direction",
    severity: Severity::Error,
    explain: "A character that nobody sees changes the order in which a text is shown, so that who \
              reviews it reads another text than the program does: U+202A to U+202E and U+2066 to \
              U+2069, as they stand or as an escape. Delete it; letters of Arabic or Hebrew have \
              their direction by themselves, and next to them the marks U+200E and U+200F may \
              stand.",
    bad: Example {
        files: &[(
            "content/threats.yaml",
            "\
- id: data-loss
  title: Loss of data
  group: System failure
  text: \"The provider \\u202Eton shares keys.\"
- id: ransomware
  title: Ransomware
  group: Malicious action
  text: Somebody encrypts the systems.
",
        )],
        path: "content/threats.yaml",
        marks: "\\u202E",
    },
    good: Good::Change(
        "text: \"The provider \\u202Eton shares keys.\"",
        "text: The provider shares keys.",
    ),
};

/// `more` is the number of further ones in the file that are not reported.
pub(crate) fn report(location: &SourceLocation, c: char, more: usize) -> Diagnostic {
    let message = format!("{} reorders what is shown", name(c));
    let diagnostic = Diagnostic::new(&RULE, location, message)
        .label("a character that nobody sees")
        .help("delete it")
        .mends_whole("", Certainty::Certain);
    match more {
        0 => diagnostic,
        more => diagnostic.help(format!("the file has {more} more after this one")),
    }
}
