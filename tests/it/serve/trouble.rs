//! Mistakes during the preview: they are reported, the last good pages stay, and a correction clears them.

use std::fs;

use super::{Served, book};

const PAGE: &str = "measures/ACME-01.html";
const YAML: &str = "content/measures/ACME-01.yaml";

#[test]
fn a_mistake_keeps_the_last_good_pages_until_it_is_mended() {
    let served = Served::starter();
    let good = served.get(PAGE).text();
    let yaml = served.text(YAML);
    served.change(YAML, "title: ", "title: Changed ");
    served.shows(PAGE, "Changed ");
    served.change(YAML, "responsibility: ", "responsibility: nobody-");
    served.has_errors(1);
    assert!(served.get(PAGE).text().contains("Changed "));
    assert_eq!(served.state("")["held"], true);
    let mistake = &served.state("")["mistakes"][0];
    assert_eq!(mistake["path"], YAML);
    assert_eq!(mistake["severity"], "error");
    assert_eq!(mistake["code"], "unknown-value");
    let line = mistake["line"].as_u64().expect("a line");
    let excerpt = mistake["excerpt"].as_str().expect("an excerpt");
    assert!(
        excerpt.starts_with(&format!("{line} | responsibility: nobody-")),
        "{excerpt}"
    );
    assert!(excerpt.contains("^^^"), "{excerpt}");
    served.write(YAML, &yaml);
    served.has_errors(0);
    let again = served.get(PAGE).text();
    let body = |it: &str| it.split_once("<body>").expect("a body").1.to_owned();
    assert_eq!(body(&again), body(&good));
}

#[test]
fn mistakes_in_book_toml_and_in_templates_are_shown_likewise() {
    let served = Served::starter();
    let toml = served.text("book.toml");
    served.write("book.toml", &format!("{toml}\n[output.html\n"));
    served.wait("the mistake", |it| {
        (it.state("")["mistakes"][0]["path"] == "book.toml").then_some(())
    });
    assert_eq!(served.get(PAGE).status, 200);
    served.write("book.toml", &toml);
    served.has_errors(0);
    for template in [
        // It can't be read, and it can't be rendered.
        "{% extends \"layout.html\" %}{% block body %}{{ frame.heading ",
        "{% extends \"layout.html\" %}{% block body %}{{ nonsense }}{% endblock body %}",
    ] {
        served.write("theme/templates/measure.html", template);
        served.has_errors(1);
        let mistake = &served.state("")["mistakes"][0];
        assert_eq!(mistake["path"], "theme/templates/measure.html");
        assert_eq!(mistake["code"], "template-mistake");
        assert!(
            served.get(PAGE).text().contains("ACME-01"),
            "the last good page stays"
        );
        fs::remove_file(served.path("theme/templates/measure.html")).expect("its own file");
        served.has_errors(0);
    }
}

#[test]
fn a_mistake_in_every_file_at_once_is_shown_and_mended() {
    let served = Served::starter();
    let mut files = Vec::new();
    let mut folders = vec![served.path("content")];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(at).expect("it can be read") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push((path.clone(), fs::read(&path).expect("it can be read")));
            }
        }
    }
    files.push((
        served.path("book.toml"),
        fs::read(served.path("book.toml")).expect("it is there"),
    ));
    for (path, bytes) in &files {
        let mut bytes = bytes.clone();
        bytes.extend_from_slice(b"\n[[: {\xff\n");
        fs::write(path, bytes).expect("its own file");
    }
    served.wait("many errors", |it| {
        (it.state("")["errors"].as_u64() >= Some(files.len() as u64 - 1)).then_some(())
    });
    assert_eq!(served.get(PAGE).status, 200);
    for (path, bytes) in &files {
        fs::write(path, bytes).expect("its own file");
    }
    served.has_errors(0);
}

#[test]
fn a_book_with_mistakes_from_the_start_shows_what_can_be_read() {
    let folder = book();
    let mapping = folder.path().join("content/mappings/example/ACME-01.yaml");
    let text = fs::read_to_string(&mapping).expect("its own file");
    fs::write(&mapping, text.replace("to: A-01.1", "to: A-99")).expect("its own file");
    let served = Served::start(folder, |_| {});
    served.has_errors(1);
    assert_eq!(served.get(PAGE).status, 200);
    assert_eq!(served.state("")["held"], false);
    served.change("content/measures/ACME-01.md", "## ", "## Now: ");
    served.shows(PAGE, "Now: ");
    served.change(
        "content/mappings/example/ACME-01.yaml",
        "to: A-99",
        "to: A-01.1",
    );
    served.has_errors(0);
    served.shows(PAGE, "A-01.1");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_a_mistake_until_it_may() {
    use std::os::unix::fs::{PermissionsExt, chown};
    use std::os::unix::process::CommandExt;

    const NOBODY: u32 = 65_534;
    let folder = book();
    let mode = |path: &std::path::Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("its own file");
    };
    // Nothing is forbidden to root, so that the server runs as somebody else there.
    let is_root = chown(folder.path().join("book.toml"), Some(NOBODY), Some(NOBODY)).is_ok();
    mode(folder.path(), 0o755);
    let served = Served::start(folder, |command| {
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
    });
    let path = served.path("content/measures/ACME-01.md");
    mode(&path, 0o000);
    served.has_errors(1);
    assert_eq!(served.state("")["mistakes"][0]["code"], "unreadable-file");
    mode(&path, 0o644);
    served.has_errors(0);
    mode(&served.path("content/measures"), 0o000);
    served.wait("an error", |it| {
        (it.state("")["errors"].as_u64() > Some(0)).then_some(())
    });
    mode(&served.path("content/measures"), 0o755);
    served.has_errors(0);
    served.write("content/measures/ACME-01.md", "## Readable\n\nWords.\n");
    served.shows(PAGE, "Readable");
}

