//! A framework: its tops, with what is mapped in each.

use serde::Serialize;

use super::list_pages::ListPageView;
use super::nodes::{self, NodeRow};
use super::parts::{self, StatusView};
use crate::catalogue::{Catalogue, FrameworkIx};
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::marks::{self, MarkView, capital};
use crate::render::page::{Page, counted};
use crate::render::pages::list_pages::listed;
use crate::render::prose;
use crate::render::views::{About, CountView, LinkView};
use crate::site::{Against, Grid, PageKind};

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    name: String,
    version: String,
    summary: Html,
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
    tops: Vec<NodeRow>,
    /// The ways to them, where they are too many for this page.
    pages: Vec<ListPageView>,
    data: Option<String>,
}

#[derive(Serialize)]
struct LevelRow {
    mark: MarkView,
    count: CountView,
}

pub(crate) fn view(page: &Page<'_>, ix: FrameworkIx) -> View {
    let catalogue = page.catalogue();
    let it = catalogue.framework(ix);
    let all = || it.tops.iter().flat_map(|top| catalogue.leaves(*top));
    let name = |at: usize| catalogue.node(it.tops[at]).shown.clone();
    let listed = listed(page, it.tops.len(), name, about(page, ix));
    let levels = it.levels.iter().enumerate().map(|(at, name)| LevelRow {
        mark: marks::level(name, at),
        count: page.count(all().filter(|leaf| catalogue.node(*leaf).level == Some(at))),
    });
    let summary = prose::html(page, &it.summary);
    let matrix = PageKind::Matrix(Grid::all(Against::Framework(ix)));
    View {
        name: it.name.clone(),
        version: it.version.clone(),
        summary,
        status: parts::status(page, ix),
        link: it.link.clone(),
        matrix: page.href_if_any(matrix),
        counts: counts(catalogue, ix),
        count: page.count(all()),
        levels: levels.collect(),
        coverage: page.href_if_any(PageKind::CoverageOf(ix)),
        crosswalks: parts::crosswalks(page, ix),
        provider: page.href_if_any(PageKind::ProviderOf(ix)),
        top_kind: top_title(catalogue, ix),
        tops: nodes::roots(page, &it.tops[listed.entries]),
        pages: listed.pages,
        data: page.href_if_any(PageKind::Data),
        frame: Frame::new(page, listed.about),
    }
}

/// What a framework's pages say of themselves.
pub(super) fn about(page: &Page<'_>, ix: FrameworkIx) -> About {
    let it = page.catalogue().framework(ix);
    About {
        heading: it.title.clone(),
        id: it.name.clone(),
        description: it.summary.plain(),
        crumbs: vec![
            page.crumb(PageKind::Frameworks),
            Page::current_crumb(&it.name),
        ],
        ..About::default()
    }
}

/// `Category`: what its tops are.
pub(super) fn top_title(catalogue: &Catalogue, ix: FrameworkIx) -> String {
    let kinds = &catalogue.framework(ix).kinds;
    let first = kinds.first();
    first.map_or_else(String::new, |it| capital(&it.name))
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
