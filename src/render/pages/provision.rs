//! A node without a page of its own: a requirement, a paragraph, a point; what answers to it, or why nothing does.

use serde::Serialize;

use super::parts::{self, MappingRow};
use crate::catalogue::{NodeIx, Standing};
use crate::render::marks::MarkView;
use crate::render::page::{LinkView, Page};
use crate::render::prose::Html;

#[derive(Serialize)]
pub(super) struct Provision {
    pub anchor: String,
    pub id: String,
    pub name: Option<String>,
    level: Option<MarkView>,
    printed: Option<String>,
    summary: Option<Html>,
    uncertain: Option<Html>,
    pub mappings: Vec<MappingRow>,
    /// The reason of a gap stated here.
    pub gap: Option<Html>,
    /// Where the answer stands, for what is mapped through a node above it.
    through: Option<LinkView>,
    /// Where the reason stands, for what is left out with a node above it.
    left_out: Option<LinkView>,
    open: bool,
    provisions: Vec<Provision>,
}

/// Why a node is left out.
#[derive(Serialize)]
pub(super) struct Gap {
    /// The node above it for which the reason is given; none where it is the node itself.
    pub at: Option<LinkView>,
    because: Html,
}

pub(super) fn provision(page: &Page<'_>, ix: NodeIx) -> Provision {
    let catalogue = page.catalogue();
    let node = catalogue.node(ix);
    let coverage = page.coverage();
    let mappings: Vec<_> = coverage
        .mappings_to(ix)
        .iter()
        .map(|it| parts::from_node(page, *it))
        .collect();
    let gap = coverage
        .gap_of(ix)
        .map(|at| page.prose(&catalogue.gaps[at].because));
    let bare = mappings.is_empty() && gap.is_none();
    let standing = page.standing(ix);
    let above = |wanted: Standing, holds: &dyn Fn(NodeIx) -> bool| {
        let mut up = catalogue.above(ix).into_iter().rev();
        let found = up.find(|it| holds(*it));
        found.filter(|_| bare && standing == Some(wanted))
    };
    let through = above(Standing::Mapped, &|it| !coverage.mappings_to(it).is_empty());
    let left_out = above(Standing::Justified, &|it| coverage.gap_of(it).is_some());
    let below = if catalogue.kind_of(ix).page {
        Vec::new()
    } else {
        let children = node.children.iter();
        children.map(|it| provision(page, *it)).collect()
    };
    Provision {
        anchor: node.slug.clone(),
        id: node.shown.clone(),
        name: node.name().map(str::to_owned),
        level: page.level(ix),
        printed: node.printed.clone(),
        summary: page.optional(Some(&node.summary)),
        uncertain: page.optional(node.uncertain.as_ref()),
        mappings,
        gap,
        through: through.map(|it| page.node_link(it)),
        left_out: left_out.map(|it| page.node_link(it)),
        open: standing == Some(Standing::Open),
        provisions: below,
    }
}

/// The reason for leaving out what no mapping reaches under a node: given for it, or for the nearest node above it.
pub(super) fn gap(page: &Page<'_>, ix: NodeIx) -> Option<Gap> {
    let catalogue = page.catalogue();
    if page.count(catalogue.leaves(ix)).justified == 0 {
        return None;
    }
    let mut up = std::iter::successors(Some(ix), |it| catalogue.node(*it).parent);
    let (node, at) = up.find_map(|it| Some((it, page.coverage().gap_of(it)?)))?;
    Some(Gap {
        at: (node != ix).then(|| page.node_link(node)),
        because: page.prose(&catalogue.gaps[at].because),
    })
}
