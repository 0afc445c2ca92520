//! `frameworks/*/framework.yaml` and the trees of nodes in the same folder.

use schemars::JsonSchema;
use serde::Deserialize;

use super::text::{Ref, Text};
use super::words::State;

/// A law, a scheme or a standard: its metadata, its structure, and how it is cited.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Framework {
    /// The id. It equals the name of the folder.
    pub id: Ref,
    /// The short name, used in the navigation.
    pub name: String,
    /// The full title.
    pub title: String,
    /// The version to which the mappings apply.
    pub version: String,
    /// Its position among the frameworks: lower numbers come first.
    #[serde(default)]
    pub order: i64,
    /// What it is and to whom it applies.
    #[serde(default)]
    pub summary: Text,
    /// Its legal or editorial status.
    pub status: Option<Status>,
    /// Assurance levels, lowest first. Each level includes those before it.
    #[serde(default)]
    pub levels: Vec<Ref>,
    /// The kinds of nodes, from the top level down.
    pub kinds: Vec<Kind>,
    /// How it is cited.
    #[serde(default)]
    pub cite: Cite,
    /// The web address of the official text.
    pub link: Option<Ref>,
}

/// The status of a framework on a given date.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Status {
    /// The state.
    pub state: State,
    /// The date of this status, such as `2026-06-03`.
    pub as_of: Ref,
    /// What readers need to know about it, in one sentence.
    #[serde(default)]
    pub note: Text,
    /// The web address of the source for this status.
    pub source: Option<Ref>,
}

/// A kind of node.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// The name in the singular, such as `control`.
    pub name: Ref,
    /// The plural. Default: the singular with an `s`.
    pub plural: Option<String>,
    /// A template for the name of the page or anchor, such as `art-{id}`.
    #[serde(default = "id_alone")]
    pub slug: String,
    /// A template for how it is displayed, such as `Chapter {id}`. Default: the framework's.
    pub display: Option<String>,
    /// Whether each node has a page of its own. Otherwise it is a section on the page of its parent.
    #[serde(default)]
    pub page: bool,
    /// Whether mappings may refer to it.
    #[serde(default)]
    pub mappable: bool,
    /// A template for the web address of its official text, with `{id}` in it.
    pub link: Option<Ref>,
}

fn id_alone() -> String {
    "{id}".to_owned()
}

/// How a framework is cited.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cite {
    /// A template for how a node is displayed, such as `Art. {id}`.
    #[serde(default = "id_alone")]
    pub display: String,
    /// Templates for how authors and readers cite a node, in prose and in the search box. If ids consist of digits and dots,
    /// `{id}` alone is a citation only next to the framework's name; `Requirement {id}` is one wherever the framework is certain.
    #[serde(default)]
    pub forms: Vec<String>,
    /// Additional names of the framework. A citation next to one of them belongs to this framework.
    #[serde(default)]
    pub names: Vec<String>,
    /// Additional words that may separate the parts of an id, such as `Abs.`. `point`, `paragraph`, `lit.` and the like are known.
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

/// A node in the tree of a framework, such as a category, control or requirement, or a chapter, article or point.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FrameworkNode {
    /// The identifier that the framework gives it.
    pub id: Ref,
    /// The position of a top-level node among the others: lower numbers come first.
    #[serde(default)]
    pub order: i64,
    /// The kind. Default: the one below the parent's kind.
    pub kind: Option<Ref>,
    /// The identifier as the official text prints it, if that is a misprint.
    pub printed: Option<Ref>,
    /// The official title.
    pub title: Option<Ref>,
    /// The lowest assurance level at which it applies.
    pub level: Option<Ref>,
    /// Your own short name, if there is no official title.
    pub label: Option<String>,
    /// To whom it applies.
    pub binds: Option<String>,
    /// What it says, in your own words.
    #[serde(default)]
    pub summary: Text,
    /// What is uncertain about it.
    #[serde(default)]
    pub uncertain: Option<Text>,
    /// Additional search terms, such as abbreviations and words in other languages. They appear on no page.
    #[serde(default)]
    pub keywords: Vec<Ref>,
    /// Its child nodes.
    #[serde(default)]
    pub nodes: Box<[FrameworkNode]>,
}

/// Fills a template of a kind or framework with the id of a node.
#[must_use]
pub fn fill(template: &str, id: &str) -> String {
    template.replace("{id}", id)
}
