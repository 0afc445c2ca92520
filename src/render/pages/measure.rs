//! The page of a measure.

use serde::Serialize;

use super::measures::count_targets;
use super::neighbourhood::{self, NeighbourhoodView};
use super::parts::{self, MappingRow, StatusView};
use crate::catalogue::{FrameworkIx, LinkTarget, MappingIx, Measure, MeasureIx, NodeIx};
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::marks::{self, MarkView, capital};
use crate::render::page::{Page, counted};
use crate::render::prose;
use crate::render::views::{About, LinkView, NextView, TocItem};
use crate::schema::{Phase, ServiceModel, Style};
use crate::site::{PageKind, safe};

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    id: String,
    summary: Html,
    by: MarkView,
    kind: String,
    phases: String,
    relevance: Vec<CaseView>,
    counts: Vec<CountLink>,
    guidance: Option<Html>,
    practices: Vec<PracticeView>,
    duties: Vec<DutyView>,
    sets: Vec<SetView>,
    around: Option<NeighbourhoodView>,
    related: Vec<RelatedView>,
    threats: Vec<LinkView>,
}

#[derive(Serialize)]
struct CaseView {
    mark: MarkView,
    href: String,
    relevance: MarkView,
    because: Html,
}

#[derive(Serialize)]
struct CountLink {
    href: String,
    words: String,
}

#[derive(Serialize)]
struct PracticeView {
    id: String,
    anchor: String,
    text: Html,
    evidence: Html,
    by: MarkView,
    essential_for: Vec<MarkView>,
    /// Only if they differ from those of the measure.
    phases: Option<String>,
    /// Only if not all.
    models: Option<String>,
}

#[derive(Serialize)]
struct DutyView {
    model: String,
    long: String,
    customer: Html,
    provider: Html,
}

#[derive(Serialize)]
struct SetView {
    anchor: String,
    /// The framework, as the end of its anchor.
    id: String,
    name: String,
    caption: String,
    method: String,
    leveled: bool,
    supportive: bool,
    status: Option<StatusView>,
    tops: Vec<TopView>,
}

#[derive(Serialize)]
struct TopView {
    link: LinkView,
    groups: Vec<GroupView>,
}

#[derive(Serialize)]
struct GroupView {
    /// The node on whose page the mapped nodes are, unless it is the top itself.
    link: Option<LinkView>,
    rows: Vec<MappingRow>,
}

#[derive(Serialize)]
struct RelatedView {
    link: LinkView,
    because: Html,
}

/// A node with a page, and the mappings to nodes on that page.
type PageMappings = (NodeIx, Vec<MappingRow>);

pub(crate) fn view(page: &Page<'_>, ix: MeasureIx) -> View {
    let catalogue = page.catalogue();
    let measure = catalogue.measure(ix);
    let summary = prose::html(page, &measure.summary);
    let guidance = measure
        .guidance
        .as_ref()
        .map(|it| prose::html(page, &it.prose));
    let practices: Vec<_> = catalogue
        .practices_of(ix)
        .map(|(_, it)| practice_view(page, measure, it))
        .collect();
    let duties = measure
        .duties
        .iter()
        .map(|(model, customer, provider)| duty(page, *model, customer, provider))
        .collect();
    let relevance = measure
        .relevance
        .iter()
        .map(|(use_case, relevance, because)| CaseView {
            mark: page.use_case_mark(*use_case),
            href: page.to(PageKind::UseCase(*use_case)),
            relevance: marks::relevance(*relevance),
            because: prose::html(page, because),
        });
    let relevance: Vec<_> = relevance.collect();
    let sets: Vec<_> = parts::mapped_frameworks(catalogue)
        .filter_map(|framework| set(page, ix, framework))
        .collect();
    let related: Vec<_> = measure
        .related
        .iter()
        .map(|(other, because)| RelatedView {
            link: page.measure_link(*other),
            because: prose::html(page, because),
        })
        .collect();
    let threats: Vec<_> = measure.threats.iter().map(|it| threat(page, *it)).collect();
    let mut view = View {
        frame: Frame::new(page, about(page, ix)),
        id: measure.id.clone(),
        summary,
        by: marks::actor(measure.responsibility),
        kind: measure.kind.shown().to_owned(),
        phases: phases(&measure.phases),
        relevance,
        counts: sets
            .iter()
            .map(|it| CountLink {
                href: format!("#{}", it.anchor),
                words: it.caption.clone(),
            })
            .collect(),
        guidance,
        practices,
        duties,
        sets,
        around: neighbourhood::figure(page, ix),
        related,
        threats,
    };
    view.frame.set_toc(toc(&view, measure));
    view
}

fn about(page: &Page<'_>, ix: MeasureIx) -> About {
    let catalogue = page.catalogue();
    let measure = catalogue.measure(ix);
    let order = catalogue.reading_order();
    let position = catalogue.place_in_order(ix);
    let neighbour = |ix: &MeasureIx| {
        let link = page.measure_link(*ix);
        NextView {
            href: link.href,
            id: link.id,
            title: link.title,
        }
    };
    About {
        heading: measure.title.clone(),
        id: measure.id.clone(),
        description: measure.summary.plain(),
        crumbs: vec![
            page.crumb(PageKind::Measures),
            Page::current_crumb(&measure.id),
        ],
        previous: position
            .checked_sub(1)
            .and_then(|i| order.get(i))
            .map(neighbour),
        next: order.get(position + 1).map(neighbour),
        draft: measure.draft,
        ..About::default()
    }
}

