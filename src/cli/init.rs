//! `controlbook init`.

use std::path::{Path, PathBuf};

use clap::Args;
use include_dir::{Dir, include_dir};

use super::book::Book;
use super::terminal::{Terminal, counted, thousands};
use super::{Failure, Outcome, schema};
use crate::config::{BOOK_TOML, Config};
use crate::host::{create, folder};
use crate::source::Sources;

/// The smallest real book: it builds without a diagnostic.
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter");

/// The file with what git ignores, and its content.
const GITIGNORE: &str = ".gitignore";
const IGNORED: &str = "public/";

/// The starter book as a book in memory, on which the manual shows its examples.
pub(super) fn starter() -> Sources {
    let mut files = Vec::new();
    collect(&STARTER, &mut files);
    files.retain(|(path, _)| path == BOOK_TOML || path.starts_with("content/"));
    files.into_iter().collect()
}

#[derive(Args)]
pub(super) struct Arguments {
    /// The folder; by default this one.
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// Without the sample: settings and a home page alone, for `controlbook new`.
    #[arg(long)]
    empty: bool,
    /// The name of the site; by default that of the folder.
    #[arg(long, requires = "empty", value_parser = parse_title)]
    title: Option<String>,
}

/// Parses a title, which is one line.
fn parse_title(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    if text.is_empty() || text.contains(char::is_control) {
        return Err("name the site in one line");
    }
    Ok(text.to_owned())
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Failure> {
    let dir = &arguments.dir;
    let existing = create::entry_names(dir).map_err(|it| it.to_string())?;
    let mut files = Vec::new();
    collect(&STARTER, &mut files);
    if arguments.empty {
        let title = arguments.title.clone();
        files = empty_book(&files, &title.unwrap_or_else(|| title_from_folder(dir)));
    }
    files.push((GITIGNORE.to_owned(), format!("{IGNORED}\n").into_bytes()));
    files.extend(
        schema::files()
            .into_iter()
            .map(|(name, bytes)| (format!("schemas/{name}"), bytes)),
    );
    // A repository may have a README and a `.gitignore` already; both are kept.
    let is_readme = |it: &str| it.to_lowercase().starts_with("readme");
    if existing.iter().any(|it| is_readme(it)) {
        files.retain(|(path, _)| !is_readme(path));
    }
    let keeps_ignored = existing.iter().any(|it| it == GITIGNORE);
    files.retain(|(path, _)| !(keeps_ignored && path == GITIGNORE));
    let taken = create::conflicts(dir, &files);
    if let [first, rest @ ..] = taken.as_slice() {
        let more = match rest.len() {
            0 => String::new(),
            count => format!(", and {} more", thousands(count)),
        };
        return Err(format!(
            "{} is there already{more}: nothing was written; move it aside, or begin the book in another folder",
            dir.join(first)
                .strip_prefix(".")
                .unwrap_or(&dir.join(first))
                .display()
        ));
    }
    create::create_files(dir, &files).map_err(|it| it.to_string())?;
    let place = if dir == Path::new(".") {
        "this folder".to_owned()
    } else {
        dir.display().to_string()
    };
    let book = Book::find(Some(dir));
    let next = if arguments.empty {
        format!("`{} ID`", command(dir, "new measure"))
    } else {
        format!("`{}`, then edit content/measures/", book.command("build"))
    };
    terminal.say(&format!(
        "Began a book of {} in {place}. Next: {next}.",
        counted(files.len(), "file")
    ));
    if keeps_ignored {
        terminal.say(&format!(
            "{GITIGNORE} stays as it is: `{IGNORED}` belongs into it, since the site is made from the rest."
        ));
    }
    Ok(Outcome::Clean)
}

/// A command that takes an id before the folder, as the user would type it.
fn command(dir: &Path, verb: &str) -> String {
    if dir == Path::new(".") {
        format!("controlbook {verb}")
    } else {
        format!("cd {} && controlbook {verb}", dir.display())
    }
}

/// A title from the name of a folder: `city-controls` is `City controls`.
fn title_from_folder(dir: &Path) -> String {
    let real = folder::resolve(dir).unwrap_or_default();
    let name = real.file_name().map(|it| it.to_string_lossy());
    let words = name.unwrap_or_default().replace(['-', '_'], " ");
    let mut signs = words.trim().chars();
    match signs.next() {
        Some(first) if !words.contains(char::is_control) => {
            first.to_uppercase().chain(signs).collect()
        }
        _ => Config::default().book.title,
    }
}

/// The files of a book without records: the settings of the starter book under another title, and a home page.
fn empty_book(starter: &[(String, Vec<u8>)], title: &str) -> Vec<(String, Vec<u8>)> {
    let quoted = serde_json::to_string(title).expect("a text is always JSON");
    let text = |wanted: &str| {
        let file = starter.iter().find(|(path, _)| path == wanted);
        String::from_utf8_lossy(file.map_or(&[], |(_, it)| it.as_slice())).into_owned()
    };
    let settings = text(BOOK_TOML).lines().fold(String::new(), |out, line| {
        let key = line.split(" =").next().unwrap_or_default();
        out + &match key {
            "title" => format!("title = {quoted}"),
            "description" => "# In a sentence, what the site is.\n# description = \"\"".to_owned(),
            "authors" => "# Who is answerable for the text.\n# authors = [\"\"]".to_owned(),
            "notice" => "# notice = \"An internal working aid.\"".to_owned(),
            "instruments" => "instruments = []".to_owned(),
            "measures" => "# measures = 10".to_owned(),
            _ => line.to_owned(),
        } + "\n"
    });
    let readme =
        text("README.md")
            .replace("ACME-02", "ID")
            .lines()
            .fold(String::new(), |out, line| {
                out + &if line.starts_with("# ") {
                    format!("# {title}")
                } else {
                    line.replace(
                        " Everything in it is invented; put your own in its place.",
                        "",
                    )
                } + "\n"
            });
    let home = format!(
        "---\ntitle: {quoted}\nsummary: A catalogue of measures, with what each asks for and what it answers.\n---\n"
    );
    [
        (BOOK_TOML, settings),
        ("README.md", readme),
        ("content/index.md", home),
    ]
    .map(|(path, text)| (path.to_owned(), text.into_bytes()))
    .to_vec()
}

fn collect(dir: &Dir<'_>, files: &mut Vec<(String, Vec<u8>)>) {
    for file in dir.files() {
        if let Some(path) = file.path().to_str() {
            files.push((path.replace('\\', "/"), file.contents().to_vec()));
        }
    }
    dir.dirs().for_each(|it| collect(it, files));
}
