//! From records to a linked catalogue; what does not link is reported and left out.
//!
//! Entry: [`link`]. First every id is known ([`index`]), then each record is linked on its own.
//! Invariant: a file that could not be parsed causes no second diagnostic elsewhere.

mod cited;
mod drafts;
mod faults;
mod files;
mod frameworks;
mod ids;
mod index;
mod keywords;
mod kinds;
mod mappings;
mod measures;
mod mentions;
mod pages;
mod prose;
mod records;
mod taken;
mod terms;
mod use_cases;
mod written;

use std::collections::{BTreeSet, HashSet};
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::{AnchoredTarget, AssetIx, Catalogue, NodeIx};
use crate::diagnostic::{Checked, Diagnostic};
use crate::markdown::anchors::Reserved;
use crate::paths::folder_of;
use crate::schema::FileKind;
use crate::source::{SourceLocation, SourcePath, Sources};
use crate::structure::picture::size_of;
use ids::Ids;
use index::Index;
pub(crate) use records::KeptIds;
pub use records::{ParsedFile, Records};

/// What a book's settings say about its prose.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'a> {
    /// The content folder, with a slash at its end.
    pub content_dir: &'a str,
    /// Whether HTML in Markdown is passed on.
    pub raw_html: bool,
    /// Names of laws and standards that are not in the book.
    pub instruments: &'a [String],
    /// The anchors that pages have for themselves.
    pub reserved: &'a Reserved,
}

/// What one step finds besides what it makes.
#[derive(Debug, Clone, Default)]
struct Found {
    diagnostics: Vec<Diagnostic>,
    /// The pages of the site that texts lead to by their route, and where.
    made: Vec<(String, SourceLocation)>,
    /// Links to anchors that only their pages can tell of, and where they stand.
    anchored: Vec<(AnchoredTarget, SourceLocation)>,
    /// The addresses outside of the site that texts lead to, and where.
    outgoing: Vec<(String, SourceLocation)>,
    /// The pictures and documents that texts lead to.
    assets: Vec<AssetIx>,
    /// Where the second bearers of an id stand, which are left out of the catalogue.
    doubles: Vec<SourceLocation>,
    /// Whether it rests on more of another file than its ids, so that it must not be kept.
    passing: bool,
}

impl Found {
    fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn add(&mut self, other: &Self) {
        self.diagnostics.extend_from_slice(&other.diagnostics);
        self.made.extend_from_slice(&other.made);
        self.anchored.extend_from_slice(&other.anchored);
        self.outgoing.extend_from_slice(&other.outgoing);
        self.assets.extend_from_slice(&other.assets);
        self.doubles.extend_from_slice(&other.doubles);
    }
}

/// Links the records of a book.
#[must_use]
pub fn link(records: &Records, sources: &Sources, settings: Settings<'_>) -> Checked<Catalogue> {
    let key = records.key(sources, settings);
    let ids = || Arc::new(Ids::of(records, sources, settings));
    let ids = records.ids.get_or_insert_if(key, ids, Ids::is_sound);
    let found = ids.found.clone();
    if found.doubles.is_empty() {
        let index = Index {
            slugs: slugs(&ids),
            records,
            sources,
            settings,
            ids,
            key,
        };
        return linked(&index, found);
    }
    // Each id is counted once: what bears it a second time is no part of what follows.
    let unique = records.without(&found.doubles, sources);
    let ids = Arc::new(Ids::of(&unique, sources, settings));
    let index = Index {
        slugs: slugs(&ids),
        ids,
        key: unique.key(sources, settings),
        records: &unique,
        sources,
        settings,
    };
    linked(&index, found)
}

/// Room for the slugs of each framework's nodes.
fn slugs(ids: &Ids) -> Vec<OnceLock<FxHashMap<String, NodeIx>>> {
    ids.frameworks.iter().map(|_| OnceLock::new()).collect()
}

/// Links records of which no two have the same id. `found` is what is wrong with the ids.
fn linked(index: &Index<'_>, mut found: Found) -> Checked<Catalogue> {
    let mut catalogue = Catalogue {
        unparsed: index.records.unparsed.clone(),
        drafts: index.records.draft_names(index.settings.content_dir),
        ..Catalogue::default()
    };
    frameworks::link(&mut catalogue, index, &mut found);
    measures::link(&mut catalogue, index, &mut found);
    use_cases::link(&mut catalogue, index, &mut found);
    pages::link(&mut catalogue, index, &mut found);
    mappings::link(&mut catalogue, index, &mut found);
    catalogue.index_mappings();
    catalogue.put_in_order();
    reach(&mut catalogue, index, &found.assets);
    catalogue.linked_routes = found.made;
    catalogue.linked_routes.sort();
    catalogue.unverified_anchors = found.anchored;
    catalogue.unverified_anchors.sort();
    catalogue.external_links = found.outgoing;
    catalogue
        .external_links
        .sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    Checked {
        value: catalogue,
        diagnostics: found.diagnostics,
    }
}

/// Which files nothing reaches.
fn reach(catalogue: &mut Catalogue, index: &Index<'_>, reached: &[AssetIx]) {
    let of_drafts = index.reached_by_drafts();
    let reached: BTreeSet<_> = reached.iter().collect();
    catalogue.assets.clone_from(&index.assets);
    for ix in &reached {
        let bytes = index.sources.bytes(&index.assets[ix.index()]);
        if let Some(size) = bytes.and_then(|it| size_of(it)) {
            catalogue.sizes.insert(**ix, size);
        }
    }
    // A text that could not be read may lead to any of them.
    let unreached = |at: usize| {
        index.records.unparsed.is_empty()
            && !reached.contains(&AssetIx::new(at))
            && !of_drafts.contains(&AssetIx::new(at))
    };
    let assets = index
        .assets
        .iter()
        .enumerate()
        .filter(|(at, _)| unreached(*at));
    catalogue
        .unreferenced
        .extend(assets.map(|(_, path)| path.clone()));
    let withheld = of_drafts.iter().filter(|it| !reached.contains(it));
    catalogue
        .withheld
        .extend(withheld.map(|it| index.assets[it.index()].clone()));
    catalogue.unreferenced.extend(strays(catalogue, index));
    catalogue.unreferenced.sort();
}

/// Files whose kind is unknown, prose beside no record, and trees without a framework.
fn strays(catalogue: &Catalogue, index: &Index<'_>) -> Vec<SourcePath> {
    let measures = catalogue.measures.iter().map(|it| &it.guidance);
    let others = catalogue
        .use_cases
        .iter()
        .map(|it| &it.guidance)
        .chain(catalogue.nodes.iter().map(|it| &it.guidance));
    let used: HashSet<_> = measures
        .chain(others)
        .flatten()
        .map(|it| &it.path)
        .collect();
    let folder = index.settings.content_dir;
    let frameworks = index.records.frameworks();
    let framework = |path: &str| {
        let mut all = frameworks.iter();
        all.any(|it| folder_of(it.path) == folder_of(path))
    };
    let stray = |path: &SourcePath| match FileKind::from_path(&path[folder.len()..]) {
        None => !hidden(&path[folder.len()..]),
        Some(FileKind::Prose) => !used.contains(path) && !index.beside_lost(path),
        Some(FileKind::Tree) => !framework(path) && !index.beside_lost(path),
        _ => false,
    };
    let all = index.sources.under(folder).map(|(path, _)| path);
    all.filter(|path| stray(path)).cloned().collect()
}

/// Files that editors and systems leave behind.
fn hidden(path: &str) -> bool {
    path.split('/')
        .any(|part| part.starts_with('.') || part.ends_with('~'))
}
