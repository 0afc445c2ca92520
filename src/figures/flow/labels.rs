//! Places the number of each flow on its route.
//!
//! Entry: [`place_labels`]. Invariant: if it returns true, no number overlaps a box, another number, the title of a zone or another
//! flow.

use super::{DISC_RADIUS, Layout, Point, Rect, Route};

/// Minimum distance from the centre of a number to another flow, and to another number.
const MIN_LINE_DISTANCE: i32 = DISC_RADIUS + 2;
const MIN_LABEL_DISTANCE: i32 = 2 * DISC_RADIUS + 2;

/// Minimum distance from the centre of a number to the tip of its own arrow.
const MIN_TIP_DISTANCE: i32 = DISC_RADIUS + 9;

/// Preferred distance between numbers, so that a finger hits only one.
const TOUCH_DISTANCE: i32 = 30;

/// A possible position of a number with its penalty.
type Candidate = (i32, Point);

/// Gives each number a position; returns whether all positions are free.
pub(super) fn place_labels(layout: &mut Layout) -> bool {
    let mut open: Vec<_> = (0..layout.routes.len())
        .filter(|i| !layout.routes[*i].points.is_empty())
        .map(|i| (i, candidates(layout, i)))
        .collect();
    // Numbers with the fewest candidates come first.
    open.sort_by_key(|(i, candidates)| (candidates.len(), *i));
    let mut placed: Vec<Point> = Vec::new();
    let mut all_free = true;
    for (i, candidates) in open {
        let free = |it: &&Candidate| {
            placed
                .iter()
                .all(|other| !is_closer(it.1, *other, MIN_LABEL_DISTANCE))
        };
        let crowded = |it: &Candidate| {
            placed
                .iter()
                .filter(|other| is_closer(it.1, **other, TOUCH_DISTANCE))
                .count()
        };
        let best = candidates
            .iter()
            .filter(free)
            .min_by_key(|it| (it.0 + 20 * i32::try_from(crowded(it)).unwrap_or(9), it.1));
        all_free &= best.is_some();
        let label = best.map_or_else(|| middle(&layout.routes[i]), |it| it.1);
        layout.routes[i].label = label;
        placed.push(label);
    }
    all_free
}

/// The positions of a number on its flow that overlap nothing, except perhaps another number.
fn candidates(layout: &Layout, i: usize) -> Vec<Candidate> {
    let route = &layout.routes[i];
    let last = route.points.len() - 1;
    let mut out = Vec::new();
    for (nth, pair) in route.points.windows(2).enumerate() {
        let (from, to) = (pair[0], pair[1]);
        let length = (to.0 - from.0).abs() + (to.1 - from.1).abs();
        let step = ((to.0 - from.0).signum(), (to.1 - from.1).signum());
        let start = if nth == 0 && route.both_ways {
            MIN_TIP_DISTANCE
        } else {
            0
        };
        let end = if nth + 1 == last { MIN_TIP_DISTANCE } else { 0 };
        for along in start..=length - end {
            let point = (from.0 + step.0 * along, from.1 + step.1 * along);
            if is_free(layout, i, point) {
                // Best in the middle of the visible segment, without the arrowheads.
                let shift = (start - end) / 2;
                let penalty = (2 * along - length - shift).abs() - length.min(90);
                out.push((penalty + frame_penalty(layout, point), point));
            }
        }
    }
    out
}

/// Whether the number of a flow can be at a point.
fn is_free(layout: &Layout, i: usize, point: Point) -> bool {
    let disc = Rect {
        x: point.0,
        y: point.1,
        w: 0,
        h: 0,
    };
    let disc = disc.expanded(DISC_RADIUS + 1);
    let (w, h) = layout.size;
    let inside = disc.x >= 0 && disc.y >= 0 && disc.right() <= w && disc.bottom() <= h;
    let others = layout.routes.iter().enumerate().filter(|(it, _)| *it != i);
    inside
        && !layout.boxes.iter().any(|it| it.rect.overlaps(disc))
        && !layout.frames.iter().any(|it| it.name.overlaps(disc))
        && !others.into_iter().any(|(_, it)| passes_near(it, point))
}

/// Whether a flow passes too close to a point.
fn passes_near(route: &Route, point: Point) -> bool {
    route.points.windows(2).any(|pair| {
        let near =
            |coordinate: i32, from: i32, to: i32| coordinate.clamp(from.min(to), from.max(to));
        let nearest = (
            near(point.0, pair[0].0, pair[1].0),
            near(point.1, pair[0].1, pair[1].1),
        );
        is_closer(point, nearest, MIN_LINE_DISTANCE)
    })
}

fn is_closer(a: Point, b: Point, distance: i32) -> bool {
    let (x, y) = (a.0 - b.0, a.1 - b.1);
    x * x + y * y < distance * distance
}

/// The penalty for a number on the border of a frame, which is possible but not preferred.
fn frame_penalty(layout: &Layout, point: Point) -> i32 {
    let disc = Rect {
        x: point.0,
        y: point.1,
        w: 0,
        h: 0,
    };
    let on = |it: &&super::ZoneFrame| {
        it.rect.overlaps(disc.expanded(DISC_RADIUS))
            && !it.rect.expanded(-DISC_RADIUS).overlaps(disc.expanded(1))
    };
    if layout.frames.iter().any(|it| on(&it)) {
        25
    } else {
        0
    }
}

/// The middle of the longest segment of a flow.
fn middle(route: &Route) -> Point {
    let length = |pair: &&[Point]| (pair[1].0 - pair[0].0).abs() + (pair[1].1 - pair[0].1).abs();
    let longest = route.points.windows(2).max_by_key(length);
    longest.map_or((0, 0), |segment| {
        (
            i32::midpoint(segment[0].0, segment[1].0),
            i32::midpoint(segment[0].1, segment[1].1),
        )
    })
}
