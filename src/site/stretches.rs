//! Long lists in pages: the list's own page leads to stretches of it, in its order.
//!
//! Entry: [`List`], [`stretch_of`]. Invariant: a stretch holds at most [`LISTED`] rows, and each row stands in one.

use std::ops::Range;

use super::{LISTED, PageKind};
use crate::catalogue::{FrameworkIx, GroupIx, NodeIx, ThreatIx};

/// More measures than this are not named beside a threat: they have a page of their own.
pub const BESIDE: usize = 25;

/// A list that may be too long for one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// The groups of measures, where each has a page.
    Groups,
    /// The measures of a group, or of none.
    Group(Option<GroupIx>),
    /// The use cases.
    UseCases,
    /// The tops of a framework.
    Tops(FrameworkIx),
    /// The nodes with pages under a node.
    Below(NodeIx),
    /// The pages of the guide.
    Guide,
    /// The threats.
    Threats,
    /// The measures that answer a threat.
    Answers(ThreatIx),
    /// The terms of the glossary.
    Glossary,
    /// The nodes of a table of coverage.
    Numbers(Table),
}

/// A table of coverage, by what its rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// The tops of a framework.
    Of(FrameworkIx),
    /// The tops of a framework, at one of its level places.
    Level(FrameworkIx, usize),
    /// The nodes under a node that have lists of their own.
    Under(NodeIx),
}

impl List {
    /// The page of the whole list: with its rows, or with the ways to its stretches.
    #[must_use]
    pub const fn page(self) -> PageKind {
        match self {
            Self::Groups => PageKind::Measures,
            Self::Group(ix) => PageKind::Group(ix),
            Self::UseCases => PageKind::UseCases,
            Self::Tops(ix) => PageKind::Framework(ix),
            Self::Below(ix) => PageKind::Node(ix),
            Self::Guide => PageKind::Guide,
            Self::Threats => PageKind::Threats,
            Self::Answers(ix) => PageKind::Answers(ix),
            Self::Glossary => PageKind::Glossary,
            Self::Numbers(Table::Of(ix)) => PageKind::CoverageOf(ix),
            Self::Numbers(Table::Level(ix, place)) => PageKind::CoverageLevel(ix, place),
            Self::Numbers(Table::Under(ix)) => PageKind::CoverageTop(ix),
        }
    }
}

/// The number of the stretch in which a row stands, from zero.
#[must_use]
pub const fn stretch_of(row: usize) -> usize {
    row / LISTED
}

/// The rows of a stretch of a list of some length.
#[must_use]
pub fn rows_of(stretch: usize, len: usize) -> Range<usize> {
    let start = stretch * LISTED;
    start..(start + LISTED).min(len)
}

/// How many stretches a list of some length has; none where it stands whole on its page.
#[must_use]
pub const fn stretches(len: usize) -> usize {
    if len > LISTED {
        len.div_ceil(LISTED)
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::{rows_of, stretch_of, stretches};

    #[test]
    fn each_row_stands_in_one_stretch() {
        assert_eq!(stretches(200), 0);
        for len in [201, 400, 401, 450] {
            let ranges = (0..stretches(len)).map(|at| (at, rows_of(at, len)));
            let rows: Vec<_> = ranges
                .flat_map(|(at, it)| it.map(move |row| (row, at)))
                .collect();
            let wanted: Vec<_> = (0..len).map(|row| (row, stretch_of(row))).collect();
            assert_eq!(rows, wanted);
        }
    }
}
