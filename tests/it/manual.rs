//! The manual in the repository: fresh, and true in what it shows.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_controlbook"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program runs")
}

/// Every page, by its file's name.
fn pages() -> Vec<(String, String)> {
    let entries = fs::read_dir(root().join("manual")).expect("it is there");
    let mut out: Vec<_> = entries
        .map(|it| it.expect("readable").path())
        .filter(|it| it.is_file())
        .map(|it| {
            let name = it
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, fs::read_to_string(it).expect("readable"))
        })
        .collect();
    out.sort();
    out
}

/// The pictures beside the pages, by name.
fn pictures(manual: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(manual.join("pictures")).expect("it is there");
    let paths = entries.map(|it| it.expect("readable").path());
    let named = paths.map(|it| {
        let name = it.file_name().expect("a name").to_string_lossy();
        (name.into_owned(), fs::read(&it).expect("readable"))
    });
    named.collect()
}

/// A page without its code blocks.
fn without_code(page: &str) -> String {
    let mut out = String::new();
    let mut fence: Option<&str> = None;
    for line in page.lines() {
        let marks = &line[..line.len() - line.trim_start_matches('`').len()];
        match fence {
            None if marks.len() >= 3 => fence = Some(marks),
            None => out.push_str(&format!("{}\n", without_spans(line))),
            Some(open) if line == open => fence = None,
            Some(_) => {}
        }
    }
    out
}

/// A line without what stands between backticks.
fn without_spans(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('`') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let marks = &rest[..rest.len() - rest.trim_start_matches('`').len()];
        rest = &rest[marks.len()..];
        rest = rest.split_once(marks).map_or(rest, |it| it.1);
    }
    out + rest
}

/// The code blocks of a page: language and text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let fence = &line[..line.len() - line.trim_start_matches('`').len()];
        if fence.len() < 3 {
            continue;
        }
        let body: Vec<_> = lines.by_ref().take_while(|it| *it != fence).collect();
        out.push((line[fence.len()..].to_owned(), body.join("\n") + "\n"));
    }
    out
}

#[test]
fn the_manual_in_the_repository_is_fresh() {
    let folder = TempDir::new().expect("writable");
    let name = folder.path().to_str().expect("UTF-8");
    assert!(run(&root(), &["manual", "-d", name]).status.success());
    let mut made = BTreeSet::new();
    for entry in fs::read_dir(folder.path()).expect("it is there") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            continue;
        }
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let kept = fs::read_to_string(root().join("manual").join(&name)).unwrap_or_default();
        assert!(
            kept == fs::read_to_string(&path).expect("readable"),
            "manual/{name} is stale: run `cargo run -- manual -d manual`"
        );
        made.insert(name);
    }
    let kept: BTreeSet<_> = pages().into_iter().map(|(name, _)| name).collect();
    assert_eq!(made, kept);
    assert_eq!(pictures(folder.path()), pictures(&root().join("manual")));
}

#[test]
fn a_page_of_the_manual_is_printed() {
    for (name, file) in [
        ("index", "README.md"),
        ("fields", "fields.md"),
        ("ci", "ci.md"),
    ] {
        let printed = run(&root(), &["manual", name]);
        let kept = fs::read(root().join("manual").join(file)).expect("it is there");
        assert_eq!(printed.stdout, kept, "{name}");
    }
}

#[test]
fn every_link_of_the_manual_leads_to_a_page_and_a_heading() {
    let pages = pages();
    let anchors = |name: &str| -> Option<BTreeSet<String>> {
        let (_, text) = pages.iter().find(|(it, _)| it == name)?;
        let headings = text.lines().filter(|it| it.starts_with('#'));
        let anchor = |it: &str| {
            let words = it.trim_start_matches('#').trim().to_lowercase();
            let kept = words
                .chars()
                .filter(|it| it.is_alphanumeric() || " -".contains(*it));
            kept.map(|it| if it == ' ' { '-' } else { it }).collect()
        };
        Some(headings.map(anchor).collect())
    };
    let shown = pictures(&root().join("manual"));
    let mut count = 0;
    for (name, text) in &pages {
        let text = without_code(text);
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|it| it.split(')').next())
        {
            if let Some(picture) = link.strip_prefix("pictures/") {
                assert!(shown.contains_key(picture), "{name}: {link}");
                count += 1;
                continue;
            }
            if link.starts_with("https://") || link.contains(' ') {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let file = if file.is_empty() { name } else { file };
            let Some(known) = anchors(file) else {
                // Examples of the rules lead into the book of the example.
                assert_eq!(name, "rules.md", "{link} leads nowhere");
                continue;
            };
            assert!(
                anchor.is_empty() || known.contains(anchor),
                "{name}: {link}"
            );
            count += 1;
        }
    }
    assert!(count > 100, "{count} links");
}

