//! Where a book is, where its site goes, and what is never written: the command line in real folders.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use crate::program::run;

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[track_caller]
fn exits(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}", stderr(output));
}

#[track_caller]
fn says(output: &Output, code: i32, words: &[&str]) {
    exits(output, code);
    let said = stderr(output);
    for word in words {
        assert!(said.contains(word), "{word:?} is not in: {said}");
    }
}

fn folder() -> TempDir {
    TempDir::new().expect("the temporary folder is writable")
}

/// A folder with a new book in it.
fn book() -> TempDir {
    let folder = folder();
    exits(&run(folder.path(), &["init"]), 0);
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().expect("it has a folder")).expect("writable");
    fs::write(file, text).expect("writable");
}

fn text(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap_or_else(|it| panic!("{path}: {it}"))
}

fn change(folder: &Path, path: &str, old: &str, new: &str) {
    let before = text(folder, path);
    assert_eq!(before.matches(old).count(), 1, "`{old}` in {path}");
    write(folder, path, &before.replace(old, new));
}

/// Every file below a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut next = vec![folder.to_path_buf()];
    while let Some(at) = next.pop() {
        for entry in fs::read_dir(at).expect("it can be read") {
            let path = entry.expect("it can be read").path();
            if path.is_symlink() {
                continue;
            }
            if path.is_dir() {
                next.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).expect("it is below");
            let bytes = fs::read(&path).expect("readable");
            out.insert(name.to_string_lossy().into_owned(), bytes);
        }
    }
    out
}

// Where a book begins.

#[test]
fn a_book_begins_in_a_repository_that_is_there() {
    let folder = folder();
    let root = folder.path();
    let there = [
        ("README.rst", "Ours\n"),
        ("LICENSE-MIT", "MIT\n"),
        (".gitignore", "target/\n"),
        (".gitattributes", "* text=auto\n"),
        (".gitlab-ci.yml", "{}\n"),
        (".github/workflows/book.yml", "on: push\n"),
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("notes/plan.txt", "mine\n"),
    ];
    for (path, words) in there {
        write(root, path, words);
    }
    says(
        &run(root, &["init"]),
        0,
        &["Began a book", ".gitignore stays as it is"],
    );
    for (path, words) in there {
        assert_eq!(text(root, path), words, "{path}");
    }
    assert!(!root.join("README.md").exists(), "one README is enough");
    says(
        &run(root, &["check", "--deny-warnings"]),
        0,
        &["nothing to mend"],
    );
}

#[test]
fn a_file_that_would_be_overwritten_is_named_and_nothing_is_written() {
    for (path, named) in [
        ("book.toml", "book.toml is there already"),
        ("content/index.md", "content/index.md is there already"),
        (
            "schemas/measure.schema.json",
            "schemas/measure.schema.json is there already",
        ),
        // A file in the place of a folder.
        ("content", "content is there already"),
    ] {
        for arguments in [&["init"][..], &["init", "--empty"]] {
            let folder = folder();
            write(folder.path(), path, "mine");
            says(
                &run(folder.path(), arguments),
                2,
                &[named, "nothing was written"],
            );
            assert_eq!(files(folder.path()).len(), 1, "{path}");
            assert_eq!(text(folder.path(), path), "mine");
        }
    }
    let folder = folder();
    write(folder.path(), "book/book.toml", "mine");
    let begun = run(folder.path(), &["init", "book"]);
    says(&begun, 2, &["book/book.toml is there already"]);
}

#[test]
fn an_empty_book_builds_and_takes_its_first_records() {
    for (arguments, title) in [
        (
            &["init", "--empty", "uni-it_controls"][..],
            "Uni it controls",
        ),
        (
            &[
                "init",
                "--empty",
                "--title",
                "Größe: “5” \\ \"x\" # 1 & <b>",
                "uni-it_controls",
            ],
            "Größe: “5” \\ \"x\" # 1 & <b>",
        ),
    ] {
        let folder = folder();
        says(&run(folder.path(), arguments), 0, &["new measure ID"]);
        let root = folder.path().join("uni-it_controls");
        says(
            &run(&root, &["check", "--deny-warnings"]),
            0,
            &["nothing to mend"],
        );
        exits(&run(&root, &["build", "--deny-warnings"]), 0);
        let home = text(&root, "public/index.html");
        let escaped = title
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        let escaped = escaped.replace('"', "&quot;");
        assert!(home.contains(&format!("<h1>{escaped}</h1>")), "{home}");
        let all: Vec<_> = files(&root)
            .into_iter()
            .filter(|(it, _)| !it.starts_with("public/"))
            .collect();
        for (path, bytes) in &all {
            let words = String::from_utf8_lossy(bytes);
            assert!(
                !words.contains("ACME") || path == "book.toml",
                "{path} speaks of the sample"
            );
        }
        for what in [
            ["measure", "UNI-01"],
            ["use-case", "exams"],
            ["framework", "iso"],
            ["page", "a/b"],
        ] {
            exits(&run(&root, &["new", what[0], what[1]]), 0);
        }
        // What only the author can write is left, and is no error.
        exits(&run(&root, &["check"]), 0);
    }
    let folder = folder();
    exits(&run(folder.path(), &["init", "--title", "A title"]), 2);
    exits(&run(folder.path(), &["init", "--empty", "--title", " "]), 2);
    exits(
        &run(folder.path(), &["init", "--empty", "--title", "a\nb"]),
        2,
    );
    assert!(files(folder.path()).is_empty());
}

