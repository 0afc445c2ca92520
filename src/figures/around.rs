//! A measure and what stands around it: use cases and related measures on the left, what it reaches in each framework on the
//! right, with lines that are thicker where more is reached.
//!
//! Entry: [`Around::svg`]. Invariant: at most [`ROWS`] boxes stand on a side, whatever the measure reaches.

use super::svg::{Fit, Head, Rect, Svg};
use super::text::{escaped, width, wrap};

/// The most boxes on one side.
pub const ROWS: usize = 14;

/// A measure and its neighbours.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// The measure's identifier.
    pub id: String,
    /// On the left, from the top.
    pub left: Vec<Group>,
    /// On the right, from the top.
    pub right: Vec<Group>,
}

/// Neighbours under a heading.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// What they are.
    pub heading: String,
    /// Whether they are only named beside it.
    pub weak: bool,
    /// Whether their names are identifiers.
    pub ids: bool,
    /// The neighbours.
    pub boxes: Vec<Neighbour>,
}

/// A neighbour.
#[derive(Debug, Clone, Default)]
pub struct Neighbour {
    /// Where it leads; empty where it leads nowhere.
    pub href: String,
    /// Its name.
    pub name: String,
    /// What stands after the name: a number.
    pub note: String,
    /// What stands there as a symbol, and its word.
    pub mark: Option<(String, String)>,
    /// How strong the line is, from 1 to 3.
    pub weight: u8,
}

/// Sizes in units; of text in tenths of a unit, as large as in a narrow window.
const WIDTH: i32 = 424;
const LEAST: i32 = 84;
const MOST: i32 = 140;
const CENTRE: (i32, i32) = (88, 36);
const SPREAD: i32 = 22;
const HIGH: i32 = 30;
const APART: i32 = 6;
const HEADING: i32 = 22;
const GROUPS: i32 = 14;
const TEXT: i32 = 145;
const MONO: i32 = 160;
const SMALL: i32 = 133;
const INSIDE: i32 = 8;
const ICON: i32 = 14;

impl Around {
    /// The figure with its name and description.
    #[must_use]
    pub fn svg(&self, head: Head<'_>) -> String {
        let (left, right) = (high(&self.left), high(&self.right));
        let height = left.max(right).max(CENTRE.1) + 4;
        let middle = height / 2;
        let mut svg = Svg::default();
        let core = Rect {
            x: (WIDTH - CENTRE.0) / 2,
            y: middle - CENTRE.1 / 2,
            w: CENTRE.0,
            h: CENTRE.1,
        };
        let (wide_left, wide_right) = (wide(&self.left), wide(&self.right));
        let sides = [
            (&self.left, (1, wide_left), left, (core.x, 1 + wide_left)),
            (
                &self.right,
                (WIDTH - wide_right - 1, wide_right),
                right,
                (core.right(), WIDTH - wide_right - 1),
            ),
        ];
        for (groups, _, high, ends) in &sides {
            lines(&mut svg, groups, (height - high) / 2, (*ends, middle));
        }
        for (groups, place, high, _) in &sides {
            boxes(&mut svg, groups, *place, (height - high) / 2);
        }
        svg.rect("on", core);
        let id = cut(&self.id, MONO, CENTRE.0 - 12);
        svg.text("tw", (WIDTH / 2, middle + 5), &id);
        svg.finish(head, (WIDTH, height), Fit::Column)
    }
}

fn high(groups: &[Group]) -> i32 {
    let of_one = |it: &Group| HEADING + count(it) * (HIGH + APART) - APART;
    let all: i32 = groups.iter().map(of_one).sum();
    let gaps = i32::try_from(groups.len()).unwrap_or(0) - 1;
    all + gaps.max(0) * GROUPS
}

fn count(group: &Group) -> i32 {
    i32::try_from(group.boxes.len().min(ROWS)).unwrap_or(0)
}

/// The top of each box, and of each group's heading.
fn tops(groups: &[Group], mut top: i32) -> Vec<(i32, Vec<i32>)> {
    let mut out = Vec::new();
    for group in groups {
        let first = top + HEADING;
        let boxes: Vec<_> = (0..count(group))
            .map(|at| first + at * (HIGH + APART))
            .collect();
        out.push((top, boxes));
        top = first + count(group) * (HIGH + APART) - APART + GROUPS;
    }
    out
}

