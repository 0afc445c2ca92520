//! Facets: what the rows of a page can be narrowed by, each choice with the number of rows that it would leave.
//!
//! Entry: [`facets`]. Invariant: a row's words and a form's values are made alike; a facet that does not divide the rows is
//! left out, and so is a choice that would leave all of them, or none. Levels add up: each includes those before it.

use std::collections::HashMap;

use serde::Serialize;

use crate::catalogue::{Catalogue, FrameworkIx};
use crate::render::marks::{MarkView, capital};
use crate::site::safe;

/// A group of choices; between groups all must hold.
pub(super) struct Facet {
    pub name: String,
    pub title: String,
    /// The mark beside the title.
    pub mark: Option<MarkView>,
    /// Value and label, in reading order.
    pub options: Vec<(String, String)>,
    pub kind: FacetKind,
}

/// How the choices of a facet go together.
pub(super) enum FacetKind {
    /// Any of those that are ticked.
    Any,
    /// One, which includes those before it; and, apart from these, the rows without any, called so.
    UpTo { without: &'static str },
}

/// The rows that no requirement of a framework gives a level.
pub(super) const WITHOUT_REQUIREMENT: &str = "Without a requirement";

/// The same where some of them have a requirement, which has no level.
pub(super) const WITHOUT_LEVEL: &str = "Without a level";

/// The value of a row without any of a facet's; no value that an author gives is written so.
const WITHOUT: &str = "~";

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

    /// The levels of a framework, each with those below it.
    pub(super) fn levels(catalogue: &Catalogue, ix: FrameworkIx) -> Self {
        let it = catalogue.framework(ix);
        let options = it
            .levels
            .iter()
            .map(|it| (safe(it).into_owned(), capital(it)));
        Self {
            name: format!("level-{}", safe(&it.id)),
            title: format!("{} level", it.name),
            mark: None,
            options: options.collect(),
            kind: FacetKind::UpTo {
                without: WITHOUT_REQUIREMENT,
            },
        }
    }
}

/// The words by which a row is found: `facet=value`, with a space between them.
pub(super) struct Words(String);

impl Words {
    /// None yet, with room for those of a statement.
    pub(super) fn none() -> Self {
        Self(String::with_capacity(160))
    }

    pub(super) fn add(&mut self, name: &str, value: &str) {
        self.push(name, &safe(value));
    }

    /// Says that a row has no value of a facet.
    pub(super) fn add_without(&mut self, name: &str) {
        self.push(name, WITHOUT);
    }

    fn push(&mut self, name: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(name);
        self.0.push('=');
        self.0.push_str(value);
    }

    pub(super) fn text(self) -> String {
        self.0
    }
}

/// A group of choices, ready for the form.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FacetView {
    pub name: String,
    pub title: String,
    mark: Option<MarkView>,
    /// Whether one is chosen, which includes those before it; then `options` may be empty.
    adds_up: bool,
    /// How many rows there are without a choice.
    all: usize,
    options: Vec<OptionView>,
    /// The rows without any, where levels add up.
    without: Option<WithoutView>,
    /// All values that the rows have, with their labels: what rows can be grouped by.
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
struct WithoutView {
    name: String,
    /// The word of the rows that it shows.
    word: String,
    label: &'static str,
    count: usize,
}

/// The facets that divide the rows, each choice with its count; none for a single row.
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
    let counted = |name: &str, value: &str| {
        let word = format!("{name}={value}");
        counts.get(word.as_str()).copied().unwrap_or_default()
    };
    let view = |facet: Facet| match facet.kind {
        FacetKind::Any => any(facet, rows.len(), &counted),
        FacetKind::UpTo { without } => up_to(facet, without, &rows),
    };
    facets.into_iter().filter_map(view).collect()
}

/// Choices of which any may hold.
fn any(facet: Facet, all: usize, counted: &dyn Fn(&str, &str) -> usize) -> Option<FacetView> {
    let mut values = facet.options;
    values.retain(|(value, _)| counted(&facet.name, value) > 0);
    let options = values.iter().map(|(value, label)| OptionView {
        value: value.clone(),
        label: label.clone(),
        count: counted(&facet.name, value),
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

/// Levels, each with those below it; a row stands at the lowest that it has.
fn up_to(facet: Facet, without: &'static str, rows: &[&str]) -> Option<FacetView> {
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
    let mut below = none;
    let options = facet
        .options
        .iter()
        .zip(&lowest)
        .map(|((value, label), count)| {
            below += count;
            OptionView {
                value: value.clone(),
                label: label.clone(),
                count: below,
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
    let word = format!("{}={WITHOUT}", facet.name);
    let at_a_level = facet.options.into_iter().zip(lowest);
    let mut values: Vec<_> = at_a_level
        .filter(|(_, count)| *count > 0)
        .map(|(value, _)| value)
        .collect();
    if divides {
        values.push((WITHOUT.to_owned(), without.to_owned()));
    }
    Some(FacetView {
        without: divides.then(|| WithoutView {
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

    fn seen(facet: &FacetView) -> Vec<(&str, usize)> {
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
            kind: FacetKind::UpTo { without: "Without" },
            ..Facet::new(
                "level",
                "Level",
                [("1", "One"), ("2", "Two"), ("3", "Three")],
            )
        }
    }

    #[test]
    fn what_does_not_divide_the_rows_is_left_out() {
        let made = facets(
            vec![phases()],
            [
                "phase=plan phase=operate",
                "phase=operate",
                "phase=operate x=y",
            ],
        );
        assert_eq!(seen(&made[0]), [("plan", 1)]);
        assert_eq!(made[0].values.len(), 2, "rows can still be grouped by it");
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
        let made = facets(vec![phases()], ["phase=plan", "x=y"]);
        assert_eq!(seen(&made[0]), [("plan", 1)]);
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
        let made = facets(vec![levels()], rows);
        assert_eq!(
            seen(&made[0]),
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
        let made = facets(vec![levels()], ["level=1", "level=~"]);
        assert_eq!(seen(&made[0]), [("Without", 1)]);
        let made = facets(vec![levels()], ["level=3", "level=3"]);
        assert_eq!(seen(&made[0]), [("1", 0), ("2", 0), ("3", 2)]);
    }
}
