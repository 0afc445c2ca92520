//! Where the number of each flow stands on it.
//!
//! Entry: [`set`]. Invariant: where it answers yes, no number meets a box, another number, a zone's name or another flow.

use super::{DISC, Drawing, Point, Rect, Route};

/// From the centre of a number to another flow, and to another number.
const TO_LINE: i32 = DISC + 2;
const TO_NUMBER: i32 = 2 * DISC + 2;

/// From the centre of a number to the tip of its own arrow.
const TO_TIP: i32 = DISC + 9;

/// Numbers are rather so far apart, that a finger meets one.
const FINGER: i32 = 30;

/// A place for a number, and how bad it is.
type Choice = (i32, Point);

/// Gives each number a place; answers whether all have a good one.
pub(super) fn set(drawing: &mut Drawing) -> bool {
    let mut open: Vec<_> = (0..drawing.routes.len())
        .filter(|at| !drawing.routes[*at].points.is_empty())
        .map(|at| (at, choices(drawing, at)))
        .collect();
    // Those with the fewest places choose first.
    open.sort_by_key(|(at, choices)| (choices.len(), *at));
    let mut set: Vec<Point> = Vec::new();
    let mut good = true;
    for (at, choices) in open {
        let free = |it: &&Choice| set.iter().all(|other| !nearer(it.1, *other, TO_NUMBER));
        let crowded = |it: &Choice| {
            set.iter()
                .filter(|other| nearer(it.1, **other, FINGER))
                .count()
        };
        let best = choices
            .iter()
            .filter(free)
            .min_by_key(|it| (it.0 + 20 * i32::try_from(crowded(it)).unwrap_or(9), it.1));
        good &= best.is_some();
        let label = best.map_or_else(|| middle(&drawing.routes[at]), |it| it.1);
        drawing.routes[at].label = label;
        set.push(label);
    }
    good
}

/// Every place of a number on its flow that meets nothing but perhaps another number.
fn choices(drawing: &Drawing, at: usize) -> Vec<Choice> {
    let route = &drawing.routes[at];
    let last = route.points.len() - 1;
    let mut out = Vec::new();
    for (nth, pair) in route.points.windows(2).enumerate() {
        let (from, to) = (pair[0], pair[1]);
        let long = (to.0 - from.0).abs() + (to.1 - from.1).abs();
        let step = ((to.0 - from.0).signum(), (to.1 - from.1).signum());
        let start = if nth == 0 && route.both_ways {
            TO_TIP
        } else {
            0
        };
        let end = if nth + 1 == last { TO_TIP } else { 0 };
        for along in start..=long - end {
            let point = (from.0 + step.0 * along, from.1 + step.1 * along);
            if free(drawing, at, point) {
                // In the middle of what is seen of the line: an arrow's head is none of it.
                let seen = (start - end) / 2;
                let badness = (2 * along - long - seen).abs() - long.min(90);
                out.push((badness + frames(drawing, point), point));
            }
        }
    }
    out
}

/// Whether a number of a flow may stand at a point.
fn free(drawing: &Drawing, at: usize, point: Point) -> bool {
    let disc = Rect {
        x: point.0,
        y: point.1,
        w: 0,
        h: 0,
    };
    let disc = disc.grown(DISC + 1);
    let (w, h) = drawing.size;
    let inside = disc.x >= 0 && disc.y >= 0 && disc.right() <= w && disc.bottom() <= h;
    let others = drawing
        .routes
        .iter()
        .enumerate()
        .filter(|(it, _)| *it != at);
    inside
        && !drawing.boxes.iter().any(|it| it.rect.meets(disc))
        && !drawing.frames.iter().any(|it| it.name.meets(disc))
        && !others.into_iter().any(|(_, it)| passes(it, point))
}

/// Whether a flow passes too near to a point.
fn passes(route: &Route, point: Point) -> bool {
    route.points.windows(2).any(|pair| {
        let near = |at: i32, from: i32, to: i32| at.clamp(from.min(to), from.max(to));
        let nearest = (
            near(point.0, pair[0].0, pair[1].0),
            near(point.1, pair[0].1, pair[1].1),
        );
        nearer(point, nearest, TO_LINE)
    })
}

fn nearer(a: Point, b: Point, than: i32) -> bool {
    let (x, y) = (a.0 - b.0, a.1 - b.1);
    x * x + y * y < than * than
}

/// A number on the line of a frame is not wrong, but another place is better.
fn frames(drawing: &Drawing, point: Point) -> i32 {
    let disc = Rect {
        x: point.0,
        y: point.1,
        w: 0,
        h: 0,
    };
    let on = |it: &&super::Frame| {
        it.rect.meets(disc.grown(DISC)) && !it.rect.grown(-DISC).meets(disc.grown(1))
    };
    if drawing.frames.iter().any(|it| on(&it)) {
        25
    } else {
        0
    }
}

/// The middle of the longest line of a flow.
fn middle(route: &Route) -> Point {
    let long = |pair: &&[Point]| (pair[1].0 - pair[0].0).abs() + (pair[1].1 - pair[0].1).abs();
    let longest = route.points.windows(2).max_by_key(long);
    longest.map_or((0, 0), |it| {
        (
            i32::midpoint(it[0].0, it[1].0),
            i32::midpoint(it[0].1, it[1].1),
        )
    })
}
