//! The settings of a book, `book.toml`.
//!
//! Entry: [`Config::parse`]. Keys that mdBook has too have the same meaning.
//! Invariant: every mistake is a diagnostic with its range.

mod accessibility;
mod address;
mod bad_value;
mod book;
mod checks;
mod colour;
mod folders;
mod html;
mod theme;

use schemars::JsonSchema;
use serde::Deserialize;

pub use accessibility::{Accessibility, Barrier, Conformity, Contact, Enforcement, Method, Reason};
pub use address::WebAddress;
pub use bad_value::{BAD_VALUE, value_location};
pub use book::{Book, Build, MarkdownConfig, Preview};
pub use checks::{AtLeast, Checks, Exception, Level};
pub use colour::Colour;
pub use folders::{Overlap, REPOSITORY, THEME, is_inside, path_parts};
pub use html::{Html, Output};
pub use theme::{FooterLink, Hidden, Theme};

use crate::diagnostic::Checked;
use crate::source::{SourcePath, Sources, nfc};
use crate::structure::{self, toml};

/// The path of the settings file.
pub const BOOK_TOML: &str = "book.toml";

/// The settings of a book.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The metadata of the book.
    #[serde(default)]
    pub book: Book,
    /// Where the site is written.
    #[serde(default)]
    pub build: Build,
    /// The output formats.
    #[serde(default)]
    pub output: Output,
    /// How Markdown is read.
    #[serde(default)]
    pub markdown: MarkdownConfig,
    /// Which rules are checked, and how strictly.
    #[serde(default)]
    pub checks: Checks,
    /// The preview.
    #[serde(default)]
    pub preview: Preview,
    /// The accessibility statement.
    #[serde(default)]
    pub accessibility: Option<Accessibility>,
    /// The look of the site.
    #[serde(default)]
    pub theme: Theme,
}

impl Config {
    /// Parses `book.toml`. Missing and invalid settings have their defaults.
    #[must_use]
    pub fn parse(sources: &Sources) -> Checked<Self> {
        let path: SourcePath = BOOK_TOML.into();
        let Some(bytes) = sources.bytes(&path) else {
            return Checked::default();
        };
        let text = match structure::decode(&path, bytes) {
            Ok(text) => text,
            Err(diagnostics) => {
                return Checked {
                    value: Self::default(),
                    diagnostics,
                };
            }
        };
        let (value, mut diagnostics) = match toml::parse::<Self>(&path, text) {
            Ok(value) => (value, Vec::new()),
            Err(mistakes) => (toml::parse_rest(text, &mistakes), mistakes),
        };
        diagnostics.extend(value.bad_values(&path, text));
        let value = value.normalised();
        Checked { value, diagnostics }
    }

    /// Normalises the address of the site, which gets a trailing slash; an invalid one is removed.
    fn normalised(mut self) -> Self {
        let html = &mut self.output.html;
        let parsed = html.site_url.take().map(|url| WebAddress::parse_site(&url));
        html.site_url = parsed.and_then(Result::ok).map(|it| it.to_string());
        self
    }

    /// The content folder, with a trailing slash.
    #[must_use]
    pub fn content_dir(&self) -> String {
        format!("{}/", nfc(self.book.src.trim_end_matches('/')))
    }
}
