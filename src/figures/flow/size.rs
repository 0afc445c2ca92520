//! Sizes of what a data flow is made of, for a column and for a width of its own.
//!
//! Invariant: lines beside each other are further apart than the disc of a number is wide on one side.

use super::DISC;

/// Sizes in units; of text in tenths of a unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    /// The names of boxes, and of zones and notes.
    pub title: i32,
    pub small: i32,
    /// From line to line.
    pub title_line: i32,
    pub small_line: i32,
    /// The least and the most room for text in a box.
    pub least: i32,
    pub most: i32,
    /// From one line of a flow to the next beside it.
    pub apart: i32,
    /// From a line of a flow to a box.
    pub edge: i32,
    /// Between boxes that a flow joins straight.
    pub gap: i32,
    /// Between a zone's frame and its boxes.
    pub pad: i32,
    /// Whether the figure fills its column.
    pub column: bool,
}

/// For a column: the text is as large as it must be in a narrow window.
pub(super) const NARROW: Size = Size {
    title: 145,
    small: 133,
    title_line: 17,
    small_line: 15,
    least: 62,
    most: 88,
    apart: DISC + 4,
    edge: DISC + 4,
    gap: 42,
    pad: 9,
    column: true,
};

/// For a width of its own.
pub(super) const WIDE: Size = Size {
    title: 130,
    small: 120,
    title_line: 16,
    small_line: 14,
    least: 76,
    most: 130,
    apart: DISC + 5,
    edge: DISC + 6,
    gap: 56,
    pad: 12,
    column: false,
};

impl Size {
    /// With so many per cent of room between things.
    pub(super) fn with_room(mut self, per_cent: i32) -> Self {
        for it in [&mut self.apart, &mut self.edge, &mut self.gap] {
            *it = *it * per_cent / 100;
        }
        self
    }
}
