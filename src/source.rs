//! The plain value at the entrance: every file of a book, as path → bytes.
//!
//! Entry: [`Sources`]. Invariant: nothing here knows what a file means.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

/// A path inside the book, with `/` between its parts, relative to the folder of `book.toml`.
pub type SourcePath = Arc<str>;

/// A range of bytes in a file's text (after a byte order mark).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The range from `start` up to `end`, in bytes.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

/// Where something stands: a file and a range in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub path: SourcePath,
    /// The range in its text.
    pub span: Span,
}

/// Why a file could not be read as part of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The file has more bytes than [`MAX_FILE_BYTES`].
    TooLarge(u64),
    /// The operating system refused; its words.
    Unreadable(String),
    /// A symbolic link that leaves the book.
    LinkOutside,
    /// A symbolic link that leads back to a folder above it.
    LinkLoop,
    /// A symbolic link that leads to nothing.
    LinkDangling,
    /// More folders inside folders than [`MAX_DEPTH`].
    TooDeep,
    /// The name is not UTF-8, so that no address could lead to it.
    NameNotUtf8,
}

/// The largest file that is read: 16 MiB. A catalogue's largest file is some hundred kilobytes.
pub const MAX_FILE_BYTES: u64 = 16 * 1024 * 1024;

/// The deepest folder that is read.
pub const MAX_DEPTH: usize = 16;

/// Every file of a book, sorted by path. A copy is the same value until one of both is changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    files: Arc<BTreeMap<SourcePath, Arc<[u8]>>>,
    refused: BTreeMap<SourcePath, Refusal>,
}

impl Sources {
    /// Adds or replaces a file.
    pub fn insert(&mut self, path: impl Into<SourcePath>, bytes: impl Into<Arc<[u8]>>) {
        Arc::make_mut(&mut self.files).insert(path.into(), bytes.into());
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &str) {
        Arc::make_mut(&mut self.files).remove(path);
    }

    /// Takes a file or a folder away, and returns what stood there.
    #[must_use]
    pub fn take(&mut self, path: &str) -> Self {
        Self {
            files: Arc::new(take(Arc::make_mut(&mut self.files), path)),
            refused: take(&mut self.refused, path),
        }
    }

    /// Adds what another book holds, over what stands there.
    pub fn extend(&mut self, other: Self) {
        let mut others = Arc::unwrap_or_clone(other.files);
        Arc::make_mut(&mut self.files).append(&mut others);
        self.refused.extend(other.refused);
    }

    /// The paths whose bytes, or whose refusal, are not the same in both.
    #[must_use]
    pub fn differing(&self, other: &Self) -> BTreeSet<SourcePath> {
        let files = self.files.keys().chain(other.files.keys());
        let refused = self.refused.keys().chain(other.refused.keys());
        let same = |path: &SourcePath| {
            self.refused.get(path) == other.refused.get(path)
                && match (self.files.get(path), other.files.get(path)) {
                    (Some(a), Some(b)) => Arc::ptr_eq(a, b) || a == b,
                    (a, b) => a.is_none() && b.is_none(),
                }
        };
        let differing = files.chain(refused).filter(|path| !same(path));
        differing.cloned().collect()
    }

    /// Whether both hold the same, but for what is in a folder; `folder` ends with `/`.
    #[must_use]
    pub fn same_without(&self, other: &Self, folder: &str) -> bool {
        if Arc::ptr_eq(&self.files, &other.files) {
            return self.refused == other.refused;
        }
        let outside = |path: &SourcePath| !path.starts_with(folder);
        let own = self.files.iter().filter(|(path, _)| outside(path));
        let others = other.files.iter().filter(|(path, _)| outside(path));
        // Most files are the very same value.
        let same = |((path, bytes), (other, others)): (Entry<'_>, Entry<'_>)| {
            path == other && (Arc::ptr_eq(bytes, others) || bytes == others)
        };
        self.refused == other.refused
            && own.clone().count() == others.clone().count()
            && own.zip(others).all(same)
    }

    /// Notes that a file is there and could not be read.
    pub fn refuse(&mut self, path: impl Into<SourcePath>, why: Refusal) {
        self.refused.insert(path.into(), why);
    }

    /// The bytes of a file.
    #[must_use]
    pub fn bytes(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.files.get(path)
    }

    /// The text of a file without its byte order mark; none if it is absent or not UTF-8.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        let text = std::str::from_utf8(self.files.get(path)?).ok()?;
        Some(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// Every file, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &Arc<[u8]>)> {
        self.files.iter()
    }

    /// Every file under a folder, by path; `folder` ends with `/`.
    pub fn under<'a>(
        &'a self,
        folder: &'a str,
    ) -> impl Iterator<Item = (&'a SourcePath, &'a Arc<[u8]>)> {
        self.files
            .range::<str, _>((Bound::Included(folder), Bound::Unbounded))
            .take_while(move |(path, _)| path.starts_with(folder))
    }

    /// What could not be read, and why.
    pub fn refused(&self) -> impl Iterator<Item = (&SourcePath, &Refusal)> {
        self.refused.iter()
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

type Entry<'a> = (&'a SourcePath, &'a Arc<[u8]>);

/// Takes an entry and all under it out of a map.
fn take<V>(map: &mut BTreeMap<SourcePath, V>, path: &str) -> BTreeMap<SourcePath, V> {
    let folder = format!("{path}/");
    let from = (Bound::Included(folder.as_str()), Bound::Unbounded);
    let under = map.range::<str, _>(from).map(|(path, _)| path);
    let under = under.take_while(|it| it.starts_with(&folder));
    let paths: Vec<_> = under.cloned().chain([SourcePath::from(path)]).collect();
    let entries = paths.iter().filter_map(|it| map.remove_entry(it));
    entries.collect()
}

impl<P: Into<SourcePath>, B: Into<Arc<[u8]>>> FromIterator<(P, B)> for Sources {
    fn from_iter<I: IntoIterator<Item = (P, B)>>(files: I) -> Self {
        let files = files.into_iter();
        let files = files.map(|(path, bytes)| (path.into(), bytes.into()));
        Self {
            files: Arc::new(files.collect()),
            refused: BTreeMap::new(),
        }
    }
}
