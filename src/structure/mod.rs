//! The structure of a file as written: scalars, lists and maps with the range of each, whatever the format.
//!
//! Entry: [`yaml::typed`] and [`toml::typed`], which give a typed value or, by [`shape`], every structural mistake.
//! Invariant: a file that does not fit its type yields at least one diagnostic, and all that can be found at once.

pub mod date;
pub mod edit;
pub mod escapes;
pub mod picture;
pub mod rules;
pub mod shape;
mod spanned;
pub mod svg;
pub mod toml;
pub mod yaml;

use crate::diagnostic::Diagnostic;
use crate::source::{SourcePath, Span};
pub use spanned::Spanned;

/// A value as written, with its range.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The range in the file's text.
    pub span: Span,
    /// What stands there.
    pub value: Value,
}

/// What stands at a [`Node`].
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Text(String),
    /// A date or a time that is not in quotes, which TOML has and YAML has not.
    Date(String),
    /// Values in order.
    List(Vec<Node>),
    /// Keys with their values, in order; a key may stand twice.
    Map(Vec<(Spanned<String>, Node)>),
}

/// A file's text without its byte order mark.
///
/// # Errors
/// `not-utf8`.
pub fn text<'a>(path: &SourcePath, bytes: &'a [u8]) -> Result<&'a str, Vec<Diagnostic>> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => Err(vec![rules::not_utf8::at(path, error.valid_up_to())]),
    }
}

impl Value {
    /// What an author would call it.
    #[must_use]
    pub fn describe(&self) -> &'static str {
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
