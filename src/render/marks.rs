//! Marks: a drawing of the theme beside its word.

use serde::Serialize;

use crate::catalogue::UseCase;
use crate::schema::{Actor, Mark, Property, Relation, Relevance};

/// A symbol's name and the word beside it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MarkView {
    pub icon: String,
    pub word: String,
    /// The word in full, where the one shown is short.
    pub long: String,
}

pub(super) fn mark(icon: &str, word: &str) -> MarkView {
    MarkView {
        icon: icon.to_owned(),
        word: word.to_owned(),
        long: String::new(),
    }
}

/// Left half the customer, right half the provider.
pub(super) fn actor(it: Actor) -> MarkView {
    mark(&format!("by-{}", it.word()), it.shown())
}

/// A full, half or empty disc.
pub(super) fn relevance(it: Relevance) -> MarkView {
    let icon = match it {
        Relevance::Essential => "rv-1",
        Relevance::Important => "rv-2",
        Relevance::Supporting => "rv-3",
    };
    mark(icon, it.shown())
}

/// One to three bars of three.
pub(super) fn level(name: &str, at: usize) -> MarkView {
    mark(&format!("lv-{}", (at + 1).min(3)), &capital(name))
}

/// The filled circle is ours, the open one theirs.
pub(super) fn relation(it: Relation, property: Option<Property>) -> MarkView {
    let word = property.map_or(it.shown(), Property::shown);
    mark(symbol(it, property), word)
}

fn symbol(it: Relation, property: Option<Property>) -> &'static str {
    match (it, property) {
        (Relation::Equal, _) => "r-equal",
        (Relation::SubsetOf, _) => "r-subset",
        (Relation::SupersetOf, _) => "r-superset",
        (Relation::IntersectsWith, _) => "r-intersects",
        (Relation::Supports, Some(Property::IntegralTo)) => "r-integral",
        (Relation::Supports, Some(Property::Precedes)) => "r-precedes",
        (Relation::Supports, _) => "r-example",
    }
}

/// A page, a bubble, a hexagon, a square: outlines that differ.
pub(super) fn use_case(it: &UseCase) -> MarkView {
    let icon = match it.mark {
        Mark::Record => "uc-record",
        Mark::Speech => "uc-speech",
        Mark::Device => "uc-device",
        Mark::Square => "uc-square",
    };
    MarkView {
        icon: icon.to_owned(),
        word: it.short.clone(),
        long: it.title.clone(),
    }
}

/// A word with its first letter as a capital.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