// Where a book is.

#[test]
fn a_book_is_found_in_the_folders_above() {
    let folder = book();
    let root = folder.path();
    let deep = root.join("content/measures");
    let glossary = text(root, "content/glossary.yaml");
    let broken = glossary.replacen("- term", "- tarm", 1);
    write(root, "content/glossary.yaml", &broken);
    let short = run(&deep, &["check", "--format", "short"]);
    exits(&short, 1);
    assert!(
        stdout(&short).starts_with("../glossary.yaml:"),
        "{}",
        stdout(&short)
    );
    let annotated = run(&root.join("content"), &["check", "--format", "github"]);
    assert!(
        stdout(&annotated).starts_with("::error file=glossary.yaml,"),
        "{}",
        stdout(&annotated)
    );
    let logged = run(&root.join("content"), &["check", "--format", "sarif"]);
    assert!(
        stdout(&logged).contains("\"glossary.yaml\""),
        "{}",
        stdout(&logged)
    );
    says(&run(&deep, &["check"]), 1, &["--> ../glossary.yaml:"]);
    says(
        &run(&deep, &["build"]),
        1,
        &["--> ../glossary.yaml:", "../../public is as it was"],
    );
    write(root, "content/glossary.yaml", &glossary);
    says(
        &run(&deep, &["build"]),
        0,
        &["into ../../public", "Open ../../public/index.html"],
    );
    assert!(root.join("public/index.html").is_file());
    let made = run(&deep, &["new", "measure", "ACME-02"]);
    exits(&made, 0);
    assert_eq!(stdout(&made), "ACME-02.yaml\nACME-02.md\n");
    assert!(deep.join("ACME-02.md").is_file());
    let made = run(
        &root.join("content/guide"),
        &["new", "theme-file", "icons/site.svg"],
    );
    exits(&made, 0);
    assert_eq!(stdout(&made), "../../theme/icons/site.svg\n");
    assert!(stdout(&run(&deep, &["hosting", "nginx"])).contains("server_name"));
    // Where the user names a folder for the site, it is from where she stands.
    exits(&run(&deep, &["clean"]), 0);
    assert!(!root.join("public/index.html").exists());
}

#[test]
fn a_folder_that_is_named_is_taken_as_it_is() {
    let folder = book();
    let deep = folder.path().join("content");
    for arguments in [["check", "."], ["build", "measures"], ["hosting", "nginx"]] {
        let arguments = match arguments {
            ["hosting", target] => vec!["hosting", target, "."],
            other => other.to_vec(),
        };
        says(&run(&deep, &arguments), 2, &["there is no book.toml in"]);
    }
    says(&run(&deep, &["check", ".."]), 0, &["nothing to mend"]);
    write(&deep, "guide/bad.md", "no front matter\n");
    let short = run(&deep, &["check", "..", "--format", "short"]);
    assert!(
        stdout(&short).starts_with("../content/guide/bad.md:1:1:"),
        "{}",
        stdout(&short)
    );
    let above = folder.path().parent().expect("it is in a folder");
    let name = folder
        .path()
        .file_name()
        .expect("it has a name")
        .to_string_lossy();
    let short = run(above, &["check", &name, "--format", "short"]);
    let wanted = format!("{name}/content/guide/bad.md:1:1:");
    assert!(stdout(&short).starts_with(&wanted), "{}", stdout(&short));
}

#[test]
fn where_there_is_no_book_it_is_said() {
    let folder = folder();
    let deep = folder.path().join("a/b");
    fs::create_dir_all(&deep).expect("writable");
    for command in ["check", "build", "serve", "clean"] {
        says(
            &run(&deep, &[command]),
            2,
            &["no book.toml in . or a folder above it", "controlbook init"],
        );
    }
}

