//! The numbered pages of a list of nodes.

use serde::Serialize;

use super::list_pages::list_page;
use super::nodes::{NodeGroup, children, entries_title, node_list_page, roots};
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
    /// The kind of the nodes, for a group without a heading.
    title: String,
    provisions: Vec<Provision>,
    supportive: bool,
    groups: Vec<NodeGroup>,
}

/// A numbered page of the roots of a framework.
pub(crate) fn roots_view(page: &Page<'_>, ix: FrameworkIx) -> View {
    let catalogue = page.catalogue();
    let all = &catalogue.framework(ix).roots;
    let name = |i: usize| catalogue.node(all[i]).shown.clone();
    let list_page = list_page(page, all.len(), name, framework::about(page, ix));
    let group = NodeGroup {
        anchor: page.anchor("tops"),
        title: None,
        summary: None,
        gap: None,
        rows: roots(page, &all[list_page.entries]),
    };
    View {
        frame: Frame::new(page, list_page.about),
        id: catalogue.framework(ix).name.clone(),
        title: framework::top_title(catalogue, ix),
        provisions: Vec::new(),
        supportive: false,
        groups: vec![group],
    }
}

/// A numbered page of the nodes under a node.
pub(crate) fn children_view(page: &Page<'_>, ix: NodeIx) -> View {
    let catalogue = page.catalogue();
    let entries = NodeEntries::new(catalogue, ix);
    let heading = entries_title(catalogue, &entries);
    let (list_page, here) = node_list_page(page, &entries, node::about(page, ix));
    View {
        frame: Frame::new(page, list_page.about),
        id: catalogue.node(ix).shown.clone(),
        title: heading,
        provisions: here.inner.iter().map(|it| provision(page, *it)).collect(),
        supportive: catalogue.is_supportive(catalogue.node(ix).framework),
        groups: children(page, ix, &here.children),
    }
}
