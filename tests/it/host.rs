//! The disk and git around the build: what is read, what is refused, what is written.
//!
//! Each test has its own folder below the system's temporary one. Kills and full disks are
//! simulated beside the writer itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use controlbook::host::{git, read, write};
use controlbook::output::{Outputs, Sink};
use controlbook::source::{MAX_DEPTH, MAX_FILE_BYTES, Refusal, Sources};

/// A folder for one test, gone with it.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let name = format!("controlbook-it-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(&folder).expect("the temporary folder is writable");
        Self(folder)
    }

    /// Writes files, each a path and its text.
    fn with(self, files: &[(&str, &str)]) -> Self {
        for (path, text) in files {
            self.put(path, text);
        }
        self
    }

    fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        let place = self.0.join(path);
        let folder = place.parent().expect("a file is in a folder");
        fs::create_dir_all(folder).expect("the test's own folder");
        fs::write(place, text).expect("the test's own file");
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap_or_else(|error| format!("{path}: {error}"))
    }

    fn join(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

fn read_book(root: &Path) -> Sources {
    read::read(root, &["content", "theme"], &["book.toml"]).expect("the root can be read")
}

fn paths(sources: &Sources) -> Vec<&str> {
    sources.iter().map(|(path, _)| &**path).collect()
}

fn refused(sources: &Sources) -> Vec<(&str, &Refusal)> {
    sources
        .refused()
        .map(|(path, why)| (&**path, why))
        .collect()
}

/// The reason why one path is refused.
fn refusal<'a>(sources: &'a Sources, path: &str) -> &'a Refusal {
    let found = sources.refused().find(|(it, _)| &***it == path);
    found.unwrap_or_else(|| panic!("{path} is not refused")).1
}

fn site(files: &[(&str, &str)]) -> Outputs {
    let mut outputs = Outputs::default();
    for (path, text) in files {
        outputs.insert(*path, text.as_bytes().to_vec());
    }
    outputs
}

/// Every file below a folder, save the manifest and the list beside it, and every empty folder with `/` at its end.
fn tree(folder: &Path) -> Vec<String> {
    fn walk(folder: &Path, prefix: &str, found: &mut Vec<String>) {
        let entries = fs::read_dir(folder).expect("the test's own folder");
        let before = found.len();
        for entry in entries {
            let entry = entry.expect("the test's own folder");
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type().expect("the test's own file").is_dir() {
                walk(&entry.path(), &format!("{path}/"), found);
            } else {
                found.push(path);
            }
        }
        if found.len() == before {
            found.push(prefix.to_owned());
        }
    }
    let mut found = Vec::new();
    walk(folder, "", &mut found);
    found.retain(|it| ![".controlbook", ".controlbook-files", ""].contains(&&**it));
    found.sort();
    found
}

/// What a refused write says; the folder must be as it was.
fn refused_write(folder: &Path, outputs: &Outputs) -> String {
    let before = tree(folder);
    let error = write::write(folder, outputs, "digest").expect_err("this is refused");
    assert_eq!(tree(folder), before, "a refused write changed the folder");
    error.to_string()
}

// Reading.

#[test]
fn a_book_is_read_byte_for_byte() {
    let book = Scratch::new("read").with(&[
        ("book.toml", "[book]\r\n"),
        ("content/measures/A.yaml", "\u{feff}id: A\r\ntitle: ä\r\n"),
        ("content/b.md", ""),
        ("theme/css/x.css", "a{}"),
        ("notes.txt", "no part of the book"),
        ("content/picture.png", "\u{0}"),
    ]);
    let sources = read_book(&book.0);
    assert_eq!(
        paths(&sources),
        [
            "book.toml",
            "content/b.md",
            "content/measures/A.yaml",
            "content/picture.png",
            "theme/css/x.css"
        ]
    );
    let bytes = sources
        .bytes("content/measures/A.yaml")
        .expect("it is read");
    assert_eq!(&**bytes, "\u{feff}id: A\r\ntitle: ä\r\n".as_bytes());
    assert_eq!(refused(&sources), []);
}

#[test]
fn what_is_absent_is_left_out() {
    let book = Scratch::new("absent").with(&[("content/a.md", "")]);
    let sources = read_book(&book.0);
    assert_eq!(paths(&sources), ["content/a.md"]);
    assert_eq!(refused(&sources), []);
}

#[test]
fn a_single_file_can_be_read_again() {
    let book = Scratch::new("single").with(&[("content/a.md", "a"), ("content/b.md", "b")]);
    let sources = read::read(&book.0, &[], &["content/b.md", "./content/./a.md"]);
    let sources = sources.expect("the root can be read");
    assert_eq!(paths(&sources), ["content/a.md", "content/b.md"]);
}

#[test]
fn the_root_itself_can_be_the_folder() {
    let book = Scratch::new("dot").with(&[("a.md", ""), ("b/c.md", ""), (".git/config", "")]);
    let sources = read::read(&book.0, &["."], &[]).expect("the root can be read");
    assert_eq!(paths(&sources), ["a.md", "b/c.md"]);
}

#[test]
fn a_root_that_is_missing_or_a_file_is_an_error_that_names_it() {
    let book = Scratch::new("root").with(&[("file", "")]);
    for name in ["nowhere", "file"] {
        let error = read::read(&book.join(name), &["content"], &[]).expect_err("no folder");
        assert!(error.to_string().contains(name), "{error}");
    }
}

