//! The preview serves the same bytes as a build writes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{Served, book, program, without_tags};

/// Every file of a site as `build` writes it.
pub(super) fn built(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let folder = TempDir::new().expect("the temporary folder is writable");
    let out = folder.path().join("site");
    let output = program()
        .arg("build")
        .arg(root)
        .arg("-d")
        .arg(&out)
        .output()
        .expect("the program runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut files = BTreeMap::new();
    let mut folders = vec![out.clone()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(at).expect("it can be read") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&out).expect("it is inside");
                let name = name.to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read(&path).expect("it can be read"));
            }
        }
    }
    files.retain(|path, _| !path.starts_with(".controlbook"));
    files
}

/// Compares every file of a site, and returns their number.
fn compare(served: &Served) -> usize {
    let files = built(&served.root);
    for (path, bytes) in &files {
        let address: String = path.split('/').map(encoded).collect::<Vec<_>>().join("/");
        let answer = served.get(&address);
        assert_eq!(answer.status, 200, "{path}");
        let same = if path.ends_with(".html") {
            without_tags(&answer.body) == *bytes
        } else {
            answer.body == *bytes
        };
        assert!(same, "{path} is served as another than it is built");
    }
    files.len()
}

fn encoded(part: &str) -> String {
    let byte = |it: u8| match it {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(it).to_string(),
        _ => format!("%{it:02X}"),
    };
    part.bytes().map(byte).collect()
}

#[test]
fn every_file_of_a_small_book_is_served_as_it_is_built() {
    let folder = book();
    let toml = folder.path().join("book.toml");
    let text = fs::read_to_string(&toml).expect("its own file");
    // With an address there is a sitemap, and the page for lost addresses names its files from the root.
    let text = text.replace("# site-url", "site-url");
    fs::write(&toml, text).expect("its own file");
    fs::create_dir_all(folder.path().join("content/guide/pictures")).expect("its own folder");
    fs::write(
        folder.path().join("content/guide/pictures/a b.png"),
        b"\x89PNG",
    )
    .expect("its own");
    let about = folder.path().join("content/guide/about.md");
    let text = fs::read_to_string(&about).expect("its own file");
    let text = format!("{text}\n![A picture](<pictures/a b.png>)\n");
    fs::write(&about, text).expect("its own file");
    let served = Served::start(folder, |_| {});
    let count = compare(&served);
    assert!(count > 40, "{count} files");
    assert_eq!(served.get("files/guide/pictures/a%20b.png").status, 200);
    assert_eq!(
        without_tags(&served.get("").body),
        without_tags(&served.get("index.html").body)
    );
}

#[test]
fn every_file_of_the_real_book_is_served_as_it_is_built() {
    let served = Served::in_folder(Path::new(env!("CARGO_MANIFEST_DIR")), |_| {});
    let count = compare(&served);
    assert!(count > 600, "{count} files");
}

#[test]
fn a_page_is_the_built_one_after_changes() {
    let served = Served::starter();
    served.change("content/measures/ACME-01.md", "## ", "## Now: ");
    served.write("theme/css/base.css", "body {color: var(--ink)}\n");
    served.write(
        "content/guide/new.md",
        "---\ntitle: New\nsummary: New.\n---\n\nSee [[ACME-01]].\n",
    );
    served.shows("guide/new.html", "ACME-01");
    served.shows("assets/site.css", "body {color: var(--ink)}");
    served.shows("measures/ACME-01.html", "Now: ");
    compare(&served);
}

#[test]
fn a_lost_address_gets_the_books_own_page_at_any_depth() {
    let folder = book();
    let toml = folder.path().join("book.toml");
    let text = fs::read_to_string(&toml).expect("its own file");
    let site = "site-url = \"https://example.org/controls/\"";
    let text = text.replace("# site-url = \"https://controls.example.org/\"", site);
    assert!(text.contains(site));
    fs::write(&toml, text).expect("its own file");
    let served = Served::start(folder, |_| {});
    let lost = served.get("some/where/else.html");
    assert_eq!(lost.status, 404);
    assert!(lost.text().contains("href=\"/controls/assets/site.css\""));
    assert_eq!(served.get("controls/assets/site.css").status, 200);
    assert_eq!(served.get("controls/measures/ACME-01.html").status, 200);
}
