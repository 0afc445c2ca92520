//! `controlbook build`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::terminal::{Terminal, counted, tally, thousands};
use super::{Failure, Outcome, book};
use crate::config::Config;
use crate::host::clock::Stopwatch;
use crate::host::write::{self, Stage};
use crate::host::{environment, git};
use crate::pipeline::{self, Options, ParseCache, Read, Snapshot};
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
    let (sources, program) = rayon::join(
        || book::sources(&arguments.dir),
        environment::program_digest,
    );
    let sources = sources?;
    let config = Config::parse(&sources).value;
    let folder = book::destination(&arguments.dir, arguments.dest_dir.as_deref(), &config);
    let open = open_hint(&folder);
    let nothing_new = |verb: &str| {
        terminal.say(&format!(
            "Nothing has changed: {} is up to date, {verb} in {}. {open}",
            folder.display(),
            watch.words()
        ));
        Ok(Outcome::Clean)
    };
    let mut cache = ParseCache::default();
    let (options, digest, read) = if write::is_known(&folder) {
        let (changed, digest) = git::changed_beside(&arguments.dir, || digest(&program, &sources));
        let options = Options { changed };
        let digest = dated(digest, &options);
        if write::up_to_date_and_quiet(&folder, &digest) {
            return nothing_new("compared");
        }
        let read = Snapshot::of(&sources, &options, &mut cache).read;
        if write::up_to_date(&folder, &digest) && !read.failed() {
            terminal.diagnostics(&read.diagnostics, &sources);
            return nothing_new("checked");
        }
        (options, digest, read)
    } else {
        let (changed, (digest, read)) = git::changed_beside(&arguments.dir, || {
            // What the last changes were is not asked before there are pages.
            let read = || Snapshot::of(&sources, &Options::default(), &mut cache).read;
            rayon::join(|| digest(&program, &sources), read)
        });
        let options = Options { changed };
        let digest = dated(digest, &options);
        (options, digest, read)
    };
    if read.failed() {
        let read = pipeline::check(&sources, &mut cache);
        return Ok(failed(&read, &sources, &folder, terminal));
    }
    cache.forget_records();
    let stage = Stage::open(&folder).map_err(|it| it.to_string())?;
    let read = pipeline::build_into(&sources, &options, &mut cache, &stage);
    if read.failed() {
        return Ok(failed(&read, &sources, &folder, terminal));
    }
    terminal.diagnostics(&read.diagnostics, &sources);
    let paths = terminal.is_verbose().then(|| stage.paths());
    let written = stage.finish(&digest, read.diagnostics.is_empty());
    let written = written.map_err(|it| it.to_string())?;
    for path in paths.iter().flatten() {
        terminal.whisper(path);
    }
    terminal.say(&format!(
        "{}; {} written, {} deleted. {open}",
        summary(&read, &folder, &watch),
        thousands(written.new + written.changed),
        thousands(written.deleted)
    ));
    // The process ends now: to free a large catalogue text by text would take longer.
    std::mem::forget((read, cache, sources));
    Ok(Outcome::Clean)
}

/// Says what is to be mended.
fn failed(read: &Read, sources: &Sources, folder: &Path, terminal: &Terminal) -> Outcome {
    terminal.diagnostics(&read.diagnostics, sources);
    terminal.say(&format!(
        "{}: nothing was written, and {} is as it was. Mend them and build again.",
        tally(&read.diagnostics),
        folder.display()
    ));
    Outcome::Mistakes
}

fn summary(read: &Read, folder: &Path, watch: &Stopwatch) -> String {
    let catalogue = &read.catalogue;
    let warnings = match tally(&read.diagnostics) {
        tally if tally.is_empty() => String::new(),
        tally => format!(", with {tally}"),
    };
    format!(
        "Built {} into {} in {} from {}, {} and {}{warnings}",
        counted(read.site.pages.len(), "page"),
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

/// The digest of this program and of what it reads.
fn digest(program: &[u8], sources: &Sources) -> blake3::Hasher {
    let mut hasher = blake3::Hasher::new();
    hasher.update(program);
    for (path, bytes) in sources.iter() {
        hasher
            .update(path.as_bytes())
            .update(b"\0")
            .update(&bytes.len().to_le_bytes())
            .update(bytes);
    }
    hasher
}

/// The digest of everything that the outputs depend on: also the date of each file.
fn dated(mut hasher: blake3::Hasher, options: &Options) -> String {
    for (path, date) in &options.changed {
        hasher
            .update(path.as_bytes())
            .update(b"\0")
            .update(date.as_bytes())
            .update(b"\0");
    }
    hasher.finalize().to_hex().to_string()
}
