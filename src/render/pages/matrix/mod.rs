//! A page of a matrix: measures, or groups of them, against use cases, the tops of a framework, or what stands under one.
//!
//! Entry: [`view`]. Invariant: a reason stands once on a page, in the list under the table; cells lead to it.

mod cells;
mod filters;
mod heat;
mod reasons;
mod table;
mod words;

use serde::Serialize;

use self::cells::Cells;
use self::filters::Choices;
use self::reasons::Reasons;
use self::table::Table;
use self::words::Subject;
use crate::catalogue::{FrameworkIx, NodeIx};
use crate::render::frame::Frame;
use crate::render::page::Page;
use crate::render::views::{About, Crumb, LinkView, NextView};
use crate::site::{Against, Columns, Grid, Grids, Layout, PageKind, safe};

/// More frameworks than this are listed on the first page only.
const NAMED: usize = 8;

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    /// What the page shows, in a sentence or two.
    lead: String,
    /// The matrix of the use cases and that of each framework.
    picks: Vec<Pick>,
    /// The pages of this matrix, where it has several.
    pages: Vec<Pick>,
    filters: Vec<Choices>,
    table: Option<Table>,
    reasons: Option<Reasons>,
    key_title: String,
    key: Vec<KeyRow>,
    data: Option<String>,
}

#[derive(Serialize)]
struct Pick {
    href: String,
    words: String,
    here: bool,
}

/// What an identifier above a column means, and how many leaves stand under it.
#[derive(Serialize)]
struct KeyRow {
    link: LinkView,
    count: usize,
}

pub(crate) fn view(page: &Page<'_>, grid: Grid) -> View {
    let layout = grids(page).layout(grid, page.number);
    let layout = layout.expect("a page of a matrix is planned with its layout");
    let subject = Subject::of(page, grid, layout);
    let cells = Cells {
        page,
        grid,
        columns: &layout.columns,
    };
    let table = table::table(&cells, layout, &subject);
    let filters = |it: &Table| filters::filters(page.catalogue(), grid, it);
    let key: Vec<_> = match &layout.columns {
        Columns::UseCases(_) => Vec::new(),
        Columns::Nodes(nodes) => nodes.iter().map(|it| key_row(page, *it)).collect(),
    };
    View {
        lead: subject.lead.clone(),
        picks: picks(page, grid),
        pages: pages(page, grid),
        filters: table.as_ref().map_or_else(Vec::new, filters),
        table,
        reasons: reasons::reasons(page, grid, layout),
        key_title: format!("The {}", subject.columns),
        key,
        data: page.href_if_any(PageKind::Data),
        frame: Frame::new(page, about(page, grid, subject)),
    }
}

fn grids<'a>(page: &Page<'a>) -> &'a Grids {
    &page.renderer.site.grids
}

/// What a block of measures is called: its group, and which part of it.
fn block_title(page: &Page<'_>, at: usize) -> String {
    let block = &grids(page).blocks[at];
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

/// The anchor of a cell's reasons. No name that an author gives holds the sign `~`.
fn anchor(measure: &str, column: &str) -> String {
    format!("{}~{}", safe(measure), safe(column))
}

/// The anchor of a measure's reasons.
fn row_anchor(measure: &str) -> String {
    format!("~{}", safe(measure))
}

fn about(page: &Page<'_>, grid: Grid, subject: Subject) -> About {
    let (previous, next) = neighbours(page, grid);
    About {
        description: if subject.caption.is_empty() {
            subject.lead
        } else {
            format!("{}.", subject.caption)
        },
        heading: subject.heading,
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
    if let Some(at) = grid.block {
        steps.push((grid, block_title(page, at)));
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

/// The matrices of the tops before and after, of those that have one.
fn neighbours(page: &Page<'_>, grid: Grid) -> (Option<NextView>, Option<NextView>) {
    let Against::Top(top) = grid.against else {
        return (None, None);
    };
    let catalogue = page.catalogue();
    let tops = &catalogue.framework(catalogue.node(top).framework).tops;
    let at = tops.partition_point(|it| *it < top);
    let door = |ix: &NodeIx| {
        let kind = PageKind::Matrix(Grid::all(Against::Top(*ix)));
        let node = catalogue.node(*ix);
        page.has(kind).then(|| NextView {
            href: page.to(kind),
            id: node.shown.clone(),
            title: node.name().unwrap_or_default().to_owned(),
        })
    };
    (
        tops[..at].iter().rev().find_map(door),
        tops[at + 1..].iter().find_map(door),
    )
}

fn picks(page: &Page<'_>, grid: Grid) -> Vec<Pick> {
    let catalogue = page.catalogue();
    let first = Grid::all(Against::UseCases);
    let bare = |it: &Layout| it.columns == Columns::UseCases(0..0);
    let all = catalogue.frameworks.len() <= NAMED || (grid == first && page.number == 0);
    let mut out = Vec::new();
    if !all {
        out.push((first, "All matrices".to_owned()));
    } else if !grids(page).layout(first, 0).is_some_and(bare) {
        out.push((first, "Use cases".to_owned()));
    }
    if all {
        let frameworks = catalogue.frameworks.iter().enumerate();
        out.extend(frameworks.map(|(at, it)| {
            let against = Against::Framework(FrameworkIx::new(at));
            (Grid::all(against), it.name.clone())
        }));
    }
    out.retain(|(it, _)| page.has(PageKind::Matrix(*it)));
    out.into_iter()
        .map(|(it, words)| Pick {
            href: page.to(PageKind::Matrix(it)),
            words,
            here: it == grid && page.number == 0,
        })
        .collect()
}

/// The first page and the last, and those near this one.
fn pages(page: &Page<'_>, grid: Grid) -> Vec<Pick> {
    const NEAR: usize = 5;
    let count = grids(page).count(grid);
    if count < 2 {
        return Vec::new();
    }
    let near = |it: &usize| *it == 0 || it + 1 == count || it.abs_diff(page.number) <= NEAR;
    let shown = (0..count).filter(near);
    shown
        .map(|number| Pick {
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
