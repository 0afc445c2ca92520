//! The crosswalk from the nodes under one node to another framework: the practices in between, and their relations to both sides.

use serde::Serialize;

use super::crosswalk::{Counts, CrossRow, Side, counts, rows, side};
use super::list_pages::ListPageView;
use super::parts;
use crate::catalogue::{Catalogue, FrameworkIx, MappingIx, NodeIx, SharedPractice};
use crate::render::frame::Frame;
use crate::render::marks::{self, MarkView, capital};
use crate::render::page::Page;
use crate::render::pages::list_pages::list_page;
use crate::render::views::{About, LinkView};
use crate::schema::{Property, Relation};
use crate::site::{PageKind, split, ungrouped};

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    link: LinkView,
    from: Side,
    to: Side,
    counts: Counts,
    /// The kind of the nodes under it that have a page of their own.
    kind: String,
    parts: Vec<CrossRow>,
    groups: Vec<PageNodes>,
    pages: Vec<ListPageView>,
}

/// The nodes on one page.
#[derive(Serialize)]
struct PageNodes {
    /// `None` if that page is that of the node itself.
    link: Option<LinkView>,
    nodes: Vec<NodeRows>,
}

/// A node with the practices that lead to the other framework.
#[derive(Serialize)]
struct NodeRows {
    anchor: String,
    link: LinkView,
    level: Option<MarkView>,
    /// The number of nodes of the other framework.
    met: usize,
    ways: Vec<WayView>,
}

#[derive(Serialize)]
struct WayView {
    practice: LinkView,
    /// How the practice relates to the node.
    relation: MarkView,
    /// The nodes of the other framework that it is mapped to, by relation.
    there: Vec<Targets>,
}

#[derive(Serialize)]
struct Targets {
    relation: MarkView,
    links: Vec<LinkView>,
}

pub(crate) fn view(page: &Page<'_>, ix: NodeIx, to: FrameworkIx) -> View {
    let catalogue = page.catalogue();
    let has_list = |it| PageKind::CrosswalkTop(it, to);
    let parts = page.renderer.site.parts(catalogue, ix, has_list);
    let ways: Vec<_> = ungrouped(catalogue, ix, &parts)
        .flat_map(|node| {
            let ways = catalogue
                .shared_practices(page.coverage(), node, to)
                .into_iter();
            ways.map(move |it| (node, it))
        })
        .collect();
    let entry = |i: usize| parts.get(i).unwrap_or_else(|| &ways[i - parts.len()].0);
    let name = |i| catalogue.node(*entry(i)).shown.clone();
    let list_page = list_page(page, parts.len() + ways.len(), name, about(page, ix, to));
    let (some_parts, some_ways) = split(&list_page.entries, parts.len());
    let first = parts.first().map(|it| catalogue.kind_of(*it).name.as_str());
    let from = catalogue.node(ix).framework;
    View {
        link: page.node_link(ix),
        from: side(page, from),
        to: side(page, to),
        counts: counts(page, catalogue.tree(ix), to),
        kind: capital(first.unwrap_or_default()),
        groups: groups(page, ix, &ways[some_ways], to),
        parts: rows(page, &parts[some_parts], to),
        pages: list_page.pages,
        frame: Frame::new(page, list_page.about),
    }
}

/// Groups ways by their node, and nodes by their page.
fn groups(
    page: &Page<'_>,
    ix: NodeIx,
    ways: &[(NodeIx, SharedPractice)],
    to: FrameworkIx,
) -> Vec<PageNodes> {
    let catalogue = page.catalogue();
    let mut out: Vec<(NodeIx, PageNodes)> = Vec::new();
    for ways in ways.chunk_by(|a, b| a.0 == b.0) {
        let node = ways[0].0;
        let own = catalogue.page_node(node).unwrap_or(ix);
        if out.last().is_none_or(|(last, _)| *last != own) {
            let link = (own != ix).then(|| page.node_link(own));
            let nodes = Vec::new();
            out.push((own, PageNodes { link, nodes }));
        }
        if let Some((_, group)) = out.last_mut() {
            group.nodes.push(node_rows(page, node, ways, to));
        }
    }
    out.into_iter().map(|(_, group)| group).collect()
}

fn node_rows(
    page: &Page<'_>,
    node: NodeIx,
    ways: &[(NodeIx, SharedPractice)],
    to: FrameworkIx,
) -> NodeRows {
    NodeRows {
        anchor: page.catalogue().node(node).slug.clone(),
        link: page.node_link(node),
        level: page.level(node),
        met: counts(page, std::iter::once(node), to).to,
        ways: ways.iter().map(|(_, it)| way_view(page, it)).collect(),
    }
}

fn way_view(page: &Page<'_>, way: &SharedPractice) -> WayView {
    let catalogue = page.catalogue();
    let here = catalogue.mapping(way.here);
    let measure = catalogue.practice(way.practice).measure;
    let mut targets: Vec<((Relation, Option<Property>), Targets)> = Vec::new();
    for ix in by_relation(catalogue, &way.there) {
        let mapping = catalogue.mapping(ix);
        let relation = (mapping.relation, mapping.property);
        if targets.last().is_none_or(|(last, _)| *last != relation) {
            let mark = marks::relation(relation.0, relation.1);
            let links = Vec::new();
            targets.push((
                relation,
                Targets {
                    relation: mark,
                    links,
                },
            ));
        }
        if let Some((_, last)) = targets.last_mut() {
            last.links.push(page.node_link(mapping.to));
        }
    }
    WayView {
        practice: LinkView {
            title: catalogue.measure(measure).title.clone(),
            ..page.practice_link(way.practice)
        },
        relation: marks::relation(here.relation, here.property),
        there: targets.into_iter().map(|(_, it)| it).collect(),
    }
}

/// Mappings by relation, then by node.
fn by_relation(catalogue: &Catalogue, mappings: &[MappingIx]) -> Vec<MappingIx> {
    let mut out = mappings.to_vec();
    out.sort_by_key(|row| {
        let mapping = catalogue.mapping(*row);
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
        page.crumb_with_title(pair, &format!("From {from} to {other}")),
    ];
    let above = catalogue.ancestors(ix);
    let with_page = above
        .iter()
        .filter(|it| page.has(PageKind::CrosswalkTop(**it, to)));
    crumbs.extend(with_page.map(|it| page.crumb(PageKind::CrosswalkTop(*it, to))));
    crumbs.push(Page::current_crumb(&node.shown));
    let (previous, next) = parts::neighbours(page, ix, |it| PageKind::CrosswalkTop(it, to));
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
