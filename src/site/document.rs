//! The whole catalogue as one document: its parts, and which pages of the site are their chapters.
//!
//! Entry: [`Document::new`]. Invariant: a page is one chapter at most, and two chapters never share an anchor.

use super::{PageEntry, PageKind, Site};
use crate::catalogue::{Catalogue, FrameworkIx, GroupIx};

/// The parts in their order.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Each with a chapter at least.
    pub parts: Vec<DocumentPart>,
}

/// A part of the document.
#[derive(Debug, Clone)]
pub struct DocumentPart {
    /// What it is about.
    pub subject: Subject,
    /// Positions among the pages of the site.
    pub chapters: Vec<usize>,
}

/// What a part of the document is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The pages of prose.
    Guide,
    /// The measures of a group, by its place, or those without one.
    Measures(Option<GroupIx>),
    /// The use cases.
    UseCases,
    /// A framework, and what answers to it.
    Framework(FrameworkIx),
    /// The threats.
    Threats,
    /// The glossary.
    Glossary,
}

impl Document {
    /// The document of a site whose other pages are planned.
    pub(super) fn new(site: &Site, catalogue: &Catalogue) -> Self {
        let chapter = |(at, page): (usize, &PageEntry)| {
            let (subject, place) = subject_and_position(catalogue, page.kind)?;
            Some((order(subject), place, at, subject))
        };
        let pages = site.pages.iter().enumerate();
        let mut found: Vec<_> = pages.filter_map(chapter).collect();
        found.sort_unstable();
        let parts = found.chunk_by(|a, b| a.0 == b.0);
        let part = |chapters: &[(_, usize, usize, Subject)]| DocumentPart {
            subject: chapters[0].3,
            chapters: chapters.iter().map(|it| it.2).collect(),
        };
        Self {
            parts: parts.map(part).collect(),
        }
    }
}

/// Where a part stands among the others.
fn order(subject: Subject) -> (u8, usize) {
    match subject {
        Subject::Guide => (0, 0),
        Subject::Measures(group) => (1, group.map_or(usize::MAX, GroupIx::index)),
        Subject::UseCases => (2, 0),
        Subject::Framework(ix) => (3, ix.index()),
        Subject::Threats => (4, 0),
        Subject::Glossary => (5, 0),
    }
}

/// The part of a page, and its place there before that among all pages; none for what the document leaves out.
fn subject_and_position(catalogue: &Catalogue, kind: PageKind) -> Option<(Subject, usize)> {
    let subject = kind.info(catalogue).chapter?;
    let place = if let PageKind::Measure(ix) = kind {
        catalogue.place_in_order(ix)
    } else {
        0
    };
    Some((subject, place))
}
