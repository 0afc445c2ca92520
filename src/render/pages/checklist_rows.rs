//! The statements of a checklist, measure by measure, and what they can be narrowed and grouped by.
//!
//! Entry: [`sections`], [`choices`]. Invariant: what a row says of itself is what its words say.

use serde::Serialize;

use super::facets::{Facet, FacetKind, WITHOUT_LEVEL, Words};
use crate::catalogue::{Catalogue, Checklist, FrameworkIx, MeasureIx, Practice, PracticeIx};
use crate::render::html::Html;
use crate::render::marks::{self, MarkView, capital};
use crate::render::page::Page;
use crate::render::prose;
use crate::render::views::LinkView;
use crate::schema::{Actor, Phase, Relevance, ServiceModel};
use crate::site::safe;

/// The statements of one measure.
#[derive(Serialize)]
pub(super) struct Section {
    anchor: String,
    link: LinkView,
    relevance: Option<MarkView>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    words: String,
    anchor: String,
    link: LinkView,
    text: Html,
    evidence: Html,
    /// Only where the list is of more than one actor.
    by: Option<MarkView>,
    essential: Option<MarkView>,
    phases: String,
    /// Only where not all.
    models: Option<String>,
    levels: Vec<LevelView>,
    cited: Vec<CitedView>,
}

#[derive(Serialize)]
struct LevelView {
    framework: String,
    mark: MarkView,
}

/// The requirements of one framework.
#[derive(Serialize)]
struct CitedView {
    framework: String,
    links: Vec<LinkView>,
}

impl Section {
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|it| it.words.as_str())
    }
}

/// The statements of a list or of a part of it, by measure, in reading order.
pub(super) fn sections(page: &Page<'_>, list: Checklist, practices: &[PracticeIx]) -> Vec<Section> {
    let catalogue = page.catalogue();
    let measure = |ix: &PracticeIx| catalogue.practice(*ix).measure;
    let levelled: Vec<_> = levelled(catalogue)
        .into_iter()
        .map(|ix| (ix, Facet::levels(catalogue, ix)))
        .collect();
    let by_measure = practices.chunk_by(|a, b| measure(a) == measure(b));
    by_measure
        .map(|of_one| {
            let ix = measure(&of_one[0]);
            let rows = of_one.iter().map(|it| row(page, list, *it, &levelled));
            Section {
                anchor: format!("g-{}", safe(&catalogue.measure(ix).id)),
                link: page.measure_link(ix),
                relevance: relevance(catalogue, list, ix).map(marks::relevance),
                rows: rows.collect(),
            }
        })
        .collect()
}

/// A framework that gives a statement a level, with what its levels are called in the list.
type Levelled = (FrameworkIx, Facet);

fn row(page: &Page<'_>, list: Checklist, ix: PracticeIx, levelled: &[Levelled]) -> Row {
    let catalogue = page.catalogue();
    let it = catalogue.practice(ix);
    let models: Vec<_> = it.models.iter().map(|it| it.shown()).collect();
    let phases: Vec<_> = it.phases.iter().map(|it| it.word()).collect();
    Row {
        words: words(catalogue, list, ix, levelled),
        anchor: safe(&it.id).into_owned(),
        link: page.practice_link(ix),
        text: prose::unlinked(page, &it.text),
        evidence: prose::html(page, &it.evidence),
        by: list.by.is_none().then(|| marks::actor(it.by)),
        essential: is_essential(list, it).then(|| marks::relevance(Relevance::Essential)),
        phases: capital(&phases.join(", ")),
        models: (models.len() < ServiceModel::ALL.len()).then(|| models.join(", ")),
        levels: levelled
            .iter()
            .filter_map(|(framework, _)| level(page, ix, *framework))
            .collect(),
        cited: cited(page, ix),
    }
}

fn is_essential(list: Checklist, practice: &Practice) -> bool {
    list.use_case
        .is_some_and(|it| practice.essential_for.contains(&it))
}

fn relevance(catalogue: &Catalogue, list: Checklist, ix: MeasureIx) -> Option<Relevance> {
    catalogue.relevance_of(ix, list.use_case?)
}

