//! The index of checklists: use case by role, and what each list is for.

use serde::Serialize;

use super::checklist::{ROLES, list_link, purpose, role, title};
use crate::catalogue::{Checklist, UseCaseIx};
use crate::render::frame::{About, Frame};
use crate::render::marks::{self, MarkView};
use crate::render::page::{LinkView, Page};
use crate::schema::Actor;
use crate::site::PageKind;

#[derive(Serialize)]
pub(in crate::render) struct View {
    frame: Frame,
    cases: Vec<Case>,
    purposes: Vec<Purpose>,
    /// The whole catalogue as one document.
    print: Option<String>,
}

/// The lists of a use case, or of a book without any.
#[derive(Serialize)]
struct Case {
    title: String,
    mark: Option<MarkView>,
    lists: Vec<List>,
}

#[derive(Serialize)]
struct List {
    link: LinkView,
    mark: Option<MarkView>,
    title: String,
}

#[derive(Serialize)]
struct Purpose {
    role: &'static str,
    mark: Option<MarkView>,
    text: &'static str,
}

pub(in crate::render) fn view(page: &Page<'_>) -> View {
    let about = About {
        heading: "Checklists".to_owned(),
        description: "Statements that can be checked, each with the evidence to ask for: to tick off on the screen, to print, or to take into a table.".to_owned(),
        crumbs: vec![page.crumb(PageKind::Home, "Home"), Page::here("Checklists")],
        part: Some(PageKind::Checklists),
        ..About::default()
    };
    let catalogue = page.catalogue();
    let indexes = (0..catalogue.use_cases.len()).map(UseCaseIx::new);
    let mut cases: Vec<_> = indexes
        .map(|ix| Case {
            title: catalogue.use_case(ix).title.clone(),
            mark: Some(page.use_case_mark(ix)),
            lists: lists(page, Some(ix)),
        })
        .collect();
    cases.push(Case {
        title: String::new(),
        mark: None,
        lists: lists(page, None),
    });
    cases.retain(|it| !it.lists.is_empty());
    let roles = ROLES.into_iter();
    let shown = |by: &Option<Actor>| {
        let word = role(*by);
        cases
            .iter()
            .flat_map(|it| &it.lists)
            .any(|it| it.link.id == word)
    };
    let purposes = roles.filter(shown).map(|by| Purpose {
        role: role(by),
        mark: by.map(marks::actor),
        text: purpose(by),
    });
    View {
        purposes: purposes.collect(),
        print: page.way(PageKind::Print),
        frame: page.frame(about),
        cases,
    }
}

fn lists(page: &Page<'_>, use_case: Option<UseCaseIx>) -> Vec<List> {
    let list = |by| {
        let link = list_link(page, Checklist { use_case, by })?;
        Some(List {
            link,
            mark: by.map(marks::actor),
            title: marks::capital(title(by)),
        })
    };
    ROLES.into_iter().filter_map(list).collect()
}

/// The lists of a use case, as links from its page.
pub(super) fn of_use_case(page: &Page<'_>, ix: UseCaseIx) -> Vec<LinkView> {
    let lists = ROLES.into_iter().map(|by| Checklist {
        use_case: Some(ix),
        by,
    });
    let shown = lists.filter(|it| page.has(PageKind::Checklist(*it)));
    shown.filter_map(|it| list_link(page, it)).collect()
}
