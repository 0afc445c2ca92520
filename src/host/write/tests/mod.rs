//! Shared by the tests of the writer: small sites, and assertions on a folder.

mod forgetful;
mod kill;
mod lost_manifest;
mod power_loss;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::names::STAGING_FOLDER;
use super::names::{FILE_LIST, MANIFEST, TEMPORARY_FILE, folders_above};
use super::plan;
use crate::output::Outputs;

/// A temporary folder for one test. The site is to be in its subfolder `site`, which does not exist yet.
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

/// A site of pages, each given as its path and its links.
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

/// Every file below a folder, and every folder with a trailing `/`.
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
    for name in [MANIFEST, FILE_LIST] {
        assert!(tree.remove(name).is_some(), "no {name}");
    }
    for path in foreign {
        assert!(tree.remove(*path).is_some(), "{path} is gone");
    }
    let mut wanted = BTreeMap::new();
    for (path, bytes) in outputs.iter() {
        wanted.insert(path.to_owned(), bytes.to_vec());
        wanted.extend(folders_above(path).map(|it| (format!("{it}/"), Vec::new())));
    }
    assert_eq!(tree, wanted);
}

/// The links of a page.
fn links(bytes: &[u8]) -> impl Iterator<Item = &str> {
    let text = std::str::from_utf8(bytes).expect("the test's pages are text");
    let links = text.split("href=\"").skip(1);
    links.filter_map(|it| it.split('"').next())
}

/// Whether a path is not a file of the site: a reserved name, or a foreign file.
fn is_not_ours(path: &str) -> bool {
    [TEMPORARY_FILE, MANIFEST, FILE_LIST, FOREIGN].contains(&path)
        || path.starts_with(STAGING_FOLDER)
}

/// Asserts that all files are whole, and that every link that is reachable from the home page or from a page of all sites leads to
/// a file.
fn assert_sound(folder: &Path, sites: &[&Outputs], moment: &str) {
    let tree = tree(folder);
    let files = || {
        tree.iter()
            .filter(|(path, _)| !path.ends_with('/') && !is_not_ours(path))
    };
    for (path, bytes) in files() {
        let is_whole = sites.iter().any(|site| site.get(path) == Some(bytes));
        assert!(is_whole, "{moment}: {path} is neither old nor new");
        for link in links(bytes).filter(|it| !plan::is_page(it)) {
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
