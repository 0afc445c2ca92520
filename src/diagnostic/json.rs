//! Diagnostics as JSON Lines, for editors and scripts.
//!
//! Entry: [`render`]. Invariant: keys are only ever added.

use serde::Serialize;

use super::{Diagnostic, line_column};
use crate::source::Sources;

#[derive(Serialize)]
struct Row<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    path: &'a str,
    /// From 1; columns count characters. Absent where the mistake is of the whole file.
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<Point>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Point>,
    label: &'a str,
    help: &'a [String],
}

#[derive(Serialize)]
struct Point {
    line: usize,
    column: usize,
    byte: usize,
}

/// All diagnostics, a JSON object a line.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    for it in diagnostics {
        let text = sources.text(&it.path).unwrap_or_default();
        let point = |byte: usize| {
            let (line, column) = line_column(text, byte);
            Point { line, column, byte }
        };
        let row = Row {
            code: it.rule.code,
            severity: it.severity.word(),
            message: &it.message,
            path: &it.path,
            start: it.span.map(|span| point(span.start)),
            end: it.span.map(|span| point(span.end)),
            label: &it.label,
            help: &it.help,
        };
        out.push_str(&serde_json::to_string(&row).expect("strings and numbers are valid JSON"));
        out.push('\n');
    }
    out
}
