//! What is known of a page by its kind, before it is rendered: one arm a kind, so that the compiler asks a new kind for all of it.
//!
//! Entry: [`PageKind::info`], [`PageEntry::info`]. Crumbs, navigation, foot, edit links, dates, preview, sitemap, JSON-LD, the printed document and what can be hidden read it.

use super::{Against, Grid, PageEntry, PageKind, Subject};
use crate::catalogue::{Catalogue, FrameworkIx, MeasureIx, NodeIx, PageIx, UseCaseIx};
use crate::config::Hidden;

/// What is known of a kind of page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageInfo<'a> {
    /// Its short name in the navigation, the way to a page, the foot and the search; none of pages that are told apart by more
    /// than a name.
    pub name: Option<&'a str>,
    /// The page of the navigation to which it belongs.
    pub area: Option<PageKind>,
    /// The part of the site that `book.toml` can hide, if it is in one.
    pub hideable: Option<Hidden>,
    /// What it shows.
    pub shows: Shows,
    /// Whether the sitemap has it: a page of its own that repeats no other.
    pub in_sitemap: bool,
    /// The part of the printed document in which it is a chapter.
    pub chapter: Option<Subject>,
}

/// What a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// The site as a whole.
    Site,
    /// A record of its own.
    Measure(MeasureIx),
    /// A record of its own.
    UseCase(UseCaseIx),
    /// A record of its own.
    Framework(FrameworkIx),
    /// A record of its own.
    Node(NodeIx),
    /// A record of its own.
    Page(PageIx),
    /// What is mapped of a framework, as its set of mappings says.
    CoverageOf(FrameworkIx),
    /// The threats of the book.
    Threats,
    /// The terms of the book.
    Glossary,
    /// What there is to download.
    Data,
    /// A list, or what is derived.
    List,
}

impl<'a> PageInfo<'a> {
    /// A page in an area.
    const fn of(area: PageKind, shows: Shows) -> Self {
        Self {
            name: None,
            area: Some(area),
            hideable: None,
            shows,
            in_sitemap: true,
            chapter: None,
        }
    }

    /// A way to other pages, in an area.
    const fn list(area: PageKind) -> Self {
        Self::of(area, Shows::List)
    }

    /// A page outside the navigation.
    const fn apart(shows: Shows) -> Self {
        Self {
            area: None,
            ..Self::of(PageKind::Home, shows)
        }
    }

    const fn called(self, name: &'a str) -> Self {
        Self {
            name: Some(name),
            ..self
        }
    }

    const fn hidden_with(self, part: Hidden) -> Self {
        Self {
            hideable: Some(part),
            ..self
        }
    }

    const fn not_in_sitemap(self) -> Self {
        Self {
            in_sitemap: false,
            ..self
        }
    }

    const fn chapter_of(self, subject: Subject) -> Self {
        Self {
            chapter: Some(subject),
            ..self
        }
    }
}

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
            Self::Group(_) => Info::list(Self::Measures),
            Self::Measure(ix) => Info::of(Self::Measures, Shows::Measure(ix))
                .called(&catalogue.measure(ix).id)
                .chapter_of(Subject::Measures(catalogue.measure(ix).group)),
            Self::UseCases => Info::list(Self::UseCases).called("Use cases"),
            Self::UseCase(ix) => Info::of(Self::UseCases, Shows::UseCase(ix))
                .called(&catalogue.use_case(ix).title)
                .chapter_of(Subject::UseCases),
            Self::Frameworks => Info::list(Self::Frameworks).called("Frameworks"),
            Self::Framework(ix) => Info::of(self, Shows::Framework(ix))
                .called(framework(ix))
                .chapter_of(Subject::Framework(ix)),
            Self::Node(ix) => {
                let area = Self::Framework(catalogue.node(ix).framework);
                Info::of(area, Shows::Node(ix)).called(node(ix))
            }
            Self::Checklists => checklists.called("Checklists"),
            Self::Checklist(_) => checklists,
            Self::Matrix(_) => Info::list(MATRICES)
                .called("Matrix")
                .hidden_with(Hidden::Matrix),
            Self::Coverage => coverage.called("Coverage"),
            Self::CoverageOf(ix) => {
                let info = Info::of(Self::Coverage, Shows::CoverageOf(ix));
                Info {
                    chapter: chapter(ix),
                    ..info.called(framework(ix)).hidden_with(Hidden::Coverage)
                }
            }
            Self::CoverageTop(ix) => Info {
                chapter: chapter(catalogue.node(ix).framework),
                ..coverage.called(node(ix))
            },
            Self::CoverageLevel(..) | Self::CoverageMeasures(_) => coverage,
            Self::Crosswalk => crosswalk.called("Crosswalk"),
            Self::CrosswalkOf(..) => crosswalk,
            Self::CrosswalkTop(ix, _) => crosswalk.called(node(ix)),
            Self::ProviderOf(_) => provider.called("For the provider"),
            Self::Provider(..) => provider,
            Self::Guide => Info::list(Self::Guide).called("Guide"),
            Self::Page(ix) => Info::of(Self::Guide, Shows::Page(ix))
                .called(&catalogue.page(ix).title)
                .chapter_of(Subject::Guide),
            Self::Threats => Info::of(Self::Threats, Shows::Threats)
                .called("Threats")
                .hidden_with(Hidden::Threats)
                .chapter_of(Subject::Threats),
            Self::Answers(ix) => Info::list(Self::Threats)
                .called(&catalogue.threat(ix).title)
                .hidden_with(Hidden::Threats),
            Self::Glossary => Info::of(Self::Glossary, Shows::Glossary)
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
}

impl PageEntry {
    /// What is known of this page; a numbered page shows a part of a list, and no record of its own.
    #[must_use]
    pub fn info<'a>(&self, catalogue: &'a Catalogue) -> PageInfo<'a> {
        let info = self.kind.info(catalogue);
        let shows = if self.number == 0 {
            info.shows
        } else {
            Shows::List
        };
        PageInfo { shows, ..info }
    }
}
