//! `mappings/*/*.yaml`: one file for each measure and framework, and the provenance of the set.

use schemars::JsonSchema;
use serde::Deserialize;

use super::text::{Ref, Text};
use super::words::{Method, Property, Rationale, Relation, Style};
use crate::structure::Spanned;

/// The mappings of one measure to one framework.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MappingFile {
    /// The id of the measure. It equals the file name without its extension.
    pub measure: Ref,
    /// The mappings of the measure.
    pub mappings: Box<[Mapping]>,
}

/// A statement that a practice or measure relates to a requirement.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = super::text::because_required)]
pub struct Mapping {
    /// The id of the practice. In a set of the style `supportive`, also the id of the measure as a whole.
    pub from: Ref,
    /// The id of the requirement in the framework.
    pub to: Ref,
    /// How the two relate, read from the practice to the requirement.
    pub relation: Spanned<Relation>,
    /// With the relation `supports`: how the practice supports the requirement.
    pub property: Option<Spanned<Property>>,
    /// Why they relate, in words that fit only this pair.
    #[serde(default)]
    pub because: Text,
    /// Why a careful reader may disagree.
    #[serde(default)]
    pub uncertain: Option<Text>,
}

/// The provenance of a set of mappings.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MappingSet {
    /// The id of the framework. It equals the name of the folder.
    pub framework: Ref,
    /// The version of the framework. It equals `version` in `framework.yaml`.
    pub version: Ref,
    /// The style of relationships that the set uses.
    pub style: Style,
    /// The basis on which the relations were determined.
    pub rationale: Rationale,
    /// How the relations were determined.
    pub method: Method,
    /// Requirements that are deliberately not mapped. A node stands for all requirements below it.
    #[serde(default)]
    pub not_mapped: Vec<NotMapped>,
}

/// A requirement that is deliberately not mapped.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = super::text::because_required)]
pub struct NotMapped {
    /// The id of the requirement, or of a node above it.
    pub target: Ref,
    /// Why it is not mapped.
    #[serde(default)]
    pub because: Text,
}
