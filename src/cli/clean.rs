//! `controlbook clean`.

use std::path::Path;

use super::book::Book;
use super::terminal::{Terminal, counted};
use super::{Failure, Outcome};
use crate::config::Config;
use crate::host::write;

pub(super) fn run(
    dir: Option<&Path>,
    dest_dir: Option<&Path>,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    let folder = match dest_dir {
        // Whatever the folder, nothing but what `build` wrote is deleted: this is the way out for a site among the sources.
        Some(folder) => folder.to_path_buf(),
        None => {
            let book = Book::find(dir);
            let sources = book.sources()?;
            let config = Config::parse(&sources);
            if !config.diagnostics.is_empty() {
                terminal.diagnostics(&book, &config.diagnostics, &sources);
                terminal.say(
                    "Nothing was deleted: where the site is can't be told. `-d FOLDER` names it.",
                );
                return Ok(Outcome::Mistakes);
            }
            let folder = book.destination(None, &config.value);
            book.refuse_among_sources(&folder, &config.value)?;
            folder
        }
    };
    let deleted = write::clean(&folder).map_err(|it| it.to_string())?;
    terminal.say(&format!(
        "Deleted {} that `build` wrote into {}; `controlbook build` makes them again.",
        counted(deleted, "file"),
        folder.display()
    ));
    Ok(Outcome::Clean)
}
