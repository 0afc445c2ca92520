//! The page of a node: what it asks, the nodes under it, and what is mapped to it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::cross_references::{CrossReferences, cross_references};
use super::list_pages::ListPageView;
use super::nodes::{self, NodeGroup};
use super::parts::{self, ShortList, StatusView};
use super::provision::{Gap, Provision, gap, provision};
use crate::catalogue::{Catalogue, MeasureIx, NodeIx};
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::marks::{self, MarkView};
use crate::render::page::Page;
use crate::render::prose;
use crate::render::views::{About, CountView, Crumb, LinkView, NextView, TocItem};
use crate::site::{NodeEntries, PageKind};

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    id: String,
    /// `EUCS control`.
    kind: String,
    framework: String,
    framework_title: String,
    summary: Option<Html>,
    uncertain: Option<Html>,
    printed: Option<String>,
    status: Option<StatusView>,
    binds: Option<String>,
    /// The number of requirements at each level.
    levels: Vec<LevelCount>,
    measures: ShortList<LinkView>,
    count: CountView,
    /// The page of its leaves by status, if there is one.
    coverage: Option<String>,
    official: Option<String>,
    guidance: Option<Html>,
    /// Why it is left out, unless `own` says it.
    gap: Option<Gap>,
    /// The nodes with pages under it, grouped by the child above them.
    below: Vec<NodeGroup>,
    /// The numbered pages of them, if they are too many for one page.
    pages: Vec<ListPageView>,
    below_title: String,
    /// The mappings to the node itself, if it can be mapped.
    own: Option<Provision>,
    provisions: Vec<Provision>,
    provisions_title: String,
    supportive: bool,
    reached: Vec<CrossReferences>,
}

#[derive(Serialize)]
struct LevelCount {
    mark: MarkView,
    count: usize,
}

pub(crate) fn view(page: &Page<'_>, ix: NodeIx) -> View {
    let catalogue = page.catalogue();
    let node = catalogue.node(ix);
    let framework = catalogue.framework(node.framework);
    let summary = prose::optional(page, Some(&node.summary));
    let entries = NodeEntries::new(catalogue, ix);
    let (childless, is_leaf) = (entries.children.is_empty(), entries.inner.is_empty());
    let below_title = nodes::entries_title(catalogue, &entries);
    let provisions_title = provisions_title(catalogue, &entries);
    let (list_page, here) = nodes::node_list_page(page, &entries, about(page, ix));
    let inner = here.inner.iter();
    let provisions: Vec<_> = inner.map(|it| provision(page, *it)).collect();
    let own = catalogue
        .kind_of(ix)
        .mappable
        .then(|| provision(page, ix))
        .filter(|it| is_leaf || !it.mappings.is_empty() || it.gap.is_some());
    let kind = catalogue.kind_of(ix);
    let below = nodes::children(page, ix, &here.children);
    let reached: Vec<_> = parts::mapped_frameworks(catalogue)
        // A node with pages under it would refer to nearly all nodes; the pages under it have references of their own.
        .filter(|it| *it != node.framework && childless)
        .filter_map(|other| cross_references(page, ix, other))
        .collect();
    let guidance = node
        .guidance
        .as_ref()
        .map(|it| prose::html(page, &it.prose));
    let official = catalogue.official(ix);
    let mut view = View {
        frame: Frame::new(page, list_page.about),
        id: node.shown.clone(),
        kind: format!("{} {}", framework.name, kind.name),
        framework: framework.name.clone(),
        framework_title: framework.title.clone(),
        summary,
        uncertain: prose::optional(page, node.uncertain.as_ref()),
        printed: node.printed.clone(),
        status: parts::status(page, node.framework).filter(|it| it.warn),
        binds: node.binds.clone(),
        levels: levels(page, ix),
        measures: parts::measure_links(page, &mapped_measures(page, ix)),
        count: page.count(catalogue.leaves(ix)),
        coverage: page.href_if_any(PageKind::CoverageTop(ix)),
        official,
        guidance,
        gap: gap(page, ix).filter(|it| it.at.is_some() || own.is_none()),
        below,
        pages: list_page.pages,
        below_title,
        own,
        provisions_title,
        provisions,
        supportive: catalogue.is_supportive(node.framework),
        reached,
    };
    let contents = toc(&view, node.guidance.as_ref().map(|it| &it.prose));
    view.frame.set_toc(contents);
    view
}

