//! `controlbook manual`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, CommandFactory};

use super::terminal::{Terminal, counted};
use super::{Failure, Outcome, book, init};
use crate::host::create;
use crate::manual;

#[derive(Args)]
pub(super) struct Arguments {
    /// The page; without it, the index.
    #[arg(value_parser = PossibleValuesParser::new(manual::PAGES))]
    page: Option<String>,
    /// Write all pages into this folder.
    #[arg(short, long, conflicts_with = "page")]
    dest_dir: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Failure> {
    let commands = super::Arguments::command();
    let starter = init::starter();
    if let Some(folder) = &arguments.dest_dir {
        book::refuse_in_sources(folder)?;
        let page = |name: &str| {
            let text = manual::page(name, &commands, &starter)?;
            Some((manual::file_name(name), text.into_bytes()))
        };
        let pictures = manual::pictures().map(|(path, bytes)| (path, bytes.to_vec()));
        let pages = manual::PAGES.into_iter().filter_map(page);
        let files: Vec<_> = pages.chain(pictures).collect();
        create::write_files(folder, &files).map_err(|it| it.to_string())?;
        terminal.say(&format!(
            "Wrote {} of the manual into {}; begin with README.md.",
            counted(manual::PAGES.len(), "page"),
            folder.display()
        ));
        return Ok(Outcome::Clean);
    }
    let name = arguments.page.as_deref().unwrap_or(manual::INDEX);
    let text = manual::page(name, &commands, &starter)
        .ok_or_else(|| format!("the manual has no page `{name}`"))?;
    Terminal::result(&text);
    Ok(Outcome::Clean)
}
