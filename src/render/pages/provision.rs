//! A node without a page of its own, such as a requirement, a paragraph or a point, with its mappings or the reason for its gap.

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
    /// The number of mappings that are not listed, and the matrix that lists all.
    more: usize,
    matrix: Option<String>,
    /// The reason of a gap for this node.
    pub gap: Option<Html>,
    /// The node above it that is mapped in its place.
    through: Option<LinkView>,
    /// The node above it that it is left out with.
    left_out: Option<LinkView>,
    open: bool,
    provisions: Vec<Provision>,
}

/// Why a node is left out.
#[derive(Serialize)]
pub(super) struct Gap {
    /// The node above it with the reason; `None` if it is the node itself.
    pub at: Option<LinkView>,
    because: Html,
}

pub(super) fn provision(page: &Page<'_>, ix: NodeIx) -> Provision {
    let catalogue = page.catalogue();
    let node = catalogue.node(ix);
    let coverage = page.coverage();
    let all = coverage.mappings_to(ix);
    let some = all.iter().take(MAX_ROWS);
    let mappings: Vec<_> = some.map(|it| parts::node_mapping_row(page, *it)).collect();
    let more = all.len() - mappings.len();
    let gap = coverage
        .gap_of(ix)
        .map(|gap| prose::html(page, &catalogue.gaps[gap].because));
    let is_empty = mappings.is_empty() && gap.is_none();
    let standing = page.standing(ix);
    let above = |wanted: CoverageStatus, accepts: &dyn Fn(NodeIx) -> bool| {
        let mut up = catalogue.ancestors(ix).into_iter().rev();
        let nearest = up.find(|it| accepts(*it));
        nearest.filter(|_| is_empty && standing == Some(wanted))
    };
    let through = above(CoverageStatus::Mapped, &|node| {
        !coverage.mappings_to(node).is_empty()
    });
    let left_out = above(CoverageStatus::Justified, &|node| {
        coverage.gap_of(node).is_some()
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

/// The reason for the unmapped leaves under a node: that of the node, or of the nearest node above it.
pub(super) fn gap(page: &Page<'_>, ix: NodeIx) -> Option<Gap> {
    let catalogue = page.catalogue();
    if page.count(catalogue.leaves(ix)).justified == 0 {
        return None;
    }
    let mut up = std::iter::successors(Some(ix), |it| catalogue.node(*it).parent);
    let (node, gap) = up.find_map(|it| Some((it, page.coverage().gap_of(it)?)))?;
    Some(Gap {
        at: (node != ix).then(|| page.node_link(node)),
        because: prose::html(page, &catalogue.gaps[gap].because),
    })
}
