//! Every way in which editors and tools save.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::thread;
use std::time::Duration;

use super::{Served, book};

const PROSE: &str = "content/measures/ACME-01.md";
const PAGE: &str = "measures/ACME-01.html";

#[test]
fn a_save_over_the_file_is_shown() {
    let served = Served::starter();
    served.write(PROSE, "## Written over\n\nWords.\n");
    served.shows(PAGE, "Written over");
    // An editor that empties the file, waits and then writes: the empty file is never shown.
    let at = served.number();
    let place = served.path(PROSE);
    let mut file = OpenOptions::new()
        .write(true)
        .truncate(true)
        .open(&place)
        .expect("its own file");
    thread::sleep(Duration::from_millis(60));
    file.write_all(b"## Written slowly\n\n")
        .expect("its own file");
    thread::sleep(Duration::from_millis(60));
    file.write_all(b"Words.\n").expect("its own file");
    drop(file);
    served.shows(PAGE, "Written slowly");
    assert_eq!(served.number(), at + 1, "one change, one state");
}

#[test]
fn a_save_by_renaming_is_shown() {
    let served = Served::starter();
    // As vim does: the old one becomes a backup, the new one is written in its place, the backup goes.
    let (place, backup) = (
        served.path(PROSE),
        served.path("content/measures/ACME-01.md~"),
    );
    for round in 0..5 {
        fs::write(served.path("content/measures/4913"), "").expect("its own file");
        fs::remove_file(served.path("content/measures/4913")).expect("its own file");
        fs::rename(&place, &backup).expect("its own file");
        fs::write(&place, format!("## Renamed {round}\n\nWords.\n")).expect("its own file");
        fs::remove_file(&backup).expect("its own file");
        served.shows(PAGE, &format!("Renamed {round}"));
    }
    // As others do: a temporary file beside it takes its place.
    for round in 0..5 {
        let temporary = served.path("content/measures/.ACME-01.md.tmp");
        fs::write(&temporary, format!("## Replaced {round}\n\nWords.\n")).expect("its own file");
        fs::rename(&temporary, &place).expect("its own file");
        served.shows(PAGE, &format!("Replaced {round}"));
    }
    // Or one whose name has no dot before it, and stands there for a moment.
    let temporary = served.path("content/measures/sed1a2b3c");
    fs::write(&temporary, "## Streamed\n\nWords.\n").expect("its own file");
    fs::rename(&temporary, &place).expect("its own file");
    served.shows(PAGE, "Streamed");
    served.wait("a state without warnings", |it| {
        (it.state("")["warnings"] == 0).then_some(())
    });
}

#[test]
fn book_toml_is_watched_also_when_it_is_replaced() {
    let served = Served::starter();
    for name in ["One", "Two", "Three"] {
        let text = served.text("book.toml");
        let old = text
            .lines()
            .find(|it| it.starts_with("title = "))
            .expect("a title");
        let text = text.replace(old, &format!("title = \"Book {name}\""));
        let temporary = served.path("book.toml.new");
        fs::write(&temporary, text).expect("its own file");
        fs::rename(&temporary, served.path("book.toml")).expect("its own file");
        served.shows("index.html", &format!("Book {name}"));
    }
}

#[test]
fn what_did_not_change_is_no_news() {
    let served = Served::starter();
    let at = served.number();
    let text = served.text(PROSE);
    for _ in 0..5 {
        served.write(PROSE, &text);
        thread::sleep(Duration::from_millis(30));
    }
    served.write("content/measures/.hidden.yaml", "nonsense");
    served.write("content/measures/ACME-01.md~", "nonsense");
    served.write("public/index.html", "nonsense");
    served.write("notes.txt", "nonsense");
    served.write("target/debug/x", "nonsense");
    thread::sleep(Duration::from_millis(400));
    assert_eq!(served.number(), at, "{}", served.said());
    served.write(PROSE, "## Another\n\nWords.\n");
    served.shows(PAGE, "Another");
    assert_eq!(served.number(), at + 1);
}

