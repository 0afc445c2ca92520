//! A page of a matrix: measures or groups of them against use cases, the top nodes of a framework, or the nodes under one.
//!
//! Entry: [`view`]. Invariant: a reason is shown once on a page, in the list under the table; cells lead to it.

mod cells;
mod filters;
mod heat;
mod reasons;
mod table;
mod text;

use serde::Serialize;

use self::cells::Cells;
use self::filters::Filter;
use self::reasons::Reasons;
use self::table::Table;
use self::text::MatrixText;
use crate::catalogue::{FrameworkIx, NodeIx};
use crate::render::frame::Frame;
use crate::render::page::Page;
use crate::render::views::{About, Crumb, LinkView, NextView};
use crate::site::{Against, Columns, Grid, Grids, Layout, PageKind, safe};

/// If there are more frameworks than this, only the first page lists them.
const MAX_FRAMEWORKS: usize = 8;

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    /// What the page shows, in a sentence or two.
    lead: String,
    /// The matrix of the use cases and that of each framework.
    picks: Vec<MatrixLink>,
    /// The pages of this matrix, if it has several.
    pages: Vec<MatrixLink>,
    filters: Vec<Filter>,
    table: Option<Table>,
    reasons: Option<Reasons>,
    key_title: String,
    key: Vec<KeyRow>,
    data: Option<String>,
}

#[derive(Serialize)]
struct MatrixLink {
    href: String,
    words: String,
    here: bool,
}

/// The node of a column, and the number of leaves under it.
#[derive(Serialize)]
struct KeyRow {
    link: LinkView,
    count: usize,
}

pub(crate) fn view(page: &Page<'_>, grid: Grid) -> View {
    let layout = grids(page).layout(grid, page.number);
    let layout = layout.expect("a page of a matrix is planned with its layout");
    let text = MatrixText::new(page, grid, layout);
    let cells = Cells {
        page,
        grid,
        columns: &layout.columns,
    };
    let table = table::table(&cells, layout, &text);
    let filters = |it: &Table| filters::filters(page.catalogue(), grid, it);
    let key: Vec<_> = match &layout.columns {
        Columns::UseCases(_) => Vec::new(),
        Columns::Nodes(nodes) => nodes.iter().map(|it| key_row(page, *it)).collect(),
    };
    View {
        lead: text.lead.clone(),
        picks: matrices(page, grid),
        pages: pages(page, grid),
        filters: table.as_ref().map_or_else(Vec::new, filters),
        table,
        reasons: reasons::reasons(page, grid, layout),
        key_title: format!("The {}", text.columns),
        key,
        data: page.href_if_any(PageKind::Data),
        frame: Frame::new(page, about(page, grid, text)),
    }
}

fn grids<'a>(page: &Page<'a>) -> &'a Grids {
    &page.renderer.site.grids
}

/// The title of a block of measures: its group, and the number of the part.
fn block_title(page: &Page<'_>, block: usize) -> String {
    let block = &grids(page).blocks[block];
    let group = block
        .group
        .map(|ix| page.catalogue().group(ix).title.clone());
    let title = group.unwrap_or_else(|| "Other measures".to_owned());
    if block.nth == 0 {
        title
    } else {
        format!("{title}, part {}", block.nth + 1)
    }
}

/// The anchor of a cell's reasons. An author's names contain no `~`.
fn cell_anchor(measure: &str, column: &str) -> String {
    format!("{}~{}", safe(measure), safe(column))
}

/// The anchor of a measure's reasons.
fn row_anchor(measure: &str) -> String {
    format!("~{}", safe(measure))
}

fn about(page: &Page<'_>, grid: Grid, text: MatrixText) -> About {
    let (previous, next) = neighbours(page, grid);
    About {
        description: if text.caption.is_empty() {
            text.lead
        } else {
            format!("{}.", text.caption)
        },
        heading: text.heading,
        crumbs: crumbs(page, grid),
        previous,
        next,
        ..About::default()
    }
}

