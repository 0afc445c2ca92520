//! `missing-words`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-words",
    severity: Severity::Warning,
    explain: "A text begins with `…`: its author, or `controlbook new`, left a gap to be filled. \
              Readers would see the hint instead of words, so that `build` writes nothing while \
              there is one, whatever `book.toml` says of this rule; `serve` shows it. Write what \
              belongs there and take the `…` away. A text that is to begin with an ellipsis begins \
              with three full stops. A text in quotes in which there is nothing is such a gap, too: \
              a page without a title, a practice without evidence.",
    bad: Example {
        files: &[(
            "content/glossary.yaml",
            "\
- term: back-up
  text: … what it means
",
        )],
        path: "content/glossary.yaml",
        marks: "… what it means",
    },
    good: Good::Change(
        "text: … what it means",
        "text: A copy of data that is kept apart from the original.",
    ),
};

/// `hint` is the author's note after the `…`.
pub(crate) fn report(location: &SourceLocation, hint: &str) -> Diagnostic {
    let message = if hint.is_empty() {
        "words are missing here".to_owned()
    } else {
        format!("words are missing here: {hint}")
    };
    Diagnostic::new(&RULE, location, message)
        .label("still to be written")
        .help("write the text, and take the `…` away")
        .subject(location.path.as_ref())
}

/// Reports an empty text.
pub(crate) fn empty(location: &SourceLocation) -> Diagnostic {
    Diagnostic::new(&RULE, location, "words are missing here")
        .label("nothing stands here")
        .help("write the text, or take the key out where it may be left out")
        .subject(location.path.as_ref())
}
