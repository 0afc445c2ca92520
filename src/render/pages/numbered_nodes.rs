//! A numbered page of a list of nodes.

use serde::Serialize;

use super::list_pages::listed;
use super::nodes::{Group, children, listed_nodes, roots, title};
use super::provision::{Provision, provision};
use super::{framework, node};
use crate::catalogue::{FrameworkIx, NodeIx};
use crate::render::frame::Frame;
use crate::render::page::Page;
use crate::site::NodeEntries;

/// A numbered page of a list of nodes.
#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    id: String,
    /// What the nodes are, where no heading says it.
    title: String,
    provisions: Vec<Provision>,
    supportive: bool,
    groups: Vec<Group>,
}

/// Some of the roots of a framework.
pub(crate) fn some_roots(page: &Page<'_>, ix: FrameworkIx) -> View {
    let catalogue = page.catalogue();
    let all = &catalogue.framework(ix).roots;
    let name = |at: usize| catalogue.node(all[at]).shown.clone();
    let listed = listed(page, all.len(), name, framework::about(page, ix));
    let group = Group {
        anchor: page.anchor("tops"),
        title: None,
        summary: None,
        gap: None,
        rows: roots(page, &all[listed.entries]),
    };
    View {
        frame: Frame::new(page, listed.about),
        id: catalogue.framework(ix).name.clone(),
        title: framework::top_title(catalogue, ix),
        provisions: Vec::new(),
        supportive: false,
        groups: vec![group],
    }
}

/// Some of what stands under a node.
pub(crate) fn some_children(page: &Page<'_>, ix: NodeIx) -> View {
    let catalogue = page.catalogue();
    let entries = NodeEntries::of(catalogue, ix);
    let heading = title(catalogue, &entries);
    let (listed, here) = listed_nodes(page, &entries, node::about(page, ix));
    View {
        frame: Frame::new(page, listed.about),
        id: catalogue.node(ix).shown.clone(),
        title: heading,
        provisions: here.inner.iter().map(|it| provision(page, *it)).collect(),
        supportive: catalogue.is_supportive(catalogue.node(ix).framework),
        groups: children(page, ix, &here.children),
    }
}
