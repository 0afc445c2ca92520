//! Gaps: texts that begin with `…`, as their author marked them, and texts in which there is nothing.
//!
//! Entry: [`gaps`]. Invariant: a file without a sign of either is not looked at twice.

use super::rules::missing_words;
use super::{Body, Record};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceLocation, SourcePath, Span};
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
    let empty = has_blank_text(text);
    if !text.contains(GAP) && !empty {
        return found;
    }
    let place = |span| SourceLocation {
        path: path.clone(),
        span,
    };
    let mut add = |span: Span, words: &str| {
        if let Some(hint) = words.trim_start().strip_prefix(GAP) {
            found.push(missing_words::at(&place(span), hint.trim()));
        }
    };
    let (yaml, body) = match record {
        Record::Prose(body) => ("", Some(body)),
        Record::Home(_, body) | Record::Page(_, body) => (matter(text, body.offset), Some(body)),
        _ => (text, None),
    };
    let tree = yaml::tree(yaml).ok();
    if let Some(tree) = &tree {
        scalars(tree, &mut add);
    }
    if let Some(Body { offset, document }) = body {
        for run in &document.runs {
            let span = Span::new(offset + run.range.start, offset + run.range.end);
            if run.before.is_empty() && !in_table(text, span.start) {
                add(span, run.text(document));
            }
        }
    }
    if let Some(tree) = tree.filter(|_| empty) {
        let of_tree = matches!(record, Record::Tree(_));
        let told = &TOLD[..TOLD.len() - usize::from(!of_tree)];
        blanks(&tree, told, &mut |span| {
            found.push(missing_words::empty(&place(span)));
        });
    }
    found
}

/// Keys of which other rules say that nothing stands behind them; the last in a framework's tree only.
const TOLD: [&str; 4] = ["because", "id", "uncertain", "summary"];

/// Whether a text in quotes may stand in a file in which there is nothing.
fn has_blank_text(text: &str) -> bool {
    text.match_indices(['"', '\'']).any(|(at, quote)| {
        let rest = text[at + 1..].trim_start_matches([' ', '\t', '\u{a0}']);
        rest.starts_with(quote)
    })
}

/// The texts behind keys in which there is nothing.
fn blanks(node: &Node, told: &[&str], add: &mut impl FnMut(Span)) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|it| blanks(it, told, add)),
        Value::Map(entries) => {
            for (key, value) in entries {
                match &value.value {
                    Value::Text(text) if text.trim().is_empty() => {
                        if !told.contains(&key.value.as_str()) {
                            add(value.span);
                        }
                    }
                    _ => blanks(value, told, add),
                }
            }
        }
        _ => {}
    }
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
