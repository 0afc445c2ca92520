//! `controlbook build`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::book::Book;
use super::terminal::{Terminal, counted, hidden_links, left_out, tally, thousands};
use super::{Failure, Outcome};
use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic, Severity};
use crate::host::clock::Stopwatch;
use crate::host::write::{self, Stage};
use crate::host::{environment, git, interrupt};
use crate::pipeline::{self, CheckedBook, Options, ParseCache};
use crate::source::Sources;

#[derive(Args)]
pub(super) struct Arguments {
    /// The folder of `book.toml`; by default this one, or the nearest above it that has one.
    dir: Option<PathBuf>,
    /// The folder of the site; by default as `book.toml` says.
    #[arg(short, long)]
    dest_dir: Option<PathBuf>,
    /// Write nothing where there is a warning, too.
    #[arg(long)]
    deny_warnings: bool,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Failure> {
    let watch = Stopwatch::start();
    let book = Book::find(arguments.dir.as_deref());
    let (sources, program) = rayon::join(|| book.sources(), environment::program_digest);
    let sources = sources?;
    let Checked {
        value: config,
        diagnostics: mistakes,
    } = Config::parse(&sources);
    let folder = book.destination(arguments.dest_dir.as_deref(), &config);
    if arguments.dest_dir.is_some() || mistakes.is_empty() {
        book.refuse_among_sources(&folder, &config)?;
    }
    let context = BuildContext {
        book: &book,
        sources: &sources,
        folder: &folder,
        deny_warnings: arguments.deny_warnings,
        terminal,
    };
    let open = open_hint(&folder);
    let nothing_new = |verb: &str| {
        terminal.say(&format!(
            "Nothing has changed: {} is up to date, {verb} in {}. {open}",
            folder.display(),
            watch.seconds()
        ));
        Ok(Outcome::Clean)
    };
    let mut cache = ParseCache::default();
    let (options, digest, read) = if write::may_hold_site(&folder) {
        let (changed, digest) = git::change_dates_during(&book.dir, || digest(&program, &sources));
        let options = Options {
            changed,
            ..Options::default()
        };
        let digest = dated(digest, &options);
        if write::is_up_to_date_and_quiet(&folder, &digest) {
            return nothing_new("compared");
        }
        let read = pipeline::load(&sources, &options, &mut cache).book;
        if write::is_up_to_date(&folder, &digest) && !context.refuses(&read) {
            terminal.diagnostics(&book, &read.diagnostics, &sources);
            return nothing_new("checked");
        }
        (options, digest, read)
    } else {
        let (changed, (digest, read)) = git::change_dates_during(&book.dir, || {
            // The dates of the last changes are needed for pages only.
            let read = || pipeline::load(&sources, &Options::default(), &mut cache).book;
            rayon::join(|| digest(&program, &sources), read)
        });
        let options = Options {
            changed,
            ..Options::default()
        };
        let digest = dated(digest, &options);
        (options, digest, read)
    };
    if context.refuses(&read) {
        return Ok(context.refuse(pipeline::check(&sources, &mut cache)));
    }
    cache.forget_records();
    let stage = Stage::open(&folder).map_err(|it| it.to_string())?;
    interrupt::cleanup_on_signal(stage.abort_handle())?;
    let read = pipeline::build_into(&sources, &options, &mut cache, &stage);
    if context.refuses(&read) {
        drop(stage);
        return Ok(context.refuse(read));
    }
    terminal.diagnostics(&book, &read.diagnostics, &sources);
    let paths = terminal.is_verbose().then(|| stage.changed_paths());
    let written = stage.finish(&digest, read.diagnostics.is_empty());
    let written = written.map_err(|it| it.to_string())?;
    for path in paths.iter().flatten() {
        terminal.detail(path);
    }
    terminal.say(&format!(
        "{}; {} written, {} deleted.{} {open}",
        summary(&read, &folder, &watch),
        thousands(written.new + written.changed),
        thousands(written.deleted),
        hidden_links(&book, &read, &sources, terminal)
    ));
    // The process ends now; freeing a large catalogue would take time for nothing.
    std::mem::forget((read, cache, sources));
    Ok(Outcome::Clean)
}

/// The input and the output folder of a build.
struct BuildContext<'a> {
    book: &'a Book,
    sources: &'a Sources,
    folder: &'a Path,
    deny_warnings: bool,
    terminal: &'a Terminal,
}

impl BuildContext<'_> {
    /// Whether nothing is written: for an error, for a gap, or for a warning with `--deny-warnings`.
    fn refuses(&self, read: &CheckedBook) -> bool {
        let denied = self.deny_warnings && !read.diagnostics.is_empty();
        read.failed() || denied || !read.gaps.is_empty()
    }

    /// Prints what has to be mended.
    fn refuse(&self, read: CheckedBook) -> Outcome {
        let mut found = read.diagnostics;
        // A gap is an error here, whatever severity `book.toml` gives it.
        let is_gap = |it: &Diagnostic| read.gaps.iter().any(|gap| gap.sort_key() == it.sort_key());
        found.retain(|it| !is_gap(it));
        found.extend(read.gaps.iter().cloned().map(|mut gap| {
            gap.severity = Severity::Error;
            gap.help("`build` never publishes it; `serve` shows it meanwhile")
        }));
        found.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        self.terminal.diagnostics(self.book, &found, self.sources);
        let denied = if found.iter().any(|it| it.severity == Severity::Error) {
            ""
        } else {
            " With `--deny-warnings`, a warning is enough."
        };
        self.terminal.say(&format!(
            "{}: nothing was written, and {} is as it was. Mend them and build again.{denied}",
            tally(&found),
            self.folder.display()
        ));
        Outcome::Mistakes
    }
}

fn summary(read: &CheckedBook, folder: &Path, watch: &Stopwatch) -> String {
    let catalogue = &read.catalogue;
    let warnings = match tally(&read.diagnostics) {
        tally if tally.is_empty() => String::new(),
        tally => format!(", with {tally}"),
    };
    let drafts = left_out(catalogue.drafts.count);
    format!(
        "Built {} into {} in {} from {}, {} and {}{drafts}{warnings}",
        counted(read.site.pages.len(), "page"),
        folder.display(),
        watch.seconds(),
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
