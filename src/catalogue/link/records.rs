//! The records of a book, each with a cache of its linked form, so that a file that has not changed is not linked again.
//!
//! Entry: [`Records`]. Invariant: the cache changes speed only. An entry is valid for one key, which covers
//! everything in other files that linking a record may depend on.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use super::ids::Ids;
use super::{LinkOutput, Settings};
use crate::catalogue::{Mapping, Measure, MeasureIx, Node, Practice};
use crate::markdown::Cached;
use crate::schema::{FrameworkNode, Record};
use crate::source::{SourceLocation, SourcePath, Sources, Span};

/// The records of a book by path, and the files that could not be parsed.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// Files that were parsed.
    pub parsed: BTreeMap<SourcePath, Arc<ParsedFile>>,
    /// Files that could not be parsed, and the paths at which others look for their records. References to records that
    /// they may define are not reported as missing.
    pub unparsed: BTreeSet<SourcePath>,
    /// Drafts that are left out, with their prose and mappings.
    pub drafts: BTreeMap<SourcePath, Arc<ParsedFile>>,
    /// The ids as they were last collected.
    pub(crate) ids: CachedIds,
}

/// The ids as they were last collected.
pub(crate) type CachedIds = Arc<Cached<Ids>>;

/// A file that was parsed.
#[derive(Debug)]
pub struct ParsedFile {
    /// What the author wrote.
    pub record: Record,
    /// Digest of what other files may look up in it.
    interface: u64,
    cached: Mutex<Option<Arc<CachedLink>>>,
}

/// A file in its linked form, as long as the cache is valid.
#[derive(Debug)]
pub(super) struct CachedLink {
    key: u64,
    /// Files of prose that were linked with the record.
    prose_files: Vec<(SourcePath, Arc<ParsedFile>)>,
    pub linked: LinkedRecord,
    pub output: LinkOutput,
}

/// The part of a catalogue that comes from one file.
#[derive(Debug)]
pub(super) enum LinkedRecord {
    Measure(Arc<Measure>, Vec<Arc<Practice>>),
    /// Without a measure if the file names an unknown one.
    Mappings(Option<MeasureIx>, Vec<Arc<Mapping>>),
    Tree(Vec<Arc<Node>>),
}

impl Records {
    /// Hashes everything that linking a record may depend on besides the record itself: all paths, all ids, the files that
    /// could not be parsed, and the settings.
    pub(super) fn cache_key(&self, sources: &Sources, settings: Settings<'_>) -> u64 {
        let mut hasher = DefaultHasher::new();
        (settings.content_dir, settings.raw_html).hash(&mut hasher);
        settings.instruments.hash(&mut hasher);
        settings.reserved.hash(&mut hasher);
        for (path, _) in sources.under(settings.content_dir) {
            path.hash(&mut hasher);
        }
        for (path, file) in &self.parsed {
            (path.len(), file.interface).hash(&mut hasher);
        }
        self.unparsed.hash(&mut hasher);
        for (path, file) in &self.drafts {
            (path, file.interface).hash(&mut hasher);
        }
        hasher.finish()
    }

    /// The records without those whose ids stand at these places. Their files count as not parsed, so that a reference to
    /// something that only they define is not reported as well.
    pub(super) fn without_duplicates(
        &self,
        duplicates: &[SourceLocation],
        sources: &Sources,
    ) -> Self {
        let mut out = self.clone();
        for duplicate in duplicates {
            let path = &duplicate.path;
            out.unparsed.insert(path.clone());
            let Some(file) = out.parsed.get(path) else {
                continue;
            };
            let mut record = file.record.clone();
            if remove(&mut record, duplicate.span) {
                let bytes = sources.bytes(path).map_or(&[][..], |it| it);
                let file = ParsedFile::new(record, bytes);
                out.parsed.insert(path.clone(), Arc::new(file));
            } else {
                out.parsed.remove(path);
            }
        }
        out
    }
}

