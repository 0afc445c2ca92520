//! Deserialises a tree, for files with integers in forms that the library does not accept: `0o17`, `1.0`, `+1`.
//!
//! Entry: [`from_tree`]. Invariant: errors are not described here; [`crate::structure::json_schema`] has validated the tree before.

use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, SeqAccess};
use serde::de::{Error as _, Visitor};
use serde::forward_to_deserialize_any;

use super::core;
use crate::structure::spanned::SPANNED;
use crate::structure::{Node, Value};

/// Deserialises a tree; none if it does not fit `T`. `text` is the text that it was parsed from.
pub(super) fn from_tree<T: DeserializeOwned>(text: &str, tree: &Node) -> Option<T> {
    T::deserialize(Source { text, node: tree }).ok()
}

/// A node and the text of its file. A number in place of text is read as it is written.
#[derive(Clone, Copy)]
struct Source<'de> {
    text: &'de str,
    node: &'de Node,
}

impl<'de> Source<'de> {
    fn child(self, node: &'de Node) -> Self {
        Self { node, ..self }
    }

    /// The scalar as it is written in the file.
    fn written(self) -> &'de str {
        let span = self.node.span;
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    fn string(self) -> Result<&'de str, Error> {
        match &self.node.value {
            Value::Text(text) => Ok(text),
            Value::Integer(_) | Value::Float(_) => Ok(self.written()),
            Value::Null | Value::Bool(_) | Value::Date(_) | Value::List(_) | Value::Map(_) => {
                Err(unfit())
            }
        }
    }
}

/// An error whose message is never shown.
fn unfit() -> Error {
    Error::custom("another type")
}

impl<'de> IntoDeserializer<'de> for Source<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Source<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.node.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Integer(_) | Value::Float(_) => {
                let number = core::parse_integer(self.written());
                visitor.visit_i64(number.ok_or_else(unfit)?)
            }
            Value::Text(text) | Value::Date(text) => visitor.visit_borrowed_str(text),
            Value::List(items) => {
                let items = items.iter().map(|item| self.child(item));
                let mut items = SeqDeserializer::new(items);
                let list = visitor.visit_seq(&mut items)?;
                // The visitor of a tuple ignores surplus items; `end` does not.
                items.end().map(|()| list)
            }
            Value::Map(entries) => {
                let entries = entries.iter();
                let entries = entries.map(|(key, value)| (key.value.as_str(), self.child(value)));
                visitor.visit_map(MapDeserializer::new(entries))
            }
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.string()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.node.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == SPANNED {
            let parts = SpannedParts {
                source: self,
                next: 0,
            };
            return visitor.visit_seq(parts);
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(self.string()?.into_deserializer())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// The parts of a [`crate::structure::Spanned`]: start and end of its range, then its value.
struct SpannedParts<'de> {
    source: Source<'de>,
    next: usize,
}

impl<'de> SeqAccess<'de> for SpannedParts<'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        self.next += 1;
        let span = self.source.node.span;
        let part = match self.next {
            1 => seed.deserialize(span.start.into_deserializer()),
            2 => seed.deserialize(span.end.into_deserializer()),
            _ => seed.deserialize(self.source),
        };
        part.map(Some)
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::super::parse_tree;
    use super::*;
    use crate::source::Span;
    use crate::structure::Spanned;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "kebab-case")]
    struct Record {
        id: Spanned<String>,
        order: i64,
        at: Option<Spanned<(u8, u8)>>,
        auto: bool,
        kind: Kind,
        below: Option<Vec<Self>>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Kind {
        TwoWords,
    }

    fn record(text: &str) -> Option<Record> {
        from_tree(text, &parse_tree(text).expect("valid YAML"))
    }

    #[test]
    fn every_type_is_read_with_its_range() {
        let text = "id: 1.10\norder: +1\nat: [1.0, 4]\nauto: true\nkind: two-words\nbelow: ~\n";
        let span = |part: &str| {
            let start = text.find(part).expect("a part of the text");
            Span::new(start, start + part.len())
        };
        let at = record(text).and_then(|it| it.at).expect("a position");
        assert_eq!(at.value, (1, 4));
        assert_eq!(at.span.start, span("[1.0, 4]").start);
        let id = Spanned {
            value: "1.10".to_owned(),
            span: span("1.10"),
        };
        let expected = Record {
            id,
            order: 1,
            at: Some(at),
            auto: true,
            kind: Kind::TwoWords,
            below: None,
        };
        assert_eq!(record(text), Some(expected));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let record = |order: &str, at: &str, more: &str| {
            record(&format!(
                "id: A\norder: {order}\nat: {at}\nauto: true\nkind: two-words\n{more}"
            ))
        };
        assert!(record("1", "[1, 2]", "").is_some());
        assert!(record("1.5", "[1, 2]", "").is_none());
        assert!(record("1", "[1, 2, 3]", "").is_none());
        assert!(record("1", "[1, 256]", "").is_none());
        assert!(record("1", "[1, 2]", "unknown: 1\n").is_none());
        assert!(record("1", "[1, 2]", "below: [A]\n").is_none());
    }
}
