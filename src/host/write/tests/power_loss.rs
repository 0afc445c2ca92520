//! Tests of a power loss at every operation of a run.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::forgetful::{Forgetful, Lies, Loss, Node, Seen, unload};
use super::kill::HookedDisk;
use super::{FOREIGN, Scratch, assert_holds, first, is_not_ours, second, third, tree};
use crate::host::write::disk::RealDisk;
use crate::host::write::{clean_from, is_up_to_date, may_hold_site, write_to};
use crate::output::Outputs;

/// Writes without flushing, which is enough where no power loss follows.
fn write_quickly(folder: &Path, outputs: &Outputs, digest: &str) -> io::Result<()> {
    let quick = HookedDisk::new(|_: &Path, _: &[u8]| Ok(()));
    write_to(&quick, folder, outputs, digest).map(drop)
}

/// A test folder with a finished site and a foreign file.
fn begin(scratch: &Scratch, from: &Outputs) {
    scratch.empty();
    if !from.is_empty() {
        write_quickly(&scratch.site(), from, "from").expect("nothing is in the way");
        fs::write(scratch.site().join(FOREIGN), "example.org").expect("the test's own folder");
    }
}

fn foreign_beside(from: &Outputs) -> &'static [&'static str] {
    if from.is_empty() { &[] } else { &[FOREIGN] }
}

/// The sites between which a folder may have been, and its foreign files.
struct Way<'a> {
    sites: [(&'a str, &'a Outputs); 3],
    foreign: &'static [&'static str],
}

impl Way<'_> {
    /// The first file that is incomplete, if any.
    fn torn(&self, folder: &Path) -> Option<String> {
        let files = tree(folder).into_iter();
        let mut files = files.filter(|(path, _)| !path.ends_with('/') && !is_not_ours(path));
        let is_whole = |path: &str, bytes: &Vec<u8>| {
            let mut sites = self.sites.iter();
            sites.any(|(_, site)| site.get(path) == Some(bytes))
        };
        let torn = files.find(|(path, bytes)| !is_whole(path, bytes));
        torn.map(|(path, _)| path)
    }

    /// Asserts what must hold of a folder after a power loss and after the next run, which writes the site of this number.
    fn assert_repaired(&self, folder: &Path, next: usize, moment: &str) {
        assert_eq!(self.torn(folder), None, "{moment}: a torn file");
        for (digest, site) in &self.sites {
            if is_up_to_date(folder, digest) {
                assert_holds(folder, site, self.foreign);
            }
        }
        let (digest, site) = &self.sites[next % self.sites.len()];
        if let Err(error) = write_quickly(folder, site, digest) {
            panic!("{moment}: {error}");
        }
        assert_holds(folder, site, self.foreign);
        assert!(is_up_to_date(folder, digest), "{moment}");
    }
}

fn in_one_way<'a>(from: &'a Outputs, to: &'a Outputs, other: &'a Outputs) -> Way<'a> {
    Way {
        sites: [("to", to), ("other", other), ("from", from)],
        foreign: foreign_beside(from),
    }
}

fn lost_folder(name: &str) -> Scratch {
    Scratch::new(&format!("{name}-lost"))
}

#[test]
fn a_power_loss_at_any_step_leaves_whole_files_and_the_next_run_repairs() {
    let (scratch, lost) = (Scratch::new("power"), lost_folder("power"));
    let (nothing, first, second, third) = (Outputs::default(), first(), second(), third());
    for (from, to) in [(&nothing, &first), (&first, &second), (&second, &first)] {
        let way = in_one_way(from, to, &third);
        let mut seen = Seen::default();
        for steps in 0.. {
            begin(&scratch, from);
            let disk = Forgetful::new(&scratch.0, steps);
            let has_ended = write_to(&disk, &scratch.site(), to, "to").is_ok();
            let state = disk.state();
            for (number, loss) in state.losses(steps as u64).into_iter().enumerate() {
                let left = state.left(loss);
                if !seen.is_new(&left) && !has_ended {
                    continue;
                }
                lost.empty();
                unload(&left, &lost.0);
                let moment = format!("power lost after {steps} steps, {loss:?}");
                if has_ended {
                    assert_holds(&lost.site(), to, way.foreign);
                    assert!(is_up_to_date(&lost.site(), "to"), "{moment}");
                }
                way.assert_repaired(&lost.site(), steps + number, &moment);
            }
            if has_ended {
                assert!(steps > 2 * to.len(), "only {steps} steps");
                break;
            }
        }
    }
}

