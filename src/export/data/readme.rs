//! The text beside the data: what the files are, from the same lists as the files.
//!
//! Entry: [`bytes`]. UTF-8 with a byte order mark, since browsers show a text file in an encoding of their own choice.
//! Invariant: title, edition, licence and notice stand as the book has them.

use super::csv::MARK;
use super::document::SCHEMA;
use crate::site::{Downloads, Edition, FORMAT, Holds};

/// The text, with lines that every editor knows.
pub(super) fn bytes(edition: Edition<'_>, downloads: &Downloads) -> Vec<u8> {
    let mut out = MARK.to_vec();
    out.extend_from_slice(text(edition, downloads).replace('\n', "\r\n").as_bytes());
    out
}

fn text(edition: Edition<'_>, downloads: &Downloads) -> String {
    let (book, html) = (&edition.config.book, &edition.config.output.html);
    let mut out = format!(
        "{}\n\nEdition: {}\n",
        line(&book.title),
        line(&book.version)
    );
    for (name, words) in [
        ("Date", book.date.as_deref()),
        ("Licence", html.licence.as_deref()),
        ("Published at", html.site_url.as_deref()),
    ] {
        if let Some(words) = words {
            out.push_str(&format!("{name}: {}\n", line(words)));
        }
    }
    out.push_str(&format!("Format: {FORMAT}\n"));
    if let Some(notice) = &html.notice {
        out.push_str(&format!("\n{}\n", line(notice)));
    }
    out.push_str(HOW);
    for it in &downloads.files {
        match &it.holds {
            Holds::Document(lists) => {
                out.push_str(&format!(
                    "\n{}\n    The whole catalogue as JSON, a record a line. {SCHEMA} is its JSON Schema.\n\n",
                    it.name,
                ));
                for it in lists {
                    out.push_str(&format!(
                        "    {}: {} ({})\n",
                        it.key, it.meaning, it.records
                    ));
                }
            }
            Holds::Table { rows, columns } => {
                out.push_str(&format!(
                    "\n{}\n    {} Rows: {rows}.\n\n",
                    it.name, it.about
                ));
                for it in columns {
                    out.push_str(&format!("    {}: {}\n", it.name, it.meaning));
                }
            }
            // The schema is named with its document; the manual is this text itself.
            Holds::Schema | Holds::Manual => {}
        }
    }
    out
}

/// How the files are written.
const HOW: &str = "
The CSV files follow RFC 4180: a head, commas, quotation marks where they are needed, lines that end with CR LF. They are
UTF-8 and begin with a byte order mark, so that spreadsheets read them rightly. A cell with several entries has a
semicolon and a blank between them. A cell that begins with =, +, - or @, also in full width, or with a tab or a line end would
be a formula to a spreadsheet: an apostrophe stands before it. One also stands before such a sign behind a semicolon, comma,
tab or line end inside a cell, where some spreadsheets begin a cell; a plain number such as -5 is left there. Apostrophes
before such a sign count as part of it: to have the cell as it was, take away one at each such place.

Texts are plain words without mark-up. Addresses are relative to the root of the site. The
identifier of a framework's node is unique in its framework. The format's number is raised when a key or a column goes or changes its
meaning, not when one is added: find columns by their name.
";

/// Words on one line.
fn line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
