//! Rendered HTML, which templates must not escape.

use serde::{Serialize, Serializer};
use tera::Value;

/// HTML that templates insert without escaping.
#[derive(Debug, Clone, Default)]
pub(super) struct Html(pub String);

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::safe_string(&self.0).serialize(serializer)
    }
}