#[test]
fn hidden_files_and_leavings_of_editors_are_passed_over() {
    let book = Scratch::new("hidden").with(&[
        ("content/.hidden.md", ""),
        ("content/.git/config", ""),
        ("content/a.md~", ""),
        ("content/a.md.swp", ""),
        ("content/4913", ""),
        ("content/#a.md#", ""),
        ("content/a.md", ""),
        ("content/#.md", ""),
        ("content/49130", ""),
    ]);
    let sources = read_book(&book.0);
    assert_eq!(
        paths(&sources),
        ["content/#.md", "content/49130", "content/a.md"]
    );
    assert_eq!(refused(&sources), []);
}

#[test]
fn a_file_above_the_limit_is_refused_by_its_length() {
    let book = Scratch::new("large").with(&[("content/fits.bin", ""), ("content/large.bin", "")]);
    for (path, length) in [("fits.bin", MAX_FILE_BYTES), ("large.bin", 1 << 40)] {
        let file = fs::File::options()
            .write(true)
            .open(book.join("content").join(path));
        let file = file.expect("the test's own file");
        file.set_len(length).expect("a sparse file takes no room");
    }
    let sources = read_book(&book.0);
    assert_eq!(paths(&sources), ["content/fits.bin"]);
    assert_eq!(
        refused(&sources),
        [("content/large.bin", &Refusal::TooLarge(1 << 40))]
    );
}

#[test]
fn a_folder_that_is_too_deep_is_refused() {
    let deepest = vec!["content"; MAX_DEPTH].join("/");
    let book = Scratch::new("deep").with(&[
        (&format!("{deepest}/read.md"), ""),
        (&format!("{deepest}/below/not.md"), ""),
    ]);
    let sources = read_book(&book.0);
    assert_eq!(paths(&sources), [format!("{deepest}/read.md")]);
    assert_eq!(
        refused(&sources),
        [(&*format!("{deepest}/below"), &Refusal::TooDeep)]
    );
}

#[test]
fn a_folder_in_a_files_place_is_refused_and_the_reverse() {
    let book =
        Scratch::new("swapped").with(&[("book.toml/x", ""), ("content", ""), ("theme/a", "")]);
    let sources = read_book(&book.0);
    assert_eq!(paths(&sources), ["theme/a"]);
    for path in ["book.toml", "content"] {
        assert!(
            matches!(refusal(&sources, path), Refusal::Unreadable(_)),
            "{path}"
        );
    }
}

#[test]
fn a_path_that_could_leave_the_root_is_refused() {
    let book = Scratch::new("escape").with(&[("book/a.md", ""), ("secret/b.md", "")]);
    let sources = read::read(
        &book.join("book"),
        &["../secret", "/etc"],
        &["../secret/b.md"],
    );
    let sources = sources.expect("the root can be read");
    assert!(sources.is_empty());
    for path in ["../secret", "/etc", "../secret/b.md"] {
        assert_eq!(refusal(&sources, path), &Refusal::LinkOutside);
    }
}

#[cfg(unix)]
mod unix {
    use super::{Scratch, paths, read_book, refusal, refused, refused_write, site, tree};
    use controlbook::host::{read, write};
    use controlbook::source::Refusal;
    use std::ffi::OsStr;
    use std::fs::{self, Permissions};
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::Path;
    use std::process::Command;

    fn link(target: impl AsRef<Path>, place: &Path) {
        symlink(target, place).expect("the test's own folder");
    }

    #[test]
    fn links_inside_the_root_are_read() {
        let book = Scratch::new("links").with(&[("shared/a.md", "a"), ("shared/deep/b.md", "b")]);
        fs::create_dir(book.join("content")).expect("the test's own folder");
        link("../shared/a.md", &book.join("content/file.md"));
        link(book.join("shared"), &book.join("content/folder"));
        link("shared/a.md", &book.join("book.toml"));
        link("content", &book.join("theme"));
        let sources = read_book(&book.0);
        assert_eq!(
            paths(&sources),
            [
                "book.toml",
                "content/file.md",
                "content/folder/a.md",
                "content/folder/deep/b.md",
                "theme/file.md",
                "theme/folder/a.md",
                "theme/folder/deep/b.md"
            ]
        );
        assert_eq!(refused(&sources), []);
    }

    #[test]
    fn the_root_can_be_a_link() {
        let book = Scratch::new("root-link").with(&[("book/content/a.md", "")]);
        link("book", &book.join("link"));
        link("a.md", &book.join("book/content/b.md"));
        let sources = read_book(&book.join("link"));
        assert_eq!(paths(&sources), ["content/a.md", "content/b.md"]);
    }

    #[test]
    fn links_that_leave_the_book_are_refused() {
        let book = Scratch::new("outside").with(&[
            ("book/content/a.md", ""),
            ("book/.git/config", "token"),
            ("book-2/secret.md", ""),
        ]);
        let content = book.join("book/content");
        link("/etc/passwd", &content.join("absolute"));
        link("../../book-2/secret.md", &content.join("sibling"));
        link("../../book-2", &content.join("folder"));
        link("../.git/config", &content.join("hidden"));
        link("../.git", &content.join("hidden-folder"));
        link("../book-2", &book.join("book/theme"));
        let sources = read_book(&book.join("book"));
        assert_eq!(paths(&sources), ["content/a.md"]);
        assert_eq!(sources.refused().count(), 6);
        assert!(
            sources
                .refused()
                .all(|(_, why)| *why == Refusal::LinkOutside)
        );
    }

