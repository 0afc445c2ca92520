//! The figure of coverage by top node and level, and the largest gaps.
//!
//! Entry: [`figure`]. Invariant: its numbers are those of the tables; data too large for a legible figure have none.

use serde::Serialize;

use super::{level_mark, top_kind};
use crate::catalogue::{CoverageStatus, FrameworkIx, NodeIx};
use crate::figures::coverage_bars::{CoverageBars, MAX_COLUMNS, MAX_ROWS};
use crate::figures::svg::FigureLabel;
use crate::render::html::Html;
use crate::render::marks::MarkView;
use crate::render::page::Page;
use crate::render::pages::coverage::leaf_list_href;
use crate::render::views::{LinkView, Number, number};

/// The number of largest gaps that are listed.
const MAX_GAPS: usize = 6;

#[derive(Serialize)]
pub(super) struct SharesView {
    svg: Html,
    pub title: String,
    gaps: Vec<GapView>,
}

/// The gaps of a top node at a level.
#[derive(Serialize)]
struct GapView {
    link: LinkView,
    level: MarkView,
    /// The context of the numbers, for screen readers.
    of: String,
    justified: Number,
    open: Number,
    all: usize,
}

/// The figure; `None` for a framework without levels, or with too few or too many rows or columns.
pub(super) fn figure(page: &Page<'_>, ix: FrameworkIx) -> Option<SharesView> {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(ix);
    let places: Vec<_> = catalogue.level_places(ix).into_iter().collect();
    if !(2..=MAX_COLUMNS).contains(&places.len())
        || !(2..=MAX_ROWS).contains(&framework.roots.len())
    {
        return None;
    }
    let mut gaps = Vec::new();
    let mut rows = Vec::new();
    for top in &framework.roots {
        let counts: Vec<_> = places
            .iter()
            .map(|place| counts(page, *top, *place))
            .collect();
        let with_gaps = counts
            .iter()
            .zip(&places)
            .filter(|([_, justified, open], _)| justified + open > 0);
        gaps.extend(with_gaps.map(|(counts, place)| (*counts, *top, *place)));
        rows.push((catalogue.node(*top).shown.clone(), counts));
    }
    gaps.sort_by_key(|([_, justified, open], top, place)| {
        (std::cmp::Reverse((*open, *justified)), *top, *place)
    });
    let kind = top_kind(catalogue, ix).to_lowercase();
    let shares = CoverageBars {
        columns: places
            .iter()
            .map(|it| level_mark(catalogue, ix, *it).word.clone())
            .collect(),
        rows,
    };
    let svg = shares.svg(FigureLabel {
        prefix: &page.prefix(),
        id: "shares-fig",
        title: &format!("Coverage of {} by {kind} and level", framework.name),
        description: &format!(
            "A row for each {kind}, a column for each level. A bar is as long as what the level adds there; the filled part is mapped, the hatched part left out with a reason, the hollow part open. The tables hold the numbers."
        ),
    });
    let gaps = gaps.into_iter().take(MAX_GAPS);
    Some(SharesView {
        svg: Html(svg),
        title: format!("By {kind} and level"),
        gaps: gaps.map(|it| gap(page, ix, it)).collect(),
    })
}

/// Mapped, left out and open leaves under a node at a level.
fn counts(page: &Page<'_>, top: NodeIx, place: usize) -> [usize; 3] {
    let catalogue = page.catalogue();
    let leaves = catalogue.leaves(top);
    let at_level = leaves.filter(|it| catalogue.level_place(*it) == place);
    page.coverage().count(at_level)
}

fn gap(
    page: &Page<'_>,
    ix: FrameworkIx,
    (counts, top, place): ([usize; 3], NodeIx, usize),
) -> GapView {
    let number_with_list = |standing: CoverageStatus| {
        let count = counts[standing as usize];
        number(count, || {
            leaf_list_href(page, top, Some(standing), Some(place)).unwrap_or_default()
        })
    };
    let link = page.node_link(top);
    let level = level_mark(page.catalogue(), ix, place);
    GapView {
        of: format!("{}, {}", link.id, level.word.to_lowercase()),
        link,
        level,
        justified: number_with_list(CoverageStatus::Justified),
        open: number_with_list(CoverageStatus::Open),
        all: counts.iter().sum(),
    }
}
