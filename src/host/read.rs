//! The book on disk, read into [`Sources`].
//!
//! Entry: [`read()`]; [`read_again`] opens only what has changed. Invariant: nothing outside the root is read, nothing but a regular file is
//! opened, and one file's fault never hides the others.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::memory::{Memory, Stamp};
use crate::source::{MAX_DEPTH, MAX_FILE_BYTES, Refusal, Sources};

/// How many links to folders are followed on the way to a file. Folders that link to one another
/// have more paths than any disk has files.
const MAX_FOLDER_LINKS: usize = 2;

/// How many files are read in one piece of work.
const AT_ONCE: usize = 64;

/// Reads `files` and every file under `folders`, all relative to `root`, into [`Sources`].
///
/// What is absent is left out; what can't be read is refused under its path. Hidden files and the
/// leavings of editors are passed over (see [`is_passed_over`]). A single file that has changed is
/// read by naming it in `files`.
///
/// # Errors
/// When the root is missing, is not a folder or can't be entered; the error names it.
pub fn read(root: &Path, folders: &[&str], files: &[&str]) -> io::Result<Sources> {
    read_with(root, folders, files, None)
}

/// The same, where files that stand as they were read before are not opened again.
///
/// # Errors
/// As [`read()`].
pub fn read_again(
    root: &Path,
    folders: &[&str],
    files: &[&str],
    memory: &mut Memory,
) -> io::Result<Sources> {
    read_with(root, folders, files, Some(memory))
}

