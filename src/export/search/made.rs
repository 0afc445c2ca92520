//! Pages that are made of the whole book, as they are found: checklists, matrices, coverage, data.
//!
//! Entry: [`named`]. Invariant: a part of a divided page is not found by itself.

use crate::catalogue::{Catalogue, Checklist};
use crate::schema::Actor;
use crate::site::{Against, PageEntry, PageKind};

/// A page as it is found: title, sentence, keywords.
type Named<'a> = (String, &'static str, Vec<&'a str>);

// What else the pages are asked for by.
const MEASURES: &[&str] = &[
    "security controls",
    "safeguards",
    "control catalogue",
    "list of measures",
    "overview",
    "filter",
];
const USE_CASES: &[&str] = &["scenarios", "examples", "fields of use"];
const FRAMEWORKS: &[&str] = &["regulations", "requirements", "norms", "rule books"];
const CHECKLISTS: &[&str] = &[
    "check list",
    "tick list",
    "questionnaire",
    "self-assessment",
    "audit list",
    "to-do list",
    "printable",
    "worksheet",
    "form",
    "template",
    "Checkliste",
    "liste de contrôle",
];
const GUIDE: &[&str] = &["guidance", "chapters"];
const THREATS: &[&str] = &["list of threats", "threat list", "threat register"];
const GLOSSARY: &[&str] = &[
    "definitions",
    "abbreviations",
    "acronyms",
    "meaning",
    "dictionary",
    "jargon",
    "vocabulary",
    "Glossar",
    "glossaire",
];
const DATA: &[&str] = &[
    "API",
    "Excel",
    "XLSX",
    "spreadsheet",
    "machine-readable",
    "open data",
    "data set",
    "schema",
    "GRC tool",
];
const PRINT: &[&str] = &[
    "printable version",
    "PDF",
    "one document",
    "everything on one page",
    "whole site",
    "offline copy",
    "paper copy",
    "book",
];
const ACCESSIBILITY: &[&str] = &[
    "barrier-free",
    "WCAG",
    "EN 301 549",
    "screen reader",
    "keyboard use",
    "disability",
    "blind",
    "visually impaired",
    "a11y",
    "BITV",
];
const WEIGHTS: &[&str] = &[
    "relevance",
    "priorities",
    "prioritise",
    "which measures matter",
    "importance",
];
const MAPPINGS: &[&str] = &[
    "mapping table",
    "control mapping",
    "cross-reference",
    "traceability matrix",
];
const COVERAGE: &[&str] = &[
    "gaps",
    "gap analysis",
    "not covered",
    "unmapped",
    "missing requirements",
    "shortfall",
    "completeness",
];
const CROSSWALK: &[&str] = &[
    "framework comparison",
    "mapping between frameworks",
    "concordance",
    "equivalence table",
];
const CROSSWALK_OF: &[&str] = &["comparison", "mapping", "concordance"];
const PROVIDER: &[&str] = &[
    "certified provider",
    "what a certificate covers",
    "inherited controls",
    "certificate scope",
    "evidence from the provider",
];
const LEVEL: &[&str] = &["certified provider", "what a certificate covers"];

