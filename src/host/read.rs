//! Reads a book from disk into [`Sources`].
//!
//! Entry: [`read()`]; [`read_changed`] opens changed files only. Invariant: nothing outside the root is read, only regular files
//! are opened, and one file's error never hides the other files.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::read_cache::{Fingerprint, ReadCache};
use crate::source::{MAX_DEPTH, MAX_FILE_BYTES, Refusal, Sources};

/// How many symbolic links to folders may lead to a file. Folders that link to one another would otherwise have an
/// exponential number of paths.
const MAX_FOLDER_LINKS: usize = 2;

/// Files read per rayon task.
const FILES_PER_TASK: usize = 64;

/// Reads `files` and every file under `folders`, all relative to `root`, into [`Sources`].
///
/// Missing files are left out; files that can't be read are recorded as refusals. Hidden files and temporary files of editors
/// are ignored (see [`is_ignored`]). To read a single file again, name it in `files`.
///
/// # Errors
/// Names the root, if it is missing, not a folder, or not accessible.
pub fn read(root: &Path, folders: &[&str], files: &[&str]) -> io::Result<Sources> {
    read_files(root, folders, files, None)
}

/// Like [`read()`], but takes unchanged files from the cache.
///
/// # Errors
/// As [`read()`].
pub fn read_changed(
    root: &Path,
    folders: &[&str],
    files: &[&str],
    cache: &mut ReadCache,
) -> io::Result<Sources> {
    read_files(root, folders, files, Some(cache))
}

