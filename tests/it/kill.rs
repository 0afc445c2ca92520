//! Builds that a signal ends, and folders into which no file can be moved, as the running program meets them.
//!
//! The kills are aimed by watching the folder, since the program has no option for it: files get their names from the moment at
//! which a new manifest stands there. `benches/kills.mjs` is the long series.

#![cfg(unix)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Timeout for everything that a test waits for.
const PATIENCE: Duration = Duration::from_secs(120);

/// A new book, and the path of its site, which does not exist yet.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(TempDir::new().expect("the temporary folder is writable"));
        let begun = program().arg("init").arg(place.book()).output();
        assert!(begun.expect("the program runs").status.success());
        place
    }

    fn book(&self) -> PathBuf {
        self.0.path().join("book")
    }

    fn site(&self) -> PathBuf {
        self.0.path().join("site")
    }

    /// Another version of the book, in which the measure has another id.
    fn other_book(&self) -> PathBuf {
        let other = self.0.path().join("other");
        for (path, bytes) in files(&self.book()) {
            let text = String::from_utf8(bytes).expect("the starter is text");
            let place = other.join(path.replace("ACME-01", "ACME-02"));
            fs::create_dir_all(place.parent().expect("a folder")).expect("the test's own folder");
            fs::write(place, text.replace("ACME-01", "ACME-02")).expect("the test's own file");
        }
        other
    }

    /// The files of a site that is built into a folder of its own.
    fn cold(&self, book: &Path) -> BTreeMap<String, Vec<u8>> {
        let folder = self.0.path().join("cold");
        fs::remove_dir_all(&folder).ok();
        assert_built(&build(book, &folder).output().expect("the program runs"));
        published(&folder)
    }
}

fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_controlbook"));
    program.env("NO_COLOR", "1");
    program
}

fn build(book: &Path, site: &Path) -> Command {
    let mut build = program();
    build
        .arg("build")
        .arg(book)
        .arg("-d")
        .arg(site)
        .stderr(Stdio::piped());
    build
}

#[track_caller]
fn assert_built(output: &Output) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

/// Every file below a folder, with slashes in its path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, prefix: &str, all: &mut BTreeMap<String, Vec<u8>>) {
        let Ok(entries) = fs::read_dir(folder) else {
            return;
        };
        for entry in entries {
            let place = entry.expect("the test's own folder").path();
            let name = place.file_name().expect("a name").to_string_lossy();
            let path = format!("{prefix}{name}");
            if place.is_dir() {
                walk(&place, &format!("{path}/"), all);
            } else {
                all.insert(path, fs::read(&place).expect("the test's own file"));
            }
        }
    }
    let mut all = BTreeMap::new();
    walk(folder, "", &mut all);
    all
}

/// The files of a site, without the program's own two.
fn published(site: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = files(site);
    files.retain(|path, _| ![".controlbook", ".controlbook-files"].contains(&&**path));
    files
}

/// Polls without sleeping, since the state that is waited for lasts for moments only.
#[track_caller]
fn wait_until(mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "it does not come");
        std::hint::spin_loop();
    }
}

#[track_caller]
fn wait(child: &mut Child) -> ExitStatus {
    let mut status = None;
    wait_until(|| {
        thread::sleep(Duration::from_millis(2));
        status = child.try_wait().expect("it is our child");
        status.is_some()
    });
    status.expect("it has ended")
}

/// The pages to which a page leads inside of its site.
fn links(path: &str, page: &str) -> Vec<String> {
    let mut out = Vec::new();
    for attribute in [" href=\"", " src=\""] {
        for rest in page.split(attribute).skip(1) {
            let address = rest.split(['"', '#', '?']).next().unwrap_or_default();
            if address.is_empty() || address.contains(':') {
                continue;
            }
            let mut parts: Vec<&str> = path.split('/').collect();
            parts.pop();
            for part in address.split('/') {
                match part {
                    ".." => drop(parts.pop()),
                    "." => {}
                    _ => parts.push(part),
                }
            }
            out.push(parts.join("/"));
        }
    }
    out
}

