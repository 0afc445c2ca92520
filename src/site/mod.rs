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
mod info;
mod names;
mod plan;
mod sheets;
mod sources;
mod stretches;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use rustc_hash::FxHashMap;

pub use address::{Address, asset_route, fragment, percent, relative, safe};
pub use checklists::{Checklists, Listing, Part};
pub use clash::DUPLICATE_ROUTE;
pub use document::{Document, DocumentPart, Subject};
pub use downloads::{Column, DataFile, DataList, Downloads, FORMAT, Holds};
pub use edition::Edition;
pub use info::{MATRICES, PageInfo, Shows};
pub use sheets::{Against, COLUMNS, Columns, Layout, REASONS, Rows, Sheet, Sheets};
pub use stretches::{BESIDE, List, Table, rows_of, stretches};

use crate::catalogue::{
    Answers, Batch, Catalogue, Checklist, FrameworkIx, GroupIx, LISTED, MeasureIx, NodeIx, PageIx,
    PracticeIx, Target, Thing, ThreatIx, UseCaseIx,
};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::source::Place;
use crate::source::SourcePath;

/// What a page shows.
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
    /// A checklist, or the overview of its parts.
    Checklist(Checklist),
    /// A part of a checklist, by position.
    ChecklistPart(Checklist, u32),
    /// A page of a matrix.
    Matrix(Sheet),
    /// The coverage of every framework.
    Coverage,
    /// The coverage of a framework.
    CoverageOf(FrameworkIx),
    /// The leaves under a node by their standing: a top, or a node under one whose list is too long.
    CoverageTop(NodeIx),
    /// The coverage of a framework at one of its level places.
    CoverageLevel(FrameworkIx, usize),
    /// A batch of measures, and what of them a framework has no requirement for, where one list would be too long.
    CoverageMeasures(FrameworkIx, usize),
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
    /// What a level says of a batch of measures, where one list would be too long.
    ProviderPart(FrameworkIx, usize, usize),
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
    /// A stretch of a list that is too long for one page, by position.
    Stretch(List, usize),
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

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageEntry {
    /// Its path in the site.
    pub route: String,
    /// What it shows.
    pub kind: PageKind,
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
    pub sheets: Sheets,
    /// The measures as lists by measure are divided; one batch where they are whole.
    pub batches: Vec<Batch>,
    /// What leads to each threat.
    pub answers: Vec<Answers>,
    /// The pages that make up the whole catalogue as one document; empty where it is not made.
    pub document: Document,
    /// The page of each kind, by position.
    by_kind: FxHashMap<PageKind, usize>,
    /// The page at each route, by position; routes in lower case.
    by_route: HashMap<String, usize>,
    /// Where texts link to pages that `book.toml` hides: these links are shown as text.
    pub unshown_links: Vec<Place>,
    /// Routes of pages that `book.toml` hides.
    unshown: BTreeSet<String>,
}

impl Site {
    /// The nodes of a table of coverage.
    #[must_use]
    pub fn rows_of(&self, catalogue: &Catalogue, table: Table) -> Vec<NodeIx> {
        match table {
            Table::Of(ix) | Table::Level(ix, _) => catalogue.framework(ix).tops.clone(),
            Table::Under(ix) => self.parts(catalogue, ix, PageKind::CoverageTop),
        }
    }

    /// Plans the pages of a catalogue, without the parts that are hidden.
    #[must_use]
    pub fn plan(catalogue: &Catalogue, config: &Config) -> Self {
        plan::pages(catalogue, config)
    }

    /// The route of a page, if the site has it.
    #[must_use]
    pub fn route(&self, kind: PageKind) -> Option<&str> {
        let at = self.by_kind.get(&kind)?;
        Some(&self.pages[*at].route)
    }

    /// The page at a route, by position.
    #[must_use]
    pub fn page_at(&self, route: &str) -> Option<usize> {
        let at = self.by_route.get(&route.to_lowercase())?;
        (self.pages[*at].route == route).then_some(*at)
    }

    /// The page on which a row of a list stands: a stretch of it, where it is divided.
    #[must_use]
    pub fn place(&self, list: List, row: usize) -> PageKind {
        let kind = PageKind::Stretch(list, stretches::stretch_of(row));
        if self.by_kind.contains_key(&kind) {
            kind
        } else {
            list.page()
        }
    }

    /// The nearest nodes under one that have a page of a kind of list: its parts, where the list is divided.
    #[must_use]
    pub fn parts(
        &self,
        catalogue: &Catalogue,
        ix: NodeIx,
        kind: impl Fn(NodeIx) -> PageKind,
    ) -> Vec<NodeIx> {
        catalogue.nearest_below(ix, |it| self.by_kind.contains_key(&kind(it)))
    }

