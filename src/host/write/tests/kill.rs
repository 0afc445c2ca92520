//! Tests of runs that are killed, or fail, at any operation.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{FOREIGN, Scratch, assert_holds, assert_sound, first, second, site, third, tree};
use crate::host::write::disk::Stamp;
use crate::host::write::disk::{Disk, RealDisk};
use crate::host::write::flush::Unflushed;
use crate::host::write::names::STAGING_FOLDER;
use crate::host::write::{Stage, clean, clean_from, is_up_to_date, write, write_to};
use crate::output::{Derivation, Outputs, Sink};

/// The disk, with a hook before each operation. The hook gets the path and, for a new file, the bytes, and can fail the
/// operation.
pub(super) struct HookedDisk<F>(F, Mutex<()>);

impl<F> HookedDisk<F> {
    pub(super) fn new(happens: F) -> Self {
        Self(happens, Mutex::default())
    }
}

impl<F: Fn(&Path, &[u8]) -> io::Result<()> + Sync> Disk for HookedDisk<F> {
    fn create_folder(&self, location: &Path) -> io::Result<()> {
        // One operation at a time, so that the hook never sees a half-done one.
        let _alone = self.1.lock();
        (self.0)(location, b"")?;
        RealDisk.create_folder(location)
    }

    fn create_file(&self, location: &Path, bytes: &[u8]) -> io::Result<Option<Stamp>> {
        let _alone = self.1.lock();
        (self.0)(location, bytes)?;
        RealDisk.create_file(location, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let _alone = self.1.lock();
        (self.0)(to, b"")?;
        RealDisk.rename(from, to)
    }

    fn remove_file(&self, location: &Path) -> io::Result<()> {
        let _alone = self.1.lock();
        (self.0)(location, b"")?;
        RealDisk.remove_file(location)
    }

    fn remove_folder(&self, location: &Path) -> io::Result<()> {
        let _alone = self.1.lock();
        (self.0)(location, b"")?;
        RealDisk.remove_folder(location)
    }

    fn flush(&self, unflushed: &Unflushed) -> io::Result<()> {
        let _alone = self.1.lock();
        let first = unflushed.files.first().or(unflushed.folders.first());
        // Other tests examine what a flush does.
        (self.0)(first.map_or(Path::new(""), |it| it), b"")
    }
}

/// A disk that fails after so many operations; if the next one creates a file, half of it is written.
fn dying(steps: usize) -> impl Disk {
    let left = Mutex::new(Some(steps));
    HookedDisk::new(move |location: &Path, bytes: &[u8]| {
        let mut left = left.lock().expect("no step panics");
        let now = *left;
        *left = now.and_then(|it| it.checked_sub(1));
        match now {
            Some(1..) => return Ok(()),
            Some(0) if !bytes.is_empty() => write_half(location, bytes),
            _ => {}
        }
        Err(io::Error::other("killed"))
    })
}

fn write_half(location: &Path, bytes: &[u8]) {
    fs::write(location, &bytes[..bytes.len() / 2]).expect("the test's own folder");
}

/// Prepares a folder and kills a run in it after so many operations; `None` if the run finished.
fn kill(scratch: &Scratch, from: &Outputs, to: &Outputs, steps: usize) -> Option<io::Error> {
    scratch.empty();
    if !from.is_empty() {
        write(&scratch.site(), from, "from").expect("nothing is in the way");
        fs::write(scratch.site().join(FOREIGN), "example.org").expect("the test's own folder");
    }
    write_to(&dying(steps), &scratch.site(), to, "to").err()
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
            if is_up_to_date(&folder, "to") {
                // Killed at the last flush.
                assert_holds(&folder, to, foreign_beside(from));
            }
            write(&folder, to, "to").expect("the next run repairs");
            assert_holds(&folder, to, foreign_beside(from));
            assert!(is_up_to_date(&folder, "to"));
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
            let watched = HookedDisk::new(|_: &Path, _: &[u8]| {
                let moment = format!(
                    "killed after {killed}, then {} steps",
                    steps.load(Ordering::Relaxed)
                );
                assert_sound(&scratch.site(), &[from, to, &third], &moment);
                steps.fetch_add(1, Ordering::Relaxed);
                Ok(())
            });
            write_to(&watched, &scratch.site(), &third, "third").expect("the run repairs");
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
        let is_killed = clean_from(&dying(steps), &scratch.site()).is_err();
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
    let watched = HookedDisk::new(|location: &Path, _: &[u8]| {
        let location = location.strip_prefix(scratch.site()).unwrap_or(location);
        if !location.starts_with(STAGING_FOLDER) {
            let mut renames = renames.lock().expect("no step panics");
            renames.insert(location.to_string_lossy().into_owned());
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
        write_to(&watched, &scratch.site(), outputs, "to").expect("nothing is in the way");
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
    // The picture must be renamed before the pages that show it, so this folder can't be renamed as a whole.
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
fn a_derived_file_is_made_again_only_from_other_bytes_or_by_another_recipe() {
    let scratch = Scratch::new("derived");
    let site = scratch.site();
    let run = |disk: &dyn Disk, bytes: &[u8], recipe: &str| {
        let made = AtomicUsize::new(0);
        let make = || {
            made.fetch_add(1, Ordering::Relaxed);
            Some([bytes, b" packed ", recipe.as_bytes()].concat())
        };
        // A disk that fails from the start can't open a stage.
        let Ok(stage) = Stage::open_on(disk, &site) else {
            return (0, false);
        };
        stage.put("a.html", bytes);
        stage.put_derived(
            "a.html.gz",
            Derivation {
                source: "a.html",
                recipe,
            },
            &make,
        );
        let finished = stage.finish("digest", false);
        (made.into_inner(), finished.is_ok())
    };
    assert_eq!(run(&RealDisk, b"one", "w1"), (1, true));
    assert_eq!(run(&RealDisk, b"one", "w1"), (0, true), "all stands");
    assert_eq!(run(&RealDisk, b"two", "w1"), (1, true), "other bytes");
    assert_eq!(run(&RealDisk, b"two", "w2"), (1, true), "another recipe");
    assert_eq!(run(&RealDisk, b"two", "w2"), (0, true));
    let packed = site.join("a.html.gz");
    assert_eq!(fs::read(&packed).expect("it is there"), b"two packed w2");
    fs::write(&packed, "spoilt").expect("the test's own folder");
    assert_eq!(run(&RealDisk, b"two", "w2"), (1, true), "it was spoilt");
    fs::remove_file(&packed).expect("it is there");
    assert_eq!(run(&RealDisk, b"two", "w2"), (1, true), "it was gone");
    fs::write(site.join("a.html"), "xxx").expect("the test's own folder");
    assert_eq!(
        run(&RealDisk, b"two", "w2"),
        (1, true),
        "its source was spoilt"
    );
    // Whenever a run is killed, the next one never keeps a file derived from other bytes.
    for steps in 0.. {
        assert!(run(&RealDisk, b"one", "w2").1);
        let (_, is_whole) = run(&dying(steps), b"two", "w2");
        assert!(run(&RealDisk, b"two", "w2").1);
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
    let full = HookedDisk::new(|location: &Path, bytes: &[u8]| {
        if !bytes.starts_with(b"large") {
            return Ok(());
        }
        write_half(location, bytes);
        Err(ErrorKind::StorageFull.into())
    });
    let error = write_to(&full, &scratch.site(), &new, "new").expect_err("the disk is full");
    assert_eq!(error.kind(), ErrorKind::StorageFull);
    assert!(error.to_string().contains("index.html"), "{error}");
    assert_holds(&scratch.site(), &old, &[]);
}
