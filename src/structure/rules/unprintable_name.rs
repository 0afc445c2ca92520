//! `unprintable-name`.

use crate::characters::{hidden, name};
use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourcePath;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unprintable-name",
    severity: Severity::Error,
    explain: "The name of a file or folder holds a character that can't be seen: a line feed or \
              another control, a change of direction, one without width. It would become part of \
              an address, and it can pass for another name in a list of changes, on a terminal or \
              in a log. Rename the file.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: Good::Files(&[]),
};

/// Reports a path that contains invisible characters.
pub(crate) fn check(path: &SourcePath) -> Option<Diagnostic> {
    // Tabs and line breaks count as hidden in a name.
    let end = path.chars().find(|it| matches!(it, '\t' | '\n' | '\r'));
    let found = end.or_else(|| hidden(path).first().map(|it| it.character))?;
    let message = format!("the name holds {}", name(found));
    Some(
        Diagnostic::of_file(&RULE, path, message)
            .help("rename it")
            .subject(path.as_ref()),
    )
}
