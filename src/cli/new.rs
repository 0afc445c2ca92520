//! `controlbook new`.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::book::Book;
use super::terminal::{Terminal, counted};
use super::{Failure, Outcome};
use crate::draft::{self, Draft, Refusal, Wanted};
use crate::host::create;

#[derive(Subcommand)]
pub(super) enum Command {
    /// A measure with its guidance.
    Measure {
        #[command(flatten)]
        record: RecordArguments,
        /// The group that it belongs to; by default the first.
        #[arg(long)]
        group: Option<String>,
    },
    /// A use case with its prose, and a line for it in every measure.
    UseCase {
        #[command(flatten)]
        record: RecordArguments,
    },
    /// A framework with its first chapter, and the set for its mappings.
    Framework {
        #[command(flatten)]
        record: RecordArguments,
    },
    /// A page of the guide; its id may name folders: `cloud/exit`.
    Page {
        #[command(flatten)]
        record: RecordArguments,
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
pub(super) struct RecordArguments {
    /// The permanent identifier, from which the files take their name.
    id: String,
    /// The folder of `book.toml`; by default this one, or the nearest above it that has one.
    dir: Option<PathBuf>,
}

pub(super) fn run(command: &Command, terminal: &Terminal) -> Result<Outcome, Failure> {
    let (wanted, record) = match command {
        Command::Measure { record, group } => {
            let group = group.clone();
            (Wanted::Measure { group }, record)
        }
        Command::UseCase { record } => (Wanted::UseCase, record),
        Command::Framework { record } => (Wanted::Framework, record),
        Command::Page { record } => (Wanted::Page, record),
        Command::ThemeFile { name, dir } => return theme_file(name, dir.as_deref(), terminal),
    };
    let book = Book::find(record.dir.as_deref());
    let dir = &book.dir;
    let sources = book.sources()?;
    let draft = match draft::draft(&sources, &wanted, &record.id) {
        Ok(draft) => draft,
        Err(Refusal::FileExists(path)) => {
            let path = book.display_path(&path);
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

/// Copies a built-in file of the theme; its first line holds the digest of the original.
fn theme_file(name: &str, dir: Option<&Path>, terminal: &Terminal) -> Result<Outcome, Failure> {
    let book = Book::find(dir);
    let name = name.strip_prefix("theme/").unwrap_or(name);
    let copy = draft::theme_file(name)?;
    let path = format!("theme/{name}");
    if book.sources()?.bytes(&path).is_some() {
        let path = book.display_path(&path);
        return Err(format!(
            "{path} is there already: nothing was written; move it aside first"
        ));
    }
    create::create_files(&book.dir, &[(path.clone(), copy)]).map_err(|it| it.to_string())?;
    Terminal::result(&format!("{}\n", book.display_path(&path)));
    terminal.say("Copied the built-in file. Change it, keep its first line, and delete it again if one block is enough: `controlbook manual theme`.");
    Ok(Outcome::Clean)
}

/// Prints the new files as the result, and the rest as messages.
fn report(book: &Book, draft: &Draft, terminal: &Terminal) {
    let created: Vec<_> = draft
        .created
        .iter()
        .map(|(it, _)| book.display_path(it))
        .collect();
    Terminal::result(&format!("{}\n", created.join("\n")));
    for (path, _) in &draft.changed {
        terminal.detail(&format!("a line more in {}", book.display_path(path)));
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
    let schemas = book.display_path("schemas");
    if !book.dir.join("schemas").is_dir() {
        terminal.say(&format!(
            "The first line of a YAML file names its schema for editors: `controlbook schema -d {schemas}` writes them."
        ));
    }
}
