//! Properties of any text and any edit: parsing never panics, and its result depends on the files alone.

use controlbook::catalogue::Coverage;
use controlbook::diagnostic::{human, short};
use controlbook::pipeline::{self, CheckedBook, ParseCache};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::book::Book;

/// Pieces of which the texts of a book are made, and some that break them.
const PIECES: [&str; 72] = [
    "\n",
    "\n\n",
    "  ",
    "    ",
    "\t",
    "\r\n",
    "- ",
    ": ",
    ":",
    ", ",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    "\"",
    "'",
    "#",
    "## ",
    "# ",
    "---\n",
    "...\n",
    "|",
    "|-\n",
    ">\n",
    "&a ",
    "*a",
    "!!str ",
    "<<: *a",
    "%YAML 1.2\n",
    "? ",
    "~",
    "null",
    "true",
    "0",
    "-1",
    "99999999999999999999",
    "1e999",
    "[[",
    "]]",
    "[[example:",
    "[a](",
    "](../",
    "![",
    "<br>",
    "<!--",
    "```\n",
    "`",
    "**",
    "[^1]",
    "[^1]: ",
    "{#x}",
    "\\",
    "&amp;",
    "| a |\n|---|\n",
    "1. ",
    "A-01.1",
    "A-01",
    "ACME-01",
    "ACME-01.1",
    "EXB ",
    "web-shop",
    "id: ",
    "title: ",
    "nodes:\n",
    "kinds: []\n",
    "at: [0, 0]\n",
    "é",
    "\u{feff}",
    "\u{2028}",
    "\0",
];

/// A text of such pieces.
fn pieces() -> impl Strategy<Value = String> {
    proptest::collection::vec(select(&PIECES[..]), 0..40).prop_map(|it| it.concat())
}

/// Any content of a file.
fn content() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        2 => pieces().prop_map(String::into_bytes),
        1 => pieces().prop_map(|it| format!("---\ntitle: A\nsummary: B\n---\n\n{it}").into_bytes()),
        1 => any::<String>().prop_map(String::into_bytes),
        1 => proptest::collection::vec(any::<u8>(), 0..200),
    ]
}

/// A change of a file: a piece of text in the place of some characters.
#[derive(Debug, Clone)]
struct Edit {
    file: Index,
    at: Index,
    removed: usize,
    added: String,
}

fn edit() -> impl Strategy<Value = Edit> {
    let added = prop_oneof![select(&PIECES[..]).prop_map(str::to_owned), pieces()];
    (any::<Index>(), any::<Index>(), 0..30_usize, added).prop_map(|(file, at, removed, added)| {
        Edit {
            file,
            at,
            removed,
            added,
        }
    })
}

fn edited(book: Book, edit: &Edit) -> Book {
    let paths = book.paths();
    let path = &paths[edit.file.index(paths.len())];
    let text = book.text(path);
    let at = edit.at.index(text.chars().count() + 1);
    let kept = text.chars().take(at).chain(edit.added.chars());
    let text: String = kept.chain(text.chars().skip(at + edit.removed)).collect();
    book.with(path, &text)
}

/// Everything that a run says.
fn outcome(read: &CheckedBook) -> String {
    format!(
        "{:?}\n{:?}\n{:?}",
        read.diagnostics, read.catalogue, read.site.pages
    )
}

/// Reads a book and shows what was found in every way that is made for people.
fn read_and_show(book: &Book) {
    let read = book.read();
    for it in &read.diagnostics {
        if let (Some(span), Some(text)) = (it.span, book.sources.text(&it.path)) {
            assert!(text.get(span.start..span.end).is_some(), "{it:?}");
        }
    }
    let lines = short::render(&read.diagnostics, &book.sources);
    assert_eq!(lines.lines().count(), read.diagnostics.len(), "a line each");
    let _ = human::render(&read.diagnostics, &book.sources, true);
    let _ = Coverage::new(&read.catalogue);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_in_any_file_is_read(file in any::<Index>(), bytes in content()) {
        let book = Book::starter();
        let paths = book.paths();
        read_and_show(&book.with_bytes(&paths[file.index(paths.len())], &bytes));
    }

    #[test]
    fn any_edit_of_any_file_is_read(edits in proptest::collection::vec(edit(), 1..4)) {
        read_and_show(&edits.iter().fold(Book::starter(), edited));
    }

    #[test]
    fn what_was_read_before_changes_nothing(edits in proptest::collection::vec(edit(), 1..6)) {
        let mut cache = ParseCache::default();
        let mut book = Book::starter();
        for edit in &edits {
            book = edited(book, edit);
            let warm = pipeline::check(&book.sources, &mut cache);
            prop_assert_eq!(outcome(&warm), outcome(&book.read()));
        }
    }

    #[test]
    fn the_order_in_which_files_come_changes_nothing(
        edit in edit(),
        order in Just(Book::starter().paths()).prop_shuffle(),
    ) {
        let book = edited(Book::starter(), &edit);
        let files = order.iter().filter_map(|path| Some((path.as_str(), book.sources.bytes(path)?.clone())));
        let shuffled = Book { sources: files.collect() };
        prop_assert_eq!(outcome(&shuffled.read()), outcome(&book.read()));
    }
}
