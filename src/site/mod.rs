//! Every page of the site and its route, before the first page is rendered.
//!
//! Entry: [`Site::plan`]. Invariant: two pages never share a route, and every link is relative and names a file.

mod address;
mod checklists;
mod clash;
mod clashes;
mod document;
mod downloads;
mod edition;
mod grids;
mod info;
mod kind;
mod pagination;
mod plan;
mod sources;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use rustc_hash::FxHashMap;

pub use address::{Address, asset_route, fragment, percent, relative, safe};
pub use checklists::{Checklists, Statements};
pub use clash::DUPLICATE_ROUTE;
pub use document::{Document, DocumentPart, Subject};
pub use downloads::{Column, DataFile, DataList, Downloads, FORMAT, Holds};
pub use edition::Edition;
pub use grids::{Against, Columns, Grid, Grids, Layout, Rows};
pub use info::{PageInfo, Shows};
pub use kind::{MATRICES, PageKind, SearchEntry};
pub use pagination::{
    MAX_COLUMNS, MAX_INLINE, MAX_ROWS, Pagination, children_with_pages, split, ungrouped,
};

use crate::catalogue::{AnchoredTarget, Answers, Catalogue, LinkTarget, NodeIx, PracticeIx};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::source::SourceLocation;
use crate::source::SourcePath;

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageEntry {
    /// Its path in the site.
    pub route: String,
    /// What it shows.
    pub kind: PageKind,
    /// Which page of its list it is, from 1; 0 is the list's own page.
    pub number: usize,
    /// The file that it is made from first; `book.toml` for one that is made of the whole book.
    pub source: SourcePath,
}

/// Every page and its route.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Pages in the order of the navigation.
    pub pages: Vec<PageEntry>,
    /// Routes that are taken twice.
    pub diagnostics: Vec<Diagnostic>,
    /// Which practices each checklist holds.
    pub checklists: Checklists,
    /// What stands on each page of a matrix.
    pub grids: Grids,
    /// What leads to each threat.
    pub answers: Vec<Answers>,
    /// The pages that make up the whole catalogue as one document; empty where it is not made.
    pub document: Document,
    /// The lists that are too long for their own pages.
    divided: FxHashMap<PageKind, Pagination>,
    /// The pages of each kind, by number and position.
    by_kind: FxHashMap<(PageKind, usize), usize>,
    /// The page at each route, by position; routes in lower case.
    by_route: HashMap<String, usize>,
    /// Where texts link to pages that `book.toml` hides: these links are shown as text.
    pub unshown_links: Vec<SourceLocation>,
    /// Routes of pages that `book.toml` hides.
    unshown: BTreeSet<String>,
}

impl Site {
    /// Plans the pages of a catalogue, without the parts that are hidden.
    #[must_use]
    pub fn plan(catalogue: &Catalogue, config: &Config) -> Self {
        plan::pages(catalogue, config)
    }

    /// The route of a page, if the site has it.
    #[must_use]
    pub fn route(&self, kind: PageKind) -> Option<&str> {
        self.route_of_page(kind, 0)
    }

    /// The route of a numbered page, if the site has it.
    #[must_use]
    pub fn route_of_page(&self, kind: PageKind, number: usize) -> Option<&str> {
        let at = self.by_kind.get(&(kind, number))?;
        Some(&self.pages[*at].route)
    }

    /// The entries on each numbered page of a list; none where it stands whole on its own page.
    #[must_use]
    pub fn list_pages(&self, kind: PageKind) -> &[Range<usize>] {
        self.divided.get(&kind).map_or(&[], Pagination::pages)
    }

    /// The number of the page on which an entry of a list stands.
    #[must_use]
    pub fn number_of(&self, kind: PageKind, entry: usize) -> usize {
        let pagination = self.divided.get(&kind);
        pagination.map_or(0, |it| it.page_of(entry))
    }

    /// The page at a route, by position.
    #[must_use]
    pub fn page_at(&self, route: &str) -> Option<usize> {
        let at = self.by_route.get(&route.to_lowercase())?;
        (self.pages[*at].route == route).then_some(*at)
    }

    /// The nearest nodes under one that have a page of a kind of list: its parts, where the list is divided.
    #[must_use]
    pub fn parts(
        &self,
        catalogue: &Catalogue,
        ix: NodeIx,
        kind: impl Fn(NodeIx) -> PageKind,
    ) -> Vec<NodeIx> {
        catalogue.nearest_below(ix, |it| self.route(kind(it)).is_some())
    }

