//! The page of a use case.

use serde::Serialize;

use super::checklists;
use super::data_flow::{self, DataFlow};
use crate::catalogue::{Prose, ThreatIx, UseCase, UseCaseIx};
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::marks::{self, MarkView};
use crate::render::page::{Page, counted};
use crate::render::prose;
use crate::render::views::{About, LinkView, NextView, TocItem};
use crate::schema::{FlowKind, Relevance};
use crate::site::{Against, Grid, PageKind, splits};

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    id: String,
    mark: MarkView,
    summary: Html,
    models: String,
    /// The legal roles of the zones.
    roles: Vec<Role>,
    counts: String,
    guidance: Option<Html>,
    figure: Option<DataFlow>,
    flows: Vec<FlowView>,
    risks: Vec<RiskView>,
    threats: Vec<ThreatView>,
    assets: Vec<AssetView>,
    actors: Vec<ActorView>,
    weights: Vec<RelevanceList>,
    checklists: Vec<LinkView>,
}

#[derive(Serialize)]
struct Role {
    role: String,
    who: String,
}

#[derive(Serialize)]
struct FlowView {
    title: String,
    /// `access` where people look and nothing is meant to move.
    access: bool,
    both_ways: bool,
    text: Html,
    measures: Vec<LinkView>,
}

#[derive(Serialize)]
struct RiskView {
    factor: String,
    impact: String,
    because: Html,
}

#[derive(Serialize)]
struct ThreatView {
    href: String,
    title: String,
    group: String,
    because: Html,
}

#[derive(Serialize)]
struct AssetView {
    title: String,
    place: Option<String>,
    text: Html,
}

#[derive(Serialize)]
struct ActorView {
    title: String,
    text: Html,
}

#[derive(Serialize)]
struct RelevanceList {
    id: String,
    /// The relevance, as the end of its anchor.
    word: &'static str,
    mark: MarkView,
    caption: String,
    rows: Vec<RelevanceRow>,
    /// The matrix that lists them, if this page does not.
    matrix: Option<String>,
}

#[derive(Serialize)]
struct RelevanceRow {
    link: LinkView,
    because: Html,
}

pub(crate) fn view(page: &Page<'_>, ix: UseCaseIx) -> View {
    let use_case = page.catalogue().use_case(ix);
    let summary = prose::html(page, &use_case.summary);
    let guidance = use_case
        .guidance
        .as_ref()
        .map(|it| prose::html(page, &it.prose));
    let flows = use_case.flows.iter().map(|flow| FlowView {
        title: format!(
            "{} to {}",
            use_case.nodes[flow.from].title,
            lower_first(&use_case.nodes[flow.to].title)
        ),
        access: flow.kind == FlowKind::Access,
        both_ways: flow.both_ways,
        text: prose::html(page, &flow.text),
        measures: flow
            .measures
            .iter()
            .map(|ix| page.measure_link(*ix))
            .collect(),
    });
    let flows = flows.collect();
    let risks = use_case
        .risks
        .iter()
        .map(|(factor, impact, because)| RiskView {
            factor: factor.shown().to_owned(),
            impact: impact.shown().to_owned(),
            because: prose::html(page, because),
        });
    let risks = risks.collect();
    let threats = use_case
        .threats
        .iter()
        .map(|(threat, because)| threat_view(page, *threat, because))
        .collect();
    let assets = use_case
        .assets
        .iter()
        .map(|(title, place, text)| AssetView {
            title: title.clone(),
            place: place.map(|node| use_case.nodes[node].title.clone()),
            text: prose::html(page, text),
        });
    let assets = assets.collect();
    let actors = use_case
        .actors
        .iter()
        .map(|(title, text)| ActorView {
            title: title.clone(),
            text: prose::html(page, text),
        })
        .collect();
    let weights: Vec<_> = Relevance::ALL
        .iter()
        .filter_map(|relevance| relevance_list(page, ix, *relevance))
        .collect();
    let counts: Vec<_> = weights
        .iter()
        .map(|it| format!("{} {}", it.rows.len(), it.mark.word.to_lowercase()))
        .collect();
    let models: Vec<_> = use_case.models.iter().map(|it| it.shown()).collect();
    let mut view = View {
        frame: Frame::new(page, about(page, ix)),
        id: use_case.id.clone(),
        mark: page.use_case_mark(ix),
        summary,
        models: models.join(", "),
        roles: roles(use_case),
        counts: counts.join(", "),
        guidance,
        figure: data_flow::figure(page, use_case),
        flows,
        risks,
        threats,
        assets,
        actors,
        weights,
        checklists: checklists::use_case_links(page, ix),
    };
    view.frame.set_toc(toc(&view, use_case));
    view
}

