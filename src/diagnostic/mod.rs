//! Diagnostics: a rule, a location, a message, the nearest right answer, and the edit that writes it.
//!
//! Entry: [`Diagnostic`], built by a rule's file and collected in [`Checked`].
//! Invariant: nothing here knows which rules exist.

mod fix;
pub mod github;
pub mod human;
pub mod json;
mod rule;
pub mod sarif;
pub mod short;
mod suggest;

use std::cmp::Ordering;

use crate::natural;
use crate::source::{SourceLocation, SourcePath, Sources, Span};
pub use fix::{Certainty, Edit, visible};
use fix::{Change, Remedy};
pub use rule::{Example, Good, Rule};
use suggest::Near;
pub use suggest::{around, is_spelt_like, nearest};

/// The severity of a mistake.
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
    /// The name in `book.toml` and in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

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
    /// What the rule knows of the right text.
    remedy: Option<Remedy>,
    /// The edit of the file that mends it, where the right text is known.
    pub fix: Option<Edit>,
}

/// Another place that takes part in a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where it is.
    pub place: SourceLocation,
    /// What stands there, in a few words.
    pub words: String,
}

/// Maximum number of known ids to list if none is near.
const FEW: usize = 8;

impl Diagnostic {
    /// A mistake at a place.
    #[must_use]
    pub fn new(rule: &'static Rule, place: &SourceLocation, message: impl Into<String>) -> Self {
        Self {
            span: Some(place.span),
            ..Self::of_file(rule, &place.path, message)
        }
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
            remedy: None,
            fix: None,
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

    /// Adds `did you mean …?` where an answer is near. It is certain where it differs from the wrong one in its spelling only.
    #[must_use]
    pub fn suggest<'a>(
        self,
        wrong: &str,
        known: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        self.suggest_behind("", wrong, known)
    }

    /// The same for a name that stands behind a sign, such as `#`, by which it is found in the marked text.
    #[must_use]
    pub fn suggest_behind<'a>(
        self,
        sign: &str,
        wrong: &str,
        known: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let Some(near) = suggest::near(wrong, known) else {
            return self;
        };
        let certainty = certain_if(near.is_respelling);
        self.did_you_mean(sign, wrong, &near, certainty)
    }

    /// The same for a word of a closed list, where it is also certain if one letter is wrong and no other word is near.
    #[must_use]
    pub fn suggest_word<'a>(
        self,
        wrong: &str,
        known: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let Some(near) = suggest::near(wrong, known) else {
            return self;
        };
        let certainty = certain_if(near.is_respelling || near.is_slip);
        self.did_you_mean("", wrong, &near, certainty)
    }

    fn did_you_mean(self, sign: &str, wrong: &str, near: &Near<'_>, certainty: Certainty) -> Self {
        let right = near.word;
        let question = match near.title {
            "" => format!("did you mean `{right}`?"),
            title => format!("did you mean `{right}`, {title}?"),
        };
        let (wrong, right) = (format!("{sign}{wrong}"), format!("{sign}{right}"));
        self.help(question).mends_word(&wrong, &right, certainty)
    }

    /// Says which word is right in place of the wrong one, which the mark holds as it is written.
    #[must_use]
    pub fn mends_word(self, wrong: &str, right: &str, certainty: Certainty) -> Self {
        let (wrong, right) = (wrong.to_owned(), right.to_owned());
        self.mends(Change::Word { wrong, right }, certainty)
    }

    /// Says what to write in place of all that is marked.
    #[must_use]
    pub fn mends_whole(self, text: impl Into<String>, certainty: Certainty) -> Self {
        self.mends(Change::Whole(text.into()), certainty)
    }

    /// Says what to write before and behind the mark, and what to take from its beginning.
    #[must_use]
    pub fn mends_wrapped(
        self,
        without: &'static str,
        before: &'static str,
        after: &'static str,
        certainty: Certainty,
    ) -> Self {
        let change = Change::Wrapped {
            without,
            before,
            after,
        };
        self.mends(change, certainty)
    }

    /// Says that the line of the mark may go; whether it should is for its author to say.
    #[must_use]
    pub fn mends_without_line(self) -> Self {
        self.mends(Change::NoLine, Certainty::Suggested)
    }

    /// Says that the item of a list may go; whether it should is for its author to say.
    #[must_use]
    pub fn mends_without_item(self) -> Self {
        self.mends(Change::NoItem, Certainty::Suggested)
    }

    fn mends(mut self, change: Change, certainty: Certainty) -> Self {
        self.remedy = Some(Remedy { change, certainty });
        self
    }

    /// Says that the right text is not known after all.
    #[must_use]
    pub fn mends_nothing(mut self) -> Self {
        self.remedy = None;
        self
    }

    /// Writes the fix, now that the text is at hand.
    pub(crate) fn write_fix(&mut self, sources: &Sources) {
        let text = sources.text(&self.path).zip(self.span);
        let remedy = self.remedy.as_ref().zip(text);
        self.fix = remedy.and_then(|(remedy, (text, span))| remedy.edit(text, span));
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
    pub fn related(mut self, place: &SourceLocation, words: impl Into<String>) -> Self {
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

    /// The identity of a diagnostic: path, offset, code, message.
    #[must_use]
    pub fn sort_key(&self) -> (&str, usize, &str, &str) {
        let at = self.span.map_or(0, |span| span.start);
        (&self.path, at, self.rule.code, &self.message)
    }
}

/// Certain, or suggested.
#[must_use]
pub fn certain_if(certain: bool) -> Certainty {
    if certain {
        Certainty::Certain
    } else {
        Certainty::Suggested
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
