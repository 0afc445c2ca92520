//! The plain value at the exit: every file of a built site, as path → bytes, at once or as they are made.
//!
//! Entry: [`Outputs`], [`Sink`]. Invariant: nothing here knows what a file means.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, PoisonError};

/// Takes the files of a site as they are made, from any thread and in any order, each path once.
pub trait Sink: Sync {
    /// Takes a file.
    fn put(&self, path: &str, bytes: &[u8]);

    /// Takes a file that is written piece by piece, and need not be held.
    fn put_written(&self, path: &str, write: WriteTo<'_>) {
        let mut bytes = Vec::new();
        write(&mut bytes).expect("memory takes every byte");
        self.put(path, &bytes);
    }

    /// Takes a file that is made from another one of the site, which was handed over before; nothing if making it gives nothing.
    /// A sink that holds what was made from the same bytes in the same way need not have it made again.
    fn put_derived(&self, path: &str, from: Source<'_>, make: MakeFrom<'_>) {
        let _ = from;
        if let Some(bytes) = make() {
            self.put(path, &bytes);
        }
    }
}

/// What a derived file is made from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The path of the file.
    pub path: &'a str,
    /// How it is made: the same bytes made in a way of the same name are the same.
    pub way: &'a str,
}

/// What makes a derived file.
pub type MakeFrom<'a> = &'a dyn Fn() -> Option<Vec<u8>>;

/// What writes a file.
pub type WriteTo<'a> = &'a dyn Fn(&mut dyn io::Write) -> io::Result<()>;

impl Sink for Mutex<Outputs> {
    fn put(&self, path: &str, bytes: &[u8]) {
        let mut outputs = self.lock().unwrap_or_else(PoisonError::into_inner);
        outputs.insert(path, bytes.to_vec());
    }
}

/// Every file of a built site, sorted by path; paths have `/` between their parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outputs {
    files: BTreeMap<String, Vec<u8>>,
}

impl Outputs {
    /// Adds a file; returns what stood there before.
    pub fn insert(&mut self, path: impl Into<String>, bytes: Vec<u8>) -> Option<Vec<u8>> {
        self.files.insert(path.into(), bytes)
    }

    /// The bytes of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// Every file, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files
            .iter()
            .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
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

impl IntoIterator for Outputs {
    type Item = (String, Vec<u8>);
    type IntoIter = std::collections::btree_map::IntoIter<String, Vec<u8>>;

    fn into_iter(self) -> Self::IntoIter {
        self.files.into_iter()
    }
}
