//! What is known of a page by its kind, before it is rendered: one arm a kind, so that the compiler asks a new kind for all of it.
//!
//! Entry: [`PageKind::info`]. Navigation, sitemap, JSON-LD, the printed document and what can be hidden read it.

use super::stretches::{List, Table};
use super::{Against, PageKind, Sheet, Subject};
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
pub const MATRICES: PageKind = PageKind::Matrix(Sheet::first(Against::UseCases));

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
            Self::Checklists | Self::Checklist(_) | Self::ChecklistPart(..) => {
                Info::list(Self::Checklists).hidden_with(Hidden::Checklists)
            }
            Self::Matrix(_) => Info::list(MATRICES).hidden_with(Hidden::Matrix),
            Self::CoverageOf(ix) => mapped(coverage(Info::list(Self::Coverage)), ix),
            Self::CoverageTop(ix) => mapped(
                coverage(Info::list(Self::Coverage)),
                catalogue.node(ix).framework,
            ),
            Self::Coverage | Self::CoverageLevel(..) | Self::CoverageMeasures(..) => {
                coverage(Info::list(Self::Coverage))
            }
            Self::Crosswalk | Self::CrosswalkOf(..) | Self::CrosswalkTop(..) => {
                Info::list(Self::Coverage).hidden_with(Hidden::Crosswalk)
            }
            Self::ProviderOf(_) | Self::Provider(..) | Self::ProviderPart(..) => {
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
            Self::Stretch(list, _) => Self::stretch(list, catalogue),
            Self::Print | Self::NotFound => Info {
                in_sitemap: false,
                ..Info::apart(Shows::List)
            },
            Self::Search => Info::list(Self::Search),
            Self::Data => Info::apart(Shows::Data).hidden_with(Hidden::Data),
            Self::Accessibility => Info::apart(Shows::List),
        }
    }

    /// A stretch of a list: in the area of the list, and a chapter where its rows are texts.
    fn stretch(list: List, catalogue: &Catalogue) -> PageInfo {
        let whole = list.page().info(catalogue);
        let of_texts = match list {
            List::Tops(_) | List::Threats | List::Glossary | List::Numbers(Table::Of(_)) => true,
            List::Groups
            | List::Group(_)
            | List::UseCases
            | List::Below(_)
            | List::Guide
            | List::Answers(_)
            | List::Numbers(Table::Level(..) | Table::Under(_)) => false,
        };
        PageInfo {
            shows: Shows::List,
            chapter: whole.chapter.filter(|_| of_texts),
            ..whole
        }
    }
}