    #[test]
    fn links_that_loop_are_refused() {
        let book = Scratch::new("loop").with(&[("content/a/x.md", ""), ("content/b/y.md", "")]);
        link("itself", &book.join("content/itself"));
        link("pong", &book.join("content/ping"));
        link("ping", &book.join("content/pong"));
        link("..", &book.join("content/root"));
        link("..", &book.join("content/a/up"));
        link("../b", &book.join("content/a/to-b"));
        link("../a", &book.join("content/b/to-a"));
        link("nothing", &book.join("content/dangling"));
        let sources = read_book(&book.0);
        assert_eq!(
            paths(&sources),
            [
                "content/a/to-b/y.md",
                "content/a/x.md",
                "content/b/to-a/x.md",
                "content/b/y.md"
            ]
        );
        let loops = [
            "content/a/to-b/to-a",
            "content/a/up",
            "content/b/to-a/to-b",
            "content/b/to-a/up",
            "content/itself",
            "content/ping",
            "content/pong",
            "content/root",
        ];
        for path in loops {
            assert_eq!(refusal(&sources, path), &Refusal::LinkLoop, "{path}");
        }
        assert_eq!(
            refusal(&sources, "content/dangling"),
            &Refusal::LinkDangling
        );
        assert_eq!(sources.refused().count(), loops.len() + 1);
    }

    #[test]
    fn a_folder_that_links_to_nothing_is_called_so() {
        let book = Scratch::new("dangling").with(&[("a.md", "")]);
        link("../elsewhere", &book.join("content"));
        let sources = read_book(&book.0);
        assert_eq!(refusal(&sources, "content"), &Refusal::LinkDangling);
    }

    #[test]
    fn folders_that_all_link_to_one_another_are_read_in_bounded_time() {
        let book = Scratch::new("web");
        let names: Vec<String> = (0..12).map(|it| format!("content/f{it}")).collect();
        for from in &names {
            book.put(&format!("{from}/page.md"), "");
            for to in names.iter().filter(|it| *it != from) {
                let name = to.rsplit('/').next().expect("a name");
                link(format!("../../{to}"), &book.join(from).join(name));
            }
        }
        let sources = read_book(&book.0);
        assert_eq!(sources.len(), 12 + 12 * 11 + 12 * 11 * 10);
        assert_eq!(refusal(&sources, "content/f0/f1/f2/f3"), &Refusal::TooDeep);
    }

    #[test]
    fn pipes_sockets_and_devices_are_never_opened() {
        let book = Scratch::new("special").with(&[("content/a.md", "")]);
        let made = Command::new("mkfifo")
            .arg(book.join("content/pipe"))
            .status();
        assert!(made.expect("install mkfifo (coreutils)").success());
        let socket = std::os::unix::net::UnixListener::bind(book.join("content/socket"));
        socket.expect("the test's own folder");
        link("pipe", &book.join("content/link"));
        link("content/pipe", &book.join("book.toml"));
        let sources = read_book(&book.0);
        assert_eq!(paths(&sources), ["content/a.md"]);
        for path in [
            "book.toml",
            "content/link",
            "content/pipe",
            "content/socket",
        ] {
            let why = Refusal::Unreadable("it is not a regular file".to_owned());
            assert_eq!(refusal(&sources, path), &why, "{path}");
        }
    }

    #[test]
    fn a_name_that_is_not_utf8_is_refused() {
        let book = Scratch::new("utf8").with(&[("content/a.md", "")]);
        let name = OsStr::from_bytes(b"caf\xe9.md");
        match fs::write(book.join("content").join(name), "") {
            Ok(()) => {
                let sources = read_book(&book.0);
                assert_eq!(
                    refused(&sources),
                    [("content/caf\u{fffd}.md", &Refusal::NameNotUtf8)]
                );
            }
            // This file system has no such names, so that none can be read.
            Err(error) => assert_eq!(error.raw_os_error(), Some(92), "{error}"),
        }
    }

    #[test]
    fn what_permissions_forbid_is_refused() {
        let book = Scratch::new("permissions").with(&[
            ("content/a.md", ""),
            ("content/closed.md", ""),
            ("content/closed/b.md", ""),
            ("root/content/c.md", ""),
            ("site/index.html", ""),
        ]);
        for path in ["content/closed.md", "content/closed", "root"] {
            let closed = Permissions::from_mode(0o000);
            fs::set_permissions(book.join(path), closed).expect("the test's own file");
        }
        if fs::read(book.join("content/closed.md")).is_ok() {
            return as_nobody("what_permissions_forbid_is_refused");
        }
        let sources = read_book(&book.0);
        assert_eq!(paths(&sources), ["content/a.md"]);
        for path in ["content/closed", "content/closed.md"] {
            assert!(
                matches!(refusal(&sources, path), Refusal::Unreadable(_)),
                "{path}"
            );
        }
        let error = read::read(&book.join("root"), &["content"], &[]).expect_err("closed");
        assert!(error.to_string().contains("root"), "{error}");

        let out = book.join("out");
        write::write(&out, &site(&[("a/x", "1"), ("b", "1")]), "1").expect("nothing is in the way");
        for (path, mode) in [("out/a", 0o555), ("root", 0o755), ("content/closed", 0o755)] {
            fs::set_permissions(book.join(path), Permissions::from_mode(mode)).expect("its own");
        }
        let error = write::write(&out, &site(&[("a/x", "2"), ("b", "1")]), "2");
        let error = error.expect_err("the folder is closed").to_string();
        assert!(error.contains("a/x"), "{error}");
        assert_eq!(book.text("out/a/x"), "1");
        fs::set_permissions(book.join("out/a"), Permissions::from_mode(0o755)).expect("its own");
    }

