//! A list of records that are made when they are written, so that only one is held.
//!
//! Entry: [`Rows::new`]. Invariant: to a reader it is a list like any other.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

/// How many records there are, and what makes each.
pub(super) struct Rows<'a, T> {
    count: usize,
    make: Box<dyn Fn(usize) -> T + 'a>,
}

impl<'a, T> Rows<'a, T> {
    /// A list of `count` records; `make` is given the position of each.
    pub(super) fn new(count: usize, make: impl Fn(usize) -> T + 'a) -> Self {
        let make = Box::new(make);
        Self { count, make }
    }
}

impl<T: Serialize> Serialize for Rows<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((0..self.count).map(&self.make))
    }
}

impl<T: JsonSchema> JsonSchema for Rows<'_, T> {
    fn schema_name() -> Cow<'static, str> {
        Vec::<T>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<T>::json_schema(generator)
    }

    fn inline_schema() -> bool {
        true
    }
}
