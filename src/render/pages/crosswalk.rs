//! The derived crosswalk: the pairs of frameworks, and each pair by the top nodes of its first framework.
//!
//! Entry: [`view`] and [`pair_view`]. Invariant: a pair has a page only if a practice is mapped to both frameworks.

use std::collections::BTreeSet;

use serde::Serialize;

use super::list_pages::ListPageView;
use crate::catalogue::{FrameworkIx, NodeIx, Noun};
use crate::render::frame::Frame;
use crate::render::marks::capital;
use crate::render::page::Page;
use crate::render::pages::list_pages::list_page;
use crate::render::views::{About, LinkView, Number, number};
use crate::site::PageKind;

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    pairs: Vec<PairRow>,
    pages: Vec<ListPageView>,
}

#[derive(Serialize)]
pub(crate) struct PairView {
    frame: Frame,
    from: Side,
    to: Side,
    /// The crosswalk in the other direction.
    back: Option<String>,
    kind: String,
    counts: Counts,
    rows: Vec<CrossRow>,
    pages: Vec<ListPageView>,
}

#[derive(Serialize)]
struct PairRow {
    href: String,
    from: Side,
    to: Side,
    counts: Counts,
}

/// One framework of a pair.
#[derive(Serialize)]
pub(super) struct Side {
    name: String,
    title: String,
    href: String,
    /// Whether mappings to it read `supports`.
    supportive: bool,
    one: &'static str,
    many: &'static str,
}

/// The numbers of nodes of each framework, and of the practices that are mapped to both.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Counts {
    from: usize,
    pub to: usize,
    practices: usize,
}

/// A node with the counts of the nodes under it.
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

/// The counts of some nodes of the first framework.
pub(super) fn counts(
    page: &Page<'_>,
    nodes: impl Iterator<Item = NodeIx>,
    to: FrameworkIx,
) -> Counts {
    let catalogue = page.catalogue();
    let mut targets = BTreeSet::new();
    let mut practices = BTreeSet::new();
    let mut from = 0;
    for node in nodes {
        let ways = catalogue.shared_practices(page.coverage(), node, to);
        from += usize::from(!ways.is_empty());
        for way in ways {
            practices.insert(way.practice);
            targets.extend(way.there.iter().map(|it| catalogue.mapping(*it).to));
        }
    }
    Counts {
        from,
        to: targets.len(),
        practices: practices.len(),
    }
}

/// Rows for nodes with a page in the crosswalk.
pub(super) fn rows(page: &Page<'_>, nodes: &[NodeIx], to: FrameworkIx) -> Vec<CrossRow> {
    let catalogue = page.catalogue();
    let row = |ix: &NodeIx| {
        let counts = counts(page, catalogue.tree(*ix), to);
        CrossRow {
            link: page.node_link(*ix),
            from: number(counts.from, || page.to(PageKind::CrosswalkTop(*ix, to))),
            to: counts.to,
            practices: counts.practices,
        }
    };
    nodes.iter().map(row).collect()
}

pub(crate) fn view(page: &Page<'_>) -> View {
    let catalogue = page.catalogue();
    let about = About {
        heading: "Crosswalk".to_owned(),
        description: "From the requirements of one framework to those of another, over the practices that are mapped to both."
            .to_owned(),
        crumbs: vec![
            page.crumb(PageKind::Coverage),
            Page::current_crumb("Crosswalk"),
        ],
        ..About::default()
    };
    let all = || (0..catalogue.frameworks.len()).map(FrameworkIx::new);
    let pairs: Vec<_> = all()
        .flat_map(|from| all().map(move |to| (from, to)))
        .filter(|(from, to)| page.has(PageKind::CrosswalkOf(*from, *to)))
        .collect();
    let name = |i: usize| {
        let (from, to) = pairs[i];
        let name = |ix| &catalogue.framework(ix).name;
        format!("{} to {}", name(from), name(to))
    };
    let list_page = list_page(page, pairs.len(), name, about);
    let pair = |(from, to): &(FrameworkIx, FrameworkIx)| PairRow {
        href: page.to(PageKind::CrosswalkOf(*from, *to)),
        from: side(page, *from),
        to: side(page, *to),
        counts: counts(page, nodes(page, *from), *to),
    };
    View {
        pairs: pairs[list_page.entries].iter().map(pair).collect(),
        pages: list_page.pages,
        frame: Frame::new(page, list_page.about),
    }
}

fn nodes(page: &Page<'_>, ix: FrameworkIx) -> impl Iterator<Item = NodeIx> + use<> {
    let nodes = page.catalogue().framework(ix).nodes.clone();
    nodes.map(NodeIx::new)
}

/// A pair, by the top nodes of its first framework.
pub(crate) fn pair_view(page: &Page<'_>, from: FrameworkIx, to: FrameworkIx) -> PairView {
    let catalogue = page.catalogue();
    let tops = &catalogue.framework(from).roots;
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
            Page::current_crumb(&heading),
        ],
        heading,
        ..About::default()
    };
    let first = tops.first().map(|it| catalogue.kind_of(*it).name.as_str());
    let mut roots = tops.clone();
    roots.retain(|it| page.has(PageKind::CrosswalkTop(*it, to)));
    let name = |i: usize| catalogue.node(roots[i]).shown.clone();
    let list_page = list_page(page, roots.len(), name, about);
    PairView {
        from: a,
        to: b,
        back: page.href_if_any(PageKind::CrosswalkOf(to, from)),
        kind: capital(first.unwrap_or_default()),
        counts: counts(page, nodes(page, from), to),
        rows: rows(page, &roots[list_page.entries], to),
        pages: list_page.pages,
        frame: Frame::new(page, list_page.about),
    }
}
