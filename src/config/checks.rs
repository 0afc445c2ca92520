//! `[checks]`: what is checked, and how strictly.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::Severity;
use crate::structure::date::WrittenDate;

/// What is checked, and how strictly.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Checks {
    /// The severity of single rules, by code.
    pub severity: BTreeMap<String, Level>,
    /// The least that a build must hold, so that an empty catalogue is never published.
    pub at_least: AtLeast,
    /// Records that a rule leaves alone for a while, with the reason.
    pub except: Vec<Exception>,
}

/// A severity as an author writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Not reported.
    Off,
    /// Reported.
    Warning,
    /// Reported, and nothing is written.
    Error,
}

impl From<Level> for Severity {
    fn from(level: Level) -> Self {
        match level {
            Level::Off => Self::Off,
            Level::Warning => Self::Warning,
            Level::Error => Self::Error,
        }
    }
}

/// The least that a build must hold.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AtLeast {
    /// Measures.
    pub measures: usize,
    /// Mappings.
    pub mappings: usize,
    /// Nodes of frameworks that can be mapped.
    pub requirements: usize,
}

/// Records that a rule leaves alone.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The rule's code.
    pub rule: String,
    /// The ids of the records, or the paths of files.
    pub of: Vec<String>,
    /// Why: an exception without a reason is a mistake.
    #[serde(default)]
    #[schemars(required)]
    pub reason: String,
    /// The date by which it should be gone: shown, never compared.
    pub until: Option<WrittenDate>,
}
