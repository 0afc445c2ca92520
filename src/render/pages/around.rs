//! The figure of what stands around a measure: use cases, related measures, and what it reaches in each framework.
//!
//! Entry: [`figure`]. Invariant: a figure does not grow with what a measure reaches: the strongest are named, and the rest
//! is counted and led to.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::catalogue::{FrameworkIx, Measure, MeasureIx, NodeIx};
use crate::figures::neighbourhood::{MAX_BOXES, Neighbour, NeighbourGroup, Neighbourhood};
use crate::figures::svg::FigureLabel;
use crate::render::html::Html;

use crate::render::marks;
use crate::render::page::{Page, counted};
use crate::schema::Relevance;
use crate::site::{PageKind, safe};

/// More frameworks than this are not drawn.
const FRAMEWORKS: usize = 4;

/// More use cases, and more related measures, are counted.
const LEFT: usize = 5;

/// What a measure reaches.
#[derive(Serialize)]
pub(super) struct AroundView {
    svg: Html,
    caption: String,
}

/// What a measure reaches in a framework: the nodes, and how much of each.
struct Reached {
    framework: FrameworkIx,
    nodes: Vec<(NodeIx, usize)>,
    rest: usize,
}

/// The figure; none where nothing stands around the measure.
pub(super) fn figure(page: &Page<'_>, ix: MeasureIx) -> Option<AroundView> {
    let measure = page.catalogue().measure(ix);
    let mut all = reached(page, ix);
    let more = all.len().saturating_sub(FRAMEWORKS);
    all.truncate(FRAMEWORKS);
    let left = [use_cases(page, measure), related(page, measure)];
    let around = Neighbourhood {
        id: measure.id.clone(),
        left: left.into_iter().filter(|it| !it.boxes.is_empty()).collect(),
        right: all.iter().map(|it| group(page, it)).collect(),
    };
    if around.left.is_empty() && around.right.is_empty() {
        return None;
    }
    let svg = around.svg(FigureLabel {
        prefix: &page.prefix(),
        id: "around-fig",
        title: &format!("What stands around {}", measure.id),
        description: &description(page, measure, &all),
    });
    Some(AroundView {
        svg: Html(svg),
        caption: caption(page, measure, &all, more),
    })
}

/// What is reached in each framework, on each page or, where these are many, under each top.
fn reached(page: &Page<'_>, ix: MeasureIx) -> Vec<Reached> {
    let catalogue = page.catalogue();
    let mut targets: Vec<_> = catalogue
        .mappings_of(ix)
        .iter()
        .map(|it| catalogue.mapping(*it).to)
        .collect();
    targets.sort_unstable();
    targets.dedup();
    let mut by_framework: BTreeMap<FrameworkIx, Vec<NodeIx>> = BTreeMap::new();
    for it in targets {
        by_framework
            .entry(catalogue.node(it).framework)
            .or_default()
            .push(it);
    }
    let room = MAX_BOXES / by_framework.len().clamp(1, FRAMEWORKS);
    let count = |nodes: &[NodeIx], of: &dyn Fn(NodeIx) -> NodeIx| {
        let mut out: BTreeMap<NodeIx, usize> = BTreeMap::new();
        for it in nodes {
            *out.entry(of(*it)).or_default() += 1;
        }
        out.into_iter().collect::<Vec<_>>()
    };
    let top = |it: NodeIx| catalogue.self_and_ancestors(it).last().unwrap_or(it);
    let own = |it: NodeIx| catalogue.page_node(it).unwrap_or_else(|| top(it));
    let one = |(framework, nodes): (FrameworkIx, Vec<NodeIx>)| {
        let mut counts = count(&nodes, &own);
        if counts.len() > room + room / 2 {
            counts = count(&nodes, &top);
        }
        let rest = strongest(&mut counts, room);
        Reached {
            framework,
            nodes: counts,
            rest,
        }
    };
    by_framework.into_iter().map(one).collect()
}

/// Keeps the strongest where they are too many, in their order; answers how many are left out.
fn strongest(counts: &mut Vec<(NodeIx, usize)>, room: usize) -> usize {
    if counts.len() <= room {
        return 0;
    }
    let rest = counts.len() - (room - 1);
    counts.sort_by_key(|it| (std::cmp::Reverse(it.1), it.0));
    counts.truncate(room - 1);
    counts.sort_unstable();
    rest
}

fn group(page: &Page<'_>, it: &Reached) -> NeighbourGroup {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(it.framework);
    let most = it.nodes.iter().map(|it| it.1).max().unwrap_or(1);
    let neighbour = |(node, count): &(NodeIx, usize)| {
        let link = page.node_link(*node);
        Neighbour {
            href: link.href,
            name: link.id,
            note: count.to_string(),
            weight: weight(*count, most),
            ..Neighbour::default()
        }
    };
    let mut boxes: Vec<_> = it.nodes.iter().map(neighbour).collect();
    if it.rest > 0 {
        boxes.push(Neighbour {
            href: format!("#{}", page.anchor(&format!("map-{}", safe(&framework.id)))),
            name: format!("{} more", it.rest),
            weight: 1,
            ..Neighbour::default()
        });
    }
    NeighbourGroup {
        heading: format!("{} {}", framework.name, plural(page, it)),
        weak: false,
        ids: true,
        boxes,
    }
}

