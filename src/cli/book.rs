//! A book on disk, as the commands read it.

use std::path::{Component, Path, PathBuf};

use super::Failure;
use crate::config::{BOOK_TOML, Config};
use crate::host::read;
use crate::source::Sources;

/// The sources of the book in a folder.
pub(super) fn sources(dir: &Path) -> Result<Sources, Failure> {
    if !dir.is_dir() {
        return Err(format!("{} is no folder", dir.display()));
    }
    let alone = read::read(dir, &[], &[BOOK_TOML]).map_err(|it| it.to_string())?;
    if alone.bytes(BOOK_TOML).is_none() && alone.refused().next().is_none() {
        return Err(format!(
            "there is no {BOOK_TOML} in {}; `controlbook init` begins a book",
            dir.display()
        ));
    }
    let folders = folders(&alone);
    let folders: Vec<_> = folders.iter().map(String::as_str).collect();
    read::read(dir, &folders, &[BOOK_TOML]).map_err(|it| it.to_string())
}

/// The folders of a book, as its `book.toml` says.
pub(super) fn folders(sources: &Sources) -> Vec<String> {
    let content = Config::parse(sources).value.content_dir();
    vec![content.trim_end_matches('/').to_owned(), "theme".to_owned()]
}

/// Where the site goes: as the user says, or as `book.toml` says.
pub(super) fn destination(dir: &Path, said: Option<&Path>, config: &Config) -> PathBuf {
    let own = || {
        if dir == Path::new(".") {
            PathBuf::from(&config.build.build_dir)
        } else {
            dir.join(&config.build.build_dir)
        }
    };
    said.map_or_else(own, Path::to_path_buf)
}

/// The book's folder with `/` between its parts, for formats whose paths begin where the command runs; an absolute one is not said.
pub(super) fn from_here(dir: &Path) -> String {
    let mut parts = Vec::new();
    for part in dir.components() {
        match part {
            Component::CurDir => {}
            Component::Normal(part) => parts.push(part.to_string_lossy()),
            _ => return String::new(),
        }
    }
    parts.join("/")
}
