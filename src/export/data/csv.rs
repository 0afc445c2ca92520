//! Tables as CSV: RFC 4180, UTF-8 with a byte order mark, since Excel reads other files in the computer's own encoding.
//!
//! Entry: [`write`] and [`columns`]. Invariant: no cell is a formula to a spreadsheet, see [`escape_formulas`].

use std::borrow::Cow;
use std::io::{Result, Write};

use ::csv::{Terminator, WriterBuilder};

use crate::export::rows::{Record, Row};
use crate::site::{Column, Edition};

/// The byte order mark of UTF-8.
pub(super) const MARK: &[u8] = "\u{feff}".as_bytes();

/// The table of every record of a kind, with its head.
///
/// # Errors
/// When the writer refuses.
pub(super) fn write<'a, R: Record<'a>>(edition: Edition<'a>, to: &mut dyn Write) -> Result<()> {
    to.write_all(MARK)?;
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(to);
    writer.write_record(columns::<R>().iter().map(|it| &it.name))?;
    let order = order::<R>();
    for key in R::keys(edition.catalogue) {
        let row = R::row(edition, key);
        let cells = row.cells();
        for at in &order {
            writer.write_field(&*escape_formulas(&cells[*at]))?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

/// The columns of a row's table, in order.
pub(super) fn columns<'a, R: Row<'a>>() -> Vec<Column> {
    let fields = order::<R>().into_iter().map(|at| &R::FIELDS[at]);
    let columns = fields.map(|it| Column {
        name: it.name.replace('_', "-"),
        meaning: it.meaning,
    });
    columns.collect()
}

/// The positions of the fields that are columns, in the order of the columns.
fn order<'a, R: Row<'a>>() -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    for (at, field) in R::FIELDS.iter().enumerate().filter(|(_, it)| it.column) {
        let next = (field.before).and_then(|name| {
            out.iter()
                .position(|before| R::FIELDS[*before].name == name)
        });
        out.insert(next.unwrap_or(out.len()), at);
    }
    out
}

/// What begins a formula, also in full width, as East Asian spreadsheets read it.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// What some spreadsheet divides cells or rows at, whatever the file's own separator is.
const SEPARATORS: [char; 5] = [';', ',', '\t', '\r', '\n'];

/// A cell that no spreadsheet takes for a formula: before a sign that would begin one stands an apostrophe. It would at the
/// beginning, where tabs and line ends count too, and behind a separator inside, where a spreadsheet that divides cells
/// otherwise begins one of its own; there, a plain number such as `-5` is left. `theme/js/csv.js` does the same.
///
/// Apostrophes before such a sign count as part of it, so that taking away one at each such place gives back every cell.
#[must_use]
pub fn escape_formulas(cell: &str) -> Cow<'_, str> {
    let bare = |it: &str| it.trim_start_matches('\'').chars().next();
    let first = bare(cell).is_some_and(|c| SIGNS.contains(&c) || "\t\r\n".contains(c));
    if !first && !cell.contains(SIGNS) {
        return Cow::Borrowed(cell);
    }
    let mut out = String::with_capacity(cell.len() + 1);
    if first {
        out.push('\'');
    }
    let mut parts = cell.split_inclusive(SEPARATORS);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let inner = part.trim_start_matches([' ', '\u{a0}', '"']);
        out.push_str(&part[..part.len() - inner.len()]);
        if bare(inner).is_some_and(|c| SIGNS.contains(&c)) && !is_number(inner) {
            out.push('\'');
        }
        out.push_str(inner);
    }
    if out.len() == cell.len() {
        Cow::Borrowed(cell)
    } else {
        Cow::Owned(out)
    }
}

/// Whether a part is a number with a sign, and nothing else up to its separator.
fn is_number(part: &str) -> bool {
    let part = part.trim_end_matches(SEPARATORS);
    let digits = part.strip_prefix(['+', '-']).unwrap_or_default();
    let digits = digits.trim_end_matches(['"', ' ']);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
}

#[cfg(test)]
mod tests {
    use super::escape_formulas;

    /// The same examples are tried with the script of the checklists.
    #[test]
    fn what_could_be_a_formula_is_text() {
        let examples = include_str!("../../../tests/fixtures/cells.json");
        let examples: Vec<(String, String)> =
            serde_json::from_str(examples).expect("the fixture is JSON");
        assert!(examples.len() > 40);
        for (cell, wanted) in examples {
            assert_eq!(escape_formulas(&cell), wanted, "{cell:?}");
        }
    }
}
