//! A small SVG writer: shapes with classes, escaped text, integer coordinates.
//!
//! Entry: [`Svg`]. Invariant: no style attributes and no colours, so that the theme determines the looks; all text passes
//! through [`escape_xml`].

use std::fmt::Write as _;

use super::text::escape_xml;

/// A point.
pub type Point = (i32, i32);

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rect {
    /// The left edge.
    pub x: i32,
    /// The top edge.
    pub y: i32,
    /// The width.
    pub w: i32,
    /// The height.
    pub h: i32,
}

impl Rect {
    /// The right edge.
    #[must_use]
    pub fn right(self) -> i32 {
        self.x + self.w
    }

    /// The bottom edge.
    #[must_use]
    pub fn bottom(self) -> i32 {
        self.y + self.h
    }

    /// The centre.
    #[must_use]
    pub fn centre(self) -> Point {
        (self.x + self.w / 2, self.y + self.h / 2)
    }

    /// The rectangle expanded by a margin on every side.
    #[must_use]
    pub fn expanded(self, by: i32) -> Self {
        Self {
            x: self.x - by,
            y: self.y - by,
            w: self.w + 2 * by,
            h: self.h + 2 * by,
        }
    }

    /// Whether the interiors of both rectangles intersect.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }
}

/// How a figure fits its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Scaled to the width of the column; its text is large enough for a narrow window.
    Column,
    /// At its intrinsic width, in a scrollable region.
    Scrolled,
}

/// The accessible name and description of a figure.
#[derive(Debug, Clone, Copy)]
pub struct FigureLabel<'a> {
    /// What stands before each anchor of the page.
    pub prefix: &'a str,
    /// The prefix of the ids of its title and description.
    pub id: &'a str,
    /// Its name.
    pub title: &'a str,
    /// A description in sentences.
    pub description: &'a str,
}

/// An SVG document that is being written.
#[derive(Debug, Default)]
pub struct Svg {
    out: String,
}

impl Svg {
    /// Adds a rectangle.
    pub fn rect(&mut self, class: &str, rect: Rect) {
        let Rect { x, y, w, h } = rect;
        self.raw(format_args!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"/>"
        ));
    }

    /// Adds a text.
    pub fn text(&mut self, class: &str, position: Point, text: &str) {
        let class = if class.is_empty() {
            String::new()
        } else {
            format!(" class=\"{class}\"")
        };
        let (x, y) = position;
        self.raw(format_args!(
            "<text{class} x=\"{x}\" y=\"{y}\">{}</text>",
            escape_xml(text)
        ));
    }

    /// Adds markup as it is; the caller has escaped any author's text in it.
    pub fn raw(&mut self, text: std::fmt::Arguments<'_>) {
        self.out
            .write_fmt(text)
            .expect("a text can always be written to");
    }

    /// Returns the SVG element with its size, name and description.
    #[must_use]
    pub fn finish(self, label: FigureLabel<'_>, size: (i32, i32), fit: Fit) -> String {
        let FigureLabel {
            prefix,
            id,
            title,
            description,
        } = label;
        let (w, h) = size;
        let class = match fit {
            Fit::Column => "fig\"".to_owned(),
            Fit::Scrolled => format!("fig own\" width=\"{w}\" height=\"{h}\""),
        };
        format!(
            "<svg class=\"{class} viewBox=\"0 0 {w} {h}\" role=\"group\" aria-labelledby=\"{prefix}{id}:t\" aria-describedby=\"{prefix}{id}:d\"><title id=\"{prefix}{id}:t\">{}</title><desc id=\"{prefix}{id}:d\">{}</desc>{}</svg>",
            escape_xml(title),
            escape_xml(description),
            self.out
        )
    }
}
