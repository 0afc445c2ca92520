//! Diagnostics as JSON Lines, for editors and scripts.
//!
//! Entry: [`render`]. Invariant: keys are only ever added.

use serde::Serialize;

use super::{Diagnostic, line_column};
use crate::characters::escaped;
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
    /// Other places that take part; absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<RelatedRow<'a>>,
    /// The edit of the file that mends it; absent where the right text is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixRow<'a>>,
}

#[derive(Serialize)]
struct FixRow<'a> {
    start: Point,
    end: Point,
    text: &'a str,
    /// Whether `check --fix` makes it; if not, a person says whether it was meant.
    certain: bool,
}

#[derive(Serialize)]
struct RelatedRow<'a> {
    path: &'a str,
    start: Point,
    end: Point,
    message: &'a str,
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
        let related = it.related.iter().map(|other| RelatedRow {
            path: &other.place.path,
            start: point(sources, &other.place.path, other.place.span.start),
            end: point(sources, &other.place.path, other.place.span.end),
            message: &other.words,
        });
        let row = Row {
            code: it.rule.code,
            severity: it.severity.word(),
            message: &it.message,
            path: &it.path,
            start: it.span.map(|span| point(sources, &it.path, span.start)),
            end: it.span.map(|span| point(sources, &it.path, span.end)),
            label: &it.label,
            help: &it.help,
            related: related.collect(),
            fix: it.fix.as_ref().map(|fix| FixRow {
                start: point(sources, &it.path, fix.span.start),
                end: point(sources, &it.path, fix.span.end),
                text: &fix.text,
                certain: fix.is_certain(),
            }),
        };
        let json = serde_json::to_string(&row).expect("strings and numbers are valid JSON");
        out.push_str(&escaped(&json));
        out.push('\n');
    }
    out
}

fn point(sources: &Sources, path: &str, byte: usize) -> Point {
    let (line, column) = line_column(sources.text(path).unwrap_or_default(), byte);
    Point { line, column, byte }
}