/// Removes the entry whose id has this span from a record; false if the entry is the whole record.
fn remove(record: &mut Record, id: Span) -> bool {
    match record {
        Record::Groups(list) => list.retain(|it| it.id.span != id),
        Record::Threats(list) => list.retain(|it| it.id.span != id),
        Record::Glossary(list) => list.retain(|it| it.term.span != id),
        Record::Measure(it) if it.id.span != id => retain(&mut it.practices, |it| it.id.span != id),
        Record::Tree(top) if top.id.span != id => remove_node(&mut top.nodes, id),
        _ => return false,
    }
    true
}

fn remove_node(nodes: &mut Box<[FrameworkNode]>, id: Span) {
    retain(nodes, |it| it.id.span != id);
    for node in nodes {
        remove_node(&mut node.nodes, id);
    }
}

fn retain<T>(list: &mut Box<[T]>, keep: impl Fn(&T) -> bool) {
    *list = std::mem::take(list).into_iter().filter(keep).collect();
}

impl ParsedFile {
    /// A record and the bytes that it was parsed from.
    #[must_use]
    pub fn new(record: Record, bytes: &[u8]) -> Self {
        Self {
            interface: interface(&record, bytes),
            record,
            cached: Mutex::default(),
        }
    }

    /// The linked form of this file, from the cache if the key is the same. `link` also returns the files of prose that it
    /// linked.
    pub(super) fn link_cached(
        &self,
        key: u64,
        records: &Records,
        link: impl FnOnce(&mut LinkOutput) -> (LinkedRecord, Vec<SourcePath>),
    ) -> Arc<CachedLink> {
        let lock = || self.cached.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cached) = lock().as_ref().filter(|it| it.is_valid(key, records)) {
            return cached.clone();
        }
        let mut output = LinkOutput::default();
        let (linked, prose_paths) = link(&mut output);
        let prose_files = prose_paths.into_iter().filter_map(|path| {
            let file = records.parsed.get(&path)?.clone();
            Some((path, file))
        });
        let cached = Arc::new(CachedLink {
            key,
            prose_files: prose_files.collect(),
            linked,
            output,
        });
        // Diagnostics suggest titles from other files, so they are not cached.
        let is_lasting = !cached.output.is_volatile && cached.output.diagnostics.is_empty();
        *lock() = is_lasting.then(|| cached.clone());
        cached
    }
}

impl CachedLink {
    fn is_valid(&self, key: u64, records: &Records) -> bool {
        let is_unchanged = |(path, file): &(SourcePath, Arc<ParsedFile>)| {
            let now = records.parsed.get(path);
            now.is_some_and(|now| Arc::ptr_eq(now, file))
        };
        self.key == key && self.prose_files.iter().all(is_unchanged)
    }
}

/// Digest of what other files may look up in a record. Kinds of record with no rule of their own count with every byte.
fn interface(record: &Record, bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    let to = &mut hasher;
    std::mem::discriminant(record).hash(to);
    match record {
        Record::Measure(it) => {
            it.id.value.hash(to);
            for practice in &it.practices {
                practice.id.value.hash(to);
            }
        }
        Record::Tree(it) => {
            it.order.hash(to);
            hash_node(it, to);
        }
        Record::Page(matter, _) => matter.order.hash(to),
        Record::Mappings(_) | Record::Home(..) | Record::Prose(_) => {}
        Record::Groups(_)
        | Record::Set(_)
        | Record::Framework(_)
        | Record::UseCase(_)
        | Record::Threats(_)
        | Record::Glossary(_) => bytes.hash(to),
    }
    hasher.finish()
}

fn hash_node(node: &FrameworkNode, to: &mut DefaultHasher) {
    let printed = node.printed.as_ref().map(|it| &it.value);
    let kind = node.kind.as_ref().map(|it| &it.value);
    (&node.id.value, printed, kind).hash(to);
    node.nodes.len().hash(to);
    for child in &node.nodes {
        hash_node(child, to);
    }
}
