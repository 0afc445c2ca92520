//! The command line as a user sees it: output, exit codes, files.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::program::run;

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[track_caller]
fn exits(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}", stderr(output));
}

/// A folder with a new book in it.
fn book() -> TempDir {
    let folder = TempDir::new().expect("the temporary folder is writable");
    exits(&run(folder.path(), &["init"]), 0);
    folder
}

#[test]
fn a_new_book_builds_without_a_diagnostic() {
    let folder = book();
    let checked = run(folder.path(), &["check", "--deny-warnings"]);
    exits(&checked, 0);
    assert!(
        stderr(&checked).contains("nothing to mend"),
        "{}",
        stderr(&checked)
    );
    let built = run(folder.path(), &["build"]);
    exits(&built, 0);
    let last = stderr(&built);
    let last = last.lines().last().expect("it says what it did");
    assert!(
        last.starts_with("Built ")
            && last.contains(" pages into public in ")
            && last.ends_with("Open public/index.html"),
        "{last}"
    );
    assert!(folder.path().join("public/index.html").is_file());
    let again = run(folder.path(), &["build"]);
    exits(&again, 0);
    assert!(
        stderr(&again).starts_with("Nothing has changed"),
        "{}",
        stderr(&again)
    );
}

#[test]
fn what_is_to_be_said_is_said_again_when_nothing_has_changed() {
    let folder = book();
    fs::write(folder.path().join("content/idle.png"), "nothing leads here").expect("it is ours");
    for begins in ["Built", "Nothing has changed"] {
        let built = run(folder.path(), &["build"]);
        exits(&built, 0);
        let said = stderr(&built);
        assert!(said.contains("content/idle.png"), "{said}");
        let last = said.lines().last().expect("it says what it did");
        assert!(last.starts_with(begins), "{last}");
    }
}

#[test]
fn every_yaml_file_of_a_new_book_names_a_schema_that_is_there() {
    let folder = book();
    let mut count = 0;
    let mut folders = vec![folder.path().join("content")];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(at).expect("it can be read") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "yaml") {
                let text = fs::read_to_string(&path).expect("it can be read");
                let schema = text
                    .lines()
                    .next()
                    .and_then(|it| it.strip_prefix("# yaml-language-server: $schema="));
                let schema = schema.unwrap_or_else(|| panic!("{} names no schema", path.display()));
                let file = path.parent().expect("it has a folder").join(schema);
                assert!(file.is_file(), "{} is not there", file.display());
                count += 1;
            }
        }
    }
    assert!(count >= 8, "{count} files");
}

#[test]
fn a_mistake_leaves_the_last_site_as_it_was() {
    let folder = book();
    exits(&run(folder.path(), &["build"]), 0);
    let page = folder.path().join("public/measures/ACME-01.html");
    let before = fs::read(&page).expect("it was built");
    let file = folder.path().join("content/measures/ACME-01.yaml");
    let text = fs::read_to_string(&file).expect("it is there");
    fs::write(&file, text.replace("group:", "gruop:")).expect("writable");
    let failed = run(folder.path(), &["build"]);
    exits(&failed, 1);
    let words = stderr(&failed);
    assert!(
        words.contains("error[unknown-key]")
            && words.contains("did you mean `group`?")
            && words.contains("nothing was written"),
        "{words}"
    );
    assert_eq!(fs::read(&page).expect("it is still there"), before);
    fs::write(&file, text.replace("title: ", "title: New ")).expect("writable");
    exits(&run(folder.path(), &["build"]), 0);
    assert_ne!(fs::read(&page).expect("it is there"), before);
}

#[test]
fn formats_are_for_people_and_for_programs() {
    let folder = book();
    fs::write(
        folder.path().join("content/guide/bad.md"),
        "no front matter\n",
    )
    .expect("writable");
    let short = run(folder.path(), &["check", "--format", "short"]);
    exits(&short, 1);
    let out = String::from_utf8_lossy(&short.stdout).into_owned();
    assert_eq!(
        out,
        "content/guide/bad.md:1:1: error[front-matter-missing]: the page has no front matter\n"
    );
    let json = run(folder.path(), &["check", "--format", "json", "--quiet"]);
    exits(&json, 1);
    assert_eq!(stderr(&json), "");
    let row: serde_json::Value = serde_json::from_slice(&json.stdout).expect("a line of JSON");
    assert_eq!(
        (row["code"].as_str(), row["start"]["line"].as_u64()),
        (Some("front-matter-missing"), Some(1))
    );
}

