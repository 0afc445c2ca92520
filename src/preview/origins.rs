//! From which files a page is made, and where its practices and mappings stand.
//!
//! Entry: [`files`], [`marks`]. A mark is found on the page by an anchor and by the links of its row, so that the page
//! itself need not know of it. Invariant: nothing here changes a page.

use crate::catalogue::{
    AnchoredTarget, Catalogue, LinkTarget, MappingIx, MeasureIx, NodeIx, Origin,
};
use crate::config::BOOK_TOML;
use crate::pipeline::Snapshot;
use crate::site::{PageEntry, PageKind, Shows, safe};
use crate::source::{SourceLocation, SourcePath, Span};

/// What a page of its own is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Subject<'a> {
    /// What it is, in a word.
    pub(super) kind: &'static str,
    /// What it is called.
    pub(super) title: &'a str,
    /// Its file.
    pub(super) path: &'a SourcePath,
}

/// The record that a page is about; none for lists.
pub(super) fn subject<'a>(catalogue: &'a Catalogue, page: &PageEntry) -> Option<Subject<'a>> {
    let (kind, title, path) = match page.info(catalogue).shows {
        Shows::Measure(ix) => {
            let it = catalogue.measure(ix);
            ("measure", it.title.as_str(), &it.place.path)
        }
        Shows::UseCase(ix) => {
            let it = catalogue.use_case(ix);
            ("use case", it.title.as_str(), &it.place.path)
        }
        Shows::Framework(ix) => {
            let it = catalogue.framework(ix);
            ("framework", it.title.as_str(), &it.path)
        }
        Shows::Node(ix) => {
            let it = catalogue.node(ix);
            ("node", it.name().unwrap_or_default(), &it.place.path)
        }
        Shows::Page(ix) => {
            let it = catalogue.page(ix);
            ("page", it.title.as_str(), &it.path)
        }
        Shows::Site
        | Shows::CoverageOf(_)
        | Shows::Threats
        | Shows::Glossary
        | Shows::Data
        | Shows::List => return None,
    };
    Some(Subject { kind, title, path })
}

/// The files that a page is made from, the one to edit first: prose before the record that it belongs to.
pub(super) fn files(snapshot: &Snapshot, kind: PageKind) -> Vec<SourceLocation> {
    let catalogue = &snapshot.book.catalogue;
    let mut out = kind.info(catalogue).shows.sources(catalogue);
    out.sort_by_key(|it| !it.path.ends_with(".md"));
    if kind == PageKind::Home {
        out.push(whole(&BOOK_TOML.into()));
    }
    if matches!(kind, PageKind::Measures | PageKind::Group(_)) {
        out.extend(catalogue.group_files().map(whole));
    }
    out
}

fn whole(path: &SourcePath) -> SourceLocation {
    SourceLocation {
        path: path.clone(),
        span: Span::default(),
    }
}

/// Something on a page, and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// The anchor at which it stands, or inside which its row does; empty for the whole page.
    pub(super) anchor: String,
    /// Addresses, from the site's root, that the links of its row lead to; none where the anchor itself is meant.
    pub(super) links: Vec<String>,
    /// Where it was written.
    pub(super) place: SourceLocation,
}

/// The practices, requirements and mappings on a page.
pub(super) fn marks(snapshot: &Snapshot, page: &PageEntry) -> Vec<Mark> {
    match page.info(&snapshot.book.catalogue).shows {
        Shows::Measure(ix) => of_measure(snapshot, ix),
        Shows::Node(ix) => of_node(snapshot, ix),
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

fn of_measure(snapshot: &Snapshot, ix: MeasureIx) -> Vec<Mark> {
    let catalogue = &snapshot.book.catalogue;
    let practices = catalogue.practices_of(ix).map(|(_, it)| Mark {
        anchor: safe(&it.id).into_owned(),
        links: Vec::new(),
        place: it.place.clone(),
    });
    let mappings = catalogue.mappings_of(ix).iter().map(|it| {
        let it = catalogue.mapping(*it);
        let to = address(snapshot, LinkTarget::Node(it.to));
        let from = match it.from {
            Origin::Practice(ix) => address(snapshot, LinkTarget::Practice(ix)),
            Origin::Measure(_) => None,
        };
        Mark {
            anchor: String::new(),
            links: to.into_iter().chain(from).collect(),
            place: it.place.clone(),
        }
    });
    practices.chain(mappings).collect()
}

fn of_node(snapshot: &Snapshot, ix: NodeIx) -> Vec<Mark> {
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
        out.extend(mapped.map(|it| answer(snapshot, &anchor, *it)));
        let gap = snapshot.coverage().gap_of(node);
        out.extend(gap.map(|at| Mark {
            anchor: anchor.clone(),
            links: Vec::new(),
            place: catalogue.gaps[at].place.clone(),
        }));
    }
    out
}

/// A mapping on the page of what it leads to.
fn answer(snapshot: &Snapshot, anchor: &str, ix: MappingIx) -> Mark {
    let it = snapshot.book.catalogue.mapping(ix);
    let from = match it.from {
        Origin::Practice(ix) => address(snapshot, LinkTarget::Practice(ix)),
        Origin::Measure(ix) => address(snapshot, LinkTarget::Measure(ix)),
    };
    Mark {
        anchor: anchor.to_owned(),
        links: from.into_iter().collect(),
        place: it.place.clone(),
    }
}

/// The address of a thing from the site's root.
fn address(snapshot: &Snapshot, thing: LinkTarget) -> Option<String> {
    let read = &snapshot.book;
    let target = AnchoredTarget::from(thing);
    let address = read.site.address(&read.catalogue, &target)?;
    Some(address.seen_from(""))
}
