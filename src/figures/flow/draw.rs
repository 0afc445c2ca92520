//! A data flow as SVG.
//!
//! Entry: [`Drawing::svg`]. Invariant: each flow is a group `edge-N` with a link to `flow-N`, its line in the list beside the
//! figure; what a flow is never shows by colour alone.

use super::size::{NARROW, WIDE};
use super::{Block, DISC, Drawing, Fit, Frame, Point, Rect, Route};
use crate::figures::svg::{Head, Svg};

impl Drawing {
    /// The drawing with its name and description.
    #[must_use]
    pub fn svg(self, head: Head<'_>) -> String {
        let mut svg = Svg::default();
        let prefix = head.prefix;
        let size = if self.fit == Fit::Column {
            NARROW
        } else {
            WIDE
        };
        svg.raw(format_args!(
            "<defs><marker id=\"{prefix}flow:tip\" viewBox=\"0 0 8 8\" refX=\"7.5\" refY=\"4\" markerWidth=\"9\" markerHeight=\"9\" markerUnits=\"userSpaceOnUse\" orient=\"auto-start-reverse\"><path class=\"tip\" d=\"M0 0l8 4-8 4z\"/></marker></defs>"
        ));
        for it in &self.frames {
            svg.rect("zone", it.rect);
        }
        for (at, it) in self.routes.iter().enumerate() {
            if !it.points.is_empty() {
                route(&mut svg, prefix, at + 1, it);
            }
        }
        for it in &self.frames {
            name(&mut svg, it, size.small_line);
        }
        for it in &self.boxes {
            block(&mut svg, it, (size.title_line, size.small_line));
        }
        svg.finish(head, self.size, self.fit)
    }
}

fn route(svg: &mut Svg, prefix: &str, number: usize, it: &Route) {
    let class = if it.access { "edge weak" } else { "edge" };
    let start = if it.both_ways {
        format!(" marker-start=\"url(#{prefix}flow:tip)\"")
    } else {
        String::new()
    };
    let (x, y) = it.label;
    svg.raw(format_args!(
        "<g id=\"{prefix}edge-{number}\" class=\"flow\"><path class=\"{class}\"{start} marker-end=\"url(#{prefix}flow:tip)\" d=\"{}\"/><a href=\"#{prefix}flow-{number}\" aria-label=\"Flow {number}\"><circle class=\"hit\" cx=\"{x}\" cy=\"{y}\" r=\"15\"/><circle class=\"on\" cx=\"{x}\" cy=\"{y}\" r=\"{DISC}\"/><text class=\"tw\" x=\"{x}\" y=\"{}\">{number}</text></a></g>",
        path(&it.points),
        y + 5
    ));
}

/// `M10 20H40V90`.
fn path(points: &[Point]) -> String {
    let mut out = format!("M{} {}", points[0].0, points[0].1);
    for pair in points.windows(2) {
        out += &if pair[0].1 == pair[1].1 {
            format!("H{}", pair[1].0)
        } else {
            format!("V{}", pair[1].1)
        };
    }
    out
}

fn name(svg: &mut Svg, it: &Frame, line: i32) {
    let mut y = it.name.y - 3;
    for text in &it.title {
        y += line;
        svg.text("ts of-zone", (it.name.x, y), text);
    }
}

fn block(svg: &mut Svg, it: &Block, (title_line, small_line): (i32, i32)) {
    svg.rect("box", it.rect);
    let lines = |it: &[String]| i32::try_from(it.len()).unwrap_or(0);
    let high = lines(&it.title) * title_line + lines(&it.note) * small_line;
    let Rect { y, h, .. } = it.rect;
    let x = it.rect.centre().0;
    let mut y = y + (h - high) / 2 - 4;
    for text in &it.title {
        y += title_line;
        svg.text("", (x, y), text);
    }
    for text in &it.note {
        y += small_line;
        svg.text("ts", (x, y), text);
    }
}
