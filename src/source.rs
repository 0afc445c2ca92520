//! The input of a build: every file of a book, as a map from path to bytes.
//!
//! Entry: [`Sources`]. Invariant: nothing here depends on what a file means. Paths are normalised to NFC, the form in which people
//! type them; the spelling on disk is kept beside it if it differs.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

/// A path relative to the folder of `book.toml`, with `/` as separator.
pub type SourcePath = Arc<str>;

/// A range of bytes in the text of a file, counted after its byte order mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The end, exclusive.
    pub end: usize,
}

impl Span {
    /// The range from `start` up to, but not including, `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

/// A range in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceLocation {
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
    /// The operating system could not read the file; its message.
    Unreadable(String),
    /// A symbolic link to a target outside the book.
    LinkOutside,
    /// A symbolic link to a folder that contains it.
    LinkLoop,
    /// A symbolic link whose target does not exist.
    LinkDangling,
    /// Nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// The name is not UTF-8, so that no address can refer to it.
    NameNotUtf8,
}

/// Maximum size of a file: 16 MiB. The largest files of catalogues have some hundred kilobytes.
pub const MAX_FILE_BYTES: u64 = 16 * 1024 * 1024;

/// Maximum depth of folders.
pub const MAX_DEPTH: usize = 16;

/// Every file of a book, sorted by path. Clones share the files until one of them is changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    files: Arc<BTreeMap<SourcePath, Arc<[u8]>>>,
    /// The spelling on disk of paths that are not stored in NFC.
    disk_paths: BTreeMap<SourcePath, SourcePath>,
    refused: BTreeMap<SourcePath, Refusal>,
}

impl Sources {
    /// Adds or replaces a file. If two names differ only in their Unicode normal form, the one that is not NFC keeps its spelling.
    pub fn insert(&mut self, path: impl Into<SourcePath>, bytes: impl Into<Arc<[u8]>>) {
        let (path, bytes) = (path.into(), bytes.into());
        let files = Arc::make_mut(&mut self.files);
        match nfc(&path) {
            Cow::Borrowed(_) => {
                if let Some(other) = self.disk_paths.remove(&path)
                    && let Some(bytes) = files.remove(&path)
                {
                    files.insert(other, bytes);
                }
                files.insert(path, bytes);
            }
            Cow::Owned(composed) => {
                let composed = SourcePath::from(composed);
                let own = self.disk_paths.get(&composed) == Some(&path);
                if files.contains_key(&composed) && !own {
                    files.insert(path, bytes);
                } else {
                    files.insert(composed.clone(), bytes);
                    self.disk_paths.insert(composed, path);
                }
            }
        }
    }

    /// Replaces the bytes of an existing file.
    pub fn replace(&mut self, path: &str, bytes: Arc<[u8]>) {
        if let Some(old) = Arc::make_mut(&mut self.files).get_mut(path) {
            *old = bytes;
        }
    }

    /// Removes a file.
    pub fn remove(&mut self, path: &str) {
        _ = self.take(path);
    }

    /// Whether the path, or that of a file with the same normalised path, is not stored in NFC.
    #[must_use]
    pub fn is_respelled(&self, path: &str) -> bool {
        *nfc(path) != *path || self.disk_paths.contains_key(path)
    }

    /// The spelling of a path on disk.
    #[must_use]
    pub fn disk_path<'a>(&'a self, path: &'a str) -> &'a str {
        self.disk_paths.get(path).map_or(path, |it| it)
    }

    /// Removes a file or folder, and returns what was removed.
    #[must_use]
    pub fn take(&mut self, path: &str) -> Self {
        let composed = nfc(path);
        let files = Arc::make_mut(&mut self.files);
        let mut removed = take(files, &composed);
        if *composed != *path {
            removed.append(&mut take(files, path));
        }
        Self {
            files: Arc::new(removed),
            disk_paths: take(&mut self.disk_paths, &composed),
            refused: take(&mut self.refused, &composed),
        }
    }

    /// Adds all files of `other`, replacing those with the same path.
    pub fn extend(&mut self, other: Self) {
        let mut others = Arc::unwrap_or_clone(other.files);
        if self.disk_paths.is_empty() && other.disk_paths.is_empty() {
            Arc::make_mut(&mut self.files).append(&mut others);
        } else {
            for (path, bytes) in others {
                let disk_path = other.disk_paths.get(&path).cloned();
                self.insert(disk_path.unwrap_or(path), bytes);
            }
        }
        self.refused.extend(other.refused);
    }

