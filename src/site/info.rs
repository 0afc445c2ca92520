//! What is known of a page by its kind, before it is rendered: one arm a kind, so that the compiler asks a new kind for all of it.
//!
//! Entry: [`PageKind::info`], [`PageEntry::info`]. Navigation, sitemap, JSON-LD, the printed document and what can be hidden read it.

use super::{Against, Grid, PageEntry, PageKind, Subject};
use crate::catalogue::{Catalogue, FrameworkIx, MeasureIx, NodeIx, PageIx, UseCaseIx};
use crate::config::Hidden;

/// What is known of a kind of page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageInfo {
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
    /// The terms or the threats of the book.
    Terms,
    /// What there is to download.
    Data,
    /// A list, or what is derived.
    List,
}

impl PageInfo {
    /// A page in an area.
    const fn of(area: PageKind, shows: Shows) -> Self {
        Self {
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

    const fn hidden_with(self, part: Hidden) -> Self {
        Self {
            hideable: Some(part),
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
    pub fn info(self, catalogue: &Catalogue) -> PageInfo {
        use PageInfo as Info;
        let coverage = |it: Info| it.hidden_with(Hidden::Coverage);
        // A framework is a part of the document if something is mapped to it, or as its own text.
        let mapped = |it: Info, ix: FrameworkIx| {
            let set = catalogue.framework(ix).set;
            set.map_or(it, |_| it.chapter_of(Subject::Framework(ix)))
        };
        match self {
            Self::Home => Info::apart(Shows::Site),
            Self::Measures | Self::Group(_) => Info::list(Self::Measures),
            Self::Measure(ix) => Info::of(Self::Measures, Shows::Measure(ix))
                .chapter_of(Subject::Measures(catalogue.measure(ix).group)),
            Self::UseCases => Info::list(Self::UseCases),
            Self::UseCase(ix) => {
                Info::of(Self::UseCases, Shows::UseCase(ix)).chapter_of(Subject::UseCases)
            }
            Self::Frameworks => Info::list(Self::Frameworks),
            Self::Framework(ix) => {
                Info::of(self, Shows::Framework(ix)).chapter_of(Subject::Framework(ix))
            }
            Self::Node(ix) => Info::of(
                Self::Framework(catalogue.node(ix).framework),
                Shows::Node(ix),
            ),
            Self::Checklists | Self::Checklist(_) => {
                Info::list(Self::Checklists).hidden_with(Hidden::Checklists)
            }
            Self::Matrix(_) => Info::list(MATRICES).hidden_with(Hidden::Matrix),
            Self::CoverageOf(ix) => mapped(coverage(Info::list(Self::Coverage)), ix),
            Self::CoverageTop(ix) => mapped(
                coverage(Info::list(Self::Coverage)),
                catalogue.node(ix).framework,
            ),
            Self::Coverage | Self::CoverageLevel(..) | Self::CoverageMeasures(_) => {
                coverage(Info::list(Self::Coverage))
            }
            Self::Crosswalk | Self::CrosswalkOf(..) | Self::CrosswalkTop(..) => {
                Info::list(Self::Coverage).hidden_with(Hidden::Crosswalk)
            }
            Self::ProviderOf(_) | Self::Provider(..) => {
                Info::list(Self::Coverage).hidden_with(Hidden::Provider)
            }
            Self::Guide => Info::list(Self::Guide),
            Self::Page(ix) => Info::of(Self::Guide, Shows::Page(ix)).chapter_of(Subject::Guide),
            Self::Threats => Info::of(Self::Threats, Shows::Terms)
                .hidden_with(Hidden::Threats)
                .chapter_of(Subject::Threats),
            Self::Answers(_) => Info::list(Self::Threats).hidden_with(Hidden::Threats),
            Self::Glossary => Info::of(Self::Glossary, Shows::Terms)
                .hidden_with(Hidden::Glossary)
                .chapter_of(Subject::Glossary),
            Self::Print | Self::NotFound => Info {
                in_sitemap: false,
                ..Info::apart(Shows::List)
            },
            Self::Search => Info::list(Self::Search),
            Self::Data => Info::apart(Shows::Data).hidden_with(Hidden::Data),
            Self::Accessibility => Info::apart(Shows::List),
        }
    }
}

impl PageEntry {
    /// What is known of this page; a numbered page shows a part of a list, and no record of its own.
    #[must_use]
    pub fn info(&self, catalogue: &Catalogue) -> PageInfo {
        let info = self.kind.info(catalogue);
        let shows = if self.number == 0 {
            info.shows
        } else {
            Shows::List
        };
        PageInfo { shows, ..info }
    }
}
