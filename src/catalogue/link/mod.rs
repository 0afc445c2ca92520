//! Links the records of a book into a catalogue; references that do not resolve are reported and left out.
//!
//! Entry: [`link`]. All ids are collected first ([`index`]); then each record is linked on its own.
//! Invariant: a file that could not be parsed causes no second diagnostic elsewhere.

mod citations;
mod drafts;
mod entries;
mod faults;
mod files;
mod frameworks;
mod id_registry;
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
mod terms;
mod use_cases;

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
pub(crate) use records::CachedIds;
pub use records::{ParsedFile, Records};

/// The settings of a book that matter to its prose.
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

/// What a step of linking reports besides the records that it links.
#[derive(Debug, Clone, Default)]
struct LinkOutput {
    diagnostics: Vec<Diagnostic>,
    /// Pages of the site that texts link to by route, with the place of each link.
    linked_routes: Vec<(String, SourceLocation)>,
    /// Links to anchors that can be checked only on the rendered page, with the place of each link.
    unverified_anchors: Vec<(AnchoredTarget, SourceLocation)>,
    /// Addresses outside of the site, with the place of each link.
    external_links: Vec<(String, SourceLocation)>,
    /// Pictures and documents that texts link to.
    linked_assets: Vec<AssetIx>,
    /// The ids that an earlier record has already; these records are left out of the catalogue.
    duplicates: Vec<SourceLocation>,
    /// Whether it depends on more of another file than its ids, so that it must not be cached.
    is_volatile: bool,
}

impl LinkOutput {
    fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn add(&mut self, other: &Self) {
        self.diagnostics.extend_from_slice(&other.diagnostics);
        self.linked_routes.extend_from_slice(&other.linked_routes);
        self.unverified_anchors
            .extend_from_slice(&other.unverified_anchors);
        self.external_links.extend_from_slice(&other.external_links);
        self.linked_assets.extend_from_slice(&other.linked_assets);
        self.duplicates.extend_from_slice(&other.duplicates);
    }
}

/// Links the records of a book.
#[must_use]
pub fn link(records: &Records, sources: &Sources, settings: Settings<'_>) -> Checked<Catalogue> {
    let key = records.cache_key(sources, settings);
    let ids = || Arc::new(Ids::collect(records, sources, settings));
    let ids = records.ids.get_or_insert_if(key, ids, Ids::is_clean);
    let output = ids.output.clone();
    if output.duplicates.is_empty() {
        let index = Index {
            slugs: empty_slugs(&ids),
            records,
            sources,
            settings,
            ids,
            key,
        };
        return link_unique(&index, output);
    }
    // The second record with an id is no part of what follows.
    let unique = records.without_duplicates(&output.duplicates, sources);
    let ids = Arc::new(Ids::collect(&unique, sources, settings));
    let index = Index {
        slugs: empty_slugs(&ids),
        ids,
        key: unique.cache_key(sources, settings),
        records: &unique,
        sources,
        settings,
    };
    link_unique(&index, output)
}

/// Cells for the slugs of each framework's nodes, filled on first use.
fn empty_slugs(ids: &Ids) -> Vec<OnceLock<FxHashMap<String, NodeIx>>> {
    ids.frameworks.iter().map(|_| OnceLock::new()).collect()
}

/// Links records with unique ids. `output` begins with what is wrong with the ids.
fn link_unique(index: &Index<'_>, mut output: LinkOutput) -> Checked<Catalogue> {
    let mut catalogue = Catalogue {
        unparsed: index.records.unparsed.clone(),
        drafts: index.records.draft_names(index.settings.content_dir),
        ..Catalogue::default()
    };
    frameworks::link(&mut catalogue, index, &mut output);
    measures::link(&mut catalogue, index, &mut output);
    use_cases::link(&mut catalogue, index, &mut output);
    pages::link(&mut catalogue, index, &mut output);
    mappings::link(&mut catalogue, index, &mut output);
    catalogue.index_mappings();
    catalogue.put_in_order();
    link_assets(&mut catalogue, index, &output.linked_assets);
    catalogue.linked_routes = output.linked_routes;
    catalogue.linked_routes.sort();
    catalogue.unverified_anchors = output.unverified_anchors;
    catalogue.unverified_anchors.sort();
    catalogue.external_links = output.external_links;
    catalogue
        .external_links
        .sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    Checked {
        value: catalogue,
        diagnostics: output.diagnostics,
    }
}

/// Takes the pictures and documents into the catalogue, and finds the files that nothing links to.
fn link_assets(catalogue: &mut Catalogue, index: &Index<'_>, linked: &[AssetIx]) {
    let of_drafts = index.assets_of_drafts();
    let linked: BTreeSet<_> = linked.iter().collect();
    catalogue.assets.clone_from(&index.assets);
    for ix in &linked {
        let bytes = index.sources.bytes(&index.assets[ix.index()]);
        if let Some(size) = bytes.and_then(|it| size_of(it)) {
            catalogue.sizes.insert(**ix, size);
        }
    }
    // A file that could not be parsed may link to any of them.
    let is_unreferenced = |ix: &AssetIx| {
        index.records.unparsed.is_empty() && !linked.contains(ix) && !of_drafts.contains(ix)
    };
    let path_of = |ix: &AssetIx| index.assets[ix.index()].clone();
    let all: Vec<_> = (0..index.assets.len()).map(AssetIx::new).collect();
    let unreferenced = all.iter().filter(|ix| is_unreferenced(ix));
    catalogue.unreferenced.extend(unreferenced.map(path_of));
    let withheld = of_drafts.iter().filter(|it| !linked.contains(it));
    catalogue.withheld.extend(withheld.map(path_of));
    catalogue
        .unreferenced
        .extend(unreferenced_files(catalogue, index));
    catalogue.unreferenced.sort();
}

/// Files of unknown kind, prose without a record, and trees without a framework.
fn unreferenced_files(catalogue: &Catalogue, index: &Index<'_>) -> Vec<SourcePath> {
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
    let has_framework = |path: &str| {
        let mut all = frameworks.iter();
        all.any(|it| folder_of(it.path) == folder_of(path))
    };
    let is_unreferenced = |path: &SourcePath| match FileKind::from_path(&path[folder.len()..]) {
        None => !is_hidden(&path[folder.len()..]),
        Some(FileKind::Prose) => !used.contains(path) && !index.may_belong_to_unparsed(path),
        Some(FileKind::Tree) => !has_framework(path) && !index.may_belong_to_unparsed(path),
        _ => false,
    };
    let all = index.sources.under(folder).map(|(path, _)| path);
    all.filter(|path| is_unreferenced(path)).cloned().collect()
}

/// Whether a file is one that editors and systems leave behind.
fn is_hidden(path: &str) -> bool {
    path.split('/')
        .any(|part| part.starts_with('.') || part.ends_with('~'))
}
