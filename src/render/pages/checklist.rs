//! A checklist: the statements of one use case and role, on one page or on numbered pages.
//!
//! Entry: [`view`]. Invariant: the choices at the top lead to existing pages.

use serde::Serialize;

use super::checklist_rows::{MeasureSection, checklist_facets, levelled_frameworks, sections};
use super::facets::{FacetView, facets};
use super::list_pages::ListPageView;
use crate::catalogue::{Checklist, PracticeIx, UseCaseIx};
use crate::render::frame::Frame;
use crate::render::marks::{self, MarkView};
use crate::render::page::{Page, counted};
use crate::render::pages::list_pages::list_page;
use crate::render::views::{About, LinkView};
use crate::schema::Actor;
use crate::site::{MAX_COLUMNS, PageKind, Statements};

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    /// The number of statements on the whole list.
    total: String,
    /// What the list is for.
    purpose: &'static str,
    /// The list of shared statements, on the list of the customer or of the provider.
    shared: Option<LinkView>,
    use_case: Option<LinkView>,
    use_cases: Vec<ListChoice>,
    roles: Vec<ListChoice>,
    pages: Vec<ListPageView>,
    sections: Vec<MeasureSection>,
    count: String,
    facets: Vec<FacetView>,
    groupings: Vec<Grouping>,
    /// The frameworks whose levels are shown, by name.
    levelled: Vec<String>,
    /// The prefix of the keys under which the browser stores the ticks.
    keep: String,
    /// The file name of the CSV that the browser exports.
    file: String,
}

/// What a script can group the statements by.
#[derive(Serialize)]
struct Grouping {
    value: String,
    label: String,
    /// The groups in their order, for the script: `[title, [[value, label], …]]`; empty for the default grouping.
    groups: String,
}

/// A link to a checklist of another use case or role.
#[derive(Serialize)]
struct ListChoice {
    href: String,
    title: String,
    mark: Option<MarkView>,
    here: bool,
}

/// The roles in the order of the choices; `None` for all statements.
pub(super) const ROLES: [Option<Actor>; 4] = [
    Some(Actor::Customer),
    Some(Actor::Provider),
    Some(Actor::Shared),
    None,
];

/// The title of a role's list, as the end of a heading.
pub(super) fn title(by: Option<Actor>) -> &'static str {
    match by {
        Some(Actor::Customer) => "what the customer does",
        Some(Actor::Provider) => "what the provider must show",
        Some(Actor::Shared) => "what customer and provider do together",
        None => "all that can be checked",
    }
}

/// The purpose of a role's list.
pub(super) fn purpose(by: Option<Actor>) -> &'static str {
    match by {
        Some(Actor::Customer) => {
            "For the organisation that uses the service: what it does itself, as a plan of work."
        }
        Some(Actor::Provider) => {
            "For buying: put the list to the bidders, and check the evidence in their offers."
        }
        Some(Actor::Shared) => {
            "For the contract: both have a task and neither task is enough, so settle who does what."
        }
        None => "For a review or an audit: the other lists in one.",
    }
}

/// The name of a role.
pub(super) fn role_name(by: Option<Actor>) -> &'static str {
    by.map_or("All", Actor::shown)
}

/// A checklist.
pub(crate) fn view(page: &Page<'_>, list: Checklist) -> View {
    let catalogue = page.catalogue();
    let by_measure: Vec<_> = statements(page, list).by_measure(catalogue).collect();
    let name = |i: usize| {
        let practice = catalogue.practice(by_measure[i][0]);
        catalogue.measure(practice.measure).id.clone()
    };
    let list_page = list_page(page, by_measure.len(), name, about(page, list));
    let practices = by_measure[list_page.entries].concat();
    View {
        pages: list_page.pages,
        ..list_view(page, list, list_page.about, &practices)
    }
}

fn statements<'a>(page: &Page<'a>, list: Checklist) -> &'a Statements {
    let statements = page.renderer.site.checklists.get(list);
    statements.expect("a page was planned for the list")
}

fn about(page: &Page<'_>, list: Checklist) -> About {
    let catalogue = page.catalogue();
    let use_case = list.use_case.map(|ix| catalogue.use_case(ix));
    let heading = use_case.map_or_else(
        || marks::capital(title(list.by)),
        |it| format!("{}: {}", it.title, title(list.by)),
    );
    let short = use_case.map_or_else(
        || role_name(list.by).to_owned(),
        |it| format!("{}, {}", it.short, role_name(list.by).to_lowercase()),
    );
    About {
        heading,
        description: format!("{}, each with the evidence to ask for.", total(page, list)),
        crumbs: vec![
            page.crumb(PageKind::Checklists),
            Page::current_crumb(&short),
        ],
        ..About::default()
    }
}

