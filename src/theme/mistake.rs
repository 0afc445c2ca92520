//! What the template engine reports, as diagnostics at their place.
//!
//! Entry: [`mistake`], [`mistakes`]. Invariant: a place is only named where the text of the template has it.

use std::collections::BTreeMap;

use tera::ErrorKind;

use super::TEMPLATES;
use super::template::BUILT_IN;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceLocation, SourcePath, Span};
use crate::theme::rules::template_mistake::RULE;

/// The mistake in one template.
pub(super) fn mistake(error: &tera::Error) -> Diagnostic {
    let report = match error.kind() {
        ErrorKind::SyntaxError(it) | ErrorKind::RenderingError(it) => it,
        other => return Diagnostic::of_file(&RULE, &"theme/templates".into(), other.to_string()),
    };
    let range = report.span().range.clone();
    let place = SourceLocation {
        path: path_of(report.filename()),
        span: Span::new(range.start, range.end),
    };
    Diagnostic::at(&RULE, &place, report.message()).label("here")
}

/// The mistakes in all templates, which are found once they are together: names that none of them has.
pub(super) fn mistakes(error: &tera::Error, own: &BTreeMap<String, Vec<u8>>) -> Vec<Diagnostic> {
    let ErrorKind::Msg(reports) = error.kind() else {
        return vec![mistake(error)];
    };
    let placed = |report: &str| {
        let (words, rest) = report.trim().strip_prefix("error: ")?.split_once('\n')?;
        let (name, at) = rest.trim_start().strip_prefix("--> ")?.split_once(':')?;
        let (line, column) = at.lines().next()?.trim().split_once(':')?;
        let (line, column) = (line.parse().ok()?, column.parse().ok()?);
        let bytes = own.get(&format!("{TEMPLATES}{name}"))?;
        let start = offset(std::str::from_utf8(bytes).ok()?, line, column)?;
        let length = rest.matches('^').count();
        let place = SourceLocation {
            path: path_of(name),
            span: Span::new(start, start + length),
        };
        Some(Diagnostic::at(&RULE, &place, words).label("here"))
    };
    let found: Option<Vec<_>> = reports.split("\n\n").map(placed).collect();
    found.unwrap_or_else(|| vec![mistake(error)])
}

fn path_of(name: &str) -> SourcePath {
    let name = name.strip_prefix(BUILT_IN).unwrap_or(name);
    format!("theme/templates/{name}").into()
}

/// The offset of a line and a column, both from 1; columns count characters.
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
