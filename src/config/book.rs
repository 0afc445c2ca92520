//! `[book]`, `[build]`, `[markdown]` and `[preview]`: what the book is, and how its authors work.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::structure::date::WrittenDate;

/// What the book is.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Book {
    /// The name of the site.
    pub title: String,
    /// What the site is, in a sentence.
    pub description: String,
    /// Who is answerable for the text.
    pub authors: Vec<String>,
    /// The language of the text, as a BCP 47 tag.
    pub language: String,
    /// The edition, such as `1.0`.
    pub version: String,
    /// The date of the edition: `2026-11-22`.
    pub date: Option<WrittenDate>,
    /// The folder of the content.
    pub src: String,
}

impl Default for Book {
    fn default() -> Self {
        Self {
            title: "Controls catalogue".to_owned(),
            description: String::new(),
            authors: Vec::new(),
            language: "en-GB".to_owned(),
            version: "0.1".to_owned(),
            date: None,
            src: "content".to_owned(),
        }
    }
}

/// Where the built site goes.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Build {
    /// The folder, from that of `book.toml`.
    pub build_dir: String,
}

impl Default for Build {
    fn default() -> Self {
        Self {
            build_dir: "public".to_owned(),
        }
    }
}

/// What authors may write.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct MarkdownConfig {
    /// Whether HTML in Markdown is passed on.
    pub raw_html: bool,
    /// Names of laws and standards that are not in the book: a citation beside one is never linked.
    pub instruments: Vec<String>,
}

/// What authors see in the preview.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Preview {
    /// The address that opens a file in your editor, with `{path}`, `{line}` and `{column}` in it:
    /// `vscode://file/{path}:{line}:{column}`.
    pub editor: Option<String>,
}

impl Preview {
    /// The address that opens a file in the author's editor: not one that would run or show something in the page.
    #[must_use]
    pub fn editor(&self) -> Option<&str> {
        let address = self.editor.as_deref()?;
        let scheme = address.split_once(':')?.0.to_lowercase();
        let opens = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
            && !["javascript", "data", "vbscript", "blob", "about"].contains(&scheme.as_str());
        (opens && address.contains("{path}")).then_some(address)
    }
}