#[test]
fn a_record_that_is_renamed_is_found_again() {
    let served = Served::starter();
    served.write(
        "content/guide/first.md",
        "---\ntitle: The title\nsummary: One.\n---\n\nWords.\n",
    );
    served.shows("guide/first.html", "Words");
    fs::rename(
        served.path("content/guide/first.md"),
        served.path("content/guide/second.md"),
    )
    .expect("its own");
    served.shows("guide/second.html", "Words");
    let gone = served.state("guide/first.html");
    assert_eq!(gone["gone"]["to"], "guide/second.html");
    assert_eq!(gone["status"], 404);
    // What is only deleted is gone.
    fs::remove_file(served.path("content/guide/second.md")).expect("its own");
    served.wait("the end of the page", |it| {
        (it.get("guide/second.html").status == 404).then_some(())
    });
    for page in ["guide/first.html", "guide/second.html"] {
        let gone = &served.state(page)["gone"];
        assert_eq!(gone["title"], "The title", "{page}: {gone}");
        assert!(gone["to"].is_null(), "{page}: {gone}");
    }
}

#[test]
fn each_page_says_from_which_lines_it_is_made() {
    let folder = book();
    let toml = folder.path().join("book.toml");
    let text = fs::read_to_string(&toml).expect("its own file");
    let text =
        format!("{text}\n[preview]\neditor = \"vscode://file/{{path}}:{{line}}:{{column}}\"\n");
    fs::write(&toml, text).expect("its own file");
    let served = Served::start(folder, |_| {});
    let page = &served.state(PAGE)["page"];
    let files = page["files"].as_array().expect("files");
    assert_eq!(files[0]["path"], "content/measures/ACME-01.md");
    let root = served.root.canonicalize().expect("it is there");
    let edit = format!(
        "vscode://file{}/content/measures/ACME-01.md:1:1",
        root.display()
    );
    assert_eq!(files[0]["edit"], edit);
    let marks = page["marks"].as_array().expect("marks");
    let yaml = served.text(YAML);
    for id in ["ACME-01.1", "ACME-01.2"] {
        let mark = marks.iter().find(|it| it["anchor"] == id).expect("a mark");
        let line = yaml
            .lines()
            .position(|it| it.contains(&format!("id: {id}")))
            .expect("a line");
        assert_eq!(mark["line"], line + 1, "{id}");
        assert!(served.get(PAGE).text().contains(&format!("id=\"{id}\"")));
    }
    let mapping = marks
        .iter()
        .find(|it| it["path"] == "content/mappings/example/ACME-01.yaml");
    let links = mapping.expect("a mapping")["links"].clone();
    assert_eq!(links[0], "frameworks/example/A-01.html#A-01.1", "{links}");
    assert_eq!(links[1], "measures/ACME-01.html#ACME-01.1", "{links}");
    let node = &served.state("frameworks/example/A-01.html")["page"]["marks"];
    assert!(
        node.as_array()
            .expect("marks")
            .iter()
            .any(|it| it["links"][0] == "measures/ACME-01.html#ACME-01.1")
    );
}

#[test]
fn the_status_page_says_what_is_missing() {
    let served = Served::starter();
    assert!(
        served
            .get("__preview/status")
            .text()
            .contains("has no errors and no warnings")
    );
    fs::remove_file(served.path("content/measures/ACME-01.md")).expect("its own file");
    served.wait("the warning", |it| {
        (it.state("")["warnings"] == 1).then_some(())
    });
    let status = served.get("__preview/status").text();
    assert!(status.contains("ACME-01 has no guidance"), "{status}");
    assert!(status.contains("missing-guidance"), "{status}");
    served.change(YAML, "title: ", "title: <script>alert(1)</script> ");
    served.shows(PAGE, "&lt;script&gt;alert");
    let status = served.get("__preview/status").text();
    assert!(!status.contains("<script>alert"), "{status}");
}
