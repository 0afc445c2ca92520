//! Plans the changes that make a folder hold a site.
//!
//! Entry: [`inspect_destination`] for each file, then [`Plan::new`]. Invariant: nothing is changed; a folder that can't become
//! the site is refused before its first change.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::disk::Stamp;
use super::error::io_error;
use super::manifest::Manifest;
use super::names::folders_above;

/// The changes to a folder, carried out in the order of the fields.
pub(super) struct Plan<'a> {
    /// Old files that must go first, since a folder takes the path of the file, or a file the path of its folder.
    pub obstacles: Vec<&'a str>,
    /// New and changed files, sorted by phase.
    pub writes: Vec<PendingWrite<'a>>,
    /// Old files that the site no longer has.
    pub deletions: Vec<&'a str>,
    /// How many files are unchanged.
    pub unchanged: usize,
}

/// A staged file that is to be moved to its final path.
pub(super) struct PendingWrite<'a> {
    pub phase: Phase,
    pub path: &'a str,
    /// Its path in the staging folder.
    pub staged: &'a Path,
    /// Whether no file existed there.
    pub is_new: bool,
}

impl<'a> PendingWrite<'a> {
    /// The parent folder, relative to the site; empty at the top.
    fn parent(&self) -> &'a str {
        self.path.rsplit_once('/').map_or("", |(parent, _)| parent)
    }
}

/// The files of one folder in one phase.
pub(super) struct FolderBatch<'p, 'a> {
    /// The folder, relative to the site; empty at the top.
    pub parent: &'a str,
    /// Whether these are all writes to the folder.
    pub is_complete: bool,
    pub writes: &'p [PendingWrite<'a>],
}

impl FolderBatch<'_, '_> {
    /// The staging folder that holds them.
    pub fn staging_folder(&self) -> Option<&Path> {
        self.writes.first()?.staged.parent()
    }
}

/// A file of the new site.
pub(super) struct StagedFile {
    /// Its path in the staging folder; `None` if the existing file is unchanged.
    pub staged: Option<PathBuf>,
    pub phase: Phase,
    /// Whether no file existed there.
    pub is_new: bool,
    pub stamp: Option<Stamp>,
}

impl StagedFile {
    /// A file in the staging folder.
    pub fn new(staged: PathBuf, destination: &Destination, stamp: Option<Stamp>) -> Self {
        Self {
            staged: Some(staged),
            phase: destination.phase,
            is_new: destination.is_new,
            stamp,
        }
    }

    /// An existing file that is unchanged.
    pub fn unchanged(stamp: Option<Stamp>) -> Self {
        Self {
            staged: None,
            phase: Phase::Changed,
            is_new: false,
            stamp,
        }
    }
}

impl<'a> Plan<'a> {
    /// Plans the changes from the old site to the new one.
    ///
    /// # Errors
    /// Names a path that would be both a file and a folder.
    pub fn new(old: &'a Manifest, files: &'a BTreeMap<String, StagedFile>) -> io::Result<Self> {
        let folders: BTreeSet<&str> = files.keys().flat_map(|it| folders_above(it)).collect();
        if let Some(folder) = folders.iter().find(|it| files.contains_key(**it)) {
            let prefix = format!("{folder}/");
            let below = files.keys().find(|it| it.starts_with(&prefix));
            let message = format!(
                "`{folder}` is a file of the site, and `{}` is below it",
                below.map_or("another", |it| it)
            );
            return Err(io::Error::new(ErrorKind::InvalidInput, message));
        }
        let mut writes: Vec<_> = files
            .iter()
            .filter_map(|(path, file)| {
                Some(PendingWrite {
                    phase: file.phase,
                    path,
                    staged: file.staged.as_deref()?,
                    is_new: file.is_new,
                })
            })
            .collect();
        // A folder before its subfolders.
        writes.sort_by_key(|it| (it.phase, it.parent()));
        let is_obstacle = |path: &&str| {
            folders.contains(path) || folders_above(path).any(|it| files.contains_key(it))
        };
        let (obstacles, mut deletions): (Vec<_>, Vec<_>) = old
            .files
            .keys()
            .map(String::as_str)
            .filter(|path| !files.contains_key(*path))
            .partition(is_obstacle);
        // Pages are deleted before the pictures that they show.
        deletions.sort_by_key(|path| !is_page(path));
        Ok(Self {
            obstacles,
            unchanged: files.len() - writes.len(),
            writes,
            deletions,
        })
    }

