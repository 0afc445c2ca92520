//! From records to a linked catalogue; what does not link is reported and left out.
//!
//! Entry: [`link`]. First every id is known ([`index`]), then each record is linked on its own.
//! Invariant: a file that could not be parsed causes no second diagnostic elsewhere.

mod files;
mod frameworks;
mod index;
mod mappings;
mod measures;
mod pages;
mod prose;
mod taken;
mod terms;
mod use_cases;
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};

use super::{Catalogue, Thing};
use crate::diagnostic::{Checked, Diagnostic};
use crate::schema::{FileKind, Record};
use crate::source::{SourcePath, Sources};
use index::{Index, folder_of};

/// The records of a book, by path, and what failed on the way to them.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// Each file that gave a record.
    pub parsed: BTreeMap<SourcePath, Arc<Record>>,
    /// Files that gave none, and the paths at which others look for their records: references to them are no second mistake.
    pub failed: BTreeSet<SourcePath>,
}

/// What a book's settings say about its prose.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'a> {
    /// The content folder, with a slash at its end.
    pub content_dir: &'a str,
    /// Whether HTML in Markdown is passed on.
    pub raw_html: bool,
    /// Names of laws and standards that are not in the book.
    pub instruments: &'a [String],
}

/// Links the records of a book.
#[must_use]
pub fn link(records: &Records, sources: &Sources, settings: Settings<'_>) -> Checked<Catalogue> {
    let mut diagnostics = Vec::new();
    let index = Index::of(records, sources, settings, &mut diagnostics);
    let mut catalogue = Catalogue {
        lost: records.failed.clone(),
        ..Catalogue::default()
    };
    let mut found = vec![
        frameworks::link(&mut catalogue, &index),
        measures::link(&mut catalogue, &index),
        use_cases::link(&mut catalogue, &index),
        pages::link(&mut catalogue, &index),
        mappings::link(&mut catalogue, &index),
    ];
    diagnostics.extend(found.drain(..).flatten());
    catalogue.index_mappings();
    catalogue.put_in_order();
    reach(&mut catalogue, &index);
    let made = index.made.lock();
    catalogue.made = std::mem::take(&mut *made.unwrap_or_else(PoisonError::into_inner));
    catalogue.made.sort();
    Checked {
        value: catalogue,
        diagnostics,
    }
}

/// Which assets a text leads to, and which files nothing reaches.
fn reach(catalogue: &mut Catalogue, index: &Index<'_>) {
    let mut reached = BTreeSet::new();
    catalogue.each_prose(&mut |prose| {
        for target in prose.targets.iter().flatten() {
            if let Thing::Asset(ix) = &target.thing {
                reached.insert(*ix);
            }
        }
    });
    catalogue.assets.clone_from(&index.assets);
    // A text that could not be read may lead to any of them.
    let unreached =
        |at: usize| index.records.failed.is_empty() && !reached.contains(&super::AssetIx::new(at));
    let assets = index
        .assets
        .iter()
        .enumerate()
        .filter(|(at, _)| unreached(*at));
    catalogue
        .strays
        .extend(assets.map(|(_, path)| path.clone()));
    catalogue.strays.extend(strays(catalogue, index));
    catalogue.strays.sort();
}

/// Diagnostics of one step.
type Found = Vec<Diagnostic>;

/// Files whose kind is unknown, prose beside no record, and trees without a framework.
fn strays(catalogue: &Catalogue, index: &Index<'_>) -> Vec<SourcePath> {
    let measures = catalogue.measures.iter().map(|it| &it.guidance);
    let others = catalogue
        .use_cases
        .iter()
        .map(|it| &it.guidance)
        .chain(catalogue.nodes.iter().map(|it| &it.guidance));
    let used: BTreeSet<_> = measures
        .chain(others)
        .flatten()
        .map(|it| it.path.clone())
        .collect();
    let folder = index.settings.content_dir;
    let framework = |path: &str| {
        index
            .ordered_frameworks()
            .iter()
            .any(|(it, _)| folder_of(it) == folder_of(path))
    };
    let stray = |path: &SourcePath| match FileKind::of(&path[folder.len()..]) {
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
