//! A table's row: its cells and the meaning of each column, from one declaration.
//!
//! Entry: the macro [`row`]. Invariant: a column has a name, a meaning and a cell, or does not exist.

use std::borrow::Cow;

use crate::site::Column;

/// What stands between the entries of a cell that holds several.
const BETWEEN: &str = "; ";

/// A row of a table.
pub(super) trait Row {
    /// Its columns in order.
    const COLUMNS: &'static [Column];

    /// Gives each cell's words, in the order of the columns.
    fn cells(&self, to: &mut dyn FnMut(&str));
}

/// What can stand in a cell.
pub(super) trait Cell {
    /// The words in the cell; none where there is nothing to say.
    fn words(&self) -> Cow<'_, str>;
}

impl Cell for &str {
    fn words(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Cell for String {
    fn words(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Cell for Cow<'_, str> {
    fn words(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Cell for usize {
    fn words(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
}

impl<C: Cell> Cell for Option<C> {
    fn words(&self) -> Cow<'_, str> {
        self.as_ref().map_or(Cow::Borrowed(""), Cell::words)
    }
}

impl Cell for Vec<&str> {
    fn words(&self) -> Cow<'_, str> {
        Cow::Owned(self.join(BETWEEN))
    }
}

/// A row's type: each field with its meaning as a doc comment, its type and its column's name.
macro_rules! row {
    ($(#[$of:meta])* $name:ident { $(#[doc = $meaning:literal] $field:ident: $type:ty = $column:literal;)+ }) => {
        $(#[$of])*
        pub(super) struct $name<'a> {
            $(#[doc = $meaning] pub(super) $field: $type,)+
        }

        impl Row for $name<'_> {
            const COLUMNS: &'static [Column] = &[
                $(Column { name: $column, meaning: $meaning.trim_ascii_start() },)+
            ];

            fn cells(&self, to: &mut dyn FnMut(&str)) {
                $(to(&Cell::words(&self.$field));)+
            }
        }
    };
}

pub(super) use row;
