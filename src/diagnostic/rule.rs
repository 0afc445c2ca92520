//! A kind of mistake: its name, its weight, its manual and its examples.
//!
//! Entry: [`Rule`].

use std::borrow::Cow;

use super::Severity;

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
    pub good: Good,
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

    /// The files of the example without the mistake.
    #[must_use]
    pub fn good_files(&self) -> Vec<(&'static str, Cow<'static, str>)> {
        let (old, new) = match self.good {
            Good::Files(files) => {
                let files = files.iter().map(|(path, text)| (*path, (*text).into()));
                return files.collect();
            }
            Good::Change(old, new) => (old, new),
        };
        let mended = |path: &str, text: &'static str| {
            if path == self.bad.path {
                Cow::from(text.replacen(old, new, 1))
            } else {
                Cow::from(text)
            }
        };
        let files = self.bad.files.iter();
        files
            .map(|(path, text)| (*path, mended(path, text)))
            .collect()
    }
}

/// Files without a mistake.
#[derive(Debug)]
pub enum Good {
    /// Those that show it, with a text in the file that the diagnostic names replaced by another.
    Change(&'static str, &'static str),
    /// Files laid over the starter book.
    Files(&'static [(&'static str, &'static str)]),
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