/// The arguments of a command line in the manual, with placeholders filled in.
fn sample_arguments(line: &str) -> Vec<String> {
    let line = line.split(" > ").next().unwrap_or(line).split("  #").next();
    let words = line.unwrap_or_default().split_whitespace().skip(1);
    let filled = words.map(|it| match it {
        "PAGE" => "fields",
        "FOLDER" | "ID" | "CODE" => "x",
        it => it,
    });
    filled.map(str::to_owned).collect()
}

#[test]
fn every_command_that_a_text_names_is_one() {
    let starter = root().join("src/cli/starter");
    let mut texts: Vec<_> = ["README.md", "ci.md", "editor.md"]
        .map(|it| root().join("manual").join(it))
        .into_iter()
        .chain(["README.md", "book.toml", "content/guide/about.md"].map(|it| starter.join(it)))
        .collect();
    texts.push(root().join("CONTRIBUTING.md"));
    let mut count = 0;
    for path in texts {
        let text = fs::read_to_string(&path).expect("it is there");
        let inline = text.split('`').filter(|it| it.starts_with("controlbook "));
        let lines = text.lines().filter_map(|it| {
            let at = it.find("controlbook ")?;
            let before = it[..at].trim_start_matches(|c: char| !c.is_alphanumeric());
            ["", "exec ", "run: ", "entry: "]
                .contains(&before)
                .then_some(&it[at..])
        });
        for line in inline.chain(lines).filter(|it| !it.contains('`')) {
            // What another program does with it is not ours.
            let mut arguments = sample_arguments(line.split(" | ").next().unwrap_or(line));
            arguments.push("--help".to_owned());
            let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
            let asked = run(&root(), &arguments);
            assert!(
                asked.status.success(),
                "{}: `{line}`: {}",
                path.display(),
                String::from_utf8_lossy(&asked.stderr)
            );
            count += 1;
        }
    }
    assert!(count > 25, "{count} commands");
    let wrong = run(&root(), &["check", "--format", "xml", "--help"]);
    assert!(!wrong.status.success(), "a wrong word would be seen");
}

#[test]
fn every_setting_that_the_manual_shows_can_be_read() {
    let mut count = 0;
    for (name, text) in pages().iter().filter(|(it, _)| it != "rules.md") {
        for (language, block) in blocks(text) {
            let read = match language.as_str() {
                "yaml" => {
                    serde_saphyr::from_str::<serde_json::Value>(&block).map_err(|it| it.to_string())
                }
                "json" => serde_json::from_str(&block).map_err(|it| it.to_string()),
                "toml" => toml::from_str(&block).map_err(|it| it.to_string()),
                _ => continue,
            };
            assert!(read.is_ok(), "{name}: {read:?}\n{block}");
            count += 1;
        }
    }
    assert!(count >= 6, "{count} settings");
}

#[test]
fn the_hook_of_the_manual_stops_a_commit_with_a_mistake() {
    let folder = TempDir::new().expect("writable");
    let root = root();
    assert!(run(folder.path(), &["init"]).status.success());
    let git = |arguments: &[&str]| {
        let program = Path::new(env!("CARGO_BIN_EXE_controlbook"));
        let bin = program.parent().expect("it has a folder").display();
        let path = format!("{bin}:{}", std::env::var("PATH").unwrap_or_default());
        Command::new("git")
            .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
            .args(arguments)
            .current_dir(folder.path())
            .env("PATH", path)
            .output()
            .expect("git runs")
    };
    assert!(git(&["init", "-q"]).status.success());
    let page = fs::read_to_string(root.join("manual/ci.md")).expect("it is there");
    let (_, hook) = blocks(&page)
        .into_iter()
        .find(|(_, it)| it.starts_with("#!/bin/sh"))
        .expect("the manual has a hook");
    let file = folder.path().join(".git/hooks/pre-commit");
    fs::create_dir_all(file.parent().expect("it has a folder")).expect("writable");
    fs::write(&file, hook).expect("writable");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("writable");
    assert!(git(&["add", "-A"]).status.success());
    let clean = git(&["commit", "-qm", "clean"]);
    assert!(
        clean.status.success(),
        "{}",
        String::from_utf8_lossy(&clean.stderr)
    );
    fs::write(folder.path().join("content/notes.txt"), "Notes.\n").expect("writable");
    assert!(git(&["add", "-A"]).status.success());
    let stopped = git(&["commit", "-qm", "with a warning"]);
    assert!(!stopped.status.success());
    let said = String::from_utf8_lossy(&stopped.stdout).into_owned()
        + &String::from_utf8_lossy(&stopped.stderr);
    assert!(
        said.contains("content/notes.txt: warning[unreached-file]"),
        "{said}"
    );
}
