//! Nodes as rows: the roots of a framework, and the nodes with pages under a node.
//!
//! Entry: [`roots`], [`children`]. Invariant: a row leads to the page or the anchor of its node.

use serde::Serialize;

use super::list_pages::{ListPage, list_page};
use super::provision::{Gap, gap};
use crate::catalogue::{Catalogue, NodeIx};
use crate::render::html::Html;
use crate::render::marks::capital;
use crate::render::page::{Page, counted};
use crate::render::prose;
use crate::render::views::{About, CountView, LinkView};
use crate::site::NodeEntries;

/// A node with its coverage.
#[derive(Serialize)]
pub(super) struct NodeRow {
    /// The anchor of the node, if it has no page of its own.
    anchor: Option<String>,
    link: LinkView,
    summary: Html,
    /// `4 controls`.
    below: String,
    count: CountView,
}

/// Nodes under one heading.
#[derive(Serialize)]
pub(super) struct NodeGroup {
    /// The anchor of the node in between, such as a section.
    pub anchor: String,
    pub title: Option<String>,
    pub summary: Option<Html>,
    /// Why the node in between is left out.
    pub gap: Option<Gap>,
    pub rows: Vec<NodeRow>,
}

/// The part of a node's entries that the page shows.
pub(super) fn node_list_page(
    page: &Page<'_>,
    entries: &NodeEntries,
    about: About,
) -> (ListPage, NodeEntries) {
    let catalogue = page.catalogue();
    let name = |i| catalogue.node(entries.get(i)).shown.clone();
    let list_page = list_page(page, entries.count(), name, about);
    let here = entries.some(&list_page.entries);
    (list_page, here)
}

/// Roots as rows, each at its anchor.
pub(super) fn roots(page: &Page<'_>, nodes: &[NodeIx]) -> Vec<NodeRow> {
    let catalogue = page.catalogue();
    let one = |ix: &NodeIx| NodeRow {
        anchor: Some(page.anchor(&catalogue.node(*ix).slug)),
        below: count_below(catalogue, *ix),
        ..row(page, *ix)
    };
    nodes.iter().map(one).collect()
}

/// Nodes with pages under a node, grouped by the child of that node above them.
pub(super) fn children(page: &Page<'_>, ix: NodeIx, nodes: &[NodeIx]) -> Vec<NodeGroup> {
    let catalogue = page.catalogue();
    // The child above a node, if it is not the node itself.
    let between = |node: &NodeIx| {
        let mut up = std::iter::successors(Some(*node), |it| catalogue.node(*it).parent);
        let child = up.find(|it| catalogue.node(*it).parent == Some(ix));
        child.filter(|child| child != node)
    };
    let groups = nodes.chunk_by(|a, b| between(a) == between(b));
    let group = |nodes: &[NodeIx]| {
        let rows = nodes.iter().map(|it| row(page, *it)).collect();
        node_group(page, between(&nodes[0]), rows)
    };
    groups.map(group).collect()
}

fn node_group(page: &Page<'_>, between: Option<NodeIx>, rows: Vec<NodeRow>) -> NodeGroup {
    let Some(ix) = between else {
        return NodeGroup {
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
    NodeGroup {
        anchor: node.slug.clone(),
        title: Some(title),
        summary: prose::optional(page, Some(&node.summary)),
        gap: gap(page, ix).filter(|it| it.at.is_none()),
        rows,
    }
}

/// `Controls`: the kind of the entries of a node.
pub(super) fn entries_title(catalogue: &Catalogue, entries: &NodeEntries) -> String {
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

/// `4 controls`: the number of nodes with a page under a top node; if there are none, the number of its children.
fn count_below(catalogue: &Catalogue, top: NodeIx) -> String {
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
