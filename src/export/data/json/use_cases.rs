//! Use cases and threats as records.
//!
//! Invariant: each key stands in each record; what is not said is `null` or an empty list. Texts are plain words.

use schemars::JsonSchema;
use serde::Serialize;

use super::{GuidanceRow, Words};
use crate::catalogue::{Flow, Thing, ThreatIx, UseCaseIx};
use crate::export::data::Edition;
use crate::schema::{Factor, FlowKind, Impact, ServiceModel};

/// A use case.
#[derive(Serialize, JsonSchema)]
pub(super) struct UseCaseRow<'a> {
    /// The identifier.
    pub id: &'a str,
    /// The name.
    pub title: &'a str,
    /// The name in tables.
    pub short: &'a str,
    /// What it is.
    pub summary: Words<'a>,
    /// Usual service models.
    pub models: &'a [ServiceModel],
    /// Areas of one responsibility.
    pub zones: Vec<ZoneRow<'a>>,
    /// The boxes of the data flow.
    pub boxes: Vec<BoxRow<'a>>,
    /// The flows between them.
    pub flows: Vec<FlowRow<'a>>,
    /// What is worth protecting.
    pub assets: Vec<AssetRow<'a>>,
    /// Who takes part.
    pub actors: Vec<ActorRow<'a>>,
    /// What follows when a goal of protection is missed.
    pub risks: Vec<RiskRow<'a>>,
    /// The threats that weigh most.
    pub threats: Vec<WeighedRow<'a>>,
    /// More on it.
    pub guidance: Option<GuidanceRow<'a>>,
    /// Other words under which it is searched, such as abbreviations and words of other languages.
    pub keywords: &'a [String],
    /// The address of its page, from the site's root.
    pub href: String,
}

/// An area of one responsibility.
#[derive(Serialize, JsonSchema)]
pub(super) struct ZoneRow<'a> {
    /// The name.
    pub title: &'a str,
    /// Its role in law.
    pub role: Option<&'a str>,
}

/// A box of the data flow.
#[derive(Serialize, JsonSchema)]
pub(super) struct BoxRow<'a> {
    /// The name.
    pub title: &'a str,
    /// A line under it.
    pub note: Option<&'a str>,
    /// Its zone, by position from 0.
    pub zone: Option<usize>,
}

/// A flow of data between two boxes.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) struct FlowRow<'a> {
    /// The box that it comes from, by position from 0.
    pub from: usize,
    /// The box that it goes to, by position from 0.
    pub to: usize,
    /// What flows.
    pub text: Words<'a>,
    /// The measures that protect it.
    pub measures: Vec<&'a str>,
    /// Whether data move or people look.
    pub kind: FlowKind,
    /// Whether data move both ways.
    pub both_ways: bool,
}

/// Something worth protecting.
#[derive(Serialize, JsonSchema)]
pub(super) struct AssetRow<'a> {
    /// The name.
    pub title: &'a str,
    /// The box in which it stands, by position from 0.
    #[serde(rename = "box")]
    pub at: Option<usize>,
    /// What it is.
    pub text: Words<'a>,
}

/// Someone who takes part.
#[derive(Serialize, JsonSchema)]
pub(super) struct ActorRow<'a> {
    /// The name.
    pub title: &'a str,
    /// What they do.
    pub text: Words<'a>,
}

/// What follows when a goal of protection is missed.
#[derive(Serialize, JsonSchema)]
pub(super) struct RiskRow<'a> {
    /// The goal.
    pub factor: Factor,
    /// How much harm follows.
    pub impact: Impact,
    /// Why.
    pub because: Words<'a>,
}

/// A threat that weighs in a use case.
#[derive(Serialize, JsonSchema)]
pub(super) struct WeighedRow<'a> {
    /// The threat.
    pub threat: &'a str,
    /// Why.
    pub because: Words<'a>,
}

/// A threat.
#[derive(Serialize, JsonSchema)]
pub(super) struct ThreatRow<'a> {
    /// The identifier.
    pub id: &'a str,
    /// The name.
    pub title: &'a str,
    /// The kind of threat it is.
    pub group: &'a str,
    /// What it looks like.
    pub text: Words<'a>,
    /// Other words under which it is searched, such as abbreviations and words of other languages.
    pub keywords: &'a [String],
    /// The address of its place, from the site's root.
    pub href: String,
}

pub(super) fn use_case(edition: Edition<'_>, ix: UseCaseIx) -> UseCaseRow<'_> {
    let catalogue = edition.catalogue;
    let it = catalogue.use_case(ix);
    let zones = it.zones.iter().map(|it| ZoneRow {
        title: &it.title,
        role: it.role.as_deref(),
    });
    let boxes = it.nodes.iter().map(|it| BoxRow {
        title: &it.title,
        note: it.note.as_deref(),
        zone: it.zone,
    });
    let assets = it.assets.iter().map(|(title, at, text)| AssetRow {
        title,
        at: *at,
        text: catalogue.plain(text),
    });
    let actors = it.actors.iter().map(|(title, text)| ActorRow {
        title,
        text: catalogue.plain(text),
    });
    let risks = it.risks.iter().map(|(factor, impact, because)| RiskRow {
        factor: *factor,
        impact: *impact,
        because: catalogue.plain(because),
    });
    let threats = it.threats.iter().map(|(threat, because)| WeighedRow {
        threat: &catalogue.threat(*threat).id,
        because: catalogue.plain(because),
    });
    UseCaseRow {
        id: &it.id,
        title: &it.title,
        short: &it.short,
        summary: catalogue.plain(&it.summary),
        models: &it.models,
        zones: zones.collect(),
        boxes: boxes.collect(),
        flows: it.flows.iter().map(|it| flow(edition, it)).collect(),
        assets: assets.collect(),
        actors: actors.collect(),
        risks: risks.collect(),
        threats: threats.collect(),
        guidance: it.guidance.as_ref().map(GuidanceRow::of),
        keywords: &it.keywords,
        href: edition.href(Thing::UseCase(ix)),
    }
}

fn flow<'a>(edition: Edition<'a>, it: &'a Flow) -> FlowRow<'a> {
    FlowRow {
        from: it.from,
        to: it.to,
        text: edition.catalogue.plain(&it.text),
        measures: edition.measure_ids(&it.measures),
        kind: it.kind,
        both_ways: it.both_ways,
    }
}

pub(super) fn threat(edition: Edition<'_>, ix: ThreatIx) -> ThreatRow<'_> {
    let it = edition.catalogue.threat(ix);
    ThreatRow {
        id: &it.id,
        title: &it.title,
        group: &it.group,
        text: edition.catalogue.plain(&it.text),
        keywords: &it.keywords,
        href: edition.href(Thing::Threat(ix)),
    }
}
