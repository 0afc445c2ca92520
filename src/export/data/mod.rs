//! The catalogue as data: one JSON file with all of it, tables as CSV, and a text that says what they are.
//!
//! Entry: [`put`]; [`downloads`] for the page that leads to them. Texts are plain words, addresses are relative to the
//! site's root. Invariant: the same catalogue gives the same bytes, and nothing names a path outside the book.

mod csv;
mod document;
mod files;
mod lines;
mod list;
mod readme;

use rayon::prelude::*;

use crate::output::Sink;
use crate::site::{Edition, PageKind};
use files::FILES;

pub use csv::escape_formulas;
pub use document::schema;
pub use files::{FOLDER, downloads};

/// Hands over every file, if the book shows its data.
pub fn put(edition: Edition<'_>, to: &dyn Sink) {
    if edition.site.route(PageKind::Data).is_none() {
        return;
    }
    FILES.par_iter().for_each(|file| {
        to.put_streamed(&format!("{FOLDER}{}", file.name), &|to| {
            (file.write)(edition, to)
        });
    });
}
