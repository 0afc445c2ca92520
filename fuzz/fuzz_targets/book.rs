//! Checking a book never panics after any edits, and each diagnostic has a valid span.
#![no_main]

#[path = "../../tests/it/book.rs"]
#[expect(dead_code, reason = "the fuzzer needs the starter book only")]
mod book;

use book::Book;
use controlbook::diagnostic::{human, short};
use controlbook::pipeline::{self, ParseCache};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

/// One edit of one file.
#[derive(Debug, Arbitrary)]
struct Edit {
    /// Index of the file in the order of paths.
    file: u8,
    /// Offset in bytes.
    start: u16,
    /// Number of bytes removed.
    removed: u8,
    /// Bytes inserted instead.
    inserted: Vec<u8>,
}

fuzz_target!(|edits: Vec<Edit>| {
    let mut book = Book::starter();
    let paths = book.paths();
    for edit in edits.into_iter().take(8) {
        let path = &paths[usize::from(edit.file) % paths.len()];
        let Some(bytes) = book.sources.bytes(path) else {
            continue;
        };
        let mut bytes = bytes.to_vec();
        let start = usize::from(edit.start) % (bytes.len() + 1);
        let end = (start + usize::from(edit.removed)).min(bytes.len());
        bytes.splice(start..end, edit.inserted);
        book = book.with_bytes(path, &bytes);
    }
    let checked = pipeline::check(&book.sources, &mut ParseCache::default());
    for diagnostic in &checked.diagnostics {
        if let (Some(span), Some(text)) = (diagnostic.span, book.sources.text(&diagnostic.path)) {
            assert!(
                text.get(span.start..span.end).is_some(),
                "{diagnostic:?} ends within a character or outside its file"
            );
        }
    }
    let lines = short::render(&checked.diagnostics, &book.sources);
    assert_eq!(lines.lines().count(), checked.diagnostics.len());
    let _ = human::render(&checked.diagnostics, &book.sources, true);
});
