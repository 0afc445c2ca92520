//! The coverage of a framework at one level, by top node.

use serde::Serialize;

use super::{NumbersTable, level_mark, node_rows, top_kind};
use crate::catalogue::{FrameworkIx, NodeIx, Noun};
use crate::render::frame::Frame;
use crate::render::marks::MarkView;
use crate::render::page::Page;
use crate::render::pages::list_pages::listed;
use crate::render::pages::parts::Choice;
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
    levels: Vec<Choice>,
    /// What a provider who meets this level has done, where that is derived.
    provider: Option<String>,
}

pub(crate) fn view(page: &Page<'_>, ix: FrameworkIx, place: usize) -> View {
    let catalogue = page.catalogue();
    let it = catalogue.framework(ix);
    let mark = level_mark(catalogue, ix, place);
    let leaves = catalogue.leaves_of(ix);
    let roots = &it.tops;
    let name = |at: usize| catalogue.node(roots[at]).shown.clone();
    let listed = listed(page, roots.len(), name, about(page, ix, place));
    let places = catalogue.level_places(ix);
    let levels = places.into_iter().map(|other| {
        let title = level_mark(catalogue, ix, other).word.clone();
        Choice::new(page, PageKind::CoverageLevel(ix, other), title)
    });
    View {
        framework: it.name.clone(),
        noun: catalogue.noun(ix),
        count: page.count(leaves.filter(|it| catalogue.level_place(*it) == place)),
        table: NumbersTable {
            pages: listed.pages,
            ..table(page, ix, place, &roots[listed.entries])
        },
        levels: levels.collect(),
        provider: page.href_if_any(PageKind::Provider(ix, place)),
        mark,
        frame: Frame::new(page, listed.about),
    }
}

fn about(page: &Page<'_>, ix: FrameworkIx, place: usize) -> About {
    let catalogue = page.catalogue();
    let it = catalogue.framework(ix);
    let mark = level_mark(catalogue, ix, place);
    let heading = format!("Coverage of {}: {}", it.name, mark.word.to_lowercase());
    About {
        description: format!(
            "How many {} of {} are mapped, left out and open at one level.",
            catalogue.noun(ix).many,
            it.name
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

/// Some tops at a level.
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
