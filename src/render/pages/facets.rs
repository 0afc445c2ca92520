//! Facets: filters for the rows of a page, each option with the number of rows that it would leave.
//!
//! Entry: [`facets`]. Invariant: the values of rows and of the form are written in the same way; a facet that does not divide
//! the rows is left out, and so is an option that would leave all rows or none. Levels add up: each includes the lower ones.

use std::collections::HashMap;

use serde::Serialize;

use crate::catalogue::{Catalogue, FrameworkIx};
use crate::render::marks::{MarkView, capital};
use crate::site::safe;

/// A filter. A row must match all filters.
pub(super) struct Facet {
    pub name: String,
    pub title: String,
    /// The mark next to the title.
    pub mark: Option<MarkView>,
    /// Value and label, in reading order.
    pub options: Vec<(String, String)>,
    pub kind: FacetKind,
}

/// How the options of a facet combine.
pub(super) enum FacetKind {
    /// A row matches any of the ticked options.
    Any,
    /// One level is chosen, which includes the lower ones. Rows without a level have an option of their own, with this label.
    Levels { without: &'static str },
}

/// The label of rows without a level, if none of them has a requirement of the framework.
pub(super) const WITHOUT_REQUIREMENT: &str = "Without a requirement";

/// The label of rows without a level, if some of them have a requirement of the framework.
pub(super) const WITHOUT_LEVEL: &str = "Without a level";

/// The value of a row without a value; no slug is equal to it.
const NO_VALUE: &str = "~";

impl Facet {
    pub(super) fn new<'a>(
        name: &str,
        title: &str,
        options: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let options = options.into_iter();
        Self {
            name: name.to_owned(),
            title: title.to_owned(),
            mark: None,
            options: options
                .map(|(value, label)| (safe(value).into_owned(), label.to_owned()))
                .collect(),
            kind: FacetKind::Any,
        }
    }

    /// The facet of the levels of a framework.
    pub(super) fn levels(catalogue: &Catalogue, ix: FrameworkIx) -> Self {
        let framework = catalogue.framework(ix);
        let options = framework
            .levels
            .iter()
            .map(|it| (safe(it).into_owned(), capital(it)));
        Self {
            name: format!("level-{}", safe(&framework.id)),
            title: format!("{} level", framework.name),
            mark: None,
            options: options.collect(),
            kind: FacetKind::Levels {
                without: WITHOUT_REQUIREMENT,
            },
        }
    }
}

/// The values of a row: `facet=value`, separated by spaces.
pub(super) struct RowValues(String);

impl RowValues {
    /// No values yet, with enough capacity for those of a statement.
    pub(super) fn new() -> Self {
        Self(String::with_capacity(160))
    }

    pub(super) fn add(&mut self, name: &str, value: &str) {
        self.push(name, &safe(value));
    }

    /// Adds that the row has no value of a facet.
    pub(super) fn add_none(&mut self, name: &str) {
        self.push(name, NO_VALUE);
    }

    fn push(&mut self, name: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(name);
        self.0.push('=');
        self.0.push_str(value);
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }
}

/// A filter for the form.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FacetView {
    pub name: String,
    pub title: String,
    mark: Option<MarkView>,
    /// Whether one level is chosen, which includes the lower ones; then `options` may be empty.
    adds_up: bool,
    /// The number of rows if nothing is chosen.
    all: usize,
    options: Vec<OptionView>,
    /// The option for rows without a level.
    without: Option<NoValueView>,
    /// All values that occur, with their labels, to group the rows by.
    #[serde(skip)]
    pub values: Vec<(String, String)>,
}

#[derive(Debug, Clone, Serialize)]
struct OptionView {
    value: String,
    label: String,
    count: usize,
}

#[derive(Debug, Clone, Serialize)]
struct NoValueView {
    name: String,
    /// The value of the rows that it shows.
    word: String,
    label: &'static str,
    count: usize,
}

/// The facets that divide the rows, each option with its count; empty if there is only one row.
pub(super) fn facets<'a>(
    facets: Vec<Facet>,
    rows: impl IntoIterator<Item = &'a str>,
) -> Vec<FacetView> {
    let rows: Vec<_> = rows.into_iter().collect();
    if rows.len() < 2 {
        return Vec::new();
    }
    let mut counts = HashMap::<&str, usize>::new();
    for word in rows.iter().flat_map(|it| it.split(' ')) {
        *counts.entry(word).or_default() += 1;
    }
    let count = |name: &str, value: &str| {
        let word = format!("{name}={value}");
        counts.get(word.as_str()).copied().unwrap_or_default()
    };
    let view = |facet: Facet| match facet.kind {
        FacetKind::Any => any_view(facet, rows.len(), &count),
        FacetKind::Levels { without } => levels_view(facet, without, &rows),
    };
    facets.into_iter().filter_map(view).collect()
}

