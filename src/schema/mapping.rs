//! `mappings/*/*.yaml`: one file a measure and framework, and the set's provenance.

use schemars::JsonSchema;
use serde::Deserialize;

use super::text::{Ref, Text};
use super::words::{Method, Property, Rationale, Relation, Style};
use crate::structure::Spanned;

/// The mappings of one measure to one framework.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MappingFile {
    /// The measure, equal to the file's name.
    pub measure: Ref,
    /// Its mappings.
    pub mappings: Box<[Mapping]>,
}

/// A claim that a practice or a measure relates to a requirement.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = super::text::because_required)]
pub struct Mapping {
    /// The practice; in a supportive set, the measure as a whole is possible.
    pub from: Ref,
    /// The requirement, in the framework's own identifiers.
    pub to: Ref,
    /// How the two relate, read from the practice to the requirement.
    pub relation: Spanned<Relation>,
    /// With `supports`: how.
    pub property: Option<Spanned<Property>>,
    /// Why, in words that fit this pair.
    #[serde(default)]
    pub because: Text,
    /// Why a second reader may disagree.
    #[serde(default)]
    pub uncertain: Option<Text>,
}

/// Where a set of mappings comes from: `mappings/*/set.yaml`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MappingSet {
    /// The framework, equal to the folder's name.
    pub framework: Ref,
    /// The framework's version, equal to the one that the framework states.
    pub version: Ref,
    /// The style of the relations.
    pub style: Style,
    /// On what the judgement rests.
    pub rationale: Rationale,
    /// Who judged.
    pub method: Method,
    /// Requirements that are left out for a reason: each covers the leaves under it.
    #[serde(default)]
    pub not_mapped: Vec<NotMapped>,
}

/// A gap with a reason.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = super::text::because_required)]
pub struct NotMapped {
    /// The requirement, or a node above it.
    pub target: Ref,
    /// Why nothing maps to it.
    #[serde(default)]
    pub because: Text,
}
