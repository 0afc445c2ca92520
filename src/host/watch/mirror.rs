//! The sources as they are on disk, updated where they may have changed.
//!
//! Entry: [`Mirror::read`], [`Mirror::refresh`]. Invariant: unchanged bytes stay the same shared value, so that nothing is parsed
//! twice and a save without a change triggers no build.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::PathBuf;

use super::Change;
use crate::host::read::read_changed;
use crate::host::read_cache::ReadCache;
use crate::source::{SourcePath, Sources};

/// The sources of a book, and the folders and files that they come from.
#[derive(Debug)]
pub struct Mirror {
    root: PathBuf,
    folders: Vec<String>,
    files: Vec<String>,
    sources: Sources,
    cache: ReadCache,
}

impl Mirror {
    /// Reads the given folders and files below a root.
    ///
    /// # Errors
    /// When the root can't be read.
    pub fn read(root: PathBuf, folders: Vec<String>, files: Vec<String>) -> io::Result<Self> {
        let mut mirror = Self {
            root,
            folders,
            files,
            sources: Sources::default(),
            cache: ReadCache::default(),
        };
        mirror.refresh(&Change::Anything)?;
        Ok(mirror)
    }

    /// The sources as they were last read.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Switches to another set of folders and reads everything again; returns the paths that changed.
    ///
    /// # Errors
    /// When the root can't be read.
    pub fn set_folders(&mut self, folders: Vec<String>) -> io::Result<BTreeSet<SourcePath>> {
        self.folders = folders;
        self.refresh(&Change::Anything)
    }

    /// Reads again what may have changed, and returns the paths that did change.
    ///
    /// # Errors
    /// When the root can't be read; the sources are then unchanged.
    pub fn refresh(&mut self, change: &Change) -> io::Result<BTreeSet<SourcePath>> {
        match change {
            // Of two names that are equal after normalisation, which one counts depends on both files.
            Change::Paths(paths)
                if !paths
                    .iter()
                    .any(|it| self.is_or_contains_folder(it) || self.sources.is_respelled(it)) =>
            {
                self.refresh_paths(paths)
            }
            _ => self.refresh_all(),
        }
    }

    /// Whether a path is one of the folders or a parent of one.
    fn is_or_contains_folder(&self, path: &str) -> bool {
        let mut rests = self.folders.iter().filter_map(|it| it.strip_prefix(path));
        rests.any(|it| it.is_empty() || it.starts_with('/'))
    }

    /// Whether a path is one of the files or inside one of the folders.
    fn is_watched(&self, path: &String) -> bool {
        let folders = self.folders.iter();
        let mut rests = folders.filter_map(|it| path.strip_prefix(it.as_str()));
        self.files.contains(path) || rests.any(|it| it.starts_with('/'))
    }

    fn refresh_all(&mut self) -> io::Result<BTreeSet<SourcePath>> {
        let files: Vec<_> = self.files.iter().map(String::as_str).collect();
        let folders: Vec<_> = self.folders.iter().map(String::as_str).collect();
        let new = read_changed(&self.root, &folders, &files, &mut self.cache)?;
        let old = std::mem::take(&mut self.sources);
        Ok(self.merge(&old, new))
    }

    fn refresh_paths(&mut self, paths: &BTreeSet<String>) -> io::Result<BTreeSet<SourcePath>> {
        let mut folders = Vec::new();
        let mut files = Vec::new();
        let mut read: Vec<&str> = Vec::new();
        for path in paths {
            let is_inside = |folder: &&str| {
                path.strip_prefix(*folder)
                    .is_some_and(|it| it.starts_with('/'))
            };
            if !self.is_watched(path) || folders.iter().any(is_inside) {
                continue;
            }
            read.push(path);
            match fs::symlink_metadata(self.root.join(path)) {
                Ok(it) if it.is_dir() => folders.push(path.as_str()),
                // A deleted file is read as missing.
                _ => files.push(path.as_str()),
            }
        }
        let new = read_changed(&self.root, &folders, &files, &mut self.cache)?;
        let mut old = Sources::default();
        for path in read {
            old.extend(self.sources.take(path));
        }
        Ok(self.merge(&old, new))
    }

    /// Replaces `old`, which was taken out of the sources, by `new`; unchanged files keep their shared value.
    fn merge(&mut self, old: &Sources, mut new: Sources) -> BTreeSet<SourcePath> {
        let changed = old.changed_paths(&new);
        let unchanged: Vec<_> = new
            .iter()
            .filter(|(path, _)| !changed.contains(*path))
            .filter_map(|(path, _)| Some((path.clone(), old.bytes(path)?.clone())))
            .collect();
        for (path, bytes) in unchanged {
            self.cache.share_bytes(&path, &bytes);
            new.replace(&path, bytes);
        }
        self.sources.extend(new);
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Mirror};
    use std::fs;
    use std::sync::Arc;
    use std::time::Duration;

    #[test]
    fn a_file_that_is_read_again_is_held_once() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let root = folder.path().canonicalize().expect("it is there");
        // Too new to be cached by its fingerprint: the next refresh opens it again.
        fs::write(root.join("book.toml"), "[book]\n").expect("the test's own folder");
        let files = vec!["book.toml".to_owned()];
        let mut mirror = Mirror::read(root, Vec::new(), files).expect("it can be read");
        std::thread::sleep(Duration::from_millis(150));
        for _ in 0..2 {
            let changed = mirror.refresh(&Change::Unreported).expect("it can be read");
            assert!(changed.is_empty(), "{changed:?}");
        }
        let bytes = mirror.sources().bytes("book.toml").expect("it is there");
        let owners = Arc::strong_count(bytes);
        assert_eq!(owners, 2, "the sources and the cache");
    }
}