#[test]
fn a_power_loss_after_a_killed_run_is_repaired_too() {
    let (scratch, lost) = (Scratch::new("power-kill"), lost_folder("power-kill"));
    let (nothing, first, second, third) = (Outputs::default(), first(), second(), third());
    for (from, to, then) in [
        (&nothing, &second, &second),
        (&first, &second, &second),
        (&first, &second, &third),
        (&first, &second, &first),
    ] {
        let way = in_one_way(from, to, &third);
        let digest = way.sites.iter().find(|it| it.1 == then);
        let digest = digest.expect("one of these sites").0;
        let mut seen = Seen::default();
        for killed in 0.. {
            begin(&scratch, from);
            let disk = Forgetful::new(&scratch.0, killed);
            if write_to(&disk, &scratch.site(), to, "to").is_ok() {
                break;
            }
            // The renames of the killed run are not durable, nor are the files that the next run leaves unchanged.
            let steps = killed % 7 * 9;
            let disk = disk.go_on(steps);
            let has_ended = write_to(&disk, &scratch.site(), then, digest).is_ok();
            let disk = if has_ended {
                disk
            } else {
                let disk = disk.go_on(usize::MAX);
                write_to(&disk, &scratch.site(), then, digest).expect("nothing is in the way");
                disk
            };
            let state = disk.state();
            for (number, loss) in state.losses(killed as u64).into_iter().enumerate() {
                let left = state.left(loss);
                if !seen.is_new(&left) {
                    continue;
                }
                lost.empty();
                unload(&left, &lost.0);
                let moment = format!("killed after {killed} and {steps} steps, {loss:?}");
                // A run that finds all done has nothing to flush but what it wrote itself, so that the killed run's last name,
                // the manifest's, may be lost; the site is not.
                let mut files = tree(&lost.site());
                files.retain(|path, _| !path.ends_with('/') && !is_not_ours(path));
                let wanted = then.iter();
                let wanted = wanted.map(|(path, bytes)| (path.to_owned(), bytes.to_vec()));
                assert_eq!(files, wanted.collect(), "{moment}");
                way.assert_repaired(&lost.site(), killed + number, &moment);
            }
        }
    }
}

#[test]
fn a_second_power_loss_during_the_repair_is_repaired() {
    let names = ["power-twice", "power-twice-again"];
    let [scratch, repair] = names.map(Scratch::new);
    let lost = lost_folder("power-twice");
    let (first, second, third) = (first(), second(), third());
    let way = in_one_way(&first, &second, &third);
    let mut seen = Seen::default();
    for steps in (0..).step_by(3) {
        begin(&scratch, &first);
        let disk = Forgetful::new(&scratch.0, steps);
        if write_to(&disk, &scratch.site(), &second, "to").is_ok() {
            break;
        }
        let state = disk.state();
        for (number, loss) in state.losses(steps as u64).into_iter().enumerate() {
            let left = state.left(loss);
            if !seen.is_new(&left) {
                continue;
            }
            repair.empty();
            unload(&left, &repair.0);
            let disk = Forgetful::new(&repair.0, (steps + 7 * number) % 40);
            let (digest, site) = way.sites[number % 3];
            write_to(&disk, &repair.site(), site, digest).ok();
            lost.empty();
            unload(&disk.state().left(Loss::Chance(number as u64)), &lost.0);
            let moment = format!("power lost after {steps} steps, {loss:?}, and again");
            way.assert_repaired(&lost.site(), number, &moment);
        }
    }
}

