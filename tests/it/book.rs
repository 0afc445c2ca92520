//! A book in memory: the starter book with files laid over it.
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

/// A book that a test builds.
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
            // Beside `book.toml`, a build reads folders only.
            if path == "README.md" {
                continue;
            }
            self.sources.insert(path, file.contents());
        }
        for below in folder.dirs() {
            self.add(below);
        }
    }

    /// Lays a file over the book; an empty text takes the file away.
    pub fn with(self, path: &str, text: &str) -> Self {
        self.with_bytes(path, text.as_bytes())
    }

    /// Lays files over the book.
    pub fn with_all(self, files: &[(&str, &str)]) -> Self {
        files
            .iter()
            .fold(self, |book, (path, text)| book.with(path, text))
    }

    /// Lays a file over the book that need not be text.
    pub fn with_bytes(mut self, path: &str, bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            self.sources.remove(path);
        } else {
            self.sources.insert(path, bytes);
        }
        self
    }

    /// Replaces the one place in a file where `old` stands.
    pub fn change(self, path: &str, old: &str, new: &str) -> Self {
        let text = self.text(path);
        assert_eq!(text.matches(old).count(), 1, "`{old}` in {path}");
        let text = text.replace(old, new);
        self.with(path, &text)
    }

    /// Changes every file's text.
    pub fn map(mut self, change: impl Fn(&str) -> String) -> Self {
        for path in self.paths() {
            let text = change(self.text(&path));
            self = self.with(&path, &text);
        }
        self
    }

    /// Notes that a file is there and can't be read.
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

    /// Reads the book, with nothing read before.
    pub fn read(&self) -> CheckedBook {
        pipeline::check(&self.sources, &mut ParseCache::default())
    }

    /// Builds the book, with nothing read before. A check finds the same.
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

    /// What a user sees of `controlbook check --format short`.
    pub fn report(&self) -> String {
        short::render(&self.read().diagnostics, &self.sources)
    }

    /// Asserts what a user sees; the lines of `expected` may be indented.
    #[track_caller]
    pub fn reports(&self, expected: &str) {
        let expected: Vec<_> = expected.trim().lines().map(str::trim).collect();
        let report = self.report();
        assert_eq!(report.lines().collect::<Vec<_>>(), expected, "\n{report}");
    }
}
