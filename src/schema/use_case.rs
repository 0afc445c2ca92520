//! `use-cases/*.yaml`. The prose is the Markdown file of the same name.

use schemars::JsonSchema;
use serde::Deserialize;

use super::text::{Ref, Text};
use super::words::{Factor, FlowKind, Impact, Mark, ServiceModel};
use crate::structure::Spanned;

/// A use case: its data flow, its assets and actors, its risks.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UseCase {
    /// The identifier, equal to the file's name.
    pub id: Ref,
    /// The name.
    pub title: Ref,
    /// The name in tables.
    pub short: Option<String>,
    /// Its place among the use cases.
    #[serde(default)]
    pub order: i64,
    /// What it is.
    pub summary: Text,
    /// The drawing beside its name.
    pub mark: Mark,
    /// Usual service models.
    #[serde(default)]
    pub models: Vec<ServiceModel>,
    /// Areas of one responsibility in the picture of the data flow.
    #[serde(default)]
    pub zones: Vec<Zone>,
    /// What data come from, pass and rest in.
    #[serde(default)]
    pub nodes: Vec<FlowNode>,
    /// The flows of data, in order.
    #[serde(default)]
    pub flows: Vec<Flow>,
    /// What is worth protecting.
    #[serde(default)]
    pub assets: Vec<Asset>,
    /// Who takes part.
    #[serde(default)]
    pub actors: Vec<ActorEntry>,
    /// What happens to people when a goal of protection is missed.
    #[serde(default)]
    pub risks: Vec<Risk>,
    /// The threats that weigh most, and why.
    #[serde(default)]
    pub threats: Vec<WeighedThreat>,
    /// Other words under which it is searched: abbreviations, words of other languages. They are shown on no page.
    #[serde(default)]
    pub keywords: Vec<Ref>,
}

/// An area of one responsibility.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// The identifier that nodes name.
    pub id: Ref,
    /// The name.
    pub title: String,
    /// Its role in law, such as `controller`.
    pub role: Option<String>,
}

/// A box in the picture of the data flow.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FlowNode {
    /// The identifier that flows name.
    pub id: Ref,
    /// The name.
    pub title: String,
    /// A line under the name.
    pub note: Option<String>,
    /// The zone that it stands in.
    pub zone: Option<Ref>,
    /// Its cell in the grid: column and row, from 1.
    pub at: Spanned<(u8, u8)>,
}

/// A flow of data.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Flow {
    /// Where it comes from.
    pub from: Ref,
    /// Where it goes.
    pub to: Ref,
    /// What flows, in a sentence.
    pub text: Text,
    /// The measures that protect it.
    #[serde(default)]
    pub measures: Vec<Ref>,
    /// Whether data move or people look.
    #[serde(default = "transfer")]
    pub kind: FlowKind,
    /// Whether data move both ways.
    #[serde(default)]
    pub both_ways: bool,
}

fn transfer() -> FlowKind {
    FlowKind::Transfer
}

/// Something worth protecting.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Asset {
    /// The identifier.
    pub id: Ref,
    /// The name.
    pub title: String,
    /// The box in which it rests.
    pub node: Option<Ref>,
    /// What it is.
    pub text: Text,
}

/// Someone who takes part.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActorEntry {
    /// The identifier.
    pub id: Ref,
    /// The name.
    pub title: String,
    /// The part that they play.
    pub text: Text,
}

/// What follows when a goal of protection is missed.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = super::text::because_required)]
pub struct Risk {
    /// The goal.
    pub factor: Spanned<Factor>,
    /// How much harm.
    pub impact: Impact,
    /// Why, in the words of those whom it harms.
    #[serde(default)]
    pub because: Text,
}

/// A threat that weighs in a use case.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = super::text::because_required)]
pub struct WeighedThreat {
    /// The threat.
    pub threat: Ref,
    /// Why it weighs here.
    #[serde(default)]
    pub because: Text,
}
