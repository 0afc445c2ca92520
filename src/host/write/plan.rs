//! What has to be done to a folder so that it holds a site.
//!
//! Entry: [`place_of`] for each file, then [`Plan::of`]. Invariant: only looks; a folder that can't become the site is refused
//! before its first change.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::disk::Stamp;
use super::error::failed;
use super::manifest::Manifest;
use super::names::folders_above;

/// The work, in the order of its fields.
pub(super) struct Plan<'a> {
    /// Old files in whose place a folder is needed, or in whose folder's place a file is.
    pub obstacles: Vec<&'a str>,
    /// The files whose bytes differ, by turn.
    pub writes: Vec<Write<'a>>,
    /// Old files that the site no longer has.
    pub deletions: Vec<&'a str>,
    /// How many files stand as they should.
    pub unchanged: usize,
}

/// A file that waits for its name.
pub(super) struct Write<'a> {
    pub turn: Turn,
    pub path: &'a str,
    /// Where it waits.
    pub from: &'a Path,
    /// Whether no file stood there.
    pub is_new: bool,
}

impl<'a> Write<'a> {
    /// The folder that it goes to, as a path in the site; empty at the top.
    fn above(&self) -> &'a str {
        self.path.rsplit_once('/').map_or("", |(above, _)| above)
    }
}

/// Files that go to one folder in one turn.
pub(super) struct Together<'p, 'a> {
    /// The folder, as a path in the site; empty at the top.
    pub above: &'a str,
    /// Whether no other file goes there.
    pub are_all: bool,
    pub writes: &'p [Write<'a>],
}

impl Together<'_, '_> {
    /// The folder in which they wait.
    pub fn from(&self) -> Option<&Path> {
        self.writes.first()?.from.parent()
    }
}

/// A file of the site that has come.
pub(super) struct Staged {
    /// Where it waits for its name; none if it stands as it should.
    pub place: Option<PathBuf>,
    pub turn: Turn,
    /// Whether no file stood there.
    pub is_new: bool,
    pub stamp: Option<Stamp>,
}

impl Staged {
    /// A file that waits.
    pub fn new(from: PathBuf, place: &Place, stamp: Option<Stamp>) -> Self {
        Self {
            place: Some(from),
            turn: place.turn,
            is_new: place.is_new,
            stamp,
        }
    }

    /// A file that stands as it should.
    pub fn standing(stamp: Option<Stamp>) -> Self {
        Self {
            place: None,
            turn: Turn::Changed,
            is_new: false,
            stamp,
        }
    }
}

impl<'a> Plan<'a> {
    /// What makes the site that stood there into the one that has come.
    ///
    /// # Errors
    /// Names the path that is both a file and a folder.
    pub fn of(old: &'a Manifest, files: &'a BTreeMap<String, Staged>) -> io::Result<Self> {
        let folders: BTreeSet<&str> = files.keys().flat_map(|it| folders_above(it)).collect();
        if let Some(folder) = folders.iter().find(|it| files.contains_key(**it)) {
            let prefix = format!("{folder}/");
            let below = files.keys().find(|it| it.starts_with(&prefix));
            let why = format!(
                "`{folder}` is a file of the site, and `{}` is below it",
                below.map_or("another", |it| it)
            );
            return Err(io::Error::new(ErrorKind::InvalidInput, why));
        }
        let writes = files.iter().filter_map(|(path, it)| {
            Some(Write {
                turn: it.turn,
                path,
                from: it.place.as_deref()?,
                is_new: it.is_new,
            })
        });
        let mut writes: Vec<_> = writes.collect();
        // A folder before those in it.
        writes.sort_by_key(|it| (it.turn, it.above()));
        let is_obstacle = |path: &&str| {
            folders.contains(path) || folders_above(path).any(|it| files.contains_key(it))
        };
        let gone = old.files.keys().map(String::as_str);
        let gone = gone.filter(|path| !files.contains_key(*path));
        let (obstacles, mut deletions): (Vec<_>, Vec<_>) = gone.partition(is_obstacle);
        // A page goes before the pictures that it shows.
        deletions.sort_by_key(|path| !is_page(path));
        Ok(Self {
            obstacles,
            unchanged: files.len() - writes.len(),
            writes,
            deletions,
        })
    }

    /// The writes by turn, those of one folder together.
    pub fn together(&self) -> impl Iterator<Item = Together<'_, 'a>> {
        let mut by_folder: BTreeMap<&str, usize> = BTreeMap::new();
        for file in &self.writes {
            *by_folder.entry(file.above()).or_default() += 1;
        }
        let of_one = |one: &Write<'_>, other: &Write<'_>| {
            (one.turn, one.above()) == (other.turn, other.above())
        };
        self.writes.chunk_by(of_one).map(move |writes| {
            let above = writes[0].above();
            Together {
                above,
                are_all: by_folder[above] == writes.len(),
                writes,
            }
        })
    }

    /// The paths of all files that come, change or go.
    pub fn paths(&self) -> impl Iterator<Item = &'a str> {
        let writes = self.writes.iter().map(|it| it.path);
        let gone = self.obstacles.iter().chain(&self.deletions).copied();
        writes.chain(gone)
    }

    /// Whether the folder holds the site already.
    pub fn is_empty(&self) -> bool {
        self.obstacles.is_empty() && self.writes.is_empty() && self.deletions.is_empty()
    }
}

/// When a file is written. A page comes after all that it leads to, or before any page that a
/// reader could come from leads to it; so no link that she can follow is ever dead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    /// No page, and nothing stood there.
    NewFile,
    /// A page where nothing stood. New pages may lead to one another in a circle, but no page
    /// from before leads to them.
    NewPage,
    /// What a killed run left in another state than the site wants. It may lead to a new page.
    Leftover,
    /// The home page of a site that was never finished: the way in opens last.
    Home,
    /// What stood in the finished site before.
    Changed,
}