    /// The paths whose bytes or refusals differ between both.
    #[must_use]
    pub fn changed_paths(&self, other: &Self) -> BTreeSet<SourcePath> {
        let files = self.files.keys().chain(other.files.keys());
        let refused = self.refused.keys().chain(other.refused.keys());
        let is_same = |path: &SourcePath| {
            self.refused.get(path) == other.refused.get(path)
                && match (self.files.get(path), other.files.get(path)) {
                    (Some(a), Some(b)) => Arc::ptr_eq(a, b) || a == b,
                    (a, b) => a.is_none() && b.is_none(),
                }
        };
        files
            .chain(refused)
            .filter(|path| !is_same(path))
            .cloned()
            .collect()
    }

    /// Whether both are equal outside a folder. `folder` ends with `/`.
    #[must_use]
    pub fn equal_outside(&self, other: &Self, folder: &str) -> bool {
        if Arc::ptr_eq(&self.files, &other.files) {
            return self.refused == other.refused;
        }
        let outside = |path: &SourcePath| !path.starts_with(folder);
        let own = self.files.iter().filter(|(path, _)| outside(path));
        let others = other.files.iter().filter(|(path, _)| outside(path));
        // Comparing pointers first is fast: most files are shared.
        let is_same = |((path, bytes), (other, others)): (Entry<'_>, Entry<'_>)| {
            path == other && (Arc::ptr_eq(bytes, others) || bytes == others)
        };
        self.refused == other.refused
            && own.clone().count() == others.clone().count()
            && own.zip(others).all(is_same)
    }

    /// Records that a file exists and could not be read.
    pub fn refuse(&mut self, path: impl Into<SourcePath>, why: Refusal) {
        let path = path.into();
        let composed = match nfc(&path) {
            Cow::Borrowed(_) => path,
            Cow::Owned(composed) => composed.into(),
        };
        self.refused.insert(composed, why);
    }

    /// The bytes of a file.
    #[must_use]
    pub fn bytes(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.files.get(path)
    }

    /// The text of a file without its byte order mark; none if the file is absent or not UTF-8.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        let text = std::str::from_utf8(self.files.get(path)?).ok()?;
        Some(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// All files, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &Arc<[u8]>)> {
        self.files.iter()
    }

    /// All files below a folder, sorted by path. `folder` ends with `/`.
    pub fn under<'a>(
        &'a self,
        folder: &'a str,
    ) -> impl Iterator<Item = (&'a SourcePath, &'a Arc<[u8]>)> {
        self.files
            .range::<str, _>((Bound::Included(folder), Bound::Unbounded))
            .take_while(move |(path, _)| path.starts_with(folder))
    }

    /// The files that could not be read, with the reasons.
    pub fn refused(&self) -> impl Iterator<Item = (&SourcePath, &Refusal)> {
        self.refused.iter()
    }

    /// The number of files.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are no files.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// Normalises a text to NFC, the form with precomposed characters.
#[must_use]
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || unicode_normalization::is_nfc(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

type Entry<'a> = (&'a SourcePath, &'a Arc<[u8]>);

/// Removes the entry of a path and all entries below it from a map.
fn take<V>(map: &mut BTreeMap<SourcePath, V>, path: &str) -> BTreeMap<SourcePath, V> {
    let folder = format!("{path}/");
    let from = (Bound::Included(folder.as_str()), Bound::Unbounded);
    let children = map.range::<str, _>(from).map(|(path, _)| path);
    let children = children.take_while(|path| path.starts_with(&folder));
    let paths: Vec<_> = children.cloned().chain([SourcePath::from(path)]).collect();
    paths
        .iter()
        .filter_map(|path| map.remove_entry(path))
        .collect()
}

impl<P: Into<SourcePath>, B: Into<Arc<[u8]>>> FromIterator<(P, B)> for Sources {
    fn from_iter<I: IntoIterator<Item = (P, B)>>(files: I) -> Self {
        let mut sources = Self::default();
        for (path, bytes) in files {
            sources.insert(path, bytes);
        }
        sources
    }
}