fn level(page: &Page<'_>, ix: PracticeIx, framework: FrameworkIx) -> Option<LevelView> {
    let at = page.catalogue().lowest_level(ix, framework)?;
    Some(LevelView {
        framework: page.catalogue().framework(framework).name.clone(),
        mark: page.level_mark(framework, at)?,
    })
}

/// The requirements that a practice is mapped to, by framework, each once.
fn cited(page: &Page<'_>, ix: PracticeIx) -> Vec<CitedView> {
    let catalogue = page.catalogue();
    let mut nodes: Vec<_> = catalogue.targets_of(ix).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let framework = |it| catalogue.node(it).framework;
    nodes
        .chunk_by(|a, b| framework(*a) == framework(*b))
        .map(|nodes| CitedView {
            framework: catalogue.framework(framework(nodes[0])).name.clone(),
            links: nodes.iter().map(|it| page.node_link(*it)).collect(),
        })
        .collect()
}

/// The frameworks whose mappings give a statement a level.
pub(super) fn levelled(catalogue: &Catalogue) -> Vec<FrameworkIx> {
    let all = (0..catalogue.frameworks.len()).map(FrameworkIx::new);
    all.filter(|ix| {
        let it = catalogue.framework(*ix);
        it.set.is_some() && !it.levels.is_empty()
    })
    .collect()
}

/// What a statement is found by.
fn words(catalogue: &Catalogue, list: Checklist, ix: PracticeIx, levelled: &[Levelled]) -> String {
    let it = catalogue.practice(ix);
    let mut words = Words::none();
    words.add("by", it.by.word());
    it.phases
        .iter()
        .for_each(|it| words.add("phase", it.word()));
    it.models
        .iter()
        .for_each(|it| words.add("model", it.word()));
    for (framework, levels) in levelled {
        let at = catalogue.lowest_level(ix, *framework);
        match at.and_then(|at| levels.options.get(at)) {
            Some((level, _)) => words.add(&levels.name, level),
            None => words.add_without(&levels.name),
        }
    }
    if list.use_case.is_some() {
        let essential = if is_essential(list, it) { "yes" } else { "no" };
        words.add("essential", essential);
    }
    if let Some(relevance) = relevance(catalogue, list, it.measure) {
        words.add("measure", relevance.word());
    }
    words.text()
}

/// Whether a statement has requirements of a framework, none of them with a level.
fn is_unlevelled(catalogue: &Catalogue, ix: PracticeIx, framework: FrameworkIx) -> bool {
    let mut targets = catalogue.targets_of(ix);
    catalogue.lowest_level(ix, framework).is_none()
        && targets.any(|it| catalogue.node(it).framework == framework)
}

/// What the statements of a list can be chosen by.
pub(super) fn choices(
    catalogue: &Catalogue,
    list: Checklist,
    practices: &[PracticeIx],
) -> Vec<Facet> {
    let actors = Actor::ALL.iter().map(|it| (it.word(), it.shown()));
    let phases = Phase::ALL.iter().map(|it| (it.word(), it.shown()));
    let models = ServiceModel::ALL.iter().map(|it| (it.word(), it.shown()));
    let relevance = Relevance::ALL.iter().map(|it| (it.word(), it.shown()));
    let mut out = Vec::new();
    if list.by.is_none() {
        out.push(Facet::new("by", "Who acts", actors));
    }
    out.push(Facet::new("phase", "Phase", phases));
    out.push(Facet::new("model", "Service model", models));
    for ix in levelled(catalogue) {
        let mut levels = Facet::levels(catalogue, ix);
        if practices.iter().any(|it| is_unlevelled(catalogue, *it, ix)) {
            levels.kind = FacetKind::UpTo {
                without: WITHOUT_LEVEL,
            };
        }
        out.push(levels);
    }
    let essential = [("yes", "Essential"), ("no", "Not essential")];
    out.push(Facet::new("essential", "The statement is", essential));
    out.push(Facet::new("measure", "Its measure is", relevance));
    out
}
