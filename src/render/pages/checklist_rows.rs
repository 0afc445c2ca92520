//! The statements of a checklist by measure, and the facets to filter and group them by.
//!
//! Entry: [`sections`], [`checklist_facets`]. Invariant: the filter values of a row are what the row shows.

use serde::Serialize;

use super::facets::{Facet, FacetKind, RowValues, WITHOUT_LEVEL};
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
pub(super) struct MeasureSection {
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
    /// Only on a list of more than one actor.
    by: Option<MarkView>,
    essential: Option<MarkView>,
    phases: String,
    /// Only if not all.
    models: Option<String>,
    levels: Vec<LevelView>,
    cited: Vec<Citations>,
}

#[derive(Serialize)]
struct LevelView {
    framework: String,
    mark: MarkView,
}

/// The cited requirements of one framework.
#[derive(Serialize)]
struct Citations {
    framework: String,
    links: Vec<LinkView>,
}

impl MeasureSection {
    pub(super) fn facet_values(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|it| it.words.as_str())
    }
}

/// Statements by measure, in reading order.
pub(super) fn sections(
    page: &Page<'_>,
    list: Checklist,
    practices: &[PracticeIx],
) -> Vec<MeasureSection> {
    let catalogue = page.catalogue();
    let measure = |ix: &PracticeIx| catalogue.practice(*ix).measure;
    let levelled: Vec<_> = levelled_frameworks(catalogue)
        .into_iter()
        .map(|ix| (ix, Facet::levels(catalogue, ix)))
        .collect();
    let by_measure = practices.chunk_by(|a, b| measure(a) == measure(b));
    by_measure
        .map(|statements| {
            let ix = measure(&statements[0]);
            let rows = statements.iter().map(|it| row(page, list, *it, &levelled));
            MeasureSection {
                anchor: format!("g-{}", safe(&catalogue.measure(ix).id)),
                link: page.measure_link(ix),
                relevance: relevance(catalogue, list, ix).map(marks::relevance),
                rows: rows.collect(),
            }
        })
        .collect()
}

/// A framework whose mappings give a statement a level, with the facet of its levels.
type LevelledFramework = (FrameworkIx, Facet);

fn row(page: &Page<'_>, list: Checklist, ix: PracticeIx, levelled: &[LevelledFramework]) -> Row {
    let catalogue = page.catalogue();
    let practice = catalogue.practice(ix);
    let models: Vec<_> = practice.models.iter().map(|it| it.shown()).collect();
    let phases: Vec<_> = practice.phases.iter().map(|it| it.word()).collect();
    Row {
        words: facet_values(catalogue, list, ix, levelled),
        anchor: safe(&practice.id).into_owned(),
        link: page.practice_link(ix),
        text: prose::unlinked(page, &practice.text),
        evidence: prose::html(page, &practice.evidence),
        by: list.by.is_none().then(|| marks::actor(practice.by)),
        essential: is_essential(list, practice).then(|| marks::relevance(Relevance::Essential)),
        phases: capital(&phases.join(", ")),
        models: (models.len() < ServiceModel::ALL.len()).then(|| models.join(", ")),
        levels: levelled
            .iter()
            .filter_map(|(framework, _)| level(page, ix, *framework))
            .collect(),
        cited: citations(page, ix),
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

/// The requirements that a practice is mapped to, each once, by framework.
fn citations(page: &Page<'_>, ix: PracticeIx) -> Vec<Citations> {
    let catalogue = page.catalogue();
    let mut nodes: Vec<_> = catalogue.targets_of(ix).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let framework = |it| catalogue.node(it).framework;
    nodes
        .chunk_by(|a, b| framework(*a) == framework(*b))
        .map(|nodes| Citations {
            framework: catalogue.framework(framework(nodes[0])).name.clone(),
            links: nodes.iter().map(|it| page.node_link(*it)).collect(),
        })
        .collect()
}

/// The frameworks whose mappings give a statement a level.
pub(super) fn levelled_frameworks(catalogue: &Catalogue) -> Vec<FrameworkIx> {
    let all = (0..catalogue.frameworks.len()).map(FrameworkIx::new);
    all.filter(|ix| {
        let framework = catalogue.framework(*ix);
        framework.set.is_some() && !framework.levels.is_empty()
    })
    .collect()
}

/// The facet values of a statement.
fn facet_values(
    catalogue: &Catalogue,
    list: Checklist,
    ix: PracticeIx,
    levelled: &[LevelledFramework],
) -> String {
    let practice = catalogue.practice(ix);
    let mut values = RowValues::new();
    values.add("by", practice.by.word());
    practice
        .phases
        .iter()
        .for_each(|it| values.add("phase", it.word()));
    practice
        .models
        .iter()
        .for_each(|it| values.add("model", it.word()));
    for (framework, levels) in levelled {
        let at = catalogue.lowest_level(ix, *framework);
        match at.and_then(|at| levels.options.get(at)) {
            Some((level, _)) => values.add(&levels.name, level),
            None => values.add_none(&levels.name),
        }
    }
    if list.use_case.is_some() {
        let essential = if is_essential(list, practice) {
            "yes"
        } else {
            "no"
        };
        values.add("essential", essential);
    }
    if let Some(relevance) = relevance(catalogue, list, practice.measure) {
        values.add("measure", relevance.word());
    }
    values.into_string()
}

/// Whether a statement has requirements of a framework, but none with a level.
fn is_unlevelled(catalogue: &Catalogue, ix: PracticeIx, framework: FrameworkIx) -> bool {
    let mut targets = catalogue.targets_of(ix);
    catalogue.lowest_level(ix, framework).is_none()
        && targets.any(|it| catalogue.node(it).framework == framework)
}

/// The facets of the statements of a list.
pub(super) fn checklist_facets(
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
    for ix in levelled_frameworks(catalogue) {
        let mut levels = Facet::levels(catalogue, ix);
        if practices.iter().any(|it| is_unlevelled(catalogue, *it, ix)) {
            levels.kind = FacetKind::Levels {
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
