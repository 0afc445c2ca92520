//! A book in memory: the starter book with files replaced or added.
//!
//! Entry: [`Book::starter`]. Invariant: each test has a book of its own; nothing touches the disk.

use controlbook::diagnostic::short;
use controlbook::pipeline::{self, Built, CheckedBook, Options, ParseCache};
use controlbook::source::{Refusal, Sources};
use include_dir::{Dir, include_dir};

/// The book that `controlbook init` writes. The fuzzer is a package of its own, a folder deeper.
#[cfg(not(fuzzing))]
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter");
#[cfg(fuzzing)]
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../src/cli/starter");

/// The book of a test, built step by step.
#[must_use]
#[derive(Debug, Clone)]
pub struct Book {
    /// Its files.
    pub sources: Sources,
}

impl Book {
    /// The starter book as it is.
    pub fn starter() -> Self {
        let mut book = Self {
            sources: Sources::default(),
        };
        book.add(&STARTER);
        book
    }

    fn add(&mut self, folder: &Dir<'_>) {
        for file in folder.files() {
            let path = file.path().to_str().expect("the starter's names are UTF-8");
            // Of the top level, a build reads `book.toml` only.
            if path == "README.md" {
                continue;
            }
            self.sources.insert(path, file.contents());
        }
        for below in folder.dirs() {
            self.add(below);
        }
    }

    /// Adds or replaces a file; an empty text removes it.
    pub fn with(self, path: &str, text: &str) -> Self {
        self.with_bytes(path, text.as_bytes())
    }

    /// Adds or replaces files.
    pub fn with_all(self, files: &[(&str, &str)]) -> Self {
        files
            .iter()
            .fold(self, |book, (path, text)| book.with(path, text))
    }

    /// Adds or replaces a file that need not be text; no bytes remove it.
    pub fn with_bytes(mut self, path: &str, bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            self.sources.remove(path);
        } else {
            self.sources.insert(path, bytes);
        }
        self
    }

    /// Replaces the only occurrence of `old` in a file.
    pub fn change(self, path: &str, old: &str, new: &str) -> Self {
        let text = self.text(path);
        assert_eq!(text.matches(old).count(), 1, "`{old}` in {path}");
        let text = text.replace(old, new);
        self.with(path, &text)
    }

    /// Changes the text of every file.
    pub fn map(mut self, change: impl Fn(&str) -> String) -> Self {
        for path in self.paths() {
            let text = change(self.text(&path));
            self = self.with(&path, &text);
        }
        self
    }

    /// Makes a file one that exists and can't be read.
    pub fn refuse(mut self, path: &str, why: Refusal) -> Self {
        self.sources.remove(path);
        self.sources.refuse(path, why);
        self
    }

    /// Every path.
    pub fn paths(&self) -> Vec<String> {
        self.sources
            .iter()
            .map(|(path, _)| path.to_string())
            .collect()
    }

    /// A file's text.
    pub fn text(&self, path: &str) -> &str {
        self.sources
            .text(path)
            .expect("the book has this file as text")
    }

    /// Checks the book, without a cache.
    pub fn read(&self) -> CheckedBook {
        pipeline::check(&self.sources, &mut ParseCache::default())
    }

    /// Builds the book without a cache, and asserts that a check reports the same.
    pub fn build(&self) -> Built {
        let built = pipeline::build(
            &self.sources,
            &Options::default(),
            &mut ParseCache::default(),
        );
        let checked = pipeline::check(&self.sources, &mut ParseCache::default());
        assert_eq!(checked.diagnostics, built.book.diagnostics);
        built
    }

    /// The output of `controlbook check --format short`.
    pub fn report(&self) -> String {
        short::render(&self.read().diagnostics, &self.sources)
    }

    /// Asserts the report; the lines of `expected` may be indented.
    #[track_caller]
    pub fn reports(&self, expected: &str) {
        let expected: Vec<_> = expected.trim().lines().map(str::trim).collect();
        let report = self.report();
        assert_eq!(report.lines().collect::<Vec<_>>(), expected, "\n{report}");
    }
}
