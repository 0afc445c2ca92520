//! The ways from the nodes under one to another framework: which practices lead there, and how each relates to both.

use std::collections::BTreeSet;

use serde::Serialize;

use super::crosswalk::{Counts, CrossRow, Side, counts, rows, side};
use super::parts;
use crate::catalogue::{Catalogue, FrameworkIx, MappingIx, NodeIx, Way};
use crate::render::frame::{About, Frame};
use crate::render::marks::{self, MarkView, capital};
use crate::render::page::{LinkView, Page};
use crate::schema::{Property, Relation};
use crate::site::PageKind;

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    link: LinkView,
    from: Side,
    to: Side,
    counts: Counts,
    /// The parts, where the list is divided.
    kind: String,
    parts: Vec<CrossRow>,
    groups: Vec<Group>,
}

/// The nodes that stand on one page.
#[derive(Serialize)]
struct Group {
    /// None where that page is the subject's own.
    link: Option<LinkView>,
    nodes: Vec<NodeRows>,
}

/// A node, and the ways that begin at it.
#[derive(Serialize)]
struct NodeRows {
    anchor: String,
    link: LinkView,
    level: Option<MarkView>,
    /// How many nodes are met from it.
    met: usize,
    ways: Vec<WayView>,
}

#[derive(Serialize)]
struct WayView {
    practice: LinkView,
    /// How the practice relates to the node.
    relation: MarkView,
    /// What it is mapped to in the other framework, by relation.
    there: Vec<There>,
}

#[derive(Serialize)]
struct There {
    relation: MarkView,
    links: Vec<LinkView>,
}

pub(crate) fn view(page: &Page<'_>, ix: NodeIx, to: FrameworkIx) -> View {
    let catalogue = page.catalogue();
    let listed = |it| PageKind::CrosswalkTop(it, to);
    let nodes = page.renderer.site.parts(catalogue, ix, listed);
    let first = nodes.first().map(|it| catalogue.kind_of(*it).name.as_str());
    let from = catalogue.node(ix).framework;
    View {
        link: page.node_link(ix),
        from: side(page, from),
        to: side(page, to),
        counts: counts(page, catalogue.tree(ix), to),
        kind: capital(first.unwrap_or_default()),
        parts: rows(page, &nodes, to),
        groups: groups(page, ix, &nodes, to),
        frame: page.frame(about(page, ix, to)),
    }
}

/// The nodes with ways that have no page of ways of their own, by the page on which they stand.
fn groups(page: &Page<'_>, ix: NodeIx, parts: &[NodeIx], to: FrameworkIx) -> Vec<Group> {
    let catalogue = page.catalogue();
    let elsewhere = |node: NodeIx| {
        parts
            .iter()
            .any(|it| (it.at()..=it.at() + catalogue.node(*it).size).contains(&node.at()))
    };
    let mut out: Vec<(NodeIx, Group)> = Vec::new();
    for node in catalogue.tree(ix).filter(|it| !elsewhere(*it)) {
        let ways = catalogue.ways(page.coverage(), node, to);
        if ways.is_empty() {
            continue;
        }
        let own = catalogue.page_node(node).unwrap_or(ix);
        if out.last().is_none_or(|(last, _)| *last != own) {
            let link = (own != ix).then(|| page.node_link(own));
            let nodes = Vec::new();
            out.push((own, Group { link, nodes }));
        }
        if let Some((_, group)) = out.last_mut() {
            group.nodes.push(node_rows(page, node, &ways));
        }
    }
    out.into_iter().map(|(_, group)| group).collect()
}

fn node_rows(page: &Page<'_>, node: NodeIx, ways: &[Way]) -> NodeRows {
    let catalogue = page.catalogue();
    let met: BTreeSet<_> = ways
        .iter()
        .flat_map(|it| &it.there)
        .map(|it| catalogue.mapping(*it).to)
        .collect();
    NodeRows {
        anchor: catalogue.node(node).slug.clone(),
        link: page.node_link(node),
        level: page.level(node),
        met: met.len(),
        ways: ways.iter().map(|it| way(page, it)).collect(),
    }
}

fn way(page: &Page<'_>, it: &Way) -> WayView {
    let catalogue = page.catalogue();
    let here = catalogue.mapping(it.here);
    let measure = catalogue.practice(it.practice).measure;
    let mut there: Vec<((Relation, Option<Property>), There)> = Vec::new();
    for ix in by_relation(catalogue, &it.there) {
        let mapping = catalogue.mapping(ix);
        let relation = (mapping.relation, mapping.property);
        if there.last().is_none_or(|(last, _)| *last != relation) {
            let mark = marks::relation(relation.0, relation.1);
            let links = Vec::new();
            there.push((
                relation,
                There {
                    relation: mark,
                    links,
                },
            ));
        }
        if let Some((_, last)) = there.last_mut() {
            last.links.push(page.node_link(mapping.to));
        }
    }
    WayView {
        practice: LinkView {
            title: catalogue.measure(measure).title.clone(),
            ..page.practice_link(it.practice)
        },
        relation: marks::relation(here.relation, here.property),
        there: there.into_iter().map(|(_, it)| it).collect(),
    }
}

/// Mappings by relation, then by node.
fn by_relation(catalogue: &Catalogue, mappings: &[MappingIx]) -> Vec<MappingIx> {
    let mut out = mappings.to_vec();
    out.sort_by_key(|it| {
        let mapping = catalogue.mapping(*it);
        (mapping.relation, mapping.property, mapping.to)
    });
    out
}

fn about(page: &Page<'_>, ix: NodeIx, to: FrameworkIx) -> About {
    let catalogue = page.catalogue();
    let node = catalogue.node(ix);
    let from = &catalogue.framework(node.framework).name;
    let other = &catalogue.framework(to).name;
    let pair = PageKind::CrosswalkOf(node.framework, to);
    let mut crumbs = vec![
        page.crumb(PageKind::Crosswalk),
        page.crumb_called(pair, &format!("From {from} to {other}")),
    ];
    let above = catalogue.above(ix);
    let listed = above
        .iter()
        .filter(|it| page.has(PageKind::CrosswalkTop(**it, to)));
    crumbs.extend(listed.map(|it| page.crumb(PageKind::CrosswalkTop(*it, to))));
    crumbs.push(Page::here(&node.shown));
    let (previous, next) = parts::beside(page, ix, |it| PageKind::CrosswalkTop(it, to));
    About {
        heading: node.name().unwrap_or(&node.shown).to_owned(),
        id: format!("{from} {} in {other}", node.shown),
        description: format!(
            "What of {other} shares a practice with {from} {}: derived from the mappings.",
            node.shown
        ),
        crumbs,
        previous,
        next,
        ..About::default()
    }
}
