//! `use-cases/*.yaml`. The prose is in the Markdown file of the same name.

use schemars::JsonSchema;
use serde::Deserialize;

use super::text::{Ref, Text};
use super::words::{Factor, FlowKind, Impact, Mark, ServiceModel};
use crate::structure::Spanned;

/// A use case: its data flow, its assets and actors, its risks.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UseCase {
    /// The permanent id. It equals the file name without its extension.
    pub id: Ref,
    /// The name.
    pub title: Ref,
    /// A short name for tables.
    pub short: Option<String>,
    /// Its position among the use cases: lower numbers come first.
    #[serde(default)]
    pub order: i64,
    /// What it is, in one or two sentences.
    pub summary: Text,
    /// The icon next to its name.
    pub mark: Mark,
    /// The usual service models.
    #[serde(default)]
    pub models: Vec<ServiceModel>,
    /// Zones of responsibility in the data flow diagram.
    #[serde(default)]
    pub zones: Vec<Zone>,
    /// The systems and people that data come from, pass through or are stored in.
    #[serde(default)]
    pub nodes: Vec<FlowNode>,
    /// The data flows, in order.
    #[serde(default)]
    pub flows: Vec<Flow>,
    /// The assets to protect.
    #[serde(default)]
    pub assets: Vec<Asset>,
    /// The people and organisations involved.
    #[serde(default)]
    pub actors: Vec<ActorEntry>,
    /// The harm to people if a protection goal is missed.
    #[serde(default)]
    pub risks: Vec<Risk>,
    /// The most important threats, and why.
    #[serde(default)]
    pub threats: Vec<WeighedThreat>,
    /// Additional search terms, such as abbreviations and words in other languages. They appear on no page.
    #[serde(default)]
    pub keywords: Vec<Ref>,
}

/// A zone of responsibility.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// The id that nodes refer to.
    pub id: Ref,
    /// The name.
    pub title: String,
    /// Its legal role, such as `controller`.
    pub role: Option<String>,
}

/// A box in the data flow diagram.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FlowNode {
    /// The id that flows refer to.
    pub id: Ref,
    /// The name.
    pub title: String,
    /// A line below the name.
    pub note: Option<String>,
    /// The id of its zone.
    pub zone: Option<Ref>,
    /// Its cell in the grid: column and row, counted from 1.
    pub at: Spanned<(u8, u8)>,
}

/// A data flow.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Flow {
    /// The id of the node that it comes from.
    pub from: Ref,
    /// The id of the node that it goes to.
    pub to: Ref,
    /// What flows, in one sentence.
    pub text: Text,
    /// The ids of the measures that protect it.
    #[serde(default)]
    pub measures: Vec<Ref>,
    /// Whether data are transferred or only accessed.
    #[serde(default = "transfer")]
    pub kind: FlowKind,
    /// Whether data flow in both directions.
    #[serde(default)]
    pub both_ways: bool,
}

fn transfer() -> FlowKind {
    FlowKind::Transfer
}

/// An asset to protect.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Asset {
    /// The id.
    pub id: Ref,
    /// The name.
    pub title: String,
    /// The id of the node in which it is stored.
    pub node: Option<Ref>,
    /// What it is.
    pub text: Text,
}

/// A person or organisation involved.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActorEntry {
    /// The id.
    pub id: Ref,
    /// The name.
    pub title: String,
    /// Their role.
    pub text: Text,
}

/// The harm if a protection goal is missed.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = super::text::because_required)]
pub struct Risk {
    /// The protection goal.
    pub factor: Spanned<Factor>,
    /// The severity of the harm.
    pub impact: Impact,
    /// Why, from the point of view of the people harmed.
    #[serde(default)]
    pub because: Text,
}

/// An important threat in a use case.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = super::text::because_required)]
pub struct WeighedThreat {
    /// The id of the threat.
    pub threat: Ref,
    /// Why it is important here.
    #[serde(default)]
    pub because: Text,
}
