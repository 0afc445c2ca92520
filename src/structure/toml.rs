//! TOML: to a typed value, or to every mistake at its place.
//!
//! Entry: [`typed`]. Invariant: never a panic, and no mistake without a range.

use std::ops::Range;

use ::toml::de::{DeTable, DeValue};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::escapes::{Format, cleaned};
use super::rules::{invalid_toml, wrong_type};
use super::{Node, Spanned, Value, shape};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceLocation, SourcePath, Span};

/// A file's text as `T`, or all that keeps it from being one.
///
/// # Errors
/// All syntax mistakes, or all mistakes of structure.
pub fn typed<T: DeserializeOwned + JsonSchema>(
    path: &SourcePath,
    text: &str,
) -> Result<T, Vec<Diagnostic>> {
    let text = &*cleaned(text, Format::Toml);
    let error = match ::toml::from_str(text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let (tree, errors) = DeTable::parse_recoverable(text);
    let mut found: Vec<_> = errors.iter().map(|it| invalid(path, text, it)).collect();
    if found.is_empty() {
        let node = Node {
            span: span(tree.span()),
            value: table(tree.get_ref()),
        };
        found = shape::mistakes::<T>(path, &node, Format::Toml);
    }
    if found.is_empty() {
        found.push(wrong_type::unfit(&place_of(path, text, &error)));
    }
    Err(found)
}

/// What of a file fits `T` once the parts that its mistakes mark are left out; the default where nothing does.
#[must_use]
pub fn rest<T: DeserializeOwned + Default>(text: &str, mistakes: &[Diagnostic]) -> T {
    let text = &*cleaned(text, Format::Toml);
    let marks: Vec<_> = mistakes.iter().filter_map(|it| it.span).collect();
    let (mut tree, _) = DeTable::parse_recoverable(text);
    prune(tree.get_mut(), &marks);
    T::deserialize(::toml::Deserializer::from(tree)).unwrap_or_default()
}

/// Takes away each entry that is marked, and each list that holds a mark: its items are known by their number.
fn prune(table: &mut DeTable<'_>, marks: &[Span]) {
    let marked = |range| marks.contains(&span(range));
    for (key, mut item) in std::mem::replace(table, DeTable::new()) {
        if marked(key.span()) || marked(item.span()) {
            continue;
        }
        match item.get_mut() {
            DeValue::Table(below) => prune(below, marks),
            DeValue::Array(items) if items.iter().any(|it| holds(it, marks)) => continue,
            _ => {}
        }
        table.insert(key, item);
    }
}

fn holds(item: &::toml::Spanned<DeValue<'_>>, marks: &[Span]) -> bool {
    let below = match item.get_ref() {
        DeValue::Table(below) => below
            .iter()
            .any(|(key, item)| marks.contains(&span(key.span())) || holds(item, marks)),
        DeValue::Array(items) => items.iter().any(|it| holds(it, marks)),
        _ => false,
    };
    below || marks.contains(&span(item.span()))
}

/// The range of the value that a list of keys leads to; numbers count in lists.
#[must_use]
pub fn find(text: &str, keys: &[&str]) -> Option<Span> {
    let (tree, _) = DeTable::parse_recoverable(text);
    let mut node = Node {
        span: span(tree.span()),
        value: table(tree.get_ref()),
    };
    for key in keys {
        node = match node.value {
            Value::Map(entries) => entries.into_iter().find(|(it, _)| it.value == *key)?.1,
            Value::List(items) => items.into_iter().nth(key.parse().ok()?)?,
            _ => return None,
        };
    }
    Some(node.span)
}

fn invalid(path: &SourcePath, text: &str, error: &::toml::de::Error) -> Diagnostic {
    invalid_toml::at(&place_of(path, text, error), error.message())
}

fn place_of(path: &SourcePath, text: &str, error: &::toml::de::Error) -> SourceLocation {
    let span = error.span().map_or_else(Span::default, span);
    let end = span.end.clamp(span.start, text.len());
    SourceLocation {
        path: path.clone(),
        span: Span::new(span.start.min(end), end),
    }
}

fn span(range: Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

fn table(table: &DeTable<'_>) -> Value {
    let mut entries: Vec<_> = table
        .iter()
        .map(|(key, item)| {
            let key = Spanned {
                value: key.get_ref().to_string(),
                span: span(key.span()),
            };
            (
                key,
                Node {
                    span: span(item.span()),
                    value: value(item.get_ref()),
                },
            )
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.span);
    Value::Map(entries)
}

fn value(item: &DeValue<'_>) -> Value {
    match item {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => number
            .as_str()
            .parse()
            .map_or(Value::Float(0.0), Value::Integer),
        DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or_default()),
        DeValue::Boolean(it) => Value::Bool(*it),
        DeValue::Datetime(it) => Value::Date(it.to_string()),
        DeValue::Array(items) => Value::List(
            items
                .iter()
                .map(|item| Node {
                    span: span(item.span()),
                    value: value(item.get_ref()),
                })
                .collect(),
        ),
        DeValue::Table(it) => table(it),
    }
}
