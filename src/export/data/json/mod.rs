//! The whole catalogue as one JSON document, and its schema, both from the same types.
//!
//! Entry: [`write`] and [`schema`]. Invariant: every reference is the id of a record that stands in the document.

mod book;
mod frameworks;
mod lines;
mod measures;
mod rows;
mod use_cases;

use std::borrow::Cow;
use std::io::{Result, Write};

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::SCHEMA;
use super::cover::covers;
use crate::catalogue::{
    Catalogue, FrameworkIx, MeasureIx, NodeIx, PageIx, PracticeIx, TermIx, ThreatIx, UseCaseIx,
};
use crate::site::{DataList, Edition, FORMAT};
use book::{BookRow, GuidanceRow, PageRow, TermRow};
use frameworks::{CoverageRow, FrameworkRow, GapRow, MappingRow, NodeRow, SetRow};
use measures::{GroupRow, MeasureRow, PracticeRow};
use rows::Rows;
use use_cases::{ThreatRow, UseCaseRow};

/// Plain words of a text.
type Words<'a> = Cow<'a, str>;

/// A catalogue of measures, mapped to frameworks and weighed in use cases. Each key stands in each record; what is not
/// said is `null` or an empty list. Texts are plain words; `href` is relative to the site's root.
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
    /// Groups of measures, in reading order.
    groups: Vec<GroupRow<'a>>,
    /// Measures, by identifier.
    measures: Rows<'a, MeasureRow<'a>>,
    /// Practices, by measure.
    practices: Rows<'a, PracticeRow<'a>>,
    /// Use cases, with their data flow and the threats that weigh most.
    use_cases: Vec<UseCaseRow<'a>>,
    /// Threats.
    threats: Vec<ThreatRow<'a>>,
    /// Laws, schemes and standards.
    frameworks: Vec<FrameworkRow<'a>>,
    /// Nodes of all frameworks, each tree from the top down.
    nodes: Rows<'a, NodeRow<'a>>,
    /// Where the mappings to each framework come from.
    mapping_sets: Vec<SetRow<'a>>,
    /// How practices, or measures as a whole, relate to nodes of frameworks, with the reason.
    mappings: Rows<'a, MappingRow<'a>>,
    /// Nodes that are left out, with the reason.
    gaps: Vec<GapRow<'a>>,
    /// Derived: what is mapped, left out with a reason, or open, by top node and level.
    coverage: Vec<CoverageRow<'a>>,
    /// Terms of the glossary.
    terms: Vec<TermRow<'a>>,
    /// Pages of the guide.
    pages: Vec<PageRow<'a>>,
}

/// Writes the document.
///
/// # Errors
/// When the writer refuses.
pub(super) fn write(edition: Edition<'_>, to: &mut dyn Write) -> Result<()> {
    lines::write(&document(edition), to)
}

fn document(edition: Edition<'_>) -> Document<'_> {
    let it = edition.catalogue;
    Document {
        schema: SCHEMA,
        format: FORMAT,
        book: book::book(edition.config),
        groups: (it.groups.iter())
            .map(|it| measures::group(edition, it))
            .collect(),
        measures: Rows::new(it.measures.len(), move |at| {
            measures::measure(edition, MeasureIx::new(at))
        }),
        practices: Rows::new(it.practices.len(), move |at| {
            measures::practice(edition, PracticeIx::new(at))
        }),
        use_cases: (0..it.use_cases.len())
            .map(|at| use_cases::use_case(edition, UseCaseIx::new(at)))
            .collect(),
        threats: (0..it.threats.len())
            .map(|at| use_cases::threat(edition, ThreatIx::new(at)))
            .collect(),
        frameworks: (0..it.frameworks.len())
            .map(|at| frameworks::framework(edition, FrameworkIx::new(at)))
            .collect(),
        nodes: Rows::new(it.nodes.len(), move |at| {
            frameworks::node(edition, NodeIx::new(at))
        }),
        mapping_sets: (it.sets.iter())
            .map(|it| frameworks::set(edition, it))
            .collect(),
        mappings: Rows::new(it.mappings.len(), move |at| {
            frameworks::mapping(edition, &it.mappings[at])
        }),
        gaps: (it.gaps.iter())
            .map(|it| frameworks::gap(edition, it))
            .collect(),
        coverage: (covers(it).iter())
            .map(|it| frameworks::coverage(edition, it))
            .collect(),
        terms: (0..it.terms.len())
            .map(|at| book::term(edition, TermIx::new(at)))
            .collect(),
        pages: (0..it.pages.len())
            .map(|at| book::page(edition, PageIx::new(at)))
            .collect(),
    }
}

/// The document's schema, as JSON Schema 2020-12.
pub(super) fn schema() -> Vec<u8> {
    let schema = schema_value();
    let text = serde_json::to_string_pretty(&schema).expect("a schema is plain data");
    format!("{text}\n").into_bytes()
}

fn schema_value() -> serde_json::Value {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Document<'_>>()
        .to_value()
}

/// The lists of the document, with how many records each has.
pub(super) fn lists(it: &Catalogue) -> Vec<DataList> {
    let schema = schema_value();
    let meaning = |key: &str| {
        let found = schema["properties"][key]["description"].as_str();
        found.unwrap_or_default().to_owned()
    };
    [
        ("groups", it.groups.len()),
        ("measures", it.measures.len()),
        ("practices", it.practices.len()),
        ("use-cases", it.use_cases.len()),
        ("threats", it.threats.len()),
        ("frameworks", it.frameworks.len()),
        ("nodes", it.nodes.len()),
        ("mapping-sets", it.sets.len()),
        ("mappings", it.mappings.len()),
        ("gaps", it.gaps.len()),
        ("coverage", covers(it).len()),
        ("terms", it.terms.len()),
        ("pages", it.pages.len()),
    ]
    .map(|(key, records)| DataList {
        key,
        meaning: meaning(key),
        records,
    })
    .into()
}
