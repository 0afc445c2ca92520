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
use crate::render::frame::{About, Crumb, Frame, NextView};
use crate::render::page::{LinkView, Page};
use crate::site::{Against, Columns, Layout, PageKind, Sheet, Sheets, safe};

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

pub(crate) fn view(page: &Page<'_>, sheet: Sheet) -> View {
    let layout = sheets(page).layout(sheet);
    let layout = layout.expect("a page of a matrix is planned with its layout");
    let subject = Subject::of(page, sheet, layout);
    let cells = Cells {
        page,
        sheet,
        columns: &layout.columns,
    };
    let table = table::table(&cells, layout, &subject);
    let filters = |it: &Table| filters::filters(page.catalogue(), sheet, it);
    let key: Vec<_> = match &layout.columns {
        Columns::UseCases(_) => Vec::new(),
        Columns::Nodes(nodes) => nodes.iter().map(|it| key_row(page, *it)).collect(),
    };
    View {
        lead: subject.lead.clone(),
        picks: picks(page, sheet),
        pages: pages(page, sheet),
        filters: table.as_ref().map_or_else(Vec::new, filters),
        table,
        reasons: reasons::reasons(page, sheet, layout),
        key_title: format!("The {}", subject.columns),
        key,
        data: page.way(PageKind::Data),
        frame: page.frame(about(page, sheet, subject)),
    }
}

fn sheets<'a>(page: &Page<'a>) -> &'a Sheets {
    &page.renderer.site.sheets
}

/// The anchor of a cell's reasons. No name that an author gives holds the sign `~`.
fn anchor(measure: &str, column: &str) -> String {
    format!("{}~{}", safe(measure), safe(column))
}

/// The anchor of a measure's reasons.
fn row_anchor(measure: &str) -> String {
    format!("~{}", safe(measure))
}

fn about(page: &Page<'_>, sheet: Sheet, subject: Subject) -> About {
    let (previous, next) = neighbours(page, sheet);
    About {
        description: if subject.caption.is_empty() {
            subject.lead
        } else {
            format!("{}.", subject.caption)
        },
        heading: subject.heading,
        crumbs: crumbs(page, sheet),
        previous,
        next,
        ..About::default()
    }
}

fn crumbs(page: &Page<'_>, sheet: Sheet) -> Vec<Crumb> {
    let catalogue = page.catalogue();
    let mut steps = vec![(Sheet::first(Against::UseCases), "Matrix".to_owned())];
    let mut step = |against, title: &str| steps.push((Sheet::first(against), title.to_owned()));
    match sheet.against {
        Against::UseCases => step(sheet.against, "Use cases"),
        Against::Framework(ix) => step(sheet.against, &catalogue.framework(ix).name),
        Against::Top(ix) => {
            let node = catalogue.node(ix);
            let above = Against::Framework(node.framework);
            step(above, &catalogue.framework(node.framework).name);
            step(sheet.against, &node.shown);
        }
    }
    if let Some(at) = sheet.part {
        let first = Sheet { at: 0, ..sheet };
        steps.push((first, table::part_title(page, at)));
    }
    if sheet.at > 0 {
        steps.push((sheet, format!("Page {}", sheet.at + 1)));
    }
    let last = steps.pop().map(|(_, title)| Page::here(&title));
    let above = steps
        .iter()
        .map(|(it, title)| page.crumb_called(PageKind::Matrix(*it), title));
    above.chain(last).collect()
}

/// The matrices of the tops before and after, of those that have one.
fn neighbours(page: &Page<'_>, sheet: Sheet) -> (Option<NextView>, Option<NextView>) {
    let Against::Top(top) = sheet.against else {
        return (None, None);
    };
    let catalogue = page.catalogue();
    let tops = &catalogue.framework(catalogue.node(top).framework).tops;
    let at = tops.partition_point(|it| *it < top);
    let door = |ix: &NodeIx| {
        let kind = PageKind::Matrix(Sheet::first(Against::Top(*ix)));
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

fn picks(page: &Page<'_>, sheet: Sheet) -> Vec<Pick> {
    let catalogue = page.catalogue();
    let first = Sheet::first(Against::UseCases);
    let bare = |it: &Layout| it.columns == Columns::UseCases(0..0);
    let all = catalogue.frameworks.len() <= NAMED || sheet == first;
    let mut out = Vec::new();
    if !all {
        out.push((first, "All matrices".to_owned()));
    } else if !sheets(page).layout(first).is_some_and(bare) {
        out.push((first, "Use cases".to_owned()));
    }
    if all {
        let frameworks = catalogue.frameworks.iter().enumerate();
        out.extend(frameworks.map(|(at, it)| {
            let against = Against::Framework(FrameworkIx::new(at));
            (Sheet::first(against), it.name.clone())
        }));
    }
    out.retain(|(it, _)| page.has(PageKind::Matrix(*it)));
    out.into_iter()
        .map(|(it, words)| pick(page, it, words, sheet))
        .collect()
}

/// The first page and the last, and those near this one.
fn pages(page: &Page<'_>, sheet: Sheet) -> Vec<Pick> {
    const NEAR: usize = 5;
    let first = Sheet { at: 0, ..sheet };
    let count = sheets(page).beside(first).count();
    if count < 2 {
        return Vec::new();
    }
    let near = |it: &Sheet| it.at == 0 || it.at + 1 == count || it.at.abs_diff(sheet.at) <= NEAR;
    let shown = sheets(page).beside(first).filter(near);
    shown
        .map(|it| pick(page, it, format!("Page {}", it.at + 1), sheet))
        .collect()
}

fn pick(page: &Page<'_>, to: Sheet, words: String, here: Sheet) -> Pick {
    Pick {
        href: page.to(PageKind::Matrix(to)),
        words,
        here: to == here,
    }
}

fn key_row(page: &Page<'_>, ix: NodeIx) -> KeyRow {
    KeyRow {
        link: page.node_link(ix),
        count: page.catalogue().leaves(ix).count(),
    }
}
