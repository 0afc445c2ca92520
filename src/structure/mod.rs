//! Parses YAML and TOML into typed values, or reports every structural mistake with its range.
//!
//! Entry: [`yaml::parse`] and [`toml::parse`]. If a file does not fit its type, [`json_schema`] finds the mistakes in the parsed tree.
//! Invariant: a file that does not fit its type yields at least one diagnostic, and all that can be found at once.

pub mod date;
pub mod edit;
pub mod escapes;
pub mod json_schema;
pub mod picture;
pub mod rules;
mod spanned;
pub mod svg;
pub mod toml;
pub mod yaml;

use crate::diagnostic::Diagnostic;
use crate::source::{SourcePath, Span};
pub use spanned::Spanned;

/// A node of a parsed file: a value and its range.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The range in the file's text.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// The value of a [`Node`].
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// No value, or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// A string.
    Text(String),
    /// A date or time without quotes, which only TOML has.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order of the file. A key may occur twice.
    Map(Vec<(Spanned<String>, Node)>),
}

/// Decodes a file as UTF-8, without its byte order mark.
///
/// # Errors
/// `not-utf8`.
pub fn decode<'a>(path: &SourcePath, bytes: &'a [u8]) -> Result<&'a str, Vec<Diagnostic>> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => Err(vec![rules::not_utf8::report(path, error.valid_up_to())]),
    }
}

impl Value {
    /// The name of the value's type, for diagnostics.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Text(_) => "text",
            Self::Date(_) => "a date without quotes",
            Self::List(_) => "a list",
            Self::Map(_) => "a map of keys",
        }
    }
}
