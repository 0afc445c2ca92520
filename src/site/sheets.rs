//! Which pages the matrices have, and which rows and columns stand on each.
//!
//! Entry: [`Sheets::of`]. Invariant: no page has more than [`LISTED`] rows or [`COLUMNS`] columns, or lists more than
//! [`REASONS`] reasons unless one measure alone has more; what is longer goes on on a page of its own.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{LISTED, safe};
use crate::catalogue::{Catalogue, FrameworkIx, GroupIx, Hit, Matrix, MeasureIx, NodeIx};

/// The most columns of a page: what can be read on a sheet of paper.
pub const COLUMNS: usize = 30;

/// The most reasons that are listed on a page.
pub const REASONS: usize = 300;

/// What the measures are set against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Against {
    /// The use cases.
    UseCases,
    /// The tops of a framework.
    Framework(FrameworkIx),
    /// What stands under a top.
    Top(NodeIx),
}

/// A page of a matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sheet {
    /// The columns.
    pub against: Against,
    /// The part of the measures, where they are divided; without it, the rows are the parts.
    pub part: Option<usize>,
    /// Which page of these it is, from zero.
    pub at: usize,
}

impl Sheet {
    /// The first page of a matrix.
    #[must_use]
    pub const fn first(against: Against) -> Self {
        Self {
            against,
            part: None,
            at: 0,
        }
    }
}

/// Measures of one group that stand on one page: neighbours in the reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The group.
    pub group: Option<GroupIx>,
    /// Which part of its group it is, from zero.
    pub nth: usize,
    /// Its places in the reading order.
    pub places: Range<usize>,
}

/// The rows of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows {
    /// Measures.
    Measures(Vec<MeasureIx>),
    /// Parts of a long list of measures, by position.
    Parts(Range<usize>),
}

/// The columns of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Columns {
    /// Use cases, by position.
    UseCases(Range<usize>),
    /// Nodes of a framework, in its order.
    Nodes(Vec<NodeIx>),
}

/// What stands on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Its rows.
    pub rows: Rows,
    /// Its columns.
    pub columns: Columns,
}

/// Every page of every matrix.
#[derive(Debug, Clone, Default)]
pub struct Sheets {
    /// The mappings by top, measure and column.
    pub matrix: Matrix,
    /// The parts of a long list of measures; none where it fits one page.
    pub parts: Vec<Part>,
    layouts: BTreeMap<Sheet, Layout>,
    listed: BTreeMap<(NodeIx, MeasureIx), Sheet>,
}

impl Sheets {
    /// Lays out the matrices of a catalogue: none where there is nothing to set the measures against.
    #[must_use]
    pub fn of(catalogue: &Catalogue) -> Self {
        let mut it = Self {
            matrix: Matrix::of(catalogue),
            ..Self::default()
        };
        let weighed = catalogue.measures.iter().any(|it| !it.relevance.is_empty());
        if !weighed && it.matrix.hits().is_empty() {
            return it;
        }
        if catalogue.measures.len() > LISTED {
            it.divide(catalogue);
        }
        it.use_cases(
            catalogue,
            if weighed {
                catalogue.use_cases.len()
            } else {
                0
            },
        );
        it.frameworks(catalogue);
        it
    }

    /// Every page, in order.
    pub fn iter(&self) -> impl Iterator<Item = Sheet> {
        self.layouts.keys().copied()
    }

    /// What stands on a page, if the site has it.
    #[must_use]
    pub fn layout(&self, sheet: Sheet) -> Option<&Layout> {
        self.layouts.get(&sheet)
    }

    /// The pages of one matrix and part, in order.
    pub fn beside(&self, sheet: Sheet) -> impl Iterator<Item = Sheet> {
        let all = (0..).map(move |at| Sheet { at, ..sheet });
        all.take_while(|it| self.layouts.contains_key(it))
    }

    /// Where the mappings of a measure to what stands under a top are listed.
    #[must_use]
    pub fn listed(&self, top: NodeIx, measure: MeasureIx) -> Option<Sheet> {
        self.listed.get(&(top, measure)).copied()
    }

