//! `hidden-character`.

use crate::characters::{Kind, kind, name};
use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity, certain_if};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "hidden-character",
    severity: Severity::Warning,
    explain: "A text holds a character that nobody sees: a control, or one without width. A search \
              does not find the word around it, two words that look alike differ, and what a \
              reviewer reads is not all that stands there. It most likely came with a copied text: \
              delete it. Joiners and marks of direction beside letters that need them, parts of \
              emoji, soft hyphens and no-break blanks are left alone. Controls never reach the \
              site: a blank stands in their place.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

One data cen&ZeroWidthSpace;tre.
",
        )],
        path: "content/guide/hosting.md",
        marks: "&ZeroWidthSpace;",
    },
    good: Good::Change("One data cen&ZeroWidthSpace;tre.", "One data cen&shy;tre."),
};

/// Maximum number of diagnostics per file; the last one says how many more there are.
pub(crate) const MAX_PER_FILE: usize = 50;

/// Whether a character may stand between two words in place of a blank, so that without it they would be one.
fn divides(c: char) -> bool {
    kind(c) == Some(Kind::Control) || matches!(c, '\u{2028}' | '\u{2029}' | '\u{2800}' | '\u{3164}')
}

/// `more` is the number of further ones in the file that are not reported.
pub(crate) fn report(location: &SourceLocation, c: char, more: usize) -> Diagnostic {
    let what = match kind(c) {
        Some(Kind::Control) => "is a control character",
        _ => "is not seen",
    };
    let diagnostic = Diagnostic::new(&RULE, location, format!("{} {what}", name(c)))
        .label("a character that nobody sees")
        .help("delete it")
        .mends_whole("", certain_if(!divides(c)));
    match more {
        0 => diagnostic,
        more => diagnostic.help(format!("the file has {more} more after this one")),
    }
}
