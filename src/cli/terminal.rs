//! Terminal output: results on standard output, everything else on standard error.

use std::io::{self, IsTerminal, Write};

use super::book::Book;
use crate::characters::printable;
use crate::diagnostic::{Diagnostic, Severity, human, line_column};
use crate::host::environment;
use crate::pipeline::CheckedBook;
use crate::source::Sources;

/// The two streams and their verbosity.
pub(super) struct Terminal {
    quiet: bool,
    verbose: bool,
    colour: bool,
}

impl Terminal {
    pub(super) fn new(quiet: bool, verbose: bool) -> Self {
        let colour = io::stderr().is_terminal() && environment::variable("NO_COLOR").is_none();
        Self {
            quiet,
            verbose,
            colour,
        }
    }

    /// Prints a command's result; a closed pipe is not an error.
    pub(super) fn result(text: &str) {
        let mut out = io::stdout().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// Prints a line about what was done, unless `--quiet`.
    pub(super) fn say(&self, text: &str) {
        if !self.quiet {
            Self::line(text);
        }
    }

    /// Whether [`Self::detail`] prints.
    pub(super) fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// Prints a line with `--verbose` only.
    pub(super) fn detail(&self, text: &str) {
        if self.verbose {
            Self::line(text);
        }
    }

    /// Prints why the command failed.
    pub(super) fn fail(&self, text: &str) {
        let (on, off) = if self.colour {
            ("\u{1b}[1;31m", "\u{1b}[0m")
        } else {
            ("", "")
        };
        Self::to_stderr(&format!("{on}error{off}: {}\n", printable(text)));
    }

    /// Prints diagnostics for people, with paths relative to the working directory.
    pub(super) fn diagnostics(&self, book: &Book, diagnostics: &[Diagnostic], sources: &Sources) {
        let (diagnostics, sources) = book.relative_to_user(diagnostics, sources);
        Self::to_stderr(&human::render(&diagnostics, &sources, self.colour));
    }

    /// Prints a line; control characters, as in a file's name, are escaped.
    fn line(text: &str) {
        Self::to_stderr(&format!("{}\n", printable(text)));
    }

    fn to_stderr(text: &str) {
        let mut out = io::stderr().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }
}

/// A sentence on the links to parts that `book.toml` hides; empty if there are none. With `--verbose`, each is listed.
pub(super) fn hidden_links(
    book: &Book,
    read: &CheckedBook,
    sources: &Sources,
    terminal: &Terminal,
) -> String {
    for it in &read.site.unshown_links {
        let text = sources.text(&it.path).unwrap_or_default();
        let (line, column) = line_column(text, it.span.start);
        let path = book.display_path(&it.path);
        terminal.detail(&format!("{path}:{line}:{column}: a link to a hidden part"));
    }
    match read.site.unshown_links.len() {
        0 => String::new(),
        1 => " 1 link leads to a part that `book.toml` hides, and is shown as text.".to_owned(),
        count => format!(
            " {} lead to parts that `book.toml` hides, and are shown as text.",
            counted(count, "link")
        ),
    }
}

/// `2 errors and 1 warning`; empty where there is neither.
pub(super) fn tally(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics
        .iter()
        .filter(|it| it.severity == Severity::Error)
        .count();
    let warnings = diagnostics.len() - errors;
    let word = |count: usize, word: &str| match count {
        0 => None,
        _ => Some(counted(count, word)),
    };
    let words: Vec<_> = [word(errors, "error"), word(warnings, "warning")]
        .into_iter()
        .flatten()
        .collect();
    words.join(" and ")
}

/// `, without 2 drafts`; nothing where there are none.
pub(super) fn left_out(drafts: usize) -> String {
    if drafts == 0 {
        String::new()
    } else {
        format!(", without {}", counted(drafts, "draft"))
    }
}

/// `1 measure`, `1,284 measures`.
pub(super) fn counted(count: usize, one: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {one}{plural}", thousands(count))
}

/// `1,284`.
pub(super) fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousands_are_divided() {
        assert_eq!(super::thousands(999), "999");
        assert_eq!(super::thousands(1_284_000), "1,284,000");
    }
}
