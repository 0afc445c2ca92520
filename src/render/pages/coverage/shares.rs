//! The figure of coverage by top node and level, and where most is missing.
//!
//! Entry: [`figure`]. Invariant: its numbers are those of the tables; what is too large to be read as a picture has none.

use serde::Serialize;

use super::{level_mark, top_kind};
use crate::catalogue::{CoverageStatus, FrameworkIx, NodeIx};
use crate::figures::coverage_bars::{CoverageBars, MAX_COLUMNS, MAX_ROWS};
use crate::figures::svg::FigureLabel;
use crate::render::html::Html;
use crate::render::marks::MarkView;
use crate::render::page::Page;
use crate::render::pages::coverage::leaf_list;
use crate::render::views::{LinkView, Number, number};

/// How many of the largest gaps are named.
const NAMED: usize = 6;

#[derive(Serialize)]
pub(super) struct SharesView {
    svg: Html,
    pub title: String,
    gaps: Vec<GapView>,
}

/// Where a top node has most gaps at a level.
#[derive(Serialize)]
struct GapView {
    link: LinkView,
    level: MarkView,
    /// What a number is of, where it is heard alone.
    of: String,
    justified: Number,
    open: Number,
    all: usize,
}

/// The figure; none for a framework without levels, and where rows or columns are too few or too many.
pub(super) fn figure(page: &Page<'_>, ix: FrameworkIx) -> Option<SharesView> {
    let catalogue = page.catalogue();
    let it = catalogue.framework(ix);
    let places: Vec<_> = catalogue.level_places(ix).into_iter().collect();
    if !(2..=MAX_COLUMNS).contains(&places.len()) || !(2..=MAX_ROWS).contains(&it.roots.len()) {
        return None;
    }
    let mut gaps = Vec::new();
    let mut rows = Vec::new();
    for top in &it.roots {
        let counts: Vec<_> = places
            .iter()
            .map(|place| counts(page, *top, *place))
            .collect();
        let missing = counts.iter().zip(&places);
        let missing = missing.filter(|(it, _)| it[1] + it[2] > 0);
        gaps.extend(missing.map(|(it, place)| (*it, *top, *place)));
        rows.push((catalogue.node(*top).shown.clone(), counts));
    }
    gaps.sort_by_key(|(it, top, place)| (std::cmp::Reverse((it[2], it[1])), *top, *place));
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
        title: &format!("Coverage of {} by {kind} and level", it.name),
        description: &format!(
            "A row for each {kind}, a column for each level. A bar is as long as what the level adds there; the filled part is mapped, the hatched part left out with a reason, the hollow part open. The tables hold the numbers."
        ),
    });
    let gaps = gaps.into_iter().take(NAMED);
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
    let listed = |standing: CoverageStatus| {
        let count = counts[standing as usize];
        number(count, || {
            leaf_list(page, top, Some(standing), Some(place)).unwrap_or_default()
        })
    };
    let link = page.node_link(top);
    let level = level_mark(page.catalogue(), ix, place);
    GapView {
        of: format!("{}, {}", link.id, level.word.to_lowercase()),
        link,
        level,
        justified: listed(CoverageStatus::Justified),
        open: listed(CoverageStatus::Open),
        all: counts.iter().sum(),
    }
}
