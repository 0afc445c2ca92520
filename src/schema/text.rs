//! Field types: references, inline Markdown, and maps with references as keys.

use std::borrow::Cow;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};

use crate::markdown::{Document, Flavour, Highlighter};
use crate::source::Span;
use crate::structure::Spanned;

/// An id or a reference, as written.
pub type Ref = Spanned<String>;

/// Inline Markdown, parsed, with the range of its scalar.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// The range of the scalar in the file.
    pub span: Span,
    /// The prose.
    pub document: Arc<Document>,
}

impl Text {
    /// Parses inline Markdown that stands in no file.
    #[must_use]
    pub fn parse(markdown: &str) -> Self {
        let document = Document::parse(markdown, Flavour::Inline, &Highlighter::default());
        Self {
            span: Span::default(),
            document: Arc::new(document),
        }
    }

    /// Whether the text is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.document.is_empty()
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::parse("")
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Spanned { span, value } = Spanned::<String>::deserialize(deserializer)?;
        Ok(Self {
            span,
            ..Self::parse(&value)
        })
    }
}

impl JsonSchema for Text {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

/// Makes `because` required for editors. The build keeps a record without it, and reports `missing-reason`.
pub(super) fn because_required(schema: &mut Schema) {
    let required = schema
        .ensure_object()
        .entry("required")
        .or_insert_with(|| serde_json::json!([]));
    if let Some(list) = required.as_array_mut() {
        list.push("because".into());
    }
}

/// A map with references as keys, in the order of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Entries<V>(pub Vec<(Ref, V)>);

impl<V> Default for Entries<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Entries<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<V>(std::marker::PhantomData<V>);

        impl<'de, V: Deserialize<'de>> serde::de::Visitor<'de> for Visitor<V> {
            type Value = Entries<V>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a map of keys")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                entries.shrink_to_fit();
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(Visitor(std::marker::PhantomData))
    }
}

impl<V: JsonSchema> JsonSchema for Entries<V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("MapOf{}", V::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<V>();
        json_schema!({ "type": "object", "additionalProperties": value })
    }
}
