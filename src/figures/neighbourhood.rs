//! A measure and its neighbours: use cases and related measures on the left, the mapped requirements of each framework on the right.
//! The more mappings, the thicker the edge.
//!
//! Entry: [`Neighbourhood::svg`]. Invariant: at most [`MAX_BOXES`] boxes per side, however many neighbours there are.

use super::svg::{FigureLabel, Fit, Rect, Svg};
use super::text::{escape_xml, width, wrap};

/// Maximum of boxes per side.
pub const MAX_BOXES: usize = 14;

/// A measure and its neighbours.
#[derive(Debug, Clone, Default)]
pub struct Neighbourhood {
    /// The measure's identifier.
    pub id: String,
    /// The groups on the left, from top to bottom.
    pub left: Vec<NeighbourGroup>,
    /// The groups on the right, from top to bottom.
    pub right: Vec<NeighbourGroup>,
}

/// Neighbours under a heading.
#[derive(Debug, Clone, Default)]
pub struct NeighbourGroup {
    /// The heading.
    pub heading: String,
    /// Whether the edges are dashed.
    pub weak: bool,
    /// Whether their names are identifiers.
    pub ids: bool,
    /// The neighbours.
    pub boxes: Vec<Neighbour>,
}

/// A neighbour.
#[derive(Debug, Clone, Default)]
pub struct Neighbour {
    /// The target of the link.
    pub href: String,
    /// Its name.
    pub name: String,
    /// A number after the name.
    pub note: String,
    /// A symbol after the name, and its label.
    pub mark: Option<(String, String)>,
    /// The thickness of the edge, from 1 to 3.
    pub weight: u8,
}

/// Sizes in units; font sizes in tenths of a unit, large enough for a narrow window.
const WIDTH: i32 = 424;
const MIN_BOX_WIDTH: i32 = 84;
const MAX_BOX_WIDTH: i32 = 140;
const CENTRE_SIZE: (i32, i32) = (88, 36);
const EDGE_SPREAD: i32 = 22;
const BOX_HEIGHT: i32 = 30;
const BOX_GAP: i32 = 6;
const HEADING_HEIGHT: i32 = 22;
const GROUP_GAP: i32 = 14;
const TEXT_SIZE: i32 = 145;
const ID_SIZE: i32 = 160;
const SMALL_SIZE: i32 = 133;
const PADDING: i32 = 8;
const ICON_SIZE: i32 = 14;

impl Neighbourhood {
    /// Renders the figure.
    #[must_use]
    pub fn svg(&self, label: FigureLabel<'_>) -> String {
        let (left, right) = (side_height(&self.left), side_height(&self.right));
        let height = left.max(right).max(CENTRE_SIZE.1) + 4;
        let middle = height / 2;
        let mut svg = Svg::default();
        let core = Rect {
            x: (WIDTH - CENTRE_SIZE.0) / 2,
            y: middle - CENTRE_SIZE.1 / 2,
            w: CENTRE_SIZE.0,
            h: CENTRE_SIZE.1,
        };
        let (left_width, right_width) = (box_width(&self.left), box_width(&self.right));
        let sides = [
            (&self.left, (1, left_width), left, (core.x, 1 + left_width)),
            (
                &self.right,
                (WIDTH - right_width - 1, right_width),
                right,
                (core.right(), WIDTH - right_width - 1),
            ),
        ];
        for (groups, _, high, ends) in &sides {
            draw_edges(&mut svg, groups, (height - high) / 2, (*ends, middle));
        }
        for (groups, place, high, _) in &sides {
            draw_boxes(&mut svg, groups, *place, (height - high) / 2);
        }
        svg.rect("on", core);
        let id = truncate(&self.id, ID_SIZE, CENTRE_SIZE.0 - 12);
        svg.text("tw", (WIDTH / 2, middle + 5), &id);
        svg.finish(label, (WIDTH, height), Fit::Column)
    }
}

fn side_height(groups: &[NeighbourGroup]) -> i32 {
    let group_height =
        |it: &NeighbourGroup| HEADING_HEIGHT + count(it) * (BOX_HEIGHT + BOX_GAP) - BOX_GAP;
    let groups_height: i32 = groups.iter().map(group_height).sum();
    let gaps = i32::try_from(groups.len()).unwrap_or(0) - 1;

    groups_height + gaps.max(0) * GROUP_GAP
}

fn count(group: &NeighbourGroup) -> i32 {
    i32::try_from(group.boxes.len().min(MAX_BOXES)).unwrap_or(0)
}

/// The top of each group's heading and of its boxes.
fn vertical_positions(groups: &[NeighbourGroup], mut top: i32) -> Vec<(i32, Vec<i32>)> {
    let mut out = Vec::new();
    for group in groups {
        let first = top + HEADING_HEIGHT;
        let boxes: Vec<_> = (0..count(group))
            .map(|i| first + i * (BOX_HEIGHT + BOX_GAP))
            .collect();
        out.push((top, boxes));
        top = first + count(group) * (BOX_HEIGHT + BOX_GAP) - BOX_GAP + GROUP_GAP;
    }
    out
}