/// Whole files of one of the sites, and no dead link on any way from the home page or a page of both.
fn assert_sound(site: &Path, sites: &[&BTreeMap<String, Vec<u8>>; 2], moment: &str) {
    let mut now = published(site);
    now.retain(|path, _| !path.starts_with(".controlbook-"));
    for (path, bytes) in &now {
        let is_whole = sites.iter().any(|site| site.get(path) == Some(bytes));
        assert!(is_whole, "{moment}: {path} is neither old nor new");
    }
    let is_page = |path: &str| path.ends_with(".html");
    let in_both = |path: &str| sites.iter().all(|site| site.contains_key(path));
    let mut open: Vec<String> = now
        .keys()
        .filter(|path| is_page(path) && (*path == "index.html" || in_both(path)))
        .cloned()
        .collect();
    let mut seen: BTreeSet<String> = open.iter().cloned().collect();
    while let Some(path) = open.pop() {
        for link in links(&path, &String::from_utf8_lossy(&now[&path])) {
            assert!(now.contains_key(&link), "{moment}: {path} leads to {link}");
            if is_page(&link) && seen.insert(link.clone()) {
                open.push(link);
            }
        }
    }
}

/// The inode of the manifest; a new one has another inode.
fn manifest(site: &Path) -> Option<u64> {
    let metadata = fs::metadata(site.join(".controlbook")).ok()?;
    Some(metadata.ino())
}

#[test]
fn forty_kills_while_files_get_their_names_leave_a_sound_site() {
    let place = Place::new();
    let (books, site) = ([place.book(), place.other_book()], place.site());
    let cold = [place.cold(&books[0]), place.cold(&books[1])];
    // From the first manifest to the end.
    let mut whole = Duration::ZERO;
    for book in &books {
        let before = manifest(&site);
        let mut child = build(book, &site).spawn().expect("the program runs");
        wait_until(|| manifest(&site) != before);
        let start = Instant::now();
        assert!(wait(&mut child).success());
        whole = start.elapsed();
    }
    let (mut killed, mut mixed) = (0, 0);
    for turn in 0..40_u32 {
        let target = turn as usize % 2;
        let before = manifest(&site);
        let mut child = build(&books[target], &site).spawn();
        let child = child.as_mut().expect("the program runs");
        wait_until(|| manifest(&site) != before);
        let start = Instant::now();
        wait_until(|| start.elapsed() >= whole * turn / 40);
        child.kill().ok();
        killed += usize::from(wait(child).signal().is_some());
        let moment = format!("kill {turn}");
        assert_sound(&site, &[&cold[0], &cold[1]], &moment);
        let now = files(&site);
        let is_of = |one: usize| {
            let mut only = cold[one].iter();
            only.any(|(path, it)| cold[1 - one].get(path) != Some(it) && now.get(path) == Some(it))
        };
        mixed += usize::from(is_of(0) && is_of(1));
        if turn % 5 == 4 {
            let next = turn as usize / 5 % 2;
            let repaired = build(&books[next], &site).output();
            assert_built(&repaired.expect("the program runs"));
            assert_eq!(
                published(&site).keys().collect::<Vec<_>>(),
                cold[next].keys().collect::<Vec<_>>()
            );
            assert!(published(&site) == cold[next], "{moment}: another file");
        }
    }
    eprintln!("{killed} of 40 killed while they ran, {mixed} mixed states");
    assert!(killed > 0, "no build was killed while it ran");
    assert!(mixed > 0, "no kill fell between two names");
}

/// A page that takes long to render, so that a signal comes while files are staged.
fn make_large(book: &Path) {
    for number in 0..60 {
        let text = format!(
            "---\ntitle: Page {number}\nsummary: A long page.\n---\n\n{}\n",
            "Some text of a page. ".repeat(100)
        );
        let place = book.join(format!("content/guide/large-{number}.md"));
        fs::write(place, text).expect("the test's own file");
    }
}