/// The lines of a side, a path for each look; they part at the measure in the order of their boxes.
fn lines(svg: &mut Svg, groups: &[Group], top: i32, ((from, to), middle): ((i32, i32), i32)) {
    let mut paths = [const { String::new() }; 4];
    let bend = i32::midpoint(from, to);
    let last = (groups.iter().map(count).sum::<i32>() - 1).max(1);
    let mut nth = 0;
    for (group, (_, tops)) in groups.iter().zip(tops(groups, top)) {
        for (it, y) in group.boxes.iter().zip(tops) {
            let look = if group.weak {
                0
            } else {
                usize::from(it.weight.clamp(1, 3))
            };
            let start = middle + (2 * nth - last) * SPREAD / (2 * last);
            let y = y + HIGH / 2;
            paths[look] += &format!("M{to} {y}C{bend} {y} {bend} {start} {from} {start}");
            nth += 1;
        }
    }
    for (path, class) in paths
        .iter()
        .zip(["edge weak", "edge", "edge w2", "edge w3"])
    {
        if !path.is_empty() {
            svg.raw(format_args!("<path class=\"{class}\" d=\"{path}\"/>"));
        }
    }
}

/// How wide the boxes of a side are.
fn wide(groups: &[Group]) -> i32 {
    let boxes = groups
        .iter()
        .flat_map(|group| group.boxes.iter().take(ROWS).map(|it| (group.ids, it)));
    let need = |(ids, it): (bool, &Neighbour)| named(ids, it).saturating_add(it.beside());
    let heads = groups.iter().map(|it| width(&it.heading, SMALL));
    let most = boxes.map(need).chain(heads).max();
    most.unwrap_or(0).clamp(LEAST, MOST)
}

/// The width of a name.
fn named(ids: bool, it: &Neighbour) -> i32 {
    if ids {
        // Every sign of a face for identifiers is as wide as the others.
        i32::try_from(it.name.chars().count()).map_or(MOST, |it| it.saturating_mul(9))
    } else {
        width(&it.name, TEXT)
    }
}

impl Neighbour {
    /// The room that is not the name's.
    fn beside(&self) -> i32 {
        let mark = i32::from(self.mark.is_some()) * (ICON + 6);
        let note = if self.note.is_empty() {
            0
        } else {
            width(&self.note, SMALL) + 8
        };
        2 * INSIDE + mark + note
    }
}

fn boxes(svg: &mut Svg, groups: &[Group], (x, wide): (i32, i32), top: i32) {
    for (group, (head, tops)) in groups.iter().zip(tops(groups, top)) {
        let heading = cut(&group.heading, SMALL, MOST);
        svg.text("ts at", (x, head + 13), &heading);
        let class = if group.ids { "at ids" } else { "at" };
        svg.raw(format_args!("<g class=\"{class}\">"));
        for (it, y) in group.boxes.iter().zip(tops) {
            let room = wide - it.beside();
            let name = if named(group.ids, it) <= room {
                it.name.clone()
            } else {
                cut(&it.name, MONO, room)
            };
            let rect = Rect {
                x,
                y,
                w: wide,
                h: HIGH,
            };
            neighbour(svg, it, &name, rect);
        }
        svg.raw(format_args!("</g>"));
    }
}

fn neighbour(svg: &mut Svg, it: &Neighbour, name: &str, rect: Rect) {
    let Rect { x, y, w, h } = rect;
    let label = it.mark.as_ref().map_or_else(String::new, |(_, word)| {
        format!(" aria-label=\"{}, {}\"", escaped(&it.name), escaped(word))
    });
    let (open, close) = if it.href.is_empty() {
        ("<g>".to_owned(), "</g>")
    } else {
        (format!("<a href=\"{}\"{label}>", escaped(&it.href)), "</a>")
    };
    svg.raw(format_args!(
        "{open}<path d=\"M{x} {y}h{w}v{h}H{x}z\"/><text x=\"{}\" y=\"{}\">{}",
        x + INSIDE,
        y + HIGH / 2 + 5,
        escaped(name)
    ));
    if !it.note.is_empty() {
        let end = rect.right() - INSIDE;
        svg.raw(format_args!(
            " <tspan x=\"{end}\">{}</tspan>",
            escaped(&it.note)
        ));
    }
    svg.raw(format_args!("</text>"));
    if let Some((icon, _)) = &it.mark {
        svg.raw(format_args!(
            "<use href=\"#{}\" x=\"{}\" y=\"{}\" width=\"{ICON}\" height=\"{ICON}\"/>",
            escaped(icon),
            rect.right() - INSIDE - ICON,
            y + (HIGH - ICON) / 2
        ));
    }
    svg.raw(format_args!("{close}"));
}

/// A text in one line of at most so many units.
fn cut(text: &str, size: i32, room: i32) -> String {
    wrap(text, size, room, 1).pop().unwrap_or_default()
}