    /// The page of a part that has a top among its columns.
    #[must_use]
    pub fn of_part(&self, against: Against, part: usize, top: NodeIx) -> Option<Sheet> {
        let first = Sheet {
            part: Some(part),
            ..Sheet::first(against)
        };
        self.beside(first)
            .find(|it| match &self.layouts[it].columns {
                Columns::Nodes(nodes) => nodes.binary_search(&top).is_ok(),
                Columns::UseCases(_) => false,
            })
    }

    /// The path of a page. No name that an author gives holds the sign `~`.
    #[must_use]
    pub fn route(&self, catalogue: &Catalogue, sheet: Sheet) -> String {
        let framework = |ix: FrameworkIx| safe(&catalogue.framework(ix).id);
        let mut out = String::from("matrix");
        match sheet.against {
            Against::UseCases => {}
            Against::Framework(ix) => out.push_str(&format!("/{}", framework(ix))),
            Against::Top(ix) => {
                let node = catalogue.node(ix);
                out.push_str(&format!(
                    "/{}/{}",
                    framework(node.framework),
                    safe(&node.slug)
                ));
            }
        }
        if let Some(part) = sheet.part.map(|at| &self.parts[at]) {
            let id = part.group.map_or("", |ix| &catalogue.group(ix).id);
            out.push_str(&format!("/group~{}", safe(id)));
            if part.nth > 0 {
                out.push_str(&format!("~part{}", part.nth + 1));
            }
        }
        if sheet.at > 0 {
            out.push_str(&format!("~{}", sheet.at + 1));
        }
        out + ".html"
    }

    /// Divides the reading order by group, and a long group further.
    fn divide(&mut self, catalogue: &Catalogue) {
        for (place, ix) in catalogue.reading_order().iter().enumerate() {
            let group = catalogue.measure(*ix).group;
            let nth = match self.parts.last_mut() {
                Some(last) if last.group == group && last.places.len() < LISTED => {
                    last.places.end = place + 1;
                    continue;
                }
                Some(last) if last.group == group => last.nth + 1,
                _ => 0,
            };
            self.parts.push(Part {
                group,
                nth,
                places: place..place + 1,
            });
        }
    }

    fn use_cases(&mut self, catalogue: &Catalogue, count: usize) {
        let columns: Vec<_> = chunks(0..count, COLUMNS).map(Columns::UseCases).collect();
        let first = Sheet::first(Against::UseCases);
        let reasons = |ix: &MeasureIx| (*ix, catalogue.measure(*ix).relevance.len());
        let pages = |measures: &[MeasureIx]| {
            let pages = by_reasons(measures.iter().map(reasons)).into_iter();
            pages.map(Rows::Measures).collect::<Vec<_>>()
        };
        if self.parts.is_empty() {
            self.grid(first, &pages(catalogue.reading_order()), &columns);
            return;
        }
        self.grid(first, &self.whole(catalogue), &columns);
        let parts = if count == 0 { 0 } else { self.parts.len() };
        for part in 0..parts {
            let places = self.parts[part].places.clone();
            let sheet = Sheet {
                part: Some(part),
                ..first
            };
            self.grid(sheet, &pages(&catalogue.reading_order()[places]), &columns);
        }
    }

    fn frameworks(&mut self, catalogue: &Catalogue) {
        let tops = self.tops_of_parts();
        let mapped: Vec<_> = self
            .matrix
            .hits()
            .chunk_by(|a, b| a.top == b.top)
            .map(<[_]>::to_vec)
            .collect();
        for (at, it) in catalogue.frameworks.iter().enumerate() {
            let ix = FrameworkIx::new(at);
            let own = |top: &NodeIx| catalogue.node(*top).framework == ix;
            if !mapped.iter().any(|hits| own(&hits[0].top)) {
                continue;
            }
            let first = Sheet::first(Against::Framework(ix));
            self.grid(first, &self.whole(catalogue), &node_columns(&it.tops));
            for (part, tops) in tops.iter().enumerate() {
                let tops: Vec<_> = tops.iter().copied().filter(own).collect();
                if !tops.is_empty() {
                    let sheet = Sheet {
                        part: Some(part),
                        ..first
                    };
                    self.grid(
                        sheet,
                        &[self.measures(catalogue, part)],
                        &node_columns(&tops),
                    );
                }
            }
        }
        for hits in mapped {
            self.top(catalogue, &hits);
        }
    }

