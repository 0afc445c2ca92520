//! The built site on disk: only what differs is written, only what an earlier run wrote is deleted.
//!
//! Entry: [`Stage`], which takes the files as they are made, or [`write()`] for those that are; beside it [`up_to_date`] and
//! [`clean`].
//! Invariant: at every moment each file is whole, old or new, and every link that a reader can
//! follow from the pages before, or from the home page, leads to a file; nothing that the
//! manifest does not list is replaced or deleted.

mod disk;
mod manifest;
mod plan;
mod stage;

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use self::disk::{Disk, Real, TEMPORARY, failed};
use self::manifest::{Manifest, Stamp, folders_above};
use self::plan::{Plan, Staged, Standing, Together, standing};
use self::stage::STAGE;
pub use self::stage::Stage;
use crate::output::{Outputs, Sink};

/// What a run did to the folder, in files of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// Files that were not there.
    pub new: usize,
    /// Files that had other bytes.
    pub changed: usize,
    /// Files that stood as they should, and were not touched.
    pub unchanged: usize,
    /// Files that the site no longer has.
    pub deleted: usize,
}

/// Makes a folder hold exactly `outputs`, beside files that are not the site's, as [`Stage::finish`] does.
///
/// # Errors
/// Those of [`Stage::open`] and [`Stage::finish`].
pub fn write(folder: &Path, outputs: &Outputs, inputs_digest: &str) -> io::Result<Written> {
    write_on(&Real, folder, outputs, inputs_digest)
}

/// Whether a folder holds the site made from these inputs, judged by its manifest and by the
/// sizes and times of its files.
#[must_use]
pub fn up_to_date(folder: &Path, inputs_digest: &str) -> bool {
    as_left(folder, inputs_digest).is_some()
}

/// Whether the folder also was left by a run that had nothing to say of what it read.
#[must_use]
pub fn up_to_date_and_quiet(folder: &Path, inputs_digest: &str) -> bool {
    as_left(folder, inputs_digest).is_some_and(|it| it.quiet)
}

/// Whether a folder may hold a site: it has a manifest.
#[must_use]
pub fn is_known(folder: &Path) -> bool {
    folder.join(manifest::NAME).is_file()
}

/// The manifest of the site made from these inputs, if all of it stands as it was left.
fn as_left(folder: &Path, inputs_digest: &str) -> Option<Manifest> {
    let folder = &without_trailing_slash(folder);
    if !is_there(folder).ok()? {
        return None;
    }
    let manifest = Manifest::read(folder).ok()??;
    if manifest.inputs.is_empty() || manifest.inputs != inputs_digest {
        return None;
    }
    let is_as_left = |(path, left): (&String, &Option<Stamp>)| match standing(folder, path) {
        Ok(Standing::File(metadata)) => left.is_some() && Stamp::of(&metadata) == *left,
        _ => false,
    };
    manifest
        .files
        .par_iter()
        .all(is_as_left)
        .then_some(manifest)
}

/// Removes the site from a folder: what the manifest lists, the folders that this empties, and
/// the manifest. Returns how many files of the site it removed; a missing or empty folder has
/// none.
///
/// # Errors
/// When the folder is a link or a file, holds files and no manifest, or is being written by a
/// run; when the disk refuses.
pub fn clean(folder: &Path) -> io::Result<usize> {
    clean_on(&Real, folder)
}

fn write_on(
    disk: &dyn Disk,
    folder: &Path,
    outputs: &Outputs,
    inputs_digest: &str,
) -> io::Result<Written> {
    let stage = Stage::open_on(disk, folder)?;
    for (path, bytes) in outputs.iter() {
        stage.put(path, bytes);
    }
    stage.finish(inputs_digest, false)
}