    /// Where a target of a link stands; none for what has no page, or an address on the web.
    #[must_use]
    pub fn address<'a>(
        &'a self,
        catalogue: &'a Catalogue,
        target: &'a AnchoredTarget,
    ) -> Option<Address<'a>> {
        let mut entry = None;
        let (kind, own) = match &target.item {
            LinkTarget::Home => (PageKind::Home, None),
            LinkTarget::Measure(ix) => (PageKind::Measure(*ix), None),
            LinkTarget::Practice(ix) => (
                PageKind::Measure(catalogue.practice(*ix).measure),
                Some(practice_anchor(catalogue, *ix)),
            ),
            LinkTarget::UseCase(ix) => (PageKind::UseCase(*ix), None),
            LinkTarget::Framework(ix) => (PageKind::Framework(*ix), None),
            LinkTarget::Node(ix) => {
                let own = self.node_address(catalogue, *ix)?;
                let anchor = target.anchor.as_deref().map(Cow::Borrowed);
                return Some(Address {
                    anchor: anchor.or(own.anchor),
                    ..own
                });
            }
            LinkTarget::Page(ix) => (PageKind::Page(*ix), None),
            LinkTarget::Threat(ix) => {
                entry = Some(ix.index());
                let id = catalogue.threat(*ix).id.as_str();
                (PageKind::Threats, Some(Cow::Borrowed(id)))
            }
            LinkTarget::Term(ix) => {
                entry = Some(ix.index());
                let slug = catalogue.term(*ix).slug.as_str();
                (PageKind::Glossary, Some(Cow::Borrowed(slug)))
            }
            LinkTarget::Threats => (PageKind::Threats, None),
            LinkTarget::Glossary => (PageKind::Glossary, None),
            LinkTarget::Asset(ix) => {
                return Some(Address {
                    route: asset_route(catalogue.asset(*ix)).into(),
                    anchor: target.anchor.as_deref().map(Cow::Borrowed),
                });
            }
            LinkTarget::Here => {
                return Some(Address {
                    route: Cow::Borrowed(""),
                    anchor: target.anchor.as_deref().map(Cow::Borrowed),
                });
            }
            LinkTarget::SitePage(route) => return self.page_without_ending(route),
            LinkTarget::Web(_) => return None,
        };
        let anchor = target.anchor.as_deref().map(Cow::Borrowed);
        let number = entry.map_or(0, |it| self.number_of(kind, it));
        Some(Address {
            route: self.route_of_page(kind, number)?.into(),
            anchor: anchor.or(own),
        })
    }

    /// A page by its route without an ending.
    fn page_without_ending(&self, route: &str) -> Option<Address<'_>> {
        let at = self.page_at(&format!("{route}.html"))?;
        Some(Address {
            route: self.pages[at].route.as_str().into(),
            anchor: None,
        })
    }

    /// The number of the page of a node's list on which a node without a page of its own stands.
    fn number_of_inner(&self, catalogue: &Catalogue, page: NodeIx, ix: NodeIx) -> usize {
        let kind = PageKind::Node(page);
        if self.list_pages(kind).is_empty() {
            return 0;
        }
        let entries = NodeEntries::new(catalogue, page);
        self.number_of(kind, entries.position(catalogue, ix))
    }

    /// A node's own page, or its anchor on the nearest page above it.
    fn node_address<'a>(&'a self, catalogue: &'a Catalogue, ix: NodeIx) -> Option<Address<'a>> {
        let node = catalogue.node(ix);
        let (kind, number) = match catalogue.page_node(ix) {
            Some(page) if page == ix => (PageKind::Node(page), 0),
            Some(page) => (
                PageKind::Node(page),
                self.number_of_inner(catalogue, page, ix),
            ),
            None => {
                let kind = PageKind::Framework(node.framework);
                let root = catalogue.ancestors(ix).first().copied().unwrap_or(ix);
                let roots = &catalogue.framework(node.framework).roots;
                let entry = roots.partition_point(|it| *it < root);
                (kind, self.number_of(kind, entry))
            }
        };
        Some(Address {
            route: self.route_of_page(kind, number)?.into(),
            anchor: (kind != PageKind::Node(ix)).then(|| node.slug.as_str().into()),
        })
    }
}

/// What the page of a node lists: nodes without a page, each with what stands under it, then nodes with pages.
#[derive(Debug, Clone)]
pub struct NodeEntries {
    /// The nodes directly under it with no page of their own and none under them.
    pub inner: Vec<NodeIx>,
    /// The nearest nodes under it with pages.
    pub children: Vec<NodeIx>,
}

impl NodeEntries {
    /// What the page of a node lists.
    #[must_use]
    pub fn new(catalogue: &Catalogue, ix: NodeIx) -> Self {
        let has_page = |it: NodeIx| catalogue.kind_of(it).page;
        let without = |it: &NodeIx| !catalogue.tree(*it).any(has_page);
        let inner = catalogue.node(ix).children.iter().copied();
        Self {
            inner: inner.filter(without).collect(),
            children: children_with_pages(catalogue, ix),
        }
    }

    /// An entry by position.
    #[must_use]
    pub fn get(&self, at: usize) -> NodeIx {
        let inner = self.inner.get(at);
        inner
            .copied()
            .unwrap_or_else(|| self.children[at - self.inner.len()])
    }

    /// Some of the entries.
    #[must_use]
    pub fn some(&self, entries: &Range<usize>) -> Self {
        let (inner, children) = split(entries, self.inner.len());
        Self {
            inner: self.inner[inner].to_vec(),
            children: self.children[children].to_vec(),
        }
    }

    /// How many entries there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.inner.len() + self.children.len()
    }

    /// The entry with a node: itself, the one that it stands under, or the first under it where it is a heading.
    fn position(&self, catalogue: &Catalogue, ix: NodeIx) -> usize {
        let end = |it: &NodeIx| it.index() + catalogue.node(*it).size;
        let holds = |it: &NodeIx| (it.index()..=end(it)).contains(&ix.index());
        let inner = self.inner.iter().position(holds);
        inner.unwrap_or_else(|| self.inner.len() + self.children.partition_point(|it| *it < ix))
    }
}

/// The anchor of a leaf’s row in a list of leaves.
#[must_use]
pub fn leaf_anchor(catalogue: &Catalogue, ix: NodeIx) -> String {
    format!("leaf-{}", safe(&catalogue.node(ix).slug))
}

/// Whether the index of measures is divided into a page a group.
#[must_use]
pub fn splits(catalogue: &Catalogue) -> bool {
    catalogue.measures.len() > MAX_ROWS
}

fn practice_anchor(catalogue: &Catalogue, ix: PracticeIx) -> Cow<'_, str> {
    safe(&catalogue.practice(ix).id)
}
