//! Coverage: how much of each framework is mapped, left out with a reason, and open.
//!
//! Entry: [`view`] for all frameworks; a framework, a level, a node and the measures have views of their own.
//! Invariant: each number leads to a list of that length, or to a table that adds up to it.

pub(crate) mod framework;
pub(crate) mod level;
pub(crate) mod measures;
mod rows;
mod shares;
pub(crate) mod top;

use serde::Serialize;

use super::list_pages::ListPageView;
use super::parts;
use crate::catalogue::{Catalogue, CoverageStatus, FrameworkIx, NodeIx};
use crate::render::frame::Frame;
use crate::render::marks::{self, MarkView};
use crate::render::page::Page;
use crate::render::pages::list_pages::list_page;
use crate::render::views::{About, CountView, LinkView, Number, TocItem};
use crate::site::{PageKind, safe};

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    rows: Vec<NumbersRow>,
    pages: Vec<ListPageView>,
    crosswalk: Option<String>,
    providers: Vec<LinkView>,
}

/// The numbers of a row, each with a link to its list, and their shares.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Numbers {
    pub mapped: Number,
    pub justified: Number,
    pub open: Number,
    pub all: Number,
    pub share: CountView,
}

/// A row of a table of numbers: a level, a node, a framework.
#[derive(Serialize)]
pub(super) struct NumbersRow {
    pub mark: Option<MarkView>,
    pub link: Option<LinkView>,
    pub numbers: Numbers,
}

/// A table of numbers.
#[derive(Serialize)]
pub(super) struct NumbersTable {
    pub anchor: String,
    pub caption: String,
    pub note: &'static str,
    /// The head of the first column: `Level`, `Category`.
    pub head: String,
    pub rows: Vec<NumbersRow>,
    /// The numbered pages of its rows, if they are too many for one page.
    pub pages: Vec<ListPageView>,
    pub total: Option<Numbers>,
}

/// The anchors of the three lists on a page.
const ANCHORS: [&str; 3] = ["mapped", "left-out", "open"];

/// The anchor of the list of leaves with a status.
pub(super) fn list_anchor(standing: CoverageStatus) -> &'static str {
    ANCHORS[standing as usize]
}

/// Numbers with links: `list` returns the address of the list of a status, and that of all for `None`.
pub(super) fn numbers(
    share: CountView,
    list: impl Fn(Option<CoverageStatus>) -> Option<String>,
) -> Numbers {
    let number = |count, standing| Number {
        count,
        href: list(standing).filter(|_| count > 0),
    };
    Numbers {
        mapped: number(share.mapped, Some(CoverageStatus::Mapped)),
        justified: number(share.justified, Some(CoverageStatus::Justified)),
        open: number(share.open, Some(CoverageStatus::Open)),
        all: number(share.total, None),
        share,
    }
}

/// The address of the list of leaves under a node with a status: on the page of its list, or in the table of its parts.
/// `None` for all leaves of one level, which have no common list.
pub(super) fn leaf_list_href(
    page: &Page<'_>,
    ix: NodeIx,
    standing: Option<CoverageStatus>,
    level: Option<usize>,
) -> Option<String> {
    let kind = PageKind::CoverageTop(ix);
    let catalogue = page.catalogue();
    let framework = catalogue.node(ix).framework;
    let level = level.map(|it| level_anchor(catalogue, framework, it));
    let site = page.renderer.site;
    if !site.list_pages(kind).is_empty() {
        return Some(page.to_anchor(kind, "parts"));
    }
    let parts = site.parts(catalogue, ix, PageKind::CoverageTop);
    Some(match (standing, parts.is_empty()) {
        (None, true) if level.is_some() => return None,
        (None, true) => page.to(kind),
        (Some(standing), true) => {
            let parts: Vec<_> = std::iter::once(list_anchor(standing).to_owned())
                .chain(level)
                .collect();
            page.to_anchor(kind, &parts.join("-"))
        }
        (_, false) => {
            let anchor = level.map_or_else(|| "parts".to_owned(), |it| format!("parts-{it}"));
            page.to_anchor(kind, &anchor)
        }
    })
}

