//! The area of a zone in the picture of a data flow, and what keeps it from being framed.
//!
//! Entry: [`Area::of_zones`]. Invariant: the areas without a clash neither meet nor hold a box of another zone.

use std::ops::RangeInclusive;

/// The cells from a zone's first box to its last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Its columns.
    pub columns: RangeInclusive<u16>,
    /// Its rows.
    pub rows: RangeInclusive<u16>,
    /// What stands in the way of a frame around it.
    pub clash: Option<Clash>,
}

/// What keeps a zone from being framed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clash {
    /// A box that is not the zone's stands inside, by position.
    Box(usize),
    /// The area of an earlier zone meets it, by position.
    Zone(usize),
}

impl Area {
    /// The areas of so many zones, by the zone and the cell of each box; none for a zone without boxes.
    #[must_use]
    pub fn of_zones(
        zones: usize,
        members: &[Option<usize>],
        cells: &[(u16, u16)],
    ) -> Vec<Option<Self>> {
        let mut out: Vec<Option<Self>> = vec![None; zones];
        for (zone, (column, row)) in members.iter().zip(cells) {
            let Some(area) = zone.and_then(|it| out.get_mut(it)) else {
                continue;
            };
            let (columns, rows) = area
                .take()
                .map_or((*column..=*column, *row..=*row), |it| (it.columns, it.rows));
            *area = Some(Self {
                columns: *column.min(columns.start())..=*column.max(columns.end()),
                rows: *row.min(rows.start())..=*row.max(rows.end()),
                clash: None,
            });
        }
        for at in 0..zones {
            let clash = out[at].as_ref().and_then(|area| {
                let inside = area.stranger(at, members, cells).map(Clash::Box);
                inside.or_else(|| area.met(&out[..at]).map(Clash::Zone))
            });
            if let Some(area) = &mut out[at] {
                area.clash = clash;
            }
        }
        out
    }

    /// A box inside that is not of this zone.
    fn stranger(
        &self,
        zone: usize,
        members: &[Option<usize>],
        cells: &[(u16, u16)],
    ) -> Option<usize> {
        let mut boxes = members.iter().zip(cells);
        boxes.position(|(member, (column, row))| {
            *member != Some(zone) && self.columns.contains(column) && self.rows.contains(row)
        })
    }

    /// An earlier area that is framed and meets this one.
    fn met(&self, earlier: &[Option<Self>]) -> Option<usize> {
        let apart = |a: &RangeInclusive<u16>, b: &RangeInclusive<u16>| {
            a.end() < b.start() || b.end() < a.start()
        };
        earlier.iter().position(|other| {
            other.as_ref().is_some_and(|it| {
                it.clash.is_none()
                    && !apart(&it.columns, &self.columns)
                    && !apart(&it.rows, &self.rows)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Area, Clash};

    #[test]
    fn areas_that_meet_or_hold_a_stranger_clash() {
        let cells = [(1, 1), (3, 3), (2, 2), (3, 1), (3, 2), (9, 9)];
        let members = [Some(0), Some(0), Some(1), Some(2), Some(2), None];
        let areas = Area::of_zones(4, &members, &cells);
        let clashes: Vec<_> = areas
            .iter()
            .map(|it| it.as_ref().and_then(|it| it.clash))
            .collect();
        assert_eq!(clashes, [Some(Clash::Box(2)), None, None, None]);
        assert!(areas[3].is_none());
        let crossed = [(1, 2), (3, 2), (2, 1), (2, 3)];
        let areas = Area::of_zones(2, &[Some(0), Some(0), Some(1), Some(1)], &crossed);
        let second = areas[1].as_ref().expect("it has boxes");
        assert_eq!(second.clash, Some(Clash::Zone(0)));
    }
}
