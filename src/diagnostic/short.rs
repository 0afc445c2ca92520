//! Diagnostics as one line each: `path:line:column: severity[code]: message`.
//!
//! Entry: [`render`]. Invariant: one diagnostic is one line, whatever the author wrote.

use super::{Diagnostic, line_column};
use crate::characters::printable;
use crate::source::Sources;

/// All diagnostics, a line each.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    for it in diagnostics {
        let place = match (it.span, sources.text(&it.path)) {
            (Some(span), Some(text)) => {
                let (line, column) = line_column(text, span.start);
                format!("{}:{line}:{column}", printable(&it.path))
            }
            _ => printable(&it.path).into_owned(),
        };
        let message = printable(&it.message);
        let (severity, code) = (it.severity.word(), it.rule.code);
        out.push_str(&format!("{place}: {severity}[{code}]: {message}\n"));
    }
    out
}