/// Draws the edges of a side as one path per style. At the measure they fan out in the order of their boxes.
fn draw_edges(
    svg: &mut Svg,
    groups: &[NeighbourGroup],
    top: i32,
    ((from, to), middle): ((i32, i32), i32),
) {
    let mut paths = [const { String::new() }; 4];
    let bend = i32::midpoint(from, to);
    let last = (groups.iter().map(count).sum::<i32>() - 1).max(1);
    let mut i = 0;
    for (group, (_, tops)) in groups.iter().zip(vertical_positions(groups, top)) {
        for (it, y) in group.boxes.iter().zip(tops) {
            let style = if group.weak {
                0
            } else {
                usize::from(it.weight.clamp(1, 3))
            };
            let start = middle + (2 * i - last) * EDGE_SPREAD / (2 * last);
            let y = y + BOX_HEIGHT / 2;
            paths[style] += &format!("M{to} {y}C{bend} {y} {bend} {start} {from} {start}");
            i += 1;
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

/// The width of the boxes of a side.
fn box_width(groups: &[NeighbourGroup]) -> i32 {
    let boxes = groups
        .iter()
        .flat_map(|group| group.boxes.iter().take(MAX_BOXES).map(|it| (group.ids, it)));
    let need = |(ids, it): (bool, &Neighbour)| name_width(ids, it).saturating_add(it.extra_width());
    let heads = groups.iter().map(|it| width(&it.heading, SMALL_SIZE));
    let most = boxes.map(need).chain(heads).max();
    most.unwrap_or(0).clamp(MIN_BOX_WIDTH, MAX_BOX_WIDTH)
}

/// The width of a name.
fn name_width(ids: bool, it: &Neighbour) -> i32 {
    if ids {
        // Identifiers are in a monospaced font.
        i32::try_from(it.name.chars().count()).map_or(MAX_BOX_WIDTH, |it| it.saturating_mul(9))
    } else {
        width(&it.name, TEXT_SIZE)
    }
}

impl Neighbour {
    /// The width of everything but the name.
    fn extra_width(&self) -> i32 {
        let mark = i32::from(self.mark.is_some()) * (ICON_SIZE + 6);
        let note = if self.note.is_empty() {
            0
        } else {
            width(&self.note, SMALL_SIZE) + 8
        };
        2 * PADDING + mark + note
    }
}

fn draw_boxes(svg: &mut Svg, groups: &[NeighbourGroup], (x, wide): (i32, i32), top: i32) {
    for (group, (head, tops)) in groups.iter().zip(vertical_positions(groups, top)) {
        let heading = truncate(&group.heading, SMALL_SIZE, MAX_BOX_WIDTH);
        svg.text("ts at", (x, head + 13), &heading);
        let class = if group.ids { "at ids" } else { "at" };
        svg.raw(format_args!("<g class=\"{class}\">"));
        for (it, y) in group.boxes.iter().zip(tops) {
            let room = wide - it.extra_width();
            let name = if name_width(group.ids, it) <= room {
                it.name.clone()
            } else {
                truncate(&it.name, ID_SIZE, room)
            };
            let rect = Rect {
                x,
                y,
                w: wide,
                h: BOX_HEIGHT,
            };
            draw_neighbour(svg, it, &name, rect);
        }
        svg.raw(format_args!("</g>"));
    }
}

fn draw_neighbour(svg: &mut Svg, it: &Neighbour, name: &str, rect: Rect) {
    let Rect { x, y, w, h } = rect;
    let label = it.mark.as_ref().map_or_else(String::new, |(_, word)| {
        format!(
            " aria-label=\"{}, {}\"",
            escape_xml(&it.name),
            escape_xml(word)
        )
    });
    let (open, close) = if it.href.is_empty() {
        ("<g>".to_owned(), "</g>")
    } else {
        let href = escape_xml(&it.href);
        (format!("<a href=\"{href}\"{label}>"), "</a>")
    };
    svg.raw(format_args!(
        "{open}<path d=\"M{x} {y}h{w}v{h}H{x}z\"/><text x=\"{}\" y=\"{}\">{}",
        x + PADDING,
        y + BOX_HEIGHT / 2 + 5,
        escape_xml(name)
    ));
    if !it.note.is_empty() {
        let end = rect.right() - PADDING;
        svg.raw(format_args!(
            " <tspan x=\"{end}\">{}</tspan>",
            escape_xml(&it.note)
        ));
    }
    svg.raw(format_args!("</text>"));
    if let Some((icon, _)) = &it.mark {
        svg.raw(format_args!(
            "<use href=\"#{}\" x=\"{}\" y=\"{}\" width=\"{ICON_SIZE}\" height=\"{ICON_SIZE}\"/>",
            escape_xml(icon),
            rect.right() - PADDING - ICON_SIZE,
            y + (BOX_HEIGHT - ICON_SIZE) / 2
        ));
    }
    svg.raw(format_args!("{close}"));
}

/// Truncates a text to one line of at most `room` units.
fn truncate(text: &str, size: i32, room: i32) -> String {
    wrap(text, size, room, 1).pop().unwrap_or_default()
}
