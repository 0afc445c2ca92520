//! What the rows and numbers of a matrix can be filtered by: only where there is a choice.
//!
//! Entry: [`filters`]. Invariant: a count beside a choice is that of the rows it would leave.

use serde::Serialize;

use super::table::{Row, Table, Tags};
use crate::catalogue::{Catalogue, FrameworkIx};
use crate::render::marks::{self, MarkView};
use crate::schema::{Actor, Relevance};
use crate::site::{Against, COLUMNS, Sheet};

/// Boxes of which any may hold.
#[derive(Serialize)]
pub(super) struct Choices {
    name: &'static str,
    title: &'static str,
    boxes: Vec<Choice>,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    words: String,
    mark: Option<MarkView>,
    count: Option<usize>,
}

/// The sets of boxes for a page.
pub(super) fn filters(catalogue: &Catalogue, sheet: Sheet, table: &Table) -> Vec<Choices> {
    let framework = match sheet.against {
        Against::UseCases => None,
        Against::Framework(ix) => Some(ix),
        Against::Top(ix) => Some(catalogue.node(ix).framework),
    };
    let rows: Vec<_> = table
        .rows
        .iter()
        .filter_map(|it: &Row| it.tags.as_ref())
        .collect();
    let mut sets = vec![
        choices("group", "Group", groups(catalogue, &rows)),
        choices("by", "Who acts", actors(&rows)),
        choices("case", "Use case", use_cases(catalogue, &rows)),
        choices("weight", "Relevance there", weights(&rows)),
        choices(
            "level",
            "Level",
            framework.map_or_else(Vec::new, |ix| levels(catalogue, ix)),
        ),
    ];
    sets.retain(|it| it.boxes.len() > 1);
    sets
}

fn choices(name: &'static str, title: &'static str, mut boxes: Vec<Choice>) -> Choices {
    boxes.retain(|it| it.count != Some(0));
    Choices { name, title, boxes }
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
    if catalogue.use_cases.len() > COLUMNS {
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

fn levels(catalogue: &Catalogue, ix: FrameworkIx) -> Vec<Choice> {
    let levels = catalogue.framework(ix).levels.iter().enumerate();
    let choices = levels.map(|(at, name)| {
        let mark = marks::level(name, at);
        Choice {
            value: name.clone(),
            words: mark.word.clone(),
            mark: Some(mark),
            count: None,
        }
    });
    choices.collect()
}