    /// The writes, grouped by phase and folder.
    pub fn batches(&self) -> impl Iterator<Item = FolderBatch<'_, 'a>> {
        let mut by_folder: BTreeMap<&str, usize> = BTreeMap::new();
        for file in &self.writes {
            *by_folder.entry(file.parent()).or_default() += 1;
        }
        let same_batch = |one: &PendingWrite<'_>, other: &PendingWrite<'_>| {
            (one.phase, one.parent()) == (other.phase, other.parent())
        };
        self.writes.chunk_by(same_batch).map(move |writes| {
            let parent = writes[0].parent();
            FolderBatch {
                parent,
                is_complete: by_folder[parent] == writes.len(),
                writes,
            }
        })
    }

    /// The paths of all files that are created, changed or deleted.
    pub fn paths(&self) -> impl Iterator<Item = &'a str> {
        let writes = self.writes.iter().map(|it| it.path);
        let deletions = self.obstacles.iter().chain(&self.deletions).copied();
        writes.chain(deletions)
    }

    /// Whether there is nothing to change.
    pub fn is_empty(&self) -> bool {
        self.obstacles.is_empty() && self.writes.is_empty() && self.deletions.is_empty()
    }
}

/// When a file is written. The order ensures that no link that a reader can follow is ever dead: a page is written after
/// everything that it links to, or before any reachable page links to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// A new file that is not a page.
    NewFile,
    /// A new page. New pages may link to one another in a cycle, but no old page links to them.
    NewPage,
    /// A file that a killed run left in another state. It may link to a new page.
    Leftover,
    /// The home page of a site that was never finished: the entry page becomes available last.
    Home,
    /// A changed file of the finished old site.
    Changed,
}

/// What exists at a path inside the folder.
pub(super) enum PathState {
    Absent,
    File(Metadata),
    Folder,
    /// A symbolic link, a pipe, a device.
    Other,
    /// A parent path, which is not a folder.
    BlockedBy(String),
}

/// The state of the path that a file of the site is to have.
pub(super) struct Destination {
    pub phase: Phase,
    /// Whether no file exists there.
    pub is_new: bool,
    /// The existing file.
    pub file: Option<Metadata>,
    /// Whether no earlier run wrote the existing file; it may then be kept only if its bytes are the same.
    pub is_foreign: bool,
}

impl Destination {
    /// The destination of a file in a folder that holds no site.
    pub fn absent(path: &str) -> Self {
        Self {
            phase: phase(path, true, false),
            is_new: true,
            file: None,
            is_foreign: false,
        }
    }
}

/// Inspects the path that a file of the site is to have.
///
/// # Errors
/// When the path is taken by something other than a file that no earlier run wrote, or can't be read.
pub(super) fn inspect_destination(
    folder: &Path,
    path: &str,
    old: &Manifest,
) -> io::Result<Destination> {
    let mut file = None;
    let is_new = match path_state(folder, path)? {
        PathState::File(metadata) => {
            file = Some(metadata);
            false
        }
        PathState::Absent => true,
        PathState::Folder => match first_foreign(folder, path, old)? {
            None => true,
            Some(in_the_way) => return Err(foreign_file_error(folder, &in_the_way, old)),
        },
        PathState::BlockedBy(file) if is_own_file(folder, &file, old)? => true,
        PathState::BlockedBy(in_the_way) => {
            return Err(foreign_file_error(folder, &in_the_way, old));
        }
        PathState::Other => return Err(foreign_file_error(folder, path, old)),
    };
    let is_settled = old.files.get(path).is_some_and(Option::is_some);
    Ok(Destination {
        phase: phase(path, is_new, is_settled),
        is_new,
        is_foreign: file.is_some() && !old.files.contains_key(path),
        file,
    })
}

