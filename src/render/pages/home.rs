//! The home page: a summary, tasks, use cases, measures and coverage.

use serde::Serialize;

use super::parts;
use super::search::examples;
use super::use_cases::{UseCaseCard, use_case_cards};
use crate::catalogue::MeasureIx;
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::marks::{self, MarkView};
use crate::render::page::{Page, counted};
use crate::render::prose;
use crate::render::views::{About, CountView, LinkView};
use crate::site::PageKind;

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    summary: Option<Html>,
    examples: Vec<LinkView>,
    cases: Vec<UseCaseCard>,
    /// The index of use cases, if this page does not list all.
    cases_more: Option<String>,
    tasks: Vec<TaskView>,
    measures_title: String,
    groups: Vec<Group>,
    coverage: Vec<CoverageRow>,
    coverage_href: String,
    body: Option<Html>,
}

#[derive(Serialize)]
struct TaskView {
    href: Option<String>,
    title: String,
    text: Html,
}

#[derive(Serialize)]
struct Group {
    title: String,
    measures: Vec<LinkView>,
}

#[derive(Serialize)]
struct CoverageRow {
    href: String,
    name: String,
    level: Option<MarkView>,
    count: CountView,
}

/// With more measures than this, none are listed.
const MAX_MEASURES: usize = 60;

/// The largest number of use cases that are listed.
const MAX_USE_CASES: usize = 12;

pub(crate) fn view(page: &Page<'_>) -> View {
    let catalogue = page.catalogue();
    let home = catalogue.home.as_ref();
    let summary = home.and_then(|it| prose::optional(page, Some(&it.summary)));
    let all = catalogue.use_cases.len();
    let cases = use_case_cards(page, 0..all.min(MAX_USE_CASES));
    let tasks = home
        .iter()
        .flat_map(|it| &it.tasks)
        .map(|(title, text, to)| TaskView {
            href: to.as_ref().and_then(|it| page.href(it)),
            title: title.clone(),
            text: prose::html(page, text),
        });
    let tasks = tasks.collect();
    let about = About {
        heading: home.map_or_else(|| page.config().book.title.clone(), |it| it.title.clone()),
        description: home.map_or_else(
            || page.config().book.description.clone(),
            |it| it.summary.plain(),
        ),
        ..About::default()
    };
    View {
        frame: Frame::new(page, about),
        examples: examples(page),
        summary,
        cases,
        cases_more: (all > MAX_USE_CASES).then(|| page.to(PageKind::UseCases)),
        tasks,
        measures_title: counted(catalogue.measures.len(), "measure", "measures"),
        groups: if catalogue.measures.len() > MAX_MEASURES {
            Vec::new()
        } else {
            groups(page)
        },
        coverage: coverage(page),
        coverage_href: page.to(PageKind::Coverage),
        body: home.and_then(|it| prose::optional(page, Some(&it.body))),
    }
}

fn groups(page: &Page<'_>) -> Vec<Group> {
    let catalogue = page.catalogue();
    let link = |ix: &MeasureIx| page.measure_link(*ix);
    let mut out: Vec<_> = catalogue
        .groups
        .iter()
        .filter(|it| !it.measures.is_empty())
        .map(|group| Group {
            title: group.title.clone(),
            measures: group.measures.iter().map(link).collect(),
        })
        .collect();
    let ungrouped: Vec<_> = catalogue
        .reading_order()
        .iter()
        .filter(|ix| catalogue.measure(**ix).group.is_none())
        .map(link)
        .collect();
    if !ungrouped.is_empty() {
        out.push(Group {
            title: "Other".to_owned(),
            measures: ungrouped,
        });
    }
    out
}

/// A row for each level, or one row for a framework without levels.
fn coverage(page: &Page<'_>) -> Vec<CoverageRow> {
    let catalogue = page.catalogue();
    let mut out = Vec::new();
    for ix in parts::mapped_frameworks(catalogue).filter(|it| page.has(PageKind::CoverageOf(*it))) {
        let framework = catalogue.framework(ix);
        let leaves = || catalogue.leaves_of(ix);
        let all_levels = PageKind::CoverageOf(ix);
        for (i, level) in framework.levels.iter().enumerate() {
            let count = page.count(leaves().filter(|leaf| catalogue.node(*leaf).level == Some(i)));
            let kind = PageKind::CoverageLevel(ix, i);
            out.push(CoverageRow {
                href: page.to(if count.total > 0 { kind } else { all_levels }),
                name: framework.name.clone(),
                level: Some(marks::level(level, i)),
                count,
            });
        }
        if framework.levels.is_empty() {
            out.push(CoverageRow {
                href: page.to(all_levels),
                name: framework.name.clone(),
                level: None,
                count: page.count(leaves()),
            });
        }
    }
    out
}