// Where a site goes.

#[test]
fn a_site_among_the_sources_is_refused_at_its_line() {
    for (build_dir, words) in [
        ("content", "this is the folder `content`"),
        ("Content/", "this is the folder `content`"),
        ("content/site", "this is inside `content`"),
        ("theme", "this is the folder `theme`"),
        ("THEME", "this is the folder `theme`"),
        ("theme/out/deep", "this is inside `theme`"),
        (".git", "this is inside `.git`"),
        ("modules/.git/site", "this is inside `.git`"),
        ("book.toml", "this is `book.toml`"),
        (".", "no folder inside the book"),
        ("./", "no folder inside the book"),
        ("..", "no folder inside the book"),
        ("public/../content", "no folder inside the book"),
        ("/tmp/site", "no folder inside the book"),
        ("", "no folder inside the book"),
    ] {
        let folder = book();
        let root = folder.path();
        change(
            root,
            "book.toml",
            "build-dir = \"public\"",
            &format!("build-dir = \"{build_dir}\""),
        );
        let before = files(root);
        for command in ["build", "check", "clean"] {
            let run = run(root, &[command]);
            says(&run, 1, &["error[bad-value]", words, "book.toml:"]);
        }
        assert!(
            files(root) == before,
            "{build_dir}: something was written or deleted"
        );
    }
    // What only looks alike is a folder of its own.
    for build_dir in ["contents", "theme-site", "docs/content", ".site"] {
        let folder = book();
        change(
            folder.path(),
            "book.toml",
            "\"public\"",
            &format!("\"{build_dir}\""),
        );
        exits(&run(folder.path(), &["build"]), 0);
        exits(&run(folder.path(), &["build"]), 0);
    }
}

#[test]
fn a_site_that_would_hold_the_content_is_refused() {
    let folder = book();
    let root = folder.path();
    fs::create_dir(root.join("docs")).expect("writable");
    fs::rename(root.join("content"), root.join("docs/content")).expect("it is there");
    change(
        root,
        "book.toml",
        "src = \"content\"",
        "src = \"docs/content\"",
    );
    change(
        root,
        "book.toml",
        "build-dir = \"public\"",
        "build-dir = \"docs\"",
    );
    says(
        &run(root, &["build"]),
        1,
        &[
            "error[bad-value]",
            "`docs/content`, from which the book is read, is inside it",
        ],
    );
    change(
        root,
        "book.toml",
        "src = \"docs/content\"",
        "src = \"theme/content\"",
    );
    says(
        &run(root, &["check"]),
        1,
        &["error[bad-value]", "the content can't be here"],
    );
}

#[test]
fn a_folder_that_the_user_names_is_looked_at_where_it_really_is() {
    let folder = folder();
    let root = folder.path().join("book");
    exits(&run(folder.path(), &["init", "book"]), 0);
    write(&root, ".git/HEAD", "ref: refs/heads/main\n");
    fs::create_dir(root.join("theme")).expect("writable");
    let content = root.join("content").display().to_string();
    let whole = root.display().to_string();
    let mut cases = vec![
        ("content", "the folder `content`"),
        ("./content/", "the folder `content`"),
        ("content/new/site", "inside `content`"),
        ("public/../content", "the folder `content`"),
        ("public/../theme/x", "inside `theme`"),
        (".git/site", "inside `.git`"),
        (".", "the book itself is in it"),
        ("..", "the book itself is in it"),
        ("content/..", "the book itself is in it"),
        (content.as_str(), "the folder `content`"),
        (whole.as_str(), "the book itself is in it"),
        ("/", "the book itself is in it"),
    ];
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink(root.join("content"), root.join("way")).expect("a link");
        symlink(&root, folder.path().join("other")).expect("a link");
        cases.extend([
            ("way/site", "inside `content`"),
            ("../other/content", "the folder `content`"),
            ("../other", "the book itself is in it"),
        ]);
    }
    let before = files(&root);
    for (named, words) in cases {
        says(
            &run(&root, &["build", "-d", named]),
            2,
            &["the site can't be in", words],
        );
        assert!(files(&root) == before, "{named}: something was written");
    }
    // The same by `book.toml`, where only the disk knows.
    #[cfg(unix)]
    {
        change(&root, "book.toml", "\"public\"", "\"way/site\"");
        says(
            &run(&root, &["build"]),
            2,
            &["the site can't be in", "inside `content`"],
        );
    }
}

