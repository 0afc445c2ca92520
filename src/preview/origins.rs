//! The source files of a page, and the source locations of the practices and mappings on it.
//!
//! Entry: [`files`], [`marks`]. The script finds a mark on the page by an anchor and by the links of its row, so that pages
//! need no attributes for it. Invariant: nothing here changes a page.

use crate::catalogue::{
    AnchoredTarget, Catalogue, LinkTarget, MappingIx, MeasureIx, NodeIx, Origin,
};
use crate::config::BOOK_TOML;
use crate::pipeline::Snapshot;
use crate::site::{PageEntry, PageKind, Shows, safe};
use crate::source::{SourceLocation, SourcePath, Span};

/// The record that a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PageOrigin<'a> {
    /// The kind of record.
    pub(super) kind: &'static str,
    /// Its title.
    pub(super) title: &'a str,
    /// Its file.
    pub(super) path: &'a SourcePath,
}

/// The record that a page shows; none for lists.
pub(super) fn page_origin<'a>(
    catalogue: &'a Catalogue,
    page: &PageEntry,
) -> Option<PageOrigin<'a>> {
    let (kind, title, path) = match page.info(catalogue).shows {
        Shows::Measure(ix) => {
            let measure = catalogue.measure(ix);
            ("measure", measure.title.as_str(), &measure.place.path)
        }
        Shows::UseCase(ix) => {
            let use_case = catalogue.use_case(ix);
            ("use case", use_case.title.as_str(), &use_case.place.path)
        }
        Shows::Framework(ix) => {
            let framework = catalogue.framework(ix);
            ("framework", framework.title.as_str(), &framework.path)
        }
        Shows::Node(ix) => {
            let node = catalogue.node(ix);
            ("node", node.name().unwrap_or_default(), &node.place.path)
        }
        Shows::Page(ix) => {
            let page = catalogue.page(ix);
            ("page", page.title.as_str(), &page.path)
        }
        Shows::Site
        | Shows::CoverageOf(_)
        | Shows::Threats
        | Shows::Glossary
        | Shows::Data
        | Shows::List => return None,
    };
    Some(PageOrigin { kind, title, path })
}

/// The source files of a page, prose before its record.
pub(super) fn files(snapshot: &Snapshot, kind: PageKind) -> Vec<SourceLocation> {
    let catalogue = &snapshot.book.catalogue;
    let mut out = kind.info(catalogue).shows.sources(catalogue);
    out.sort_by_key(|it| !it.path.ends_with(".md"));
    if kind == PageKind::Home {
        out.push(whole_file(&BOOK_TOML.into()));
    }
    if matches!(kind, PageKind::Measures | PageKind::Group(_)) {
        out.extend(catalogue.group_files().map(whole_file));
    }
    out
}

fn whole_file(path: &SourcePath) -> SourceLocation {
    SourceLocation {
        path: path.clone(),
        span: Span::default(),
    }
}

/// An element of a page and its source location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// The anchor of the element, or of the element that contains its row; empty for the whole page.
    pub(super) anchor: String,
    /// The addresses in the links of its row, from the site's root; empty if the anchor is enough.
    pub(super) links: Vec<String>,
    /// Its source location.
    pub(super) place: SourceLocation,
}

/// The practices, requirements and mappings on a page.
pub(super) fn marks(snapshot: &Snapshot, page: &PageEntry) -> Vec<Mark> {
    match page.info(&snapshot.book.catalogue).shows {
        Shows::Measure(ix) => measure_marks(snapshot, ix),
        Shows::Node(ix) => node_marks(snapshot, ix),
        Shows::Site
        | Shows::UseCase(_)
        | Shows::Framework(_)
        | Shows::Page(_)
        | Shows::CoverageOf(_)
        | Shows::Threats
        | Shows::Glossary
        | Shows::Data
        | Shows::List => Vec::new(),
    }
}

fn measure_marks(snapshot: &Snapshot, ix: MeasureIx) -> Vec<Mark> {
    let catalogue = &snapshot.book.catalogue;
    let practices = catalogue.practices_of(ix).map(|(_, it)| Mark {
        anchor: safe(&it.id).into_owned(),
        links: Vec::new(),
        place: it.place.clone(),
    });
    let mappings = catalogue.mappings_of(ix).iter().map(|it| {
        let mapping = catalogue.mapping(*it);
        let to = address(snapshot, LinkTarget::Node(mapping.to));
        let from = match mapping.from {
            Origin::Practice(ix) => address(snapshot, LinkTarget::Practice(ix)),
            Origin::Measure(_) => None,
        };
        Mark {
            anchor: String::new(),
            links: to.into_iter().chain(from).collect(),
            place: mapping.place.clone(),
        }
    });
    practices.chain(mappings).collect()
}

fn node_marks(snapshot: &Snapshot, ix: NodeIx) -> Vec<Mark> {
    let catalogue = &snapshot.book.catalogue;
    let here = catalogue
        .tree(ix)
        .filter(|it| catalogue.page_node(*it) == Some(ix));
    let mut out = Vec::new();
    for node in here {
        let anchor = if node == ix {
            String::new()
        } else {
            catalogue.node(node).slug.clone()
        };
        if node != ix {
            out.push(Mark {
                anchor: anchor.clone(),
                links: Vec::new(),
                place: catalogue.node(node).place.clone(),
            });
        }
        let mapped = snapshot.coverage().mappings_to(node).iter();
        out.extend(mapped.map(|it| mapping_mark(snapshot, &anchor, *it)));
        let gap = snapshot.coverage().gap_of(node);
        out.extend(gap.map(|at| Mark {
            anchor: anchor.clone(),
            links: Vec::new(),
            place: catalogue.gaps[at].place.clone(),
        }));
    }
    out
}

/// A mapping on the page of its target.
fn mapping_mark(snapshot: &Snapshot, anchor: &str, ix: MappingIx) -> Mark {
    let mapping = snapshot.book.catalogue.mapping(ix);
    let from = match mapping.from {
        Origin::Practice(ix) => address(snapshot, LinkTarget::Practice(ix)),
        Origin::Measure(ix) => address(snapshot, LinkTarget::Measure(ix)),
    };
    Mark {
        anchor: anchor.to_owned(),
        links: from.into_iter().collect(),
        place: mapping.place.clone(),
    }
}

/// The address of a record, from the site's root.
fn address(snapshot: &Snapshot, thing: LinkTarget) -> Option<String> {
    let read = &snapshot.book;
    let target = AnchoredTarget::from(thing);
    let address = read.site.address(&read.catalogue, &target)?;
    Some(address.seen_from(""))
}