    /// The pages of a top: for each set of columns, the measures that have a mapping there.
    fn top(&mut self, catalogue: &Catalogue, hits: &[Hit]) {
        let top = hits[0].top;
        let mut at = 0;
        for columns in self.matrix.columns_of(catalogue, top).chunks(COLUMNS) {
            let shown = hits
                .iter()
                .filter(|it| columns.binary_search(&it.column).is_ok());
            let shown: Vec<_> = shown.collect();
            let rows = shown.chunk_by(|a, b| a.place == b.place);
            let rows = rows.map(|row| (catalogue.reading_order()[row[0].place], row.len()));
            for rows in by_reasons(rows) {
                let sheet = Sheet {
                    at,
                    ..Sheet::first(Against::Top(top))
                };
                for ix in &rows {
                    self.listed.entry((top, *ix)).or_insert(sheet);
                }
                let columns = Columns::Nodes(columns.to_vec());
                self.layouts.insert(
                    sheet,
                    Layout {
                        rows: Rows::Measures(rows),
                        columns,
                    },
                );
                at += 1;
            }
        }
    }

    /// The tops that each part has a mapping to.
    fn tops_of_parts(&self) -> Vec<Vec<NodeIx>> {
        let mut out: Vec<Vec<NodeIx>> = vec![Vec::new(); self.parts.len()];
        if out.is_empty() {
            return out;
        }
        for hit in self.matrix.hits() {
            let part = self.parts.partition_point(|it| it.places.end <= hit.place);
            if out[part].last() != Some(&hit.top) {
                out[part].push(hit.top);
            }
        }
        out
    }

    /// The rows of a matrix over the whole catalogue: its measures, or its parts where they are too many.
    fn whole(&self, catalogue: &Catalogue) -> Vec<Rows> {
        if self.parts.is_empty() {
            return vec![Rows::Measures(catalogue.reading_order().to_vec())];
        }
        chunks(0..self.parts.len(), LISTED)
            .map(Rows::Parts)
            .collect()
    }

    fn measures(&self, catalogue: &Catalogue, part: usize) -> Rows {
        Rows::Measures(catalogue.reading_order()[self.parts[part].places.clone()].to_vec())
    }

    /// A page for each set of rows and columns.
    fn grid(&mut self, first: Sheet, rows: &[Rows], columns: &[Columns]) {
        let pairs = rows
            .iter()
            .flat_map(|rows| columns.iter().map(move |it| (rows, it)));
        for (at, (rows, columns)) in pairs.enumerate() {
            let layout = Layout {
                rows: rows.clone(),
                columns: columns.clone(),
            };
            self.layouts.insert(Sheet { at, ..first }, layout);
        }
    }
}

/// Measures in pages by how many rows and how many reasons these may hold.
fn by_reasons(measures: impl Iterator<Item = (MeasureIx, usize)>) -> Vec<Vec<MeasureIx>> {
    let mut pages: Vec<Vec<MeasureIx>> = Vec::new();
    let mut listed = 0;
    for (ix, reasons) in measures {
        listed += reasons;
        match pages.last_mut() {
            Some(rows) if rows.len() < LISTED && listed <= REASONS => rows.push(ix),
            _ => {
                pages.push(vec![ix]);
                listed = reasons;
            }
        }
    }
    pages
}

fn node_columns(nodes: &[NodeIx]) -> Vec<Columns> {
    let sets = nodes.chunks(COLUMNS);
    sets.map(|it| Columns::Nodes(it.to_vec())).collect()
}

/// A range in pieces; one empty piece of an empty range.
fn chunks(all: Range<usize>, size: usize) -> impl Iterator<Item = Range<usize>> {
    let count = all.len().div_ceil(size).max(1);
    (0..count).map(move |at| {
        let start = all.start + at * size;
        start..(start + size).min(all.end)
    })
}
