//! Prose whose links are resolved.

use std::ops::Range;
use std::sync::Arc;

use super::{
    AssetIx, FrameworkIx, MeasureIx, NodeIx, PageIx, PracticeIx, TermIx, ThreatIx, UseCaseIx,
};
use crate::markdown::anchors::Anchors;
use crate::markdown::{Document, Heading};

/// A text with its resolved links.
#[derive(Debug, Clone)]
pub struct Prose {
    /// The text.
    pub document: Arc<Document>,
    /// The anchors of its headings, if it has a page of its own.
    pub anchors: Option<Arc<Anchors>>,
    /// The target of each of the document's links; none if it is broken.
    pub links: Vec<Option<AnchoredTarget>>,
    /// Citations in plain text, by run and range.
    pub cited: Vec<Cited>,
    /// Terms of the glossary in plain text, by run and range.
    pub terms: Vec<TermUse>,
}

impl Prose {
    /// Whether there is nothing to read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.document.is_empty()
    }

    /// Its headings, each with its anchor.
    pub fn headings(&self) -> impl Iterator<Item = (&Heading, &str)> {
        let ids = self.anchors.iter().flat_map(|it| &it.ids);
        self.document.headings.iter().zip(ids.map(String::as_str))
    }

    /// The text without mark-up.
    #[must_use]
    pub fn plain(&self) -> String {
        self.document.plain()
    }
}

/// What a link leads to, with the anchor there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnchoredTarget {
    /// What it leads to.
    pub item: LinkTarget,
    /// An anchor on its page, if it differs from its own.
    pub anchor: Option<String>,
}

impl From<LinkTarget> for AnchoredTarget {
    fn from(item: LinkTarget) -> Self {
        Self { item, anchor: None }
    }
}

/// Whatever a link can lead to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkTarget {
    /// The home page.
    Home,
    /// A measure.
    Measure(MeasureIx),
    /// A practice on its measure's page.
    Practice(PracticeIx),
    /// A use case.
    UseCase(UseCaseIx),
    /// A framework.
    Framework(FrameworkIx),
    /// A node of a framework.
    Node(NodeIx),
    /// A page of prose.
    Page(PageIx),
    /// A threat.
    Threat(ThreatIx),
    /// A term of the glossary.
    Term(TermIx),
    /// A picture or a document.
    Asset(AssetIx),
    /// The list of threats.
    Threats,
    /// The glossary.
    Glossary,
    /// A page of the site by its route without an ending: `checklists`, `coverage/eucs`.
    SitePage(String),
    /// The page that contains the link.
    Here,
    /// An address on the web.
    Web(String),
}

/// A citation in plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// The number of the run's event.
    pub event: usize,
    /// The range in the run, in bytes.
    pub range: Range<usize>,
    /// What is cited.
    pub target: LinkTarget,
}

/// A term of the glossary in plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermUse {
    /// The number of the run's event.
    pub event: usize,
    /// The range in the run, in bytes.
    pub range: Range<usize>,
    /// The term.
    pub term: TermIx,
}
