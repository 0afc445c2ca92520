//! Groups, measures and practices as records.
//!
//! Invariant: each key stands in each record; what is not said is `null` or an empty list. Texts are plain words.

use schemars::JsonSchema;
use serde::Serialize;

use super::{GuidanceRow, Words};
use crate::catalogue::{Group, MeasureIx, PracticeIx, Thing};
use crate::export::data::Edition;
use crate::schema::{Actor, MeasureKind, Phase, Relevance, ServiceModel};

/// A group of measures.
#[derive(Serialize, JsonSchema)]
pub(super) struct GroupRow<'a> {
    /// The identifier.
    pub id: &'a str,
    /// The heading.
    pub title: &'a str,
    /// A sentence under it.
    pub summary: Words<'a>,
    /// Its measures, in reading order.
    pub measures: Vec<&'a str>,
}

/// A measure.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) struct MeasureRow<'a> {
    /// The identifier.
    pub id: &'a str,
    /// What to do.
    pub title: &'a str,
    /// What it is for.
    pub summary: Words<'a>,
    /// Its group.
    pub group: Option<&'a str>,
    /// Who acts.
    pub responsibility: Actor,
    /// What it is made of.
    pub kind: MeasureKind,
    /// When it acts.
    pub phases: &'a [Phase],
    /// Who does what, by service model.
    pub duties: Vec<DutyRow<'a>>,
    /// Its practices, in order.
    pub practices: Vec<&'a str>,
    /// Its weight in use cases.
    pub use_cases: Vec<RelevanceRow<'a>>,
    /// The threats that it answers.
    pub threats: Vec<&'a str>,
    /// Measures that belong beside it.
    pub related: Vec<RelatedRow<'a>>,
    /// Other words under which it is searched, such as abbreviations and words of other languages.
    pub keywords: &'a [String],
    /// The guidance.
    pub guidance: Option<GuidanceRow<'a>>,
    /// The address of its page, from the site's root.
    pub href: String,
}

/// Who does what where a service model is used.
#[derive(Serialize, JsonSchema)]
pub(super) struct DutyRow<'a> {
    /// The service model.
    pub model: ServiceModel,
    /// What the customer does.
    pub customer: Words<'a>,
    /// What the provider does.
    pub provider: Words<'a>,
}

/// The weight of a measure in a use case.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) struct RelevanceRow<'a> {
    /// The use case.
    pub use_case: &'a str,
    /// How much it weighs.
    pub relevance: Relevance,
    /// Why.
    pub because: Words<'a>,
}

/// A measure that belongs beside another.
#[derive(Serialize, JsonSchema)]
pub(super) struct RelatedRow<'a> {
    /// The measure.
    pub measure: &'a str,
    /// Why.
    pub because: Words<'a>,
}

/// A practice: a statement that can be checked.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) struct PracticeRow<'a> {
    /// The identifier.
    pub id: &'a str,
    /// Its measure.
    pub measure: &'a str,
    /// The statement.
    pub text: Words<'a>,
    /// Who acts.
    pub by: Actor,
    /// What to ask for.
    pub evidence: Words<'a>,
    /// The use cases for which it is essential.
    pub essential_for: Vec<&'a str>,
    /// When it acts.
    pub phases: &'a [Phase],
    /// The service models for which it stands.
    pub models: &'a [ServiceModel],
    /// Other words under which it is searched, such as abbreviations and words of other languages.
    pub keywords: &'a [String],
    /// The address of its place on the measure's page, from the site's root.
    pub href: String,
}

pub(super) fn group<'a>(edition: Edition<'a>, it: &'a Group) -> GroupRow<'a> {
    GroupRow {
        id: &it.id,
        title: &it.title,
        summary: edition.catalogue.plain(&it.summary),
        measures: edition.measure_ids(&it.measures),
    }
}

pub(super) fn measure(edition: Edition<'_>, ix: MeasureIx) -> MeasureRow<'_> {
    let catalogue = edition.catalogue;
    let it = catalogue.measure(ix);
    let duties = it.duties.iter().map(|(model, customer, provider)| DutyRow {
        model: *model,
        customer: catalogue.plain(customer),
        provider: catalogue.plain(provider),
    });
    let use_cases = it
        .relevance
        .iter()
        .map(|(case, relevance, because)| RelevanceRow {
            use_case: &catalogue.use_case(*case).id,
            relevance: *relevance,
            because: catalogue.plain(because),
        });
    let related = it.related.iter().map(|(measure, because)| RelatedRow {
        measure: &catalogue.measure(*measure).id,
        because: catalogue.plain(because),
    });
    MeasureRow {
        id: &it.id,
        title: &it.title,
        summary: catalogue.plain(&it.summary),
        group: it.group.map(|ix| catalogue.group(ix).id.as_str()),
        responsibility: it.responsibility,
        kind: it.kind,
        phases: &it.phases,
        duties: duties.collect(),
        practices: catalogue
            .practices_of(ix)
            .map(|(_, it)| it.id.as_str())
            .collect(),
        use_cases: use_cases.collect(),
        threats: edition.threat_ids(&it.threats),
        related: related.collect(),
        keywords: &it.keywords,
        guidance: it.guidance.as_ref().map(GuidanceRow::of),
        href: edition.href(Thing::Measure(ix)),
    }
}

pub(super) fn practice(edition: Edition<'_>, ix: PracticeIx) -> PracticeRow<'_> {
    let catalogue = edition.catalogue;
    let it = catalogue.practice(ix);
    PracticeRow {
        id: &it.id,
        measure: &catalogue.measure(it.measure).id,
        text: catalogue.plain(&it.text),
        by: it.by,
        evidence: catalogue.plain(&it.evidence),
        essential_for: edition.use_case_ids(&it.essential_for),
        phases: &it.phases,
        models: &it.models,
        keywords: &it.keywords,
        href: edition.href(Thing::Practice(ix)),
    }
}
