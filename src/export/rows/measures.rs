//! Groups, measures and practices as rows.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::book::GuidanceRow;
use super::field::{Address, Field, InDocument, Text, Unsearched};
use super::{Record, row};
use crate::catalogue::{Catalogue, GroupIx, LinkTarget, MeasureIx, PracticeIx};
use crate::schema::{Actor, MeasureKind, Phase, Relevance, ServiceModel};
use crate::site::Edition;

row! {
    /// A group of measures.
    GroupRow {
        /// The identifier.
        id: &'a str,
        /// The heading.
        title: &'a str,
        /// A sentence under it.
        summary: Text<'a>,
        /// Its measures, in reading order.
        measures: Vec<&'a str>,
    }
}

row! {
    /// A measure.
    MeasureRow {
        /// The identifier.
        id: &'a str,
        /// What to do.
        title: &'a str,
        /// What it is for.
        summary: Text<'a>,
        /// The identifier of its group.
        group: Option<&'a str>,
        /// The title of the group.
        #[serde(skip)]
        group_title: Option<&'a str>,
        /// Its place in reading order, from 1.
        #[serde(skip)]
        place: usize,
        /// Who acts: `customer`, `provider` or `shared`.
        responsibility: Actor,
        /// What it is made of: `organisational` or `technical`.
        kind: MeasureKind,
        /// When it acts: `plan`, `procure`, `migrate`, `operate`, `exit`.
        phases: &'a [Phase],
        /// Who does what, by service model.
        duties: Vec<DutyRow<'a>>,
        /// Its practices, in order.
        practices: InDocument<Vec<&'a str>>,
        /// Its weight in use cases.
        use_cases: InDocument<Vec<RelevanceRow<'a>>>,
        /// The use cases in which it is essential; the reasons stand in `relevance.csv`.
        #[serde(skip)]
        essential_in: Vec<&'a str>,
        /// The use cases in which it is important.
        #[serde(skip)]
        important_in: Vec<&'a str>,
        /// The use cases in which it supports other measures.
        #[serde(skip)]
        supporting_in: Vec<&'a str>,
        /// The identifiers of the threats that it answers.
        threats: Vec<&'a str>,
        /// The identifiers of measures that belong beside it.
        #[schemars(description = "Measures that belong beside it.")]
        related: Vec<RelatedRow<'a>>,
        /// Other words under which it is searched.
        keywords: &'a [String],
        /// The guidance.
        guidance: Option<GuidanceRow<'a>>,
        /// The address of its page.
        href: Address<'a>,
    }
}

row! {
    /// Who does what where a service model is used.
    DutyRow {
        /// The service model.
        model: ServiceModel,
        /// What the customer does.
        customer: Unsearched<Text<'a>>,
        /// What the provider does.
        provider: Unsearched<Text<'a>>,
    }
}

row! {
    /// The weight of a measure in a use case.
    RelevanceRow {
        /// The identifier of the measure.
        #[serde(skip)]
        measure: &'a str,
        /// The title of the measure.
        #[serde(skip)]
        measure_title: &'a str,
        /// The identifier of the use case.
        use_case: &'a str,
        /// The title of the use case.
        #[serde(skip)]
        use_case_title: &'a str,
        /// How much it weighs: `essential`, `important` or `supporting`.
        relevance: Relevance,
        /// Why.
        because: Unsearched<Text<'a>>,
    }
}

/// A measure that belongs beside another.
#[derive(Serialize, JsonSchema)]
pub(in crate::export) struct RelatedRow<'a> {
    /// The measure.
    measure: &'a str,
    /// Why.
    because: Unsearched<Text<'a>>,
}

impl Field<'_> for RelatedRow<'_> {
    fn cell(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.measure)
    }
}

row! {
    /// A practice: a statement that can be checked.
    PracticeRow {
        /// The identifier.
        id: &'a str,
        /// The identifier of its measure.
        measure: &'a str,
        /// The title of the measure.
        #[serde(skip)]
        measure_title: &'a str,
        /// The statement.
        text: Text<'a>,
        /// Who acts: `customer`, `provider` or `shared`.
        by: Actor,
        /// What to ask for.
        evidence: Text<'a>,
        /// The use cases for which it is essential.
        essential_for: Vec<&'a str>,
        /// When it acts: `plan`, `procure`, `migrate`, `operate`, `exit`.
        phases: &'a [Phase],
        /// The service models for which it stands: `iaas`, `paas`, `saas`.
        models: &'a [ServiceModel],
        /// Other words under which it is searched.
        keywords: &'a [String],
        /// The address of its place on the page of the measure.
        href: Address<'a>,
    }
}