#[test]
fn signals_drop_the_stage_and_end_the_build_as_they_would() {
    let place = Place::new();
    let (book, site) = (place.book(), place.site());
    assert_built(&build(&book, &site).output().expect("the program runs"));
    let before = files(&site);
    make_large(&book);
    let stage = site.join(".controlbook-new");
    for (name, number) in [("INT", 2), ("TERM", 15)] {
        let mut child = build(&book, &site).spawn().expect("the program runs");
        wait_until(|| {
            let ended = child.try_wait().expect("it is our child");
            assert_eq!(ended, None, "the build ended before it was stopped");
            stage.is_dir()
        });
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &child.id().to_string()])
            .status();
        assert!(sent.expect("install kill (procps)").success());
        let status = wait(&mut child);
        assert_eq!(status.signal(), Some(number), "SIG{name}: {status}");
        assert!(files(&site) == before, "SIG{name} left something");
        assert!(!stage.exists(), "SIG{name} left the stage");
    }
    // What was made for the site goes too, and a shell shows the number of the convention.
    let new = place.0.path().join("made/for/site");
    let script = "\"$@\" & wait_for=$!; until [ -d \"$SITE/.controlbook-new\" ]; do :; done; \
                  kill -TERM $wait_for; wait $wait_for; echo \"code $?\"";
    let shell = Command::new("bash")
        .args([
            "-c",
            script,
            "bash",
            env!("CARGO_BIN_EXE_controlbook"),
            "build",
        ])
        .args([&book, Path::new("-d"), &new])
        .env("SITE", &new)
        .output()
        .expect("bash runs");
    assert_eq!(String::from_utf8_lossy(&shell.stdout), "code 143\n");
    assert!(!place.0.path().join("made").exists());
}

#[test]
fn a_leftover_stage_is_removed_by_a_build_that_has_nothing_else_to_do() {
    let place = Place::new();
    let (book, site) = (place.book(), place.site());
    assert_built(&build(&book, &site).output().expect("the program runs"));
    let before = published(&site);
    fs::create_dir_all(site.join(".controlbook-new/0")).expect("the test's own folder");
    fs::write(site.join(".controlbook-new/0/half.html"), "<p>half").expect("its own");
    assert_built(&build(&book, &site).output().expect("the program runs"));
    assert!(published(&site) == before);
    assert!(!site.join(".controlbook-new").exists());
    let again = build(&book, &site).output().expect("the program runs");
    let said = String::from_utf8_lossy(&again.stderr);
    assert!(said.starts_with("Nothing has changed"), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_mount_inside_the_folder_is_refused_before_anything_changes() {
    let place = Place::new();
    let (book, site) = (place.book(), place.site());
    assert_built(&build(&book, &site).output().expect("the program runs"));
    let before = files(&site);
    let changed = place.other_book();
    // The mounts are seen by the build alone, and go with it.
    let within = |mount: &str, book: &Path| {
        let script = format!("set -e; cd \"$1\"; {mount}; exec \"$2\" build \"$3\" -d \"$1\"");
        Command::new("unshare")
            .args(["--map-root-user", "--mount", "sh", "-c", &script, "sh"])
            .arg(&site)
            .arg(env!("CARGO_BIN_EXE_controlbook"))
            .arg(book)
            .output()
            .expect("install unshare (util-linux)")
    };
    for (mount, named) in [
        // Another file system, the same one, a file, a folder deeper down.
        ("mount -t tmpfs none measures", "measures"),
        ("mount --bind measures measures", "measures"),
        ("mount --bind index.html index.html", "index.html"),
        (
            "mount --bind assets assets; mount -t tmpfs none data",
            "data",
        ),
    ] {
        let output = within(mount, &changed);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{mount}: {said}");
        let wanted = format!("{named}` is a mount of its own");
        assert!(said.contains(&wanted), "{mount}: {said}");
        assert!(files(&site) == before, "{mount} changed something");
    }
    // One to which no file goes is left alone.
    fs::create_dir(site.join("mine")).expect("the test's own folder");
    assert_built(&within("mount -t tmpfs none mine", &changed));
}
