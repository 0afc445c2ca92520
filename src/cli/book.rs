//! A book on disk, as the commands read it.

use std::path::{Path, PathBuf};

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
    let content = Config::parse(&alone).value.content_dir();
    read::read(dir, &[content.trim_end_matches('/'), "theme"], &[BOOK_TOML])
        .map_err(|it| it.to_string())
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
