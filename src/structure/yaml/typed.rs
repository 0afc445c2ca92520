//! Events read into a type.
//!
//! Entry: [`typed`]. Invariant: what it gives is what the library gives; mistakes, and all that may differ, are left to that.

use std::borrow::Cow;
use std::fmt;
use std::iter::Peekable;
use std::vec::IntoIter;

use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::core;
use super::plain::{Event, Scalar, events};
use crate::source::Span;
use crate::structure::spanned::SPANNED;
use crate::structure::{Node, Value};

/// Maps with more keys than these are left to the library.
const MAX_KEYS: usize = 64;

/// A plain text as `T`; nothing where the library has to say what it is.
pub(super) fn typed<T: DeserializeOwned>(text: &str) -> Option<T> {
    let mut reader = Reader(events(text)?.into_iter().peekable(), decimal);
    T::deserialize(&mut reader).ok()
}

/// A tree as `T`; nothing where it does not fit. `text` is what it was read from.
pub(super) fn of_tree<T: DeserializeOwned>(text: &str, tree: &Node) -> Option<T> {
    let mut events = Vec::new();
    flatten(text, tree, &mut events);
    T::deserialize(&mut Reader(events.into_iter().peekable(), core::integer)).ok()
}

fn flatten<'a>(text: &'a str, node: &'a Node, out: &mut Vec<Event<'a>>) {
    let scalar = |text: &'a str, span, quoted| {
        Event::Scalar(Scalar {
            text: Cow::Borrowed(text),
            quoted,
            span,
        })
    };
    match &node.value {
        Value::List(items) => {
            out.push(Event::List(node.span));
            for it in items {
                flatten(text, it, out);
            }
            out.push(Event::End);
        }
        Value::Map(entries) => {
            out.push(Event::Map);
            for (key, value) in entries {
                out.push(scalar(&key.value, key.span, true));
                flatten(text, value, out);
            }
            out.push(Event::End);
        }
        Value::Text(words) => out.push(scalar(words, node.span, true)),
        Value::Null => out.push(scalar("", node.span, false)),
        Value::Bool(_) | Value::Integer(_) | Value::Float(_) | Value::Date(_) => {
            let written = text.get(node.span.start..node.span.end);
            out.push(scalar(written.unwrap_or_default(), node.span, false));
        }
    }
}

/// What is not read here.
#[derive(Debug)]
struct Other;

impl fmt::Display for Other {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("left to the library")
    }
}

impl std::error::Error for Other {}

impl de::Error for Other {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

type Read<T> = Result<T, Other>;

/// Events, and what reads a whole number.
struct Reader<'de>(Peekable<IntoIter<Event<'de>>>, fn(&str) -> Option<i64>);

/// A whole number in the one form in which the library and every editor read the same.
fn decimal(text: &str) -> Option<i64> {
    let number: i64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

impl<'de> Reader<'de> {
    fn scalar(&mut self) -> Read<Scalar<'de>> {
        match self.0.next() {
            Some(Event::Scalar(scalar)) => Ok(scalar),
            _ => Err(Other),
        }
    }

    /// A scalar that is text: no null.
    fn text(&mut self) -> Read<Cow<'de, str>> {
        let scalar = self.scalar()?;
        if is_null(&scalar) || is_bool(&scalar) {
            return Err(Other);
        }
        Ok(scalar.text)
    }

    fn integer<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        let scalar = self.scalar()?;
        let number = self.1(&scalar.text).filter(|_| !scalar.quoted);
        visitor.visit_i64(number.ok_or(Other)?)
    }

    fn map<V: Visitor<'de>>(&mut self, visitor: V, keys: Keys<'de>) -> Read<V::Value> {
        match self.0.next() {
            Some(Event::Map) => {}
            _ => return Err(Other),
        }
        visitor.visit_map(Entries { reader: self, keys })
    }
}

fn is_null(scalar: &Scalar<'_>) -> bool {
    !scalar.quoted && matches!(&*scalar.text, "" | "~" | "null" | "Null" | "NULL")
}

