//! Use cases, linked.

use super::{Guidance, MeasureIx, Prose, ThreatIx};
use crate::schema::{Factor, FlowKind, Impact, Mark, ServiceModel};
use crate::source::SourceLocation;

/// A use case.
#[derive(Debug, Clone)]
pub struct UseCase {
    /// The identifier.
    pub id: String,
    /// The name.
    pub title: String,
    /// The name in tables.
    pub short: String,
    /// What it is.
    pub summary: Prose,
    /// Its pictogram.
    pub mark: Mark,
    /// Usual service models.
    pub models: Vec<ServiceModel>,
    /// Areas of one responsibility.
    pub zones: Vec<Zone>,
    /// Boxes of the data flow.
    pub nodes: Vec<FlowNode>,
    /// Flows between them.
    pub flows: Vec<Flow>,
    /// What is worth protecting: title, box, text.
    pub assets: Vec<(String, Option<usize>, Prose)>,
    /// Who takes part: title, text.
    pub actors: Vec<(String, Prose)>,
    /// What follows when a goal is missed.
    pub risks: Vec<(Factor, Impact, Prose)>,
    /// The threats that weigh most.
    pub threats: Vec<(ThreatIx, Prose)>,
    /// Other words under which it is searched.
    pub keywords: Vec<String>,
    /// The prose, if it is written.
    pub guidance: Option<Guidance>,
    /// The place of its id.
    pub place: SourceLocation,
}

/// An area of one responsibility.
#[derive(Debug, Clone)]
pub struct Zone {
    /// The name.
    pub title: String,
    /// Its role in law.
    pub role: Option<String>,
}

/// A box of the data flow.
#[derive(Debug, Clone)]
pub struct FlowNode {
    /// The name.
    pub title: String,
    /// A line under it.
    pub note: Option<String>,
    /// Its zone, by position.
    pub zone: Option<usize>,
    /// Column and row, from 1.
    pub at: (u8, u8),
}

/// A flow of data between two boxes.
#[derive(Debug, Clone)]
pub struct Flow {
    /// The box that it comes from, by position.
    pub from: usize,
    /// The box that it goes to, by position.
    pub to: usize,
    /// What flows.
    pub text: Prose,
    /// The measures that protect it.
    pub measures: Vec<MeasureIx>,
    /// Whether data move or people look.
    pub kind: FlowKind,
    /// Whether data move both ways.
    pub both_ways: bool,
}
