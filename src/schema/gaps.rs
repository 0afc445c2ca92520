//! Finds gaps: texts that begin with `…`, which marks what is still to be written, and empty texts.
//!
//! Entry: [`gaps`]. Invariant: a file is parsed a second time only if it may contain one.

use super::rules::missing_words;
use super::{Body, Record};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceLocation, SourcePath, Span};
use crate::structure::{self, Node, Value, yaml};

/// The character that marks a text as still to be written.
pub const GAP: char = '…';

/// Reports the gaps of a file with a valid record.
#[must_use]
pub fn gaps(path: &SourcePath, bytes: &[u8], record: &Record) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let Ok(text) = structure::decode(path, bytes) else {
        return diagnostics;
    };
    let may_be_empty = has_empty_string(text);
    if !text.contains(GAP) && !may_be_empty {
        return diagnostics;
    }
    let location = |span| SourceLocation {
        path: path.clone(),
        span,
    };
    let mut add_gap = |span: Span, text: &str| {
        if let Some(hint) = text.trim_start().strip_prefix(GAP) {
            diagnostics.push(missing_words::report(&location(span), hint.trim()));
        }
    };
    let (yaml, body) = match record {
        Record::Prose(body) => ("", Some(body)),
        Record::Home(_, body) | Record::Page(_, body) => {
            (front_matter(text, body.offset), Some(body))
        }
        _ => (text, None),
    };
    let tree = yaml::parse_tree(yaml).ok();
    if let Some(tree) = &tree {
        visit_texts(tree, &mut add_gap);
    }
    if let Some(Body { offset, document }) = body {
        for run in &document.runs {
            let span = Span::new(offset + run.range.start, offset + run.range.end);
            if run.before.is_empty() && !in_table(text, span.start) {
                add_gap(span, run.text(document));
            }
        }
    }
    if let Some(tree) = tree.filter(|_| may_be_empty) {
        let is_tree = matches!(record, Record::Tree(_));
        let excluded = &EXCLUDED_KEYS[..EXCLUDED_KEYS.len() - usize::from(!is_tree)];
        visit_empty_texts(&tree, excluded, &mut |span| {
            diagnostics.push(missing_words::empty(&location(span)));
        });
    }
    diagnostics
}

/// Keys whose empty values other rules report; the last one only in the tree of a framework.
const EXCLUDED_KEYS: [&str; 4] = ["because", "id", "uncertain", "summary"];

/// Whether a file may contain an empty string in quotes.
fn has_empty_string(text: &str) -> bool {
    text.match_indices(['"', '\'']).any(|(start, quote)| {
        let rest = text[start + 1..].trim_start_matches([' ', '\t', '\u{a0}']);
        rest.starts_with(quote)
    })
}

/// Calls `add` for each key with an empty text, except for excluded keys.
fn visit_empty_texts(node: &Node, excluded: &[&str], add: &mut impl FnMut(Span)) {
    match &node.value {
        Value::List(items) => items
            .iter()
            .for_each(|it| visit_empty_texts(it, excluded, add)),
        Value::Map(entries) => {
            for (key, value) in entries {
                match &value.value {
                    Value::Text(text) if text.trim().is_empty() => {
                        if !excluded.contains(&key.value.as_str()) {
                            add(value.span);
                        }
                    }
                    _ => visit_empty_texts(value, excluded, add),
                }
            }
        }
        _ => {}
    }
}

/// Whether an offset is in a table, where `…` continues the row above.
fn in_table(text: &str, offset: usize) -> bool {
    let start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    text[start..offset].contains('|')
}

/// The front matter without its closing line.
fn front_matter(text: &str, end: usize) -> &str {
    let whole = text[..end].trim_end();
    whole.strip_suffix("---").unwrap_or(whole)
}

/// Calls `add` for each text.
fn visit_texts(node: &Node, add: &mut impl FnMut(Span, &str)) {
    match &node.value {
        Value::Text(text) => add(node.span, text),
        Value::List(items) => items.iter().for_each(|it| visit_texts(it, add)),
        Value::Map(entries) => entries.iter().for_each(|(_, it)| visit_texts(it, add)),
        _ => {}
    }
}
