//! Marks: symbols of the theme, each with its word.

use serde::Serialize;

use crate::catalogue::UseCase;
use crate::schema::{Actor, Mark, Property, Relation, Relevance};

/// The name of a symbol, and the word next to it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MarkView {
    pub icon: String,
    pub word: String,
    /// The full word, if `word` is an abbreviation.
    pub long: String,
}

pub(super) fn mark(icon: &str, word: &str) -> MarkView {
    MarkView {
        icon: icon.to_owned(),
        word: word.to_owned(),
        long: String::new(),
    }
}

/// The mark of an actor: the left half stands for the customer, the right half for the provider.
pub(super) fn actor(actor: Actor) -> MarkView {
    mark(&format!("by-{}", actor.word()), actor.shown())
}

/// The mark of a relevance: a full, half or empty disc.
pub(super) fn relevance(relevance: Relevance) -> MarkView {
    let icon = match relevance {
        Relevance::Essential => "rv-1",
        Relevance::Important => "rv-2",
        Relevance::Supporting => "rv-3",
    };
    mark(icon, relevance.shown())
}

/// The mark of a level: one to three of three bars.
pub(super) fn level(name: &str, level: usize) -> MarkView {
    mark(&format!("lv-{}", (level + 1).min(3)), &capital(name))
}

/// The mark of a relation: the filled circle is the measure or practice, the open one the requirement.
pub(super) fn relation(relation: Relation, property: Option<Property>) -> MarkView {
    let word = property.map_or(relation.shown(), Property::shown);
    mark(symbol(relation, property), word)
}

fn symbol(relation: Relation, property: Option<Property>) -> &'static str {
    match (relation, property) {
        (Relation::Equal, _) => "r-equal",
        (Relation::SubsetOf, _) => "r-subset",
        (Relation::SupersetOf, _) => "r-superset",
        (Relation::IntersectsWith, _) => "r-intersects",
        (Relation::Supports, Some(Property::IntegralTo)) => "r-integral",
        (Relation::Supports, Some(Property::Precedes)) => "r-precedes",
        (Relation::Supports, _) => "r-example",
    }
}

/// The mark of a use case: a page, a speech bubble, a hexagon or a square.
pub(super) fn use_case(use_case: &UseCase) -> MarkView {
    let icon = match use_case.mark {
        Mark::Record => "uc-record",
        Mark::Speech => "uc-speech",
        Mark::Device => "uc-device",
        Mark::Square => "uc-square",
    };
    MarkView {
        icon: icon.to_owned(),
        word: use_case.short.clone(),
        long: use_case.title.clone(),
    }
}

/// Capitalises the first letter of a word.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
