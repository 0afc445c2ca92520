//! The coverage of a framework at one level, by top node.

use serde::Serialize;

use super::{NumbersTable, level_mark, node_rows, top_kind};
use crate::catalogue::{FrameworkIx, NodeIx, Noun};
use crate::render::frame::Frame;
use crate::render::marks::MarkView;
use crate::render::page::Page;
use crate::render::pages::list_pages::list_page;
use crate::render::pages::parts::PageChoice;
use crate::render::views::{About, CountView};
use crate::site::PageKind;

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    framework: String,
    mark: MarkView,
    noun: Noun,
    count: CountView,
    table: NumbersTable,
    levels: Vec<PageChoice>,
    /// The page for the provider at this level, if there is one.
    provider: Option<String>,
}

pub(crate) fn view(page: &Page<'_>, ix: FrameworkIx, place: usize) -> View {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(ix);
    let mark = level_mark(catalogue, ix, place);
    let leaves = catalogue.leaves_of(ix);
    let roots = &framework.roots;
    let name = |i: usize| catalogue.node(roots[i]).shown.clone();
    let list_page = list_page(page, roots.len(), name, about(page, ix, place));
    let places = catalogue.level_places(ix);
    let levels = places.into_iter().map(|other| {
        let title = level_mark(catalogue, ix, other).word.clone();
        PageChoice::new(page, PageKind::CoverageLevel(ix, other), title)
    });
    View {
        framework: framework.name.clone(),
        noun: catalogue.noun(ix),
        count: page.count(leaves.filter(|it| catalogue.level_place(*it) == place)),
        table: NumbersTable {
            pages: list_page.pages,
            ..table(page, ix, place, &roots[list_page.entries])
        },
        levels: levels.collect(),
        provider: page.href_if_any(PageKind::Provider(ix, place)),
        mark,
        frame: Frame::new(page, list_page.about),
    }
}

fn about(page: &Page<'_>, ix: FrameworkIx, place: usize) -> About {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(ix);
    let mark = level_mark(catalogue, ix, place);
    let heading = format!(
        "Coverage of {}: {}",
        framework.name,
        mark.word.to_lowercase()
    );
    About {
        description: format!(
            "How many {} of {} are mapped, left out and open at one level.",
            catalogue.noun(ix).many,
            framework.name
        ),
        crumbs: vec![
            page.crumb(PageKind::Coverage),
            page.crumb(PageKind::CoverageOf(ix)),
            Page::current_crumb(&mark.word),
        ],
        heading,
        ..About::default()
    }
}

/// A table of some top nodes at a level.
fn table(page: &Page<'_>, ix: FrameworkIx, place: usize, nodes: &[NodeIx]) -> NumbersTable {
    let catalogue = page.catalogue();
    let kind = top_kind(catalogue, ix);
    let mark = level_mark(catalogue, ix, place);
    NumbersTable {
        anchor: "tops".to_owned(),
        caption: format!("{}, by {}", mark.word, kind.to_lowercase()),
        note: "",
        head: kind,
        rows: node_rows(page, nodes, Some(place)),
        pages: Vec::new(),
        total: None,
    }
}