/// Returns what exists at a path, without following symbolic links.
///
/// # Errors
/// When the metadata can't be read.
pub(super) fn path_state(folder: &Path, path: &str) -> io::Result<PathState> {
    let metadata_of = |path: &str| {
        let location = folder.join(path);
        match fs::symlink_metadata(&location) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(io_error("read", &location, &error)),
            Ok(metadata) => Ok(Some(metadata)),
        }
    };
    for parent in folders_above(path) {
        match metadata_of(parent)? {
            None => return Ok(PathState::Absent),
            Some(it) if it.is_dir() => {}
            Some(_) => return Ok(PathState::BlockedBy(parent.to_owned())),
        }
    }
    Ok(match metadata_of(path)? {
        None => PathState::Absent,
        Some(it) if it.is_file() => PathState::File(it),
        Some(it) if it.is_dir() => PathState::Folder,
        Some(_) => PathState::Other,
    })
}

/// The phase in which a file is written. `is_settled` means that a finished run wrote the existing file.
fn phase(path: &str, is_new: bool, is_settled: bool) -> Phase {
    match path {
        _ if uncompressed(path) == "index.html" && (is_new || !is_settled) => Phase::Home,
        _ if is_new && is_page(path) => Phase::NewPage,
        _ if is_new => Phase::NewFile,
        _ if is_settled => Phase::Changed,
        _ => Phase::Leftover,
    }
}

/// Whether a path is an HTML page, compressed or not.
pub(super) fn is_page(path: &str) -> bool {
    Path::new(uncompressed(path))
        .extension()
        .is_some_and(|it| it.eq_ignore_ascii_case("html"))
}

/// The path without the extension of a compressed file.
fn uncompressed(path: &str) -> &str {
    let ending = [".gz", ".br"].iter().find_map(|it| path.strip_suffix(it));
    ending.unwrap_or(path)
}

/// Whether a path is a file that an earlier run wrote, which may therefore be deleted.
fn is_own_file(folder: &Path, path: &str, old: &Manifest) -> io::Result<bool> {
    let is_file = matches!(path_state(folder, path)?, PathState::File(_));
    Ok(is_file && old.files.contains_key(path))
}

/// The first path, the folder itself or one below it, that no earlier run wrote.
fn first_foreign(folder: &Path, path: &str, old: &Manifest) -> io::Result<Option<String>> {
    let prefix = format!("{path}/");
    if !old.files.keys().any(|it| it.starts_with(&prefix)) {
        return Ok(Some(path.to_owned()));
    }
    let location = folder.join(path);
    let read_error = |error| io_error("read", &location, &error);
    let mut names = Vec::new();
    for entry in fs::read_dir(&location).map_err(read_error)? {
        names.push(entry.map_err(read_error)?.file_name());
    }
    names.sort();
    for name in names {
        let below = format!("{prefix}{}", name.to_string_lossy());
        let foreign = match path_state(folder, &below)? {
            PathState::Folder => first_foreign(folder, &below, old)?,
            PathState::File(_) if old.files.contains_key(&below) => None,
            _ => Some(below),
        };
        if foreign.is_some() {
            return Ok(foreign);
        }
    }
    Ok(None)
}

/// The error for a path that is taken by something that no earlier run wrote.
pub(super) fn foreign_file_error(folder: &Path, path: &str, old: &Manifest) -> io::Error {
    let location = folder.join(path);
    let location = location.display();
    let message = if old.is_lost {
        format!(
            "`{location}` is in the way, and the list of what builds wrote is lost: if nothing in `{}` \
             is yours, remove it and build again; otherwise move the file elsewhere",
            folder.display()
        )
    } else {
        format!(
            "`{location}` is in the way, and no build wrote it: move it elsewhere, or build into \
             another folder"
        )
    };
    io::Error::new(ErrorKind::AlreadyExists, message)
}
