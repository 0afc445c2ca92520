//! The coordinates of columns or rows and of the channels between them.

use super::DISC_RADIUS;
use super::metrics::Metrics;
use super::tracks::Segment;

/// The margin of the figure.
const MARGIN: i32 = 2;

/// The distance from the corner of a box to a flow at its edge, so that a number next to the box is inside the figure.
const CORNER_DISTANCE: i32 = DISC_RADIUS + 3;

/// The coordinates of strips in one direction; channels and boxes alternate.
pub(super) struct Axis {
    /// The start and end of each strip; that of a channel does not include the space for frames.
    pub(super) strips: Vec<(i32, i32)>,
    pub(super) end: i32,
}

/// The space that is needed in one direction.
pub(super) struct AxisNeeds<'a> {
    pub(super) down: bool,
    pub(super) segments: &'a [Segment],
    /// The minimum size of each column or row.
    pub(super) boxes: Vec<i32>,
    /// The space for frames before and after the segments of each channel.
    pub(super) bands: Vec<[i32; 2]>,
}

impl Axis {
    pub(super) fn new(needs: &AxisNeeds<'_>, metrics: &Metrics) -> Self {
        let mut strips = Vec::new();
        let mut at = MARGIN;
        for channel in 0..=needs.boxes.len() {
            let [before, after] = needs.bands[channel];
            let outer = channel == 0 || channel == needs.boxes.len();
            let wide = needs.channel_width(2 * channel, outer, metrics);
            let between = if outer {
                0
            } else {
                needs.straight_gap(2 * channel, metrics) - before - after
            };
            let frames = if before > 0 && after > 0 {
                2 * metrics.box_gap
            } else {
                0
            };
            let wide = wide.max(between).max(frames);
            strips.push((at + before, at + before + wide));
            at += before + wide + after;
            if let Some(least) = needs.boxes.get(channel) {
                let tracks = needs.track_count(2 * channel + 1);
                let wide = (*least).max((tracks - 1) * metrics.track_gap + 2 * CORNER_DISTANCE);
                strips.push((at, at + wide));
                at += wide;
            }
        }
        Self {
            strips,
            end: at + MARGIN,
        }
    }

    pub(super) fn shifted(mut self, by: i32) -> Self {
        for (from, to) in &mut self.strips {
            *from += by;
            *to += by;
        }
        self.end += by;
        self
    }

    /// The coordinate of a segment across its strip.
    pub(super) fn offset(&self, segment: &Segment, metrics: &Metrics) -> i32 {
        let (from, to) = self.strips[segment.strip];
        let (track, tracks) = (to_i32(segment.track), to_i32(segment.tracks));
        let is_box_strip = segment.strip % 2 == 1;
        let gap = if is_box_strip && tracks > 1 {
            ((to - from - 2 * CORNER_DISTANCE) / (tracks - 1)).min(metrics.track_gap * 2)
        } else {
            metrics.track_gap
        };
        i32::midpoint(from, to) - (tracks - 1) * gap / 2 + track * gap
    }
}

impl AxisNeeds<'_> {
    pub(super) fn segments_in(&self, strip: usize) -> impl Iterator<Item = &Segment> {
        let segments = self.segments.iter();
        segments.filter(move |it| it.down == self.down && it.strip == strip)
    }

    /// The maximum of parallel segments in a strip, at least one.
    pub(super) fn track_count(&self, strip: usize) -> i32 {
        to_i32(
            self.segments_in(strip)
                .map(|it| it.tracks)
                .max()
                .unwrap_or(1),
        )
    }

    /// The space for the segments along a channel.
    pub(super) fn channel_width(&self, strip: usize, outer: bool, metrics: &Metrics) -> i32 {
        if self.segments_in(strip).next().is_some() {
            2 * metrics.box_gap + (self.track_count(strip) - 1) * metrics.track_gap
        } else if outer {
            0
        } else {
            metrics.box_gap
        }
    }

    /// The space for straight flows across a channel, which have their number there.
    pub(super) fn straight_gap(&self, strip: usize, metrics: &Metrics) -> i32 {
        let straight = |it: &Segment| it.down != self.down && it.first == strip && it.last == strip;
        if self.segments.iter().any(straight) {
            metrics.straight_gap
        } else {
            metrics.box_gap * 2
        }
    }
}

/// Converts a count for use in arithmetic.
pub(super) fn to_i32(it: usize) -> i32 {
    i32::try_from(it).unwrap_or(i32::MAX / 4096)
}
