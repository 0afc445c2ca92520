//! Gaps that an author marked: texts that begin with `…`.
//!
//! Entry: [`gaps`]. Invariant: a file without `…` is not looked at twice.

use super::rules::missing_words;
use super::{Body, Record};
use crate::diagnostic::Diagnostic;
use crate::source::{Place, SourcePath, Span};
use crate::structure::{self, Node, Value, yaml};

/// What begins a text that is still to be written.
pub const GAP: char = '…';

/// The gaps of a file that gave a record.
#[must_use]
pub fn gaps(path: &SourcePath, bytes: &[u8], record: &Record) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let Ok(text) = structure::text(path, bytes) else {
        return found;
    };
    if !text.contains(GAP) {
        return found;
    }
    let mut add = |span: Span, words: &str| {
        if let Some(hint) = words.trim_start().strip_prefix(GAP) {
            let place = Place {
                path: path.clone(),
                span,
            };
            found.push(missing_words::at(&place, hint.trim()));
        }
    };
    let (yaml, body) = match record {
        Record::Prose(body) => ("", Some(body)),
        Record::Home(_, body) | Record::Page(_, body) => (matter(text, body.offset), Some(body)),
        _ => (text, None),
    };
    if let Ok(tree) = yaml::tree(yaml) {
        scalars(&tree, &mut add);
    }
    if let Some(Body { offset, document }) = body {
        for run in &document.runs {
            let span = Span::new(offset + run.range.start, offset + run.range.end);
            if run.before.is_empty() && !in_table(text, span.start) {
                add(span, run.text(document));
            }
        }
    }
    found
}

/// Whether a cell stands here: there, `…` continues the row above.
fn in_table(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    text[start..at].contains('|')
}

/// The front matter without its last line of hyphens.
fn matter(text: &str, end: usize) -> &str {
    let whole = text[..end].trim_end();
    whole.strip_suffix("---").unwrap_or(whole)
}

fn scalars(node: &Node, add: &mut impl FnMut(Span, &str)) {
    match &node.value {
        Value::Text(text) => add(node.span, text),
        Value::List(items) => items.iter().for_each(|it| scalars(it, add)),
        Value::Map(entries) => entries.iter().for_each(|(_, it)| scalars(it, add)),
        _ => {}
    }
}