fn clean_on(disk: &dyn Disk, folder: &Path) -> io::Result<usize> {
    let folder = &without_trailing_slash(folder);
    if !is_there(folder)? {
        return Ok(0);
    }
    let _lock = lock(folder)?;
    let own = own_files(folder)?;
    sweep(disk, folder)?;
    let mut deleted = 0;
    for path in own.iter().flat_map(|it| it.files.keys()) {
        deleted += usize::from(delete(disk, folder, path)?);
    }
    let manifest = folder.join(manifest::NAME);
    match disk.remove_file(&manifest) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(failed("remove", &manifest, &error))
        }
        _ => Ok(deleted),
    }
}

/// The folder's path without a slash at the end, behind which a link would look like a folder.
fn without_trailing_slash(folder: &Path) -> PathBuf {
    let path: PathBuf = folder.components().collect();
    if path.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        path
    }
}

/// Whether the folder exists; anything else in its place is refused.
fn is_there(folder: &Path) -> io::Result<bool> {
    let why = match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(failed("read", folder, &error)),
        Ok(metadata) if metadata.is_dir() => return Ok(true),
        Ok(metadata) if metadata.is_symlink() => "a link: name the folder that it leads to",
        Ok(_) => "a file: name a folder",
    };
    let why = format!(
        "the site can't be in `{}`, which is {why}",
        folder.display()
    );
    Err(io::Error::new(ErrorKind::NotADirectory, why))
}

/// Keeps other runs out of a folder for as long as it lives.
struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough: a subprocess that starts at this moment holds a copy.
        self.0.unlock().ok();
    }
}

/// Locks a folder; none where the system can't.
fn lock(folder: &Path) -> io::Result<Option<Lock>> {
    let Ok(handle) = File::open(folder) else {
        return Ok(None);
    };
    match handle.try_lock() {
        Ok(()) => Ok(Some(Lock(handle))),
        Err(TryLockError::Error(_)) => Ok(None),
        Err(TryLockError::WouldBlock) => {
            let why = format!(
                "another run is writing to `{}`: wait for its end",
                folder.display()
            );
            Err(io::Error::new(ErrorKind::ResourceBusy, why))
        }
    }
}

/// The manifest of a folder; none if the folder is empty.
fn own_files(folder: &Path) -> io::Result<Option<Manifest>> {
    if let Some(manifest) = Manifest::read(folder)? {
        return Ok(Some(manifest));
    }
    let unread = |error| failed("read", folder, &error);
    for entry in fs::read_dir(folder).map_err(unread)? {
        // A run that is killed before or over its first manifest leaves these.
        let name = entry.map_err(unread)?.file_name();
        if name != TEMPORARY && name != STAGE {
            let why = format!(
                "`{}` holds files and no `{}`, so that no build wrote them: name a new or empty \
                 folder, or empty this one yourself",
                folder.display(),
                manifest::NAME
            );
            return Err(io::Error::new(ErrorKind::DirectoryNotEmpty, why));
        }
    }
    Ok(None)
}

/// Removes what a killed run left of its files before they had their names.
fn sweep(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    let remove = |place: &Path| {
        disk.remove_file(place)
            .map_err(|error| failed("remove", place, &error))
    };
    if let Standing::File(_) = standing(folder, TEMPORARY)? {
        remove(&folder.join(TEMPORARY))?;
    }
    let stage = folder.join(STAGE);
    if let Standing::Folder = standing(folder, STAGE)? {
        for entry in entries(&stage)? {
            if entry.is_dir() && !entry.is_symlink() {
                entries(&entry)?.iter().try_for_each(|it| remove(it))?;
                remove_folder(disk, &entry)?;
            } else {
                remove(&entry)?;
            }
        }
        remove_folder(disk, &stage)?;
    }
    Ok(())
}

/// What stands in a folder.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let unread = |error| failed("read", folder, &error);
    let entries = fs::read_dir(folder).map_err(unread)?;
    entries
        .map(|it| it.map(|it| it.path()).map_err(unread))
        .collect()
}

fn remove_folder(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    disk.remove_folder(folder)
        .map_err(|error| failed("remove", folder, &error))
}

