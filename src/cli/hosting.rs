//! `controlbook hosting`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::terminal::{Terminal, counted};
use super::{Failure, Outcome, book};
use crate::config::Config;
use crate::host::create;
use crate::hosting::Target;

#[derive(Args)]
pub(super) struct Arguments {
    /// What publishes the site.
    target: Where,
    /// The folder of `book.toml`; by default this one.
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// Write the files into this folder, over those of the same name.
    #[arg(short, long)]
    dest_dir: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Where {
    /// A file for the folder `conf.d` of nginx.
    Nginx,
    /// A `Caddyfile`.
    Caddy,
    /// A `Containerfile` and the configuration of the nginx in it.
    Container,
    /// A workflow for GitHub Pages.
    Github,
    /// A pipeline for GitLab Pages.
    Gitlab,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Failure> {
    let sources = book::sources(&arguments.dir)?;
    let config = Config::parse(&sources);
    if !config.diagnostics.is_empty() {
        terminal.diagnostics(&config.diagnostics, &sources);
        return Ok(Outcome::Mistakes);
    }
    let target = match arguments.target {
        Where::Nginx => Target::Nginx,
        Where::Caddy => Target::Caddy,
        Where::Container => Target::Container,
        Where::Github => Target::Github,
        Where::Gitlab => Target::Gitlab,
    };
    let from_here = book::from_here(&arguments.dir);
    let files = target.files(&config.value, &from_here);
    let files = files.map_err(|it| it.to_string())?;
    let Some(folder) = &arguments.dest_dir else {
        for (name, text) in &files {
            if files.len() > 1 {
                Terminal::result(&format!("# == {name}\n"));
            }
            Terminal::result(text);
        }
        return Ok(Outcome::Clean);
    };
    let files: Vec<_> = files
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text.into_bytes()))
        .collect();
    create::replace(folder, &files).map_err(|it| it.to_string())?;
    terminal.say(&format!(
        "Wrote {} into {}; `controlbook manual hosting` says what to do with them.",
        counted(files.len(), "file"),
        folder.display()
    ));
    Ok(Outcome::Clean)
}
