//! The index of use cases.

use serde::Serialize;

use crate::catalogue::{Catalogue, UseCaseIx};
use crate::render::frame::{About, Frame};
use crate::render::marks::MarkView;
use crate::render::page::{Page, counted};
use crate::schema::Relevance;
use crate::site::PageKind;

#[derive(Serialize)]
pub(in crate::render) struct View {
    frame: Frame,
    cases: Vec<Case>,
}

/// A use case as a way in.
#[derive(Serialize)]
pub(super) struct Case {
    href: String,
    title: String,
    mark: MarkView,
    summary: String,
    essential: String,
}

pub(in crate::render) fn view(page: &Page<'_>) -> View {
    let about = About {
        heading: "Use cases".to_owned(),
        description: "The services for which each measure is weighed, with the flow of their data, their risks and threats.".to_owned(),
        crumbs: vec![page.crumb(PageKind::Home, "Home"), Page::here("Use cases")],
        part: Some(PageKind::UseCases),
        ..About::default()
    };
    View {
        frame: page.frame(about),
        cases: cases(page),
    }
}

pub(super) fn cases(page: &Page<'_>) -> Vec<Case> {
    let all = page.catalogue().use_cases.iter().enumerate();
    all.map(|(at, it)| {
        let ix = UseCaseIx::new(at);
        let count = essential(page.catalogue(), ix);
        Case {
            href: page.to(PageKind::UseCase(ix)),
            title: it.title.clone(),
            mark: page.use_case_mark(ix),
            summary: page.unlinked(&it.summary),
            essential: format!(
                "{} essential.",
                counted(count, "measure is", "measures are")
            ),
        }
    })
    .collect()
}

/// How many measures are essential for a use case.
fn essential(catalogue: &Catalogue, ix: UseCaseIx) -> usize {
    let entries = catalogue.measures.iter().flat_map(|it| &it.relevance);
    entries
        .filter(|(it, relevance, _)| *it == ix && *relevance == Relevance::Essential)
        .count()
}