fn crumbs(page: &Page<'_>, grid: Grid) -> Vec<Crumb> {
    let catalogue = page.catalogue();
    let mut steps = vec![(Grid::all(Against::UseCases), "Matrix".to_owned())];
    let mut step = |against, title: &str| steps.push((Grid::all(against), title.to_owned()));
    match grid.against {
        Against::UseCases => step(grid.against, "Use cases"),
        Against::Framework(ix) => step(grid.against, &catalogue.framework(ix).name),
        Against::Top(ix) => {
            let node = catalogue.node(ix);
            let above = Against::Framework(node.framework);
            step(above, &catalogue.framework(node.framework).name);
            step(grid.against, &node.shown);
        }
    }
    if let Some(block) = grid.block {
        steps.push((grid, block_title(page, block)));
    }
    if page.number > 0 {
        steps.push((grid, format!("Page {}", page.number + 1)));
    }
    let last = steps.pop().map(|(_, title)| Page::current_crumb(&title));
    let above = steps
        .iter()
        .map(|(it, title)| page.crumb_with_title(PageKind::Matrix(*it), title));
    above.chain(last).collect()
}

/// The matrices of the previous and the next top node that have one.
fn neighbours(page: &Page<'_>, grid: Grid) -> (Option<NextView>, Option<NextView>) {
    let Against::Top(top) = grid.against else {
        return (None, None);
    };
    let catalogue = page.catalogue();
    let tops = &catalogue.framework(catalogue.node(top).framework).roots;
    let i = tops.partition_point(|it| *it < top);
    let neighbour = |ix: &NodeIx| {
        let kind = PageKind::Matrix(Grid::all(Against::Top(*ix)));
        let node = catalogue.node(*ix);
        page.has(kind).then(|| NextView {
            href: page.to(kind),
            id: node.shown.clone(),
            title: node.name().unwrap_or_default().to_owned(),
        })
    };
    (
        tops[..i].iter().rev().find_map(neighbour),
        tops[i + 1..].iter().find_map(neighbour),
    )
}

fn matrices(page: &Page<'_>, grid: Grid) -> Vec<MatrixLink> {
    let catalogue = page.catalogue();
    let first = Grid::all(Against::UseCases);
    let is_empty = |it: &Layout| it.columns == Columns::UseCases(0..0);
    let all = catalogue.frameworks.len() <= MAX_FRAMEWORKS || (grid == first && page.number == 0);
    let mut out = Vec::new();
    if !all {
        out.push((first, "All matrices".to_owned()));
    } else if !grids(page).layout(first, 0).is_some_and(is_empty) {
        out.push((first, "Use cases".to_owned()));
    }
    if all {
        let frameworks = catalogue.frameworks.iter().enumerate();
        out.extend(frameworks.map(|(i, framework)| {
            let against = Against::Framework(FrameworkIx::new(i));
            (Grid::all(against), framework.name.clone())
        }));
    }
    out.retain(|(it, _)| page.has(PageKind::Matrix(*it)));
    out.into_iter()
        .map(|(other, words)| MatrixLink {
            href: page.to(PageKind::Matrix(other)),
            words,
            here: other == grid && page.number == 0,
        })
        .collect()
}

/// Links to the first and the last page, and to those near this one.
fn pages(page: &Page<'_>, grid: Grid) -> Vec<MatrixLink> {
    const NEAR: usize = 5;
    let count = grids(page).count(grid);
    if count < 2 {
        return Vec::new();
    }
    let near = |it: &usize| *it == 0 || it + 1 == count || it.abs_diff(page.number) <= NEAR;
    let shown = (0..count).filter(near);
    shown
        .map(|number| MatrixLink {
            href: page.to_page(PageKind::Matrix(grid), number),
            words: format!("Page {}", number + 1),
            here: number == page.number,
        })
        .collect()
}

fn key_row(page: &Page<'_>, ix: NodeIx) -> KeyRow {
    KeyRow {
        link: page.node_link(ix),
        count: page.catalogue().leaves(ix).count(),
    }
}
