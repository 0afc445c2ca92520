//! A framework: its tops, with what is mapped in each.

use serde::Serialize;

use super::parts::{self, StatusView};
use crate::catalogue::{Catalogue, FrameworkIx, NodeIx};
use crate::render::frame::{About, Frame};
use crate::render::marks::{self, MarkView, capital};
use crate::render::page::{CountView, LinkView, Page, counted};
use crate::site::{Against, PageKind, Sheet};

#[derive(Serialize)]
pub(in crate::render) struct View {
    frame: Frame,
    name: String,
    version: String,
    summary: String,
    status: Option<StatusView>,
    link: Option<String>,
    /// Where mappings lead to it.
    matrix: Option<String>,
    /// `20 categories, 120 controls, 535 requirements`.
    counts: String,
    count: CountView,
    levels: Vec<LevelRow>,
    /// Its coverage with every gap, where there is anything to count.
    coverage: Option<String>,
    crosswalks: Vec<LinkView>,
    provider: Option<String>,
    top_kind: String,
    tops: Vec<TopRow>,
    data: String,
}

#[derive(Serialize)]
struct LevelRow {
    mark: MarkView,
    count: CountView,
}

#[derive(Serialize)]
struct TopRow {
    anchor: String,
    link: LinkView,
    summary: String,
    /// `4 controls`.
    below: String,
    count: CountView,
}

pub(in crate::render) fn view(page: &Page<'_>, ix: FrameworkIx) -> View {
    let catalogue = page.catalogue();
    let it = catalogue.framework(ix);
    let all = || it.tops.iter().flat_map(|top| catalogue.leaves(*top));
    let tops = it.tops.iter().map(|top| TopRow {
        anchor: catalogue.node(*top).slug.clone(),
        link: page.node_link(*top),
        summary: page.unlinked(&catalogue.node(*top).summary),
        below: below(catalogue, *top),
        count: page.count(catalogue.leaves(*top)),
    });
    let levels = it.levels.iter().enumerate().map(|(at, name)| LevelRow {
        mark: marks::level(name, at),
        count: page.count(all().filter(|leaf| catalogue.node(*leaf).level == Some(at))),
    });
    let about = About {
        heading: it.title.clone(),
        id: it.name.clone(),
        description: it.summary.plain(),
        sources: vec![it.path.to_string()],
        crumbs: vec![
            page.crumb(PageKind::Frameworks, "Frameworks"),
            Page::here(&it.name),
        ],
        part: Some(page.framework_part(ix)),
        ..About::default()
    };
    let summary = page.prose(&it.summary);
    let matrix = PageKind::Matrix(Sheet::first(Against::Framework(ix)));
    View {
        name: it.name.clone(),
        version: it.version.clone(),
        summary,
        status: parts::status(page, ix),
        link: it.link.clone(),
        matrix: page.has(matrix).then(|| page.to(matrix)),
        counts: counts(catalogue, ix),
        count: page.count(all()),
        levels: levels.collect(),
        coverage: page.way(PageKind::CoverageOf(ix)),
        crosswalks: parts::crosswalks(page, ix),
        provider: page.way(PageKind::ProviderOf(ix)),
        top_kind: it
            .kinds
            .first()
            .map_or_else(String::new, |it| capital(&it.name)),
        tops: tops.collect(),
        data: page.to(PageKind::Data),
        frame: page.frame(about),
    }
}

/// How many nodes of each kind there are.
fn counts(catalogue: &Catalogue, ix: FrameworkIx) -> String {
    let it = catalogue.framework(ix);
    let nodes = &catalogue.nodes[it.nodes.clone()];
    let words = it.kinds.iter().enumerate().filter_map(|(at, kind)| {
        let count = nodes.iter().filter(|node| node.kind == at).count();
        (count > 0).then(|| counted(count, &kind.name, &kind.plural))
    });
    words.collect::<Vec<_>>().join(", ")
}

/// How many nodes with a page stand under a top; without such, how many stand directly under it.
fn below(catalogue: &Catalogue, top: NodeIx) -> String {
    let pages: Vec<_> = catalogue
        .tree(top)
        .skip(1)
        .filter(|it| catalogue.kind_of(*it).page)
        .collect();
    let shown = if pages.is_empty() {
        catalogue.node(top).children.clone()
    } else {
        pages
    };
    shown.first().map_or_else(String::new, |first| {
        let kind = catalogue.kind_of(*first);
        counted(shown.len(), &kind.name, &kind.plural)
    })
}
