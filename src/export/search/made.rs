//! Pages that are made of the whole book, as they are found: checklists, matrices, coverage, data.
//!
//! Entry: [`named`]. Invariant: a part of a divided page is not found by itself.

use crate::catalogue::{Catalogue, Checklist};
use crate::schema::Actor;
use crate::site::{Against, PageKind, Sheet};

/// A page as it is found: title, sentence, keywords.
type Named<'a> = (String, &'static str, Vec<&'a str>);

/// How a page is found; none for pages that are found as what they show.
pub(super) fn named(catalogue: &Catalogue, kind: PageKind) -> Option<Named<'_>> {
    let fixed = |title: &str| title.to_owned();
    Some(match kind {
        PageKind::Measures => (
            fixed("Measures"),
            "All measures, to be narrowed by use case, responsibility, phase, kind, framework and level.",
            vec![
                "security controls",
                "safeguards",
                "control catalogue",
                "list of measures",
                "overview",
                "filter",
            ],
        ),
        PageKind::UseCases => (
            fixed("Use cases"),
            "All use cases with their weights.",
            vec!["scenarios", "examples", "fields of use"],
        ),
        PageKind::Frameworks => (
            fixed("Frameworks"),
            "The laws, schemes and standards that the measures answer to.",
            vec!["regulations", "requirements", "norms", "rule books"],
        ),
        PageKind::Checklists => (
            fixed("Checklists"),
            "Statements to tick off, to print or to take into a table, by use case and role.",
            vec![
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
            ],
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
        _ => return whole(kind).or_else(|| derived(catalogue, kind)),
    })
}

/// How a page is found that shows the book's texts, or all of it.
fn whole(kind: PageKind) -> Option<Named<'static>> {
    let fixed = |title: &str| title.to_owned();
    Some(match kind {
        PageKind::Guide => (
            fixed("Guide"),
            "All pages of the guide.",
            vec!["guidance", "chapters"],
        ),
        PageKind::Threats => (
            fixed("Threats"),
            "All threats, with the measures that answer them.",
            vec!["list of threats", "threat list", "threat register"],
        ),
        PageKind::Glossary => (
            fixed("Glossary"),
            "All terms.",
            vec![
                "definitions",
                "abbreviations",
                "acronyms",
                "meaning",
                "dictionary",
                "jargon",
                "vocabulary",
                "Glossar",
                "glossaire",
            ],
        ),
        PageKind::Data => (
            fixed("Data: JSON and CSV"),
            "The whole catalogue to download and reuse, export as one document or as tables.",
            vec![
                "API",
                "Excel",
                "XLSX",
                "spreadsheet",
                "machine-readable",
                "open data",
                "data set",
                "schema",
                "GRC tool",
            ],
        ),
        PageKind::Print => (
            fixed("The whole catalogue to print"),
            "All measures, use cases, frameworks and pages of the guide as one document.",
            vec![
                "printable version",
                "PDF",
                "one document",
                "everything on one page",
                "whole site",
                "offline copy",
                "paper copy",
                "book",
            ],
        ),
        PageKind::Accessibility => (
            fixed("Accessibility"),
            "What is declared of the accessibility of this site, and whom to tell of a barrier.",
            vec![
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
            ],
        ),
        _ => return None,
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

/// How a page is found that shows what is derived from the mappings.
fn derived(catalogue: &Catalogue, kind: PageKind) -> Option<Named<'_>> {
    let name = |ix| &catalogue.framework(ix).name;
    let fixed = |title: &str| title.to_owned();
    Some(match kind {
        PageKind::Matrix(sheet) if sheet == Sheet::first(sheet.against) => match sheet.against {
            Against::UseCases => (
                fixed("Matrix of measures and use cases"),
                "How much each measure weighs in each use case, with the reason.",
                vec![
                    "relevance",
                    "priorities",
                    "prioritise",
                    "which measures matter",
                    "importance",
                ],
            ),
            Against::Framework(ix) => (
                format!("Matrix of measures and {}", name(ix)),
                "How many requirements each measure answers to, as a heat map.",
                vec![
                    "mapping table",
                    "control mapping",
                    "cross-reference",
                    "traceability matrix",
                ],
            ),
            Against::Top(_) => return None,
        },
        PageKind::Coverage => (
            fixed("Coverage"),
            "What is mapped, left out with a reason, or open.",
            vec![
                "gaps",
                "gap analysis",
                "not covered",
                "unmapped",
                "missing requirements",
                "shortfall",
                "completeness",
            ],
        ),
        PageKind::CoverageOf(ix) => (
            format!("Coverage of {}", name(ix)),
            "What is mapped, left out with a reason, or open, by level and part.",
            vec![
                "gaps",
                "gap analysis",
                "not covered",
                "unmapped",
                "missing requirements",
                "shortfall",
                "completeness",
            ],
        ),
        PageKind::Crosswalk => (
            fixed("Crosswalk"),
            "From the requirements of one framework to those of another, over practices: derived.",
            vec![
                "framework comparison",
                "mapping between frameworks",
                "concordance",
                "equivalence table",
            ],
        ),
        PageKind::CrosswalkOf(from, to) => (
            format!("Crosswalk from {} to {}", name(from), name(to)),
            "Requirements that share a practice: derived, with the practices on the way.",
            vec!["comparison", "mapping", "concordance"],
        ),
        PageKind::ProviderOf(ix) => (
            format!("{} for the provider", name(ix)),
            "What each level of a certificate backs, and what is left to the customer.",
            vec![
                "certified provider",
                "what a certificate covers",
                "inherited controls",
                "certificate scope",
                "evidence from the provider",
            ],
        ),
        PageKind::Provider(ix, level) => (
            format!(
                "{} {} for the provider",
                name(ix),
                catalogue.framework(ix).levels[level]
            ),
            "What a certificate at this level backs, practice by practice, and what is left to the customer.",
            vec!["certified provider", "what a certificate covers"],
        ),
        _ => return None,
    })
}
