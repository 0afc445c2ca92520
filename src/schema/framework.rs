//! `frameworks/*/framework.yaml` and the trees beside it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::text::{Ref, Text};
use super::words::State;

/// A law, a scheme or a standard: what it is, how it is built, how it is cited.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Framework {
    /// The identifier, equal to the folder's name.
    pub id: Ref,
    /// The short name, as in the navigation.
    pub name: String,
    /// The full title.
    pub title: String,
    /// The version that the mappings are made for.
    pub version: String,
    /// Its place among the frameworks.
    #[serde(default)]
    pub order: i64,
    /// What it is and whom it binds.
    #[serde(default)]
    pub summary: Text,
    /// Where it stands.
    pub status: Option<Status>,
    /// Levels of assurance, in order: each includes those before it.
    #[serde(default)]
    pub levels: Vec<Ref>,
    /// The kinds of nodes, from the outside in.
    pub kinds: Vec<Kind>,
    /// How it is cited.
    #[serde(default)]
    pub cite: Cite,
    /// The official text.
    pub link: Option<Ref>,
}

/// Where a framework stands, and when that was true.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Status {
    /// Its state.
    pub state: State,
    /// The date on which that was true: `2026-06-03`.
    pub as_of: Ref,
    /// What a reader must know about it, in a sentence.
    #[serde(default)]
    pub note: Text,
    /// Where that stands.
    pub source: Option<Ref>,
}

/// A kind of node.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// The name in the singular: `control`.
    pub name: Ref,
    /// The plural, where it is not the singular with an `s`.
    pub plural: Option<String>,
    /// The file's or anchor's name: `art-{id}`.
    #[serde(default = "id_alone")]
    pub slug: String,
    /// How it is cited; by default as the framework says.
    pub display: Option<String>,
    /// Whether it has a page of its own; otherwise it is an anchor on the page above it.
    #[serde(default)]
    pub page: bool,
    /// Whether mappings may point at it.
    #[serde(default)]
    pub mappable: bool,
    /// The address of its official text, with `{id}` in it.
    pub link: Option<Ref>,
}

fn id_alone() -> String {
    "{id}".to_owned()
}

/// How a framework is cited.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cite {
    /// How a node is shown: `Art. {id}`.
    #[serde(default = "id_alone")]
    pub display: String,
    /// How authors and readers write it: in prose and in the search box. Where an id is digits and dots alone, `{id}` is a
    /// citation beside the framework's name only; `Requirement {id}` is one wherever the framework is certain.
    #[serde(default)]
    pub forms: Vec<String>,
    /// Names that make a citation certain when they stand beside it, besides the framework's own.
    #[serde(default)]
    pub names: Vec<String>,
    /// Words that authors and readers put between the parts of an id, besides `point`, `paragraph`, `lit.` and the like: `Abs.`.
    #[serde(default)]
    pub between: Vec<String>,
}

impl Default for Cite {
    fn default() -> Self {
        Self {
            display: id_alone(),
            forms: Vec::new(),
            names: Vec::new(),
            between: Vec::new(),
        }
    }
}

/// A node of a framework's tree: a category, a control, a requirement; a chapter, an article, a point.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FrameworkNode {
    /// The framework's own identifier.
    pub id: Ref,
    /// At the top of a file: its place among the tops.
    #[serde(default)]
    pub order: i64,
    /// The kind, where it is not the one below the parent's.
    pub kind: Option<Ref>,
    /// What the official text prints, where it misprints.
    pub printed: Option<Ref>,
    /// The official title.
    pub title: Option<Ref>,
    /// The level of assurance from which it holds.
    pub level: Option<Ref>,
    /// A short name of our own, where there is no official title.
    pub label: Option<String>,
    /// Whom it binds.
    pub binds: Option<String>,
    /// What it says, in our own words.
    #[serde(default)]
    pub summary: Text,
    /// What is doubtful in it.
    #[serde(default)]
    pub uncertain: Option<Text>,
    /// Other words under which it is searched: abbreviations, words of other languages. They are shown on no page.
    #[serde(default)]
    pub keywords: Vec<Ref>,
    /// What stands under it.
    #[serde(default)]
    pub nodes: Box<[FrameworkNode]>,
}

/// The address that a kind's or a framework's template gives for a node.
#[must_use]
pub fn fill(template: &str, id: &str) -> String {
    template.replace("{id}", id)
}