#[test]
fn many_files_at_once_are_one_or_few_states() {
    let served = Served::starter();
    let at = served.number();
    // As a switch to another branch: 300 files come, change and go.
    let page =
        |at: usize, word: &str| format!("---\ntitle: Page {at}\nsummary: {word}.\n---\n\nWords.\n");
    for number in 0..300 {
        served.write(
            &format!("content/guide/many/page-{number:03}.md"),
            &page(number, "First"),
        );
    }
    served.shows("guide/many/page-299.html", "First");
    for number in 0..300 {
        served.write(
            &format!("content/guide/many/page-{number:03}.md"),
            &page(number, "Second"),
        );
    }
    served.shows("guide/many/page-299.html", "Second");
    for number in 0..300 {
        assert!(
            served
                .get(&format!("guide/many/page-{number:03}.html"))
                .text()
                .contains("Second")
        );
    }
    fs::remove_dir_all(served.path("content/guide/many")).expect("its own folder");
    served.wait("the end of the pages", |it| {
        (it.get("guide/many/page-299.html").status == 404).then_some(())
    });
    served.has_errors(0);
    let states = served.number() - at;
    assert!(states < 60, "{states} states for 900 changes");
}

#[test]
fn new_folders_are_seen_at_any_depth() {
    let served = Served::starter();
    for round in 0..10 {
        // A folder and its file at once: the system reports the folder alone.
        let path = format!("content/guide/a{round}/b/c/page.md");
        served.write(
            &path,
            "---\ntitle: Deep\nsummary: Deep.\n---\n\nFirst words.\n",
        );
        let page = format!("guide/a{round}/b/c/page.html");
        served.shows(&page, "First words");
        served.change(&path, "First words", "Later words");
        served.shows(&page, "Later words");
    }
}

#[test]
fn a_folder_that_is_renamed_takes_its_pages_along() {
    let served = Served::starter();
    served.write(
        "content/guide/old/page.md",
        "---\ntitle: Page\nsummary: One.\n---\n\nWords.\n",
    );
    served.shows("guide/old/page.html", "Words");
    fs::rename(
        served.path("content/guide/old"),
        served.path("content/guide/new"),
    )
    .expect("its own");
    served.shows("guide/new/page.html", "Words");
    assert_eq!(served.get("guide/old/page.html").status, 404);
    let gone = &served.state("guide/old/page.html")["gone"];
    assert_eq!(gone["to"], "guide/new/page.html", "{gone}");
    // It is still watched under its new name, and under the old one when it comes back.
    served.change("content/guide/new/page.md", "Words", "More");
    served.shows("guide/new/page.html", "More");
    fs::rename(
        served.path("content/guide/new"),
        served.path("content/guide/old"),
    )
    .expect("its own");
    served.shows("guide/old/page.html", "More");
    served.change("content/guide/old/page.md", "More", "Most");
    served.shows("guide/old/page.html", "Most");
    assert_eq!(
        served.state("guide/old/page.html")["gone"],
        serde_json::Value::Null
    );
}

#[test]
fn content_may_go_and_come_back() {
    let served = Served::starter();
    let away = served.path("elsewhere");
    for round in 0..3 {
        fs::rename(served.path("content"), &away).expect("its own folder");
        // The book states how many measures it must have, so that an empty one is an error, and its pages stay.
        served.has_errors(1);
        assert!(served.get(PAGE).text().contains("ACME-01"));
        fs::rename(&away, served.path("content")).expect("its own folder");
        served.has_errors(0);
        served.write(PROSE, &format!("## Back {round}\n\nWords.\n"));
        served.shows(PAGE, &format!("Back {round}"));
    }
    // Deleted and written anew: other folders of the same names.
    let copy: Vec<_> = walk(&served.path("content"));
    fs::remove_dir_all(served.path("content")).expect("its own folder");
    served.has_errors(1);
    for (path, bytes) in &copy {
        fs::create_dir_all(path.parent().expect("a folder")).expect("its own");
        fs::write(path, bytes).expect("its own file");
    }
    served.has_errors(0);
    served.write(PROSE, "## Written anew\n\nWords.\n");
    served.shows(PAGE, "Written anew");
}

