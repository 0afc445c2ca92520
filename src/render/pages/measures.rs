//! The index of measures with its facets; if it is too long for one page, each group has a page of its own.
//!
//! Entry: [`view`], [`group_view`]. Invariant: no page lists more than 200 rows.

use std::ops::Range;

use serde::Serialize;

use super::facets::{Facet, FacetKind, FacetView, RowValues, WITHOUT_LEVEL, facets};
use super::list_pages::ListPageView;
use crate::catalogue::{Catalogue, FrameworkIx, GroupIx, MeasureIx, Noun, UseCaseIx};
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::marks::{self, MarkView};
use crate::render::page::{Page, counted};
use crate::render::pages::list_pages::list_page;
use crate::render::prose;
use crate::render::views::{About, LinkView};
use crate::schema::{Actor, MeasureKind, Phase, Relevance};
use crate::site::{MATRICES, MAX_COLUMNS, PageKind, safe, splits};

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    use_cases: Vec<MarkView>,
    frameworks: Vec<FrameworkHead>,
    /// Whether measures differ in who acts.
    by_differs: bool,
    groups: Vec<Group>,
    pages: Vec<ListPageView>,
    /// Whether there are rows to filter, at least by text.
    narrows: bool,
    facets: Vec<FacetView>,
    /// How many measures are on the page.
    count: String,
    data: Option<String>,
    /// The matrix of all measures, if the site has one.
    matrix: Option<String>,
}

/// The head of a framework's column, and the noun for what it counts.
#[derive(Serialize)]
struct FrameworkHead {
    name: String,
    noun: Noun,
}

#[derive(Serialize)]
struct Group {
    id: String,
    title: String,
    summary: Option<Html>,
    /// Its own page, if the index is divided.
    href: Option<String>,
    count: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    words: String,
    link: LinkView,
    by: MarkView,
    /// One per use case; `None` if the measure has no relevance there.
    relevance: Vec<Option<MarkView>>,
    /// One per framework.
    mappings: Vec<usize>,
    /// The same as text, for narrow screens.
    mapped: String,
    draft: bool,
}

/// The index of measures, or of groups if it would be too long.
pub(crate) fn view(page: &Page<'_>) -> View {
    let groups = nonempty_groups(page.catalogue());
    if !splits(page.catalogue()) {
        let groups = groups
            .into_iter()
            .map(|ix| group(page, ix, page.catalogue().measures_in(ix)));
        return index_view(page, about(page), groups.collect());
    }
    let list_page = list_page(
        page,
        groups.len(),
        |i| group_title(page, groups[i]),
        about(page),
    );
    let links = groups[list_page.entries]
        .iter()
        .map(|ix| group_link(page, *ix));
    View {
        pages: list_page.pages,
        ..index_view(page, list_page.about, links.collect())
    }
}

/// The measures of one group, or of none.
pub(crate) fn group_view(page: &Page<'_>, ix: Option<GroupIx>) -> View {
    let measures = page.catalogue().measures_in(ix);
    let name = |i: usize| page.catalogue().measure(measures[i]).id.clone();
    let list_page = list_page(page, measures.len(), name, group_about(page, ix));
    let here = &measures[list_page.entries];
    let groups = (!here.is_empty()).then(|| group(page, ix, here));
    View {
        pages: list_page.pages,
        ..index_view(page, list_page.about, groups.into_iter().collect())
    }
}

/// The groups with measures; at last `None` if there are measures without a group.
fn nonempty_groups(catalogue: &Catalogue) -> Vec<Option<GroupIx>> {
    let groups = (0..catalogue.groups.len()).map(|i| Some(GroupIx::new(i)));
    groups
        .chain(std::iter::once(None))
        .filter(|ix| !catalogue.measures_in(*ix).is_empty())
        .collect()
}

fn group_title(page: &Page<'_>, ix: Option<GroupIx>) -> String {
    ix.map_or_else(
        || "Other".to_owned(),
        |ix| page.catalogue().group(ix).title.clone(),
    )
}

fn about(page: &Page<'_>) -> About {
    let count = counted(page.catalogue().measures.len(), "measure", "measures");
    About {
        heading: page.name(),
        description: format!("{count}, each with practices that can be checked."),
        crumbs: page.top_crumbs(),
        ..About::default()
    }
}