fn about(page: &Page<'_>, ix: UseCaseIx) -> About {
    let use_case = page.catalogue().use_case(ix);
    let neighbour = |i: usize| {
        let ix = UseCaseIx::new(i);
        let other = page.catalogue().use_cases.get(i)?;
        Some(NextView {
            href: page.to(PageKind::UseCase(ix)),
            id: String::new(),
            title: other.title.clone(),
        })
    };
    About {
        heading: use_case.title.clone(),
        label: Some(use_case.id.clone()),
        description: use_case.summary.plain(),
        crumbs: vec![
            page.crumb(PageKind::UseCases),
            Page::current_crumb(&use_case.title),
        ],
        previous: ix.index().checked_sub(1).and_then(neighbour),
        next: neighbour(ix.index() + 1),
        ..About::default()
    }
}

fn toc(view: &View, use_case: &UseCase) -> Vec<TocItem> {
    let mut toc = Vec::new();
    if view.figure.is_some() {
        toc.push(TocItem::new("#flow", "How the data flow"));
    }
    toc.extend(
        use_case
            .guidance
            .iter()
            .flat_map(|it| Page::headings_toc(&it.prose)),
    );
    let sections = [
        (view.risks.is_empty(), "#risk", "Risk factors"),
        (
            view.threats.is_empty(),
            "#threats",
            "Threats that weigh most",
        ),
        (view.assets.is_empty(), "#assets", "Assets"),
        (view.actors.is_empty(), "#actors", "Actors"),
        (
            view.weights.is_empty(),
            "#measures",
            "Measures, by relevance",
        ),
    ];
    toc.extend(
        sections
            .iter()
            .filter(|(empty, ..)| !empty)
            .map(|(_, href, title)| TocItem::new(href, title)),
    );
    if let Some(last) = toc.last_mut().filter(|it| it.href == "#measures") {
        last.items = view
            .weights
            .iter()
            .map(|it| TocItem::new(&format!("#{}", it.id), &it.mark.word))
            .collect();
    }
    toc
}

/// The zones with a legal role.
fn roles(use_case: &UseCase) -> Vec<Role> {
    let with_role = use_case
        .zones
        .iter()
        .filter_map(|zone| Some((zone.role.as_ref()?, &zone.title)));
    with_role
        .map(|(role, who)| Role {
            role: marks::capital(role),
            who: who.clone(),
        })
        .collect()
}

fn threat_view(page: &Page<'_>, ix: ThreatIx, because: &Prose) -> ThreatView {
    let threat = page.catalogue().threat(ix);
    let href = page
        .href(&crate::catalogue::LinkTarget::Threat(ix).into())
        .unwrap_or_default();
    ThreatView {
        href,
        title: threat.title.clone(),
        group: threat.group.clone(),
        because: prose::html(page, because),
    }
}

/// The measures of one relevance, each with its reason; if the book has too many measures, only their number.
fn relevance_list(page: &Page<'_>, ix: UseCaseIx, wanted: Relevance) -> Option<RelevanceList> {
    let catalogue = page.catalogue();
    let (mut rows, mut count) = (Vec::new(), 0);
    for measure in catalogue.reading_order().iter().copied() {
        let entry = catalogue
            .measure(measure)
            .relevance
            .iter()
            .find(|(it, relevance, _)| *it == ix && *relevance == wanted);
        if let Some((.., because)) = entry {
            count += 1;
            if !splits(catalogue) {
                rows.push(RelevanceRow {
                    link: page.measure_link(measure),
                    because: prose::html(page, because),
                });
            }
        }
    }
    let word = wanted.word();
    let caption = counted(
        count,
        &format!("{word} measure"),
        &format!("{word} measures"),
    );
    (count > 0).then(|| RelevanceList {
        id: page.anchor(&format!("m-{word}")),
        word,
        mark: marks::relevance(wanted),
        caption,
        rows,
        matrix: page.href_if_any(PageKind::Matrix(Grid::all(Against::UseCases))),
    })
}

/// A name for use inside a sentence: abbreviations keep their capitals.
fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}
