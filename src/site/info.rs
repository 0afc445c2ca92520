//! What is known of a page by its kind, before it is rendered: the type, and how an arm of [`PageKind::info`] is written.
//!
//! Entry: [`PageKind::info`], [`PageEntry::info`]. Crumbs, navigation, foot, edit links, dates, preview, sitemap, JSON-LD, the printed document and what can be hidden read it.

use super::{PageEntry, PageKind, Subject};
use crate::catalogue::{
    Catalogue, FrameworkIx, GroupIx, MeasureIx, NodeIx, PageIx, ThreatIx, UseCaseIx,
};
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
    /// What its route is named after.
    pub named_after: NamedAfter,
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

/// What a page's route is named after, to tell an author which two records would share a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedAfter {
    /// No record.
    Book,
    /// The id of a measure.
    Measure(MeasureIx),
    /// The id of a use case.
    UseCase(UseCaseIx),
    /// The id of a framework.
    Framework(FrameworkIx),
    /// A level of a framework, by its place.
    Level(FrameworkIx, usize),
    /// The id of a node.
    Node(NodeIx),
    /// The id of a group.
    Group(GroupIx),
    /// The id of a threat.
    Threat(ThreatIx),
    /// The path of a page of prose.
    Page,
}

impl Shows {
    const fn named_after(self) -> NamedAfter {
        match self {
            Self::Measure(ix) => NamedAfter::Measure(ix),
            Self::UseCase(ix) => NamedAfter::UseCase(ix),
            Self::Framework(ix) => NamedAfter::Framework(ix),
            Self::Node(ix) => NamedAfter::Node(ix),
            Self::Page(_) => NamedAfter::Page,
            Self::Site
            | Self::CoverageOf(_)
            | Self::Threats
            | Self::Glossary
            | Self::Data
            | Self::List => NamedAfter::Book,
        }
    }
}

impl<'a> PageInfo<'a> {
    /// A page in an area.
    pub(super) const fn in_area(area: PageKind, shows: Shows) -> Self {
        Self {
            name: None,
            area: Some(area),
            hideable: None,
            shows,
            in_sitemap: true,
            chapter: None,
            named_after: shows.named_after(),
        }
    }

    /// A way to other pages, in an area.
    pub(super) const fn list(area: PageKind) -> Self {
        Self::in_area(area, Shows::List)
    }

    /// A page outside the navigation.
    pub(super) const fn apart(shows: Shows) -> Self {
        Self {
            area: None,
            ..Self::in_area(PageKind::Home, shows)
        }
    }

    pub(super) const fn called(self, name: &'a str) -> Self {
        Self {
            name: Some(name),
            ..self
        }
    }

    pub(super) const fn hidden_with(self, part: Hidden) -> Self {
        Self {
            hideable: Some(part),
            ..self
        }
    }

    pub(super) const fn not_in_sitemap(self) -> Self {
        Self {
            in_sitemap: false,
            ..self
        }
    }

    pub(super) const fn chapter_of(self, subject: Subject) -> Self {
        Self {
            chapter: Some(subject),
            ..self
        }
    }

    pub(super) const fn named_after(self, named_after: NamedAfter) -> Self {
        Self {
            named_after,
            ..self
        }
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
