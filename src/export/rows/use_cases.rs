//! Use cases and threats as rows.

use super::book::GuidanceRow;
use super::field::{Address, Label, Text, Unsearched};
use super::{Record, row};
use crate::catalogue::{Catalogue, Flow, LinkTarget, ThreatIx, UseCaseIx};
use crate::schema::{Factor, FlowKind, Impact, ServiceModel};
use crate::site::Edition;

row! {
    /// A use case.
    UseCaseRow {
        /// The identifier.
        id: &'a str,
        /// The name.
        title: &'a str,
        /// The name in tables.
        short: &'a str,
        /// What it is.
        summary: Text<'a>,
        /// Usual service models.
        models: &'a [ServiceModel],
        /// Areas of one responsibility.
        zones: Vec<ZoneRow<'a>>,
        /// The boxes of the data flow.
        boxes: Vec<BoxRow<'a>>,
        /// The flows between them.
        flows: Vec<FlowRow<'a>>,
        /// What is worth protecting.
        assets: Vec<AssetRow<'a>>,
        /// Who takes part.
        actors: Vec<ActorRow<'a>>,
        /// What follows when a goal of protection is missed.
        risks: Vec<RiskRow<'a>>,
        /// The threats that weigh most.
        threats: Vec<WeighedRow<'a>>,
        /// More on it.
        guidance: Option<GuidanceRow<'a>>,
        /// Other words under which it is searched, such as abbreviations and words of other languages.
        keywords: &'a [String],
        /// The address of its page, from the site's root.
        href: Address<'a>,
    }
}

row! {
    /// An area of one responsibility.
    ZoneRow {
        /// The name.
        title: &'a str,
        /// Its role in law.
        role: Option<&'a str>,
    }
}

row! {
    /// A box of the data flow.
    BoxRow {
        /// The name.
        title: &'a str,
        /// A line under it.
        note: Option<&'a str>,
        /// Its zone, by position from 0.
        zone: Option<usize>,
    }
}

row! {
    /// A flow of data between two boxes.
    FlowRow {
        /// The box that it comes from, by position from 0.
        from: usize,
        /// The box that it goes to, by position from 0.
        to: usize,
        /// What flows.
        text: Unsearched<Text<'a>>,
        /// The measures that protect it.
        measures: Vec<&'a str>,
        /// Whether data move or people look.
        kind: FlowKind,
        /// Whether data move both ways.
        both_ways: bool,
    }
}

row! {
    /// Something worth protecting.
    AssetRow {
        /// The name.
        title: Label<'a>,
        /// The box in which it stands, by position from 0.
        #[serde(rename = "box")]
        at: Option<usize>,
        /// What it is.
        text: Text<'a>,
    }
}

row! {
    /// Someone who takes part.
    ActorRow {
        /// The name.
        title: Label<'a>,
        /// What they do.
        text: Text<'a>,
    }
}

row! {
    /// What follows when a goal of protection is missed.
    RiskRow {
        /// The goal.
        factor: Factor,
        /// How much harm follows.
        impact: Impact,
        /// Why.
        because: Unsearched<Text<'a>>,
    }
}

row! {
    /// A threat that weighs in a use case.
    WeighedRow {
        /// The threat.
        threat: &'a str,
        /// Why.
        because: Unsearched<Text<'a>>,
    }
}

row! {
    /// A threat.
    ThreatRow {
        /// The identifier.
        id: &'a str,
        /// The name.
        title: &'a str,
        /// The kind of threat it is.
        group: &'a str,
        /// What it looks like.
        text: Text<'a>,
        /// Other words under which it is searched, such as abbreviations and words of other languages.
        keywords: &'a [String],
        /// The address of its place, from the site's root.
        href: Address<'a>,
    }
}

impl<'a> Record<'a> for UseCaseRow<'a> {
    type Key = UseCaseIx;

    fn keys(catalogue: &'a Catalogue) -> impl Iterator<Item = UseCaseIx> {
        (0..catalogue.use_cases.len()).map(UseCaseIx::new)
    }

    fn row(edition: Edition<'a>, key: UseCaseIx) -> Self {
        let use_case = edition.catalogue.use_case(key);
        let zones = use_case.zones.iter().map(|it| ZoneRow {
            title: &it.title,
            role: it.role.as_deref(),
        });
        let boxes = use_case.nodes.iter().map(|it| BoxRow {
            title: &it.title,
            note: it.note.as_deref(),
            zone: it.zone,
        });
        let assets = use_case.assets.iter().map(|(title, at, text)| AssetRow {
            title: Label(title),
            at: *at,
            text: edition.text(text),
        });
        let actors = use_case.actors.iter().map(|(title, text)| ActorRow {
            title: Label(title),
            text: edition.text(text),
        });
        let risks = use_case
            .risks
            .iter()
            .map(|(factor, impact, because)| RiskRow {
                factor: *factor,
                impact: *impact,
                because: Unsearched(edition.text(because)),
            });
        let threats = use_case.threats.iter().map(|(threat, because)| WeighedRow {
            threat: &edition.catalogue.threat(*threat).id,
            because: Unsearched(edition.text(because)),
        });
        Self {
            id: &use_case.id,
            title: &use_case.title,
            short: &use_case.short,
            summary: edition.text(&use_case.summary),
            models: &use_case.models,
            zones: zones.collect(),
            boxes: boxes.collect(),
            flows: use_case.flows.iter().map(|it| flow(edition, it)).collect(),
            assets: assets.collect(),
            actors: actors.collect(),
            risks: risks.collect(),
            threats: threats.collect(),
            guidance: use_case.guidance.as_ref().map(GuidanceRow::new),
            keywords: &use_case.keywords,
            href: edition.address(LinkTarget::UseCase(key)),
        }
    }
}

fn flow<'a>(edition: Edition<'a>, it: &'a Flow) -> FlowRow<'a> {
    FlowRow {
        from: it.from,
        to: it.to,
        text: Unsearched(edition.text(&it.text)),
        measures: edition.measure_ids(&it.measures),
        kind: it.kind,
        both_ways: it.both_ways,
    }
}

impl<'a> Record<'a> for ThreatRow<'a> {
    type Key = ThreatIx;

    fn keys(catalogue: &'a Catalogue) -> impl Iterator<Item = ThreatIx> {
        (0..catalogue.threats.len()).map(ThreatIx::new)
    }

    fn row(edition: Edition<'a>, key: ThreatIx) -> Self {
        let threat = edition.catalogue.threat(key);
        Self {
            id: &threat.id,
            title: &threat.title,
            group: &threat.group,
            text: edition.text(&threat.text),
            keywords: &threat.keywords,
            href: edition.address(LinkTarget::Threat(key)),
        }
    }
}
