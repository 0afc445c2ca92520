//! The other way round: measures and practices for which a framework has no requirement.
//!
//! Entry: [`bare`] on a framework's page, [`view`] for a batch of measures. Invariant: each measure stands in one batch.

use serde::Serialize;

use super::{Number, number};
use crate::catalogue::{FrameworkIx, MeasureIx, Noun, PracticeIx};
use crate::render::frame::{About, Frame};
use crate::render::page::{LinkView, Page};
use crate::render::pages::parts;
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
    /// The batches that list them, where the list is divided.
    batches: Vec<BatchRow>,
}

#[derive(Serialize)]
struct BareRow {
    link: LinkView,
    count: usize,
    practices: Vec<LinkView>,
}

#[derive(Serialize)]
struct BatchRow {
    title: String,
    none: Number,
    practices: Number,
}

/// A measure, whether it has no target at all, and its practices without one.
struct Found {
    measure: MeasureIx,
    none: bool,
    practices: Vec<PracticeIx>,
}

/// All measures: as lists, or as batches where they have pages of their own.
pub(super) fn bare(page: &Page<'_>, ix: FrameworkIx) -> Bare {
    let site = page.renderer.site;
    let divided = page.has(PageKind::CoverageMeasures(ix, 0));
    let mut batches = Vec::new();
    let mut all = Vec::new();
    for (at, batch) in site.batches.iter().enumerate() {
        let found = found(page, ix, &batch.measures);
        if divided {
            let kind = PageKind::CoverageMeasures(ix, at);
            let (none, practices) = sums(&found);
            batches.push(BatchRow {
                title: parts::batch_title(page.catalogue(), batch),
                none: number(none, || page.to_anchor(kind, "none")),
                practices: number(practices, || page.to_anchor(kind, "practices")),
            });
        }
        all.extend(found);
    }
    let mut out = list(page, &all);
    if divided {
        out.none.clear();
        out.rows.clear();
    }
    out.batches = batches;
    out
}

/// The measures of one batch.
pub(crate) fn view(page: &Page<'_>, ix: FrameworkIx, at: usize) -> View {
    let catalogue = page.catalogue();
    let name = &catalogue.framework(ix).name;
    let batch = &page.renderer.site.batches[at];
    let title = parts::batch_title(catalogue, batch);
    let about = About {
        heading: format!("Measures without a requirement in {name}: {title}"),
        description: format!("Measures and practices for which {name} has no requirement."),
        crumbs: vec![
            page.crumb(PageKind::Coverage),
            page.crumb(PageKind::CoverageOf(ix)),
            Page::here(&title),
        ],
        ..About::default()
    };
    View {
        name: name.clone(),
        noun: catalogue.noun(ix),
        bare: list(page, &found(page, ix, &batch.measures)),
        frame: page.frame(about),
    }
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
        batches: Vec::new(),
    }
}
