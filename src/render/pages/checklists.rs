//! The index of checklists by use case and role, with the purpose of each role's list.

use serde::Serialize;

use super::checklist::{ROLES, list_link, purpose, role_name, title};
use super::list_pages::ListPageView;
use crate::catalogue::{Checklist, UseCaseIx};
use crate::render::frame::Frame;
use crate::render::marks::{self, MarkView};
use crate::render::page::Page;
use crate::render::pages::list_pages::list_page;
use crate::render::views::{About, LinkView};
use crate::schema::Actor;
use crate::site::PageKind;

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    cases: Vec<Case>,
    pages: Vec<ListPageView>,
    /// A sentence on how the lists of a role differ between use cases; `None` if there is only one use case.
    differ: Option<&'static str>,
    purposes: Vec<RolePurpose>,
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
    /// How many statements it has, and how many of them are essential in its use case.
    count: String,
}

#[derive(Serialize)]
struct RolePurpose {
    role: &'static str,
    mark: Option<MarkView>,
    text: &'static str,
}

pub(crate) fn view(page: &Page<'_>) -> View {
    let about = About {
        heading: page.name(),
        description: "Statements that can be checked, each with the evidence to ask for: to tick off on the screen, to print, or to take into a table.".to_owned(),
        crumbs: page.top_crumbs(),
        ..About::default()
    };
    let catalogue = page.catalogue();
    let all = page.renderer.site.checklists.use_cases();
    let name = |i: usize| {
        all[i]
            .map_or("Other", |ix| &catalogue.use_case(ix).title)
            .to_owned()
    };
    let list_page = list_page(page, all.len(), name, about);
    let case = |ix: &Option<UseCaseIx>| Case {
        title: ix.map_or_else(String::new, |ix| catalogue.use_case(ix).title.clone()),
        mark: ix.map(|ix| page.use_case_mark(ix)),
        lists: lists(page, *ix),
    };
    let cases: Vec<_> = all[list_page.entries].iter().map(case).collect();
    let roles = ROLES.into_iter();
    let lists = &page.renderer.site.checklists;
    let has_list = |by: &Option<Actor>| {
        let mut lists = lists.iter();
        lists.any(|(it, _)| it.by == *by)
    };
    let purposes = roles.filter(has_list).map(|by| RolePurpose {
        role: role_name(by),
        mark: by.map(marks::actor),
        text: purpose(by),
    });
    View {
        purposes: purposes.collect(),
        print: page.href_if_any(PageKind::Print),
        frame: Frame::new(page, list_page.about),
        differ: difference_note(page),
        cases,
        pages: list_page.pages,
    }
}

fn lists(page: &Page<'_>, use_case: Option<UseCaseIx>) -> Vec<List> {
    let list = |by| {
        let list = Checklist { use_case, by };
        let link = list_link(page, list)?;
        Some(List {
            count: count_line(page, list, &link.title),
            link,
            mark: by.map(marks::actor),
            title: marks::capital(title(by)),
        })
    };
    ROLES.into_iter().filter_map(list).collect()
}

/// A sentence on how the lists of a role differ between use cases.
fn difference_note(page: &Page<'_>) -> Option<&'static str> {
    let count = page.catalogue().use_cases.len();
    let are_same = |by| {
        let mut lists = (0..count).map(|i| {
            let use_case = Some(UseCaseIx::new(i));
            let statements = page
                .renderer
                .site
                .checklists
                .get(Checklist { use_case, by });
            statements.map(|it| &it.practices)
        });
        let first = lists.next().flatten();
        lists.all(|it| it == first)
    };
    (count > 1).then(|| {
        if ROLES.into_iter().all(are_same) {
            "The statements of a role are the same in each use case. The lists differ in which of them are essential there: \
             these are marked, and a filter shows them alone."
        } else {
            "The lists of a role differ from use case to use case: in their statements, and in which of them are essential \
             there. These are marked, and a filter shows them alone."
        }
    })
}

/// `43 statements, 38 essential here`, from `43 statements`.
fn count_line(page: &Page<'_>, list: Checklist, count: &str) -> String {
    let statements = page.renderer.site.checklists.get(list);
    match statements.filter(|_| list.use_case.is_some()) {
        Some(statements) => format!("{count}, {} essential here", statements.essential),
        None => count.to_owned(),
    }
}

/// The lists of a use case, as links from its page.
pub(super) fn use_case_links(page: &Page<'_>, ix: UseCaseIx) -> Vec<LinkView> {
    let lists = ROLES.into_iter().map(|by| Checklist {
        use_case: Some(ix),
        by,
    });
    let planned = lists.filter(|it| page.has(PageKind::Checklist(*it)));
    planned.filter_map(|it| list_link(page, it)).collect()
}
