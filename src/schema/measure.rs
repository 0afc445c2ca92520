//! `measures/*.yaml` and `measures/groups.yaml`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::text::{Entries, Ref, Text};
use super::words::{Actor, MeasureKind, Phase, Relevance, ServiceModel};

/// A measure with its practices. Its guidance is the Markdown file of the same name beside it.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Measure {
    /// The permanent identifier, equal to the file's name.
    pub id: Ref,
    /// What to do, in a few words.
    pub title: Ref,
    /// What it is for, in one or two sentences.
    pub summary: Text,
    /// The group of `groups.yaml` that it belongs to.
    pub group: Ref,
    /// Its place in its group; by default by id.
    #[serde(default)]
    pub order: i64,
    /// Who acts.
    pub responsibility: Actor,
    /// What it is made of.
    pub kind: MeasureKind,
    /// The phases of a service's life in which it acts.
    pub phases: Vec<Phase>,
    /// Who does what, by service model.
    #[serde(default)]
    pub duties: Duties,
    /// Statements that can be checked.
    pub practices: Box<[Practice]>,
    /// How much it weighs in each use case, and why.
    #[serde(default)]
    pub use_cases: Entries<UseCaseRelevance>,
    /// The threats that it answers.
    #[serde(default)]
    pub threats: Vec<Ref>,
    /// Measures that belong beside it.
    #[serde(default)]
    pub related: Vec<Related>,
    /// Other words under which it is searched: abbreviations, words of other languages. They are shown on no page.
    #[serde(default)]
    pub keywords: Vec<Ref>,
    /// Whether it is left out of a build, with its guidance and its mappings, and of what `check` proves; the preview shows
    /// it, marked. A link to it is plain text.
    #[serde(default)]
    pub draft: bool,
}

/// Who does what, by service model.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Duties {
    /// Infrastructure as a service.
    pub iaas: Option<Duty>,
    /// Platform as a service.
    pub paas: Option<Duty>,
    /// Software as a service.
    pub saas: Option<Duty>,
}

/// The split of duties for one service model.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// What the customer does.
    pub customer: Text,
    /// What the provider does.
    pub provider: Text,
}

/// A statement that can be checked.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Practice {
    /// The measure's id, a dot, a number.
    pub id: Ref,
    /// What is done, in words that can be checked.
    pub text: Text,
    /// Who acts.
    pub by: Actor,
    /// What to ask for.
    pub evidence: Text,
    /// The use cases for which it is essential.
    #[serde(default)]
    pub essential_for: Vec<Ref>,
    /// The phases in which it acts; by default the measure's.
    pub phases: Option<Vec<Phase>>,
    /// The service models for which it stands; by default all.
    pub models: Option<Vec<ServiceModel>>,
    /// Other words under which it is searched: abbreviations, words of other languages. They are shown on no page.
    #[serde(default)]
    pub keywords: Vec<Ref>,
}

impl Practice {
    /// Its texts. A field that is added is a text or is named here as none.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let Self {
            text,
            evidence,
            id: _,
            by: _,
            essential_for: _,
            phases: _,
            models: _,
            keywords: _,
        } = self;
        [text, evidence].into_iter()
    }
}

/// How much a measure weighs in a use case.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = super::text::because_required)]
pub struct UseCaseRelevance {
    /// The weight.
    pub relevance: Relevance,
    /// Why, in this use case.
    #[serde(default)]
    pub because: Text,
}

/// A measure that belongs beside another.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = super::text::because_required)]
pub struct Related {
    /// The other measure.
    pub measure: Ref,
    /// What it adds.
    #[serde(default)]
    pub because: Text,
}

/// A group of measures; the list is in reading order.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The identifier that measures name.
    pub id: Ref,
    /// The heading.
    pub title: String,
    /// A sentence under the heading.
    #[serde(default)]
    pub summary: Text,
}
