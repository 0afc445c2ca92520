//! Renders a data flow as SVG.
//!
//! Entry: [`Layout::svg`]. Invariant: each flow is a group `edge-N` with a link to `flow-N`, its entry in the list next to the figure;
//! no meaning is conveyed by colour alone.

use super::metrics::{NARROW, WIDE};
use super::{BoxLayout, DISC_RADIUS, Fit, Layout, Point, Rect, Route, ZoneFrame};
use crate::figures::svg::{FigureLabel, Svg};

impl Layout {
    /// Renders the figure.
    #[must_use]
    pub fn svg(self, label: FigureLabel<'_>) -> String {
        let mut svg = Svg::default();
        let prefix = label.prefix;
        let metrics = if self.fit == Fit::Column {
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
        for (i, route) in self.routes.iter().enumerate() {
            if !route.points.is_empty() {
                draw_route(&mut svg, prefix, i + 1, route);
            }
        }
        for it in &self.frames {
            draw_zone_title(&mut svg, it, metrics.small_line);
        }
        for it in &self.boxes {
            draw_box(&mut svg, it, (metrics.title_line, metrics.small_line));
        }
        svg.finish(label, self.size, self.fit)
    }
}

fn draw_route(svg: &mut Svg, prefix: &str, number: usize, route: &Route) {
    let class = if route.access { "edge weak" } else { "edge" };
    let start = if route.both_ways {
        format!(" marker-start=\"url(#{prefix}flow:tip)\"")
    } else {
        String::new()
    };
    let (x, y) = route.label;
    svg.raw(format_args!(
        "<g id=\"{prefix}edge-{number}\" class=\"flow\"><path class=\"{class}\"{start} marker-end=\"url(#{prefix}flow:tip)\" d=\"{}\"/><a href=\"#{prefix}flow-{number}\" aria-label=\"Flow {number}\"><circle class=\"hit\" cx=\"{x}\" cy=\"{y}\" r=\"15\"/><circle class=\"on\" cx=\"{x}\" cy=\"{y}\" r=\"{DISC_RADIUS}\"/><text class=\"tw\" x=\"{x}\" y=\"{}\">{number}</text></a></g>",
        path_data(&route.points),
        y + 5
    ));
}

/// The path data of a route: `M10 20H40V90`.
fn path_data(points: &[Point]) -> String {
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

fn draw_zone_title(svg: &mut Svg, it: &ZoneFrame, line: i32) {
    let mut y = it.name.y - 3;
    for text in &it.title {
        y += line;
        svg.text("ts of-zone", (it.name.x, y), text);
    }
}

fn draw_box(svg: &mut Svg, it: &BoxLayout, (title_line, small_line): (i32, i32)) {
    svg.rect("box", it.rect);
    let lines = |it: &[String]| i32::try_from(it.len()).unwrap_or(0);
    let text_height = lines(&it.title) * title_line + lines(&it.note) * small_line;
    let Rect { y, h, .. } = it.rect;
    let x = it.rect.centre().0;
    let mut y = y + (h - text_height) / 2 - 4;
    for text in &it.title {
        y += title_line;
        svg.text("", (x, y), text);
    }
    for text in &it.note {
        y += small_line;
        svg.text("ts", (x, y), text);
    }
}
