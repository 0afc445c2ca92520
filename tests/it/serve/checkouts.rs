//! `git checkout` while the preview runs: many files change at once, and the dates of others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use super::same::built;
use super::{Served, book, without_tags};

/// The states, in the order of their commits. The last has a mistake.
const STATES: [&str; 4] = ["first", "larger", "moved", "broken"];

/// The states that the author checks out: forward, back, past the broken state, and the current one again.
const WAY: [&str; 12] = [
    "first", "moved", "larger", "broken", "broken", "moved", "broken", "first", "larger", "first",
    "moved", "moved",
];

type Files = BTreeMap<String, Vec<u8>>;

/// Runs git with a date for each commit, so that the pages of each state have their own.
fn git(root: &Path, day: usize, arguments: &[&str]) {
    let date = format!("2026-01-{:02}T12:00:00Z", day + 1);
    let done = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
        .args(arguments)
        .env("GIT_AUTHOR_DATE", &date)
        .env("GIT_COMMITTER_DATE", &date)
        .current_dir(root)
        .output()
        .expect("install git");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{arguments:?}: {said}");
}

/// Turns the files of the previous state into this one.
fn make(root: &Path, state: &str) {
    let write = |path: &str, text: &str| {
        let place = root.join(path);
        std::fs::create_dir_all(place.parent().expect("a folder")).expect("the test's own");
        std::fs::write(place, text).expect("the test's own");
    };
    let text = |path: &str| std::fs::read_to_string(root.join(path)).expect("the test's own");
    match state {
        "larger" => {
            let yaml = text("content/measures/ACME-01.yaml").replace("ACME-01", "ACME-02");
            write("content/measures/ACME-02.yaml", &yaml);
            write("content/measures/ACME-02.md", "## How\n\nAs [[ACME-01]].\n");
            let mappings = text("content/mappings/example/ACME-01.yaml");
            let mappings = mappings.replace("ACME-01", "ACME-02");
            write("content/mappings/example/ACME-02.yaml", &mappings);
            for number in 0..30 {
                let page = format!(
                    "---\ntitle: Page {number}\nsummary: A page.\n---\n\nSee [[ACME-02]].\n"
                );
                write(&format!("content/guide/more/{number}.md"), &page);
            }
        }
        "moved" => {
            let at = |path: &str| root.join(path);
            std::fs::rename(at("content/guide/more"), at("content/guide/other")).expect("its own");
            write("theme/css/more.css", "body { color: var(--ink) }\n");
            let toml = text("book.toml").replace("ACME controls catalogue", "Another title");
            write("book.toml", &toml);
        }
        "broken" => {
            write("content/measures/ACME-02.yaml", "id: [\n");
            write("content/guide/about.md", "See [[nothing]].\n");
        }
        _ => {}
    }
}

/// The differences between the preview and a cold build.
fn difference(served: &Served, files: &Files, all: &BTreeSet<String>) -> Option<String> {
    all.iter()
        .find(|path| {
            let answer = served.get(path);
            match files.get(*path) {
                None => answer.status != 404,
                Some(bytes) if path.ends_with(".html") => {
                    answer.status != 200 || without_tags(&answer.body) != *bytes
                }
                Some(bytes) => answer.status != 200 || answer.body != *bytes,
            }
        })
        .cloned()
}

#[test]
fn each_checkout_is_shown_as_it_is_built() {
    let folder = book();
    let root = folder.path();
    git(root, 0, &["init", "-q"]);
    let mut sites = BTreeMap::new();
    for (day, state) in STATES.into_iter().enumerate() {
        make(root, state);
        git(root, day, &["add", "-A", "."]);
        git(root, day, &["commit", "-q", "--allow-empty", "-m", state]);
        git(root, day, &["tag", state]);
        if state != "broken" {
            sites.insert(state, built(root));
        }
    }
    let all: BTreeSet<String> = sites.values().flat_map(|it| it.keys().cloned()).collect();
    git(root, 0, &["checkout", "-q", "first"]);
    let served = Served::start(folder, |_| {});
    let mut shown = &sites["first"];
    for (step, state) in WAY.into_iter().enumerate() {
        git(&served.root, 0, &["checkout", "-q", state]);
        let errors = if state == "broken" { 2 } else { 0 };
        served.has_errors(errors);
        // While there is an error, the last good pages stay.
        shown = sites.get(state).unwrap_or(shown);
        served.wait(&format!("{state} at step {step}"), |it| {
            difference(it, shown, &all).is_none().then_some(())
        });
        assert_eq!(served.state("")["held"], errors > 0);
    }
}
