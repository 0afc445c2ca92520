//! Drafts the files of a new record, and the changes that it needs in other files.
//!
//! Entry: [`draft`]. Invariant: a draft has been checked as part of its book; nothing is written to disk.

mod framework;
mod measure;
mod page;
mod skeleton;
mod theme_file;
mod use_case;

use std::collections::BTreeSet;

use crate::catalogue::link::ParsedFile;
use crate::catalogue::rules::invalid_id;
use crate::check::missing_relevance;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::{self, CheckedBook, Options, ParseCache};
use crate::schema::Record;
use crate::source::{SourceLocation, SourcePath, Sources, Span};
use skeleton::scalar;
pub use theme_file::theme_file;

/// The kind of record to draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A measure in a group. Default: the first group.
    Measure {
        /// The group's id.
        group: Option<String>,
    },
    /// A use case, with a gap for it in every measure.
    UseCase,
    /// A framework with its first chapter and a set of mappings.
    Framework,
    /// A page of the guide. Its id may contain folders.
    Page,
}

/// The files of a new record.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// New files, as path and text.
    pub created: Vec<(String, String)>,
    /// Existing files that get another line, as path and new text.
    pub changed: Vec<(String, String)>,
    /// The number of additional diagnostics in the book: gaps that only the author can fill.
    pub gaps: usize,
}

/// Why nothing was drafted.
#[derive(Debug, Clone)]
pub enum Refusal {
    /// A file of the record exists; its path.
    FileExists(String),
    /// The errors in `book.toml`, or in the book with the record; and the sources that they refer to.
    Mistakes(Vec<Diagnostic>, Box<Sources>),
}

/// What the drafts need to know about the book.
struct DraftContext<'a> {
    sources: &'a Sources,
    book: &'a CheckedBook,
    records: Vec<(SourcePath, std::sync::Arc<ParsedFile>)>,
    /// The content folder, with a trailing slash.
    content: String,
}

/// Drafts a record.
///
/// # Errors
/// An existing or invalid id, and any other error that the record would cause in the book.
pub fn draft(sources: &Sources, wanted: &Wanted, id: &str) -> Result<Draft, Refusal> {
    // The content folder and the rules are known only if `book.toml` is valid.
    let mistakes = Config::parse(sources).diagnostics;
    if !mistakes.is_empty() {
        return Err(Refusal::Mistakes(mistakes, Box::new(sources.clone())));
    }
    let mut cache = ParseCache::default();
    let before = pipeline::load(sources, &Options::default(), &mut cache).book;
    let content = before.config.content_dir();
    let records = pipeline::parse(sources, &content, &mut cache).value.parsed;
    let context = DraftContext {
        sources,
        book: &before,
        records: records.into_iter().collect(),
        content,
    };
    let mut draft = match wanted {
        Wanted::Measure { group } => measure::draft(&context, id, group.as_deref()),
        Wanted::UseCase => use_case::draft(&context, id),
        Wanted::Framework => framework::draft(&context, id),
        Wanted::Page => page::draft(&context, id),
    };
    let parts: Vec<_> = match wanted {
        Wanted::Page => id.split('/').collect(),
        _ => vec![id],
    };
    if !parts.into_iter().all(invalid_id::is_valid) {
        return Err(invalid_id_refusal(sources, &draft, id));
    }
    if let Some((path, _)) = draft
        .created
        .iter()
        .find(|(path, _)| file_exists(sources, path))
    {
        return Err(Refusal::FileExists(path.clone()));
    }
    let mut after = sources.clone();
    for (path, text) in draft.created.iter().chain(&draft.changed) {
        after.insert(path.as_str(), text.as_bytes());
    }
    let found = pipeline::load(&after, &Options::default(), &mut cache)
        .book
        .diagnostics;
    let (errors, gaps) = new_diagnostics(&before.diagnostics, found);
    if !errors.is_empty() {
        return Err(Refusal::Mistakes(errors, Box::new(after)));
    }
    draft.gaps = gaps;
    Ok(draft)
}

/// Whether a file has this path, ignoring case, as some file systems do.
fn file_exists(sources: &Sources, path: &str) -> bool {
    let wanted = path.to_lowercase();
    sources.iter().any(|(it, _)| it.to_lowercase() == wanted)
        || sources.refused().any(|(it, _)| it.to_lowercase() == wanted)
}

/// The diagnostic of an invalid id, at its location in the file that would have been created.
fn invalid_id_refusal(sources: &Sources, draft: &Draft, id: &str) -> Refusal {
    let mut after = sources.clone();
    let mut diagnostics = Vec::new();
    if let Some((path, text)) = draft.created.first() {
        let start = text.find(&scalar(id)).unwrap_or_default();
        let location = SourceLocation {
            path: path.as_str().into(),
            span: Span::new(start, start + scalar(id).len()),
        };
        diagnostics.push(invalid_id::report(&location, id));
        after.insert(path.as_str(), text.as_bytes());
    }
    Refusal::Mistakes(diagnostics, Box::new(after))
}

/// The new errors, and the number of other new diagnostics. Rules that only warn count as gaps, and so does a missing relevance,
/// which remains if the file of a measure could not be extended.
fn new_diagnostics(before: &[Diagnostic], after: Vec<Diagnostic>) -> (Vec<Diagnostic>, usize) {
    let key = |it: &Diagnostic| (it.path.to_string(), it.rule.code, it.message.clone());
    let known: BTreeSet<_> = before.iter().map(key).collect();
    let (errors, gaps): (Vec<_>, Vec<_>) = after
        .into_iter()
        .filter(|it| !known.contains(&key(it)))
        .partition(|it| it.rule.severity == Severity::Error && it.rule != &missing_relevance::RULE);
    (errors, gaps.len())
}

impl DraftContext<'_> {
    /// The path of a file of the content.
    fn path(&self, relative: &str) -> String {
        format!("{}{relative}", self.content)
    }

    /// All records as written, before linking.
    fn parsed_records(&self) -> impl Iterator<Item = &Record> {
        self.records.iter().map(|(_, it)| &it.record)
    }
}
