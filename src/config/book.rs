//! `[book]`, `[build]`, `[markdown]` and `[preview]`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::structure::date::WrittenDate;

/// The metadata of the book.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Book {
    /// The name of the site.
    pub title: String,
    /// What the site is, in one sentence.
    pub description: String,
    /// The people or organisations responsible for the text.
    pub authors: Vec<String>,
    /// The language of the text, as a BCP 47 tag such as `en-GB`.
    pub language: String,
    /// The edition, such as `1.0`.
    pub version: String,
    /// The date of the edition, such as `2026-11-22`.
    pub date: Option<WrittenDate>,
    /// The content folder, relative to `book.toml`.
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

/// Where the site is written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Build {
    /// The folder of the site, relative to `book.toml`.
    pub build_dir: String,
}

impl Default for Build {
    fn default() -> Self {
        Self {
            build_dir: "public".to_owned(),
        }
    }
}

/// How Markdown is read.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct MarkdownConfig {
    /// Whether HTML in Markdown is allowed and published.
    pub raw_html: bool,
    /// Names of laws and standards that are not in the book. A citation next to one of them is never linked.
    pub instruments: Vec<String>,
}

/// The preview.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Preview {
    /// A template for the address that opens a file in your editor, with `{path}`, `{line}` and `{column}`:
    /// `vscode://file/{path}:{line}:{column}`.
    pub editor: Option<String>,
}

impl Preview {
    /// The template for the author's editor; none if its scheme could run scripts or show content in the page.
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