    /// Where a target of a link stands; none for what has no page, or an address on the web.
    #[must_use]
    pub fn address<'a>(
        &'a self,
        catalogue: &'a Catalogue,
        target: &'a Target,
    ) -> Option<Address<'a>> {
        let (kind, own) = match &target.thing {
            Thing::Home => (PageKind::Home, None),
            Thing::Measure(ix) => (PageKind::Measure(*ix), None),
            Thing::Practice(ix) => (
                PageKind::Measure(catalogue.practice(*ix).measure),
                Some(practice_anchor(catalogue, *ix)),
            ),
            Thing::UseCase(ix) => (PageKind::UseCase(*ix), None),
            Thing::Framework(ix) => (PageKind::Framework(*ix), None),
            Thing::Node(ix) => {
                let own = self.node_address(catalogue, *ix)?;
                let anchor = target.anchor.as_deref().map(Cow::Borrowed);
                return Some(Address {
                    anchor: anchor.or(own.anchor),
                    ..own
                });
            }
            Thing::Page(ix) => (PageKind::Page(*ix), None),
            Thing::Threat(ix) => (
                self.place(List::Threats, ix.at()),
                Some(Cow::Borrowed(catalogue.threat(*ix).id.as_str())),
            ),
            Thing::Term(ix) => (
                self.place(List::Glossary, ix.at()),
                Some(Cow::Borrowed(catalogue.term(*ix).slug.as_str())),
            ),
            Thing::Threats => (PageKind::Threats, None),
            Thing::Glossary => (PageKind::Glossary, None),
            Thing::Asset(ix) => {
                return Some(Address {
                    route: asset_route(catalogue.asset(*ix)).into(),
                    anchor: target.anchor.as_deref().map(Cow::Borrowed),
                });
            }
            Thing::Here => {
                return Some(Address {
                    route: Cow::Borrowed(""),
                    anchor: target.anchor.as_deref().map(Cow::Borrowed),
                });
            }
            Thing::Made(route) => return self.made(route),
            Thing::Web(_) => return None,
        };
        let anchor = target.anchor.as_deref().map(Cow::Borrowed);
        Some(Address {
            route: self.route(kind)?.into(),
            anchor: anchor.or(own),
        })
    }

    /// A page by its route without an ending.
    fn made(&self, route: &str) -> Option<Address<'_>> {
        let at = self.page_at(&format!("{route}.html"))?;
        Some(Address {
            route: self.pages[at].route.as_str().into(),
            anchor: None,
        })
    }

    /// The page on which a node without one of its own stands: as a heading over rows, it stands where the first is.
    fn heading(&self, catalogue: &Catalogue, page: NodeIx, ix: NodeIx) -> PageKind {
        let list = List::Below(page);
        if !self.by_kind.contains_key(&PageKind::Stretch(list, 0))
            || below(catalogue, ix).is_empty()
        {
            return PageKind::Node(page);
        }
        let row = below(catalogue, page).partition_point(|it| *it < ix);
        self.place(list, row)
    }

    /// A node's own page, or its anchor on the nearest page above it.
    fn node_address<'a>(&'a self, catalogue: &'a Catalogue, ix: NodeIx) -> Option<Address<'a>> {
        let node = catalogue.node(ix);
        match catalogue.page_node(ix) {
            Some(page) => {
                let kind = if page == ix {
                    PageKind::Node(page)
                } else {
                    self.heading(catalogue, page, ix)
                };
                Some(Address {
                    route: self.route(kind)?.into(),
                    anchor: (page != ix).then(|| node.slug.as_str().into()),
                })
            }
            None => {
                let top = catalogue.above(ix).first().copied().unwrap_or(ix);
                let tops = &catalogue.framework(node.framework).tops;
                let row = tops.partition_point(|it| *it < top);
                let kind = self.place(List::Tops(node.framework), row);
                Some(Address {
                    route: self.route(kind)?.into(),
                    anchor: Some(node.slug.as_str().into()),
                })
            }
        }
    }
}

/// The nodes with pages under a node: what its page lists.
#[must_use]
pub fn below(catalogue: &Catalogue, ix: NodeIx) -> Vec<NodeIx> {
    catalogue.nearest_below(ix, |it| catalogue.kind_of(it).page)
}

/// The anchor of a leaf’s row in a list of leaves.
#[must_use]
pub fn leaf_anchor(catalogue: &Catalogue, ix: NodeIx) -> String {
    format!("leaf-{}", safe(&catalogue.node(ix).slug))
}

/// Whether the index of measures is divided into a page a group.
#[must_use]
pub fn splits(catalogue: &Catalogue) -> bool {
    catalogue.measures.len() > LISTED
}

fn practice_anchor(catalogue: &Catalogue, ix: PracticeIx) -> Cow<'_, str> {
    safe(&catalogue.practice(ix).id)
}
