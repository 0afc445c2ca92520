//! Rows that several pages show: a mapping from either side, a status, a figure of counts.

use serde::Serialize;

use crate::catalogue::{Catalogue, FrameworkIx, MappingIx, MeasureIx, Origin, Thing};
use crate::render::dates::{DateView, date};
use crate::render::marks::{self, MarkView};
use crate::render::page::{LinkView, Page};
use crate::schema::State;

/// A mapping as a row.
#[derive(Serialize)]
pub(super) struct MappingRow {
    /// The other side: the requirement, or the measure.
    pub link: LinkView,
    pub level: Option<MarkView>,
    pub relation: MarkView,
    pub because: String,
    pub uncertain: Option<String>,
    /// The practice on which it rests, if it is not the measure as a whole.
    pub through: Option<LinkView>,
}

/// The mapping as seen from its measure.
pub(super) fn from_measure(page: &Page<'_>, ix: MappingIx) -> MappingRow {
    let mapping = page.catalogue().mapping(ix);
    MappingRow {
        link: page.node_link(mapping.to),
        level: page.level(mapping.to),
        ..row(page, ix)
    }
}

/// The mapping as seen from its requirement.
pub(super) fn from_node(page: &Page<'_>, ix: MappingIx) -> MappingRow {
    row(page, ix)
}

fn row(page: &Page<'_>, ix: MappingIx) -> MappingRow {
    let catalogue = page.catalogue();
    let mapping = catalogue.mapping(ix);
    let through = match mapping.from {
        Origin::Measure(_) => None,
        Origin::Practice(practice) => {
            let href = page
                .href(&Thing::Practice(practice).into())
                .unwrap_or_default();
            Some(LinkView {
                href,
                id: catalogue.practice(practice).id.clone(),
                title: String::new(),
            })
        }
    };
    MappingRow {
        link: page.measure_link(mapping.measure),
        level: None,
        relation: marks::relation(mapping.relation, mapping.property),
        because: page.prose(&mapping.because),
        uncertain: page.optional(mapping.uncertain.as_ref()),
        through,
    }
}

/// Where a framework stands.
#[derive(Serialize)]
pub(super) struct StatusView {
    pub word: String,
    pub as_of: DateView,
    pub note: Option<String>,
    pub source: Option<String>,
    /// Whether a reader must be warned: anything but in force.
    pub warn: bool,
}

pub(super) fn status(page: &Page<'_>, ix: FrameworkIx) -> Option<StatusView> {
    let status = page.catalogue().framework(ix).status.as_ref()?;
    Some(StatusView {
        word: status.state.shown().to_owned(),
        as_of: date(&status.as_of),
        note: page.optional(Some(&status.note)),
        source: status.source.clone(),
        warn: status.state != State::InForce,
    })
}

/// The frameworks that have a set, in their order.
pub(super) fn mapped_frameworks(catalogue: &Catalogue) -> impl Iterator<Item = FrameworkIx> {
    let all = catalogue
        .frameworks
        .iter()
        .enumerate()
        .filter(|(_, it)| it.set.is_some());
    all.map(|(at, _)| FrameworkIx::new(at))
}

/// Measures as links, in reading order.
pub(super) fn measure_links(page: &Page<'_>, measures: &[MeasureIx]) -> Vec<LinkView> {
    let mut chosen = measures.to_vec();
    chosen.sort_by_key(|ix| page.catalogue().place_in_order(*ix));
    chosen.into_iter().map(|ix| page.measure_link(ix)).collect()
}