#[test]
fn what_an_earlier_build_wrote_among_the_sources_can_be_deleted() {
    let folder = book();
    let root = folder.path();
    exits(&run(root, &["build", "-d", "site"]), 0);
    // As a version without this check left it.
    fs::rename(root.join("site"), root.join("theme")).expect("it is there");
    write(root, "theme/logo.svg", "mine");
    exits(&run(root, &["clean", "-d", "theme"]), 0);
    assert_eq!(
        files(&root.join("theme")).into_keys().collect::<Vec<_>>(),
        ["logo.svg"]
    );
}

#[test]
fn files_that_are_made_once_do_not_become_sources() {
    let folder = book();
    let root = folder.path();
    write(root, ".git/HEAD", "ref: refs/heads/main\n");
    let before = files(root);
    for arguments in [
        ["hosting", "nginx", "-d", "content"],
        ["hosting", "container", "-d", "theme/x"],
        ["hosting", "github", "-d", ".git"],
    ] {
        says(
            &run(root, &arguments),
            2,
            &["of the book: nothing was written"],
        );
    }
    for arguments in [
        ["manual", "-d", "content/guide"],
        ["schema", "-d", "content/schemas"],
        ["schema", "-d", "theme"],
    ] {
        says(
            &run(root, &arguments),
            2,
            &["of the book: nothing was written"],
        );
    }
    assert!(files(root) == before);
    exits(&run(root, &["hosting", "github", "-d", "."]), 0);
    exits(&run(root, &["schema", "-d", "schemas"]), 0);
}

// What is never published.

#[test]
fn a_warning_that_is_denied_leaves_the_site_as_it_was() {
    let folder = book();
    let root = folder.path();
    exits(&run(root, &["build", "--deny-warnings"]), 0);
    let before = files(&root.join("public"));
    write(root, "content/idle.png", "nothing leads here");
    let refused = run(root, &["build", "--deny-warnings"]);
    says(
        &refused,
        1,
        &[
            "warning[unreached-file]",
            "1 warning: nothing was written",
            "--deny-warnings",
        ],
    );
    assert!(files(&root.join("public")) == before);
    // A first build leaves no folder behind.
    exits(&run(root, &["build", "--deny-warnings", "-d", "fresh"]), 1);
    assert!(!root.join("fresh").exists());
    // Without it, the warning is said and the site is written; nor does it count as up to date then.
    says(&run(root, &["build"]), 0, &["Built", "with 1 warning"]);
    exits(&run(root, &["build", "--deny-warnings"]), 1);
    fs::remove_file(root.join("content/idle.png")).expect("it is there");
    exits(&run(root, &["build", "--deny-warnings"]), 0);
}

#[test]
fn a_skeleton_s_words_are_never_published() {
    const EXCEPT: &str =
        "\n[[checks.except]]\nrule = \"missing-words\"\nof = [\"PATH\"]\nreason = \"later\"\n";
    for (what, id, path, hint) in [
        (
            "measure",
            "ACME-02",
            "content/measures/ACME-02.yaml",
            "what to do, in a few words",
        ),
        (
            "use-case",
            "kiosk",
            "content/use-cases/kiosk.yaml",
            "words are missing here",
        ),
        (
            "framework",
            "iso",
            "content/frameworks/iso/framework.yaml",
            "words are missing here",
        ),
        (
            "page",
            "exit/plan",
            "content/guide/exit/plan.md",
            "the text; a line that begins",
        ),
    ] {
        for weaker in [
            "",
            "\n[checks.severity]\nmissing-words = \"off\"\n",
            &EXCEPT.replace("PATH", path),
        ] {
            let folder = book();
            let root = folder.path();
            exits(&run(root, &["build"]), 0);
            let before = files(&root.join("public"));
            exits(&run(root, &["new", what, id]), 0);
            let toml = text(root, "book.toml").replace("[checks.severity]\n", "");
            write(root, "book.toml", &format!("{toml}{weaker}"));
            let built = run(root, &["build"]);
            says(
                &built,
                1,
                &["error[missing-words]", hint, "nothing was written"],
            );
            assert!(files(&root.join("public")) == before, "{what}");
            // While it is written, it is no error.
            exits(&run(root, &["check"]), 0);
        }
    }
    let folder = book();
    let root = folder.path();
    change(
        root,
        "content/guide/about.md",
        "title: About this",
        "title: … About this",
    );
    says(
        &run(root, &["build"]),
        1,
        &["error[missing-words]", "content/guide/about.md:"],
    );
    // An ellipsis elsewhere is a sign like any other.
    change(
        root,
        "content/guide/about.md",
        "title: … About this",
        "title: About … this",
    );
    exits(&run(root, &["build"]), 0);
}
