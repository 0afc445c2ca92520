//! The plain value at the entrance: every file of a book, as path → bytes.
//!
//! Entry: [`Sources`]. Invariant: nothing here knows what a file means. Paths are compared in one form of Unicode, NFC, in
//! which people type them; a file whose name is stored in another form keeps it for the disk.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

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
    /// How the disk spells a path that is stored in another form.
    spelled: BTreeMap<SourcePath, SourcePath>,
    refused: BTreeMap<SourcePath, Refusal>,
}

impl Sources {
    /// Adds or replaces a file. Of two files whose names differ only in their form, one keeps its form as its path.
    pub fn insert(&mut self, path: impl Into<SourcePath>, bytes: impl Into<Arc<[u8]>>) {
        let (path, bytes) = (path.into(), bytes.into());
        let files = Arc::make_mut(&mut self.files);
        match nfc(&path) {
            Cow::Borrowed(_) => {
                if let Some(other) = self.spelled.remove(&path)
                    && let Some(bytes) = files.remove(&path)
                {
                    files.insert(other, bytes);
                }
                files.insert(path, bytes);
            }
            Cow::Owned(composed) => {
                let composed = SourcePath::from(composed);
                let own = self.spelled.get(&composed) == Some(&path);
                if files.contains_key(&composed) && !own {
                    files.insert(path, bytes);
                } else {
                    files.insert(composed.clone(), bytes);
                    self.spelled.insert(composed, path);
                }
            }
        }
    }

    /// Replaces the bytes of a file that is there.
    pub fn replace(&mut self, path: &str, bytes: Arc<[u8]>) {
        if let Some(old) = Arc::make_mut(&mut self.files).get_mut(path) {
            *old = bytes;
        }
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &str) {
        _ = self.take(path);
    }

    /// Whether a path, or a file that would have the same path here, is stored in another form.
    #[must_use]
    pub fn is_respelled(&self, path: &str) -> bool {
        *nfc(path) != *path || self.spelled.contains_key(path)
    }

    /// A path as the disk spells it.
    #[must_use]
    pub fn on_disk<'a>(&'a self, path: &'a str) -> &'a str {
        self.spelled.get(path).map_or(path, |it| it)
    }

    /// Takes a file or a folder away, and returns what stood there.
    #[must_use]
    pub fn take(&mut self, path: &str) -> Self {
        let composed = nfc(path);
        let files = Arc::make_mut(&mut self.files);
        let mut taken = take(files, &composed);
        if *composed != *path {
            taken.append(&mut take(files, path));
        }
        Self {
            files: Arc::new(taken),
            spelled: take(&mut self.spelled, &composed),
            refused: take(&mut self.refused, &composed),
        }
    }

    /// Adds what another book holds, over what stands there.
    pub fn extend(&mut self, other: Self) {
        let mut others = Arc::unwrap_or_clone(other.files);
        if self.spelled.is_empty() && other.spelled.is_empty() {
            Arc::make_mut(&mut self.files).append(&mut others);
        } else {
            for (path, bytes) in others {
                let spelled = other.spelled.get(&path).cloned();
                self.insert(spelled.unwrap_or(path), bytes);
            }
        }
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

/// A text in the form in which letters and their marks are one sign where they can be (NFC).
#[must_use]
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || unicode_normalization::is_nfc(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
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
        let mut sources = Self::default();
        for (path, bytes) in files {
            sources.insert(path, bytes);
        }
        sources
    }
}
