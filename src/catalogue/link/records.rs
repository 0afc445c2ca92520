//! The records of a book, and what is kept beside each so that a file that has not changed is not linked again.
//!
//! Entry: [`Records`]. Invariant: what is kept can change speed only: it counts for one key, which covers everything of
//! other files on which linking a record may rest.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use super::ids::Ids;
use super::{Found, Settings};
use crate::catalogue::{Mapping, Measure, MeasureIx, Node, Practice};
use crate::markdown::Cached;
use crate::schema::{FrameworkNode, Record};
use crate::source::{SourceLocation, SourcePath, Sources, Span};

/// The records of a book, by path, and what failed on the way to them.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// Each file that gave a record.
    pub parsed: BTreeMap<SourcePath, Arc<ParsedFile>>,
    /// Files that gave none, and the paths at which others look for their records: references to them are no second mistake.
    pub unparsed: BTreeSet<SourcePath>,
    /// Drafts that are left out, with the prose and the mappings that belong to them.
    pub drafts: BTreeMap<SourcePath, Arc<ParsedFile>>,
    /// The ids as they were last gathered.
    pub(crate) ids: KeptIds,
}

/// The ids as they were last gathered.
pub(crate) type KeptIds = Arc<Cached<Ids>>;

/// The record of a file.
#[derive(Debug)]
pub struct ParsedFile {
    /// What the author wrote.
    pub record: Record,
    /// What tells all that other files may look up in it from anything else.
    declares: u64,
    kept: Mutex<Option<Arc<Piece>>>,
}

/// What linking a file gave.
#[derive(Debug)]
pub(super) struct Piece {
    key: u64,
    /// Prose that stands beside the record, and was linked with it.
    beside: Vec<(SourcePath, Arc<ParsedFile>)>,
    pub made: Made,
    pub found: Found,
}

/// The part of a catalogue that a file makes.
#[derive(Debug)]
pub(super) enum Made {
    Measure(Arc<Measure>, Vec<Arc<Practice>>),
    /// None where the measure is unknown.
    Mappings(Option<MeasureIx>, Vec<Arc<Mapping>>),
    Tree(Vec<Arc<Node>>),
}

impl Records {
    /// What tells everything that linking a single record may rest on, besides the record itself: all paths, all ids, all
    /// failures, the settings.
    pub(super) fn key(&self, sources: &Sources, settings: Settings<'_>) -> u64 {
        let mut hasher = DefaultHasher::new();
        (settings.content_dir, settings.raw_html).hash(&mut hasher);
        settings.instruments.hash(&mut hasher);
        settings.reserved.hash(&mut hasher);
        for (path, _) in sources.under(settings.content_dir) {
            path.hash(&mut hasher);
        }
        for (path, filed) in &self.parsed {
            (path.len(), filed.declares).hash(&mut hasher);
        }
        self.unparsed.hash(&mut hasher);
        for (path, filed) in &self.drafts {
            (path, filed.declares).hash(&mut hasher);
        }
        hasher.finish()
    }

    /// The records without those whose ids stand at these places. Their files count as failed, so that a reference to
    /// what only they declare is no second mistake.
    pub(super) fn without(&self, doubles: &[SourceLocation], sources: &Sources) -> Self {
        let mut out = self.clone();
        for double in doubles {
            let path = &double.path;
            out.unparsed.insert(path.clone());
            let Some(filed) = out.parsed.get(path) else {
                continue;
            };
            let mut record = filed.record.clone();
            if remove(&mut record, double.span) {
                let bytes = sources.bytes(path).map_or(&[][..], |it| it);
                let filed = ParsedFile::new(record, bytes);
                out.parsed.insert(path.clone(), Arc::new(filed));
            } else {
                out.parsed.remove(path);
            }
        }
        out
    }
}

/// Removes the entry of a record whose id stands at a place; false if that is the whole record.
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
    let kept = std::mem::take(list).into_iter().filter(keep);
    *list = kept.collect();
}

impl ParsedFile {
    /// The record that these bytes gave.
    #[must_use]
    pub fn new(record: Record, bytes: &[u8]) -> Self {
        Self {
            declares: declares(&record, bytes),
            record,
            kept: Mutex::default(),
        }
    }

    /// What linking this file gave for a key: as it is kept, or anew. `link` also tells the prose that it took from beside.
    pub(super) fn piece(
        &self,
        key: u64,
        records: &Records,
        link: impl FnOnce(&mut Found) -> (Made, Vec<SourcePath>),
    ) -> Arc<Piece> {
        let lock = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(piece) = lock().as_ref().filter(|it| it.holds(key, records)) {
            return piece.clone();
        }
        let mut found = Found::default();
        let (made, beside) = link(&mut found);
        let beside = beside.into_iter().filter_map(|path| {
            let filed = records.parsed.get(&path)?.clone();
            Some((path, filed))
        });
        let piece = Arc::new(Piece {
            key,
            beside: beside.collect(),
            made,
            found,
        });
        // A mistake says what is near, titles of other files among it.
        let lasts = !piece.found.passing && piece.found.diagnostics.is_empty();
        *lock() = lasts.then(|| piece.clone());
        piece
    }
}

impl Piece {
    fn holds(&self, key: u64, records: &Records) -> bool {
        let same = |(path, filed): &(SourcePath, Arc<ParsedFile>)| {
            let now = records.parsed.get(path);
            now.is_some_and(|it| Arc::ptr_eq(it, filed))
        };
        self.key == key && self.beside.iter().all(same)
    }
}

/// A digest of what others may look up in a record. What is not read one by one counts with every byte.
fn declares(record: &Record, bytes: &[u8]) -> u64 {
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
            declares_node(it, to);
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

fn declares_node(node: &FrameworkNode, to: &mut DefaultHasher) {
    let printed = node.printed.as_ref().map(|it| &it.value);
    let kind = node.kind.as_ref().map(|it| &it.value);
    (&node.id.value, printed, kind).hash(to);
    node.nodes.len().hash(to);
    for below in &node.nodes {
        declares_node(below, to);
    }
}
