//! Tables as CSV: RFC 4180, UTF-8 with a byte order mark, since Excel reads other files in the computer's own encoding.
//!
//! Entry: [`write`]. Invariant: no cell is a formula to a spreadsheet, see [`neutral`].

mod columns;
mod row;
mod tables;

use std::borrow::Cow;
use std::io::{Result, Write};

use ::csv::{Terminator, WriterBuilder};

use row::Row;

pub use row::Column;
pub(super) use tables::{ALL, Made};

/// The byte order mark of UTF-8.
pub(super) const MARK: &[u8] = "\u{feff}".as_bytes();

/// A table with its head.
///
/// # Errors
/// When the writer refuses.
fn write<R: Row>(rows: impl Iterator<Item = R>, to: &mut dyn Write) -> Result<()> {
    to.write_all(MARK)?;
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(to);
    writer.write_record(R::COLUMNS.iter().map(|it| it.name))?;
    for row in rows {
        let mut written = Ok(());
        row.cells(&mut |words| {
            if written.is_ok() {
                written = writer.write_field(&*neutral(words));
            }
        });
        written?;
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

/// A cell that no spreadsheet takes for a formula: one that begins with `=`, `+`, `-`, `@`, a tab or a carriage return
/// gets an apostrophe before it. So does one that begins with apostrophes and then such a sign, so that taking away the
/// first apostrophe before such a beginning gives back every cell as it was.
#[must_use]
pub fn neutral(cell: &str) -> Cow<'_, str> {
    let begins = cell.trim_start_matches('\'');
    if begins.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::neutral;

    #[test]
    fn what_could_be_a_formula_is_text() {
        for cell in ["=1+1", "+1", "-1", "@a", "\ta", "\ra", "'=1", "''-"] {
            assert_eq!(neutral(cell), format!("'{cell}"));
        }
        for cell in ["", "a", " =1", "'a", "1-1", "\n=1", "’=1"] {
            assert_eq!(neutral(cell), cell);
        }
    }
}
