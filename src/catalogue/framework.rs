//! Frameworks and their nodes, linked.

use std::ops::Range;

use serde::Serialize;

use super::{FrameworkIx, Guidance, NodeIx, Prose, SetIx};
use crate::schema::{Cite, State};
use crate::source::{SourceLocation, SourcePath, Span};

/// A law, a scheme or a standard.
#[derive(Debug, Clone)]
pub struct Framework {
    /// The identifier.
    pub id: String,
    /// The short name.
    pub name: String,
    /// The full title.
    pub title: String,
    /// The version.
    pub version: String,
    /// What it is.
    pub summary: Prose,
    /// Its legal status.
    pub status: Option<FrameworkStatus>,
    /// Levels of assurance, in order.
    pub levels: Vec<String>,
    /// The kinds of nodes.
    pub kinds: Vec<Kind>,
    /// How it is cited.
    pub cite: Cite,
    /// The official text.
    pub link: Option<String>,
    /// Its nodes, the roots among them.
    pub nodes: Range<usize>,
    /// Its root nodes in order.
    pub roots: Vec<NodeIx>,
    /// The set that maps to it.
    pub set: Option<SetIx>,
    /// The file.
    pub path: SourcePath,
}

/// The legal status of a framework.
#[derive(Debug, Clone)]
pub struct FrameworkStatus {
    /// Its state.
    pub state: State,
    /// When that was true, as an ISO date.
    pub as_of: String,
    /// What a reader must know.
    pub note: Prose,
    /// The address of the source.
    pub source: Option<String>,
}

/// A word in the singular and the plural.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Noun {
    /// In the singular.
    pub one: &'static str,
    /// In the plural.
    pub many: &'static str,
}

/// A kind of node.
#[derive(Debug, Clone)]
pub struct Kind {
    /// The name in the singular.
    pub name: String,
    /// The name in the plural.
    pub plural: String,
    /// The template of its file's or anchor's name.
    pub slug: String,
    /// The template of how it is shown.
    pub display: String,
    /// Whether it has a page.
    pub page: bool,
    /// Whether mappings may point at it.
    pub mappable: bool,
    /// The template of its official address.
    pub link: Option<String>,
}

/// A node of a framework.
#[derive(Debug, Clone)]
pub struct Node {
    /// The framework.
    pub framework: FrameworkIx,
    /// Its kind, by position.
    pub kind: usize,
    /// The framework's identifier.
    pub id: String,
    /// How it is shown: `Art. 32(1)`.
    pub shown: String,
    /// The name of its file or anchor.
    pub slug: String,
    /// The misprinted id in the official text.
    pub printed: Option<String>,
    /// The official title.
    pub title: Option<String>,
    /// Our short name.
    pub label: Option<String>,
    /// The level, by position.
    pub level: Option<usize>,
    /// Whom it binds.
    pub binds: Option<String>,
    /// What it says.
    pub summary: Prose,
    /// The range of the summary in the file; empty at the start if it is absent.
    pub summary_span: Span,
    /// What is uncertain about it.
    pub uncertain: Option<Prose>,
    /// The node above.
    pub parent: Option<NodeIx>,
    /// The nodes below.
    pub children: Vec<NodeIx>,
    /// The number of nodes below it, which follow it.
    pub size: usize,
    /// Other words under which it is searched.
    pub keywords: Vec<String>,
    /// More on it, from a file of its own.
    pub guidance: Option<Guidance>,
    /// The place of its id.
    pub place: SourceLocation,
}

impl Node {
    /// The official title or our short name.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.title.as_deref().or(self.label.as_deref())
    }
}