    /// Runs one of these tests again without the rights of root, who may read all.
    fn as_nobody(test: &str) {
        let copy = Scratch::new("nobody");
        let program = copy.join("it");
        let own = std::env::current_exe().expect("a test is a program");
        fs::copy(own, &program).expect("the test's own folder");
        let (_, module) = module_path!()
            .split_once("::")
            .expect("a module of the test program");
        let run = Command::new("setpriv")
            .args([
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "--inh-caps=-all",
            ])
            .arg(program)
            .args(["--exact", &format!("{module}::{test}")])
            .output()
            .expect("run the tests as a user, or install setpriv (util-linux)");
        let said = String::from_utf8_lossy(&run.stdout);
        assert!(run.status.success() && said.contains("1 passed"), "{said}");
    }

    #[test]
    fn links_in_the_sites_folder_are_never_followed() {
        let place = Scratch::new("site-links").with(&[("elsewhere/a.html", "mine")]);
        let folder = place.join("site");
        let both = site(&[("index.html", "1"), ("sub/a.html", "1")]);
        write::write(&folder, &both, "1").expect("nothing is in the way");

        fs::remove_dir_all(folder.join("sub")).expect("the test's own folder");
        link("../elsewhere", &folder.join("sub"));
        assert!(!write::is_up_to_date(&folder, "1"));
        assert!(refused_write(&folder, &both).contains("sub"));
        let gone = write::write(&folder, &site(&[("index.html", "1")]), "2");
        assert_eq!(gone.expect("nothing is in the way").deleted, 0);
        assert_eq!(place.text("elsewhere/a.html"), "mine");
        assert_eq!(tree(&folder), ["index.html", "sub"]);

        fs::remove_file(folder.join("index.html")).expect("the test's own file");
        link("../elsewhere/a.html", &folder.join("index.html"));
        assert!(refused_write(&folder, &site(&[("index.html", "1")])).contains("index.html"));
        assert_eq!(write::clean(&folder).expect("it has a manifest"), 0);
        assert_eq!(place.text("elsewhere/a.html"), "mine");
    }

    #[test]
    fn links_under_the_names_of_leftovers_are_removed_and_never_followed() {
        let place = Scratch::new("leftover-links").with(&[("elsewhere/0/a.html", "mine")]);
        let folder = place.join("site");
        let outputs = site(&[("index.html", "1"), ("sub/a.html", "1")]);
        let links: [(&str, &str); 4] = [
            ("../elsewhere", ".controlbook-new"),
            ("../../elsewhere", ".controlbook-new/0"),
            ("../../../elsewhere/0/a.html", ".controlbook-new/0/a.html"),
            ("../elsewhere/0/a.html", ".controlbook-tmp"),
        ];
        for (target, name) in links {
            write::write(&folder, &outputs, "1").expect("nothing is in the way");
            let above = folder.join(name);
            let above = above.parent().expect("a folder");
            fs::create_dir_all(above).expect("the test's own folder");
            link(target, &folder.join(name));
            assert!(!write::is_up_to_date(&folder, "1"), "{name}");
            let changed = site(&[
                ("index.html", name),
                ("sub/a.html", "1"),
                ("new/b.html", ""),
            ]);
            write::write(&folder, &changed, "2").expect("the link is removed");
            assert_eq!(
                tree(&folder),
                ["index.html", "new/b.html", "sub/a.html"],
                "{name}"
            );
            assert_eq!(tree(&place.join("elsewhere")), ["0/a.html"], "{name}");
            assert_eq!(place.text("elsewhere/0/a.html"), "mine");
        }
    }

    #[test]
    fn a_folder_that_is_a_link_is_refused() {
        let place = Scratch::new("folder-link");
        fs::create_dir(place.join("real")).expect("the test's own folder");
        link("real", &place.join("link"));
        for name in ["link", "link/", "link/."] {
            let error = refused_write(&place.join(name), &site(&[("index.html", "")]));
            assert!(error.contains("link: name the folder"), "{error}");
            assert!(write::clean(&place.join(name)).is_err());
            assert!(!write::is_up_to_date(&place.join(name), "digest"));
        }
    }

    #[test]
    fn any_name_survives_the_manifest() {
        let place = Scratch::new("names");
        let folder = place.join("site");
        let odd = site(&[
            ("a\nb.html", ""),
            ("\"q\" \\.txt", ""),
            ("ä/😀", ""),
            ("t\tb", ""),
        ]);
        write::write(&folder, &odd, "1").expect("nothing is in the way");
        assert!(write::is_up_to_date(&folder, "1"));
        assert_eq!(write::clean(&folder).expect("it has a manifest"), 4);
        assert_eq!(tree(&folder), [""; 0]);
    }
}

// Writing.

#[test]
fn only_what_differs_is_written_and_what_is_gone_is_deleted() {
    let place = Scratch::new("write");
    let folder = place.join("deep/site");
    let first = site(&[
        ("index.html", "1"),
        ("same.html", "s"),
        ("a/b/c.html", "c"),
        ("a/d", "d"),
    ]);
    let written = write::write(&folder, &first, "1").expect("the folder is new");
    assert_eq!(
        (
            written.new,
            written.changed,
            written.unchanged,
            written.deleted
        ),
        (4, 0, 0, 0)
    );
    assert_eq!(
        tree(&folder),
        ["a/b/c.html", "a/d", "index.html", "same.html"]
    );

    let time = |path: &str| {
        let metadata = fs::metadata(folder.join(path)).expect("it is written");
        metadata.modified().expect("a time")
    };
    let before = (time("same.html"), time(".controlbook"));
    let again = write::write(&folder, &first, "1").expect("nothing is in the way");
    assert_eq!(
        (again.new, again.changed, again.unchanged, again.deleted),
        (0, 0, 4, 0)
    );
    assert_eq!((time("same.html"), time(".controlbook")), before);

    let second = site(&[
        ("index.html", "2"),
        ("same.html", "s"),
        ("a/d", "d"),
        ("new/n.html", ""),
    ]);
    let written = write::write(&folder, &second, "2").expect("nothing is in the way");
    assert_eq!(
        (
            written.new,
            written.changed,
            written.unchanged,
            written.deleted
        ),
        (1, 1, 2, 1)
    );
    assert_eq!(
        tree(&folder),
        ["a/d", "index.html", "new/n.html", "same.html"]
    );
    assert_eq!(time("same.html"), before.0);
    assert_eq!(place.text("deep/site/index.html"), "2");
}

