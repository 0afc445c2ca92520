//! Nodes as rows: the roots of a framework, the children of a node; where they are too many, numbered pages of them.
//!
//! Entry: [`roots`], [`children`]; [`some_roots`] and [`some_children`] for a numbered page. Invariant: a row leads to the page or the anchor of its node.

use serde::Serialize;

use super::list_pages::{Listed, listed};
use super::provision::{Gap, gap};
use crate::catalogue::{Catalogue, NodeIx};
use crate::render::html::Html;
use crate::render::marks::capital;
use crate::render::page::{Page, counted};
use crate::render::prose;
use crate::render::views::{About, CountView, LinkView};
use crate::site::NodeEntries;

/// A node, with what is mapped under it.
#[derive(Serialize)]
pub(super) struct NodeRow {
    /// Where the row is the node’s own place.
    anchor: Option<String>,
    link: LinkView,
    summary: Html,
    /// `4 controls`.
    below: String,
    count: CountView,
}

/// Nodes with pages, under one heading.
#[derive(Serialize)]
pub(super) struct Group {
    /// A heading between, such as a section.
    pub anchor: String,
    pub title: Option<String>,
    pub summary: Option<Html>,
    /// Why the node between is left out.
    pub gap: Option<Gap>,
    pub rows: Vec<NodeRow>,
}

/// What of a node's entries stands on the page.
pub(super) fn listed_nodes(
    page: &Page<'_>,
    entries: &NodeEntries,
    about: About,
) -> (Listed, NodeEntries) {
    let catalogue = page.catalogue();
    let name = |at| catalogue.node(entries.get(at)).shown.clone();
    let listed = listed(page, entries.count(), name, about);
    let here = entries.some(&listed.entries);
    (listed, here)
}

/// Roots as rows, each at its anchor.
pub(super) fn roots(page: &Page<'_>, nodes: &[NodeIx]) -> Vec<NodeRow> {
    let catalogue = page.catalogue();
    let one = |ix: &NodeIx| NodeRow {
        anchor: Some(catalogue.node(*ix).slug.clone()),
        below: under(catalogue, *ix),
        ..row(page, *ix)
    };
    nodes.iter().map(one).collect()
}

/// Nodes with pages under a node, by what stands between.
pub(super) fn children(page: &Page<'_>, ix: NodeIx, nodes: &[NodeIx]) -> Vec<Group> {
    let catalogue = page.catalogue();
    // The child of the node above a row, if it is not the row itself.
    let between = |it: &NodeIx| {
        let mut up = std::iter::successors(Some(*it), |it| catalogue.node(*it).parent);
        let child = up.find(|it| catalogue.node(*it).parent == Some(ix));
        child.filter(|child| child != it)
    };
    let groups = nodes.chunk_by(|a, b| between(a) == between(b));
    let group = |nodes: &[NodeIx]| {
        let rows = nodes.iter().map(|it| row(page, *it)).collect();
        heading(page, between(&nodes[0]), rows)
    };
    groups.map(group).collect()
}

fn heading(page: &Page<'_>, between: Option<NodeIx>, rows: Vec<NodeRow>) -> Group {
    let Some(ix) = between else {
        return Group {
            anchor: "nodes".to_owned(),
            title: None,
            summary: None,
            gap: None,
            rows,
        };
    };
    let node = page.catalogue().node(ix);
    let title = node.name().map_or_else(
        || node.shown.clone(),
        |name| format!("{}. {name}", node.shown),
    );
    Group {
        anchor: node.slug.clone(),
        title: Some(title),
        summary: prose::optional(page, Some(&node.summary)),
        gap: gap(page, ix).filter(|it| it.at.is_none()),
        rows,
    }
}

/// `Controls`: what a node lists.
pub(super) fn title(catalogue: &Catalogue, entries: &NodeEntries) -> String {
    let first = entries.children.first().or(entries.inner.first());
    first.map_or_else(String::new, |it| capital(&catalogue.kind_of(*it).plural))
}

fn row(page: &Page<'_>, ix: NodeIx) -> NodeRow {
    let catalogue = page.catalogue();
    NodeRow {
        anchor: None,
        link: page.node_link(ix),
        summary: prose::unlinked(page, &catalogue.node(ix).summary),
        below: String::new(),
        count: page.count(catalogue.leaves(ix)),
    }
}

/// How many nodes with a page stand under a top; without such, how many stand directly under it.
fn under(catalogue: &Catalogue, top: NodeIx) -> String {
    let pages: Vec<_> = catalogue
        .tree(top)
        .skip(1)
        .filter(|it| catalogue.kind_of(*it).page)
        .collect();
    let shown = if pages.is_empty() {
        catalogue.node(top).children.clone()
    } else {
        pages
    };
    shown.first().map_or_else(String::new, |first| {
        let kind = catalogue.kind_of(*first);
        counted(shown.len(), &kind.name, &kind.plural)
    })
}
