//! The facets by which results can be filtered, as groups of values.
//!
//! Entry: [`Facets::new`]. Invariant: a value that no record has is not shown.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::{Catalogue, FrameworkIx, UseCaseIx};
use crate::schema::{Actor, Phase};

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Measure,
    Practice,
    UseCase,
    Guide,
    /// A part of a page of the guide.
    Section,
    Framework,
    /// A node, by its kind's position.
    Node(FrameworkIx, usize),
    Threat,
    Term,
    /// A page made of the whole book.
    Generated,
}

/// A value to filter by; in the order of the groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Facet {
    Kind(Kind),
    Framework(FrameworkIx),
    /// A level at which it is asked for: the lowest, and each above it.
    Level(FrameworkIx, usize),
    /// The use case for which it is essential.
    UseCase(UseCaseIx),
    Actor(Actor),
    Phase(Phase),
}

/// The groups of values, and the sets of values that records have.
pub(super) struct Facets {
    /// The groups in order.
    pub groups: Vec<Group>,
    /// The distinct sets of values by number, as positions in the list of all groups' values.
    pub profiles: Vec<Vec<usize>>,
}

/// Name in addresses, heading, values.
pub(super) type Group = (&'static str, &'static str, Vec<Value>);

/// Name in addresses, heading, what a hit of this kind is worth beside the others (1 for values that are no kinds), and
/// the framework whose kind of node or level it is.
pub(super) type Value = (String, String, f32, Option<String>);

impl Facets {
    /// The facets of the sets that records have, each with its number.
    pub(super) fn new(catalogue: &Catalogue, sets: &BTreeMap<Vec<Facet>, usize>) -> Self {
        let used: BTreeSet<_> = sets.keys().flatten().copied().collect();
        let at: BTreeMap<_, _> = used.iter().enumerate().map(|(at, it)| (*it, at)).collect();
        let mut groups: Vec<Group> = Vec::new();
        for facet in &used {
            let (name, title) = group(*facet);
            if groups.last().is_none_or(|(it, ..)| *it != name) {
                groups.push((name, title, Vec::new()));
            }
            let values = &mut groups.last_mut().expect("pushed above").2;
            values.push(value(catalogue, *facet));
        }
        let mut profiles = vec![Vec::new(); sets.len()];
        for (set, number) in sets {
            profiles[*number] = set.iter().map(|it| at[it]).collect();
        }
        Self { groups, profiles }
    }
}

/// The levels of a framework at or above one: each level includes those below it.
pub(super) fn reached_levels(
    catalogue: &Catalogue,
    ix: FrameworkIx,
    level: Option<usize>,
) -> impl Iterator<Item = Facet> + use<> {
    let levels = catalogue.framework(ix).levels.len();
    let reached = level.into_iter().flat_map(move |it| it..levels);
    reached.map(move |at| Facet::Level(ix, at))
}

fn group(facet: Facet) -> (&'static str, &'static str) {
    match facet {
        Facet::Kind(_) => ("type", "Type"),
        Facet::Framework(_) => ("framework", "Framework"),
        Facet::Level(..) => ("level", "Level"),
        Facet::UseCase(_) => ("for", "Essential for"),
        Facet::Actor(_) => ("by", "Who acts"),
        Facet::Phase(_) => ("phase", "Phase"),
    }
}

fn value(catalogue: &Catalogue, facet: Facet) -> Value {
    let (name, title) = match facet {
        Facet::Kind(kind) => return kind_value(catalogue, kind),
        Facet::Framework(ix) => {
            let framework = catalogue.framework(ix);
            (framework.id.clone(), framework.name.clone())
        }
        Facet::Level(ix, at) => {
            let framework = catalogue.framework(ix);
            let level = &framework.levels[at];
            let title = format!("{} up to {level}", framework.name);
            let name = format!("{}-{level}", framework.id);
            return (name, title, 1.0, Some(framework.id.clone()));
        }
        Facet::UseCase(ix) => {
            let use_case = catalogue.use_case(ix);
            (use_case.id.clone(), use_case.title.clone())
        }
        Facet::Actor(it) => (it.word().to_owned(), it.shown().to_owned()),
        Facet::Phase(it) => (it.word().to_owned(), it.shown().to_owned()),
    };
    (name, title, 1.0, None)
}

/// Kinds: what a reader acts on stands before what it rests on.
fn kind_value(catalogue: &Catalogue, kind: Kind) -> Value {
    let (name, title, weight) = match kind {
        Kind::Measure => ("measure", "Measure", 1.56),
        Kind::Practice => ("practice", "Practice", 0.8),
        Kind::UseCase => ("use-case", "Use case", 1.25),
        Kind::Guide => ("guide", "Guide", 1.4),
        Kind::Section => ("section", "Part of the guide", 1.0),
        Kind::Framework => ("framework", "Framework", 0.7),
        Kind::Threat => ("threat", "Threat", 1.2),
        Kind::Generated => ("page", "Overview", 1.1),
        Kind::Term => ("term", "Term", 0.4),
        Kind::Node(ix, at) => {
            let framework = catalogue.framework(ix);
            let kind = &framework.kinds[at];
            return (
                format!("{}-{}", framework.id, kind.name),
                format!("{} {}", framework.name, kind.name),
                if kind.page { 1.0 } else { 0.75 },
                Some(framework.id.clone()),
            );
        }
    };
    (name.to_owned(), title.to_owned(), weight, None)
}
