//! `controlbook clean`.

use std::path::Path;

use super::terminal::{Terminal, counted};
use super::{Failure, Outcome, book};
use crate::config::Config;
use crate::host::write;

pub(super) fn run(
    dir: &Path,
    dest_dir: Option<&Path>,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    let folder = match dest_dir {
        Some(folder) => folder.to_path_buf(),
        None => book::destination(dir, None, &Config::parse(&book::sources(dir)?).value),
    };
    let deleted = write::clean(&folder).map_err(|it| it.to_string())?;
    terminal.say(&format!(
        "Deleted {} that `build` wrote into {}; `controlbook build` makes them again.",
        counted(deleted, "file"),
        folder.display()
    ));
    Ok(Outcome::Clean)
}
