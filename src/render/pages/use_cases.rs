//! The index of use cases.

use std::ops::Range;

use serde::Serialize;

use super::list_pages::ListPageView;
use crate::catalogue::{Catalogue, UseCaseIx};
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::marks::MarkView;
use crate::render::page::{Page, counted};
use crate::render::pages::list_pages::list_page;
use crate::render::prose;
use crate::render::views::About;
use crate::schema::Relevance;
use crate::site::PageKind;

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    cases: Vec<UseCaseCard>,
    pages: Vec<ListPageView>,
}

/// A use case with its summary, as a link.
#[derive(Serialize)]
pub(super) struct UseCaseCard {
    href: String,
    title: String,
    mark: MarkView,
    summary: Html,
    essential: String,
}

/// The index of use cases.
pub(crate) fn view(page: &Page<'_>) -> View {
    let catalogue = page.catalogue();
    let name = |i: usize| catalogue.use_case(UseCaseIx::new(i)).title.clone();
    let list_page = list_page(page, catalogue.use_cases.len(), name, about(page));
    View {
        frame: Frame::new(page, list_page.about),
        cases: use_case_cards(page, list_page.entries),
        pages: list_page.pages,
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

/// The cards of a range of use cases.
pub(super) fn use_case_cards(page: &Page<'_>, rows: Range<usize>) -> Vec<UseCaseCard> {
    let essential = count_essential(page.catalogue());
    rows.map(|i| {
        let ix = UseCaseIx::new(i);
        let use_case = page.catalogue().use_case(ix);
        let count = essential[i];
        UseCaseCard {
            href: page.to(PageKind::UseCase(ix)),
            title: use_case.title.clone(),
            mark: page.use_case_mark(ix),
            summary: prose::unlinked(page, &use_case.summary),
            essential: format!(
                "{} essential.",
                counted(count, "measure is", "measures are")
            ),
        }
    })
    .collect()
}

/// How many measures are essential for each use case.
fn count_essential(catalogue: &Catalogue) -> Vec<usize> {
    let mut out = vec![0; catalogue.use_cases.len()];
    for (use_case, relevance, _) in catalogue.measures.iter().flat_map(|it| &it.relevance) {
        if *relevance == Relevance::Essential {
            out[use_case.index()] += 1;
        }
    }
    out
}
