//! The areas of zones in the figure of a data flow, and their clashes.
//!
//! Entry: [`Area::of_zones`]. Invariant: areas without a clash neither overlap nor contain a box of another zone.

use std::ops::RangeInclusive;

/// The cells from a zone's first box to its last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Its columns.
    pub columns: RangeInclusive<u16>,
    /// Its rows.
    pub rows: RangeInclusive<u16>,
    /// Why no frame can be drawn around it.
    pub clash: Option<Clash>,
}

/// Why no frame can be drawn around a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clash {
    /// It contains a box of another zone, by position.
    Box(usize),
    /// It overlaps the area of an earlier zone, by position.
    Zone(usize),
}

impl Area {
    /// The area of each zone, from the zone and the cell of each box; none for a zone without boxes.
    #[must_use]
    pub fn of_zones(
        zones: usize,
        members: &[Option<usize>],
        cells: &[(u16, u16)],
    ) -> Vec<Option<Self>> {
        let mut out: Vec<Option<Self>> = vec![None; zones];
        for (zone, (column, row)) in members.iter().zip(cells) {
            let Some(area) = zone.and_then(|zone| out.get_mut(zone)) else {
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
        for zone in 0..zones {
            let clash = out[zone].as_ref().and_then(|area| {
                let inside = area.foreign_box(zone, members, cells).map(Clash::Box);
                inside.or_else(|| area.overlapping(&out[..zone]).map(Clash::Zone))
            });
            if let Some(area) = &mut out[zone] {
                area.clash = clash;
            }
        }
        out
    }

    /// A box inside that belongs to another zone or to none.
    fn foreign_box(
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

    /// An earlier area without a clash that overlaps this one.
    fn overlapping(&self, earlier: &[Option<Self>]) -> Option<usize> {
        let apart = |a: &RangeInclusive<u16>, b: &RangeInclusive<u16>| {
            a.end() < b.start() || b.end() < a.start()
        };
        earlier.iter().position(|other| {
            other.as_ref().is_some_and(|other| {
                other.clash.is_none()
                    && !apart(&other.columns, &self.columns)
                    && !apart(&other.rows, &self.rows)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Area, Clash};

    #[test]
    fn areas_that_overlap_or_contain_a_foreign_box_clash() {
        let cells = [(1, 1), (3, 3), (2, 2), (3, 1), (3, 2), (9, 9)];
        let members = [Some(0), Some(0), Some(1), Some(2), Some(2), None];
        let areas = Area::of_zones(4, &members, &cells);
        let clashes: Vec<_> = areas
            .iter()
            .map(|area| area.as_ref().and_then(|it| it.clash))
            .collect();
        assert_eq!(clashes, [Some(Clash::Box(2)), None, None, None]);
        assert!(areas[3].is_none());
        let crossed = [(1, 2), (3, 2), (2, 1), (2, 3)];
        let areas = Area::of_zones(2, &[Some(0), Some(0), Some(1), Some(1)], &crossed);
        let second = areas[1].as_ref().expect("it has boxes");
        assert_eq!(second.clash, Some(Clash::Zone(0)));
    }
}
