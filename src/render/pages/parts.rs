//! Views that several pages share: mappings, links, the status of a framework, choices.

use serde::Serialize;

use crate::catalogue::{Catalogue, FrameworkIx, MappingIx, MeasureIx, NodeIx, Origin, PageIx};
use crate::render::dates::{DateView, date};
use crate::render::html::Html;
use crate::render::marks::{self, MarkView};
use crate::render::page::Page;
use crate::render::prose;
use crate::render::views::{LinkView, NextView};
use crate::schema::State;
use crate::site::{MAX_INLINE, PageKind};

/// A mapping as a row.
#[derive(Serialize)]
pub(super) struct MappingRow {
    /// The other side: the requirement, or the measure.
    pub link: LinkView,
    pub level: Option<MarkView>,
    pub relation: MarkView,
    pub because: Html,
    pub uncertain: Option<Html>,
    /// The practice that is mapped, unless it is the measure as a whole.
    pub through: Option<LinkView>,
}

/// A row for the page of the measure: links to the node.
pub(super) fn measure_mapping_row(page: &Page<'_>, ix: MappingIx) -> MappingRow {
    let mapping = page.catalogue().mapping(ix);
    MappingRow {
        link: page.node_link(mapping.to),
        level: page.level(mapping.to),
        ..node_mapping_row(page, ix)
    }
}

/// A row for the page of the node: links to the measure.
pub(super) fn node_mapping_row(page: &Page<'_>, ix: MappingIx) -> MappingRow {
    let catalogue = page.catalogue();
    let mapping = catalogue.mapping(ix);
    let through = match mapping.from {
        Origin::Measure(_) => None,
        Origin::Practice(practice) => Some(page.practice_link(practice)),
    };
    MappingRow {
        link: page.measure_link(mapping.measure),
        level: None,
        relation: marks::relation(mapping.relation, mapping.property),
        because: prose::html(page, &mapping.because),
        uncertain: prose::optional(page, mapping.uncertain.as_ref()),
        through,
    }
}

/// A link to the measure or practice of a mapping, without a title.
pub(super) fn origin_link(page: &Page<'_>, from: Origin) -> LinkView {
    match from {
        Origin::Measure(ix) => LinkView {
            title: String::new(),
            ..page.measure_link(ix)
        },
        Origin::Practice(ix) => page.practice_link(ix),
    }
}

/// The status of a framework, such as a draft law.
#[derive(Serialize)]
pub(super) struct StatusView {
    pub word: String,
    pub as_of: DateView,
    pub note: Option<Html>,
    pub source: Option<String>,
    /// Whether to warn the reader: if it is not in force.
    pub warn: bool,
}

pub(super) fn status(page: &Page<'_>, ix: FrameworkIx) -> Option<StatusView> {
    let status = page.catalogue().framework(ix).status.as_ref()?;
    Some(StatusView {
        word: status.state.shown().to_owned(),
        as_of: date(&status.as_of),
        note: prose::optional(page, Some(&status.note)),
        source: status.source.clone(),
        warn: status.state != State::InForce,
    })
}

/// The frameworks with a mapping set, in their order.
pub(super) fn mapped_frameworks(catalogue: &Catalogue) -> impl Iterator<Item = FrameworkIx> {
    let all = catalogue
        .frameworks
        .iter()
        .enumerate()
        .filter(|(_, it)| it.set.is_some());
    all.map(|(i, _)| FrameworkIx::new(i))
}

/// The first few items of a list in a sentence or a table cell, and the number of the others.
#[derive(Serialize)]
pub(super) struct ShortList<T> {
    pub shown: Vec<T>,
    more: usize,
}

impl<T> ShortList<T> {
    /// The views of the first items.
    pub(super) fn new<I>(all: &[I], view: impl Fn(&I) -> T) -> Self {
        Self {
            shown: all.iter().take(MAX_INLINE).map(view).collect(),
            more: all.len().saturating_sub(MAX_INLINE),
        }
    }

    /// An empty list.
    pub(super) fn empty() -> Self {
        Self {
            shown: Vec::new(),
            more: 0,
        }
    }
}

/// Measures as links, in reading order.
pub(super) fn measure_links(page: &Page<'_>, measures: &[MeasureIx]) -> ShortList<LinkView> {
    let mut chosen = measures.to_vec();
    chosen.sort_by_key(|ix| page.catalogue().place_in_order(*ix));
    ShortList::new(&chosen, |ix| page.measure_link(*ix))
}

/// The page that lists the misprints and doubts of a framework, if there is such a page and the framework has any.
pub(super) fn errata(page: &Page<'_>, ix: FrameworkIx) -> Option<LinkView> {
    let catalogue = page.catalogue();
    let nodes = &catalogue.nodes[catalogue.framework(ix).nodes.clone()];
    nodes
        .iter()
        .find(|it| it.printed.is_some() || it.uncertain.is_some())?;
    let i = catalogue
        .pages
        .iter()
        .position(crate::catalogue::Page::has_errata)?;
    Some(LinkView {
        href: page.to_anchor(PageKind::Page(PageIx::new(i)), "errata"),
        id: String::new(),
        title: catalogue.pages[i].title.clone(),
    })
}

/// The crosswalks that begin at a framework.
pub(super) fn crosswalks(page: &Page<'_>, ix: FrameworkIx) -> Vec<LinkView> {
    let catalogue = page.catalogue();
    let all = (0..catalogue.frameworks.len()).map(FrameworkIx::new);
    let pair = |other: FrameworkIx| {
        let kind = PageKind::CrosswalkOf(ix, other);
        page.has(kind).then(|| LinkView {
            href: page.to(kind),
            id: String::new(),
            title: catalogue.framework(other).name.clone(),
        })
    };
    all.filter_map(pair).collect()
}

/// The frameworks with pages for the provider.
pub(super) fn providers(page: &Page<'_>) -> Vec<LinkView> {
    let catalogue = page.catalogue();
    let all = (0..catalogue.frameworks.len()).map(FrameworkIx::new);
    let one = |ix: FrameworkIx| {
        let kind = PageKind::ProviderOf(ix);
        page.has(kind).then(|| LinkView {
            href: page.to(kind),
            id: String::new(),
            title: catalogue.framework(ix).name.clone(),
        })
    };
    all.filter_map(one).collect()
}

/// The previous and next nodes of the same kind in the framework that have a page of the given kind.
pub(super) fn neighbours(
    page: &Page<'_>,
    ix: NodeIx,
    kind: impl Fn(NodeIx) -> PageKind,
) -> (Option<NextView>, Option<NextView>) {
    let catalogue = page.catalogue();
    let own = catalogue.node(ix);
    let range = catalogue.framework(own.framework).nodes.clone();
    let view = |i: usize| {
        let other = NodeIx::new(i);
        let node = catalogue.node(other);
        let target = kind(other);
        (node.kind == own.kind && page.has(target)).then(|| NextView {
            href: page.to(target),
            id: node.shown.clone(),
            title: node.name().unwrap_or_default().to_owned(),
        })
    };
    let previous = (range.start..ix.index()).rev().find_map(view);
    let next = (ix.index() + 1..range.end).find_map(view);
    (previous, next)
}

/// A link to an alternative page, or to the current one.
#[derive(Serialize)]
pub(super) struct PageChoice {
    href: String,
    title: String,
    current: bool,
}

impl PageChoice {
    /// A link to a page of the site.
    pub(super) fn new(page: &Page<'_>, kind: PageKind, title: String) -> Self {
        Self {
            href: page.to(kind),
            title,
            current: page.renderer.site.route(kind) == Some(page.route),
        }
    }
}
