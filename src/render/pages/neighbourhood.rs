//! The figure of the neighbourhood of a measure: use cases, related measures, and the nodes that it is mapped to.
//!
//! Entry: [`figure`]. Invariant: the size of the figure is bounded: the nodes with most mappings are drawn, and a link leads
//! to the others.

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

/// The largest number of frameworks that are drawn.
const MAX_FRAMEWORKS: usize = 4;

/// The largest number of use cases, and of related measures, that are drawn.
const MAX_LEFT_BOXES: usize = 5;

/// The figure and its caption.
#[derive(Serialize)]
pub(super) struct NeighbourhoodView {
    svg: Html,
    caption: String,
}

/// The nodes of a framework that a measure is mapped to, each with a number of mapped nodes, and the number of nodes left out.
struct MappedNodes {
    framework: FrameworkIx,
    nodes: Vec<(NodeIx, usize)>,
    rest: usize,
}

/// The figure; `None` if the measure has no neighbours.
pub(super) fn figure(page: &Page<'_>, ix: MeasureIx) -> Option<NeighbourhoodView> {
    let measure = page.catalogue().measure(ix);
    let mut all = mapped_nodes(page, ix);
    let more = all.len().saturating_sub(MAX_FRAMEWORKS);
    all.truncate(MAX_FRAMEWORKS);
    let left = [use_cases(page, measure), related(page, measure)];
    let figure = Neighbourhood {
        id: measure.id.clone(),
        left: left.into_iter().filter(|it| !it.boxes.is_empty()).collect(),
        right: all.iter().map(|it| group(page, it)).collect(),
    };
    if figure.left.is_empty() && figure.right.is_empty() {
        return None;
    }
    let svg = figure.svg(FigureLabel {
        prefix: &page.prefix(),
        id: "around-fig",
        title: &format!("What stands around {}", measure.id),
        description: &description(page, measure, &all),
    });
    Some(NeighbourhoodView {
        svg: Html(svg),
        caption: caption(page, measure, &all, more),
    })
}

/// The mapped nodes of each framework by page or, if these are too many, by top node.
fn mapped_nodes(page: &Page<'_>, ix: MeasureIx) -> Vec<MappedNodes> {
    let catalogue = page.catalogue();
    let mut targets: Vec<_> = catalogue
        .mappings_of(ix)
        .iter()
        .map(|it| catalogue.mapping(*it).to)
        .collect();
    targets.sort_unstable();
    targets.dedup();
    let mut by_framework: BTreeMap<FrameworkIx, Vec<NodeIx>> = BTreeMap::new();
    for node in targets {
        by_framework
            .entry(catalogue.node(node).framework)
            .or_default()
            .push(node);
    }
    let room = MAX_BOXES / by_framework.len().clamp(1, MAX_FRAMEWORKS);
    let count = |nodes: &[NodeIx], key: &dyn Fn(NodeIx) -> NodeIx| {
        let mut out: BTreeMap<NodeIx, usize> = BTreeMap::new();
        for node in nodes {
            *out.entry(key(*node)).or_default() += 1;
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
        let rest = keep_strongest(&mut counts, room);
        MappedNodes {
            framework,
            nodes: counts,
            rest,
        }
    };
    by_framework.into_iter().map(one).collect()
}

/// Keeps the nodes with most mappings, in their order, if there are too many; returns the number of those removed.
fn keep_strongest(counts: &mut Vec<(NodeIx, usize)>, room: usize) -> usize {
    if counts.len() <= room {
        return 0;
    }
    let rest = counts.len() - (room - 1);
    counts.sort_by_key(|it| (std::cmp::Reverse(it.1), it.0));
    counts.truncate(room - 1);
    counts.sort_unstable();
    rest
}

fn group(page: &Page<'_>, mapped: &MappedNodes) -> NeighbourGroup {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(mapped.framework);
    let most = mapped.nodes.iter().map(|it| it.1).max().unwrap_or(1);
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
    let mut boxes: Vec<_> = mapped.nodes.iter().map(neighbour).collect();
    if mapped.rest > 0 {
        boxes.push(Neighbour {
            href: format!("#{}", page.anchor(&format!("map-{}", safe(&framework.id)))),
            name: format!("{} more", mapped.rest),
            weight: 1,
            ..Neighbour::default()
        });
    }
    NeighbourGroup {
        heading: format!("{} {}", framework.name, kind_plural(page, mapped)),
        weak: false,
        ids: true,
        boxes,
    }
}

/// The plural of the kind of the drawn nodes.
fn kind_plural<'a>(page: &'a Page<'_>, mapped: &MappedNodes) -> &'a str {
    let first = mapped.nodes.first();
    first.map_or("", |it| page.catalogue().kind_of(it.0).plural.as_str())
}

/// The weight of a line, from 1 to 3: the third of the range up to `most` that contains `count`.
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
        boxes: truncate(page, all.iter().map(one).collect(), "use-cases"),
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
        boxes: truncate(page, measure.related.iter().map(one).collect(), "related"),
    }
}