/// Does what the plan says; returns how many files were deleted.
fn carry_out(
    disk: &dyn Disk,
    folder: &Path,
    plan: &Plan<'_>,
    union: &Manifest,
) -> io::Result<usize> {
    if plan.is_empty() {
        return Ok(0);
    }
    union.store(disk, folder)?;
    let mut deleted = 0;
    for path in &plan.obstacles {
        deleted += usize::from(delete(disk, folder, path)?);
    }
    for files in plan.together() {
        take_places(disk, folder, &files)?;
    }
    for path in &plan.deletions {
        deleted += usize::from(delete(disk, folder, path)?);
    }
    Ok(deleted)
}

/// Gives files of one folder their places: as a folder, where that is new and they are all of it.
fn take_places(disk: &dyn Disk, folder: &Path, files: &Together<'_, '_>) -> io::Result<()> {
    let rename = |from: &Path, place: &Path| {
        disk.rename(from, place)
            .map_err(|error| failed("write", place, &error))
    };
    let above = folder.join(files.above);
    if let (true, Some(from)) = (files.are_all, files.from())
        && let Standing::Nothing = standing(folder, files.above)?
    {
        if let Some((before, _)) = files.above.rsplit_once('/') {
            create_missing(disk, &folder.join(before))?;
        }
        return rename(from, &above);
    }
    create_missing(disk, &above)?;
    let mut files = files.writes.iter();
    files.try_for_each(|it| rename(it.from, &folder.join(it.path)))
}

/// The manifest while a run is at work: old and new files, and which of them are in both.
fn union(old: &Manifest, new: &BTreeMap<String, Staged>) -> Manifest {
    let mut files: BTreeMap<String, Option<Stamp>> = old
        .files
        .iter()
        .map(|(path, left)| (path.clone(), left.filter(|_| new.contains_key(path))))
        .collect();
    for path in new.keys() {
        files.entry(path.clone()).or_default();
    }
    Manifest::new("", files)
}

/// Removes a file of the site, and the folders that this empties. What someone put in its place
/// is not the site's, and stays.
fn delete(disk: &dyn Disk, folder: &Path, path: &str) -> io::Result<bool> {
    let is_file = matches!(standing(folder, path)?, Standing::File(_));
    if is_file {
        let place = folder.join(path);
        disk.remove_file(&place)
            .map_err(|error| failed("remove", &place, &error))?;
    }
    for above in folders_above(path).rev() {
        match standing(folder, above)? {
            Standing::Nothing => {}
            Standing::Folder if disk.remove_folder(&folder.join(above)).is_ok() => {}
            // It is not empty, or not a folder of the site's.
            _ => break,
        }
    }
    Ok(is_file)
}

fn create_missing(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    create_folder(disk, folder)
}

fn create_folder(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    disk.create_folder(folder)
        .map_err(|error| failed("create", folder, &error))
}

#[cfg(test)]
mod tests {
    use super::disk::{Disk, Real, TEMPORARY};
    use super::manifest::Stamp;
    use super::stage::STAGE;
    use super::{Stage, clean, clean_on, up_to_date, write, write_on};
    use crate::output::{Outputs, Sink, Source};
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;
    use std::io::{self, ErrorKind};
    use std::path::{Path, PathBuf};
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// The disk, with something that happens before each step; it is told the place and, of a
    /// new file, the bytes, and can fail the step.
    struct Before<F>(F, Mutex<()>);

    impl<F> Before<F> {
        fn each(happens: F) -> Self {
            Self(happens, Mutex::default())
        }
    }

    impl<F: Fn(&Path, &[u8]) -> io::Result<()> + Sync> Disk for Before<F> {
        fn create_folder(&self, place: &Path) -> io::Result<()> {
            // One step after the other, so that what happens before sees no half of one.
            let _alone = self.1.lock();
            (self.0)(place, b"")?;
            Real.create_folder(place)
        }

        fn create_file(&self, place: &Path, bytes: &[u8]) -> io::Result<Option<Stamp>> {
            let _alone = self.1.lock();
            (self.0)(place, bytes)?;
            Real.create_file(place, bytes)
        }

        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            let _alone = self.1.lock();
            (self.0)(to, b"")?;
            Real.rename(from, to)
        }