#[test]
fn a_folder_without_a_manifest_is_left_alone() {
    let place = Scratch::new("foreign").with(&[("mine/thesis.txt", "years of work")]);
    let folder = place.join("mine");
    let error = refused_write(&folder, &site(&[("index.html", "")]));
    assert!(
        error.contains("mine") && error.contains("name a new or empty folder"),
        "{error}"
    );
    assert!(write::clean(&folder).is_err());
    assert!(!write::is_up_to_date(&folder, "digest"));
    assert_eq!(tree(&folder), ["thesis.txt"]);
}

#[test]
fn foreign_files_beside_the_site_stay() {
    let place = Scratch::new("beside");
    let folder = place.join("site");
    write::write(
        &folder,
        &site(&[("index.html", "1"), ("a/x.html", "1")]),
        "1",
    )
    .expect("new");
    place.put("site/CNAME", "example.org");
    place.put("site/a/mine.txt", "mine");
    fs::create_dir_all(folder.join("empty/of/mine")).expect("the test's own folder");
    let written = write::write(&folder, &site(&[("index.html", "1")]), "2").expect("beside");
    assert_eq!(written.deleted, 1);
    assert_eq!(
        tree(&folder),
        ["CNAME", "a/mine.txt", "empty/of/mine/", "index.html"]
    );
    assert_eq!(write::clean(&folder).expect("it has a manifest"), 1);
    assert_eq!(tree(&folder), ["CNAME", "a/mine.txt", "empty/of/mine/"]);
    assert!(!folder.join(".controlbook").exists());
}

#[test]
fn a_foreign_file_in_the_way_is_named_unless_it_is_the_same() {
    let place = Scratch::new("in-the-way");
    let folder = place.join("site");
    write::write(&folder, &site(&[("index.html", "1")]), "1").expect("the folder is new");
    place.put("site/robots.txt", "mine");
    place.put("site/sub", "mine");
    fs::create_dir_all(folder.join("page.html/empty")).expect("the test's own folder");
    let cases = [
        ("robots.txt", "robots.txt"),
        ("sub/x", "sub"),
        ("page.html", "page.html"),
    ];
    for (path, named) in cases {
        let error = refused_write(&folder, &site(&[("index.html", "2"), (path, "ours")]));
        assert!(
            error.contains(&format!("{named}` is in the way")),
            "{error}"
        );
    }
    assert_eq!(place.text("site/index.html"), "1");
    let same = site(&[("index.html", "1"), ("robots.txt", "mine")]);
    let written = write::write(&folder, &same, "3").expect("the bytes are equal");
    assert_eq!((written.new, written.unchanged), (0, 2));
}

#[test]
fn a_folder_of_foreign_files_does_not_give_way_to_a_file() {
    let place = Scratch::new("swap");
    let folder = place.join("site");
    write::write(&folder, &site(&[("a/b", ""), ("a/c/d", "")]), "1").expect("the folder is new");
    fs::create_dir(folder.join("a/c/mine")).expect("the test's own folder");
    assert!(refused_write(&folder, &site(&[("a", "")])).contains("a/c/mine"));
    fs::remove_dir(folder.join("a/c/mine")).expect("the test's own folder");
    write::write(&folder, &site(&[("a", "file")]), "2").expect("only the site's own files");
    assert_eq!(tree(&folder), ["a"]);
    write::write(&folder, &site(&[("a/c/d", "")]), "3").expect("only the site's own file");
    assert_eq!(tree(&folder), ["a/c/d"]);
}

#[test]
fn a_path_that_no_site_can_have_is_refused() {
    let place = Scratch::new("paths");
    for path in [
        "../x",
        "/x",
        "a//b",
        "",
        "a/./b",
        "a/",
        "\0",
        ".controlbook",
        "a/.controlbook-tmp",
        ".controlbook-files",
    ] {
        let error = write::write(
            &place.join("site"),
            &site(&[("index.html", ""), (path, "")]),
            "1",
        );
        let error = error.expect_err("this is refused").to_string();
        assert!(error.contains(&format!("{path:?}")), "{error}");
    }
    let both = site(&[("a", ""), ("a/b", "")]);
    assert!(write::write(&place.join("site"), &both, "1").is_err());
    assert!(!place.join("site").exists());
}

#[test]
fn a_folder_that_is_a_file_is_refused() {
    let place = Scratch::new("file").with(&[("site", "mine")]);
    for path in ["site", "site/below"] {
        let error = write::write(&place.join(path), &site(&[("index.html", "")]), "1");
        assert!(
            error
                .expect_err("this is refused")
                .to_string()
                .contains("site")
        );
        assert!(write::clean(&place.join(path)).is_err());
    }
    assert_eq!(place.text("site"), "mine");
}

