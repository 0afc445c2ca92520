//! `controlbook new`.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::book::Book;
use super::terminal::{Terminal, counted};
use super::{Failure, Outcome};
use crate::draft::{self, Draft, Refusal, Wanted};
use crate::host::create;

#[derive(Subcommand)]
pub(super) enum What {
    /// A measure with its guidance.
    Measure {
        #[command(flatten)]
        place: SourceLocation,
        /// The group that it belongs to; by default the first.
        #[arg(long)]
        group: Option<String>,
    },
    /// A use case with its prose, and a line for it in every measure.
    UseCase {
        #[command(flatten)]
        place: SourceLocation,
    },
    /// A framework with its first chapter, and the set for its mappings.
    Framework {
        #[command(flatten)]
        place: SourceLocation,
    },
    /// A page of the guide; its id may name folders: `cloud/exit`.
    Page {
        #[command(flatten)]
        place: SourceLocation,
    },
    /// A copy of a file of the built-in theme, to be changed.
    ThemeFile {
        /// Its path in the theme: `templates/measure.html`, `css/tokens.css`, `icons/site.svg`.
        name: String,
        /// The folder of `book.toml`; by default this one, or the nearest above it that has one.
        dir: Option<PathBuf>,
    },
}

#[derive(Args)]
pub(super) struct SourceLocation {
    /// The permanent identifier, from which the files take their name.
    id: String,
    /// The folder of `book.toml`; by default this one, or the nearest above it that has one.
    dir: Option<PathBuf>,
}

pub(super) fn run(what: &What, terminal: &Terminal) -> Result<Outcome, Failure> {
    let (wanted, place) = match what {
        What::Measure { place, group } => {
            let group = group.clone();
            (Wanted::Measure { group }, place)
        }
        What::UseCase { place } => (Wanted::UseCase, place),
        What::Framework { place } => (Wanted::Framework, place),
        What::Page { place } => (Wanted::Page, place),
        What::ThemeFile { name, dir } => return theme_file(name, dir.as_deref(), terminal),
    };
    let book = Book::find(place.dir.as_deref());
    let dir = &book.dir;
    let sources = book.sources()?;
    let draft = match draft::draft(&sources, &wanted, &place.id) {
        Ok(draft) => draft,
        Err(Refusal::FileExists(path)) => {
            let path = book.shown(&path);
            return Err(format!(
                "{path} is there already: nothing was written; choose another id"
            ));
        }
        Err(Refusal::Mistakes(found, sources)) => {
            terminal.diagnostics(&book, &found, &sources);
            return Err("nothing was written, because of what stands above".to_owned());
        }
    };
    create::create_files(dir, &draft.created).map_err(|it| it.to_string())?;
    let changed: Vec<_> = draft
        .changed
        .iter()
        .map(|(path, text)| (path.clone(), text.clone().into_bytes()))
        .collect();
    create::write_files(dir, &changed).map_err(|it| it.to_string())?;
    report(&book, &draft, terminal);
    Ok(Outcome::Clean)
}

/// A copy of a built-in file of the theme, which carries the digest of what it was copied from.
fn theme_file(name: &str, dir: Option<&Path>, terminal: &Terminal) -> Result<Outcome, Failure> {
    let book = Book::find(dir);
    let name = name.strip_prefix("theme/").unwrap_or(name);
    let copy = draft::theme_file(name)?;
    let path = format!("theme/{name}");
    if book.sources()?.bytes(&path).is_some() {
        let path = book.shown(&path);
        return Err(format!(
            "{path} is there already: nothing was written; move it aside first"
        ));
    }
    create::create_files(&book.dir, &[(path.clone(), copy)]).map_err(|it| it.to_string())?;
    Terminal::result(&format!("{}\n", book.shown(&path)));
    terminal.say("Copied the built-in file. Change it, keep its first line, and delete it again if one block is enough: `controlbook manual theme`.");
    Ok(Outcome::Clean)
}

/// The files made, as the result; what else was done and what is left, as words.
fn report(book: &Book, draft: &Draft, terminal: &Terminal) {
    let made: Vec<_> = draft.created.iter().map(|(it, _)| book.shown(it)).collect();
    Terminal::result(&format!("{}\n", made.join("\n")));
    for (path, _) in &draft.changed {
        terminal.whisper(&format!("a line more in {}", book.shown(path)));
    }
    let changed = match draft.changed.len() {
        0 => String::new(),
        count => format!(" and added a line to {}", counted(count, "measure")),
    };
    terminal.say(&format!(
        "Made {}{changed}. Next: `{}` names {} that only you can fill.",
        counted(draft.created.len(), "file"),
        book.command("check"),
        counted(draft.gaps, "gap"),
    ));
    let schemas = book.shown("schemas");
    if !book.dir.join("schemas").is_dir() {
        terminal.say(&format!(
            "The first line of a YAML file names its schema for editors: `controlbook schema -d {schemas}` writes them."
        ));
    }
}