fn group_about(page: &Page<'_>, ix: Option<GroupIx>) -> About {
    let measures = page.catalogue().measures_in(ix);
    let count = counted(measures.len(), "measure", "measures");
    let title = group_title(page, ix);
    About {
        heading: format!("Measures: {title}"),
        description: format!("{count}, each with practices that can be checked."),
        crumbs: vec![page.crumb(PageKind::Measures), Page::current_crumb(&title)],
        ..About::default()
    }
}

/// The use cases and frameworks with a column of their own.
struct Columns {
    use_cases: Range<usize>,
    frameworks: Range<usize>,
}

impl Columns {
    /// All frameworks, and all use cases, if they fit next to the columns that every measure has. The matrices show all of them.
    fn new(catalogue: &Catalogue) -> Self {
        const OWN: usize = 3;
        let fitting = |count: usize, taken: usize| {
            if count + taken > MAX_COLUMNS {
                0..0
            } else {
                0..count
            }
        };
        let frameworks = fitting(catalogue.frameworks.len(), OWN);
        Self {
            use_cases: fitting(catalogue.use_cases.len(), OWN + frameworks.len()),
            frameworks,
        }
    }
}

fn index_view(page: &Page<'_>, about: About, groups: Vec<Group>) -> View {
    let catalogue = page.catalogue();
    let columns = Columns::new(catalogue);
    let rows = groups.iter().flat_map(|it| &it.rows);
    let divided = groups.iter().any(|it| it.href.is_some());
    let measure_facets = if divided {
        Vec::new()
    } else {
        measure_facets(catalogue)
    };
    View {
        frame: Frame::new(page, about),
        use_cases: columns
            .use_cases
            .clone()
            .map(|i| marks::use_case(&catalogue.use_cases[i]))
            .collect(),
        frameworks: columns
            .frameworks
            .clone()
            .map(|i| framework_head(catalogue, FrameworkIx::new(i)))
            .collect(),
        by_differs: catalogue
            .measures
            .windows(2)
            .any(|pair| pair[0].responsibility != pair[1].responsibility),
        facets: facets(measure_facets, rows.clone().map(|it| it.words.as_str())),
        narrows: !divided && rows.clone().count() > 1,
        count: counted(rows.count(), "measure", "measures"),
        groups,
        pages: Vec::new(),
        data: page.href_if_any(PageKind::Data),
        matrix: page.has(MATRICES).then(|| page.to(MATRICES)),
    }
}

fn framework_head(catalogue: &Catalogue, ix: FrameworkIx) -> FrameworkHead {
    let framework = catalogue.framework(ix);
    FrameworkHead {
        name: framework.name.clone(),
        noun: catalogue.noun(ix),
    }
}

/// `37 EUCS requirements, 16 GDPR provisions`.
fn mapping_counts(catalogue: &Catalogue, mappings: &[usize]) -> String {
    let counts = mappings.iter().enumerate().filter(|(_, count)| **count > 0);
    let words = counts.map(|(i, count)| {
        let head = framework_head(catalogue, FrameworkIx::new(i));
        let noun = if *count == 1 {
            head.noun.one
        } else {
            head.noun.many
        };
        format!("{count} {} {noun}", head.name)
    });
    words.collect::<Vec<_>>().join(", ")
}

/// The facets of measures.
fn measure_facets(catalogue: &Catalogue) -> Vec<Facet> {
    let relevance = Relevance::ALL.iter().map(|it| (it.word(), it.shown()));
    let few = catalogue.use_cases.len() <= MAX_COLUMNS;
    let mut out: Vec<_> = catalogue
        .use_cases
        .iter()
        .filter(|_| few)
        .map(|use_case| Facet {
            mark: Some(marks::use_case(use_case)),
            ..Facet::new(
                &use_case_facet(&use_case.id),
                &format!("Relevance for {}", use_case.title),
                relevance.clone(),
            )
        })
        .collect();
    let actors = Actor::ALL.iter().map(|it| (it.word(), it.shown()));
    let phases = Phase::ALL.iter().map(|it| (it.word(), it.shown()));
    let kinds = MeasureKind::ALL.iter().map(|it| (it.word(), it.shown()));
    let frameworks = catalogue
        .frameworks
        .iter()
        .map(|it| (it.id.as_str(), it.name.as_str()));
    out.push(Facet::new("by", "Who acts", actors));
    out.push(Facet::new("phase", "Phase", phases));
    out.push(Facet::new("kind", "Kind", kinds));
    out.push(Facet::new("maps-to", "Maps to", frameworks));
    let indexes = (0..catalogue.frameworks.len()).map(FrameworkIx::new);
    out.extend(indexes.map(|ix| level_facet(catalogue, ix)));
    out
}