/// What the nodes of a framework are called that are drawn.
fn plural<'a>(page: &'a Page<'_>, it: &Reached) -> &'a str {
    let first = it.nodes.first();
    first.map_or("", |it| page.catalogue().kind_of(it.0).plural.as_str())
}

/// The third of the largest number that a number lies in.
fn weight(count: usize, most: usize) -> u8 {
    match (count * 3).div_ceil(most.max(1)) {
        3.. if most > 2 => 3,
        2.. if most > 1 => 2,
        _ => 1,
    }
}

fn use_cases(page: &Page<'_>, measure: &Measure) -> NeighbourGroup {
    let mut all: Vec<_> = measure.relevance.iter().collect();
    all.sort_by_key(|(ix, relevance, _)| (*relevance, *ix));
    let one = |(ix, relevance, _): &&(_, Relevance, _)| Neighbour {
        href: page.to(PageKind::UseCase(*ix)),
        name: page.catalogue().use_case(*ix).short.clone(),
        mark: Some((
            marks::relevance(*relevance).icon.clone(),
            relevance.word().to_owned(),
        )),
        weight: match relevance {
            Relevance::Essential => 3,
            Relevance::Important => 2,
            Relevance::Supporting => 1,
        },
        ..Neighbour::default()
    };
    NeighbourGroup {
        heading: "Use cases".to_owned(),
        weak: false,
        ids: false,
        boxes: bounded(page, all.iter().map(one).collect(), "use-cases"),
    }
}

fn related(page: &Page<'_>, measure: &Measure) -> NeighbourGroup {
    let one = |(ix, _): &(MeasureIx, _)| Neighbour {
        href: page.to(PageKind::Measure(*ix)),
        name: page.catalogue().measure(*ix).id.clone(),
        weight: 1,
        ..Neighbour::default()
    };
    NeighbourGroup {
        heading: "Related".to_owned(),
        weak: true,
        ids: true,
        boxes: bounded(page, measure.related.iter().map(one).collect(), "related"),
    }
}

/// The first few, and how many more there are.
fn bounded(page: &Page<'_>, mut boxes: Vec<Neighbour>, list: &str) -> Vec<Neighbour> {
    if boxes.len() > LEFT {
        let rest = boxes.len() - (LEFT - 1);
        boxes.truncate(LEFT - 1);
        boxes.push(Neighbour {
            href: format!("#{}", page.anchor(list)),
            name: format!("{rest} more"),
            weight: 1,
            ..Neighbour::default()
        });
    }
    boxes
}

/// What is reached, and where most.
fn description(page: &Page<'_>, measure: &Measure, all: &[Reached]) -> String {
    let catalogue = page.catalogue();
    let one = |it: &Reached| {
        let most = it
            .nodes
            .iter()
            .max_by_key(|it| (it.1, std::cmp::Reverse(it.0)));
        let most = most.map_or_else(String::new, |(node, count)| {
            format!(", most of all {} with {count}", catalogue.node(*node).shown)
        });
        format!(
            "{} of {}{most}.",
            counted_kinds(page, it),
            catalogue.framework(it.framework).name
        )
    };
    let mut out: Vec<_> = all.iter().map(one).collect();
    let cases = counted(measure.relevance.len(), "use case", "use cases");
    let related = counted(measure.related.len(), "related measure", "related measures");
    out.push(format!("{cases} and {related}."));
    out.join(" ")
}

/// `6 controls`.
fn counted_kinds(page: &Page<'_>, it: &Reached) -> String {
    let Some((first, _)) = it.nodes.first() else {
        return String::new();
    };
    let kind = page.catalogue().kind_of(*first);
    counted(it.nodes.len() + it.rest, &kind.name, &kind.plural)
}

/// What numbers and lines mean.
fn caption(page: &Page<'_>, measure: &Measure, all: &[Reached], more: usize) -> String {
    let mut out = Vec::new();
    if !all.is_empty() {
        let of = |it: &Reached| {
            let name = &page.catalogue().framework(it.framework).name;
            format!("{} of {name}", counted_kinds(page, it))
        };
        let reach: Vec<_> = all.iter().map(of).collect();
        let nouns: BTreeSet<_> = all
            .iter()
            .map(|it| page.catalogue().noun(it.framework).many)
            .collect();
        let nouns: Vec<_> = nouns.into_iter().rev().collect();
        out.push(format!(
            "{} reaches {}. The number in a box counts the {} there that it maps to; the thicker the line, the more.",
            measure.id,
            listed(&reach),
            nouns.join(" or ")
        ));
    }
    if more > 0 {
        let more = counted(more, "more framework", "more frameworks");
        out.push(format!("Not drawn: {more}, in the sections above."));
    }
    if !measure.relevance.is_empty() {
        out.push(
            "The fuller the disc of a use case, the more the measure weighs there.".to_owned(),
        );
    }
    if !measure.related.is_empty() {
        out.push("A dashed line leads to a related measure.".to_owned());
    }
    out.join(" ")
}

/// `a, b and c`.
fn listed(all: &[String]) -> String {
    match all.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => all.concat(),
    }
}