/// The view of a facet of which any options can be ticked.
fn any_view(facet: Facet, all: usize, count: &dyn Fn(&str, &str) -> usize) -> Option<FacetView> {
    let mut values = facet.options;
    values.retain(|(value, _)| count(&facet.name, value) > 0);
    let options = values.iter().map(|(value, label)| OptionView {
        value: value.clone(),
        label: label.clone(),
        count: count(&facet.name, value),
    });
    let options: Vec<_> = options.filter(|it| it.count < all).collect();
    (!options.is_empty()).then_some(FacetView {
        name: facet.name,
        title: facet.title,
        mark: facet.mark,
        adds_up: false,
        all,
        options,
        without: None,
        values,
    })
}

/// The view of a facet of levels; a row counts at its lowest level.
fn levels_view(facet: Facet, without: &'static str, rows: &[&str]) -> Option<FacetView> {
    let words: Vec<_> = facet
        .options
        .iter()
        .map(|(value, _)| format!("{}={value}", facet.name))
        .collect();
    let mut lowest = vec![0; words.len()];
    let mut none = 0;
    for row in rows {
        let has = |word: &String| row.split(' ').any(|it| it == word);
        match words.iter().position(has) {
            Some(level) => lowest[level] += 1,
            None => none += 1,
        }
    }
    let all = rows.len();
    let mut sum = none;
    let options = facet
        .options
        .iter()
        .zip(&lowest)
        .map(|((value, label), count)| {
            sum += count;
            OptionView {
                value: value.clone(),
                label: label.clone(),
                count: sum,
            }
        });
    let mut options: Vec<_> = options.collect();
    if options.iter().all(|it| it.count == all) || none == all {
        options.clear();
    }
    let divides = none > 0 && none < all;
    if options.is_empty() && !divides {
        return None;
    }
    let word = format!("{}={NO_VALUE}", facet.name);
    let at_a_level = facet.options.into_iter().zip(lowest);
    let mut values: Vec<_> = at_a_level
        .filter(|(_, count)| *count > 0)
        .map(|(value, _)| value)
        .collect();
    if divides {
        values.push((NO_VALUE.to_owned(), without.to_owned()));
    }
    Some(FacetView {
        without: divides.then(|| NoValueView {
            name: format!("without-{}", facet.name),
            word,
            label: without,
            count: none,
        }),
        name: facet.name,
        title: facet.title,
        mark: facet.mark,
        adds_up: true,
        all,
        options,
        values,
    })
}

#[cfg(test)]
mod tests {
    use super::{Facet, FacetKind, FacetView, facets};

    fn counts(facet: &FacetView) -> Vec<(&str, usize)> {
        let options = facet.options.iter();
        let options = options.map(|it| (it.value.as_str(), it.count));
        let without = facet.without.iter().map(|it| (it.label, it.count));
        options.chain(without).collect()
    }

    fn phases() -> Facet {
        Facet::new(
            "phase",
            "Phase",
            [("plan", "Plan"), ("operate", "Operate"), ("exit", "Exit")],
        )
    }

    fn levels() -> Facet {
        Facet {
            kind: FacetKind::Levels { without: "Without" },
            ..Facet::new(
                "level",
                "Level",
                [("1", "One"), ("2", "Two"), ("3", "Three")],
            )
        }
    }

    #[test]
    fn what_does_not_divide_the_rows_is_left_out() {
        let views = facets(
            vec![phases()],
            [
                "phase=plan phase=operate",
                "phase=operate",
                "phase=operate x=y",
            ],
        );
        assert_eq!(counts(&views[0]), [("plan", 1)]);
        assert_eq!(views[0].values.len(), 2, "rows can still be grouped by it");
        for rows in [
            &["phase=plan", "phase=plan"][..],
            &["phase=plan phase=exit", "phase=exit phase=plan"],
            &["x=y", "x=z"],
            &["phase=plan"],
            &[],
        ] {
            assert!(
                facets(vec![phases()], rows.iter().copied()).is_empty(),
                "{rows:?}"
            );
        }
    }

    #[test]
    fn one_value_that_some_rows_lack_divides() {
        let views = facets(vec![phases()], ["phase=plan", "x=y"]);
        assert_eq!(counts(&views[0]), [("plan", 1)]);
    }

    #[test]
    fn levels_add_up_and_rows_without_one_stay() {
        let rows = [
            "level=1",
            "level=2",
            "level=2 level=3",
            "level=~",
            "level=3",
            "level=1 level=3",
        ];
        let views = facets(vec![levels()], rows);
        assert_eq!(
            counts(&views[0]),
            [("1", 3), ("2", 5), ("3", 6), ("Without", 1)]
        );
    }

    #[test]
    fn levels_that_do_not_divide_are_left_out() {
        for rows in [
            &["level=1", "level=1 level=2"][..],
            &["level=~", "level=~"],
            &["x=y", "x=z"],
        ] {
            assert!(
                facets(vec![levels()], rows.iter().copied()).is_empty(),
                "{rows:?}"
            );
        }
        let views = facets(vec![levels()], ["level=1", "level=~"]);
        assert_eq!(counts(&views[0]), [("Without", 1)]);
        let views = facets(vec![levels()], ["level=3", "level=3"]);
        assert_eq!(counts(&views[0]), [("1", 0), ("2", 0), ("3", 2)]);
    }
}
