//! Links use cases, their data flows, and the threats.

use std::collections::HashMap;

use super::super::rules::{cell_taken, missing_reason, unknown_box, zone_crossed};
use super::super::{
    Area, Catalogue, Clash, Flow, FlowNode, Guidance, LinkTarget, Prose, Threat, ThreatIx, UseCase,
    Zone,
};
use super::LinkOutput;
use super::entries::Entry;
use super::index::Index;
use super::keywords::keywords;
use super::prose::TextContext;
use crate::schema::{self, Factor, Impact, Ref};
use crate::source::{SourceLocation, SourcePath};

pub(super) fn link(catalogue: &mut Catalogue, index: &Index<'_>, output: &mut LinkOutput) {
    for Entry { path, record, .. } in index.records.threats() {
        catalogue.threats.push(Threat {
            id: record.id.value.clone(),
            title: record.title.clone(),
            group: record.group.clone(),
            text: index.text(&record.text, TextContext::in_file(path), output),
            keywords: keywords(&record.keywords, path, output),
            path: path.clone(),
        });
    }
    for Entry { ix, path, record } in index.records.use_cases() {
        let own = LinkTarget::UseCase(ix);
        let mut use_case = use_case(index, path, record, output);
        let prose = index.prose_beside(path, &record.id);
        use_case.guidance = prose.map(|(path, body)| Guidance {
            path: path.clone(),
            prose: index.body(body, TextContext::in_file(path).on(&own), output),
        });
        catalogue.use_cases.push(use_case);
    }
}

fn use_case(
    index: &Index<'_>,
    path: &SourcePath,
    it: &schema::UseCase,
    output: &mut LinkOutput,
) -> UseCase {
    let context = TextContext::in_file(path);
    let location = |text: &Ref| SourceLocation {
        path: path.clone(),
        span: text.span,
    };
    let boxes: HashMap<_, _> = it
        .nodes
        .iter()
        .enumerate()
        .map(|(position, node)| (node.id.value.as_str(), position))
        .collect();
    let find_box = |id: &Ref, output: &mut LinkOutput| {
        let position = boxes.get(id.value.as_str()).copied();
        if position.is_none() {
            let known = boxes.keys().map(|id| (*id, ""));
            output.push(unknown_box::report(&location(id), id, known));
        }
        position
    };
    let mut flows = Vec::new();
    for flow in &it.flows {
        let ends = (find_box(&flow.from, output), find_box(&flow.to, output));
        let text = index.text(&flow.text, context, output);
        let measures = flow
            .measures
            .iter()
            .filter_map(|id| index.measure(id, &location(id), output))
            .collect();
        if let (Some(from), Some(to)) = ends {
            flows.push(Flow {
                from,
                to,
                text,
                measures,
                kind: flow.kind,
                both_ways: flow.both_ways,
            });
        }
    }
    let mut assets = Vec::new();
    for asset in &it.assets {
        let node = asset.node.as_ref().and_then(|id| find_box(id, output));
        assets.push((
            asset.title.clone(),
            node,
            index.text(&asset.text, context, output),
        ));
    }
    UseCase {
        id: it.id.value.clone(),
        title: it.title.value.clone(),
        short: it.short.clone().unwrap_or_else(|| it.title.value.clone()),
        summary: index.text(&it.summary, context, output),
        mark: it.mark,
        models: it.models.clone(),
        zones: it
            .zones
            .iter()
            .map(|it| Zone {
                title: it.title.clone(),
                role: it.role.clone(),
            })
            .collect(),
        nodes: flow_nodes(path, it, output),
        flows,
        assets,
        actors: it
            .actors
            .iter()
            .map(|actor| {
                (
                    actor.title.clone(),
                    index.text(&actor.text, context, output),
                )
            })
            .collect(),
        risks: risks(index, path, it, output),
        threats: threats(index, path, it, output),
        keywords: keywords(&it.keywords, path, output),
        guidance: None,
        place: location(&it.id),
    }
}

