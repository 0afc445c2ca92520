//! The index of use cases; where it is too long for one page, numbered pages of it.

use std::ops::Range;

use serde::Serialize;

use super::list_pages::ListPageView;
use crate::catalogue::{Catalogue, UseCaseIx};
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::marks::MarkView;
use crate::render::page::{Page, counted};
use crate::render::pages::list_pages::listed;
use crate::render::prose;
use crate::render::views::About;
use crate::schema::Relevance;
use crate::site::PageKind;

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    cases: Vec<Case>,
    pages: Vec<ListPageView>,
}

/// A use case as a way in.
#[derive(Serialize)]
pub(super) struct Case {
    href: String,
    title: String,
    mark: MarkView,
    summary: Html,
    essential: String,
}

/// The index of use cases.
pub(crate) fn view(page: &Page<'_>) -> View {
    let catalogue = page.catalogue();
    let name = |at: usize| catalogue.use_case(UseCaseIx::new(at)).title.clone();
    let listed = listed(page, catalogue.use_cases.len(), name, about(page));
    View {
        frame: Frame::new(page, listed.about),
        cases: cases(page, listed.entries),
        pages: listed.pages,
    }
}

fn about(page: &Page<'_>) -> About {
    About {
        heading: page.name(),
        description: "The services for which each measure is weighed, with the flow of their data, their risks and threats.".to_owned(),
        crumbs: page.top_crumbs(),
        ..About::default()
    }
}

/// Use cases as ways in, by their places.
pub(super) fn cases(page: &Page<'_>, rows: Range<usize>) -> Vec<Case> {
    let essential = essential(page.catalogue());
    rows.map(|at| {
        let ix = UseCaseIx::new(at);
        let it = page.catalogue().use_case(ix);
        let count = essential[at];
        Case {
            href: page.to(PageKind::UseCase(ix)),
            title: it.title.clone(),
            mark: page.use_case_mark(ix),
            summary: prose::unlinked(page, &it.summary),
            essential: format!(
                "{} essential.",
                counted(count, "measure is", "measures are")
            ),
        }
    })
    .collect()
}

/// How many measures are essential for each use case.
fn essential(catalogue: &Catalogue) -> Vec<usize> {
    let mut out = vec![0; catalogue.use_cases.len()];
    for (use_case, relevance, _) in catalogue.measures.iter().flat_map(|it| &it.relevance) {
        if *relevance == Relevance::Essential {
            out[use_case.at()] += 1;
        }
    }
    out
}