/// How many statements a list has, and how many of them are essential in its use case.
fn total(page: &Page<'_>, list: Checklist) -> String {
    let statements = statements(page, list);
    let count = counted(statements.practices.len(), "statement", "statements");
    if list.use_case.is_none() {
        return count;
    }
    format!("{count}, {} of them essential", statements.essential)
}

fn list_view(page: &Page<'_>, list: Checklist, about: About, practices: &[PracticeIx]) -> View {
    let catalogue = page.catalogue();
    let sections = sections(page, list, practices);
    let rows = sections.iter().flat_map(MeasureSection::facet_values);
    let facets = facets(checklist_facets(catalogue, list, practices), rows);
    let shared = Checklist {
        by: Some(Actor::Shared),
        ..list
    };
    let is_one_side = matches!(list.by, Some(Actor::Customer | Actor::Provider));
    let levelled = levelled_frameworks(catalogue).into_iter();
    let use_case = list.use_case.map(|ix| catalogue.use_case(ix));
    let id = use_case.map_or("", |it| &it.id);
    View {
        total: total(page, list),
        purpose: purpose(list.by),
        shared: is_one_side.then(|| list_link(page, shared)).flatten(),
        use_case: list.use_case.map(|ix| LinkView {
            href: page.to(PageKind::UseCase(ix)),
            id: String::new(),
            title: catalogue.use_case(ix).title.clone(),
        }),
        use_cases: use_cases(page, list),
        roles: roles(page, list),
        pages: Vec::new(),
        count: counted(practices.len(), "statement", "statements"),
        groupings: groupings(&facets),
        facets,
        levelled: levelled
            .map(|ix| catalogue.framework(ix).name.clone())
            .collect(),
        keep: format!("tick:{}:{id}:", page.config().book.title),
        file: csv_name(page.route),
        sections,
        frame: Frame::new(page, about),
    }
}

/// What the statements can be grouped by: their measure, or a facet of the page.
fn groupings(facets: &[FacetView]) -> Vec<Grouping> {
    let mut out = vec![Grouping {
        value: String::new(),
        label: "Measure".to_owned(),
        groups: String::new(),
    }];
    for facet in facets {
        let label = match facet.name.as_str() {
            "model" | "measure" => continue,
            "phase" => "Earliest phase",
            "essential" => "Weight",
            _ => &facet.title,
        };
        out.push(Grouping {
            value: facet.name.clone(),
            label: label.to_owned(),
            groups: serde_json::json!([facet.title, facet.values]).to_string(),
        });
    }
    out
}

/// `checklists/ehr-provider.html` as `checklists-ehr-provider.csv`.
fn csv_name(route: &str) -> String {
    let stem = route.trim_end_matches(".html").replace('/', "-");
    format!("{stem}.csv")
}

pub(super) fn list_link(page: &Page<'_>, list: Checklist) -> Option<LinkView> {
    let statements = page.renderer.site.checklists.get(list)?;
    Some(LinkView {
        href: page.to(PageKind::Checklist(list)),
        id: role_name(list.by).to_owned(),
        title: counted(statements.practices.len(), "statement", "statements"),
    })
}

/// The lists of the same role in other use cases; empty if there are too many to choose from.
fn use_cases(page: &Page<'_>, list: Checklist) -> Vec<ListChoice> {
    let count = page.catalogue().use_cases.len();
    let shown = if count > MAX_COLUMNS { 0 } else { count };
    let all = (0..shown).map(UseCaseIx::new);
    all.filter_map(|ix| {
        let other = Checklist {
            use_case: Some(ix),
            ..list
        };
        let link = list_link(page, other)?;
        let mark = page.use_case_mark(ix);
        Some(ListChoice {
            href: link.href,
            title: mark.long.clone(),
            mark: Some(mark),
            here: other == list,
        })
    })
    .collect()
}

fn roles(page: &Page<'_>, list: Checklist) -> Vec<ListChoice> {
    let all = ROLES.into_iter().filter_map(|by| {
        let other = Checklist { by, ..list };
        Some(ListChoice {
            href: list_link(page, other)?.href,
            title: role_name(by).to_owned(),
            mark: by.map(marks::actor),
            here: other == list,
        })
    });
    all.collect()
}
