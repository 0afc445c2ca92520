//! The other way round: measures and practices for which a framework has no requirement.
//!
//! Entry: [`bare`] on a framework's page, [`view`] where they have pages of their own.

use serde::Serialize;

use crate::catalogue::{FrameworkIx, MeasureIx, Noun, PracticeIx};
use crate::render::frame::Frame;
use crate::render::page::Page;
use crate::render::pages::list_pages::listed;
use crate::render::pages::list_pages::{Counted, ListPageView};
use crate::render::views::{About, LinkView, number};
use crate::site::PageKind;

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    name: String,
    noun: Noun,
    bare: Bare,
}

/// What a framework has no requirement for, among some measures.
#[derive(Serialize)]
pub(super) struct Bare {
    measures: usize,
    practices: usize,
    /// Measures and practices without a target.
    measures_without: usize,
    practices_without: usize,
    /// Measures without any target, where they are listed here.
    none: Vec<LinkView>,
    /// Measures that have practices without a target, where they are listed here.
    rows: Vec<BareRow>,
    /// The page that lists them, where it is not this one.
    elsewhere: Option<String>,
    /// The numbered pages that list them, where the list is divided.
    pages: Vec<ListPageView>,
    heads: [Counted; 2],
}

#[derive(Serialize)]
struct BareRow {
    link: LinkView,
    count: usize,
    practices: Vec<LinkView>,
}

/// A measure, whether it has no target at all, and its practices without one.
struct Found {
    measure: MeasureIx,
    none: bool,
    practices: Vec<PracticeIx>,
}

/// What is counted on each page of the list, and its anchor there.
const HEADS: [Counted; 2] = [
    Counted {
        title: "Measures",
        anchor: "none",
    },
    Counted {
        title: "Practices",
        anchor: "practices",
    },
];

/// All measures, on the page of a framework's coverage; where they are too many, the page that lists them.
pub(super) fn bare(page: &Page<'_>, ix: FrameworkIx) -> Bare {
    let all = found(page, ix, page.catalogue().reading_order());
    let bare = list(page, &all);
    match page.href_if_any(PageKind::CoverageMeasures(ix)) {
        None => bare,
        elsewhere => Bare {
            none: Vec::new(),
            rows: Vec::new(),
            elsewhere,
            ..bare
        },
    }
}

/// The measures on their own page, or on one of its numbered pages.
pub(crate) fn view(page: &Page<'_>, ix: FrameworkIx) -> View {
    let catalogue = page.catalogue();
    let name = &catalogue.framework(ix).name;
    let order = catalogue.reading_order();
    let id = |at: usize| catalogue.measure(order[at]).id.clone();
    let listed = listed(page, order.len(), id, about(page, ix));
    let bare = if listed.pages.is_empty() {
        list(page, &found(page, ix, &order[listed.entries]))
    } else {
        let all = list(page, &found(page, ix, order));
        Bare {
            none: Vec::new(),
            rows: Vec::new(),
            pages: counted(page, ix, listed.pages),
            ..all
        }
    };
    View {
        name: name.clone(),
        noun: catalogue.noun(ix),
        bare,
        frame: Frame::new(page, listed.about),
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

/// The numbered pages with what is listed on each.
fn counted(page: &Page<'_>, ix: FrameworkIx, mut pages: Vec<ListPageView>) -> Vec<ListPageView> {
    let order = page.catalogue().reading_order();
    let ranges = page.renderer.site.list_pages(page.kind);
    for (at, (it, range)) in pages.iter_mut().zip(ranges).enumerate() {
        let (none, practices) = sums(&found(page, ix, &order[range.clone()]));
        let counts = [none, practices].into_iter().zip(HEADS);
        let list = |anchor| page.to_page_anchor(page.kind, at + 1, Some(anchor));
        let numbers = counts.map(|(count, head)| number(count, || list(head.anchor)));
        it.numbers = numbers.collect();
    }
    pages
}

fn found(page: &Page<'_>, ix: FrameworkIx, measures: &[MeasureIx]) -> Vec<Found> {
    let catalogue = page.catalogue();
    let one = |measure: &MeasureIx| {
        let mappings = catalogue.mappings_of(*measure).iter();
        let mut to = mappings.map(|it| catalogue.mapping(*it).to);
        let practices = catalogue.practices_of(*measure).map(|(it, _)| it);
        Found {
            measure: *measure,
            none: !to.any(|it| catalogue.node(it).framework == ix),
            practices: practices
                .filter(|it| catalogue.mappings_into(*it, ix).is_empty())
                .collect(),
        }
    };
    measures.iter().map(one).collect()
}

fn sums(found: &[Found]) -> (usize, usize) {
    let none = found.iter().filter(|it| it.none).count();
    (none, found.iter().map(|it| it.practices.len()).sum())
}

fn list(page: &Page<'_>, found: &[Found]) -> Bare {
    let catalogue = page.catalogue();
    let (measures_without, practices_without) = sums(found);
    let row = |it: &Found| BareRow {
        link: page.measure_link(it.measure),
        count: it.practices.len(),
        practices: it
            .practices
            .iter()
            .map(|it| page.practice_link(*it))
            .collect(),
    };
    let practices = found
        .iter()
        .map(|it| catalogue.measure(it.measure).practices.len());
    let none = found.iter().filter(|it| it.none);
    let bare = found.iter().filter(|it| !it.practices.is_empty());
    Bare {
        measures: found.len(),
        practices: practices.sum(),
        measures_without,
        practices_without,
        none: none.map(|it| page.measure_link(it.measure)).collect(),
        rows: bare.map(row).collect(),
        elsewhere: None,
        pages: Vec::new(),
        heads: HEADS,
    }
}
