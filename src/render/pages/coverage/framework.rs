//! The coverage of a framework: by level and by top node, open gaps, gaps with a reason, and unmapped measures.

use std::collections::BTreeMap;

use serde::Serialize;

use super::measures::{UnmappedList, unmapped_measures};
use super::rows::gap_anchor;
use super::shares::{self, SharesView};
use super::{
    Numbers, NumbersRow, NumbersTable, framework_numbers, level_mark, node_rows, numbers, top_kind,
};
use crate::catalogue::{CoverageStatus, FrameworkIx, NodeIx, Noun};
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::marks::MarkView;
use crate::render::page::Page;
use crate::render::pages::list_pages::list_page;
use crate::render::pages::parts;
use crate::render::prose;
use crate::render::views::{About, LinkView, Number, TocItem, number};
use crate::site::{MAX_ROWS, PageKind};

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    name: String,
    supportive: bool,
    noun: Noun,
    numbers: Numbers,
    levels: Option<NumbersTable>,
    shares: Option<SharesView>,
    tops: NumbersTable,
    /// The open leaves; empty if there are too many to list.
    open: Vec<OpenRow>,
    /// The nodes with a reason; empty if there are too many to list.
    gaps: Vec<GapRow>,
    bare: UnmappedList,
    /// The page that lists misprints and doubts of the official text.
    errata: Option<LinkView>,
    framework: String,
    crosswalks: Vec<LinkView>,
    provider: Option<String>,
}

/// A numbered page of its table.
#[derive(Serialize)]
pub(crate) struct NumbersView {
    frame: Frame,
    table: NumbersTable,
}

#[derive(Serialize)]
struct OpenRow {
    link: LinkView,
    level: Option<MarkView>,
    asks: Html,
}

#[derive(Serialize)]
struct GapRow {
    link: LinkView,
    leaves: Number,
    because: Html,
}

pub(crate) fn view(page: &Page<'_>, ix: FrameworkIx) -> View {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(ix);
    let noun = catalogue.noun(ix);
    let all = framework_numbers(page, ix);
    let (about, tops) = root_table(page, ix);
    let tops = NumbersTable {
        total: framework.levels.is_empty().then(|| all.clone()),
        ..tops
    };
    let mut view = View {
        name: framework.name.clone(),
        supportive: catalogue.is_supportive(ix),
        noun,
        levels: levels(page, ix, &all),
        shares: shares::figure(page, ix),
        numbers: all,
        tops,
        open: open(page, ix),
        gaps: gaps(page, ix),
        bare: unmapped_measures(page, ix),
        errata: parts::errata(page, ix),
        framework: page.to(PageKind::Framework(ix)),
        crosswalks: parts::crosswalks(page, ix),
        provider: page.href_if_any(PageKind::ProviderOf(ix)),
        frame: Frame::new(page, about),
    };
    view.frame.set_toc(toc(&view));
    view
}

/// A numbered page of the table by roots.
pub(crate) fn numbered_view(page: &Page<'_>, ix: FrameworkIx) -> NumbersView {
    let (about, table) = root_table(page, ix);
    NumbersView {
        frame: Frame::new(page, about),
        table,
    }
}

/// The metadata of this page of the list of roots, and its table.
fn root_table(page: &Page<'_>, ix: FrameworkIx) -> (About, NumbersTable) {
    let catalogue = page.catalogue();
    let roots = &catalogue.framework(ix).roots;
    let name = |i: usize| catalogue.node(roots[i]).shown.clone();
    let list_page = list_page(page, roots.len(), name, about(page, ix));
    let table = NumbersTable {
        pages: list_page.pages,
        ..table(page, ix, &roots[list_page.entries])
    };
    (list_page.about, table)
}

fn about(page: &Page<'_>, ix: FrameworkIx) -> About {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(ix);
    let noun = catalogue.noun(ix);
    About {
        heading: format!("Coverage of {}", framework.name),
        description: format!(
            "How many {} of {} the catalogue addresses, with every gap.",
            noun.many, framework.name
        ),
        crumbs: vec![
            page.crumb(PageKind::Coverage),
            Page::current_crumb(&framework.name),
        ],
        ..About::default()
    }
}

/// A table of some roots, at all levels.
fn table(page: &Page<'_>, ix: FrameworkIx, nodes: &[NodeIx]) -> NumbersTable {
    let kind = top_kind(page.catalogue(), ix);
    let many = super::marks::capital(page.catalogue().noun(ix).many);
    NumbersTable {
        anchor: page.anchor("tops"),
        caption: format!("{many} by {}", kind.to_lowercase()),
        note: "",
        head: kind,
        rows: node_rows(page, nodes, None),
        pages: Vec::new(),
        total: None,
    }
}

