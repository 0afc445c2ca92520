//! The output of a build: every file of the site as path → bytes, collected in memory or streamed to a sink.
//!
//! Entry: [`Outputs`], [`Sink`]. Invariant: nothing here knows what a file means.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, PoisonError};

/// Receives the files of a site as they are made, from any thread and in any order, each path once.
pub trait Sink: Sync {
    /// Receives a file.
    fn put(&self, path: &str, bytes: &[u8]);

    /// Receives a file that is streamed and need not be held in memory.
    fn put_streamed(&self, path: &str, write: WriteBytes<'_>) {
        let mut bytes = Vec::new();
        write(&mut bytes).expect("memory takes every byte");
        self.put(path, &bytes);
    }

    /// Receives a file that is derived from one received before; no file if `make` returns `None`. A sink that still holds the
    /// file derived from the same bytes by the same recipe need not call `make`.
    fn put_derived(&self, path: &str, derivation: Derivation<'_>, make: MakeBytes<'_>) {
        let _ = derivation;
        if let Some(bytes) = make() {
            self.put(path, &bytes);
        }
    }
}

/// The origin of a derived file.
#[derive(Debug, Clone, Copy)]
pub struct Derivation<'a> {
    /// The path of the file that it is derived from.
    pub source: &'a str,
    /// Identifies the derivation: the same recipe makes the same bytes from the same bytes.
    pub recipe: &'a str,
}

/// Makes the bytes of a derived file.
pub type MakeBytes<'a> = &'a dyn Fn() -> Option<Vec<u8>>;

/// Writes the bytes of a file.
pub type WriteBytes<'a> = &'a dyn Fn(&mut dyn io::Write) -> io::Result<()>;

impl Sink for Mutex<Outputs> {
    fn put(&self, path: &str, bytes: &[u8]) {
        let mut outputs = self.lock().unwrap_or_else(PoisonError::into_inner);
        outputs.insert(path, bytes.to_vec());
    }
}

/// Every file of a built site, sorted by path; paths have `/` as separator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outputs {
    files: BTreeMap<String, Vec<u8>>,
}

impl Outputs {
    /// Adds a file; returns the previous bytes of that path.
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
