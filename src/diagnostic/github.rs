//! Diagnostics as workflow commands, which GitHub shows as annotations in a change: `::error file=…::message`.
//!
//! Entry: [`render`]. Invariant: one diagnostic is one line, and author's text can't begin a command of its own.

use super::{Diagnostic, Severity, from_base, line_column};
use crate::characters::printable;
use crate::source::Sources;

/// All diagnostics, a command each. `base` is the book's folder as the repository's root sees it.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, base: &str) -> String {
    let mut out = String::new();
    for it in diagnostics {
        let command = match it.severity {
            Severity::Error => "error",
            _ => "warning",
        };
        let file = property(&printable(&from_base(base, &it.path)));
        let position = position(it, sources);
        let title = property(it.rule.code);
        let lines: Vec<_> = std::iter::once(printable(&it.message).into_owned())
            .chain(it.help.iter().map(|it| format!("help: {}", printable(it))))
            .collect();
        let message = escape_message(&lines.join("\n"));
        out.push_str(&format!(
            "::{command} file={file}{position},title={title}::{message}\n"
        ));
    }
    out
}

/// `,line=…,col=…`; columns only within one line, where alone GitHub takes them.
fn position(it: &Diagnostic, sources: &Sources) -> String {
    let (Some(span), Some(text)) = (it.span, sources.text(&it.path)) else {
        return String::new();
    };
    let (line, column) = line_column(text, span.start);
    let (end_line, end_column) = line_column(text, span.end.max(span.start));
    if line == end_line && column < end_column {
        format!(",line={line},col={column},endLine={end_line},endColumn={end_column}")
    } else if line == end_line {
        format!(",line={line},col={column}")
    } else {
        format!(",line={line},endLine={end_line}")
    }
}

/// A message, with what would end its line escaped.
fn escape_message(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property's value, with what would end it escaped.
fn property(text: &str) -> String {
    escape_message(text).replace(':', "%3A").replace(',', "%2C")
}