fn toc(view: &View, measure: &Measure) -> Vec<TocItem> {
    let mut toc = measure
        .guidance
        .as_ref()
        .map_or_else(Vec::new, |it| Page::headings_toc(&it.prose));
    let mut add = |is_shown: bool, href: &str, title: &str| {
        if is_shown {
            toc.push(TocItem::new(href, title));
        }
    };
    add(!view.practices.is_empty(), "#practices", "Practices");
    add(!view.duties.is_empty(), "#duties", "Who does what");
    add(!view.relevance.is_empty(), "#use-cases", "In each use case");
    for set in &view.sets {
        add(
            true,
            &format!("#{}", set.anchor),
            &format!("Mapping to {}", set.name),
        );
    }
    let around = [
        (view.related.is_empty(), "#related", "Related measures"),
        (view.threats.is_empty(), "#threats", "Threats it answers"),
    ];
    let parts = around.iter().filter(|it| !it.0);
    let parts: Vec<_> = parts.map(|it| TocItem::new(it.1, it.2)).collect();
    if view.around.is_some() || !parts.is_empty() {
        toc.push(TocItem {
            items: parts,
            ..TocItem::new("#around", "Around this measure")
        });
    }
    toc.push(TocItem::new("#cite", "Cite this page"));
    toc
}

fn practice_view(
    page: &Page<'_>,
    measure: &Measure,
    practice: &crate::catalogue::Practice,
) -> PracticeView {
    let own_phases = practice.phases != measure.phases;
    let own_models = practice.models.len() < ServiceModel::ALL.len();
    let models: Vec<_> = practice.models.iter().map(|it| it.shown()).collect();
    PracticeView {
        id: practice.id.clone(),
        anchor: page.anchor(&safe(&practice.id)),
        text: prose::html(page, &practice.text),
        evidence: prose::html(page, &practice.evidence),
        by: marks::actor(practice.by),
        essential_for: practice
            .essential_for
            .iter()
            .map(|ix| page.use_case_mark(*ix))
            .collect(),
        phases: own_phases.then(|| phases(&practice.phases)),
        models: own_models.then(|| models.join(", ")),
    }
}

fn duty(
    page: &Page<'_>,
    model: ServiceModel,
    customer: &crate::catalogue::Prose,
    provider: &crate::catalogue::Prose,
) -> DutyView {
    DutyView {
        model: model.shown().to_owned(),
        long: model.long().to_owned(),
        customer: prose::html(page, customer),
        provider: prose::html(page, provider),
    }
}

fn threat(page: &Page<'_>, ix: crate::catalogue::ThreatIx) -> LinkView {
    let threat = page.catalogue().threat(ix);
    LinkView {
        href: page
            .href(&LinkTarget::Threat(ix).into())
            .unwrap_or_default(),
        id: String::new(),
        title: threat.title.clone(),
    }
}

/// A measure's mappings to one framework, by top and by page; `None` if there are none.
fn set(page: &Page<'_>, ix: MeasureIx, framework: FrameworkIx) -> Option<SetView> {
    let catalogue = page.catalogue();
    let to = catalogue.framework(framework);
    let set = catalogue.set(to.set?);
    let is_to_framework =
        |it: &&MappingIx| catalogue.node(catalogue.mapping(**it).to).framework == framework;
    let mut mappings: Vec<_> = catalogue
        .mappings_of(ix)
        .iter()
        .filter(is_to_framework)
        .copied()
        .collect();
    if mappings.is_empty() {
        return None;
    }
    mappings.sort_by_key(|it| (catalogue.mapping(*it).to, *it));
    let mut tops: Vec<(NodeIx, Vec<PageMappings>)> = Vec::new();
    for mapping in mappings {
        let node = catalogue.mapping(mapping).to;
        let top = catalogue.ancestors(node).first().copied().unwrap_or(node);
        let group = catalogue.page_node(node).unwrap_or(top);
        if tops.last().is_none_or(|(it, _)| *it != top) {
            tops.push((top, Vec::new()));
        }
        let groups = &mut tops.last_mut().expect("one was pushed if there was none").1;
        if groups.last().is_none_or(|(it, _)| *it != group) {
            groups.push((group, Vec::new()));
        }
        let rows = &mut groups
            .last_mut()
            .expect("one was pushed if there was none")
            .1;
        rows.push(parts::measure_mapping_row(page, mapping));
    }
    let group = |top: NodeIx, (node, rows): (NodeIx, Vec<MappingRow>)| GroupView {
        link: (node != top).then(|| page.node_link(node)),
        rows,
    };
    let tops = tops.into_iter().map(|(top, groups)| TopView {
        link: page.node_link(top),
        groups: groups.into_iter().map(|it| group(top, it)).collect(),
    });
    let supportive = set.style == Style::Supportive;
    let noun = catalogue.noun(framework);
    Some(SetView {
        anchor: page.anchor(&format!("map-{}", safe(&to.id))),
        id: safe(&to.id).into_owned(),
        name: to.name.clone(),
        caption: counted(
            count_targets(page, ix, framework),
            &format!("{} {}", to.name, noun.one),
            &format!("{} {}", to.name, noun.many),
        ),
        method: set.method.shown().to_owned(),
        leveled: !to.levels.is_empty(),
        supportive,
        status: parts::status(page, framework),
        tops: tops.collect(),
    })
}

/// `Plan, procure, operate`.
fn phases(phases: &[Phase]) -> String {
    let words: Vec<_> = phases.iter().map(|it| it.word()).collect();
    capital(&words.join(", "))
}
