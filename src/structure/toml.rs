//! Parses TOML into a typed value, or reports every mistake with its range.
//!
//! Entry: [`parse`]. Invariant: never panics, and every diagnostic has a range.

use std::ops::Range;

use ::toml::de::{DeTable, DeValue};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::escapes::{Format, blank_controls};
use super::rules::{invalid_toml, wrong_type};
use super::{Node, Spanned, Value, json_schema};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceLocation, SourcePath, Span};

/// Parses a TOML file into `T`.
///
/// # Errors
/// All syntax errors, or else one diagnostic for each part that does not fit `T`.
pub fn parse<T: DeserializeOwned + JsonSchema>(
    path: &SourcePath,
    text: &str,
) -> Result<T, Vec<Diagnostic>> {
    let text = &*blank_controls(text, Format::Toml);
    let error = match ::toml::from_str(text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let (tree, errors) = DeTable::parse_recoverable(text);
    let mut diagnostics: Vec<_> = errors
        .iter()
        .map(|it| syntax_error(path, text, it))
        .collect();
    if diagnostics.is_empty() {
        let node = Node {
            span: span(tree.span()),
            value: map_value(tree.get_ref()),
        };
        diagnostics = json_schema::validate::<T>(path, &node, Format::Toml);
    }
    if diagnostics.is_empty() {
        diagnostics.push(wrong_type::unfit(&error_location(path, text, &error)));
    }
    Err(diagnostics)
}

/// Parses what is left of a file without the entries that `mistakes` mark; the default if that does not fit `T` either.
#[must_use]
pub fn parse_rest<T: DeserializeOwned + Default>(text: &str, mistakes: &[Diagnostic]) -> T {
    let text = &*blank_controls(text, Format::Toml);
    let marks: Vec<_> = mistakes.iter().filter_map(|it| it.span).collect();
    let (mut tree, _) = DeTable::parse_recoverable(text);
    prune(tree.get_mut(), &marks);
    T::deserialize(::toml::Deserializer::from(tree)).unwrap_or_default()
}

/// Removes each marked entry, and each list that contains a mark, since removing an item would renumber the others.
fn prune(table: &mut DeTable<'_>, marks: &[Span]) {
    let is_marked = |range| marks.contains(&span(range));
    for (key, mut item) in std::mem::replace(table, DeTable::new()) {
        if is_marked(key.span()) || is_marked(item.span()) {
            continue;
        }
        match item.get_mut() {
            DeValue::Table(table) => prune(table, marks),
            DeValue::Array(items) if items.iter().any(|it| contains_mark(it, marks)) => continue,
            _ => {}
        }
        table.insert(key, item);
    }
}

fn contains_mark(item: &::toml::Spanned<DeValue<'_>>, marks: &[Span]) -> bool {
    let is_inside = match item.get_ref() {
        DeValue::Table(table) => table
            .iter()
            .any(|(key, item)| marks.contains(&span(key.span())) || contains_mark(item, marks)),
        DeValue::Array(items) => items.iter().any(|it| contains_mark(it, marks)),
        _ => false,
    };
    is_inside || marks.contains(&span(item.span()))
}

/// The range of the value at a path of keys. In lists, a key is the index of an item.
#[must_use]
pub fn value_span(text: &str, keys: &[&str]) -> Option<Span> {
    let (tree, _) = DeTable::parse_recoverable(text);
    let mut node = Node {
        span: span(tree.span()),
        value: map_value(tree.get_ref()),
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

fn syntax_error(path: &SourcePath, text: &str, error: &::toml::de::Error) -> Diagnostic {
    invalid_toml::report(&error_location(path, text, error), error.message())
}

fn error_location(path: &SourcePath, text: &str, error: &::toml::de::Error) -> SourceLocation {
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

fn map_value(table: &DeTable<'_>) -> Value {
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
                    value: node_value(item.get_ref()),
                },
            )
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.span);
    Value::Map(entries)
}

fn node_value(item: &DeValue<'_>) -> Value {
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
                    value: node_value(item.get_ref()),
                })
                .collect(),
        ),
        DeValue::Table(table) => map_value(table),
    }
}
