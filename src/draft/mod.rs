//! A new record: the files that it begins with, and what others need to lead to it.
//!
//! Entry: [`draft`]. Invariant: what is drafted has been read and checked as a part of its book; nothing touches the disk.

mod framework;
mod measure;
mod page;
mod skeleton;
mod theme_file;
mod use_case;

use std::collections::BTreeSet;

use crate::catalogue::link::Filed;
use crate::catalogue::rules::invalid_id;
use crate::check::missing_relevance;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::{self, CheckedBook, Options, ParseCache};
use crate::schema::Record;
use crate::source::{SourceLocation, SourcePath, Sources, Span};
use skeleton::scalar;
pub use theme_file::theme_file;

/// What is to be begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A measure, in a group; by default in the first.
    Measure {
        /// The group's id.
        group: Option<String>,
    },
    /// A use case, with a gap for it in every measure.
    UseCase,
    /// A framework with its first chapter, and the set for its mappings.
    Framework,
    /// A page of the guide; its id may name folders.
    Page,
}

/// The files of a new record.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Files that are made, with their text.
    pub made: Vec<(String, String)>,
    /// Files that get a line more, with their new text.
    pub changed: Vec<(String, String)>,
    /// How many diagnostics the book has more with it: what only the author can write.
    pub gaps: usize,
}

/// Why nothing can be begun.
#[derive(Debug, Clone)]
pub enum Refusal {
    /// A file of the record is there.
    Taken(String),
    /// `book.toml` has these errors, or the book would; the sources are those with the record.
    Mistakes(Vec<Diagnostic>, Box<Sources>),
}

/// The book as the skeletons see it.
struct Desk<'a> {
    sources: &'a Sources,
    book: &'a CheckedBook,
    records: Vec<(SourcePath, std::sync::Arc<Filed>)>,
    /// The content folder, with a slash at its end.
    content: String,
}

/// Drafts a record.
///
/// # Errors
/// An id that is taken or can't be one, and whatever else would be an error in the book.
pub fn draft(sources: &Sources, wanted: &Wanted, id: &str) -> Result<Draft, Refusal> {
    // Where the content is, and what may stand in it, is known only when `book.toml` can be read.
    let settings = Config::parse(sources).diagnostics;
    if !settings.is_empty() {
        return Err(Refusal::Mistakes(settings, Box::new(sources.clone())));
    }
    let mut cache = ParseCache::default();
    let before = pipeline::load(sources, &Options::default(), &mut cache).book;
    let content = before.config.content_dir();
    let records = pipeline::parse(sources, &content, &mut cache).value.parsed;
    let desk = Desk {
        sources,
        book: &before,
        records: records.into_iter().collect(),
        content,
    };
    let mut draft = match wanted {
        Wanted::Measure { group } => measure::draft(&desk, id, group.as_deref()),
        Wanted::UseCase => use_case::draft(&desk, id),
        Wanted::Framework => framework::draft(&desk, id),
        Wanted::Page => page::draft(&desk, id),
    };
    let parts: Vec<_> = match wanted {
        Wanted::Page => id.split('/').collect(),
        _ => vec![id],
    };
    if !parts.into_iter().all(invalid_id::sound) {
        return Err(unsound(sources, &draft, id));
    }
    if let Some((path, _)) = draft.made.iter().find(|(it, _)| there(sources, it)) {
        return Err(Refusal::Taken(path.clone()));
    }
    let mut after = sources.clone();
    for (path, text) in draft.made.iter().chain(&draft.changed) {
        after.insert(path.as_str(), text.as_bytes());
    }
    let found = pipeline::load(&after, &Options::default(), &mut cache)
        .book
        .diagnostics;
    let (errors, gaps) = more(&before.diagnostics, found);
    if !errors.is_empty() {
        return Err(Refusal::Mistakes(errors, Box::new(after)));
    }
    draft.gaps = gaps;
    Ok(draft)
}

/// Whether a file has this path, in whatever capitals: on some disks it would be the same file.
fn there(sources: &Sources, path: &str) -> bool {
    let wanted = path.to_lowercase();
    sources.iter().any(|(it, _)| it.to_lowercase() == wanted)
        || sources.refused().any(|(it, _)| it.to_lowercase() == wanted)
}

/// The id's own diagnostic, at its place in the file that is not made.
fn unsound(sources: &Sources, draft: &Draft, id: &str) -> Refusal {
    let mut after = sources.clone();
    let mut found = Vec::new();
    if let Some((path, text)) = draft.made.first() {
        let at = text.find(&scalar(id)).unwrap_or_default();
        let place = SourceLocation {
            path: path.as_str().into(),
            span: Span::new(at, at + scalar(id).len()),
        };
        found.push(invalid_id::at(&place, id));
        after.insert(path.as_str(), text.as_bytes());
    }
    Refusal::Mistakes(found, Box::new(after))
}

/// The errors that were not there before, and how many diagnostics of other kinds: a rule that warns by itself
/// stands for what only the author can write, and so does the weight of a measure whose file could not be added to.
fn more(before: &[Diagnostic], after: Vec<Diagnostic>) -> (Vec<Diagnostic>, usize) {
    let key = |it: &Diagnostic| (it.path.to_string(), it.rule.code, it.message.clone());
    let known: BTreeSet<_> = before.iter().map(key).collect();
    let (errors, gaps): (Vec<_>, Vec<_>) = after
        .into_iter()
        .filter(|it| !known.contains(&key(it)))
        .partition(|it| it.rule.severity == Severity::Error && it.rule != &missing_relevance::RULE);
    (errors, gaps.len())
}

impl Desk<'_> {
    /// The path of a file of the content.
    fn path(&self, relative: &str) -> String {
        format!("{}{relative}", self.content)
    }

    /// Each record as it is written.
    fn written(&self) -> impl Iterator<Item = &Record> {
        self.records.iter().map(|(_, it)| &it.record)
    }
}
