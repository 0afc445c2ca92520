//! Facets: what the rows of a page can be narrowed by, each choice with the number of rows that it would leave.
//!
//! Entry: [`facets`]. Invariant: a row's words and a form's values are made alike; a choice leaves at least one row.

use std::collections::HashMap;

use serde::Serialize;

use crate::catalogue::{Catalogue, FrameworkIx};
use crate::render::marks::{MarkView, capital};
use crate::site::safe;

/// A group of choices: any within it, all between groups.
pub(super) struct Facet {
    pub name: String,
    pub title: String,
    /// The mark beside the title.
    pub mark: Option<MarkView>,
    /// Value and label, in reading order.
    pub options: Vec<(String, String)>,
}

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
        }
    }

    /// The levels of a framework.
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
        if !self.0.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(name);
        self.0.push('=');
        self.0.push_str(&safe(value));
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
    options: Vec<OptionView>,
}

#[derive(Debug, Clone, Serialize)]
struct OptionView {
    value: String,
    label: String,
    count: usize,
}

/// The facets that the rows have, each choice with its count; none for a single row.
pub(super) fn facets<'a>(
    facets: Vec<Facet>,
    rows: impl IntoIterator<Item = &'a str>,
) -> Vec<FacetView> {
    let mut counts = HashMap::<&str, usize>::new();
    let mut all = 0;
    for row in rows {
        all += 1;
        for word in row.split(' ') {
            *counts.entry(word).or_default() += 1;
        }
    }
    let view = |facet: Facet| {
        let count = |value: &str| {
            let word = format!("{}={value}", facet.name);
            counts.get(word.as_str()).copied().unwrap_or_default()
        };
        let options: Vec<_> = facet
            .options
            .into_iter()
            .map(|(value, label)| OptionView {
                count: count(&value),
                value,
                label,
            })
            .filter(|it| it.count > 0)
            .collect();
        (all > 1 && !options.is_empty()).then_some(FacetView {
            name: facet.name,
            title: facet.title,
            mark: facet.mark,
            options,
        })
    };
    facets.into_iter().filter_map(view).collect()
}