/// The facet of the levels of a framework, with the label for measures without a level.
fn level_facet(catalogue: &Catalogue, framework: FrameworkIx) -> Facet {
    let maps_to_framework = |ix| {
        let mut targets = catalogue.mappings_of(ix).iter();
        targets.any(|it| catalogue.node(catalogue.mapping(*it).to).framework == framework)
    };
    let mut all = (0..catalogue.measures.len()).map(MeasureIx::new);
    let mut levels = Facet::levels(catalogue, framework);
    if all.any(|ix| maps_to_framework(ix) && catalogue.levels_reached(ix, framework).is_empty()) {
        levels.kind = FacetKind::Levels {
            without: WITHOUT_LEVEL,
        };
    }
    levels
}

/// The facet values of a measure.
fn facet_values(catalogue: &Catalogue, ix: MeasureIx, mappings: &[usize]) -> String {
    let measure = catalogue.measure(ix);
    let mut values = RowValues::new();
    for (use_case, relevance, _) in &measure.relevance {
        let use_case = catalogue.use_case(*use_case);
        values.add(&use_case_facet(&use_case.id), relevance.word());
    }
    values.add("by", measure.responsibility.word());
    for phase in &measure.phases {
        values.add("phase", phase.word());
    }
    values.add("kind", measure.kind.word());
    for (i, framework) in catalogue.frameworks.iter().enumerate() {
        if mappings[i] > 0 {
            values.add("maps-to", &framework.id);
        }
        let levels = Facet::levels(catalogue, FrameworkIx::new(i));
        let reached = catalogue.levels_reached(ix, FrameworkIx::new(i));
        if reached.is_empty() && !levels.options.is_empty() {
            values.add_none(&levels.name);
        }
        for level in reached {
            values.add(&levels.name, &levels.options[level].0);
        }
    }
    values.into_string()
}

fn use_case_facet(id: &str) -> String {
    format!("for-{}", safe(id))
}

fn group(page: &Page<'_>, ix: Option<GroupIx>, measures: &[MeasureIx]) -> Group {
    Group {
        rows: measures.iter().map(|ix| row(page, *ix)).collect(),
        href: None,
        ..group_link(page, ix)
    }
}

/// A group without its measures, as a link to its own page.
fn group_link(page: &Page<'_>, ix: Option<GroupIx>) -> Group {
    let catalogue = page.catalogue();
    let group = ix.map(|ix| catalogue.group(ix));
    let measures = catalogue.measures_in(ix);
    Group {
        id: format!("group-{}", group.map_or("other", |it| &it.id)),
        title: group_title(page, ix),
        summary: group.and_then(|it| prose::optional(page, Some(&it.summary))),
        href: Some(page.to(PageKind::Group(ix))),
        count: counted(measures.len(), "measure", "measures"),
        rows: Vec::new(),
    }
}

fn row(page: &Page<'_>, ix: MeasureIx) -> Row {
    let catalogue = page.catalogue();
    let measure = catalogue.measure(ix);
    let columns = Columns::new(catalogue);
    let relevance = columns.use_cases.map(|i| {
        let entry = measure
            .relevance
            .iter()
            .find(|(it, ..)| *it == UseCaseIx::new(i));
        entry.map(|(_, relevance, _)| marks::relevance(*relevance))
    });
    let mappings =
        (0..catalogue.frameworks.len()).map(|i| count_targets(page, ix, FrameworkIx::new(i)));
    let mappings: Vec<_> = mappings.collect();
    Row {
        mapped: mapping_counts(catalogue, &mappings),
        words: facet_values(catalogue, ix, &mappings),
        link: page.measure_link(ix),
        by: marks::actor(measure.responsibility),
        relevance: relevance.collect(),
        mappings: mappings[columns.frameworks].to_vec(),
        draft: measure.draft,
    }
}

/// How many nodes of a framework a measure is mapped to.
pub(super) fn count_targets(page: &Page<'_>, ix: MeasureIx, framework: FrameworkIx) -> usize {
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
