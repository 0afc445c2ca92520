//! A book with any edit in any file is checked without a panic, and each diagnostic has its place.
#![no_main]

#[path = "../../tests/it/book.rs"]
#[expect(dead_code, reason = "the fuzzer needs the starter book alone")]
mod book;

use book::Book;
use controlbook::diagnostic::{human, short};
use controlbook::pipeline::{self, ParseCache};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

/// One edit of one file.
#[derive(Debug, Arbitrary)]
struct Edit {
    /// Which file, in the order of their paths.
    file: u8,
    /// Where, in bytes.
    start: u16,
    /// How many bytes go.
    removed: u8,
    /// What comes in their place.
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
