//! The sources as they stand on disk, read again where they may have changed.
//!
//! Entry: [`Mirror::read`], [`Mirror::refresh`]. Invariant: a file whose bytes are the same is the same value as before,
//! so that nothing is parsed twice and a save without a change wakes nobody.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::PathBuf;

use super::Change;
use crate::host::memory::Memory;
use crate::host::read::read_again;
use crate::source::{SourcePath, Sources};

/// The sources of a book, and how they are found.
#[derive(Debug)]
pub struct Mirror {
    root: PathBuf,
    folders: Vec<String>,
    files: Vec<String>,
    sources: Sources,
    memory: Memory,
}

impl Mirror {
    /// Reads folders and files of a root.
    ///
    /// # Errors
    /// When the root can't be read.
    pub fn read(root: PathBuf, folders: Vec<String>, files: Vec<String>) -> io::Result<Self> {
        let mut mirror = Self {
            root,
            folders,
            files,
            sources: Sources::default(),
            memory: Memory::default(),
        };
        mirror.refresh(&Change::Anything)?;
        Ok(mirror)
    }

    /// The sources as they were last read.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Reads other folders.
    ///
    /// # Errors
    /// When the root can't be read.
    pub fn turn_to(&mut self, folders: Vec<String>) -> io::Result<BTreeSet<SourcePath>> {
        self.folders = folders;
        self.refresh(&Change::Anything)
    }

    /// Reads again what may have changed, and returns the paths of what has.
    ///
    /// # Errors
    /// When the root can't be read; then nothing is as if it had changed.
    pub fn refresh(&mut self, change: &Change) -> io::Result<BTreeSet<SourcePath>> {
        match change {
            // What a file is called may depend on the file beside it whose name has another form.
            Change::Paths(paths)
                if !paths
                    .iter()
                    .any(|it| self.holds_folder(it) || self.sources.is_respelled(it)) =>
            {
                self.refresh_paths(paths)
            }
            _ => self.refresh_all(),
        }
    }

    /// Whether a path is one of the folders or leads to one.
    fn holds_folder(&self, path: &str) -> bool {
        let mut rests = self.folders.iter().filter_map(|it| it.strip_prefix(path));
        rests.any(|it| it.is_empty() || it.starts_with('/'))
    }

    /// Whether a path is one of the files, or in one of the folders.
    fn is_ours(&self, path: &String) -> bool {
        let folders = self.folders.iter();
        let mut rests = folders.filter_map(|it| path.strip_prefix(it.as_str()));
        self.files.contains(path) || rests.any(|it| it.starts_with('/'))
    }

    fn refresh_all(&mut self) -> io::Result<BTreeSet<SourcePath>> {
        let files: Vec<_> = self.files.iter().map(String::as_str).collect();
        let folders: Vec<_> = self.folders.iter().map(String::as_str).collect();
        let now = read_again(&self.root, &folders, &files, &mut self.memory)?;
        let old = std::mem::take(&mut self.sources);
        Ok(self.put(&old, now))
    }

    fn refresh_paths(&mut self, paths: &BTreeSet<String>) -> io::Result<BTreeSet<SourcePath>> {
        let mut folders = Vec::new();
        let mut files = Vec::new();
        let mut read: Vec<&str> = Vec::new();
        for path in paths {
            let inside = |above: &&str| {
                path.strip_prefix(*above)
                    .is_some_and(|it| it.starts_with('/'))
            };
            if !self.is_ours(path) || folders.iter().any(inside) {
                continue;
            }
            read.push(path);
            match fs::symlink_metadata(self.root.join(path)) {
                Ok(it) if it.is_dir() => folders.push(path.as_str()),
                // One that is gone is read as absent.
                _ => files.push(path.as_str()),
            }
        }
        let now = read_again(&self.root, &folders, &files, &mut self.memory)?;
        let mut old = Sources::default();
        for path in read {
            old.extend(self.sources.take(path));
        }
        Ok(self.put(&old, now))
    }

    /// Puts what was read in the place of what was taken out; what is the same stays the same value.
    fn put(&mut self, old: &Sources, now: Sources) -> BTreeSet<SourcePath> {
        let changed = old.changed_paths(&now);
        let mut now = now;
        let kept: Vec<_> = now
            .iter()
            .filter(|(path, _)| !changed.contains(*path))
            .filter_map(|(path, _)| Some((path.clone(), old.bytes(path)?.clone())))
            .collect();
        for (path, bytes) in kept {
            self.memory.share(&path, &bytes);
            now.replace(&path, bytes);
        }
        self.sources.extend(now);
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
        // Too fresh to be told by its stamp: the next look opens it again.
        fs::write(root.join("book.toml"), "[book]\n").expect("the test's own folder");
        let files = vec!["book.toml".to_owned()];
        let mut mirror = Mirror::read(root, Vec::new(), files).expect("it can be read");
        std::thread::sleep(Duration::from_millis(150));
        for _ in 0..2 {
            let changed = mirror.refresh(&Change::Unreported).expect("it can be read");
            assert!(changed.is_empty(), "{changed:?}");
        }
        let bytes = mirror.sources().bytes("book.toml").expect("it is there");
        let held = Arc::strong_count(bytes);
        assert_eq!(held, 2, "by the sources and by the memory of what was read");
    }
}
