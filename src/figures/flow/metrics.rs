//! Sizes and distances in a data flow, for a column and for the intrinsic width.
//!
//! Invariant: parallel flows are further apart than the radius of a number's disc.

use super::DISC_RADIUS;

/// Sizes in units; font sizes in tenths of a unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Metrics {
    /// The font sizes of box titles, and of zone titles and notes.
    pub title: i32,
    pub small: i32,
    /// The line heights.
    pub title_line: i32,
    pub small_line: i32,
    /// The minimum and maximum width of text in a box.
    pub min_text_width: i32,
    pub max_text_width: i32,
    /// The distance between parallel flows.
    pub track_gap: i32,
    /// The distance between a flow and a box.
    pub box_gap: i32,
    /// The distance between boxes that are connected by a straight flow.
    pub straight_gap: i32,
    /// The distance between a zone's frame and its boxes.
    pub frame_padding: i32,
    /// Whether the figure is scaled to the width of its column.
    pub fits_column: bool,
}

/// For a column: the text is large enough for a narrow window.
pub(super) const NARROW: Metrics = Metrics {
    title: 145,
    small: 133,
    title_line: 17,
    small_line: 15,
    min_text_width: 62,
    max_text_width: 88,
    track_gap: DISC_RADIUS + 4,
    box_gap: DISC_RADIUS + 4,
    straight_gap: 42,
    frame_padding: 9,
    fits_column: true,
};

/// For the intrinsic width.
pub(super) const WIDE: Metrics = Metrics {
    title: 130,
    small: 120,
    title_line: 16,
    small_line: 14,
    min_text_width: 76,
    max_text_width: 130,
    track_gap: DISC_RADIUS + 5,
    box_gap: DISC_RADIUS + 6,
    straight_gap: 56,
    frame_padding: 12,
    fits_column: false,
};

impl Metrics {
    /// Scales the distances by a percentage.
    pub(super) fn with_spacing(mut self, per_cent: i32) -> Self {
        for it in [
            &mut self.track_gap,
            &mut self.box_gap,
            &mut self.straight_gap,
        ] {
            *it = *it * per_cent / 100;
        }
        self
    }
}
