//! `controlbook hosting`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::book::Book;
use super::terminal::{Terminal, counted};
use super::{Failure, Outcome, book};
use crate::config::Config;
use crate::host::create;
use crate::hosting::{DEPENDABOT, Target};

#[derive(Args)]
pub(super) struct Arguments {
    /// What publishes the site.
    target: Host,
    /// The folder of `book.toml`; by default this one, or the nearest above it that has one.
    dir: Option<PathBuf>,
    /// As a server of its own, or as a part of one that is there already: for nginx and Caddy, under a sub-path.
    #[arg(long = "as", value_enum, default_value_t = Form::Server)]
    form: Form,
    /// Write the files into this folder, over those of the same name.
    #[arg(short, long)]
    dest_dir: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Host {
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

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A server of its own.
    Server,
    /// A part of a server's block.
    Location,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Failure> {
    let book = Book::find(arguments.dir.as_deref());
    let sources = book.sources()?;
    let config = Config::parse(&sources);
    if !config.diagnostics.is_empty() {
        terminal.diagnostics(&book, &config.diagnostics, &sources);
        return Ok(Outcome::Mistakes);
    }
    let target = match (arguments.target, arguments.form) {
        (Host::Nginx, Form::Server) => Target::Nginx,
        (Host::Nginx, Form::Location) => Target::NginxLocation,
        (Host::Caddy, Form::Server) => Target::Caddy,
        (Host::Caddy, Form::Location) => Target::CaddyLocation,
        (_, Form::Location) => {
            return Err(
                "only nginx and Caddy can have the site as a part of a server: leave `--as location` out"
                    .to_owned(),
            );
        }
        (Host::Container, _) => Target::Container,
        (Host::Github, _) => Target::Github,
        (Host::Gitlab, _) => Target::Gitlab,
    };
    let from_here = book::from_here(&book.dir);
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
    // A repository may have this one for more than the workflow.
    let is_kept = |name: &str| name == DEPENDABOT && folder.join(name).exists();
    if files.iter().any(|(name, _)| is_kept(name)) {
        terminal.say(&format!(
            "{} is left as it is: add `github-actions` to its `updates`.",
            folder.join(DEPENDABOT).display()
        ));
    }
    let files: Vec<_> = files
        .into_iter()
        .filter(|(name, _)| !is_kept(name))
        .map(|(name, text)| (name.to_owned(), text.into_bytes()))
        .collect();
    book::refuse_in_sources(folder)?;
    create::write_files(folder, &files).map_err(|it| it.to_string())?;
    terminal.say(&format!(
        "Wrote {} into {}; `controlbook manual hosting` says what to do with them.",
        counted(files.len(), "file"),
        folder.display()
    ));
    Ok(Outcome::Clean)
}