#[test]
fn a_manifest_of_another_version_or_that_leads_out_is_refused() {
    let place = Scratch::new("manifest").with(&[("mine.txt", "mine"), ("site/x", "x")]);
    let folder = place.join("site");
    let manifests = [
        "[]",
        r#"{"version":2,"inputs":"","files":{}}"#,
        r#"{"version":1,"inputs":"","files":{"../mine.txt":null}}"#,
        r#"{"version":1,"inputs":"","files":{"/etc/passwd":null}}"#,
    ];
    for text in manifests {
        place.put("site/.controlbook", text);
        let error = refused_write(&folder, &site(&[("index.html", "")]));
        assert!(
            error.contains(".controlbook") && error.contains("remove the folder"),
            "{error}"
        );
        assert!(write::clean(&folder).is_err());
        assert!(!write::is_up_to_date(&folder, ""));
    }
    fs::remove_file(folder.join(".controlbook")).expect("the test's own file");
    fs::create_dir(folder.join(".controlbook")).expect("the test's own folder");
    assert!(refused_write(&folder, &site(&[])).contains("not a regular file"));
    assert_eq!(place.text("mine.txt"), "mine");
}

#[test]
fn up_to_date_sees_every_change() {
    let place = Scratch::new("up-to-date");
    let folder = place.join("site");
    assert!(!write::is_up_to_date(&folder, "1"));
    let outputs = site(&[("index.html", "1"), ("a/b.html", "b")]);
    let build = || write::write(&folder, &outputs, "1").expect("nothing is in the way");
    build();
    assert!(write::is_up_to_date(&folder, "1"));
    assert!(write::is_up_to_date(&place.join("site/"), "1"));
    assert!(!write::is_up_to_date(&folder, "2"));
    assert!(!write::is_up_to_date(&folder, ""));

    place.put("site/a/b.html", "longer");
    assert!(!write::is_up_to_date(&folder, "1"));
    assert_eq!(build().changed, 1);

    let file = fs::File::options()
        .write(true)
        .open(folder.join("index.html"));
    let earlier = std::time::SystemTime::UNIX_EPOCH;
    file.and_then(|it| it.set_modified(earlier))
        .expect("the test's own file");
    assert!(!write::is_up_to_date(&folder, "1"));
    assert_eq!(build().unchanged, 2);
    assert!(write::is_up_to_date(&folder, "1"));

    fs::remove_file(folder.join("a/b.html")).expect("the test's own file");
    assert!(!write::is_up_to_date(&folder, "1"));
    assert_eq!(build().new, 1);
    assert!(write::is_up_to_date(&folder, "1"));
}

#[test]
fn a_file_that_is_written_piece_by_piece_is_written_only_if_it_differs() {
    let place = Scratch::new("pieces");
    let folder = place.join("site");
    let long = "0123456789".repeat(20_000);
    let run = |text: &str| {
        let stage = write::Stage::open(&folder).expect("it is ours");
        stage.put("index.html", b"");
        stage.put_streamed("data.json", &|to| {
            let pieces = text.as_bytes().chunks(7).map(|it| to.write_all(it));
            pieces.collect()
        });
        let written = stage.finish("1", true).expect("nothing is in the way");
        assert_eq!(
            fs::read_to_string(folder.join("data.json")).expect("it is there"),
            text
        );
        assert_eq!(tree(&folder), ["data.json", "index.html"]);
        (written.new, written.changed, written.unchanged)
    };
    assert_eq!(run(&long), (2, 0, 0));
    assert_eq!(run(&long), (0, 0, 2));
    // Longer, shorter, of one length, empty.
    for text in [&format!("{long}!"), &long, &long.replace("89", "98"), ""] {
        assert_eq!(run(text), (0, 1, 1));
        assert_eq!(run(text), (0, 0, 2));
    }

    place.put("other/data.json", "foreign");
    place.put(
        "other/.controlbook",
        r#"{"version":1,"inputs":"","files":{}}"#,
    );
    let stage = write::Stage::open(&place.join("other")).expect("it has a manifest");
    stage.put_streamed("data.json", &|to| to.write_all(b"ours"));
    let error = stage.finish("1", true).expect_err("it is not ours");
    assert!(error.to_string().contains("in the way"), "{error}");
    assert_eq!(tree(&place.join("other")), ["data.json"]);
}

#[test]
fn a_site_of_which_nothing_was_said_is_known_for_it() {
    let place = Scratch::new("quiet");
    let folder = place.join("site");
    for (is_quiet, bytes) in [(true, b"a"), (false, b"b"), (true, b"b")] {
        let stage = write::Stage::open(&folder).expect("it is ours");
        stage.put("index.html", bytes);
        stage.finish("1", is_quiet).expect("nothing is in the way");
        assert!(write::may_hold_site(&folder) && write::is_up_to_date(&folder, "1"));
        assert_eq!(write::is_up_to_date_and_quiet(&folder, "1"), is_quiet);
        assert!(!write::is_up_to_date_and_quiet(&folder, "2"));
    }
    fs::remove_file(folder.join("index.html")).expect("the test's own file");
    assert!(!write::is_up_to_date_and_quiet(&folder, "1"));
}

#[test]
fn clean_of_nothing_is_nothing() {
    let place = Scratch::new("clean");
    let folder = place.join("site");
    assert_eq!(write::clean(&folder).expect("a missing folder"), 0);
    fs::create_dir(&folder).expect("the test's own folder");
    assert_eq!(write::clean(&folder).expect("an empty folder"), 0);
    write::write(&folder, &site(&[("index.html", ""), ("a/b", "")]), "1").expect("it is empty");
    assert_eq!(write::clean(&folder).expect("it has a manifest"), 2);
    assert_eq!(tree(&folder), [""; 0]);
    assert_eq!(write::clean(&folder).expect("an empty folder"), 0);
}

