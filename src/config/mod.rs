//! `book.toml`: the book's name, where it is published, what is checked.
//!
//! Entry: [`Config::parse`]. Keys mean what they mean in mdBook where both have them.
//! Invariant: a mistake in it is a diagnostic like any other, at its line.

mod accessibility;
mod address;
mod bad;
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
pub use bad::{BAD_VALUE, place_of};
pub use book::{Book, Build, MarkdownConfig, Preview};
pub use checks::{AtLeast, Checks, Exception, Level};
pub use colour::Colour;
pub use folders::{Overlap, REPOSITORY, THEME, is_inside, parts};
pub use html::{Html, Output};
pub use theme::{FooterLink, Hidden, Theme};

use crate::diagnostic::Checked;
use crate::source::{SourcePath, Sources, nfc};
use crate::structure::{self, toml};

/// The path of the file.
pub const BOOK_TOML: &str = "book.toml";

/// The settings of a book.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// What the book is.
    #[serde(default)]
    pub book: Book,
    /// Where the built site goes.
    #[serde(default)]
    pub build: Build,
    /// What the site is like.
    #[serde(default)]
    pub output: Output,
    /// What authors may write.
    #[serde(default)]
    pub markdown: MarkdownConfig,
    /// What is checked, and how strictly.
    #[serde(default)]
    pub checks: Checks,
    /// What authors see in the preview.
    #[serde(default)]
    pub preview: Preview,
    /// What the publisher declares of the site's accessibility.
    #[serde(default)]
    pub accessibility: Option<Accessibility>,
    /// What makes the site look like its owner's.
    #[serde(default)]
    pub theme: Theme,
}

impl Config {
    /// Reads `book.toml`; for what is absent or mistaken, the defaults stand.
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

    /// The same with the address of the site in its one form: with the slash at its end. One that is none is left out.
    fn normalised(mut self) -> Self {
        let html = &mut self.output.html;
        let parsed = html.site_url.take().map(|it| WebAddress::of_site(&it));
        html.site_url = parsed.and_then(Result::ok).map(|it| it.whole());
        self
    }

    /// The folder of the content, with a slash at its end.
    #[must_use]
    pub fn content_dir(&self) -> String {
        format!("{}/", nfc(self.book.src.trim_end_matches('/')))
    }
}
