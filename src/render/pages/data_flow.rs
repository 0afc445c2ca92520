//! The figure of a use case's data flow, with the words around it.
//!
//! Entry: [`figure`]. Invariant: the figure's numbers are those of the list of flows.

use serde::Serialize;

use crate::catalogue::{UseCase, Zone};
use crate::figures::flow::{Flow, Node, Picture};
use crate::figures::svg::{Fit, Head};
use crate::render::html::Html;
use crate::render::page::counted;
use crate::schema::FlowKind;

/// A data flow.
#[derive(Serialize)]
pub(super) struct DataFlow {
    svg: Html,
    /// Whether it stands at its own width, in a region that scrolls.
    own: bool,
    caption: String,
    /// Whether its key tells what a dashed line is, and what two heads are.
    access: bool,
    both_ways: bool,
}

/// The figure; none where there is no box.
pub(super) fn figure(it: &UseCase) -> Option<DataFlow> {
    if it.nodes.is_empty() {
        return None;
    }
    let flows = it.flows.iter().map(|flow| Flow {
        from: flow.from,
        to: flow.to,
        access: flow.kind == FlowKind::Access,
        both_ways: flow.both_ways,
    });
    let nodes = it.nodes.iter().map(|node| Node {
        title: node.title.clone(),
        note: node.note.clone(),
        zone: node.zone,
        at: node.at,
    });
    let picture = Picture {
        zones: it.zones.iter().map(zone).collect(),
        nodes: nodes.collect(),
        flows: flows.collect(),
    };
    let drawing = picture.lay_out();
    let head = Head {
        id: "data-flow",
        title: &format!("Data flow: {}", it.title),
        description: &description(it),
    };
    Some(DataFlow {
        own: drawing.fit == Fit::Own,
        svg: Html(drawing.svg(head)),
        caption: if it.flows.is_empty() {
            String::new()
        } else {
            let flows = counted(it.flows.len(), "flow", "flows");
            format!("{flows}, numbered as in the list. Each number leads to its line there.")
        },
        access: it.flows.iter().any(|it| it.kind == FlowKind::Access),
        both_ways: it.flows.iter().any(|it| it.both_ways),
    })
}

/// A zone's name, with its role in law.
fn zone(it: &Zone) -> String {
    match &it.role {
        Some(role) => format!("{} ({role})", it.title),
        None => it.title.clone(),
    }
}

/// Which boxes stand where.
fn description(it: &UseCase) -> String {
    let inside = |zone: Option<usize>| {
        let nodes = it.nodes.iter().filter(|it| it.zone == zone);
        let names: Vec<_> = nodes.map(|it| it.title.as_str()).collect();
        names.join(", ")
    };
    let mut out = Vec::new();
    for (at, zone) in it.zones.iter().enumerate() {
        let names = inside(Some(at));
        if !names.is_empty() {
            out.push(format!("{}: {names}.", self::zone(zone)));
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
    if !it.flows.is_empty() {
        out.push("The list of flows says what goes from where to where.".to_owned());
    }
    out.join(" ")
}
