//! The architecture as a test: who may import whom, and how long a file may be.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Each layer, and the layers whose names may stand in its `use crate::…`. Downwards only.
const LAYERS: &[(&str, &[&str])] = &[
    ("characters", &[]),
    ("source", &[]),
    ("address", &["source"]),
    ("output", &[]),
    ("natural", &[]),
    ("paths", &[]),
    ("diagnostic", &["characters", "natural", "source"]),
    ("structure", &["characters", "diagnostic", "source"]),
    (
        "markdown",
        &["address", "structure", "characters", "diagnostic", "source"],
    ),
    ("config", &["address", "structure", "diagnostic", "source"]),
    ("hosting", &["config"]),
    (
        "schema",
        &[
            "markdown",
            "structure",
            "characters",
            "diagnostic",
            "source",
        ],
    ),
    (
        "catalogue",
        &[
            "address",
            "paths",
            "schema",
            "markdown",
            "structure",
            "diagnostic",
            "natural",
            "source",
        ],
    ),
    (
        "check",
        &["catalogue", "config", "diagnostic", "paths", "source"],
    ),
    (
        "site",
        &["catalogue", "config", "diagnostic", "schema", "source"],
    ),
    ("figures", &["catalogue"]),
    (
        "theme",
        &[
            "address",
            "markdown",
            "structure",
            "config",
            "diagnostic",
            "source",
        ],
    ),
    (
        "render",
        &[
            "figures",
            "paths",
            "theme",
            "address",
            "hosting",
            "site",
            "catalogue",
            "schema",
            "markdown",
            "config",
            "diagnostic",
            "source",
        ],
    ),
    (
        "export",
        &[
            "output",
            "hosting",
            "site",
            "catalogue",
            "schema",
            "markdown",
            "config",
            "source",
        ],
    ),
    (
        "pipeline",
        &[
            "address",
            "hosting",
            "rules",
            "theme",
            "render",
            "export",
            "site",
            "check",
            "catalogue",
            "schema",
            "markdown",
            "config",
            "diagnostic",
            "output",
            "source",
        ],
    ),
    (
        "rules",
        &[
            "theme",
            "site",
            "check",
            "catalogue",
            "schema",
            "markdown",
            "config",
            "structure",
            "diagnostic",
        ],
    ),
    (
        "draft",
        &[
            "theme",
            "pipeline",
            "check",
            "catalogue",
            "config",
            "schema",
            "structure",
            "diagnostic",
            "source",
        ],
    ),
    (
        "manual",
        &[
            "theme",
            "rules",
            "pipeline",
            "markdown",
            "config",
            "schema",
            "structure",
            "diagnostic",
            "source",
        ],
    ),
    (
        "preview",
        &[
            "hosting",
            "pipeline",
            "site",
            "catalogue",
            "markdown",
            "config",
            "characters",
            "diagnostic",
            "source",
        ],
    ),
    ("host", &["diagnostic", "output", "source"]),
    (
        "cli",
        &[
            "hosting",
            "manual",
            "draft",
            "preview",
            "rules",
            "pipeline",
            "export",
            "host",
            "schema",
            "config",
            "characters",
            "diagnostic",
            "source",
        ],
    ),
];

pub(crate) fn files() -> Vec<PathBuf> {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("src can be read") {
            let path = entry.expect("src can be read").path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|it| it == "rs") {
                out.push(path);
            }
        }
    }
    let mut out = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut out);
    out.sort();
    out
}

pub(crate) fn relative(path: &Path) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    path.strip_prefix(root)
        .expect("it is under src")
        .to_string_lossy()
        .replace('\\', "/")
}

/// The part of a file before its tests.
pub(crate) fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

/// The modules of the crate that a text names, after `crate::`, in braces too.
fn imports(text: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        let names: Vec<&str> = match rest.strip_prefix('{') {
            Some(list) => list
                .split('}')
                .next()
                .unwrap_or_default()
                .split(',')
                .collect(),
            None => vec![rest],
        };
        for name in names {
            let end = name
                .trim()
                .find(|c: char| !(c.is_alphanumeric() || c == '_'));
            let name = name.trim();
            out.insert(name[..end.unwrap_or(name.len())].to_owned());
        }
    }
    out.remove("");
    out
}

#[test]
fn layers_import_downwards_only() {
    let table: BTreeMap<_, _> = LAYERS.iter().copied().collect();
    let mut wrong = Vec::new();
    for file in files() {
        let name = relative(&file);
        let layer = name
            .split('/')
            .next()
            .unwrap_or_default()
            .trim_end_matches(".rs")
            .to_owned();
        if matches!(layer.as_str(), "main" | "lib") {
            continue;
        }
        let allowed = table
            .get(layer.as_str())
            .unwrap_or_else(|| panic!("src/{name}: the layer `{layer}` is not in the table"));
        let text = fs::read_to_string(&file).expect("src can be read");
        for import in imports(without_tests(&text)) {
            if import != layer && !allowed.contains(&import.as_str()) {
                wrong.push(format!("src/{name} imports {import}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_has_no_circle() {
    let table: BTreeMap<_, _> = LAYERS.iter().copied().collect();
    for (layer, _) in LAYERS {
        let mut seen = BTreeSet::new();
        let mut next = vec![*layer];
        while let Some(at) = next.pop() {
            for below in table[at] {
                assert_ne!(below, layer, "{layer} reaches itself through {at}");
                if seen.insert(*below) {
                    next.push(below);
                }
            }
        }
    }
}

#[test]
fn only_host_touches_the_machine() {
    let words = [
        "std::fs",
        "std::net",
        "std::env",
        "std::process::Command",
        "std::thread",
        "Instant::now",
        "SystemTime",
    ];
    for file in files()
        .iter()
        .filter(|it| !relative(it).starts_with("host/") && relative(it) != "main.rs")
    {
        let text = fs::read_to_string(file).expect("src can be read");
        for word in words {
            assert!(
                !without_tests(&text).contains(word),
                "src/{} names {word}",
                relative(file)
            );
        }
    }
}

#[test]
fn files_are_of_a_readable_length() {
    for file in files() {
        let text = fs::read_to_string(&file).expect("src can be read");
        let lines = without_tests(&text).lines().count();
        assert!(
            lines <= 400,
            "src/{} has {lines} lines before its tests",
            relative(&file)
        );
        assert!(
            text.starts_with("//!"),
            "src/{} does not say what it is for",
            relative(&file)
        );
    }
}

#[test]
fn nothing_lies_at_the_top_that_does_not_belong_there() {
    const KNOWN: [&str; 13] = [
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE-APACHE",
        "LICENSE-CONTENT",
        "LICENSE-MIT",
        "README.md",
        "SECURITY.md",
        "book.toml",
        "deny.toml",
        "rust-toolchain.toml",
    ];
    let top = fs::read_dir(env!("CARGO_MANIFEST_DIR")).expect("the repository can be read");
    for entry in top {
        let entry = entry.expect("an entry can be read");
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_file = entry.file_type().is_ok_and(|it| it.is_file());
        assert!(
            !is_file || name.starts_with('.') || KNOWN.contains(&name.as_str()),
            "{name} is no file of the project"
        );
    }
}