impl<'a> Record<'a> for GroupRow<'a> {
    type Key = GroupIx;

    fn keys(catalogue: &'a Catalogue) -> impl Iterator<Item = GroupIx> {
        (0..catalogue.groups.len()).map(GroupIx::new)
    }

    fn row(edition: Edition<'a>, key: GroupIx) -> Self {
        let group = edition.catalogue.group(key);
        Self {
            id: &group.id,
            title: &group.title,
            summary: edition.text(&group.summary),
            measures: edition.measure_ids(&group.measures),
        }
    }
}

impl<'a> Record<'a> for MeasureRow<'a> {
    type Key = MeasureIx;

    fn keys(catalogue: &'a Catalogue) -> impl Iterator<Item = MeasureIx> {
        (0..catalogue.measures.len()).map(MeasureIx::new)
    }

    fn row(edition: Edition<'a>, key: MeasureIx) -> Self {
        let catalogue = edition.catalogue;
        let measure = catalogue.measure(key);
        let group = measure.group.map(|ix| catalogue.group(ix));
        let duties = measure
            .duties
            .iter()
            .map(|(model, customer, provider)| DutyRow {
                model: *model,
                customer: Unsearched(edition.text(customer)),
                provider: Unsearched(edition.text(provider)),
            });
        let practices = catalogue.practices_of(key).map(|(_, it)| it.id.as_str());
        let use_cases =
            (0..measure.relevance.len()).map(|at| RelevanceRow::row(edition, (key, at)));
        let weighs = |wanted: Relevance| {
            let those = measure
                .relevance
                .iter()
                .filter(|(_, has, _)| *has == wanted);
            those
                .map(|(case, ..)| catalogue.use_case(*case).id.as_str())
                .collect()
        };
        let related = measure.related.iter().map(|(measure, because)| RelatedRow {
            measure: &catalogue.measure(*measure).id,
            because: Unsearched(edition.text(because)),
        });
        Self {
            id: &measure.id,
            title: &measure.title,
            summary: edition.text(&measure.summary),
            group: group.map(|it| it.id.as_str()),
            group_title: group.map(|it| it.title.as_str()),
            place: catalogue.place_in_order(key) + 1,
            responsibility: measure.responsibility,
            kind: measure.kind,
            phases: &measure.phases,
            duties: duties.collect(),
            practices: InDocument(practices.collect()),
            use_cases: InDocument(use_cases.collect()),
            essential_in: weighs(Relevance::Essential),
            important_in: weighs(Relevance::Important),
            supporting_in: weighs(Relevance::Supporting),
            threats: edition.threat_ids(&measure.threats),
            related: related.collect(),
            keywords: &measure.keywords,
            guidance: measure.guidance.as_ref().map(GuidanceRow::new),
            href: edition.address(LinkTarget::Measure(key)),
        }
    }
}

impl<'a> Record<'a> for RelevanceRow<'a> {
    /// The measure, and the position among its use cases.
    type Key = (MeasureIx, usize);

    fn keys(catalogue: &'a Catalogue) -> impl Iterator<Item = Self::Key> {
        let measures = catalogue.measures.iter().enumerate();
        measures.flat_map(|(at, it)| {
            (0..it.relevance.len()).map(move |case| (MeasureIx::new(at), case))
        })
    }

    fn row(edition: Edition<'a>, (measure, at): Self::Key) -> Self {
        let measure = edition.catalogue.measure(measure);
        let (case, relevance, because) = &measure.relevance[at];
        let case = edition.catalogue.use_case(*case);
        Self {
            measure: &measure.id,
            measure_title: &measure.title,
            use_case: &case.id,
            use_case_title: &case.title,
            relevance: *relevance,
            because: Unsearched(edition.text(because)),
        }
    }
}

impl<'a> Record<'a> for PracticeRow<'a> {
    type Key = PracticeIx;

    fn keys(catalogue: &'a Catalogue) -> impl Iterator<Item = PracticeIx> {
        (0..catalogue.practices.len()).map(PracticeIx::new)
    }

    fn row(edition: Edition<'a>, key: PracticeIx) -> Self {
        let practice = edition.catalogue.practice(key);
        let measure = edition.catalogue.measure(practice.measure);
        Self {
            id: &practice.id,
            measure: &measure.id,
            measure_title: &measure.title,
            text: edition.text(&practice.text),
            by: practice.by,
            evidence: edition.text(&practice.evidence),
            essential_for: edition.use_case_ids(&practice.essential_for),
            phases: &practice.phases,
            models: &practice.models,
            keywords: &practice.keywords,
            href: edition.address(LinkTarget::Practice(key)),
        }
    }
}
