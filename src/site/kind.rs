//! Every kind of page, and what is known of it before it is rendered. A kind is added here, in the list of views
//! (`render/pages/mod.rs`), and with a view and a template of its own; the compiler asks for each arm.
//!
//! Entry: [`PageKind::info`]. Invariant: no match over [`PageKind`] has a wildcard.

use super::info::{NamedAfter, PageInfo, Shows};
use super::{Against, Grid, Subject};
use crate::catalogue::{
    Catalogue, Checklist, FrameworkIx, GroupIx, MeasureIx, NodeIx, PageIx, ThreatIx, UseCaseIx,
};
use crate::config::Hidden;
use crate::schema::Actor;

/// What a page shows. Its list may go on on numbered pages of the same kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageKind {
    /// The home page.
    Home,
    /// The index of measures.
    Measures,
    /// A group of measures, or those without one, where the index would be too long.
    Group(Option<GroupIx>),
    /// A measure.
    Measure(MeasureIx),
    /// The index of use cases.
    UseCases,
    /// A use case.
    UseCase(UseCaseIx),
    /// The index of frameworks.
    Frameworks,
    /// A framework.
    Framework(FrameworkIx),
    /// A node that has a page.
    Node(NodeIx),
    /// The index of checklists.
    Checklists,
    /// A checklist.
    Checklist(Checklist),
    /// A matrix.
    Matrix(Grid),
    /// The coverage of every framework.
    Coverage,
    /// The coverage of a framework.
    CoverageOf(FrameworkIx),
    /// The leaves under a node by their standing: a top, or a node under one whose list is too long.
    CoverageTop(NodeIx),
    /// The coverage of a framework at one of its level places.
    CoverageLevel(FrameworkIx, usize),
    /// The measures for which a framework has no requirement, where they are too many for the page of its coverage.
    CoverageMeasures(FrameworkIx),
    /// The pairs of frameworks that share practices.
    Crosswalk,
    /// From one framework to another.
    CrosswalkOf(FrameworkIx, FrameworkIx),
    /// From the nodes under a node to another framework.
    CrosswalkTop(NodeIx, FrameworkIx),
    /// What a framework's levels say of the practices.
    ProviderOf(FrameworkIx),
    /// What a level, by position, says of the practices.
    Provider(FrameworkIx, usize),
    /// The index of pages.
    Guide,
    /// A page of prose.
    Page(PageIx),
    /// The threats, with the measures that answer them.
    Threats,
    /// The measures that answer a threat, where they are too many to be named beside it.
    Answers(ThreatIx),
    /// The glossary.
    Glossary,
    /// The whole catalogue as one document.
    Print,
    /// The search page.
    Search,
    /// What there is to download as data.
    Data,
    /// What is known and declared of the site's accessibility.
    Accessibility,
    /// The page for addresses that lead nowhere.
    NotFound,
}

/// How the search finds a page that is made of the whole book.
#[derive(Debug)]
pub struct SearchEntry<'a> {
    /// The title of the hit.
    pub title: String,
    /// One sentence.
    pub summary: &'static str,
    /// What else readers ask for it by.
    pub keywords: Vec<&'a str>,
}

/// Pages of every book that stand for no record, with their routes.
pub(super) const FIXED: [(PageKind, &str); 5] = [
    (PageKind::Home, "index.html"),
    (PageKind::NotFound, "404.html"),
    (PageKind::Search, "search.html"),
    (PageKind::Data, "data.html"),
    (PageKind::Accessibility, "accessibility.html"),
];

/// The first page of the matrices.
pub const MATRICES: PageKind = PageKind::Matrix(Grid::all(Against::UseCases));