/// The level as part of an anchor.
pub(super) fn level_anchor(catalogue: &Catalogue, ix: FrameworkIx, place: usize) -> String {
    let levels = &catalogue.framework(ix).levels;
    levels
        .get(place)
        .map_or_else(|| "none".to_owned(), |it| safe(it).into_owned())
}

/// The mark of a level, or of having none.
pub(super) fn level_mark(catalogue: &Catalogue, ix: FrameworkIx, place: usize) -> MarkView {
    let levels = &catalogue.framework(ix).levels;
    levels.get(place).map_or_else(
        || marks::mark("lv-0", "Without a level"),
        |it| marks::level(it, place),
    )
}

/// `Category`: the kind of the top nodes of a framework.
pub(super) fn top_kind(catalogue: &Catalogue, ix: FrameworkIx) -> String {
    let tops = &catalogue.framework(ix).roots;
    tops.first().map_or_else(String::new, |top| {
        marks::capital(&catalogue.kind_of(*top).name)
    })
}

/// A row for each of some nodes that have leaves at the level, or at any level for `None`.
pub(super) fn node_rows(
    page: &Page<'_>,
    nodes: &[NodeIx],
    level: Option<usize>,
) -> Vec<NumbersRow> {
    let catalogue = page.catalogue();
    let row = |ix: &NodeIx| {
        let leaves = catalogue.leaves(*ix);
        let at_level = |it: &NodeIx| level.is_none_or(|place| catalogue.level_place(*it) == place);
        let share = page.count(leaves.filter(at_level));
        (share.total > 0).then(|| NumbersRow {
            mark: None,
            link: Some(page.node_link(*ix)),
            numbers: numbers(share, |standing| leaf_list_href(page, *ix, standing, level)),
        })
    };
    nodes.iter().filter_map(row).collect()
}

/// The frameworks with a page of their coverage.
pub(super) fn covered_frameworks<'a>(
    page: &'a Page<'_>,
) -> impl Iterator<Item = FrameworkIx> + use<'a> {
    let all = (0..page.catalogue().frameworks.len()).map(FrameworkIx::new);
    all.filter(|it| page.has(PageKind::CoverageOf(*it)))
}

/// The numbers of a framework, each with a link to its list on the page of its coverage.
pub(super) fn framework_numbers(page: &Page<'_>, ix: FrameworkIx) -> Numbers {
    let share = page.count(page.catalogue().leaves_of(ix));
    numbers(share, |standing| {
        let anchor = match standing {
            None | Some(CoverageStatus::Mapped) => "tops",
            Some(standing) => list_anchor(standing),
        };
        Some(page.to_anchor(PageKind::CoverageOf(ix), anchor))
    })
}

pub(crate) fn view(page: &Page<'_>) -> View {
    let catalogue = page.catalogue();
    let about = About {
        heading: page.name(),
        description: "How much of each framework the measures address, what is left out and why, and what is open."
            .to_owned(),
        crumbs: page.top_crumbs(),
        ..About::default()
    };
    let all: Vec<_> = covered_frameworks(page).collect();
    let name = |i: usize| catalogue.framework(all[i]).name.clone();
    let list_page = list_page(page, all.len(), name, about);
    let mut about = list_page.about;
    let rows = all[list_page.entries].iter().map(|ix| NumbersRow {
        mark: None,
        link: Some(LinkView {
            href: page.to(PageKind::CoverageOf(*ix)),
            id: catalogue.framework(*ix).name.clone(),
            title: catalogue.framework(*ix).title.clone(),
        }),
        numbers: framework_numbers(page, *ix),
    });
    let rows = rows.collect();
    let crosswalk = page.href_if_any(PageKind::Crosswalk);
    let providers = parts::providers(page);
    about.toc = vec![
        TocItem::new("#frameworks", "By framework"),
        TocItem::new("#method", "What the numbers mean"),
    ];
    if crosswalk.is_some() {
        let item = TocItem::new("#crosswalk", "From framework to framework");
        about.toc.push(item);
    }
    if !providers.is_empty() {
        about
            .toc
            .push(TocItem::new("#provider", "For the provider"));
    }
    View {
        frame: Frame::new(page, about),
        rows,
        pages: list_page.pages,
        crosswalk,
        providers,
    }
}
