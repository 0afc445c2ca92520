//! The whole catalogue as one JSON document, and its schema, both from the same types.
//!
//! Entry: [`write`] and [`schema`]. Invariant: every reference is the id of a record that stands in the document.

use std::io::{Result, Write};

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::lines;
use super::list::Rows;
use crate::catalogue::Catalogue;
use crate::export::rows::{
    BookRow, CoverageRow, FrameworkRow, GapRow, GroupRow, MappingRow, MeasureRow, NodeRow, PageRow,
    PracticeRow, Record, SetRow, TermRow, ThreatRow, UseCaseRow,
};
use crate::site::{DataList, Edition, FORMAT};

/// The file of its schema, beside it.
pub(super) const SCHEMA: &str = "catalogue.schema.json";

/// Declares the document: each list with its meaning and the row of its records.
macro_rules! document {
    ($(#[$of:meta])* { $(#[doc = $meaning:literal] $list:ident: $row:ident,)+ }) => {
        $(#[$of])*
        #[derive(Serialize, JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        #[schemars(title = "Catalogue")]
        struct Document<'a> {
            /// The schema of this document, beside it.
            #[serde(rename = "$schema")]
            schema: &'static str,
            /// The version of the format: raised when a key goes or changes its meaning, not when one is added.
            format: u32,
            /// What the catalogue says of itself.
            book: BookRow<'a>,
            $(#[doc = $meaning] $list: Rows<'a, $row<'a>>,)+
        }

        fn document(edition: Edition<'_>) -> Document<'_> {
            Document {
                schema: SCHEMA,
                format: FORMAT,
                book: BookRow::new(edition.config),
                $($list: Rows::new(edition),)+
            }
        }

        /// The lists of the document, with how many records each has.
        pub(super) fn lists(catalogue: &Catalogue) -> Vec<DataList> {
            vec![$(DataList {
                key: stringify!($list).replace('_', "-"),
                meaning: $meaning.trim_ascii(),
                records: <$row<'_> as Record<'_>>::keys(catalogue).count(),
            },)+]
        }
    };
}

document! {
    /// A catalogue of measures, mapped to frameworks and weighed in use cases. Each key stands in each record; what is not
    /// said is `null` or an empty list. Texts are plain words; `href` is relative to the site's root.
    {
        /// Groups of measures, in reading order.
        groups: GroupRow,
        /// Measures, by identifier.
        measures: MeasureRow,
        /// Practices, by measure.
        practices: PracticeRow,
        /// Use cases, with their data flow and the threats that weigh most.
        use_cases: UseCaseRow,
        /// Threats.
        threats: ThreatRow,
        /// Laws, schemes and standards.
        frameworks: FrameworkRow,
        /// Nodes of all frameworks, each tree from the top down.
        nodes: NodeRow,
        /// Where the mappings to each framework come from.
        mapping_sets: SetRow,
        /// How practices, or measures as a whole, relate to nodes of frameworks, with the reason.
        mappings: MappingRow,
        /// Nodes that are left out, with the reason.
        gaps: GapRow,
        /// Derived: what is mapped, left out with a reason, or open, by top node and level.
        coverage: CoverageRow,
        /// Terms of the glossary.
        terms: TermRow,
        /// Pages of the guide.
        pages: PageRow,
    }
}

/// Writes the document.
///
/// # Errors
/// When the writer refuses.
pub(super) fn write(edition: Edition<'_>, to: &mut dyn Write) -> Result<()> {
    lines::write(&document(edition), to)
}

/// The document's schema, as JSON Schema 2020-12.
#[must_use]
pub fn schema() -> String {
    let schema = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Document<'_>>()
        .to_value();
    let text = serde_json::to_string_pretty(&schema).expect("a schema is plain data");
    format!("{text}\n")
}
