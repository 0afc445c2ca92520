//! The page of a framework: its top nodes with their coverage.

use serde::Serialize;

use super::list_pages::ListPageView;
use super::nodes::{self, NodeRow};
use super::parts::{self, StatusView};
use crate::catalogue::{Catalogue, FrameworkIx};
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::marks::{self, MarkView, capital};
use crate::render::page::{Page, counted};
use crate::render::pages::list_pages::list_page;
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
    /// The matrix of its mappings.
    matrix: Option<String>,
    /// `20 categories, 120 controls, 535 requirements`.
    counts: String,
    count: CountView,
    levels: Vec<LevelRow>,
    /// The page of its coverage, if it has leaves.
    coverage: Option<String>,
    crosswalks: Vec<LinkView>,
    provider: Option<String>,
    top_kind: String,
    tops: Vec<NodeRow>,
    /// The numbered pages of them, if they are too many for one page.
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
    let framework = catalogue.framework(ix);
    let all = || catalogue.leaves_of(ix);
    let name = |i: usize| catalogue.node(framework.roots[i]).shown.clone();
    let list_page = list_page(page, framework.roots.len(), name, about(page, ix));
    let levels = framework
        .levels
        .iter()
        .enumerate()
        .map(|(i, name)| LevelRow {
            mark: marks::level(name, i),
            count: page.count(all().filter(|leaf| catalogue.node(*leaf).level == Some(i))),
        });
    let summary = prose::html(page, &framework.summary);
    let matrix = PageKind::Matrix(Grid::all(Against::Framework(ix)));
    View {
        name: framework.name.clone(),
        version: framework.version.clone(),
        summary,
        status: parts::status(page, ix),
        link: framework.link.clone(),
        matrix: page.href_if_any(matrix),
        counts: counts(catalogue, ix),
        count: page.count(all()),
        levels: levels.collect(),
        coverage: page.href_if_any(PageKind::CoverageOf(ix)),
        crosswalks: parts::crosswalks(page, ix),
        provider: page.href_if_any(PageKind::ProviderOf(ix)),
        top_kind: top_title(catalogue, ix),
        tops: nodes::roots(page, &framework.roots[list_page.entries]),
        pages: list_page.pages,
        data: page.href_if_any(PageKind::Data),
        frame: Frame::new(page, list_page.about),
    }
}

/// The metadata of a framework's pages.
pub(super) fn about(page: &Page<'_>, ix: FrameworkIx) -> About {
    let framework = page.catalogue().framework(ix);
    About {
        heading: framework.title.clone(),
        id: framework.name.clone(),
        description: framework.summary.plain(),
        crumbs: vec![
            page.crumb(PageKind::Frameworks),
            Page::current_crumb(&framework.name),
        ],
        ..About::default()
    }
}

/// `Category`: the kind of its top nodes.
pub(super) fn top_title(catalogue: &Catalogue, ix: FrameworkIx) -> String {
    let kinds = &catalogue.framework(ix).kinds;
    let first = kinds.first();
    first.map_or_else(String::new, |it| capital(&it.name))
}

/// `20 categories, 120 controls`: the number of nodes of each kind.
fn counts(catalogue: &Catalogue, ix: FrameworkIx) -> String {
    let framework = catalogue.framework(ix);
    let nodes = &catalogue.nodes[framework.nodes.clone()];
    let counts = framework.kinds.iter().enumerate().filter_map(|(i, kind)| {
        let count = nodes.iter().filter(|node| node.kind == i).count();
        (count > 0).then(|| counted(count, &kind.name, &kind.plural))
    });
    counts.collect::<Vec<_>>().join(", ")
}
