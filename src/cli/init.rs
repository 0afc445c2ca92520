//! `controlbook init`.

use std::path::Path;

use include_dir::{Dir, include_dir};

use super::terminal::Terminal;
use super::{Failure, Outcome, schema};
use crate::config::BOOK_TOML;
use crate::host::create;
use crate::source::Sources;

/// The smallest real book: it builds without a diagnostic.
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter");

/// The starter book as a book in memory, on which the manual shows its examples.
pub(super) fn starter() -> Sources {
    let mut files = Vec::new();
    collect(&STARTER, &mut files);
    files.retain(|(path, _)| path == BOOK_TOML || path.starts_with("content/"));
    files.into_iter().collect()
}

pub(super) fn run(dir: &Path, terminal: &Terminal) -> Result<Outcome, Failure> {
    let mut files = Vec::new();
    collect(&STARTER, &mut files);
    files.push((".gitignore".to_owned(), b"public/\n".to_vec()));
    files.extend(
        schema::files()
            .into_iter()
            .map(|(name, bytes)| (format!("schemas/{name}"), bytes)),
    );
    create::in_empty(dir, &files).map_err(|it| it.to_string())?;
    let count = files.len();
    let (place, build) = if dir == Path::new(".") {
        ("this folder".to_owned(), "controlbook build".to_owned())
    } else {
        (
            dir.display().to_string(),
            format!("controlbook build {}", dir.display()),
        )
    };
    terminal.say(&format!(
        "Began a book of {count} files in {place}. Next: `{build}`, then edit content/measures/."
    ));
    Ok(Outcome::Clean)
}

fn collect(dir: &Dir<'_>, files: &mut Vec<(String, Vec<u8>)>) {
    for file in dir.files() {
        if let Some(path) = file.path().to_str() {
            files.push((path.replace('\\', "/"), file.contents().to_vec()));
        }
    }
    dir.dirs().for_each(|it| collect(it, files));
}