/// The metadata of a node's pages.
pub(super) fn about(page: &Page<'_>, ix: NodeIx) -> About {
    let catalogue = page.catalogue();
    let node = catalogue.node(ix);
    let mut crumbs = vec![page.crumb(PageKind::Framework(node.framework))];
    for above in catalogue.ancestors(ix) {
        let link = page.node_link(above);
        crumbs.push(Crumb {
            href: link.href,
            title: link.id,
        });
    }
    crumbs.push(Page::current_crumb(&node.shown));
    let (previous, next) = neighbours(page, ix);
    About {
        heading: node.name().unwrap_or(&node.shown).to_owned(),
        id: node.shown.clone(),
        description: node.summary.plain(),
        crumbs,
        previous,
        next,
        ..About::default()
    }
}

/// The previous and next nodes of the same kind in the framework.
fn neighbours(page: &Page<'_>, ix: NodeIx) -> (Option<NextView>, Option<NextView>) {
    let catalogue = page.catalogue();
    let node = catalogue.node(ix);
    let range = catalogue.framework(node.framework).nodes.clone();
    let has_same_kind = |i: &usize| catalogue.nodes[*i].kind == node.kind;
    let view = |i: usize| {
        let link = page.node_link(NodeIx::new(i));
        NextView {
            href: link.href,
            id: link.id,
            title: link.title,
        }
    };
    let previous = (range.start..ix.index())
        .rev()
        .find(has_same_kind)
        .map(view);
    let next = (ix.index() + 1..range.end).find(has_same_kind).map(view);
    (previous, next)
}

fn toc(view: &View, guidance: Option<&crate::catalogue::Prose>) -> Vec<TocItem> {
    let mut toc = Vec::new();
    if view.own.is_some() {
        toc.push(TocItem::new("#answers", "What answers to it"));
    }
    let item = |provision: &Provision| {
        let id = &provision.id;
        let name = provision.name.as_ref();
        let title = name.map_or_else(|| id.clone(), |name| format!("{id} {name}"));
        TocItem::new(&format!("#{}", provision.anchor), &title)
    };
    if !view.provisions.is_empty() {
        let mut top = TocItem::new("#requirements", &view.provisions_title);
        top.items = view.provisions.iter().map(item).collect();
        toc.push(top);
    }
    if view.below.iter().any(|it| it.title.is_some()) {
        toc.extend(view.below.iter().filter_map(|below| {
            Some(TocItem::new(
                &format!("#{}", below.anchor),
                below.title.as_ref()?,
            ))
        }));
    } else if !(view.below.is_empty() && view.pages.is_empty()) {
        toc.push(TocItem::new("#nodes", &view.below_title));
    }
    toc.extend(guidance.map_or_else(Vec::new, Page::headings_toc));
    for other in &view.reached {
        toc.push(TocItem::new(
            &format!("#{}", other.anchor),
            &format!("Where {} meets it", other.framework),
        ));
    }
    toc.push(TocItem::new("#cite", "Cite this page"));
    toc
}

fn provisions_title(catalogue: &Catalogue, entries: &NodeEntries) -> String {
    let first = entries.inner.first();
    first.map_or_else(String::new, |first| {
        marks::capital(&catalogue.kind_of(*first).plural)
    })
}

/// The number of leaves under a node at each level.
fn levels(page: &Page<'_>, ix: NodeIx) -> Vec<LevelCount> {
    let catalogue = page.catalogue();
    let names = &catalogue.framework(catalogue.node(ix).framework).levels;
    let count = |i: usize| {
        catalogue
            .leaves(ix)
            .filter(|it| catalogue.node(*it).level == Some(i))
            .count()
    };
    let counts = names.iter().enumerate().map(|(i, name)| LevelCount {
        mark: marks::level(name, i),
        count: count(i),
    });
    counts.filter(|it| it.count > 0).collect()
}

/// The measures that are mapped to a node or to one under it.
fn mapped_measures(page: &Page<'_>, ix: NodeIx) -> Vec<MeasureIx> {
    let catalogue = page.catalogue();
    let mappings = catalogue
        .tree(ix)
        .flat_map(|it| page.coverage().mappings_to(it).to_vec());
    let measures: BTreeSet<_> = mappings.map(|it| catalogue.mapping(it).measure).collect();
    measures.into_iter().collect()
}
