//! The index of measures.

use serde::Serialize;

use crate::catalogue::{FrameworkIx, MeasureIx, UseCaseIx};
use crate::render::frame::{About, Frame};
use crate::render::marks::{self, MarkView};
use crate::render::page::{LinkView, Page, counted};
use crate::site::PageKind;

#[derive(Serialize)]
pub(in crate::render) struct View {
    frame: Frame,
    count: String,
    use_cases: Vec<MarkView>,
    frameworks: Vec<String>,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    id: String,
    title: String,
    summary: Option<String>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    link: LinkView,
    by: MarkView,
    /// One a use case; none where nothing is said.
    relevance: Vec<Option<MarkView>>,
    /// One a framework.
    mappings: Vec<usize>,
}

pub(in crate::render) fn view(page: &Page<'_>) -> View {
    let catalogue = page.catalogue();
    let count = counted(catalogue.measures.len(), "measure", "measures");
    let description = format!("{count}, each with practices that can be checked.");
    let about = About {
        heading: "Measures".to_owned(),
        description,
        crumbs: vec![page.crumb(PageKind::Home, "Home"), Page::here("Measures")],
        part: Some(PageKind::Measures),
        ..About::default()
    };
    let mut groups: Vec<_> = catalogue
        .groups
        .iter()
        .filter(|it| !it.measures.is_empty())
        .map(|it| Group {
            id: format!("group-{}", it.id),
            title: it.title.clone(),
            summary: page.optional(Some(&it.summary)),
            rows: it.measures.iter().map(|ix| row(page, *ix)).collect(),
        })
        .collect();
    let loose = catalogue
        .reading_order()
        .into_iter()
        .filter(|ix| catalogue.measure(*ix).group.is_none());
    let loose: Vec<_> = loose.map(|ix| row(page, ix)).collect();
    if !loose.is_empty() {
        groups.push(Group {
            id: "group-other".to_owned(),
            title: "Other".to_owned(),
            summary: None,
            rows: loose,
        });
    }
    View {
        frame: page.frame(about),
        count,
        use_cases: catalogue.use_cases.iter().map(marks::use_case).collect(),
        frameworks: catalogue
            .frameworks
            .iter()
            .map(|it| it.name.clone())
            .collect(),
        groups,
    }
}

fn row(page: &Page<'_>, ix: MeasureIx) -> Row {
    let catalogue = page.catalogue();
    let measure = catalogue.measure(ix);
    let relevance = (0..catalogue.use_cases.len()).map(|at| {
        let entry = measure
            .relevance
            .iter()
            .find(|(it, ..)| *it == UseCaseIx::new(at));
        entry.map(|(_, relevance, _)| marks::relevance(*relevance))
    });
    let mappings =
        (0..catalogue.frameworks.len()).map(|at| targets(page, ix, FrameworkIx::new(at)));
    Row {
        link: page.measure_link(ix),
        by: marks::actor(measure.responsibility),
        relevance: relevance.collect(),
        mappings: mappings.collect(),
    }
}

/// How many nodes of a framework a measure is mapped to.
pub(super) fn targets(page: &Page<'_>, ix: MeasureIx, framework: FrameworkIx) -> usize {
    let catalogue = page.catalogue();
    let nodes = catalogue
        .mappings_of(ix)
        .iter()
        .map(|it| catalogue.mapping(*it).to);
    let mut nodes: Vec<_> = nodes
        .filter(|it| catalogue.node(*it).framework == framework)
        .collect();
    nodes.sort_unstable();
    nodes.dedup();
    nodes.len()
}
