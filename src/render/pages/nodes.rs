//! Nodes as rows: the tops of a framework, the nodes with pages under a node; where they are too many, stretches of them.
//!
//! Entry: [`tops`], [`below`]; [`tops_part`] and [`below_part`] for a stretch. Invariant: a row leads to the page or the anchor of its node.

use serde::Serialize;

use super::provision::{Gap, gap};
use super::stretches::Rows;
use super::{framework, node};
use crate::catalogue::{Catalogue, FrameworkIx, NodeIx};
use crate::render::frame::Frame;
use crate::render::marks::capital;
use crate::render::page::{CountView, LinkView, Page, counted};
use crate::render::prose::Html;
use crate::site::{self, List};

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
    summary: Option<Html>,
    /// Why the node between is left out.
    gap: Option<Gap>,
    rows: Vec<NodeRow>,
}

/// A stretch of a list of nodes.
#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    id: String,
    /// What the nodes are, where no heading says it.
    title: String,
    groups: Vec<Group>,
}

/// A stretch of the tops of a framework.
pub(crate) fn tops_part(page: &Page<'_>, ix: FrameworkIx, at: usize) -> View {
    let catalogue = page.catalogue();
    let all = &catalogue.framework(ix).tops;
    let name = |at: usize| catalogue.node(all[at]).shown.clone();
    let rows = Rows {
        list: List::Tops(ix),
        len: all.len(),
        name: &name,
    };
    let group = Group {
        anchor: "tops".to_owned(),
        title: None,
        summary: None,
        gap: None,
        rows: tops(page, &all[rows.of_part(at)]),
    };
    View {
        frame: page.frame(rows.part(page, at, framework::about(page, ix))),
        id: catalogue.framework(ix).name.clone(),
        title: framework::top_title(catalogue, ix),
        groups: vec![group],
    }
}

/// A stretch of the nodes with pages under a node.
pub(crate) fn below_part(page: &Page<'_>, ix: NodeIx, at: usize) -> View {
    let catalogue = page.catalogue();
    let all = site::below(catalogue, ix);
    let name = |at: usize| catalogue.node(all[at]).shown.clone();
    let rows = Rows {
        list: List::Below(ix),
        len: all.len(),
        name: &name,
    };
    let about = rows.part(page, at, node::about(page, ix));
    View {
        frame: page.frame(about),
        id: catalogue.node(ix).shown.clone(),
        title: below_title(catalogue, &all),
        groups: below(page, ix, &all[rows.of_part(at)]),
    }
}

/// Tops as rows, each at its anchor.
pub(super) fn tops(page: &Page<'_>, nodes: &[NodeIx]) -> Vec<NodeRow> {
    let catalogue = page.catalogue();
    let one = |ix: &NodeIx| NodeRow {
        anchor: Some(catalogue.node(*ix).slug.clone()),
        below: under(catalogue, *ix),
        ..row(page, *ix)
    };
    nodes.iter().map(one).collect()
}

/// Nodes with pages under a node, by what stands between.
pub(super) fn below(page: &Page<'_>, ix: NodeIx, nodes: &[NodeIx]) -> Vec<Group> {
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
        summary: page.optional(Some(&node.summary)),
        gap: gap(page, ix).filter(|it| it.at.is_none()),
        rows,
    }
}

/// `Controls`: what the nodes with pages under a node are.
pub(super) fn below_title(catalogue: &Catalogue, nodes: &[NodeIx]) -> String {
    let first = nodes.first();
    first.map_or_else(String::new, |it| capital(&catalogue.kind_of(*it).plural))
}

fn row(page: &Page<'_>, ix: NodeIx) -> NodeRow {
    let catalogue = page.catalogue();
    NodeRow {
        anchor: None,
        link: page.node_link(ix),
        summary: page.unlinked(&catalogue.node(ix).summary),
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