/// What stands at a path inside the folder.
pub(super) enum Standing {
    Nothing,
    File(Metadata),
    Folder,
    /// A link, a pipe, a device.
    Other,
    /// This path above it is not a folder.
    Below(String),
}

/// What stands where a file of the site belongs.
pub(super) struct Place {
    pub turn: Turn,
    /// Whether no file stands there.
    pub is_new: bool,
    /// The file that stands there; it is the site's only if it holds the same.
    pub file: Option<Metadata>,
    /// Whether no earlier run wrote it.
    pub is_foreign: bool,
}

impl Place {
    /// Of a file where nothing stands, in a folder that holds no site.
    pub fn nothing(path: &str) -> Self {
        Self {
            turn: turn(path, true, false),
            is_new: true,
            file: None,
            is_foreign: false,
        }
    }
}

/// Looks where a file of the site belongs.
///
/// # Errors
/// When something stands in its way that no earlier run wrote and is no file, or can't be read.
pub(super) fn place_of(folder: &Path, path: &str, old: &Manifest) -> io::Result<Place> {
    let mut file = None;
    let is_new = match standing(folder, path)? {
        Standing::File(metadata) => {
            file = Some(metadata);
            false
        }
        Standing::Nothing => true,
        Standing::Folder => match first_foreign(folder, path, old)? {
            None => true,
            Some(in_the_way) => return Err(foreign(folder, &in_the_way, old)),
        },
        Standing::Below(file) if goes(folder, &file, old)? => true,
        Standing::Below(in_the_way) => return Err(foreign(folder, &in_the_way, old)),
        Standing::Other => return Err(foreign(folder, path, old)),
    };
    let is_settled = old.files.get(path).is_some_and(Option::is_some);
    Ok(Place {
        turn: turn(path, is_new, is_settled),
        is_new,
        is_foreign: file.is_some() && !old.files.contains_key(path),
        file,
    })
}

/// What stands at a path, without following a link.
///
/// # Errors
/// When the system does not tell.
pub(super) fn standing(folder: &Path, path: &str) -> io::Result<Standing> {
    let look = |path: &str| {
        let place = folder.join(path);
        match fs::symlink_metadata(&place) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed("read", &place, &error)),
            Ok(metadata) => Ok(Some(metadata)),
        }
    };
    for above in folders_above(path) {
        match look(above)? {
            None => return Ok(Standing::Nothing),
            Some(it) if it.is_dir() => {}
            Some(_) => return Ok(Standing::Below(above.to_owned())),
        }
    }
    Ok(match look(path)? {
        None => Standing::Nothing,
        Some(it) if it.is_file() => Standing::File(it),
        Some(it) if it.is_dir() => Standing::Folder,
        Some(_) => Standing::Other,
    })
}

/// When a file has its turn; one is settled that stands as a finished run left it.
fn turn(path: &str, is_new: bool, is_settled: bool) -> Turn {
    match path {
        _ if plain(path) == "index.html" && (is_new || !is_settled) => Turn::Home,
        _ if is_new && is_page(path) => Turn::NewPage,
        _ if is_new => Turn::NewFile,
        _ if is_settled => Turn::Changed,
        _ => Turn::Leftover,
    }
}

/// Whether a path is an HTML page, compressed or not.
pub(super) fn is_page(path: &str) -> bool {
    Path::new(plain(path))
        .extension()
        .is_some_and(|it| it.eq_ignore_ascii_case("html"))
}

/// The path of the file beside which a compressed one stands.
fn plain(path: &str) -> &str {
    let ending = [".gz", ".br"].iter().find_map(|it| path.strip_suffix(it));
    ending.unwrap_or(path)
}

/// Whether a file that is in the way is the site's own, and so makes room.
fn goes(folder: &Path, path: &str, old: &Manifest) -> io::Result<bool> {
    let is_file = matches!(standing(folder, path)?, Standing::File(_));
    Ok(is_file && old.files.contains_key(path))
}

/// The first thing at a folder or below it that no earlier run wrote.
fn first_foreign(folder: &Path, path: &str, old: &Manifest) -> io::Result<Option<String>> {
    let prefix = format!("{path}/");
    if !old.files.keys().any(|it| it.starts_with(&prefix)) {
        return Ok(Some(path.to_owned()));
    }
    let place = folder.join(path);
    let unread = |error| failed("read", &place, &error);
    let mut names = Vec::new();
    for entry in fs::read_dir(&place).map_err(unread)? {
        names.push(entry.map_err(unread)?.file_name());
    }
    names.sort();
    for name in names {
        let below = format!("{prefix}{}", name.to_string_lossy());
        let foreign = match standing(folder, &below)? {
            Standing::Folder => first_foreign(folder, &below, old)?,
            Standing::File(_) if old.files.contains_key(&below) => None,
            _ => Some(below),
        };
        if foreign.is_some() {
            return Ok(foreign);
        }
    }
    Ok(None)
}

/// Says that something is in the way.
pub(super) fn foreign(folder: &Path, path: &str, old: &Manifest) -> io::Error {
    let place = folder.join(path);
    let place = place.display();
    let why = if old.is_lost {
        format!(
            "`{place}` is in the way, and the list of what builds wrote is lost: if nothing in `{}` \
             is yours, remove it and build again; otherwise move the file elsewhere",
            folder.display()
        )
    } else {
        format!(
            "`{place}` is in the way, and no build wrote it: move it elsewhere, or build into \
             another folder"
        )
    };
    io::Error::new(ErrorKind::AlreadyExists, why)
}
