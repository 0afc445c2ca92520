//! What the rows and numbers of a matrix can be filtered by: only where there is a choice.
//!
//! Entry: [`filters`]. Invariant: a count beside a choice is that of the rows it would leave.

use serde::Serialize;

use super::super::facets::WITHOUT_LEVEL;
use super::table::{Row, Table, Tags};
use crate::catalogue::{Catalogue, FrameworkIx};
use crate::render::marks::{self, MarkView};
use crate::schema::{Actor, Relevance};
use crate::site::{Against, Grid, MAX_COLUMNS};

/// Boxes of which any may hold; or levels, of which one is chosen and includes those before it.
#[derive(Serialize)]
pub(super) struct Choices {
    name: &'static str,
    title: &'static str,
    adds_up: bool,
    boxes: Vec<Choice>,
    /// What has no level, called so.
    without: Option<&'static str>,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    words: String,
    mark: Option<MarkView>,
    count: Option<usize>,
}

/// The sets of boxes for a page.
pub(super) fn filters(catalogue: &Catalogue, grid: Grid, table: &Table) -> Vec<Choices> {
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
    let mut sets = vec![
        choices("group", "Group", groups(catalogue, &rows)),
        choices("by", "Who acts", actors(&rows)),
        choices("case", "Use case", cases),
        choices("weight", "Relevance there", weights),
    ];
    sets.retain(|it| it.boxes.len() > 1);
    sets.extend(framework.and_then(|ix| levels(catalogue, ix, table)));
    sets
}

fn choices(name: &'static str, title: &'static str, mut boxes: Vec<Choice>) -> Choices {
    boxes.retain(|it| it.count != Some(0));
    Choices {
        name,
        title,
        adds_up: false,
        boxes,
        without: None,
    }
}

fn groups(catalogue: &Catalogue, rows: &[&Tags]) -> Vec<Choice> {
    let mut out: Vec<Choice> = Vec::new();
    // Rows stand by group, so that equal ones are neighbours.
    for ix in rows.iter().filter_map(|it| it.group) {
        let it = catalogue.group(ix);
        match out.last_mut() {
            Some(Choice {
                value,
                count: Some(count),
                ..
            }) if *value == it.id => *count += 1,
            _ => out.push(Choice {
                value: it.id.clone(),
                words: it.title.clone(),
                mark: None,
                count: Some(1),
            }),
        }
    }
    out
}

fn actors(rows: &[&Tags]) -> Vec<Choice> {
    let choice = |it: &Actor| Choice {
        value: it.word().to_owned(),
        words: it.shown().to_owned(),
        mark: Some(marks::actor(*it)),
        count: Some(rows.iter().filter(|row| row.by == it.word()).count()),
    };
    Actor::ALL.iter().map(choice).collect()
}

/// None where the use cases are too many for a list of boxes.
fn use_cases(catalogue: &Catalogue, rows: &[&Tags]) -> Vec<Choice> {
    if catalogue.use_cases.len() > MAX_COLUMNS {
        return Vec::new();
    }
    let choice = |it: &crate::catalogue::UseCase| Choice {
        value: it.id.clone(),
        words: it.short.clone(),
        mark: Some(marks::use_case(it)),
        count: Some(weighed(rows, |(id, _)| id == it.id)),
    };
    catalogue.use_cases.iter().map(choice).collect()
}

fn weights(rows: &[&Tags]) -> Vec<Choice> {
    let choice = |it: &Relevance| Choice {
        value: it.word().to_owned(),
        words: it.shown().to_owned(),
        mark: Some(marks::relevance(*it)),
        count: Some(weighed(rows, |(_, word)| word == it.word())),
    };
    Relevance::ALL.iter().map(choice).collect()
}

/// Whether rows differ in a weight: a use case and a weight together leave some of them.
fn weights_divide(catalogue: &Catalogue, rows: &[&Tags]) -> bool {
    let pairs = catalogue.use_cases.iter().flat_map(|case| {
        let weights = Relevance::ALL.iter();
        weights.map(move |weight| (case.id.as_str(), weight.word()))
    });
    pairs
        .map(|pair| weighed(rows, |it| it == pair))
        .any(|count| count > 0 && count < rows.len())
}

/// The rows of which a weight fits.
fn weighed(rows: &[&Tags], fits: impl Fn((&str, &str)) -> bool) -> usize {
    let holds = |it: &&&Tags| {
        it.weights
            .iter()
            .filter_map(|it| it.rsplit_once(':'))
            .any(&fits)
    };
    rows.iter().filter(holds).count()
}

/// The levels up to which the numbers are counted; none where all that is counted stands at the lowest, or at none.
fn levels(catalogue: &Catalogue, ix: FrameworkIx, table: &Table) -> Option<Choices> {
    let levels = &catalogue.framework(ix).levels;
    let mut counts = vec![0; levels.len() + 1];
    for cell in table.rows.iter().flat_map(|it| &it.cells) {
        for (at, count) in cell.by_level().enumerate() {
            counts[at] += count;
        }
    }
    let adds = counts.iter().skip(2).any(|it| *it > 0);
    let without = counts[0] > 0 && counts.iter().skip(1).any(|it| *it > 0);
    let choice = |(at, name): (usize, &String)| {
        let mark = marks::level(name, at);
        Choice {
            value: name.clone(),
            words: mark.word.clone(),
            mark: Some(mark),
            count: None,
        }
    };
    let shown = levels.iter().enumerate().filter(|_| adds);
    (adds || without).then(|| Choices {
        name: "level",
        title: "Level",
        adds_up: true,
        boxes: shown.map(choice).collect(),
        without: without.then_some(WITHOUT_LEVEL),
    })
}
