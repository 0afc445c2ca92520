//! `controlbook check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::book::Book;
use super::terminal::{Terminal, counted, hidden_links, left_out, tally};
use super::{Failure, Outcome, book, fix};
use crate::diagnostic::{github, json, sarif, short};
use crate::host::clock::Stopwatch;
use crate::pipeline::external::{self, external, lines};
use crate::pipeline::{self, ParseCache};
use crate::rules;

#[derive(Args)]
pub(super) struct Arguments {
    /// The folder of `book.toml`; by default this one, or the nearest above it that has one.
    dir: Option<PathBuf>,
    /// For whom the diagnostics are.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Fail on warnings too.
    #[arg(long)]
    deny_warnings: bool,
    /// Mend what can be mended with certainty, and report what is left.
    ///
    /// Each edit is said on the standard error. A file is written whole or not at all, and nothing but what was wrong in it
    /// changes; one that has changed meanwhile, or in which a fix would cause another mistake, stays as it is.
    #[arg(long, conflicts_with = "external")]
    fix: bool,
    /// Print each link that leads out of the site, with its place, for a link checker.
    ///
    /// Nothing is asked of the network: the list goes to the standard output, a line a link, or a JSON object a line with
    /// `--format json`, and what is wrong in the book to the standard error. `controlbook check --external | lychee -`
    /// tries them all.
    #[arg(long)]
    external: bool,
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
    let book = Book::find(arguments.dir.as_deref());
    let mut sources = book.sources()?;
    let mut cache = ParseCache::default();
    if arguments.fix && fix::run(&book, &sources, &mut cache, terminal) {
        sources = book.sources()?;
    }
    let read = pipeline::check(&sources, &mut cache);
    let diagnostics = &read.diagnostics;
    match arguments.format {
        _ if arguments.external => {
            let links = external(&read, &sources);
            match arguments.format {
                Format::Human | Format::Short => Terminal::result(&lines(&links)),
                Format::Json => Terminal::result(&external::json(&links)),
                Format::Sarif | Format::Github => {
                    return Err("`--external` lists links as human, short or json".to_owned());
                }
            }
            terminal.diagnostics(&book, diagnostics, &sources);
        }
        Format::Human => terminal.diagnostics(&book, diagnostics, &sources),
        Format::Json => Terminal::result(&json::render(diagnostics, &sources)),
        Format::Short => {
            let (found, sources) = book.relative_to_user(diagnostics, &sources);
            Terminal::result(&short::render(&found, &sources));
        }
        Format::Sarif | Format::Github => {
            // Their paths are relative to the working directory, and a fingerprint does not depend on that.
            let (found, sources, base) = if book.is_above() {
                let (found, sources) = book.relative_to_user(diagnostics, &sources);
                (found, sources, String::new())
            } else {
                let base = book::from_here(&book.dir);
                (diagnostics.clone(), sources.clone(), base)
            };
            Terminal::result(&match arguments.format {
                Format::Sarif => sarif::render(&found, &sources, &base, rules::ALL),
                _ => github::render(&found, &sources, &base),
            });
        }
    }
    let tally = tally(diagnostics);
    let found = if tally.is_empty() {
        "nothing to mend".to_owned()
    } else {
        tally
    };
    let catalogue = &read.catalogue;
    let drafts = left_out(catalogue.drafts.count);
    let what = format!(
        "{} from {} and {}{drafts}",
        counted(read.site.pages.len(), "page"),
        counted(catalogue.measures.len(), "measure"),
        counted(catalogue.mappings.len(), "mapping")
    );
    let hidden = hidden_links(&book, &read, &sources, terminal);
    terminal.say(&format!(
        "Checked {what} in {}: {found}.{hidden}",
        watch.seconds()
    ));
    if let (false, Some(words)) = (arguments.fix, fix::hint(&book, diagnostics)) {
        terminal.say(&words);
    }
    let denied = arguments.deny_warnings && !diagnostics.is_empty();
    let failed = read.failed();
    // The process ends now; freeing a large book would take time for nothing.
    std::mem::forget((read, cache, sources));
    Ok(if failed || denied {
        Outcome::Mistakes
    } else {
        Outcome::Clean
    })
}
