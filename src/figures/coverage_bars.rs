//! Coverage as bars: a row per part, a column per level. A bar is as long as its total: filled for mapped, hatched for excluded with a
//! reason, hollow for open.
//!
//! Entry: [`CoverageBars::svg`]. Invariant: all bars have the same scale; every non-empty part is visible.

use super::svg::{FigureLabel, Fit, Svg};
use super::text::{width, wrap};

/// Maximum of rows; a larger figure is not drawn.
pub const MAX_ROWS: usize = 40;
/// Maximum of columns; a larger figure is not drawn.
pub const MAX_COLUMNS: usize = 4;

/// Counts of parts at levels.
#[derive(Debug, Clone, Default)]
pub struct CoverageBars {
    /// The levels.
    pub columns: Vec<String>,
    /// The parts: identifier, and the counts of mapped, excluded and open at each level.
    pub rows: Vec<(String, Vec<[usize; 3]>)>,
}

/// Sizes in units; font sizes in tenths of a unit, large enough for a narrow window.
const WIDTH: i32 = 400;
const HEADER_HEIGHT: i32 = 24;
const ROW_HEIGHT: i32 = 21;
const BAR_HEIGHT: i32 = 12;
const COLUMN_GAP: i32 = 10;
const ID_SIZE: i32 = 160;
const SMALL_SIZE: i32 = 133;

impl CoverageBars {
    /// Renders the figure.
    #[must_use]
    pub fn svg(&self, label: FigureLabel<'_>) -> String {
        let mut svg = Svg::default();
        let codes = self.rows.iter().map(|it| width(&it.0, ID_SIZE)).max();
        let left = codes.unwrap_or(0).clamp(30, 90) + COLUMN_GAP;
        let columns = i32::try_from(self.columns.len().max(1)).unwrap_or(1);
        let column = (WIDTH - left + COLUMN_GAP) / columns;
        let max = self
            .rows
            .iter()
            .flat_map(|(_, counts)| counts)
            .map(|counts| counts.iter().sum())
            .max()
            .unwrap_or(0);
        let number = width(&max.to_string(), SMALL_SIZE) + 4;
        let scale = Scale {
            max,
            room: column - COLUMN_GAP - number,
        };
        for (x, name) in (left..)
            .step_by(usize::try_from(column).unwrap_or(1))
            .zip(&self.columns)
        {
            let name = wrap(name, SMALL_SIZE, column - COLUMN_GAP, 1).pop();
            svg.text("ts at", (x, 13), &name.unwrap_or_default());
        }
        let mut y = HEADER_HEIGHT;
        for (id, counts) in &self.rows {
            let id = wrap(id, ID_SIZE, left - COLUMN_GAP, 1)
                .pop()
                .unwrap_or_default();
            svg.text("tm at", (0, y + BAR_HEIGHT), &id);
            let mut x = left;
            for it in counts {
                draw_bar(&mut svg, (x, y + 1), *it, &scale);
                x += column;
            }
            y += ROW_HEIGHT;
        }
        svg.finish(label, (WIDTH, y), Fit::Column)
    }
}

/// Converts counts to lengths.
struct Scale {
    max: usize,
    room: i32,
}

impl Scale {
    fn length(&self, count: usize) -> i32 {
        let count = i64::try_from(count).unwrap_or(0) * i64::from(self.room);
        let max = i64::try_from(self.max.max(1)).unwrap_or(1);
        i32::try_from(count / max).unwrap_or(0)
    }
}

fn draw_bar(
    svg: &mut Svg,
    (x, y): (i32, i32),
    [mapped, left_out, open]: [usize; 3],
    scale: &Scale,
) {
    let total = mapped + left_out + open;
    if total == 0 {
        return;
    }
    let whole = scale.length(total).max(3);
    let first = scale.length(mapped);
    let second = scale.length(mapped + left_out);
    let segment = |class: &str, from: i32, to: i32| {
        if to > from {
            format!(
                "<rect class=\"{class}\" x=\"{}\" y=\"{y}\" width=\"{}\" height=\"{BAR_HEIGHT}\"/>",
                x + from,
                to - from
            )
        } else {
            String::new()
        }
    };
    svg.raw(format_args!(
        "{}{}<rect x=\"{x}\" y=\"{y}\" width=\"{whole}\" height=\"{BAR_HEIGHT}\"/>",
        segment("mapped", 0, first.min(whole)),
        segment("just", first, second.min(whole))
    ));
    svg.text(
        "ts at",
        (x + whole + 4, y + BAR_HEIGHT - 2),
        &total.to_string(),
    );
}