#[test]
fn a_power_loss_during_clean_leaves_no_file_that_nobody_knows() {
    let (scratch, lost) = (Scratch::new("power-clean"), lost_folder("power-clean"));
    let (nothing, first) = (Outputs::default(), first());
    let way = in_one_way(&first, &nothing, &nothing);
    let mut seen = Seen::default();
    for steps in 0.. {
        begin(&scratch, &first);
        let disk = Forgetful::new(&scratch.0, steps);
        let has_ended = clean_from(&disk, &scratch.site()).is_ok();
        let state = disk.state();
        for loss in state.losses(steps as u64) {
            let left = state.left(loss);
            if !seen.is_new(&left) {
                continue;
            }
            lost.empty();
            unload(&left, &lost.0);
            let moment = format!("power lost after {steps} steps, {loss:?}");
            assert_eq!(way.torn(&lost.site()), None, "{moment}");
            let may_hold_site = may_hold_site(&lost.site());
            if may_hold_site {
                clean_from(&RealDisk, &lost.site()).expect("what is left is known");
            }
            let left: Vec<_> = tree(&lost.site()).into_keys().collect();
            assert_eq!(left, [FOREIGN], "{moment}");
        }
        if has_ended {
            break;
        }
    }
}

/// Proves that the simulated disk detects a missing flush.
#[test]
fn without_any_one_of_the_flushes_a_power_loss_does_harm() {
    let (scratch, lost) = (Scratch::new("power-lie"), lost_folder("power-lie"));
    let (first, second, third) = (first(), second(), third());
    let way = in_one_way(&first, &second, &third);
    // At least one guarantee must be broken: whole files, a next run that makes the same site, a finished run that loses nothing.
    let is_harmed = |has_ended: bool, next: usize| {
        let (digest, site) = way.sites[next % way.sites.len()];
        let is_torn = way.torn(&lost.site()).is_some();
        let is_stale = has_ended && !is_up_to_date(&lost.site(), "to");
        let is_refused = write_quickly(&lost.site(), site, digest).is_err();
        let mut left = tree(&lost.site());
        left.retain(|path, _| !path.ends_with('/') && !is_not_ours(path));
        let wanted = site.iter();
        let wanted = wanted.map(|(path, bytes)| (path.to_owned(), bytes.to_vec()));
        is_torn || is_stale || is_refused || left != wanted.collect()
    };
    let lies: [(&str, Lies); 5] = [
        ("all", |_| true),
        ("of the bytes", |it| it == 0),
        ("of the first manifest's name", |it| it == 1),
        ("of all names", |it| it == 2),
        ("of the last manifest's name", |it| it == 3),
    ];
    for (name, lies) in lies {
        let mut harmed = 0;
        let mut seen = Seen::default();
        for steps in 0.. {
            begin(&scratch, &first);
            let mut disk = Forgetful::new(&scratch.0, steps);
            disk.lies = lies;
            let has_ended = write_to(&disk, &scratch.site(), &second, "to").is_ok();
            let state = disk.state();
            for (number, loss) in state.losses(0).into_iter().enumerate() {
                let left = state.left(loss);
                if !seen.is_new(&left) && !has_ended {
                    continue;
                }
                lost.empty();
                unload(&left, &lost.0);
                harmed += usize::from(is_harmed(has_ended, steps + number));
            }
            if has_ended || harmed > 0 {
                break;
            }
        }
        assert!(
            harmed > 0,
            "a power loss does no harm without the flush {name}"
        );
    }
}

#[test]
fn the_bytes_and_the_manifest_are_durable_before_the_first_name_is_given() {
    let scratch = Scratch::new("power-order");
    begin(&scratch, &first());
    for steps in 0.. {
        begin(&scratch, &first());
        let disk = Forgetful::new(&scratch.0, steps);
        let has_ended = write_to(&disk, &scratch.site(), &second(), "to").is_ok();
        let new: PathBuf = "site/new.html".into();
        let state = disk.state();
        if let Some(Node::File(id)) = state.node(&new) {
            assert!(state.files[id].is_durable, "after {steps} steps");
        }
        if has_ended {
            break;
        }
    }
}
