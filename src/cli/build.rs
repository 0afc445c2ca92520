//! `controlbook build`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::terminal::{Terminal, counted, tally, thousands};
use super::{Failure, Outcome, book};
use crate::host::clock::Stopwatch;
use crate::host::{environment, git, write};
use crate::pipeline::{self, Built, Options, ParseCache};
use crate::source::Sources;

#[derive(Args)]
pub(super) struct Arguments {
    /// The folder of `book.toml`; by default this one.
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// The folder of the site; by default as `book.toml` says.
    #[arg(short, long)]
    dest_dir: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Failure> {
    let watch = Stopwatch::start();
    let sources = book::sources(&arguments.dir)?;
    let options = Options {
        changed: git::changed(&arguments.dir),
    };
    let mut cache = ParseCache::default();
    let digest = digest(&sources, &options);
    let read = pipeline::read(&sources, &mut cache);
    let folder = book::destination(&arguments.dir, arguments.dest_dir.as_deref(), &read.config);
    let open = open_hint(&folder);
    if !read.failed() && write::up_to_date(&folder, &digest) {
        terminal.diagnostics(&read.diagnostics, &sources);
        terminal.say(&format!(
            "Nothing has changed: {} is up to date, checked in {}. {open}",
            folder.display(),
            watch.words()
        ));
        return Ok(Outcome::Clean);
    }
    let built = pipeline::build(&sources, &options, &mut cache);
    terminal.diagnostics(&built.read.diagnostics, &sources);
    if built.read.failed() {
        let tally = tally(&built.read.diagnostics);
        terminal.say(&format!(
            "{tally}: nothing was written, and {} is as it was. Mend them and build again.",
            folder.display()
        ));
        return Ok(Outcome::Mistakes);
    }
    let written = write::write(&folder, &built.outputs, &digest).map_err(|it| it.to_string())?;
    for (path, _) in built.outputs.iter() {
        terminal.whisper(path);
    }
    let changes = written.new + written.changed;
    terminal.say(&format!(
        "{}; {} written, {} deleted. {open}",
        summary(&built, &folder, &watch),
        thousands(changes),
        thousands(written.deleted)
    ));
    // The process ends now: to free a large site text by text would take longer.
    std::mem::forget((built, cache, sources));
    Ok(Outcome::Clean)
}

fn summary(built: &Built, folder: &Path, watch: &Stopwatch) -> String {
    let catalogue = &built.read.catalogue;
    let warnings = match tally(&built.read.diagnostics) {
        tally if tally.is_empty() => String::new(),
        tally => format!(", with {tally}"),
    };
    format!(
        "Built {} into {} in {} from {}, {} and {}{warnings}",
        counted(built.pages, "page"),
        folder.display(),
        watch.words(),
        counted(catalogue.measures.len(), "measure"),
        counted(catalogue.mappings.len(), "mapping"),
        counted(catalogue.nodes.len(), "framework node"),
    )
}

fn open_hint(folder: &Path) -> String {
    format!("Open {}", folder.join("index.html").display())
}

/// The digest of everything that the outputs depend on: sources, options, this program.
fn digest(sources: &Sources, options: &Options) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&environment::program_digest());
    for (path, bytes) in sources.iter() {
        hasher
            .update(path.as_bytes())
            .update(b"\0")
            .update(&bytes.len().to_le_bytes())
            .update(bytes);
    }
    for (path, date) in &options.changed {
        hasher
            .update(path.as_bytes())
            .update(b"\0")
            .update(date.as_bytes())
            .update(b"\0");
    }
    hasher.finalize().to_hex().to_string()
}
