//! The front matter of prose pages, the threats and the glossary.

use schemars::JsonSchema;
use serde::Deserialize;

use super::text::{Ref, Text};
use super::words::{Audience, Part};

/// The front matter of a page in `guide/`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageMatter {
    /// The title.
    pub title: Ref,
    /// What readers find on the page, in one or two sentences.
    pub summary: Text,
    /// Its position among the pages of its folder: lower numbers come first.
    #[serde(default)]
    pub order: i64,
    /// The readers for whom the page is mainly written.
    #[serde(default)]
    pub audience: Vec<Audience>,
    /// The id of the framework to which citations on this page belong if they name none.
    pub cites: Option<Ref>,
    /// Whether the footer of every page links here.
    #[serde(default)]
    pub footer: bool,
    /// Generated parts, shown below the text.
    #[serde(default)]
    pub parts: Vec<Part>,
    /// Additional search terms, such as abbreviations and words in other languages. They appear on no page.
    #[serde(default)]
    pub keywords: Vec<Ref>,
    /// Whether it is a draft: `build` and `check` leave it out, and links to it become plain text. The preview shows it, marked
    /// as a draft.
    #[serde(default)]
    pub draft: bool,
}

/// The front matter of the home page, `index.md`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HomeMatter {
    /// The title.
    pub title: Ref,
    /// What the site is, in two sentences.
    pub summary: Text,
    /// Entry points by the reader's task.
    #[serde(default)]
    pub tasks: Vec<Task>,
}

/// An entry point for one of the reader's tasks.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// The task, used as the text of the link.
    pub title: String,
    /// For whom it is, and what they find there.
    pub text: Text,
    /// The path of the page, relative to `index.md`.
    pub to: Ref,
}

/// A threat of `threats.yaml`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Threat {
    /// The id that measures and use cases refer to.
    pub id: Ref,
    /// The name.
    pub title: String,
    /// The kind of threat, used as a heading.
    pub group: String,
    /// What happens, and how it shows.
    pub text: Text,
    /// Additional search terms, such as abbreviations and words in other languages. They appear on no page.
    #[serde(default)]
    pub keywords: Vec<Ref>,
}

/// A term of `glossary.yaml`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The term.
    pub term: Ref,
    /// Synonyms and other spellings.
    #[serde(default)]
    pub also: Vec<String>,
    /// The definition.
    pub text: Text,
    /// Related terms.
    #[serde(default)]
    pub see: Vec<Ref>,
    /// Whether the first use of the term in each text links to it.
    #[serde(default)]
    pub auto: bool,
}