fn read_files(
    root: &Path,
    folders: &[&str],
    files: &[&str],
    mut cache: Option<&mut ReadCache>,
) -> io::Result<Sources> {
    let root = open_root(root).map_err(|error| {
        let root = root.display();
        io::Error::new(
            error.kind(),
            format!("cannot read the book in `{root}`: {error}"),
        )
    })?;
    let results = Mutex::default();
    let mut sources = rayon::scope(|scope| {
        let mut walk = Walk {
            root,
            ancestors: Vec::new(),
            link_depth: 0,
            sources: Sources::default(),
            cache: cache.as_deref(),
            pending: Vec::new(),
            scope,
            results: &results,
        };
        walk.read_all(folders, files);
        walk.sources
    });
    let results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut read = Vec::with_capacity(results.len());
    for (
        bytes,
        PendingFile {
            path, fingerprint, ..
        },
    ) in results
    {
        match bytes {
            Ok(bytes) if bytes.len() as u64 > MAX_FILE_BYTES => {
                sources.refuse(path, Refusal::TooLarge(bytes.len() as u64));
            }
            Ok(bytes) => {
                if let (Some(fingerprint), Some(cache)) = (fingerprint, &mut cache) {
                    let entry = (fingerprint, bytes.clone());
                    cache.insert(path.clone(), entry);
                }
                read.push((path, bytes));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => sources.refuse(path, refusal(&error)),
        }
    }
    sources.extend(read.into_iter().collect());
    Ok(sources)
}

/// Whether a file or folder of this name is not part of a book: hidden, or a temporary file of an editor (Emacs and Vim:
/// backups, swap files, autosaves, and `4913`, with which Vim tests whether a folder is writable).
#[must_use]
pub fn is_ignored(name: &str) -> bool {
    let swap = Path::new(name)
        .extension()
        .is_some_and(|it| it == "swp" || it == "swo");
    let autosave = name.len() > 1 && name.starts_with('#') && name.ends_with('#');
    name.starts_with('.') || name.ends_with('~') || name == "4913" || swap || autosave
}

/// Resolves the root and verifies that it is a folder that can be listed and entered.
fn open_root(root: &Path) -> io::Result<PathBuf> {
    // An empty path means the current folder, as `Path::parent` gives it for a bare name.
    let root = if root.as_os_str().is_empty() {
        Path::new(".")
    } else {
        root
    };
    let real = fs::canonicalize(root)?;
    fs::read_dir(&real)?;
    // Listing needs the permission to read, entering the one to search.
    fs::metadata(real.join("."))?;
    Ok(real)
}

struct Walk<'w, 's> {
    /// Without symbolic links.
    root: PathBuf,
    /// The folders above the current entry, without symbolic links, outermost first. Detects loops.
    ancestors: Vec<PathBuf>,
    /// How many symbolic links to folders lead to the current folder.
    link_depth: usize,
    sources: Sources,
    /// Files from earlier reads.
    cache: Option<&'w ReadCache>,
    /// The next batch of files to open.
    pending: Vec<PendingFile>,
    /// Opens files in parallel to the walk.
    scope: &'w rayon::Scope<'s>,
    results: &'s Mutex<Vec<ReadResult>>,
}

/// A file's bytes, or why there are none.
type ReadResult = (io::Result<Arc<[u8]>>, PendingFile);

/// A file found by the walk, not yet opened.
struct PendingFile {
    path: String,
    /// Without symbolic links.
    location: PathBuf,
    length: u64,
    fingerprint: Option<Fingerprint>,
}

impl Walk<'_, '_> {
    /// Reads the given files, and all files below the given folders.
    fn read_all(&mut self, folders: &[&str], files: &[&str]) {
        for folder in folders {
            if let Some((path, real, metadata)) = self.locate(folder) {
                if metadata.is_dir() {
                    self.read_folder(&path, real);
                } else {
                    self.refuse(&path, unreadable("a folder is expected here, not a file"));
                }
            }
        }
        for file in files {
            if let Some((path, real, metadata)) = self.locate(file) {
                if metadata.is_dir() {
                    self.refuse(&path, unreadable("a file is expected here, not a folder"));
                } else {
                    self.queue_file(&path, &real, &metadata);
                }
            }
        }
        self.spawn_reads();
    }

    /// Resolves a path given by the caller; `None` if it is missing or refused.
    fn locate(&mut self, given: &str) -> Option<(String, PathBuf, Metadata)> {
        let Some(path) = path_inside_root(given) else {
            self.refuse(given, Refusal::LinkOutside);
            return None;
        };
        let location = self.root.join(&path);
        if let Err(error) = fs::symlink_metadata(&location) {
            if error.kind() != io::ErrorKind::NotFound {
                self.refuse(&path, refusal(&error));
            }
            return None;
        }
        match self.resolve(&location) {
            Ok((real, metadata)) => Some((path, real, metadata)),
            Err(why) => {
                self.refuse(&path, why);
                None
            }
        }
    }

    /// Reads all files below a folder. `real` is its path without symbolic links.
    fn read_folder(&mut self, path: &str, real: PathBuf) {
        if path.split('/').count() > MAX_DEPTH {
            return self.refuse(path, Refusal::TooDeep);
        }
        let entries = match fs::read_dir(&real) {
            Ok(entries) => entries,
            Err(error) => return self.refuse(path, refusal(&error)),
        };
        self.ancestors.push(real);
        for entry in entries {
            match entry {
                Ok(entry) => self.read_entry(path, &entry.path(), &entry.file_name()),
                Err(error) => self.refuse(path, refusal(&error)),
            }
        }
        self.ancestors.pop();
    }

    fn read_entry(&mut self, folder: &str, location: &Path, name: &OsStr) {
        let shown = name.to_string_lossy();
        if is_ignored(&shown) {
            return;
        }
        let path = match folder {
            "" => shown.into_owned(),
            _ => format!("{folder}/{shown}"),
        };
        if name.to_str().is_none() {
            return self.refuse(&path, Refusal::NameNotUtf8);
        }
        match fs::symlink_metadata(location) {
            Ok(it) if it.is_symlink() => self.read_link(&path, location),
            Ok(it) if it.is_dir() => self.read_folder(&path, location.to_path_buf()),
            Ok(it) => self.queue_file(&path, location, &it),
            // It was deleted meanwhile, like an editor's temporary file.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => self.refuse(&path, refusal(&error)),
        }
    }

    fn read_link(&mut self, path: &str, location: &Path) {
        match self.resolve(location) {
            Err(why) => self.refuse(path, why),
            Ok((real, metadata)) if !metadata.is_dir() => self.queue_file(path, &real, &metadata),
            Ok((real, _))
                if self
                    .ancestors
                    .iter()
                    .any(|folder| folder.starts_with(&real)) =>
            {
                self.refuse(path, Refusal::LinkLoop);
            }
            Ok(_) if self.link_depth == MAX_FOLDER_LINKS => self.refuse(path, Refusal::TooDeep),
            Ok((real, _)) => {
                self.link_depth += 1;
                self.read_folder(path, real);
                self.link_depth -= 1;
            }
        }
    }

    fn queue_file(&mut self, path: &str, location: &Path, metadata: &Metadata) {
        // Opening a pipe blocks until there is a writer; opening a device can have any effect.
        if !metadata.is_file() {
            return self.refuse(path, unreadable("it is not a regular file"));
        }
        if metadata.len() > MAX_FILE_BYTES {
            return self.refuse(path, Refusal::TooLarge(metadata.len()));
        }
        let fingerprint = Fingerprint::from_metadata(metadata);
        let cached = self.cache.and_then(|it| it.get(path));
        if let (Some(now), Some((before, bytes))) = (&fingerprint, cached)
            && now == before
        {
            return self.sources.insert(path, bytes.clone());
        }
        self.pending.push(PendingFile {
            path: path.to_owned(),
            location: location.to_path_buf(),
            length: metadata.len(),
            fingerprint,
        });
        if self.pending.len() == FILES_PER_TASK {
            self.spawn_reads();
        }
    }

    /// Reads the pending files in a rayon task.
    fn spawn_reads(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let results = self.results;
        self.scope.spawn(move |_| {
            let read: Vec<_> = pending
                .into_iter()
                .map(|file| (read_bounded(&file.location, file.length), file))
                .collect();
            let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
            results.extend(read);
        });
    }

    /// Resolves symbolic links and verifies that the target is inside the root; returns its path and metadata.
    fn resolve(&self, location: &Path) -> Result<(PathBuf, Metadata), Refusal> {
        let real = fs::canonicalize(location).map_err(|error| match error.kind() {
            // The link itself exists, so its target is missing.
            io::ErrorKind::NotFound => Refusal::LinkDangling,
            _ => refusal(&error),
        })?;
        let inside = real.strip_prefix(&self.root).is_ok_and(|rest| {
            let mut names = rest.iter().map(OsStr::to_string_lossy);
            // Hidden files are not part of the book: a link must not publish `.git/config`.
            real == location || !names.any(|name| name.starts_with('.'))
        });
        if !inside {
            return Err(Refusal::LinkOutside);
        }
        let metadata = fs::metadata(&real).map_err(|error| refusal(&error))?;
        Ok((real, metadata))
    }

    fn refuse(&mut self, path: &str, why: Refusal) {
        self.sources.refuse(path, why);
    }
}

/// The path with `/` as separator and without `.`; `None` if it could lead out of the root.
fn path_inside_root(given: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in Path::new(given).components() {
        match part {
            Component::CurDir => {}
            Component::Normal(part) => parts.push(part.to_str()?),
            _ => return None,
        }
    }
    Some(parts.join("/"))
}

/// The bytes of a file; of one that grows while it is read, at most one more than the limit.
fn read_bounded(location: &Path, length: u64) -> io::Result<Arc<[u8]>> {
    // One byte of spare capacity, so that the read that finds the end of the file does not reallocate.
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default() + 1);
    File::open(location)?
        .take(MAX_FILE_BYTES + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes.into())
}

fn refusal(error: &io::Error) -> Refusal {
    // `ErrorKind::FilesystemLoop` is unstable, so it is recognised by its debug output.
    if format!("{:?}", error.kind()) == "FilesystemLoop" {
        return Refusal::LinkLoop;
    }
    unreadable(&error.to_string())
}

fn unreadable(why: &str) -> Refusal {
    Refusal::Unreadable(why.to_owned())
}