/// How a page is found; none for pages that are found as what they show.
#[expect(clippy::too_many_lines, reason = "an arm a kind of page")]
pub(super) fn named<'a>(catalogue: &'a Catalogue, page: &PageEntry) -> Option<Named<'a>> {
    let kind = (page.number == 0).then_some(page.kind)?;
    let called = |ix| &catalogue.framework(ix).name;
    let name = || kind.name(catalogue).unwrap_or_default().to_owned();
    Some(match kind {
        PageKind::Measures => (
            name(),
            "All measures, to be narrowed by use case, responsibility, phase, kind, framework and level.",
            MEASURES.to_vec(),
        ),
        PageKind::UseCases => (
            name(),
            "All use cases with their weights.",
            USE_CASES.to_vec(),
        ),
        PageKind::Frameworks => (
            name(),
            "The laws, schemes and standards that the measures answer to.",
            FRAMEWORKS.to_vec(),
        ),
        PageKind::Checklists => (
            name(),
            "Statements to tick off, to print or to take into a table, by use case and role.",
            CHECKLISTS.to_vec(),
        ),
        PageKind::Checklist(list) => {
            let of = list
                .use_case
                .map_or("all measures", |ix| catalogue.use_case(ix).title.as_str());
            (
                format!("Checklist: {of}, {}", list.word()),
                "Practices to tick off, with the evidence to ask for.",
                checklist_words(catalogue, list),
            )
        }
        PageKind::Guide => (name(), "All pages of the guide.", GUIDE.to_vec()),
        PageKind::Threats => (
            name(),
            "All threats, with the measures that answer them.",
            THREATS.to_vec(),
        ),
        PageKind::Glossary => (name(), "All terms.", GLOSSARY.to_vec()),
        PageKind::Data => (
            "Data: JSON and CSV".to_owned(),
            "The whole catalogue to download and reuse, export as one document or as tables.",
            DATA.to_vec(),
        ),
        PageKind::Print => (
            "The whole catalogue to print".to_owned(),
            "All measures, use cases, frameworks and pages of the guide as one document.",
            PRINT.to_vec(),
        ),
        PageKind::Accessibility => (
            name(),
            "What is declared of the accessibility of this site, and whom to tell of a barrier.",
            ACCESSIBILITY.to_vec(),
        ),
        PageKind::Matrix(grid) if grid.block.is_none() => match grid.against {
            Against::UseCases => (
                "Matrix of measures and use cases".to_owned(),
                "How much each measure weighs in each use case, with the reason.",
                WEIGHTS.to_vec(),
            ),
            Against::Framework(ix) => (
                format!("Matrix of measures and {}", called(ix)),
                "How many requirements each measure answers to, as a heat map.",
                MAPPINGS.to_vec(),
            ),
            Against::Top(_) => return None,
        },
        PageKind::Coverage => (
            name(),
            "What is mapped, left out with a reason, or open.",
            COVERAGE.to_vec(),
        ),
        PageKind::CoverageOf(ix) => (
            format!("Coverage of {}", called(ix)),
            "What is mapped, left out with a reason, or open, by level and part.",
            COVERAGE.to_vec(),
        ),
        PageKind::Crosswalk => (
            name(),
            "From the requirements of one framework to those of another, over practices: derived.",
            CROSSWALK.to_vec(),
        ),
        PageKind::CrosswalkOf(from, to) => (
            format!("Crosswalk from {} to {}", called(from), called(to)),
            "Requirements that share a practice: derived, with the practices on the way.",
            CROSSWALK_OF.to_vec(),
        ),
        PageKind::ProviderOf(ix) => (
            format!("{} for the provider", called(ix)),
            "What each level of a certificate backs, and what is left to the customer.",
            PROVIDER.to_vec(),
        ),
        PageKind::Provider(ix, level) => (
            format!(
                "{} {} for the provider",
                called(ix),
                catalogue.framework(ix).levels[level]
            ),
            "What a certificate at this level backs, practice by practice, and what is left to the customer.",
            LEVEL.to_vec(),
        ),
        // Found as what they show, or from the page that leads to them.
        PageKind::Home
        | PageKind::Group(_)
        | PageKind::Measure(_)
        | PageKind::UseCase(_)
        | PageKind::Framework(_)
        | PageKind::Node(_)
        | PageKind::Matrix(_)
        | PageKind::CoverageTop(_)
        | PageKind::CoverageLevel(..)
        | PageKind::CoverageMeasures(_)
        | PageKind::CrosswalkTop(..)
        | PageKind::Page(_)
        | PageKind::Answers(_)
        | PageKind::Search
        | PageKind::NotFound => return None,
    })
}

/// What else a checklist is asked for by: the words of its use case, and those of who acts.
fn checklist_words(catalogue: &Catalogue, list: Checklist) -> Vec<&str> {
    let by: &[&str] = match list.by {
        Some(Actor::Customer) => &["hospital", "buyer", "our side"],
        Some(Actor::Provider) => &["vendor", "supplier", "manufacturer", "tender"],
        Some(Actor::Shared) => &["both sides", "joint"],
        None => &["audit", "complete"],
    };
    let use_case = list.use_case.map(|ix| catalogue.use_case(ix));
    let of = use_case.iter().flat_map(|it| &it.keywords);
    let fixed = ["questionnaire", "self-assessment", "worksheet"];
    let all = fixed.iter().chain(by).copied();
    all.chain(of.map(String::as_str)).collect()
}
