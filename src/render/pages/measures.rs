//! The index of measures, and what its rows can be narrowed by; where it is too long for one page, a page a group.
//!
//! Entry: [`view`], [`group_view`]. Invariant: no page lists more than two hundred rows.

use std::ops::Range;

use serde::Serialize;

use super::facets::{Facet, FacetKind, FacetView, WITHOUT_LEVEL, Words, facets};
use super::list_pages::ListPageView;
use crate::catalogue::{Catalogue, FrameworkIx, GroupIx, MeasureIx, Noun, UseCaseIx};
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::marks::{self, MarkView};
use crate::render::page::{Page, counted};
use crate::render::pages::list_pages::listed;
use crate::render::prose;
use crate::render::views::{About, LinkView};
use crate::schema::{Actor, MeasureKind, Phase, Relevance};
use crate::site::{MATRICES, MAX_COLUMNS, PageKind, safe, splits};

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    use_cases: Vec<MarkView>,
    frameworks: Vec<MappedView>,
    /// Whether measures differ in who acts.
    by_differs: bool,
    groups: Vec<Group>,
    pages: Vec<ListPageView>,
    /// Whether there are rows to narrow, by words at least.
    narrows: bool,
    facets: Vec<FacetView>,
    /// How many measures are on the page.
    count: String,
    data: Option<String>,
    /// Where there is one.
    matrix: Option<String>,
}

/// A framework as the head of a column: what is counted there.
#[derive(Serialize)]
struct MappedView {
    name: String,
    noun: Noun,
}

#[derive(Serialize)]
struct Group {
    id: String,
    title: String,
    summary: Option<Html>,
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
    /// The same in words, for narrow screens.
    mapped: String,
    draft: bool,
}

/// The whole index, or the list of groups where it would be too long.
pub(crate) fn view(page: &Page<'_>) -> View {
    let groups = filled(page.catalogue());
    if !splits(page.catalogue()) {
        let groups = groups.into_iter();
        let groups = groups.map(|ix| group(page, ix, page.catalogue().measures_in(ix)));
        return whole(page, about(page), groups.collect());
    }
    let listed = listed(
        page,
        groups.len(),
        |at| title(page, groups[at]),
        about(page),
    );
    let doors = groups[listed.entries].iter().map(|ix| door(page, *ix));
    View {
        pages: listed.pages,
        ..whole(page, listed.about, doors.collect())
    }
}

/// The measures of one group, or of none.
pub(crate) fn group_view(page: &Page<'_>, ix: Option<GroupIx>) -> View {
    let measures = page.catalogue().measures_in(ix);
    let name = |at: usize| page.catalogue().measure(measures[at]).id.clone();
    let listed = listed(page, measures.len(), name, group_about(page, ix));
    let here = &measures[listed.entries];
    let groups = (!here.is_empty()).then(|| group(page, ix, here));
    View {
        pages: listed.pages,
        ..whole(page, listed.about, groups.into_iter().collect())
    }
}

/// The groups that have measures, and none as the last where there are measures without one.
fn filled(catalogue: &Catalogue) -> Vec<Option<GroupIx>> {
    let all = (0..catalogue.groups.len()).map(|at| Some(GroupIx::new(at)));
    let all = all.chain(std::iter::once(None));
    all.filter(|ix| !catalogue.measures_in(*ix).is_empty())
        .collect()
}

fn title(page: &Page<'_>, ix: Option<GroupIx>) -> String {
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
    let title = title(page, ix);
    About {
        heading: format!("Measures: {title}"),
        description: format!("{count}, each with practices that can be checked."),
        crumbs: vec![page.crumb(PageKind::Measures), Page::current_crumb(&title)],
        ..About::default()
    }
}

/// What has a column of its own, by position.
struct Columns {
    use_cases: Range<usize>,
    frameworks: Range<usize>,
}

