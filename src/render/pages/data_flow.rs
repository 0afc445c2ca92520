//! The figure of a use case's data flow, with its caption and text alternative.
//!
//! Entry: [`figure`]. Invariant: the figure's numbers are those of the list of flows.

use serde::Serialize;

use crate::catalogue::{UseCase, Zone};
use crate::figures::flow::{Flow, FlowDiagram, Node};
use crate::figures::svg::{FigureLabel, Fit};
use crate::render::html::Html;
use crate::render::page::{Page, counted};
use crate::schema::FlowKind;

/// A data flow.
#[derive(Serialize)]
pub(super) struct DataFlow {
    svg: Html,
    /// Whether it keeps its own width, in a scrolling region.
    own: bool,
    caption: String,
    /// Whether the key explains dashed lines, and arrows with two heads.
    access: bool,
    both_ways: bool,
}

/// The figure; `None` if the use case has no boxes.
pub(super) fn figure(page: &Page<'_>, use_case: &UseCase) -> Option<DataFlow> {
    if use_case.nodes.is_empty() {
        return None;
    }
    let flows = use_case.flows.iter().map(|flow| Flow {
        from: flow.from,
        to: flow.to,
        access: flow.kind == FlowKind::Access,
        both_ways: flow.both_ways,
    });
    let nodes = use_case.nodes.iter().map(|node| Node {
        title: node.title.clone(),
        note: node.note.clone(),
        zone: node.zone,
        cell: node.at,
    });
    let diagram = FlowDiagram {
        zones: use_case.zones.iter().map(zone_name).collect(),
        nodes: nodes.collect(),
        flows: flows.collect(),
    };
    let drawing = diagram.lay_out();
    let label = FigureLabel {
        prefix: &page.prefix(),
        id: "data-flow",
        title: &format!("Data flow: {}", use_case.title),
        description: &description(use_case),
    };
    Some(DataFlow {
        own: drawing.fit == Fit::Scrolled,
        svg: Html(drawing.svg(label)),
        caption: if use_case.flows.is_empty() {
            String::new()
        } else {
            let flows = counted(use_case.flows.len(), "flow", "flows");
            format!("{flows}, numbered as in the list. Each number leads to its line there.")
        },
        access: use_case.flows.iter().any(|it| it.kind == FlowKind::Access),
        both_ways: use_case.flows.iter().any(|it| it.both_ways),
    })
}

/// A zone's name with its legal role.
fn zone_name(zone: &Zone) -> String {
    match &zone.role {
        Some(role) => format!("{} ({role})", zone.title),
        None => zone.title.clone(),
    }
}

/// The text alternative: the boxes of each zone.
fn description(use_case: &UseCase) -> String {
    let inside = |zone: Option<usize>| {
        let nodes = use_case.nodes.iter().filter(|it| it.zone == zone);
        let names: Vec<_> = nodes.map(|it| it.title.as_str()).collect();
        names.join(", ")
    };
    let mut out = Vec::new();
    for (i, zone) in use_case.zones.iter().enumerate() {
        let names = inside(Some(i));
        if !names.is_empty() {
            out.push(format!("{}: {names}.", zone_name(zone)));
        }
    }
    let outside = inside(None);
    if !outside.is_empty() {
        let head = if out.is_empty() {
            "Boxes"
        } else {
            "Outside of these"
        };
        out.push(format!("{head}: {outside}."));
    }
    if !use_case.flows.is_empty() {
        out.push("The list of flows says what goes from where to where.".to_owned());
    }
    out.join(" ")
}