#[test]
fn only_our_own_leftovers_are_removed() {
    let place = Scratch::new("leftovers");
    let folder = place.join("site");
    let outputs = site(&[("index.html", ""), ("a/b.html", "")]);
    place.put("site/.controlbook-tmp", "half a mani");
    write::write(&folder, &outputs, "1").expect("a killed first run left only this");
    place.put("site/.controlbook-new/7", "half a page");
    place.put("site/mine/.controlbook-tmp", "foreign");
    place.put("site/a/b.html.tmp", "foreign");
    write::write(&folder, &outputs, "1").expect("nothing is in the way");
    assert_eq!(
        tree(&folder),
        [
            "a/b.html",
            "a/b.html.tmp",
            "index.html",
            "mine/.controlbook-tmp"
        ]
    );
}

#[test]
fn a_leftover_is_a_reason_not_to_be_up_to_date() {
    let place = Scratch::new("leftover-reason");
    let folder = place.join("site");
    let outputs = site(&[("index.html", "1")]);
    for left in [
        ".controlbook-new/0/half.html",
        ".controlbook-new/0/1/2/3/deep.html",
        ".controlbook-new/half.html",
        ".controlbook-tmp",
    ] {
        write::write(&folder, &outputs, "1").expect("nothing is in the way");
        assert!(write::is_up_to_date(&folder, "1"));
        place.put(&format!("site/{left}"), "half a page");
        assert!(!write::is_up_to_date(&folder, "1"), "{left}");
        assert!(!write::is_up_to_date_and_quiet(&folder, "1"), "{left}");
        let written = write::write(&folder, &outputs, "1").expect("it is the program's own");
        assert_eq!((written.new, written.changed), (0, 0));
        assert_eq!(tree(&folder), ["index.html"], "{left}");
        assert!(write::is_up_to_date(&folder, "1"));
    }
}

#[test]
fn what_no_run_could_have_left_under_its_names_is_named_unless_it_is_empty() {
    let place = Scratch::new("leftover-foreign");
    let folder = place.join("site");
    let outputs = site(&[("index.html", "1")]);
    write::write(&folder, &outputs, "1").expect("the folder is new");
    place.put("site/.controlbook-new", "mine");
    let error = refused_write(&folder, &outputs);
    assert!(error.contains(".controlbook-new` is a file"), "{error}");
    assert!(error.contains("move it elsewhere"), "{error}");
    assert_eq!(place.text("site/.controlbook-new"), "mine");
    place.put("site/.controlbook-new", "");
    place.put("site/.controlbook-tmp/mine", "mine");
    let error = refused_write(&folder, &outputs);
    assert!(error.contains(".controlbook-tmp` is a folder"), "{error}");
    assert!(write::clean(&folder).is_err());
    fs::remove_file(folder.join(".controlbook-tmp/mine")).expect("the test's own file");
    write::write(&folder, &outputs, "1").expect("both are empty");
    assert_eq!(tree(&folder), ["index.html"]);
}

#[test]
fn a_manifest_that_is_cut_is_repaired_and_foreign_files_stay() {
    let place = Scratch::new("cut");
    let folder = place.join("site");
    for left in [
        "",
        "{",
        "{\"version\":1,\"inputs\":\"1\",\"fil",
        "\0\0\0\0",
        "\u{7f}ELF",
    ] {
        let first = site(&[("index.html", "1"), ("a/gone.html", "1"), ("a/b.html", "1")]);
        write::write(&folder, &first, "1").expect("nothing is in the way");
        place.put("site/CNAME", "example.org");
        place.put("site/.controlbook", left);
        assert!(write::may_hold_site(&folder) && !write::is_up_to_date(&folder, "1"));
        let second = site(&[("index.html", "2"), ("a/b.html", "2"), ("new.html", "2")]);
        let written = write::write(&folder, &second, "2").expect("the list tells what is ours");
        assert_eq!((written.new, written.changed, written.deleted), (1, 2, 1));
        assert_eq!(
            tree(&folder),
            ["CNAME", "a/b.html", "index.html", "new.html"]
        );
        assert!(write::is_up_to_date(&folder, "2"));
    }
}

#[test]
fn a_site_that_is_given_up_leaves_the_folder_as_it_was() {
    let place = Scratch::new("given-up");
    let folder = place.join("made/for/site");
    let stage = write::Stage::open(&folder).expect("the folder is made");
    stage.put("index.html", b"new");
    drop(stage);
    assert!(!place.join("made").exists());

    write::write(&folder, &site(&[("index.html", "old")]), "1").expect("the folder is new");
    let before = tree(&folder);
    let stage = write::Stage::open(&folder).expect("it has a manifest");
    stage.put("index.html", b"new");
    stage.put("a/b.html", b"new");
    assert_eq!(stage.changed_paths(), ["a/b.html", "index.html"]);
    drop(stage);
    assert_eq!(tree(&folder), before);
    assert!(write::is_up_to_date(&folder, "1"));

    let stage = write::Stage::open(&folder).expect("it has a manifest");
    stage.put("index.html", b"new");
    stage.put("index.html", b"newer");
    let error = stage
        .finish("2", true)
        .expect_err("one of them would be lost");
    assert!(error.to_string().contains("`index.html`"), "{error}");
    assert_eq!(tree(&folder), before);
    assert!(write::is_up_to_date(&folder, "1"));
}

#[cfg(unix)]
#[test]
fn two_runs_do_not_write_at_once() {
    let place = Scratch::new("lock");
    let folder = place.join("site");
    let outputs = site(&[("index.html", "")]);
    write::write(&folder, &outputs, "1").expect("the folder is new");
    let other = fs::File::open(&folder).expect("the test's own folder");
    other.try_lock().expect("nobody else writes there");
    assert!(refused_write(&folder, &outputs).contains("another run"));
    assert!(write::clean(&folder).is_err());
    drop(other);
    assert_eq!(write::clean(&folder).expect("it has a manifest"), 1);
}