fn toc(view: &View) -> Vec<TocItem> {
    let mut out = Vec::new();
    if view.levels.is_some() {
        out.push(TocItem::new("#level", "By assurance level"));
    }
    if let Some(shares) = &view.shares {
        out.push(TocItem::new("#shares", &shares.title));
    }
    let by = format!("By {}", view.tops.head.to_lowercase());
    out.push(TocItem::new("#tops", &by));
    out.push(TocItem::new("#open", "Open gaps"));
    out.push(TocItem::new("#left-out", "Gaps with a reason"));
    out.push(TocItem::new("#measures", "The other way round"));
    out.push(TocItem::new("#method", "How it is counted"));
    out
}

/// The numbers of each level, which add up to those of the framework.
fn levels(page: &Page<'_>, ix: FrameworkIx, all: &Numbers) -> Option<NumbersTable> {
    let catalogue = page.catalogue();
    let mut places: Vec<_> = (0..catalogue.framework(ix).levels.len()).collect();
    if places.is_empty() {
        return None;
    }
    places.extend(
        catalogue
            .level_places(ix)
            .iter()
            .max()
            .filter(|it| **it == places.len()),
    );
    let row = |place: usize| {
        let leaves = catalogue.leaves_of(ix);
        let share = page.count(leaves.filter(|it| catalogue.level_place(*it) == place));
        NumbersRow {
            mark: Some(level_mark(catalogue, ix, place)),
            link: None,
            numbers: numbers(share, |_| {
                Some(page.to_anchor(PageKind::CoverageLevel(ix, place), "tops"))
            }),
        }
    };
    Some(NumbersTable {
        anchor: page.anchor("level"),
        caption: format!(
            "{} by level",
            super::marks::capital(catalogue.noun(ix).many)
        ),
        note: "Each level includes those before it; a row counts what the level adds.",
        head: "Level".to_owned(),
        rows: places.into_iter().map(row).collect(),
        pages: Vec::new(),
        total: Some(all.clone()),
    })
}

fn open(page: &Page<'_>, ix: FrameworkIx) -> Vec<OpenRow> {
    let catalogue = page.catalogue();
    let open: Vec<_> = catalogue
        .leaves_of(ix)
        .filter(|it| page.standing(*it) == Some(CoverageStatus::Open))
        .take(MAX_ROWS + 1)
        .collect();
    if open.len() > MAX_ROWS {
        return Vec::new();
    }
    let row = |leaf: NodeIx| OpenRow {
        link: page.node_link(leaf),
        level: page.level(leaf),
        asks: prose::unlinked(page, &catalogue.node(leaf).summary),
    };
    open.into_iter().map(row).collect()
}

/// The nodes with a reason for leaving them out, and the number of leaves that it covers.
fn gaps(page: &Page<'_>, ix: FrameworkIx) -> Vec<GapRow> {
    let catalogue = page.catalogue();
    let mut counts: BTreeMap<(NodeIx, usize), usize> = BTreeMap::new();
    let justified = |it: &NodeIx| page.standing(*it) == Some(CoverageStatus::Justified);
    for leaf in catalogue.leaves_of(ix).filter(justified) {
        if let Some(gap) = page.coverage().nearest_gap(catalogue, leaf) {
            *counts.entry(gap).or_default() += 1;
        }
    }
    if counts.len() > MAX_ROWS {
        return Vec::new();
    }
    let row = |((node, gap), count): ((NodeIx, usize), usize)| GapRow {
        link: page.node_link(node),
        leaves: number(count, || gap_list_href(page, node)),
        because: prose::html(page, &catalogue.gaps[gap].because),
    };
    counts.into_iter().map(row).collect()
}

/// The address of the list of leaves that the reason of a node covers: the nearest list at or above the node.
fn gap_list_href(page: &Page<'_>, ix: NodeIx) -> String {
    let catalogue = page.catalogue();
    let has_list = |it: &NodeIx| page.has(PageKind::CoverageTop(*it));
    let Some(node) = catalogue.self_and_ancestors(ix).find(has_list) else {
        return page.to(PageKind::CoverageOf(catalogue.node(ix).framework));
    };
    let site = page.renderer.site;
    let kind = PageKind::CoverageTop(node);
    let parts = site.parts(catalogue, node, PageKind::CoverageTop);
    if parts.is_empty() && site.list_pages(kind).is_empty() {
        page.to_anchor(kind, &gap_anchor(page, ix))
    } else {
        page.to_anchor(kind, "parts")
    }
}