/// Whether a scalar is `true` or `false`: no text to an editor.
fn is_bool(scalar: &Scalar<'_>) -> bool {
    !scalar.quoted
        && matches!(
            &*scalar.text,
            "true" | "True" | "TRUE" | "false" | "False" | "FALSE"
        )
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Other;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Read<V::Value> {
        Err(Other)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.text()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let scalar = self.scalar()?;
        match core::resolve(&scalar.text) {
            Value::Bool(value) if !scalar.quoted => visitor.visit_bool(value),
            _ => Err(Other),
        }
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.integer(visitor)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.integer(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self
            .0
            .next_if(|it| matches!(it, Event::Scalar(it) if is_null(it)))
        {
            Some(_) => visitor.visit_none(),
            None => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Read<V::Value> {
        if name != SPANNED {
            return visitor.visit_newtype_struct(self);
        }
        let span = match self.0.peek() {
            Some(Event::Scalar(scalar)) => scalar.span,
            Some(Event::List(span)) => *span,
            _ => return Err(Other),
        };
        visitor.visit_seq(Placed {
            reader: self,
            span,
            given: 0,
        })
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.0.next() {
            Some(Event::List(_)) => {}
            _ => return Err(Other),
        }
        let value = visitor.visit_seq(Items(&mut *self))?;
        // A tuple does not ask for what comes after it.
        match self.0.next() {
            Some(Event::End) => Ok(value),
            _ => Err(Other),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.map(visitor, Keys::Any(Vec::new()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        self.map(visitor, Keys::Fields)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        visitor.visit_enum(self.text()?.into_deserializer())
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u16 u32 u64 u128 f32 f64 char bytes byte_buf
        unit unit_struct tuple_struct ignored_any
    }
}

/// The keys of a map so far.
enum Keys<'de> {
    /// Those of a struct, which refuses a doubled one itself.
    Fields,
    /// Any, each once.
    Any(Vec<Cow<'de, str>>),
}

struct Entries<'r, 'de> {
    reader: &'r mut Reader<'de>,
    keys: Keys<'de>,
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = Other;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        match (self.reader.0.peek(), &mut self.keys) {
            (Some(Event::Scalar(_)), Keys::Fields) => {}
            (Some(Event::Scalar(key)), Keys::Any(keys)) => {
                if keys.len() == MAX_KEYS || keys.contains(&key.text) {
                    return Err(Other);
                }
                keys.push(key.text.clone());
            }
            _ => {
                self.reader.0.next();
                return Ok(None);
            }
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Read<V::Value> {
        seed.deserialize(&mut *self.reader)
    }
}

struct Items<'r, 'de>(&'r mut Reader<'de>);

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Other;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        match self.0.0.peek() {
            Some(Event::End) => Ok(None),
            _ => seed.deserialize(&mut *self.0).map(Some),
        }
    }
}

/// A value after its range: start, end, value.
struct Placed<'r, 'de> {
    reader: &'r mut Reader<'de>,
    span: Span,
    given: usize,
}

impl<'de> SeqAccess<'de> for Placed<'_, 'de> {
    type Error = Other;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        self.given += 1;
        let value = match self.given {
            1 => seed.deserialize(self.span.start.into_deserializer()),
            2 => seed.deserialize(self.span.end.into_deserializer()),
            _ => seed.deserialize(&mut *self.reader),
        };
        value.map(Some)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::structure::yaml::agreement::is_read;

    const READ: [&str; 8] = [
        "id: A\n",
        "# first\nid: 'A''s'  # there\norder: -3\nauto: true\nkind: two-words\nat: [1, 4]\n",
        "id: \"A: b\"\nwords: [a, 'b, c', \"d\"]\nnames: { a: b, c: \"d: e\" }\n",
        "id: 32(1)(a)\nwords:\n  - 2020-12\n  - 'no'\n  # there\n  - é: ü\n",
        "id: plain over\n  two lines\n\n  and more: \nbelow: []\n",
        "id: plain over\n  two lines\n\n  - and more\nwords:\n- a\n   b\n-   c\nnames: {}\n",
        "---\n\nid: A\nbelow:\n  - id: B\n    below:\n      - { id: C, kind: one }\n      -\n        id: D\nkind: ~\n",
        "id: A\nkind:\nat:\n# there\nwords:\n",
    ];

    #[test]
    fn plain_texts_are_read_as_the_library_reads_them() {
        for text in READ {
            let has_other = text.contains("é: ü") || text.contains("more: ");
            assert_eq!(is_read(text), !has_other, "{text:?}");
        }
    }

    #[test]
    fn the_rest_is_left_to_the_library() {
        for text in [
            "",
            "id: &a A\n",
            "id: A\nwords: &a [b]\nnames: *a\n",
            "id: !!str 1\n",
            "id: A\n---\nid: B\n",
            "%YAML 1.2\n---\nid: A\n",
            "id: A\nid: B\n",
            "id: A\nnames: { a: b, a: c }\n",
            "id: A\nnames: { <<: b }\n",
            "id: ~\n",
            "id: A\norder: \"10\"\n",
            "id: A\norder: 0x10\n",
            "id: A\norder: 007\n",
            "id: A\norder: 1.0\n",
            "id: A\norder: 1_0\n",
            "id: A\nauto: 'true'\n",
            "id: true\n",
            "id: A\nunknown: B\n",
            "id: A\nkind: three\n",
            "id: [A\n",
            "id: A\n\tauto: true\n",
            "id: A\nat: [1, 2, 3]\n",
            "id: |\n  A\n",
        ] {
            assert!(!is_read(text), "{text:?}");
        }
        let deep = format!(
            "id: A\nbelow: {}{}\n",
            "[".repeat(100_000),
            "]".repeat(100_000)
        );
        assert!(!is_read(&deep));
        let wide = format!("id: A\nwords: [a{}]\n", ", a".repeat(600_000));
        assert!(!is_read(&wide));
    }

    const PIECES: [&str; 44] = [
        "id: A\n",
        "id:",
        " ",
        "  ",
        "\n",
        "\n  ",
        "\n    ",
        "- ",
        ": ",
        "#",
        " # c\n",
        "order: ",
        "1",
        "007",
        "below:\n",
        "below:\n- id: B\n",
        "  - id: C\n",
        "names: ",
        "{",
        "}",
        "[",
        "]",
        ", ",
        "'",
        "\"",
        "a",
        "é",
        "\\",
        "~",
        "null",
        "true",
        "words: [a, b]\n",
        "words:\n",
        "|\n",
        ">-\n",
        "&a ",
        "*a",
        "---\n",
        "...\n",
        "\t",
        "\r\n",
        "? ",
        "\u{85}",
        "x: y\n",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_left_or_read_alike(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24)) {
            is_read(&format!("id: A\n{}", pieces.concat()));
        }

        #[test]
        fn a_changed_text_is_left_or_read_alike(
            text in prop::sample::select(&READ[..]),
            changes in prop::collection::vec((any::<prop::sample::Index>(), 0..3_usize, prop::sample::select(&PIECES[..])), 1..4),
        ) {
            let mut text: Vec<char> = text.chars().collect();
            for (at, length, piece) in changes {
                let at = at.index(text.len() + 1);
                let end = (at + length).min(text.len());
                text.splice(at..end, piece.chars());
            }
            is_read(&text.into_iter().collect::<String>());
        }
    }
}