#[test]
fn the_whole_book_may_go_and_come_back() {
    let folder = book();
    let root = folder.path().join("book");
    fs::create_dir(&root).expect("its own folder");
    for name in ["book.toml", "content", "schemas"] {
        let from = folder.path().join(name);
        if from.exists() {
            fs::rename(from, root.join(name)).expect("its own");
        }
    }
    let served = Served::in_folder(&root, |_| {});
    fs::rename(&root, folder.path().join("away")).expect("its own folder");
    served.wait("the trouble", |it| {
        it.state("")["trouble"].as_str().map(|_| ())
    });
    assert!(served.get(PAGE).text().contains("ACME-01"));
    fs::rename(folder.path().join("away"), &root).expect("its own folder");
    served.wait("the end of the trouble", |it| {
        it.state("")["trouble"].is_null().then_some(())
    });
    served.write(PROSE, "## Back\n\nWords.\n");
    served.shows(PAGE, "Back");
}

fn walk(folder: &std::path::Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).expect("it can be read") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            out.extend(walk(&path));
        } else {
            let bytes = fs::read(&path).expect("it can be read");
            out.push((path, bytes));
        }
    }
    out
}

#[test]
fn another_content_folder_is_read_and_watched() {
    let served = Served::starter();
    fs::create_dir_all(served.path("docs")).expect("its own folder");
    fs::rename(served.path("content"), served.path("docs/book")).expect("its own folder");
    served.change("book.toml", "src = \"content\"", "src = \"docs/book\"");
    served.has_errors(0);
    served.write("docs/book/measures/ACME-01.md", "## Moved\n\nWords.\n");
    served.shows(PAGE, "Moved");
    fs::rename(served.path("docs"), served.path("papers")).expect("its own folder");
    served.has_errors(1);
    fs::rename(served.path("papers"), served.path("docs")).expect("its own folder");
    served.has_errors(0);
    served.write(
        "docs/book/measures/ACME-01.md",
        "## Moved again\n\nWords.\n",
    );
    served.shows(PAGE, "Moved again");
}

#[cfg(unix)]
#[test]
fn what_links_lead_to_is_watched_too() {
    let folder = book();
    let shared = folder.path().join("shared");
    fs::create_dir(&shared).expect("its own folder");
    fs::write(
        shared.join("page.md"),
        "---\ntitle: Page\nsummary: One.\n---\n\nWords.\n",
    )
    .expect("its own");
    std::os::unix::fs::symlink("../../shared", folder.path().join("content/guide/linked"))
        .expect("its own");
    let served = Served::start(folder, |_| {});
    served.shows("guide/linked/page.html", "Words");
    served.change("shared/page.md", "Words", "More");
    served.shows("guide/linked/page.html", "More");
}

#[test]
fn a_storm_ends_in_the_last_state() {
    let served = Served::starter();
    let before = served.memory();
    for round in 0..3_000 {
        served.write(PROSE, &format!("## Storm {round}\n\nWords.\n"));
        if round % 10 == 0 {
            served.write(&format!("content/measures/.junk-{round}"), "x");
            served.write(
                &format!("theme/css/x{}.css", round % 7),
                &format!("/* {round} */\n"),
            );
        }
    }
    served.shows(PAGE, "Storm 2999");
    served.shows("assets/site.css", "/* 2990 */");
    let grown = served.memory().saturating_sub(before);
    assert!(grown < 150_000, "{grown} kB more after a storm");
}
