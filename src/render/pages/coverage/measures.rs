//! Measures and practices that are not mapped to a framework.
//!
//! Entry: [`unmapped_measures`] for the page of the framework, [`view`] if they have pages of their own.

use serde::Serialize;

use crate::catalogue::{FrameworkIx, MeasureIx, Noun, PracticeIx};
use crate::render::frame::Frame;
use crate::render::page::Page;
use crate::render::pages::list_pages::list_page;
use crate::render::pages::list_pages::{CountColumn, ListPageView};
use crate::render::views::{About, LinkView, number};
use crate::site::PageKind;

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    name: String,
    noun: Noun,
    bare: UnmappedList,
}

/// The unmapped ones among some measures.
#[derive(Serialize)]
pub(super) struct UnmappedList {
    measures: usize,
    practices: usize,
    /// The numbers of unmapped measures and practices.
    measures_without: usize,
    practices_without: usize,
    /// The unmapped measures, if they are listed here.
    none: Vec<LinkView>,
    /// The measures with unmapped practices, if they are listed here.
    rows: Vec<UnmappedRow>,
    /// The page that lists them, if it is not this one.
    elsewhere: Option<String>,
    /// The numbered pages that list them, if the list is divided.
    pages: Vec<ListPageView>,
    heads: [CountColumn; 2],
}

#[derive(Serialize)]
struct UnmappedRow {
    link: LinkView,
    count: usize,
    practices: Vec<LinkView>,
}

/// A measure, whether nothing of it is mapped to the framework, and its unmapped practices.
struct MeasureGaps {
    measure: MeasureIx,
    is_unmapped: bool,
    practices: Vec<PracticeIx>,
}

/// The counts of each numbered page.
const COLUMNS: [CountColumn; 2] = [
    CountColumn {
        title: "Measures",
        anchor: "none",
    },
    CountColumn {
        title: "Practices",
        anchor: "practices",
    },
];

/// All measures, for the page of a framework's coverage; if they are too many, only their numbers and the page that lists them.
pub(super) fn unmapped_measures(page: &Page<'_>, ix: FrameworkIx) -> UnmappedList {
    let all = find_gaps(page, ix, page.catalogue().reading_order());
    let unmapped = list(page, &all);
    match page.href_if_any(PageKind::CoverageMeasures(ix)) {
        None => unmapped,
        elsewhere => UnmappedList {
            none: Vec::new(),
            rows: Vec::new(),
            elsewhere,
            ..unmapped
        },
    }
}

/// The list on its own page, or on one of its numbered pages.
pub(crate) fn view(page: &Page<'_>, ix: FrameworkIx) -> View {
    let catalogue = page.catalogue();
    let name = &catalogue.framework(ix).name;
    let order = catalogue.reading_order();
    let id = |i: usize| catalogue.measure(order[i]).id.clone();
    let list_page = list_page(page, order.len(), id, about(page, ix));
    let bare = if list_page.pages.is_empty() {
        list(page, &find_gaps(page, ix, &order[list_page.entries]))
    } else {
        let all = list(page, &find_gaps(page, ix, order));
        UnmappedList {
            none: Vec::new(),
            rows: Vec::new(),
            pages: add_counts(page, ix, list_page.pages),
            ..all
        }
    };
    View {
        name: name.clone(),
        noun: catalogue.noun(ix),
        bare,
        frame: Frame::new(page, list_page.about),
    }
}

fn about(page: &Page<'_>, ix: FrameworkIx) -> About {
    let name = &page.catalogue().framework(ix).name;
    About {
        heading: format!("Measures without a requirement in {name}"),
        description: format!("Measures and practices for which {name} has no requirement."),
        crumbs: vec![
            page.crumb(PageKind::Coverage),
            page.crumb(PageKind::CoverageOf(ix)),
            Page::current_crumb("Measures without a requirement"),
        ],
        ..About::default()
    }
}

/// Adds to each numbered page the counts of its list.
fn add_counts(page: &Page<'_>, ix: FrameworkIx, mut pages: Vec<ListPageView>) -> Vec<ListPageView> {
    let order = page.catalogue().reading_order();
    let ranges = page.renderer.site.list_pages(page.kind);
    for (i, (view, range)) in pages.iter_mut().zip(ranges).enumerate() {
        let (measures, practices) = count_gaps(&find_gaps(page, ix, &order[range.clone()]));
        let counts = [measures, practices].into_iter().zip(COLUMNS);
        let list = |anchor| page.to_page_anchor(page.kind, i + 1, Some(anchor));
        let numbers = counts.map(|(count, column)| number(count, || list(column.anchor)));
        view.numbers = numbers.collect();
    }
    pages
}

fn find_gaps(page: &Page<'_>, ix: FrameworkIx, measures: &[MeasureIx]) -> Vec<MeasureGaps> {
    let catalogue = page.catalogue();
    let one = |measure: &MeasureIx| {
        let mappings = catalogue.mappings_of(*measure).iter();
        let mut to = mappings.map(|it| catalogue.mapping(*it).to);
        let practices = catalogue.practices_of(*measure).map(|(it, _)| it);
        MeasureGaps {
            measure: *measure,
            is_unmapped: !to.any(|it| catalogue.node(it).framework == ix),
            practices: practices
                .filter(|it| catalogue.mappings_into(*it, ix).is_empty())
                .collect(),
        }
    };
    measures.iter().map(one).collect()
}

/// The numbers of unmapped measures and practices.
fn count_gaps(gaps: &[MeasureGaps]) -> (usize, usize) {
    let measures = gaps.iter().filter(|it| it.is_unmapped).count();
    (measures, gaps.iter().map(|it| it.practices.len()).sum())
}

fn list(page: &Page<'_>, gaps: &[MeasureGaps]) -> UnmappedList {
    let catalogue = page.catalogue();
    let (measures_without, practices_without) = count_gaps(gaps);
    let row = |measure: &MeasureGaps| UnmappedRow {
        link: page.measure_link(measure.measure),
        count: measure.practices.len(),
        practices: measure
            .practices
            .iter()
            .map(|it| page.practice_link(*it))
            .collect(),
    };
    let practices = gaps
        .iter()
        .map(|it| catalogue.measure(it.measure).practices.len());
    let measures = gaps.iter().filter(|it| it.is_unmapped);
    let with_practices = gaps.iter().filter(|it| !it.practices.is_empty());
    UnmappedList {
        measures: gaps.len(),
        practices: practices.sum(),
        measures_without,
        practices_without,
        none: measures.map(|it| page.measure_link(it.measure)).collect(),
        rows: with_practices.map(row).collect(),
        elsewhere: None,
        pages: Vec::new(),
        heads: COLUMNS,
    }
}