/// Replaces the boxes above the limit by one with their number, which links to the list.
fn truncate(page: &Page<'_>, mut boxes: Vec<Neighbour>, list: &str) -> Vec<Neighbour> {
    if boxes.len() > MAX_LEFT_BOXES {
        let rest = boxes.len() - (MAX_LEFT_BOXES - 1);
        boxes.truncate(MAX_LEFT_BOXES - 1);
        boxes.push(Neighbour {
            href: format!("#{}", page.anchor(list)),
            name: format!("{rest} more"),
            weight: 1,
            ..Neighbour::default()
        });
    }
    boxes
}

/// The text alternative: the mapped nodes, and the one with most mappings.
fn description(page: &Page<'_>, measure: &Measure, all: &[MappedNodes]) -> String {
    let catalogue = page.catalogue();
    let one = |mapped: &MappedNodes| {
        let most = mapped
            .nodes
            .iter()
            .max_by_key(|(node, count)| (*count, std::cmp::Reverse(*node)));
        let most = most.map_or_else(String::new, |(node, count)| {
            format!(", most of all {} with {count}", catalogue.node(*node).shown)
        });
        format!(
            "{} of {}{most}.",
            count_nodes(page, mapped),
            catalogue.framework(mapped.framework).name
        )
    };
    let mut out: Vec<_> = all.iter().map(one).collect();
    let cases = counted(measure.relevance.len(), "use case", "use cases");
    let related = counted(measure.related.len(), "related measure", "related measures");
    out.push(format!("{cases} and {related}."));
    out.join(" ")
}

/// `6 controls`.
fn count_nodes(page: &Page<'_>, mapped: &MappedNodes) -> String {
    let Some((first, _)) = mapped.nodes.first() else {
        return String::new();
    };
    let kind = page.catalogue().kind_of(*first);
    counted(mapped.nodes.len() + mapped.rest, &kind.name, &kind.plural)
}

/// The caption: what the numbers and lines mean.
fn caption(page: &Page<'_>, measure: &Measure, all: &[MappedNodes], more: usize) -> String {
    let mut out = Vec::new();
    if !all.is_empty() {
        let count = |mapped: &MappedNodes| {
            let name = &page.catalogue().framework(mapped.framework).name;
            format!("{} of {name}", count_nodes(page, mapped))
        };
        let counts: Vec<_> = all.iter().map(count).collect();
        let nouns: BTreeSet<_> = all
            .iter()
            .map(|it| page.catalogue().noun(it.framework).many)
            .collect();
        let nouns: Vec<_> = nouns.into_iter().rev().collect();
        out.push(format!(
            "{} reaches {}. The number in a box counts the {} there that it maps to; the thicker the line, the more.",
            measure.id,
            join_with_and(&counts),
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
fn join_with_and(all: &[String]) -> String {
    match all.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => all.concat(),
    }
}