impl Columns {
    /// The frameworks and the use cases, where each fit beside what every measure has; the matrices show them all.
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

fn whole(page: &Page<'_>, about: About, groups: Vec<Group>) -> View {
    let catalogue = page.catalogue();
    let columns = Columns::new(catalogue);
    let rows = groups.iter().flat_map(|it| &it.rows);
    let divided = groups.iter().any(|it| it.href.is_some());
    let choices = if divided {
        Vec::new()
    } else {
        choices(catalogue)
    };
    View {
        frame: Frame::new(page, about),
        use_cases: columns
            .use_cases
            .clone()
            .map(|at| marks::use_case(&catalogue.use_cases[at]))
            .collect(),
        frameworks: columns
            .frameworks
            .clone()
            .map(|at| mapped(catalogue, FrameworkIx::new(at)))
            .collect(),
        by_differs: catalogue
            .measures
            .windows(2)
            .any(|pair| pair[0].responsibility != pair[1].responsibility),
        facets: facets(choices, rows.clone().map(|it| it.words.as_str())),
        narrows: !divided && rows.clone().count() > 1,
        count: counted(rows.count(), "measure", "measures"),
        groups,
        pages: Vec::new(),
        data: page.href_if_any(PageKind::Data),
        matrix: page.has(MATRICES).then(|| page.to(MATRICES)),
    }
}

fn mapped(catalogue: &Catalogue, ix: FrameworkIx) -> MappedView {
    let it = catalogue.framework(ix);
    MappedView {
        name: it.name.clone(),
        noun: catalogue.noun(ix),
    }
}

/// `37 EUCS requirements, 16 GDPR provisions`.
fn in_words(catalogue: &Catalogue, mappings: &[usize]) -> String {
    let counts = mappings.iter().enumerate().filter(|(_, count)| **count > 0);
    let words = counts.map(|(at, count)| {
        let it = mapped(catalogue, FrameworkIx::new(at));
        let noun = if *count == 1 {
            it.noun.one
        } else {
            it.noun.many
        };
        format!("{count} {} {noun}", it.name)
    });
    words.collect::<Vec<_>>().join(", ")
}

/// What measures can be chosen by.
fn choices(catalogue: &Catalogue) -> Vec<Facet> {
    let relevance = Relevance::ALL.iter().map(|it| (it.word(), it.shown()));
    let few = catalogue.use_cases.len() <= MAX_COLUMNS;
    let mut out: Vec<_> = catalogue
        .use_cases
        .iter()
        .filter(|_| few)
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
    out.extend(indexes.map(|ix| levels(catalogue, ix)));
    out
}

/// The levels of a framework, with the words for measures that reach none.
fn levels(catalogue: &Catalogue, framework: FrameworkIx) -> Facet {
    let maps_to_it = |ix| {
        let mut targets = catalogue.mappings_of(ix).iter();
        targets.any(|it| catalogue.node(catalogue.mapping(*it).to).framework == framework)
    };
    let mut all = (0..catalogue.measures.len()).map(MeasureIx::new);
    let mut levels = Facet::levels(catalogue, framework);
    if all.any(|ix| maps_to_it(ix) && catalogue.levels_reached(ix, framework).is_empty()) {
        levels.kind = FacetKind::UpTo {
            without: WITHOUT_LEVEL,
        };
    }
    levels
}

/// What a measure is found by.
fn words(catalogue: &Catalogue, ix: MeasureIx, mappings: &[usize]) -> String {
    let measure = catalogue.measure(ix);
    let mut words = Words::none();
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
        let reached = catalogue.levels_reached(ix, FrameworkIx::new(at));
        if reached.is_empty() && !levels.options.is_empty() {
            words.add_without(&levels.name);
        }
        for level in reached {
            words.add(&levels.name, &levels.options[level].0);
        }
    }
    words.text()
}

fn for_use_case(id: &str) -> String {
    format!("for-{}", safe(id))
}

fn group(page: &Page<'_>, ix: Option<GroupIx>, measures: &[MeasureIx]) -> Group {
    Group {
        rows: measures.iter().map(|ix| row(page, *ix)).collect(),
        href: None,
        ..door(page, ix)
    }
}

/// A group as a way to its own page.
fn door(page: &Page<'_>, ix: Option<GroupIx>) -> Group {
    let catalogue = page.catalogue();
    let of = ix.map(|ix| catalogue.group(ix));
    let measures = catalogue.measures_in(ix);
    Group {
        id: format!("group-{}", of.map_or("other", |it| &it.id)),
        title: title(page, ix),
        summary: of.and_then(|it| prose::optional(page, Some(&it.summary))),
        href: Some(page.to(PageKind::Group(ix))),
        count: counted(measures.len(), "measure", "measures"),
        rows: Vec::new(),
    }
}

fn row(page: &Page<'_>, ix: MeasureIx) -> Row {
    let catalogue = page.catalogue();
    let measure = catalogue.measure(ix);
    let columns = Columns::new(catalogue);
    let relevance = columns.use_cases.map(|at| {
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
        mapped: in_words(catalogue, &mappings),
        words: words(catalogue, ix, &mappings),
        link: page.measure_link(ix),
        by: marks::actor(measure.responsibility),
        relevance: relevance.collect(),
        mappings: mappings[columns.frameworks].to_vec(),
        draft: measure.draft,
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
