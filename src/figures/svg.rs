//! A drawing as it is written: shapes with classes, texts escaped, coordinates in whole units.
//!
//! Entry: [`Svg`]. Invariant: no style attribute and no colour, so that the theme decides every look; every text goes
//! through [`escaped`].

use std::fmt::Write as _;

use super::text::escaped;

/// A point.
pub type Point = (i32, i32);

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rect {
    /// Its left side.
    pub x: i32,
    /// Its top.
    pub y: i32,
    /// How wide it is.
    pub w: i32,
    /// How high it is.
    pub h: i32,
}

impl Rect {
    /// Its right side.
    #[must_use]
    pub fn right(self) -> i32 {
        self.x + self.w
    }

    /// Its lower side.
    #[must_use]
    pub fn bottom(self) -> i32 {
        self.y + self.h
    }

    /// Its centre.
    #[must_use]
    pub fn centre(self) -> Point {
        (self.x + self.w / 2, self.y + self.h / 2)
    }

    /// The rectangle, wider by so much on every side.
    #[must_use]
    pub fn grown(self, by: i32) -> Self {
        Self {
            x: self.x - by,
            y: self.y - by,
            w: self.w + 2 * by,
            h: self.h + 2 * by,
        }
    }

    /// Whether both have more than a side in common.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }
}

/// How a figure is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// As wide as its column; its text is large enough for a narrow window.
    Column,
    /// At its own width, in a region that scrolls.
    Own,
}

/// What a figure says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// What stands before each anchor of the page.
    pub prefix: &'a str,
    /// The beginning of its ids.
    pub id: &'a str,
    /// Its name.
    pub title: &'a str,
    /// What it shows, in sentences.
    pub description: &'a str,
}

/// A drawing.
#[derive(Debug, Default)]
pub struct Svg {
    out: String,
}

impl Svg {
    /// A rectangle of a class.
    pub fn rect(&mut self, class: &str, it: Rect) {
        let Rect { x, y, w, h } = it;
        self.raw(format_args!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"/>"
        ));
    }

    /// A text of a class at a point.
    pub fn text(&mut self, class: &str, at: Point, text: &str) {
        let class = if class.is_empty() {
            String::new()
        } else {
            format!(" class=\"{class}\"")
        };
        let (x, y) = at;
        self.raw(format_args!(
            "<text{class} x=\"{x}\" y=\"{y}\">{}</text>",
            escaped(text)
        ));
    }

    /// Mark-up that the drawing's own code makes; author's text in it is already escaped.
    pub fn raw(&mut self, text: std::fmt::Arguments<'_>) {
        self.out
            .write_fmt(text)
            .expect("a text can always be written to");
    }

    /// The whole, of a size, with its name and description.
    #[must_use]
    pub fn finish(self, head: Head<'_>, size: (i32, i32), fit: Fit) -> String {
        let Head {
            prefix,
            id,
            title,
            description,
        } = head;
        let (w, h) = size;
        let own = match fit {
            Fit::Column => "fig\"".to_owned(),
            Fit::Own => format!("fig own\" width=\"{w}\" height=\"{h}\""),
        };
        format!(
            "<svg class=\"{own} viewBox=\"0 0 {w} {h}\" role=\"group\" aria-labelledby=\"{prefix}{id}:t\" aria-describedby=\"{prefix}{id}:d\"><title id=\"{prefix}{id}:t\">{}</title><desc id=\"{prefix}{id}:d\">{}</desc>{}</svg>",
            escaped(title),
            escaped(description),
            self.out
        )
    }
}
