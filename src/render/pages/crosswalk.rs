//! The derived crosswalk: the pairs of frameworks, and a pair by the top nodes of its first.
//!
//! Entry: [`view`] and [`of`]. Invariant: a pair has a page only where one practice is mapped to both.

use std::collections::BTreeSet;

use serde::Serialize;

use super::coverage::{Number, number};
use crate::catalogue::{FrameworkIx, NodeIx, Noun};
use crate::render::frame::{About, Frame};
use crate::render::marks::capital;
use crate::render::page::{LinkView, Page};
use crate::site::PageKind;

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    pairs: Vec<Pair>,
}

#[derive(Serialize)]
pub(crate) struct PairView {
    frame: Frame,
    from: Side,
    to: Side,
    /// The way back.
    back: Option<String>,
    kind: String,
    counts: Counts,
    rows: Vec<CrossRow>,
}

#[derive(Serialize)]
struct Pair {
    href: String,
    from: Side,
    to: Side,
    counts: Counts,
}

/// A framework at one end.
#[derive(Serialize)]
pub(super) struct Side {
    name: String,
    title: String,
    href: String,
    /// Mappings to it read `supports`.
    supportive: bool,
    one: &'static str,
    many: &'static str,
}

/// How many nodes are met at each end, and over how many practices.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Counts {
    from: usize,
    to: usize,
    practices: usize,
}

/// A node with the numbers of what is met from under it.
#[derive(Serialize)]
pub(super) struct CrossRow {
    link: LinkView,
    from: Number,
    to: usize,
    practices: usize,
}

pub(super) fn side(page: &Page<'_>, ix: FrameworkIx) -> Side {
    let catalogue = page.catalogue();
    let Noun { one, many } = catalogue.noun(ix);
    Side {
        name: catalogue.framework(ix).name.clone(),
        title: catalogue.framework(ix).title.clone(),
        href: page.to(PageKind::Framework(ix)),
        supportive: catalogue.is_supportive(ix),
        one,
        many,
    }
}

/// What is met from some nodes.
pub(super) fn counts(
    page: &Page<'_>,
    nodes: impl Iterator<Item = NodeIx>,
    to: FrameworkIx,
) -> Counts {
    let catalogue = page.catalogue();
    let mut met = BTreeSet::new();
    let mut practices = BTreeSet::new();
    let mut from = 0;
    for node in nodes {
        let ways = catalogue.ways(page.coverage(), node, to);
        from += usize::from(!ways.is_empty());
        for way in ways {
            practices.insert(way.practice);
            met.extend(way.there.iter().map(|it| catalogue.mapping(*it).to));
        }
    }
    Counts {
        from,
        to: met.len(),
        practices: practices.len(),
    }
}

/// The nodes that have a page of ways to another framework, with their numbers.
pub(super) fn rows(page: &Page<'_>, nodes: &[NodeIx], to: FrameworkIx) -> Vec<CrossRow> {
    let catalogue = page.catalogue();
    let listed = nodes
        .iter()
        .filter(|it| page.has(PageKind::CrosswalkTop(**it, to)));
    let row = |ix: &NodeIx| {
        let counts = counts(page, catalogue.tree(*ix), to);
        CrossRow {
            link: page.node_link(*ix),
            from: number(counts.from, || page.to(PageKind::CrosswalkTop(*ix, to))),
            to: counts.to,
            practices: counts.practices,
        }
    };
    listed.map(row).collect()
}

pub(crate) fn view(page: &Page<'_>) -> View {
    let catalogue = page.catalogue();
    let about = About {
        heading: "Crosswalk".to_owned(),
        description: "From the requirements of one framework to those of another, over the practices that are mapped to both."
            .to_owned(),
        crumbs: vec![
            page.crumb(PageKind::Coverage),
            Page::here("Crosswalk"),
        ],
        ..About::default()
    };
    let all = || (0..catalogue.frameworks.len()).map(FrameworkIx::new);
    let pairs = all().flat_map(|from| all().map(move |to| (from, to)));
    let pairs = pairs.filter(|(from, to)| page.has(PageKind::CrosswalkOf(*from, *to)));
    let pair = |(from, to)| Pair {
        href: page.to(PageKind::CrosswalkOf(from, to)),
        from: side(page, from),
        to: side(page, to),
        counts: counts(page, nodes(page, from), to),
    };
    View {
        pairs: pairs.map(pair).collect(),
        frame: page.frame(about),
    }
}

fn nodes(page: &Page<'_>, ix: FrameworkIx) -> impl Iterator<Item = NodeIx> + use<> {
    let nodes = page.catalogue().framework(ix).nodes.clone();
    nodes.map(NodeIx::new)
}

/// A pair, by the top nodes of its first framework.
pub(crate) fn of(page: &Page<'_>, from: FrameworkIx, to: FrameworkIx) -> PairView {
    let catalogue = page.catalogue();
    let tops = &catalogue.framework(from).tops;
    let (a, b) = (side(page, from), side(page, to));
    let heading = format!("From {} to {}", a.name, b.name);
    let about = About {
        description: format!(
            "Which {} of {} share a practice with {} of {}: derived from the mappings.",
            a.many, a.name, b.many, b.name
        ),
        crumbs: vec![
            page.crumb(PageKind::Coverage),
            page.crumb(PageKind::Crosswalk),
            Page::here(&heading),
        ],
        heading,
        ..About::default()
    };
    let first = tops.first().map(|it| catalogue.kind_of(*it).name.as_str());
    PairView {
        from: a,
        to: b,
        back: page.way(PageKind::CrosswalkOf(to, from)),
        kind: capital(first.unwrap_or_default()),
        counts: counts(page, nodes(page, from), to),
        rows: rows(page, tops, to),
        frame: page.frame(about),
    }
}
