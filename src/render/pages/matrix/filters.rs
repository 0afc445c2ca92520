//! The filters of a matrix; only those that offer a choice.
//!
//! Entry: [`filters`]. Invariant: the count of an option is the number of rows that it would leave.

use serde::Serialize;

use super::super::facets::WITHOUT_LEVEL;
use super::table::{Row, Table, Tags};
use crate::catalogue::{Catalogue, FrameworkIx};
use crate::render::marks::{self, MarkView};
use crate::schema::{Actor, Relevance};
use crate::site::{Against, Grid, MAX_COLUMNS};

/// Options of which any can be ticked; or levels, of which one is chosen and includes the lower ones.
#[derive(Serialize)]
pub(super) struct Filter {
    name: &'static str,
    title: &'static str,
    adds_up: bool,
    boxes: Vec<FilterOption>,
    /// The label of the option for nodes without a level.
    without: Option<&'static str>,
}

#[derive(Serialize)]
struct FilterOption {
    value: String,
    words: String,
    mark: Option<MarkView>,
    count: Option<usize>,
}

/// The filters of a page.
pub(super) fn filters(catalogue: &Catalogue, grid: Grid, table: &Table) -> Vec<Filter> {
    let framework = match grid.against {
        Against::UseCases => None,
        Against::Framework(ix) => Some(ix),
        Against::Top(ix) => Some(catalogue.node(ix).framework),
    };
    let rows: Vec<_> = table
        .rows
        .iter()
        .filter_map(|it: &Row| it.tags.as_ref())
        .collect();
    let (cases, weights) = if weights_divide(catalogue, &rows) {
        (use_cases(catalogue, &rows), weights(&rows))
    } else {
        (Vec::new(), Vec::new())
    };
    let mut filters = vec![
        filter("group", "Group", groups(catalogue, &rows)),
        filter("by", "Who acts", actors(&rows)),
        filter("case", "Use case", cases),
        filter("weight", "Relevance there", weights),
    ];
    filters.retain(|it| it.boxes.len() > 1);
    filters.extend(framework.and_then(|ix| levels(catalogue, ix, table)));
    filters
}

fn filter(name: &'static str, title: &'static str, mut boxes: Vec<FilterOption>) -> Filter {
    boxes.retain(|it| it.count != Some(0));
    Filter {
        name,
        title,
        adds_up: false,
        boxes,
        without: None,
    }
}

fn groups(catalogue: &Catalogue, rows: &[&Tags]) -> Vec<FilterOption> {
    let mut out: Vec<FilterOption> = Vec::new();
    // Rows are ordered by group.
    for ix in rows.iter().filter_map(|it| it.group) {
        let group = catalogue.group(ix);
        match out.last_mut() {
            Some(FilterOption {
                value,
                count: Some(count),
                ..
            }) if *value == group.id => *count += 1,
            _ => out.push(FilterOption {
                value: group.id.clone(),
                words: group.title.clone(),
                mark: None,
                count: Some(1),
            }),
        }
    }
    out
}

fn actors(rows: &[&Tags]) -> Vec<FilterOption> {
    let option = |actor: &Actor| FilterOption {
        value: actor.word().to_owned(),
        words: actor.shown().to_owned(),
        mark: Some(marks::actor(*actor)),
        count: Some(rows.iter().filter(|row| row.by == actor.word()).count()),
    };
    Actor::ALL.iter().map(option).collect()
}

/// Empty if there are too many use cases for a list of boxes.
fn use_cases(catalogue: &Catalogue, rows: &[&Tags]) -> Vec<FilterOption> {
    if catalogue.use_cases.len() > MAX_COLUMNS {
        return Vec::new();
    }
    let option = |use_case: &crate::catalogue::UseCase| FilterOption {
        value: use_case.id.clone(),
        words: use_case.short.clone(),
        mark: Some(marks::use_case(use_case)),
        count: Some(count_rows(rows, |(id, _)| id == use_case.id)),
    };
    catalogue.use_cases.iter().map(option).collect()
}

fn weights(rows: &[&Tags]) -> Vec<FilterOption> {
    let option = |relevance: &Relevance| FilterOption {
        value: relevance.word().to_owned(),
        words: relevance.shown().to_owned(),
        mark: Some(marks::relevance(*relevance)),
        count: Some(count_rows(rows, |(_, word)| word == relevance.word())),
    };
    Relevance::ALL.iter().map(option).collect()
}

/// Whether some combination of use case and relevance matches some rows but not all.
fn weights_divide(catalogue: &Catalogue, rows: &[&Tags]) -> bool {
    let pairs = catalogue.use_cases.iter().flat_map(|case| {
        let weights = Relevance::ALL.iter();
        weights.map(move |weight| (case.id.as_str(), weight.word()))
    });
    pairs
        .map(|pair| count_rows(rows, |it| it == pair))
        .any(|count| count > 0 && count < rows.len())
}

/// The number of rows of which a weight fits.
fn count_rows(rows: &[&Tags], fits: impl Fn((&str, &str)) -> bool) -> usize {
    let has_weight = |row: &&&Tags| {
        row.weights
            .iter()
            .filter_map(|it| it.rsplit_once(':'))
            .any(&fits)
    };
    rows.iter().filter(has_weight).count()
}

/// The levels to count up to; `None` if all nodes are at the lowest level, or all have no level.
fn levels(catalogue: &Catalogue, ix: FrameworkIx, table: &Table) -> Option<Filter> {
    let levels = &catalogue.framework(ix).levels;
    let mut counts = vec![0; levels.len() + 1];
    for cell in table.rows.iter().flat_map(|it| &it.cells) {
        for (i, count) in cell.by_level().enumerate() {
            counts[i] += count;
        }
    }
    let has_higher = counts.iter().skip(2).any(|it| *it > 0);
    let without = counts[0] > 0 && counts.iter().skip(1).any(|it| *it > 0);
    let option = |(i, name): (usize, &String)| {
        let mark = marks::level(name, i);
        FilterOption {
            value: name.clone(),
            words: mark.word.clone(),
            mark: Some(mark),
            count: None,
        }
    };
    let shown = levels.iter().enumerate().filter(|_| has_higher);
    (has_higher || without).then(|| Filter {
        name: "level",
        title: "Level",
        adds_up: true,
        boxes: shown.map(option).collect(),
        without: without.then_some(WITHOUT_LEVEL),
    })
}
