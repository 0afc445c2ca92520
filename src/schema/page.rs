//! Pages of prose with front matter, the threats and the glossary.

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
    /// What the reader finds here, in one or two sentences.
    pub summary: Text,
    /// Its place among the pages of its folder.
    #[serde(default)]
    pub order: i64,
    /// The readers whom it serves first.
    #[serde(default)]
    pub audience: Vec<Audience>,
    /// The framework whose bare citations are certain on this page.
    pub cites: Option<Ref>,
    /// Whether every page's foot leads here.
    #[serde(default)]
    pub footer: bool,
    /// Parts made from the catalogue, shown below the text.
    #[serde(default)]
    pub parts: Vec<Part>,
    /// Other words under which it is searched: abbreviations, words of other languages. They are shown on no page.
    #[serde(default)]
    pub keywords: Vec<Ref>,
    /// Whether it is left out of a build, and of what `check` proves; the preview shows it, marked. A link to it is plain text.
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
    /// Ways in by the reader's task.
    #[serde(default)]
    pub tasks: Vec<Task>,
}

/// A way in by the reader's task.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// The task, as the words of the link.
    pub title: String,
    /// For whom, and what is found there.
    pub text: Text,
    /// The page: a path from `index.md`.
    pub to: Ref,
}

/// A threat of `threats.yaml`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Threat {
    /// The identifier that measures and use cases name.
    pub id: Ref,
    /// The name.
    pub title: String,
    /// The kind of threat it is, as a heading.
    pub group: String,
    /// What it looks like.
    pub text: Text,
    /// Other words under which it is searched: abbreviations, words of other languages. They are shown on no page.
    #[serde(default)]
    pub keywords: Vec<Ref>,
}

/// A term of `glossary.yaml`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The term.
    pub term: Ref,
    /// Other words for it.
    #[serde(default)]
    pub also: Vec<String>,
    /// What it means.
    pub text: Text,
    /// Terms to read next.
    #[serde(default)]
    pub see: Vec<Ref>,
    /// Whether texts link to it where they first use it.
    #[serde(default)]
    pub auto: bool,
}
