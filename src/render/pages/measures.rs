//! The index of measures.

use serde::Serialize;

use crate::catalogue::{FrameworkIx, GroupIx, MeasureIx, UseCaseIx};
use crate::render::frame::{About, Frame};
use crate::render::marks::{self, MarkView};
use crate::render::page::{LinkView, Page, counted};
use crate::site::{PageKind, splits};

#[derive(Serialize)]
pub(in crate::render) struct View {
    frame: Frame,
    use_cases: Vec<MarkView>,
    frameworks: Vec<String>,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    id: String,
    title: String,
    summary: Option<String>,
    /// Its own page, where the index is divided.
    href: Option<String>,
    count: String,
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

/// The whole index, or the list of groups where it would be too long.
pub(in crate::render) fn view(page: &Page<'_>) -> View {
    let catalogue = page.catalogue();
    let count = counted(catalogue.measures.len(), "measure", "measures");
    let about = About {
        heading: "Measures".to_owned(),
        description: format!("{count}, each with practices that can be checked."),
        crumbs: vec![page.crumb(PageKind::Home, "Home"), Page::here("Measures")],
        part: Some(PageKind::Measures),
        ..About::default()
    };
    let indexes = (0..catalogue.groups.len()).map(GroupIx::new);
    let filled = indexes.filter(|ix| !catalogue.group(*ix).measures.is_empty());
    let mut groups: Vec<_> = filled
        .map(|ix| {
            if splits(catalogue) {
                door(page, ix)
            } else {
                group(page, ix)
            }
        })
        .collect();
    let order = catalogue.reading_order().iter().copied();
    let loose = order.filter(|ix| catalogue.measure(*ix).group.is_none());
    let rows: Vec<_> = loose.map(|ix| row(page, ix)).collect();
    if !rows.is_empty() {
        let (id, title) = ("group-other".to_owned(), "Other".to_owned());
        groups.push(Group {
            id,
            title,
            summary: None,
            href: None,
            count: String::new(),
            rows,
        });
    }
    whole(page, about, groups)
}

/// The measures of one group.
pub(in crate::render) fn group_view(page: &Page<'_>, ix: GroupIx) -> View {
    let it = page.catalogue().group(ix);
    let count = counted(it.measures.len(), "measure", "measures");
    let about = About {
        heading: format!("Measures: {}", it.title),
        description: format!("{count}, each with practices that can be checked."),
        crumbs: vec![
            page.crumb(PageKind::Measures, "Measures"),
            Page::here(&it.title),
        ],
        part: Some(PageKind::Measures),
        ..About::default()
    };
    whole(page, about, vec![group(page, ix)])
}

fn whole(page: &Page<'_>, about: About, groups: Vec<Group>) -> View {
    let catalogue = page.catalogue();
    View {
        frame: page.frame(about),
        use_cases: catalogue.use_cases.iter().map(marks::use_case).collect(),
        frameworks: catalogue
            .frameworks
            .iter()
            .map(|it| it.name.clone())
            .collect(),
        groups,
    }
}

fn group(page: &Page<'_>, ix: GroupIx) -> Group {
    let rows = page
        .catalogue()
        .group(ix)
        .measures
        .iter()
        .map(|ix| row(page, *ix))
        .collect();
    Group {
        rows,
        href: None,
        ..door(page, ix)
    }
}

/// A group as a way to its own page.
fn door(page: &Page<'_>, ix: GroupIx) -> Group {
    let it = page.catalogue().group(ix);
    Group {
        id: format!("group-{}", it.id),
        title: it.title.clone(),
        summary: page.optional(Some(&it.summary)),
        href: Some(page.to(PageKind::Group(ix))),
        count: counted(it.measures.len(), "measure", "measures"),
        rows: Vec::new(),
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