// git.

/// A repository whose commits have the dates that a test gives them.
struct Repository(Scratch);

impl Repository {
    fn new(name: &str) -> Self {
        let repository = Self(Scratch::new(name));
        repository.git("2000-01-01", &["init", "-q", "-b", "main"]);
        repository
    }

    fn git(&self, day: &str, arguments: &[&str]) {
        let date = format!("{day}T12:00:00Z");
        let run = Command::new("git")
            .current_dir(&self.0.0)
            .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
            .args(arguments)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_AUTHOR_DATE", "1999-09-09T12:00:00Z")
            .env("GIT_COMMITTER_DATE", date)
            .output()
            .expect("install git");
        assert!(
            run.status.success(),
            "{}",
            String::from_utf8_lossy(&run.stderr)
        );
    }

    fn commit(&self, day: &str, files: &[(&str, &str)]) {
        for (path, text) in files {
            self.0.put(path, text);
        }
        self.git(day, &["add", "-A"]);
        self.git(day, &["commit", "-q", "-m", "A change\n\n//2031-01-01"]);
    }
}

fn dates(root: &Path) -> Vec<String> {
    let changed = git::change_dates(root);
    changed
        .iter()
        .map(|(path, day)| format!("{day} {path}"))
        .collect()
}

#[test]
fn each_file_has_the_day_of_its_last_commit() {
    let repository = Repository::new("git");
    repository.commit(
        "2024-01-01",
        &[
            ("book.toml", "1"),
            ("content/a.md", "1"),
            ("content/ä \"b\".md", "1"),
            ("gone", ""),
        ],
    );
    repository.commit(
        "2024-02-02",
        &[("content/a.md", "2"), ("moved", "same words")],
    );
    fs::remove_file(repository.0.join("gone")).expect("the test's own file");
    fs::rename(
        repository.0.join("moved"),
        repository.0.join("content/c.md"),
    )
    .expect("its own");
    repository.commit("2024-03-03", &[]);
    repository.0.put("content/new.md", "not committed");
    repository.0.put("content/a.md", "not committed");

    let root = &repository.0.0;
    let below = [
        "2024-02-02 a.md",
        "2024-03-03 c.md",
        "2024-01-01 ä \"b\".md",
    ];
    assert_eq!(dates(&root.join("content")), below);
    let all = below.map(|it| it.replacen(' ', " content/", 1));
    assert_eq!(
        dates(root),
        [&["2024-01-01 book.toml".to_owned()], &all[..]].concat()
    );
}

#[test]
fn a_merge_dates_only_what_it_changes_itself() {
    let repository = Repository::new("git-merge");
    repository.commit("2024-01-01", &[("c/base.md", "1"), ("c/both.md", "1")]);
    repository.git("2024-01-01", &["checkout", "-q", "-b", "side"]);
    repository.commit("2024-02-02", &[("c/side.md", "1"), ("c/both.md", "side")]);
    repository.git("2024-01-01", &["checkout", "-q", "main"]);
    repository.commit("2024-03-03", &[("c/main.md", "1")]);
    repository.git(
        "2024-04-04",
        &["merge", "-q", "--no-commit", "--no-ff", "side"],
    );
    repository.commit("2024-04-04", &[("c/both.md", "both")]);
    assert_eq!(
        dates(&repository.0.join("c")),
        [
            "2024-01-01 base.md",
            "2024-04-04 both.md",
            "2024-03-03 main.md",
            "2024-02-02 side.md"
        ]
    );
}

#[test]
fn a_users_configuration_changes_no_date() {
    let repository = Repository::new("git-config");
    repository.commit("2024-01-01", &[("a/x.md", "1"), ("a/y.md", "1")]);
    for setting in [
        "log.showRoot=false",
        "log.follow=true",
        "log.showSignature=true",
        "diff.relative=true",
        "diff.renames=copies",
        "color.ui=always",
        "core.pager=false",
        "log.diffMerges=off",
    ] {
        let (name, value) = setting.split_once('=').expect("a setting");
        repository.git("2024-01-01", &["config", name, value]);
    }
    assert_eq!(
        dates(&repository.0.join("a")),
        ["2024-01-01 x.md", "2024-01-01 y.md"]
    );
}

#[test]
fn without_a_whole_history_there_is_no_date() {
    let repository = Repository::new("git-none");
    assert_eq!(dates(&repository.0.0), [""; 0], "no commit");
    repository.commit("2024-01-01", &[("a.md", "1")]);
    repository.commit("2024-02-02", &[("b.md", "1")]);
    repository.0.put("untracked/c.md", "");
    assert_eq!(
        dates(&repository.0.join("untracked")),
        [""; 0],
        "nothing tracked"
    );
    assert_eq!(dates(&repository.0.join("nowhere")), [""; 0], "no folder");

    let url = format!("file://{}", repository.0.0.display());
    repository.git("2024-01-01", &["clone", "-q", "--depth=1", &url, "shallow"]);
    assert_eq!(
        dates(&repository.0.join("shallow")),
        [""; 0],
        "a shallow clone"
    );
    repository.git("2024-01-01", &["clone", "-q", &url, "whole"]);
    assert_eq!(
        dates(&repository.0.join("whole")),
        ["2024-01-01 a.md", "2024-02-02 b.md"]
    );

    let outside = Scratch::new("git-outside").with(&[("a.md", "")]);
    assert_eq!(dates(&outside.0), [""; 0], "no repository");
}
