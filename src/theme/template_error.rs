//! Converts errors of the template engine into diagnostics.
//!
//! Entry: [`diagnostic`], [`diagnostics`]. Invariant: a position is given only if it exists in the text of the template.

use std::collections::BTreeMap;

use tera::ErrorKind;

use super::TEMPLATES;
use super::template::BUILT_IN;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceLocation, SourcePath, Span};
use crate::theme::rules::template_mistake::RULE;

/// Converts an error in a single template.
pub(super) fn diagnostic(error: &tera::Error) -> Diagnostic {
    let report = match error.kind() {
        ErrorKind::SyntaxError(it) | ErrorKind::RenderingError(it) => it,
        other => return Diagnostic::of_file(&RULE, &"theme/templates".into(), other.to_string()),
    };
    let range = report.span().range.clone();
    let location = SourceLocation {
        path: template_path(report.filename()),
        span: Span::new(range.start, range.end),
    };
    Diagnostic::new(&RULE, &location, report.message()).label("here")
}

/// Converts the errors that the engine finds when all templates are loaded: references to undefined names.
pub(super) fn diagnostics(error: &tera::Error, own: &BTreeMap<String, Vec<u8>>) -> Vec<Diagnostic> {
    let ErrorKind::Msg(reports) = error.kind() else {
        return vec![diagnostic(error)];
    };
    let parse_report = |report: &str| {
        let (message, rest) = report.trim().strip_prefix("error: ")?.split_once('\n')?;
        let (name, position) = rest.trim_start().strip_prefix("--> ")?.split_once(':')?;
        let (line, column) = position.lines().next()?.trim().split_once(':')?;
        let (line, column) = (line.parse().ok()?, column.parse().ok()?);
        let bytes = own.get(&format!("{TEMPLATES}{name}"))?;
        let start = offset(std::str::from_utf8(bytes).ok()?, line, column)?;
        let length = rest.matches('^').count();
        let location = SourceLocation {
            path: template_path(name),
            span: Span::new(start, start + length),
        };
        Some(Diagnostic::new(&RULE, &location, message).label("here"))
    };
    let diagnostics: Option<Vec<_>> = reports.split("\n\n").map(parse_report).collect();
    diagnostics.unwrap_or_else(|| vec![diagnostic(error)])
}

fn template_path(name: &str) -> SourcePath {
    let name = name.strip_prefix(BUILT_IN).unwrap_or(name);
    format!("theme/templates/{name}").into()
}

/// Converts a line and a column, both counted from 1, to a byte offset; columns count characters.
fn offset(text: &str, line: usize, column: usize) -> Option<usize> {
    let mut lines = text.split_inclusive('\n');
    let before: usize = lines
        .by_ref()
        .take(line.checked_sub(1)?)
        .map(str::len)
        .sum();
    let (inside, _) = lines.next()?.char_indices().nth(column.checked_sub(1)?)?;
    Some(before + inside)
}

#[cfg(test)]
mod tests {
    use super::offset;

    #[test]
    fn a_line_and_a_column_are_found() {
        let text = "one\nzwö drei\n";
        assert_eq!(offset(text, 2, 5), text.find("drei"));
        assert_eq!(offset(text, 1, 1), Some(0));
        assert_eq!(offset(text, 4, 1), None);
        assert_eq!(offset(text, 0, 0), None);
    }
}