impl PageKind {
    /// What is known of a page of this kind.
    #[must_use]
    pub fn info(self, catalogue: &Catalogue) -> PageInfo<'_> {
        use PageInfo as Info;
        let framework = |ix| catalogue.framework(ix).name.as_str();
        let node = |ix| catalogue.node(ix).shown.as_str();
        let checklists = Info::list(Self::Checklists).hidden_with(Hidden::Checklists);
        let coverage = Info::list(Self::Coverage).hidden_with(Hidden::Coverage);
        let crosswalk = Info::list(Self::Coverage).hidden_with(Hidden::Crosswalk);
        let provider = Info::list(Self::Coverage).hidden_with(Hidden::Provider);
        // A framework is a part of the document if something is mapped to it, or as its own text.
        let is_mapped = |ix: FrameworkIx| catalogue.framework(ix).set.is_some();
        let chapter = |ix| is_mapped(ix).then_some(Subject::Framework(ix));
        match self {
            Self::Home => Info::apart(Shows::Site).called("Home"),
            Self::Measures => Info::list(Self::Measures).called("Measures"),
            Self::Group(group) => Info::list(Self::Measures)
                .named_after(group.map_or(NamedAfter::Book, NamedAfter::Group)),
            Self::Measure(ix) => Info::in_area(Self::Measures, Shows::Measure(ix))
                .called(&catalogue.measure(ix).id)
                .chapter_of(Subject::Measures(catalogue.measure(ix).group)),
            Self::UseCases => Info::list(Self::UseCases).called("Use cases"),
            Self::UseCase(ix) => Info::in_area(Self::UseCases, Shows::UseCase(ix))
                .called(&catalogue.use_case(ix).title)
                .chapter_of(Subject::UseCases),
            Self::Frameworks => Info::list(Self::Frameworks).called("Frameworks"),
            Self::Framework(ix) => Info::in_area(self, Shows::Framework(ix))
                .called(framework(ix))
                .chapter_of(Subject::Framework(ix)),
            Self::Node(ix) => {
                let area = Self::Framework(catalogue.node(ix).framework);
                Info::in_area(area, Shows::Node(ix)).called(node(ix))
            }
            Self::Checklists => checklists.called("Checklists"),
            Self::Checklist(_) => checklists,
            Self::Matrix(_) => Info::list(MATRICES)
                .called("Matrix")
                .hidden_with(Hidden::Matrix),
            Self::Coverage => coverage.called("Coverage"),
            Self::CoverageOf(ix) => {
                let info = Info::in_area(Self::Coverage, Shows::CoverageOf(ix));
                Info {
                    chapter: chapter(ix),
                    ..info.called(framework(ix)).hidden_with(Hidden::Coverage)
                }
            }
            Self::CoverageTop(ix) => Info {
                chapter: chapter(catalogue.node(ix).framework),
                ..coverage.called(node(ix)).named_after(NamedAfter::Node(ix))
            },
            Self::CoverageLevel(ix, level) => coverage.named_after(NamedAfter::Level(ix, level)),
            Self::CoverageMeasures(_) => coverage,
            Self::Crosswalk => crosswalk.called("Crosswalk"),
            Self::CrosswalkOf(..) => crosswalk,
            Self::CrosswalkTop(ix, _) => {
                crosswalk.called(node(ix)).named_after(NamedAfter::Node(ix))
            }
            Self::ProviderOf(_) => provider.called("For the provider"),
            Self::Provider(ix, level) => provider.named_after(NamedAfter::Level(ix, level)),
            Self::Guide => Info::list(Self::Guide).called("Guide"),
            Self::Page(ix) => Info::in_area(Self::Guide, Shows::Page(ix))
                .called(&catalogue.page(ix).title)
                .chapter_of(Subject::Guide),
            Self::Threats => Info::in_area(Self::Threats, Shows::Threats)
                .called("Threats")
                .hidden_with(Hidden::Threats)
                .chapter_of(Subject::Threats),
            Self::Answers(ix) => Info::list(Self::Threats)
                .called(&catalogue.threat(ix).title)
                .named_after(NamedAfter::Threat(ix))
                .hidden_with(Hidden::Threats),
            Self::Glossary => Info::in_area(Self::Glossary, Shows::Glossary)
                .called("Glossary")
                .hidden_with(Hidden::Glossary)
                .chapter_of(Subject::Glossary),
            Self::Print => Info::apart(Shows::List)
                .called("The whole catalogue")
                .not_in_sitemap(),
            Self::Search => Info::list(Self::Search).called("Search"),
            Self::Data => Info::apart(Shows::Data)
                .called("Data")
                .hidden_with(Hidden::Data),
            Self::Accessibility => Info::apart(Shows::List).called("Accessibility"),
            Self::NotFound => Info::apart(Shows::List).not_in_sitemap(),
        }
    }

    /// The short name of a page; none of pages that are told apart by more than a name.
    #[must_use]
    pub fn name(self, catalogue: &Catalogue) -> Option<&str> {
        self.info(catalogue).name
    }

    /// How the search finds a page; none of pages that are found as what they show, or from the page that leads to them.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "an arm a kind of page")]
    pub fn search_entry(self, catalogue: &Catalogue) -> Option<SearchEntry<'_>> {
        let framework = |ix| &catalogue.framework(ix).name;
        let entry = |title, summary, keywords: &'static str| {
            let keywords = keywords.split(", ").collect();
            Some(SearchEntry {
                title,
                summary,
                keywords,
            })
        };
        let name = || self.name(catalogue).unwrap_or_default().to_owned();
        match self {
            Self::Measures => entry(
                name(),
                "All measures, to be narrowed by use case, responsibility, phase, kind, framework and level.",
                "security controls, safeguards, control catalogue, list of measures, overview, filter",
            ),
            Self::UseCases => entry(
                name(),
                "All use cases with their weights.",
                "scenarios, examples, fields of use",
            ),
            Self::Frameworks => entry(
                name(),
                "The laws, schemes and standards that the measures answer to.",
                "regulations, requirements, norms, rule books",
            ),
            Self::Checklists => entry(
                name(),
                "Statements to tick off, to print or to take into a table, by use case and role.",
                "check list, tick list, questionnaire, self-assessment, audit list, to-do list, printable, worksheet, form, template, Checkliste, liste de contrôle",
            ),
            Self::Checklist(list) => Some(checklist_entry(catalogue, list)),
            Self::Guide => entry(name(), "All pages of the guide.", "guidance, chapters"),
            Self::Threats => entry(
                name(),
                "All threats, with the measures that answer them.",
                "list of threats, threat list, threat register",
            ),
            Self::Glossary => entry(
                name(),
                "All terms.",
                "definitions, abbreviations, acronyms, meaning, dictionary, jargon, vocabulary, Glossar, glossaire",
            ),
            Self::Data => entry(
                "Data: JSON and CSV".to_owned(),
                "The whole catalogue to download and reuse, export as one document or as tables.",
                "API, Excel, XLSX, spreadsheet, machine-readable, open data, data set, schema, GRC tool",
            ),
            Self::Print => entry(
                "The whole catalogue to print".to_owned(),
                "All measures, use cases, frameworks and pages of the guide as one document.",
                "printable version, PDF, one document, everything on one page, whole site, offline copy, paper copy, book",
            ),
            Self::Accessibility => entry(
                name(),
                "What is declared of the accessibility of this site, and whom to tell of a barrier.",
                "barrier-free, WCAG, EN 301 549, screen reader, keyboard use, disability, blind, visually impaired, a11y, BITV",
            ),
            Self::Matrix(grid @ Grid { block: None, .. }) => match grid.against {
                Against::UseCases => entry(
                    "Matrix of measures and use cases".to_owned(),
                    "How much each measure weighs in each use case, with the reason.",
                    "relevance, priorities, prioritise, which measures matter, importance",
                ),
                Against::Framework(ix) => entry(
                    format!("Matrix of measures and {}", framework(ix)),
                    "How many requirements each measure answers to, as a heat map.",
                    "mapping table, control mapping, cross-reference, traceability matrix",
                ),
                Against::Top(_) => None,
            },
            Self::Coverage => entry(
                name(),
                "What is mapped, left out with a reason, or open.",
                "gaps, gap analysis, not covered, unmapped, missing requirements, shortfall, completeness",
            ),
            Self::CoverageOf(ix) => entry(
                format!("Coverage of {}", framework(ix)),
                "What is mapped, left out with a reason, or open, by level and part.",
                "gaps, gap analysis, not covered, unmapped, missing requirements, shortfall, completeness",
            ),
            Self::Crosswalk => entry(
                name(),
                "From the requirements of one framework to those of another, over practices: derived.",
                "framework comparison, mapping between frameworks, concordance, equivalence table",
            ),
            Self::CrosswalkOf(from, to) => entry(
                format!("Crosswalk from {} to {}", framework(from), framework(to)),
                "Requirements that share a practice: derived, with the practices on the way.",
                "comparison, mapping, concordance",
            ),
            Self::ProviderOf(ix) => entry(
                format!("{} for the provider", framework(ix)),
                "What each level of a certificate backs, and what is left to the customer.",
                "certified provider, what a certificate covers, inherited controls, certificate scope, evidence from the provider",
            ),
            Self::Provider(ix, level) => entry(
                format!(
                    "{} {} for the provider",
                    framework(ix),
                    catalogue.framework(ix).levels[level]
                ),
                "What a certificate at this level backs, practice by practice, and what is left to the customer.",
                "certified provider, what a certificate covers",
            ),
            Self::Home
            | Self::Group(_)
            | Self::Measure(_)
            | Self::UseCase(_)
            | Self::Framework(_)
            | Self::Node(_)
            | Self::Matrix(_)
            | Self::CoverageTop(_)
            | Self::CoverageLevel(..)
            | Self::CoverageMeasures(_)
            | Self::CrosswalkTop(..)
            | Self::Page(_)
            | Self::Answers(_)
            | Self::Search
            | Self::NotFound => None,
        }
    }
}

/// A checklist is also found by the words of its use case, and by those of who acts.
fn checklist_entry(catalogue: &Catalogue, list: Checklist) -> SearchEntry<'_> {
    let by: &[&str] = match list.by {
        Some(Actor::Customer) => &["hospital", "buyer", "our side"],
        Some(Actor::Provider) => &["vendor", "supplier", "manufacturer", "tender"],
        Some(Actor::Shared) => &["both sides", "joint"],
        None => &["audit", "complete"],
    };
    let use_case = list.use_case.map(|ix| catalogue.use_case(ix));
    let subject = use_case.map_or("all measures", |use_case| &use_case.title);
    let of_use_case = use_case.iter().flat_map(|use_case| &use_case.keywords);
    let all = ["questionnaire", "self-assessment", "worksheet"];
    SearchEntry {
        title: format!("Checklist: {subject}, {}", list.word()),
        summary: "Practices to tick off, with the evidence to ask for.",
        keywords: all
            .iter()
            .chain(by)
            .copied()
            .chain(of_use_case.map(String::as_str))
            .collect(),
    }
}
