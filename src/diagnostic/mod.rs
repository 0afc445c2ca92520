//! What is wrong in a book, as values: a rule, a place, a sentence, the nearest right answer.
//!
//! Entry: [`Diagnostic`], built by a rule's file and collected in [`Checked`].
//! Invariant: nothing here knows which rules exist.

pub mod github;
pub mod human;
pub mod json;
pub mod sarif;
pub mod short;
mod suggest;

use std::cmp::Ordering;

use crate::natural;
use crate::source::{Place, SourcePath, Span};
pub use suggest::{around, nearest};

/// How much a mistake weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Not reported.
    Off,
    /// Reported; the site is built.
    Warning,
    /// Reported; nothing is written.
    Error,
}

impl Severity {
    /// The word that an author reads and writes.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A kind of mistake: its name and its manual.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case words that name the problem; permanent.
    pub code: &'static str,
    /// The weight unless `book.toml` says otherwise.
    pub severity: Severity,
    /// What the mistake is and how to mend it: the rule's page in the manual, in Markdown.
    pub explain: &'static str,
    /// Files, laid over the starter book, that show the mistake; the text marked by it.
    pub bad: Example,
    /// The same without the mistake.
    pub good: &'static [(&'static str, &'static str)],
}

impl Rule {
    /// The first sentence of the manual.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        let end = self
            .explain
            .find(". ")
            .map_or(self.explain.len(), |at| at + 1);
        &self.explain[..end]
    }
}

/// Files that show a mistake.
#[derive(Debug)]
pub struct Example {
    /// Path → text, laid over the starter book. An empty text takes the file away.
    pub files: &'static [(&'static str, &'static str)],
    /// The path that the diagnostic names.
    pub path: &'static str,
    /// The text that the diagnostic marks; empty where it has no range.
    pub marks: &'static str,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}

/// A mistake at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// The weight, after `book.toml`.
    pub severity: Severity,
    /// The file.
    pub path: SourcePath,
    /// The range in it; none if the mistake is of the whole file, or of one that is absent.
    pub span: Option<Span>,
    /// What is wrong, in a sentence.
    pub message: String,
    /// A few words under the caret.
    pub label: String,
    /// What to do, the nearest right answer first.
    pub help: Vec<String>,
    /// The record that the mistake is about, by which `book.toml` can except it.
    pub subject: String,
    /// Other places that take part in it.
    pub related: Vec<Related>,
}

/// Another place that takes part in a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where it is.
    pub place: Place,
    /// What stands there, in a few words.
    pub words: String,
}

/// So many known ids are named where none is near.
const FEW: usize = 8;

impl Diagnostic {
    /// A mistake at a place.
    #[must_use]
    pub fn at(rule: &'static Rule, place: &Place, message: impl Into<String>) -> Self {
        let mut it = Self::of_file(rule, &place.path, message);
        it.span = Some(place.span);
        it
    }

    /// A mistake of a whole file.
    #[must_use]
    pub fn of_file(rule: &'static Rule, path: &SourcePath, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            path: path.clone(),
            span: None,
            message: message.into(),
            label: String::new(),
            help: Vec::new(),
            subject: String::new(),
            related: Vec::new(),
        }
    }

    /// Adds the words under the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds a line of help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds `did you mean …?` where an answer is near.
    #[must_use]
    pub fn suggest<'a>(
        self,
        wrong: &str,
        known: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        match nearest(wrong, known) {
            Some((right, "")) => self.help(format!("did you mean `{right}`?")),
            Some((right, title)) => self.help(format!("did you mean `{right}`, {title}?")),
            None => self,
        }
    }

    /// Adds `did you mean …?` for an id; where none is near, what stands there instead.
    #[must_use]
    pub fn suggest_id<'a>(
        self,
        wrong: &str,
        known: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let known: Vec<_> = known.into_iter().collect();
        if nearest(wrong, known.iter().copied()).is_some() {
            return self.suggest(wrong, known);
        }
        if let Some(words) = around(wrong, known.iter().copied()) {
            return self.help(words);
        }
        let mut ids: Vec<_> = known.iter().map(|(id, _)| format!("`{id}`")).collect();
        ids.sort_by(|a, b| natural::compare(a, b));
        ids.dedup();
        if (1..=FEW).contains(&ids.len()) {
            return self.help(format!("known here: {}", ids.join(", ")));
        }
        self
    }

    /// Names the record that the mistake is about.
    #[must_use]
    pub fn subject(mut self, id: impl Into<String>) -> Self {
        self.subject = id.into();
        self
    }

    /// Names another place that takes part in the mistake.
    #[must_use]
    pub fn related(mut self, place: &Place, words: impl Into<String>) -> Self {
        self.related.push(Related {
            place: place.clone(),
            words: words.into(),
        });
        self
    }

    /// Compares two in the order of reports: paths as readers count, then offset and code.
    #[must_use]
    pub fn in_order(&self, other: &Self) -> Ordering {
        let paths = natural::compare(&self.path, &other.path);
        paths.then_with(|| self.sort_key().cmp(&other.sort_key()))
    }

    /// What tells a report from others: path, offset, code, message.
    #[must_use]
    pub fn sort_key(&self) -> (&str, usize, &str, &str) {
        let at = self.span.map_or(0, |span| span.start);
        (&self.path, at, self.rule.code, &self.message)
    }
}

/// A value with the mistakes that were found on the way to it.
#[derive(Debug, Clone, Default)]
pub struct Checked<T> {
    /// The value; what was mistaken is left out of it.
    pub value: T,
    /// The mistakes.
    pub diagnostics: Vec<Diagnostic>,
}

/// Line and column of an offset in a text, both from 1; columns count characters.
#[must_use]
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let (line, before) = line_before(text, offset);
    (line, before.chars().count() + 1)
}

/// The number of the line of an offset, from 1, and what stands before it on that line.
fn line_before(text: &str, offset: usize) -> (usize, &str) {
    let mut end = offset.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (line, &before[start..])
}

/// A path of the book with the book's own folder before it; an empty `base` is this folder.
fn from_base(base: &str, path: &str) -> String {
    if base.is_empty() {
        path.to_owned()
    } else {
        format!("{base}/{path}")
    }
}