        fn remove_file(&self, place: &Path) -> io::Result<()> {
            let _alone = self.1.lock();
            (self.0)(place, b"")?;
            Real.remove_file(place)
        }

        fn remove_folder(&self, place: &Path) -> io::Result<()> {
            let _alone = self.1.lock();
            (self.0)(place, b"")?;
            Real.remove_folder(place)
        }
    }

    /// A disk that is dead after so many steps, and dies half through a file if that is the next.
    fn dying(steps: usize) -> impl Disk {
        let left = Mutex::new(Some(steps));
        Before::each(move |place: &Path, bytes: &[u8]| {
            let mut left = left.lock().expect("no step panics");
            let now = *left;
            *left = now.and_then(|it| it.checked_sub(1));
            match now {
                Some(1..) => return Ok(()),
                Some(0) if !bytes.is_empty() => write_half(place, bytes),
                _ => {}
            }
            Err(io::Error::other("killed"))
        })
    }

    fn write_half(place: &Path, bytes: &[u8]) {
        fs::write(place, &bytes[..bytes.len() / 2]).expect("the test's own folder");
    }

    /// A folder for one test, gone with it. The site's is `site` in it, and not made yet.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let name = format!("controlbook-unit-{}-{name}", std::process::id());
            let scratch = Self(std::env::temp_dir().join(name));
            scratch.empty();
            scratch
        }

        fn empty(&self) {
            fs::remove_dir_all(&self.0).ok();
            fs::create_dir_all(&self.0).expect("the temporary folder is writable");
        }

        fn site(&self) -> PathBuf {
            self.0.join("site")
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).ok();
        }
    }

    const FOREIGN: &str = "CNAME";

    /// A site of pages, each a path and what it links to.
    fn site(version: &str, pages: &[(&str, &[&str])], assets: &[&str]) -> Outputs {
        let mut outputs = Outputs::default();
        for (path, links) in pages {
            let links: Vec<String> = links
                .iter()
                .map(|it| format!("<a href=\"{it}\">"))
                .collect();
            outputs.insert(*path, format!("{version} {}", links.concat()).into_bytes());
        }
        for path in assets {
            outputs.insert(*path, version.as_bytes().to_vec());
        }
        outputs
    }

    fn first() -> Outputs {
        let pages: &[(&str, &[&str])] = &[
            ("index.html", &["guide.html", "old.html", "style.css"]),
            ("guide.html", &["index.html", "style.css"]),
            ("old.html", &["old/deep.html"]),
            ("old/deep.html", &["old.html", "old/a.svg"]),
        ];
        site("first", pages, &["style.css", "old/a.svg"])
    }

    fn second() -> Outputs {
        let pages: &[(&str, &[&str])] = &[
            (
                "index.html",
                &["guide.html", "new.html", "new/a.html", "style.css"],
            ),
            ("guide.html", &["new/b.html", "style.css"]),
            ("new.html", &["new/a.html", "index.html", "shard-2.js"]),
            ("new/a.html", &["new/b.html", "new.html"]),
            ("new/b.html", &["new/a.html"]),
        ];
        site("second", pages, &["style.css", "shard-2.js"])
    }

    fn third() -> Outputs {
        let pages: &[(&str, &[&str])] = &[
            ("index.html", &["guide.html", "old/deep.html", "new.html"]),
            ("guide.html", &["new/a.html", "later/c.html"]),
            ("old/deep.html", &["later/c.html"]),
            ("new.html", &["new/a.html", "later/d.html"]),
            ("new/a.html", &["later/c.html", "shard-3.js"]),
            ("later/c.html", &["later/d.html", "new.html"]),
            ("later/d.html", &["later/c.html"]),
        ];
        site("third", pages, &["shard-3.js"])
    }

    /// Every file below a folder, and every folder with `/` at its end.
    fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        let Ok(entries) = fs::read_dir(folder) else {
            return found;
        };
        for entry in entries {
            let entry = entry.expect("the test's own folder");
            let name = entry.file_name().into_string().expect("plain names");
            if entry.path().is_dir() {
                let below = tree(&entry.path());
                found.extend(
                    below
                        .into_iter()
                        .map(|(it, bytes)| (format!("{name}/{it}"), bytes)),
                );
                found.insert(format!("{name}/"), Vec::new());
            } else {
                found.insert(name, fs::read(entry.path()).expect("the test's own file"));
            }
        }
        found
    }

    fn assert_holds(folder: &Path, outputs: &Outputs, foreign: &[&str]) {
        let mut tree = tree(folder);
        assert!(tree.remove(super::manifest::NAME).is_some(), "no manifest");
        for path in foreign {
            assert!(tree.remove(*path).is_some(), "{path} is gone");
        }
        let mut wanted = BTreeMap::new();
        for (path, bytes) in outputs.iter() {
            wanted.insert(path.to_owned(), bytes.to_vec());
            wanted.extend(super::folders_above(path).map(|it| (format!("{it}/"), Vec::new())));
        }
        assert_eq!(tree, wanted);
    }

    /// Where a page of this text leads to.
    fn links(bytes: &[u8]) -> impl Iterator<Item = &str> {
        let text = std::str::from_utf8(bytes).expect("the test's pages are text");
        let links = text.split("href=\"").skip(1);
        links.filter_map(|it| it.split('"').next())
    }

    /// Whole files, no page without its pictures and scripts, and no dead link on any way from
    /// the home page or from a page that all the sites have.
    fn assert_sound(folder: &Path, sites: &[&Outputs], moment: &str) {
        let tree = tree(folder);
        let is_not_ours = |path: &str| {
            [TEMPORARY, super::manifest::NAME, FOREIGN].contains(&path) || path.starts_with(STAGE)
        };
        let files = || {
            tree.iter()
                .filter(|(path, _)| !path.ends_with('/') && !is_not_ours(path))
        };
        for (path, bytes) in files() {
            let is_whole = sites.iter().any(|site| site.get(path) == Some(bytes));
            assert!(is_whole, "{moment}: {path} is neither old nor new");
            for link in links(bytes).filter(|it| !super::plan::is_page(it)) {
                assert!(tree.contains_key(link), "{moment}: {path} lacks {link}");
            }
        }
        let in_all = |path: &str| sites.iter().all(|site| site.get(path).is_some());
        let mut open: Vec<&str> = files()
            .map(|(path, _)| path.as_str())
            .filter(|path| *path == "index.html" || in_all(path))
            .collect();
        let mut seen = BTreeSet::new();
        while let Some(path) = open.pop() {
            for link in links(&tree[path]) {
                assert!(
                    tree.contains_key(link),
                    "{moment}: {path} leads to {link}, which is not there"
                );
                if seen.insert(link) {
                    open.push(link);
                }
            }
        }
    }

    /// A folder as a run left it that was killed after so many steps; none if it came to its end.
    fn kill(scratch: &Scratch, from: &Outputs, to: &Outputs, steps: usize) -> Option<io::Error> {
        scratch.empty();
        if !from.is_empty() {
            write(&scratch.site(), from, "from").expect("nothing is in the way");
            fs::write(scratch.site().join(FOREIGN), "example.org").expect("the test's own folder");
        }
        write_on(&dying(steps), &scratch.site(), to, "to").err()
    }

    fn foreign_beside(from: &Outputs) -> &'static [&'static str] {
        if from.is_empty() { &[] } else { &[FOREIGN] }
    }

    #[test]
    fn a_run_killed_at_any_step_leaves_a_sound_site_and_the_next_repairs_it() {
        let scratch = Scratch::new("kill");
        let (nothing, first, second) = (Outputs::default(), first(), second());
        for (from, to) in [(&nothing, &first), (&first, &second), (&second, &first)] {
            let mut steps = 0;
            while let Some(error) = kill(&scratch, from, to, steps) {
                let folder = scratch.site();
                assert!(error.to_string().contains("site"), "{error}");
                assert_sound(&folder, &[from, to], &format!("killed after {steps}"));
                assert!(!up_to_date(&folder, "to"));
                write(&folder, to, "to").expect("the next run repairs");
                assert_holds(&folder, to, foreign_beside(from));
                assert!(up_to_date(&folder, "to"));
                steps += 1;
            }
            assert!(steps > 2 * to.len(), "only {steps} steps");
        }
    }

    #[test]
    fn a_run_for_another_site_after_a_killed_one_is_sound_at_every_step() {
        let scratch = Scratch::new("kill-then-other");
        let (nothing, first, second, third) = (Outputs::default(), first(), second(), third());
        for (from, to) in [(&nothing, &second), (&first, &second)] {
            let mut killed = 0;
            while kill(&scratch, from, to, killed).is_some() {
                let steps = AtomicUsize::new(0);
                let watched = Before::each(|_: &Path, _: &[u8]| {
                    let moment = format!(
                        "killed after {killed}, then {} steps",
                        steps.load(Ordering::Relaxed)
                    );
                    assert_sound(&scratch.site(), &[from, to, &third], &moment);
                    steps.fetch_add(1, Ordering::Relaxed);
                    Ok(())
                });
                write_on(&watched, &scratch.site(), &third, "third").expect("the run repairs");
                assert_holds(&scratch.site(), &third, foreign_beside(from));
                killed += 1;
            }
        }
    }

    #[test]
    fn a_file_in_a_folders_place_survives_a_kill() {
        let scratch = Scratch::new("kill-swap");
        let flat = site("flat", &[("index.html", &["guide"])], &["guide", "b/c/d"]);
        let deep = site("deep", &[("index.html", &["guide/a"])], &["guide/a", "b"]);
        for (from, to) in [(&flat, &deep), (&deep, &flat)] {
            let mut steps = 0;
            while kill(&scratch, from, to, steps).is_some() {
                write(&scratch.site(), to, "to").expect("the next run repairs");
                assert_holds(&scratch.site(), to, &[FOREIGN]);
                kill(&scratch, from, to, steps);
                write(&scratch.site(), from, "from").expect("the next run goes back");
                assert_holds(&scratch.site(), from, &[FOREIGN]);
                steps += 1;
            }
            assert_holds(&scratch.site(), to, &[FOREIGN]);
        }
    }

    #[test]
    fn a_killed_clean_is_finished_by_the_next() {
        let scratch = Scratch::new("kill-clean");
        for steps in 0.. {
            scratch.empty();
            write(&scratch.site(), &first(), "first").expect("nothing is in the way");
            fs::write(scratch.site().join(FOREIGN), "example.org").expect("the test's own folder");
            let is_killed = clean_on(&dying(steps), &scratch.site()).is_err();
            if is_killed {
                clean(&scratch.site()).expect("the manifest is still there");
            }
            assert_eq!(
                tree(&scratch.site()).into_keys().collect::<Vec<_>>(),
                [FOREIGN]
            );
            if !is_killed {
                break;
            }
        }
    }

    #[test]
    fn a_new_folder_takes_its_place_whole_and_one_that_stands_file_by_file() {
        let scratch = Scratch::new("whole");
        let renames = Mutex::new(BTreeSet::new());
        let watched = Before::each(|place: &Path, _: &[u8]| {
            let place = place.strip_prefix(scratch.site()).unwrap_or(place);
            if !place.starts_with(STAGE) {
                let mut renames = renames.lock().expect("no step panics");
                renames.insert(place.to_string_lossy().into_owned());
            }
            Ok(())
        });
        let pages = |names: &[&str]| {
            let mut outputs = Outputs::default();
            for name in names {
                outputs.insert(*name, name.as_bytes().to_vec());
            }
            outputs
        };
        let seen = |outputs: &Outputs| {
            renames.lock().expect("no step panics").clear();
            write_on(&watched, &scratch.site(), outputs, "to").expect("nothing is in the way");
            assert_holds(&scratch.site(), outputs, &[]);
            renames.lock().expect("no step panics").clone()
        };
        let is_of_a = |it: &&String| it.starts_with('a');
        let first = seen(&pages(&[
            "index.html",
            "a/1.html",
            "a/2.html",
            "a/b/3.html",
        ]));
        assert_eq!(
            first.iter().filter(is_of_a).collect::<Vec<_>>(),
            ["a", "a/b"]
        );
        // A picture comes before the pages that show it, so this folder can't be named at once.
        let second = seen(&pages(&[
            "index.html",
            "a/1.html",
            "a/4.html",
            "ab/5.html",
            "ab/6.svg",
        ]));
        let second: Vec<_> = second.iter().filter(is_of_a).collect();
        for name in ["a/4.html", "ab/5.html", "ab/6.svg"] {
            assert!(second.iter().any(|it| *it == name), "{name}: {second:?}");
        }
    }

    #[test]
    fn a_derived_file_is_made_again_only_from_other_bytes_or_in_another_way() {
        let scratch = Scratch::new("derived");
        let site = scratch.site();
        let run = |disk: &dyn Disk, bytes: &[u8], way: &str| {
            let made = AtomicUsize::new(0);
            let make = || {
                made.fetch_add(1, Ordering::Relaxed);
                Some([bytes, b" packed ", way.as_bytes()].concat())
            };
            // A disk that is dead from the start takes no stage.
            let Ok(stage) = Stage::open_on(disk, &site) else {
                return (0, false);
            };
            stage.put("a.html", bytes);
            stage.put_derived(
                "a.html.gz",
                Source {
                    path: "a.html",
                    way,
                },
                &make,
            );
            let finished = stage.finish("digest", false);
            (made.into_inner(), finished.is_ok())
        };
        assert_eq!(run(&Real, b"one", "w1"), (1, true));
        assert_eq!(run(&Real, b"one", "w1"), (0, true), "all stands");
        assert_eq!(run(&Real, b"two", "w1"), (1, true), "other bytes");
        assert_eq!(run(&Real, b"two", "w2"), (1, true), "another way");
        assert_eq!(run(&Real, b"two", "w2"), (0, true));
        let packed = site.join("a.html.gz");
        assert_eq!(fs::read(&packed).expect("it is there"), b"two packed w2");
        fs::write(&packed, "spoilt").expect("the test's own folder");
        assert_eq!(run(&Real, b"two", "w2"), (1, true), "it was spoilt");
        fs::remove_file(&packed).expect("it is there");
        assert_eq!(run(&Real, b"two", "w2"), (1, true), "it was gone");
        fs::write(site.join("a.html"), "xxx").expect("the test's own folder");
        assert_eq!(run(&Real, b"two", "w2"), (1, true), "its source was spoilt");
        // Whenever a run is killed, the next never keeps what was made from other bytes.
        for steps in 0.. {
            assert!(run(&Real, b"one", "w2").1);
            let (_, is_whole) = run(&dying(steps), b"two", "w2");
            assert!(run(&Real, b"two", "w2").1);
            assert_eq!(
                fs::read(&packed).expect("it is there"),
                b"two packed w2",
                "{steps}"
            );
            if is_whole {
                break;
            }
        }
    }

    #[test]
    fn a_full_disk_leaves_whole_files_and_no_rest() {
        let scratch = Scratch::new("full");
        let old = site("old", &[("index.html", &[])], &["style.css"]);
        write(&scratch.site(), &old, "old").expect("nothing is in the way");
        let new = site("large", &[("index.html", &[])], &["style.css"]);
        let full = Before::each(|place: &Path, bytes: &[u8]| {
            if !bytes.starts_with(b"large") {
                return Ok(());
            }
            write_half(place, bytes);
            Err(ErrorKind::StorageFull.into())
        });
        let error = write_on(&full, &scratch.site(), &new, "new").expect_err("the disk is full");
        assert_eq!(error.kind(), ErrorKind::StorageFull);
        assert!(error.to_string().contains("index.html"), "{error}");
        assert_holds(&scratch.site(), &old, &[]);
    }
}
