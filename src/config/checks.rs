//! `[checks]`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::Severity;
use crate::structure::date::WrittenDate;

/// Which rules are checked, and how strictly.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Checks {
    /// The severity of individual rules, by code.
    pub severity: BTreeMap<String, Level>,
    /// Minimum numbers of records, so that an incomplete catalogue is never published.
    pub at_least: AtLeast,
    /// Temporary exceptions from rules, with reasons.
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
    /// Reported; `build` writes nothing.
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

/// Minimum numbers of records.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AtLeast {
    /// The minimum number of measures.
    pub measures: usize,
    /// The minimum number of mappings.
    pub mappings: usize,
    /// The minimum number of mappable nodes in frameworks.
    pub requirements: usize,
}

/// An exception from a rule.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The code of the rule.
    pub rule: String,
    /// The ids of the records, or the paths of files.
    pub of: Vec<String>,
    /// Why the exception is needed. An exception without a reason is an error.
    #[serde(default)]
    #[schemars(required)]
    pub reason: String,
    /// The date by which the exception should be removed. It is shown, but not enforced.
    pub until: Option<WrittenDate>,
}
