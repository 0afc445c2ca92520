//! A node without a page of its own: a requirement, a paragraph, a point; what answers to it, or why nothing does.

use serde::Serialize;

use super::parts::{self, MappingRow};
use crate::catalogue::{CoverageStatus, NodeIx};
use crate::render::html::Html;
use crate::render::marks::MarkView;
use crate::render::page::Page;
use crate::render::prose;
use crate::render::views::LinkView;
use crate::site::{Against, Grid, MAX_ROWS, PageKind};

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
    /// How many more mappings there are, and the matrix that lists all.
    more: usize,
    matrix: Option<String>,
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
    let all = coverage.mappings_to(ix);
    let some = all.iter().take(MAX_ROWS);
    let mappings: Vec<_> = some.map(|it| parts::from_node(page, *it)).collect();
    let more = all.len() - mappings.len();
    let gap = coverage
        .gap_of(ix)
        .map(|at| prose::html(page, &catalogue.gaps[at].because));
    let bare = mappings.is_empty() && gap.is_none();
    let standing = page.standing(ix);
    let above = |wanted: CoverageStatus, holds: &dyn Fn(NodeIx) -> bool| {
        let mut up = catalogue.ancestors(ix).into_iter().rev();
        let found = up.find(|it| holds(*it));
        found.filter(|_| bare && standing == Some(wanted))
    };
    let through = above(CoverageStatus::Mapped, &|it| {
        !coverage.mappings_to(it).is_empty()
    });
    let left_out = above(CoverageStatus::Justified, &|it| {
        coverage.gap_of(it).is_some()
    });
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
        summary: prose::optional(page, Some(&node.summary)),
        uncertain: prose::optional(page, node.uncertain.as_ref()),
        mappings,
        more,
        matrix: matrix(page, ix).filter(|_| more > 0),
        gap,
        through: through.map(|it| page.node_link(it)),
        left_out: left_out.map(|it| page.node_link(it)),
        open: standing == Some(CoverageStatus::Open),
        provisions: below,
    }
}

/// The first page of the matrix that has a node among its columns.
fn matrix(page: &Page<'_>, ix: NodeIx) -> Option<String> {
    let catalogue = page.catalogue();
    let root = catalogue.ancestors(ix).first().copied().unwrap_or(ix);
    let grid = Grid::all(Against::Top(root));
    let mut up = catalogue.self_and_ancestors(ix);
    let number = up.find_map(|it| page.renderer.site.grids.with_column(grid, it))?;
    let kind = PageKind::Matrix(grid);
    page.has(kind).then(|| page.to_page(kind, number))
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
        because: prose::html(page, &catalogue.gaps[at].because),
    })
}
