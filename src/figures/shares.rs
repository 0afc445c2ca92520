//! Coverage by part and level: a row a part, a column a level, each bar as long as what it counts, filled where mapped,
//! hatched where left out with a reason, hollow where open.
//!
//! Entry: [`Shares::svg`]. Invariant: one scale for all bars; a part with anything in it is seen.

use super::svg::{Fit, Head, Svg};
use super::text::{width, wrap};

/// More rows than this are not drawn.
pub const MOST_ROWS: usize = 40;
/// More columns than this are not drawn.
pub const MOST_COLUMNS: usize = 4;

/// Counts of parts at levels.
#[derive(Debug, Clone, Default)]
pub struct Shares {
    /// The levels.
    pub columns: Vec<String>,
    /// The parts: their identifiers, and mapped, left out and open at each level.
    pub rows: Vec<(String, Vec<[usize; 3]>)>,
}

/// Sizes in units; of text in tenths of a unit, as large as in a narrow window.
const WIDTH: i32 = 400;
const HEAD: i32 = 24;
const ROW: i32 = 21;
const BAR: i32 = 12;
const GAP: i32 = 10;
const MONO: i32 = 160;
const SMALL: i32 = 133;

impl Shares {
    /// The figure with its name and description.
    #[must_use]
    pub fn svg(&self, head: Head<'_>) -> String {
        let mut svg = Svg::default();
        let codes = self.rows.iter().map(|it| width(&it.0, MONO)).max();
        let left = codes.unwrap_or(0).clamp(30, 90) + GAP;
        let columns = i32::try_from(self.columns.len().max(1)).unwrap_or(1);
        let column = (WIDTH - left + GAP) / columns;
        let most = self.rows.iter().flat_map(|it| &it.1);
        let most = most.map(|it| it.iter().sum()).max().unwrap_or(0);
        let number = width(&most.to_string(), SMALL) + 4;
        let scale = Scale {
            most,
            room: column - GAP - number,
        };
        for (x, name) in (left..)
            .step_by(usize::try_from(column).unwrap_or(1))
            .zip(&self.columns)
        {
            let name = wrap(name, SMALL, column - GAP, 1).pop();
            svg.text("ts at", (x, 13), &name.unwrap_or_default());
        }
        let mut y = HEAD;
        for (id, counts) in &self.rows {
            let id = wrap(id, MONO, left - GAP, 1).pop().unwrap_or_default();
            svg.text("tm at", (0, y + BAR), &id);
            let mut x = left;
            for it in counts {
                bar(&mut svg, (x, y + 1), *it, &scale);
                x += column;
            }
            y += ROW;
        }
        svg.finish(head, (WIDTH, y), Fit::Column)
    }
}

/// How long a bar is.
struct Scale {
    most: usize,
    room: i32,
}

impl Scale {
    fn long(&self, count: usize) -> i32 {
        let count = i64::try_from(count).unwrap_or(0) * i64::from(self.room);
        let most = i64::try_from(self.most.max(1)).unwrap_or(1);
        i32::try_from(count / most).unwrap_or(0)
    }
}

fn bar(svg: &mut Svg, (x, y): (i32, i32), [mapped, left_out, open]: [usize; 3], scale: &Scale) {
    let total = mapped + left_out + open;
    if total == 0 {
        return;
    }
    let whole = scale.long(total).max(3);
    let first = scale.long(mapped);
    let second = scale.long(mapped + left_out);
    let part = |class: &str, from: i32, to: i32| {
        if to > from {
            format!(
                "<rect class=\"{class}\" x=\"{}\" y=\"{y}\" width=\"{}\" height=\"{BAR}\"/>",
                x + from,
                to - from
            )
        } else {
            String::new()
        }
    };
    svg.raw(format_args!(
        "{}{}<rect x=\"{x}\" y=\"{y}\" width=\"{whole}\" height=\"{BAR}\"/>",
        part("mapped", 0, first.min(whole)),
        part("just", first, second.min(whole))
    ));
    svg.text("ts at", (x + whole + 4, y + BAR - 2), &total.to_string());
}
