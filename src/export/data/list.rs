//! A list of rows that are created while they are written, so that only one is in memory.
//!
//! Entry: [`Rows`]. Invariant: it serialises like a `Vec` of its rows.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use crate::export::rows::Record;
use crate::site::Edition;

/// The rows of every record of a kind.
pub(super) struct Rows<'a, R> {
    edition: Edition<'a>,
    row: PhantomData<R>,
}

impl<'a, R: Record<'a>> Rows<'a, R> {
    /// Every row of an edition.
    pub(super) fn new(edition: Edition<'a>) -> Self {
        Self {
            edition,
            row: PhantomData,
        }
    }
}

impl<'a, R: Record<'a> + Serialize> Serialize for Rows<'a, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let keys = R::keys(self.edition.catalogue);
        serializer.collect_seq(keys.map(|key| R::row(self.edition, key)))
    }
}

impl<R: JsonSchema> JsonSchema for Rows<'_, R> {
    fn schema_name() -> Cow<'static, str> {
        Vec::<R>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<R>::json_schema(generator)
    }

    fn inline_schema() -> bool {
        true
    }
}