fn read_with(
    root: &Path,
    folders: &[&str],
    files: &[&str],
    mut memory: Option<&mut Memory>,
) -> io::Result<Sources> {
    let root = enter(root).map_err(|error| {
        let root = root.display();
        io::Error::new(
            error.kind(),
            format!("cannot read the book in `{root}`: {error}"),
        )
    })?;
    let opened = Mutex::default();
    let known = memory.as_deref();
    let mut sources = rayon::scope(|scope| {
        let mut walk = Walk {
            root,
            above: Vec::new(),
            links: 0,
            sources: Sources::default(),
            known,
            waiting: Vec::new(),
            scope,
            opened: &opened,
        };
        walk.all(folders, files);
        walk.sources
    });
    let opened = opened.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut read = Vec::with_capacity(opened.len());
    for (bytes, Waiting { path, stamp, .. }) in opened {
        match bytes {
            Ok(bytes) if bytes.len() as u64 > MAX_FILE_BYTES => {
                sources.refuse(path, Refusal::TooLarge(bytes.len() as u64));
            }
            Ok(bytes) => {
                if let (Some(stamp), Some(memory)) = (stamp, &mut memory) {
                    let kept = (stamp, bytes.clone());
                    memory.keep(path.clone(), kept);
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

/// Whether a file or folder of this name is no part of a book: hidden, or a leaving of an editor
/// (Emacs and Vim: backups, swap files, Vim's trial file `4913`, autosaves).
#[must_use]
pub fn is_passed_over(name: &str) -> bool {
    let swap = Path::new(name)
        .extension()
        .is_some_and(|it| it == "swp" || it == "swo");
    let autosave = name.len() > 1 && name.starts_with('#') && name.ends_with('#');
    name.starts_with('.') || name.ends_with('~') || name == "4913" || swap || autosave
}

/// The root without links, proven to be a folder that can be listed and entered.
fn enter(root: &Path) -> io::Result<PathBuf> {
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
    /// Without links.
    root: PathBuf,
    /// The folders that the walk is in, without links, outermost first.
    above: Vec<PathBuf>,
    /// How many links to folders led here.
    links: usize,
    sources: Sources,
    /// Files as they were read before.
    known: Option<&'w Memory>,
    /// Files that were found and are still to be opened.
    waiting: Vec<Waiting>,
    /// Where files are opened while the walk goes on.
    scope: &'w rayon::Scope<'s>,
    opened: &'s Mutex<Vec<Opened>>,
}

/// A file's bytes, or why there are none.
type Opened = (io::Result<Arc<[u8]>>, Waiting);

/// A file that was found.
struct Waiting {
    path: String,
    /// Without links.
    place: PathBuf,
    length: u64,
    stamp: Option<Stamp>,
}

impl Walk<'_, '_> {
    /// Finds folders and files that the caller names, and all that is under the folders.
    fn all(&mut self, folders: &[&str], files: &[&str]) {
        for folder in folders {
            if let Some((path, real, metadata)) = self.find(folder) {
                if metadata.is_dir() {
                    self.folder(&path, real);
                } else {
                    self.refuse(&path, unreadable("a folder is expected here, not a file"));
                }
            }
        }
        for file in files {
            if let Some((path, real, metadata)) = self.find(file) {
                if metadata.is_dir() {
                    self.refuse(&path, unreadable("a file is expected here, not a folder"));
                } else {
                    self.file(&path, &real, &metadata);
                }
            }
        }
        self.open();
    }

    /// What stands at a path that the caller names; none if it is absent or refused.
    fn find(&mut self, given: &str) -> Option<(String, PathBuf, Metadata)> {
        let Some(path) = inner_path(given) else {
            self.refuse(given, Refusal::LinkOutside);
            return None;
        };
        let place = self.root.join(&path);
        if let Err(error) = fs::symlink_metadata(&place) {
            if error.kind() != io::ErrorKind::NotFound {
                self.refuse(&path, refusal(&error));
            }
            return None;
        }
        match self.follow(&place) {
            Ok((real, metadata)) => Some((path, real, metadata)),
            Err(why) => {
                self.refuse(&path, why);
                None
            }
        }
    }

    /// Reads all that is under a folder. `real` is its place without links.
    fn folder(&mut self, path: &str, real: PathBuf) {
        if path.split('/').count() > MAX_DEPTH {
            return self.refuse(path, Refusal::TooDeep);
        }
        let entries = match fs::read_dir(&real) {
            Ok(entries) => entries,
            Err(error) => return self.refuse(path, refusal(&error)),
        };
        self.above.push(real);
        for entry in entries {
            match entry {
                Ok(entry) => self.entry(path, &entry.path(), &entry.file_name()),
                Err(error) => self.refuse(path, refusal(&error)),
            }
        }
        self.above.pop();
    }

    fn entry(&mut self, folder: &str, place: &Path, name: &OsStr) {
        let shown = name.to_string_lossy();
        if is_passed_over(&shown) {
            return;
        }
        let path = match folder {
            "" => shown.into_owned(),
            _ => format!("{folder}/{shown}"),
        };
        if name.to_str().is_none() {
            return self.refuse(&path, Refusal::NameNotUtf8);
        }
        match fs::symlink_metadata(place) {
            Ok(it) if it.is_symlink() => self.link(&path, place),
            Ok(it) if it.is_dir() => self.folder(&path, place.to_path_buf()),
            Ok(it) => self.file(&path, place, &it),
            // It went while the folder was read: an editor's temporary file.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => self.refuse(&path, refusal(&error)),
        }
    }

    fn link(&mut self, path: &str, place: &Path) {
        match self.follow(place) {
            Err(why) => self.refuse(path, why),
            Ok((real, metadata)) if !metadata.is_dir() => self.file(path, &real, &metadata),
            Ok((real, _)) if self.above.iter().any(|folder| folder.starts_with(&real)) => {
                self.refuse(path, Refusal::LinkLoop);
            }
            Ok(_) if self.links == MAX_FOLDER_LINKS => self.refuse(path, Refusal::TooDeep),
            Ok((real, _)) => {
                self.links += 1;
                self.folder(path, real);
                self.links -= 1;
            }
        }
    }

    fn file(&mut self, path: &str, place: &Path, metadata: &Metadata) {
        // Opening a pipe waits for a writer, and opening a device can do anything.
        if !metadata.is_file() {
            return self.refuse(path, unreadable("it is not a regular file"));
        }
        if metadata.len() > MAX_FILE_BYTES {
            return self.refuse(path, Refusal::TooLarge(metadata.len()));
        }
        let stamp = Stamp::of(metadata);
        let known = self.known.and_then(|it| it.get(path));
        if let (Some(now), Some((before, bytes))) = (&stamp, known)
            && now == before
        {
            return self.sources.insert(path, bytes.clone());
        }
        self.waiting.push(Waiting {
            path: path.to_owned(),
            place: place.to_path_buf(),
            length: metadata.len(),
            stamp,
        });
        if self.waiting.len() == AT_ONCE {
            self.open();
        }
    }

    /// Has what was found read, on any core.
    fn open(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let opened = self.opened;
        self.scope.spawn(move |_| {
            let read = waiting.into_iter();
            let read = read.map(|it| (read_bounded(&it.place, it.length), it));
            let read: Vec<_> = read.collect();
            let mut opened = opened.lock().unwrap_or_else(PoisonError::into_inner);
            opened.extend(read);
        });
    }

    /// A place without links, proven to be inside the root, and what stands there.
    fn follow(&self, place: &Path) -> Result<(PathBuf, Metadata), Refusal> {
        let real = fs::canonicalize(place).map_err(|error| match error.kind() {
            // What is followed is there: only what it leads to can be absent.
            io::ErrorKind::NotFound => Refusal::LinkDangling,
            _ => refusal(&error),
        })?;
        let inside = real.strip_prefix(&self.root).is_ok_and(|rest| {
            let mut names = rest.iter().map(OsStr::to_string_lossy);
            // What is hidden is no part of the book: a link must not publish `.git/config`.
            real == place || !names.any(|name| name.starts_with('.'))
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

/// A path with `/` between its parts and without `.`; none if it could leave the root.
fn inner_path(given: &str) -> Option<String> {
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

/// The bytes of a file, and one more than the limit at most if it grows while it is read.
fn read_bounded(place: &Path, length: u64) -> io::Result<Arc<[u8]>> {
    // Room for one byte more, so that its end is seen without another piece of memory.
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default() + 1);
    File::open(place)?
        .take(MAX_FILE_BYTES + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes.into())
}

fn refusal(error: &io::Error) -> Refusal {
    // The kind of a loop has no name in stable Rust, but it has its word.
    if format!("{:?}", error.kind()) == "FilesystemLoop" {
        return Refusal::LinkLoop;
    }
    unreadable(&error.to_string())
}

fn unreadable(why: &str) -> Refusal {
    Refusal::Unreadable(why.to_owned())
}