/// The risks, each with its reason.
fn risks(
    index: &Index<'_>,
    path: &SourcePath,
    it: &schema::UseCase,
    output: &mut LinkOutput,
) -> Vec<(Factor, Impact, Prose)> {
    let mut out = Vec::new();
    for risk in &it.risks {
        if risk.because.is_empty() {
            let place = SourceLocation {
                path: path.clone(),
                span: risk.factor.span,
            };
            let what = format!("the impact on {}", risk.factor.word());
            output.push(missing_reason::report(
                &place,
                risk.because.span,
                &what,
                &it.id,
            ));
        }
        let because = index.text(&risk.because, TextContext::in_file(path), output);
        out.push((risk.factor.value, risk.impact, because));
    }
    out
}

/// The threats that weigh most, each with its reason.
fn threats(
    index: &Index<'_>,
    path: &SourcePath,
    it: &schema::UseCase,
    output: &mut LinkOutput,
) -> Vec<(ThreatIx, Prose)> {
    let mut out = Vec::new();
    for entry in &it.threats {
        let place = SourceLocation {
            path: path.clone(),
            span: entry.threat.span,
        };
        if entry.because.is_empty() {
            let what = format!("the weight of `{}`", entry.threat.value);
            output.push(missing_reason::report(
                &place,
                entry.because.span,
                &what,
                &it.id,
            ));
        }
        let because = index.text(&entry.because, TextContext::in_file(path), output);
        if let Some(ix) = index.threat(&entry.threat, &place, output) {
            out.push((ix, because));
        }
    }
    out
}

/// The boxes of a data flow, each in a cell of its own.
fn flow_nodes(path: &SourcePath, it: &schema::UseCase, output: &mut LinkOutput) -> Vec<FlowNode> {
    let zones: HashMap<_, _> = it
        .zones
        .iter()
        .enumerate()
        .map(|(position, zone)| (zone.id.value.as_str(), position))
        .collect();
    let mut cells: HashMap<(u8, u8), &schema::FlowNode> = HashMap::new();
    let mut out = Vec::new();
    for node in &it.nodes {
        let location = |span| SourceLocation {
            path: path.clone(),
            span,
        };
        let zone = node.zone.as_ref().and_then(|id| {
            let zone = zones.get(id.value.as_str()).copied();
            if zone.is_none() {
                let known = zones.keys().map(|id| (*id, ""));
                output.push(unknown_box::report(&location(id.span), id, known));
            }
            zone
        });
        if let Some(other) = cells.insert(node.at.value, node) {
            let (second, first) = (location(node.at.span), location(other.at.span));
            output.push(cell_taken::report(&second, &other.id, &first));
        }
        out.push(FlowNode {
            title: node.title.clone(),
            note: node.note.clone(),
            zone,
            at: node.at.value,
        });
    }
    check_zones(path, it, &out, output);
    out
}

/// Reports zones whose areas overlap or contain a box of another zone.
fn check_zones(
    path: &SourcePath,
    it: &schema::UseCase,
    nodes: &[FlowNode],
    output: &mut LinkOutput,
) {
    let members: Vec<_> = nodes.iter().map(|it| it.zone).collect();
    let cell = |it: &FlowNode| (u16::from(it.at.0), u16::from(it.at.1));
    let cells: Vec<_> = nodes.iter().map(cell).collect();
    let areas = Area::of_zones(it.zones.len(), &members, &cells);
    for (zone, area) in it.zones.iter().zip(areas) {
        let location = |id: &Ref| SourceLocation {
            path: path.clone(),
            span: id.span,
        };
        let other = match area.and_then(|it| it.clash) {
            Some(Clash::Box(other)) => &it.nodes[other].id,
            Some(Clash::Zone(other)) => &it.zones[other].id,
            None => continue,
        };
        let (zone, first) = (location(&zone.id), location(other));
        output.push(zone_crossed::report(&zone, &other.value, &first));
    }
}
