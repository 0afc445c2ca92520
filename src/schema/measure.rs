//! `measures/*.yaml` and `measures/groups.yaml`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::text::{Entries, Ref, Text};
use super::words::{Actor, MeasureKind, Phase, Relevance, ServiceModel};

/// A measure and its practices. Its guidance is in the Markdown file of the same name.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Measure {
    /// The permanent id. It equals the file name without its extension.
    pub id: Ref,
    /// What to do, in a few words.
    pub title: Ref,
    /// Its purpose, in one or two sentences.
    pub summary: Text,
    /// The id of its group in `groups.yaml`.
    pub group: Ref,
    /// Its position in the group: lower numbers come first, equal numbers are sorted by id.
    #[serde(default)]
    pub order: i64,
    /// Who is responsible for it.
    pub responsibility: Actor,
    /// Whether it is organisational or technical.
    pub kind: MeasureKind,
    /// The phases of the service life cycle in which it applies.
    pub phases: Vec<Phase>,
    /// The tasks of customer and provider, by service model.
    #[serde(default)]
    pub duties: Duties,
    /// The practices that make up the measure.
    pub practices: Box<[Practice]>,
    /// Its relevance in each use case, and why.
    #[serde(default)]
    pub use_cases: Entries<UseCaseRelevance>,
    /// The ids of the threats that it mitigates.
    #[serde(default)]
    pub threats: Vec<Ref>,
    /// Related measures.
    #[serde(default)]
    pub related: Vec<Related>,
    /// Additional search terms, such as abbreviations and words in other languages. They appear on no page.
    #[serde(default)]
    pub keywords: Vec<Ref>,
    /// Whether it is a draft: `build` and `check` leave it out, with its guidance and its mappings, and links to it become plain
    /// text. The preview shows it, marked as a draft.
    #[serde(default)]
    pub draft: bool,
}

/// The tasks of customer and provider, by service model.
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

/// The tasks of customer and provider for one service model.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// What the customer does.
    pub customer: Text,
    /// What the provider does.
    pub provider: Text,
}

/// A practice: one statement that can be verified.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Practice {
    /// The id: the measure's id, a dot and a number.
    pub id: Ref,
    /// What is done, stated so that it can be verified.
    pub text: Text,
    /// Who is responsible for it.
    pub by: Actor,
    /// The evidence to ask for.
    pub evidence: Text,
    /// The ids of the use cases for which it is essential.
    #[serde(default)]
    pub essential_for: Vec<Ref>,
    /// The phases in which it applies. Default: those of the measure.
    pub phases: Option<Vec<Phase>>,
    /// The service models to which it applies. Default: all.
    pub models: Option<Vec<ServiceModel>>,
    /// Additional search terms, such as abbreviations and words in other languages. They appear on no page.
    #[serde(default)]
    pub keywords: Vec<Ref>,
}

impl Practice {
    /// All of its texts. Fields are destructured, so that the compiler asks whether a new one is a text.
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

/// The relevance of a measure in a use case.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = super::text::because_required)]
pub struct UseCaseRelevance {
    /// How relevant it is.
    pub relevance: Relevance,
    /// Why it is this relevant in this use case.
    #[serde(default)]
    pub because: Text,
}

/// A related measure.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = super::text::because_required)]
pub struct Related {
    /// The id of the related measure.
    pub measure: Ref,
    /// What the related measure adds.
    #[serde(default)]
    pub because: Text,
}

/// A group of measures. The list is in reading order.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The id that measures refer to.
    pub id: Ref,
    /// The heading of the group.
    pub title: String,
    /// One sentence, shown below the heading.
    #[serde(default)]
    pub summary: Text,
}
