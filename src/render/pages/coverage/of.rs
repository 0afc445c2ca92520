//! The coverage of a framework: by level and top node, open gaps, gaps with a reason, and measures without a target.

use std::collections::BTreeMap;

use serde::Serialize;

use super::measures::{Bare, bare};
use super::numbers::{node_name, rows};
use super::rows::gap_anchor;
use super::shares::{self, SharesView};
use super::{
    Number, Numbers, NumbersRow, NumbersTable, framework_numbers, level_mark, node_rows, number,
    numbers, top_kind,
};
use crate::catalogue::{FrameworkIx, LISTED, NodeIx, Noun, Standing};
use crate::render::frame::{About, Frame, TocItem};
use crate::render::marks::MarkView;
use crate::render::page::{LinkView, Page};
use crate::render::pages::parts;
use crate::render::prose::Html;
use crate::site::{PageKind, Table};

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
    /// Open leaves; none where they are too many, or there is none.
    open: Vec<OpenRow>,
    /// Nodes with a reason; none where they are too many, or there is none.
    gaps: Vec<GapRow>,
    bare: Bare,
    /// Where misprints and doubts of the official text are listed.
    errata: Option<LinkView>,
    framework: String,
    crosswalks: Vec<LinkView>,
    provider: Option<String>,
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
    let it = catalogue.framework(ix);
    let noun = catalogue.noun(ix);
    let all = framework_numbers(page, ix);
    let nodes = page.renderer.site.rows_of(catalogue, Table::Of(ix));
    let name = node_name(page, &nodes);
    let rows = rows(Table::Of(ix), &nodes, &name);
    let tops = NumbersTable {
        stretches: rows.stretches(page),
        total: it.levels.is_empty().then(|| all.clone()),
        ..table(page, ix, &nodes[rows.own(page)])
    };
    let mut view = View {
        name: it.name.clone(),
        supportive: catalogue.is_supportive(ix),
        noun,
        levels: levels(page, ix, &all),
        shares: shares::figure(page, ix),
        numbers: all,
        tops,
        open: open(page, ix),
        gaps: gaps(page, ix),
        bare: bare(page, ix),
        errata: parts::errata(page, ix),
        framework: page.to(PageKind::Framework(ix)),
        crosswalks: parts::crosswalks(page, ix),
        provider: page.way(PageKind::ProviderOf(ix)),
        frame: page.frame(about(page, ix)),
    };
    view.frame.toc = toc(&view);
    view
}

/// What the pages of a framework's coverage say of themselves.
pub(super) fn about(page: &Page<'_>, ix: FrameworkIx) -> About {
    let catalogue = page.catalogue();
    let it = catalogue.framework(ix);
    let noun = catalogue.noun(ix);
    About {
        heading: format!("Coverage of {}", it.name),
        description: format!(
            "How many {} of {} the catalogue addresses, with every gap.",
            noun.many, it.name
        ),
        crumbs: vec![page.crumb(PageKind::Coverage), Page::here(&it.name)],
        ..About::default()
    }
}

/// Some tops at all levels.
pub(super) fn table(page: &Page<'_>, ix: FrameworkIx, nodes: &[NodeIx]) -> NumbersTable {
    let kind = top_kind(page.catalogue(), ix);
    let many = super::marks::capital(page.catalogue().noun(ix).many);
    NumbersTable {
        anchor: "tops".to_owned(),
        caption: format!("{many} by {}", kind.to_lowercase()),
        note: "",
        head: kind,
        rows: node_rows(page, nodes, None),
        stretches: Vec::new(),
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

/// The numbers of each level, which add up to those of all.
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
        anchor: "level".to_owned(),
        caption: format!(
            "{} by level",
            super::marks::capital(catalogue.noun(ix).many)
        ),
        note: "Each level includes those before it; a row counts what the level adds.",
        head: "Level".to_owned(),
        rows: places.into_iter().map(row).collect(),
        stretches: Vec::new(),
        total: Some(all.clone()),
    })
}

fn open(page: &Page<'_>, ix: FrameworkIx) -> Vec<OpenRow> {
    let catalogue = page.catalogue();
    let open: Vec<_> = catalogue
        .leaves_of(ix)
        .filter(|it| page.standing(*it) == Some(Standing::Open))
        .take(LISTED + 1)
        .collect();
    if open.len() > LISTED {
        return Vec::new();
    }
    let row = |it: NodeIx| OpenRow {
        link: page.node_link(it),
        level: page.level(it),
        asks: page.unlinked(&catalogue.node(it).summary),
    };
    open.into_iter().map(row).collect()
}

/// The nodes for which a reason is given, with the number of leaves that it covers.
fn gaps(page: &Page<'_>, ix: FrameworkIx) -> Vec<GapRow> {
    let catalogue = page.catalogue();
    let mut counts: BTreeMap<(NodeIx, usize), usize> = BTreeMap::new();
    let justified = |it: &NodeIx| page.standing(*it) == Some(Standing::Justified);
    for leaf in catalogue.leaves_of(ix).filter(justified) {
        if let Some(found) = page.coverage().gap_at(catalogue, leaf) {
            *counts.entry(found).or_default() += 1;
        }
    }
    if counts.len() > LISTED {
        return Vec::new();
    }
    let row = |((at, gap), count): ((NodeIx, usize), usize)| GapRow {
        link: page.node_link(at),
        leaves: number(count, || covered(page, at)),
        because: page.prose(&catalogue.gaps[gap].because),
    };
    counts.into_iter().map(row).collect()
}

/// Where the leaves that a reason covers are listed: the nearest list at or above its node.
fn covered(page: &Page<'_>, at: NodeIx) -> String {
    let catalogue = page.catalogue();
    let listed = |it: &NodeIx| page.has(PageKind::CoverageTop(*it));
    let Some(node) = catalogue.upwards(at).find(listed) else {
        return page.to(PageKind::CoverageOf(catalogue.node(at).framework));
    };
    let site = page.renderer.site;
    if site
        .parts(catalogue, node, PageKind::CoverageTop)
        .is_empty()
    {
        page.to_anchor(PageKind::CoverageTop(node), &gap_anchor(page, at))
    } else {
        page.to_anchor(PageKind::CoverageTop(node), "parts")
    }
}
