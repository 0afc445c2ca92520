//! `controlbook check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::terminal::{Terminal, counted, tally};
use super::{Failure, Outcome, book};
use crate::diagnostic::{github, json, sarif, short};
use crate::host::clock::Stopwatch;
use crate::pipeline::{self, ParseCache};
use crate::rules;

#[derive(Args)]
pub(super) struct Arguments {
    /// The folder of `book.toml`; by default this one.
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// For whom the diagnostics are.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Fail on warnings too.
    #[arg(long)]
    deny_warnings: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Excerpts with carets.
    Human,
    /// A line each.
    Short,
    /// A JSON object a line.
    Json,
    /// One SARIF 2.1.0 log, for code hosts and editors.
    Sarif,
    /// Workflow commands, which GitHub shows in a change.
    Github,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Failure> {
    let watch = Stopwatch::start();
    let sources = book::sources(&arguments.dir)?;
    let mut cache = ParseCache::default();
    let read = pipeline::check(&sources, &mut cache);
    let diagnostics = &read.diagnostics;
    match arguments.format {
        Format::Human => terminal.diagnostics(diagnostics, &sources),
        Format::Short => Terminal::result(&short::render(diagnostics, &sources)),
        Format::Json => Terminal::result(&json::render(diagnostics, &sources)),
        Format::Sarif => {
            let base = book::from_here(&arguments.dir);
            Terminal::result(&sarif::render(diagnostics, &sources, &base, rules::ALL));
        }
        Format::Github => {
            let base = book::from_here(&arguments.dir);
            Terminal::result(&github::render(diagnostics, &sources, &base));
        }
    }
    let tally = tally(diagnostics);
    let found = if tally.is_empty() {
        "nothing to mend".to_owned()
    } else {
        tally
    };
    let catalogue = &read.catalogue;
    let what = format!(
        "{} from {} and {}",
        counted(read.site.pages.len(), "page"),
        counted(catalogue.measures.len(), "measure"),
        counted(catalogue.mappings.len(), "mapping")
    );
    terminal.say(&format!("Checked {what} in {}: {found}.", watch.words()));
    let denied = arguments.deny_warnings && !diagnostics.is_empty();
    let failed = read.failed();
    // The process ends now: to free a large book text by text would take longer.
    std::mem::forget((read, cache, sources));
    Ok(if failed || denied {
        Outcome::Mistakes
    } else {
        Outcome::Clean
    })
}