#[test]
fn clean_deletes_what_build_wrote_and_nothing_else() {
    let folder = book();
    exits(&run(folder.path(), &["build"]), 0);
    fs::write(folder.path().join("public/mine.txt"), "mine").expect("writable");
    exits(&run(folder.path(), &["clean"]), 0);
    let left: Vec<_> = fs::read_dir(folder.path().join("public"))
        .expect("it is there")
        .map(|it| it.expect("readable").file_name())
        .collect();
    assert_eq!(left, ["mine.txt"]);
}

#[test]
fn a_foreign_folder_is_refused() {
    let folder = book();
    fs::create_dir(folder.path().join("elsewhere")).expect("writable");
    fs::write(folder.path().join("elsewhere/letter.txt"), "mine").expect("writable");
    let refused = run(folder.path(), &["build", "-d", "elsewhere"]);
    exits(&refused, 2);
    assert_eq!(
        fs::read_dir(folder.path().join("elsewhere"))
            .expect("it is there")
            .count(),
        1
    );
}

#[test]
fn usage_and_machine_exit_with_two() {
    let folder = TempDir::new().expect("the temporary folder is writable");
    exits(&run(folder.path(), &["bild"]), 2);
    exits(&run(folder.path(), &["build", "nowhere"]), 2);
    let none = run(folder.path(), &["build"]);
    exits(&none, 2);
    assert!(
        stderr(&none).contains("there is no book.toml")
            && stderr(&none).contains("controlbook init"),
        "{}",
        stderr(&none)
    );
    exits(&run(folder.path(), &["--version"]), 0);
    exits(&run(folder.path(), &["schema", "mesure"]), 2);
}

#[test]
fn two_builds_in_two_folders_are_equal() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (one, two) = (
        TempDir::new().expect("writable"),
        TempDir::new().expect("writable"),
    );
    for folder in [&one, &two] {
        let folder = folder.path().join("site");
        exits(
            &run(
                root,
                &["build", "--quiet", "-d", folder.to_str().expect("UTF-8")],
            ),
            0,
        );
    }
    let difference = Command::new("diff")
        .args(["-r", "--exclude=.controlbook"])
        .args([one.path(), two.path()])
        .output()
        .expect("diff runs");
    assert!(
        difference.status.success(),
        "{}",
        String::from_utf8_lossy(&difference.stdout)
    );
}

#[test]
fn the_schemas_in_the_repository_are_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = TempDir::new().expect("writable");
    exits(
        &run(
            root,
            &["schema", "-d", folder.path().to_str().expect("UTF-8")],
        ),
        0,
    );
    for entry in fs::read_dir(folder.path()).expect("it is there") {
        let path = entry.expect("readable").path();
        let name = path.file_name().expect("it has a name");
        let kept = fs::read_to_string(root.join("schemas").join(name)).unwrap_or_default();
        assert!(
            kept == fs::read_to_string(&path).expect("readable"),
            "schemas/{} is stale: run `cargo run -- schema -d schemas`",
            name.display()
        );
    }
}

/// A run that is killed at any moment leaves whole files, and the next run repairs what is missing.
#[test]
fn a_killed_build_is_repaired_by_the_next() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = TempDir::new().expect("writable");
    let (wanted, site) = (folder.path().join("wanted"), folder.path().join("site"));
    exits(
        &run(
            root,
            &["build", "--quiet", "-d", wanted.to_str().expect("UTF-8")],
        ),
        0,
    );
    let site_name = site.to_str().expect("UTF-8");
    for delay in [0, 200, 400, 800, 1_200, 1_600, 2_400] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_controlbook"))
            .args(["build", "--quiet", "-d", site_name])
            .current_dir(root)
            .spawn()
            .expect("the program runs");
        std::thread::sleep(std::time::Duration::from_millis(delay));
        child.kill().ok();
        child.wait().expect("it ends");
        let listed = Command::new("find")
            .args([site_name, "-name", "*.html"])
            .output()
            .expect("find runs");
        let listed = String::from_utf8_lossy(&listed.stdout);
        // What waits for its place may be half written.
        for path in listed
            .lines()
            .filter(|it| !it.contains("/.controlbook-new/"))
        {
            let text = fs::read_to_string(path).expect("readable");
            assert!(text.trim_end().ends_with("</html>"), "{path} is not whole");
        }
    }
    exits(&run(root, &["build", "--quiet", "-d", site_name]), 0);
    let difference = Command::new("diff")
        .args(["-r", "--exclude=.controlbook"])
        .args([&wanted, &site])
        .output()
        .expect("diff runs");
    assert!(
        difference.status.success(),
        "{}",
        String::from_utf8_lossy(&difference.stdout)
    );
}
