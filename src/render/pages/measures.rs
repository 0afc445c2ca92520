//! The index of measures, and what its rows can be narrowed by.

use serde::Serialize;

use super::facets::{Facet, FacetView, Words, facets};
use crate::catalogue::{Catalogue, FrameworkIx, GroupIx, MeasureIx, UseCaseIx};
use crate::render::frame::{About, Frame, MATRICES};
use crate::render::marks::{self, MarkView};
use crate::render::page::{LinkView, Page, counted};
use crate::schema::{Actor, MeasureKind, Phase, Relevance};
use crate::site::{PageKind, safe, splits};

#[derive(Serialize)]
pub(in crate::render) struct View {
    frame: Frame,
    use_cases: Vec<MarkView>,
    frameworks: Vec<String>,
    groups: Vec<Group>,
    /// None where there is nothing to choose from.
    facets: Vec<FacetView>,
    /// How many measures are on the page.
    count: String,
    data: String,
    /// Where there is one.
    matrix: Option<String>,
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
    words: String,
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
    let rows = groups.iter().flat_map(|it| &it.rows);
    let divided = groups.iter().any(|it| it.href.is_some());
    let choices = if divided {
        Vec::new()
    } else {
        choices(catalogue)
    };
    View {
        frame: page.frame(about),
        use_cases: catalogue.use_cases.iter().map(marks::use_case).collect(),
        frameworks: catalogue
            .frameworks
            .iter()
            .map(|it| it.name.clone())
            .collect(),
        facets: facets(choices, rows.clone().map(|it| it.words.as_str())),
        count: counted(rows.count(), "measure", "measures"),
        groups,
        data: page.to(PageKind::Data),
        matrix: page.has(MATRICES).then(|| page.to(MATRICES)),
    }
}

/// What measures can be chosen by.
fn choices(catalogue: &Catalogue) -> Vec<Facet> {
    let relevance = Relevance::ALL.iter().map(|it| (it.word(), it.shown()));
    let mut out: Vec<_> = catalogue
        .use_cases
        .iter()
        .map(|it| Facet {
            mark: Some(marks::use_case(it)),
            ..Facet::new(
                &for_use_case(&it.id),
                &format!("Relevance for {}", it.title),
                relevance.clone(),
            )
        })
        .collect();
    let actors = Actor::ALL.iter().map(|it| (it.word(), it.shown()));
    let phases = Phase::ALL.iter().map(|it| (it.word(), it.shown()));
    let kinds = MeasureKind::ALL.iter().map(|it| (it.word(), it.shown()));
    let frameworks = catalogue.frameworks.iter();
    let frameworks = frameworks.map(|it| (it.id.as_str(), it.name.as_str()));
    out.push(Facet::new("by", "Who acts", actors));
    out.push(Facet::new("phase", "Phase", phases));
    out.push(Facet::new("kind", "Kind", kinds));
    out.push(Facet::new("maps-to", "Maps to", frameworks));
    let indexes = (0..catalogue.frameworks.len()).map(FrameworkIx::new);
    out.extend(indexes.map(|ix| Facet::levels(catalogue, ix)));
    out
}

/// What a measure is found by.
fn words(catalogue: &Catalogue, ix: MeasureIx, mappings: &[usize]) -> String {
    let measure = catalogue.measure(ix);
    let mut words = Words::default();
    for (use_case, relevance, _) in &measure.relevance {
        let use_case = catalogue.use_case(*use_case);
        words.add(&for_use_case(&use_case.id), relevance.word());
    }
    words.add("by", measure.responsibility.word());
    for phase in &measure.phases {
        words.add("phase", phase.word());
    }
    words.add("kind", measure.kind.word());
    for (at, framework) in catalogue.frameworks.iter().enumerate() {
        if mappings[at] > 0 {
            words.add("maps-to", &framework.id);
        }
        let levels = Facet::levels(catalogue, FrameworkIx::new(at));
        for level in catalogue.levels_reached(ix, FrameworkIx::new(at)) {
            words.add(&levels.name, &levels.options[level].0);
        }
    }
    words.text()
}

fn for_use_case(id: &str) -> String {
    format!("for-{}", safe(id))
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
    let mappings: Vec<_> = mappings.collect();
    Row {
        words: words(catalogue, ix, &mappings),
        link: page.measure_link(ix),
        by: marks::actor(measure.responsibility),
        relevance: relevance.collect(),
        mappings,
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
