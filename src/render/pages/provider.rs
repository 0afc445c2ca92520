//! For the provider: what each level of a framework means for the practices, side by side.
//!
//! Entry: [`view`]. Invariant: everything is derived from the mappings, and the page says so; a level promises nothing by itself.

use serde::Serialize;

use super::parts::{self, StatusView};
use crate::catalogue::{Backing, FrameworkIx, MeasureIx, PracticeIx};
use crate::render::frame::Frame;
use crate::render::marks::{self, MarkView};
use crate::render::page::Page;
use crate::render::views::{About, Number, TocItem, number};
use crate::schema::{Actor, Relation};
use crate::site::PageKind;

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    name: String,
    framework: String,
    coverage: Option<String>,
    status: Option<StatusView>,
    practices: usize,
    levels: Vec<Level>,
    rows: Vec<BackingRow>,
    /// The number of mappings from practices, by relation.
    relations: Vec<MarkCount>,
    mappings: usize,
    /// The number of those where the requirement asks for the practice or for more.
    within: usize,
    /// The number of practices, by actor.
    actors: Vec<MarkCount>,
}

#[derive(Serialize)]
struct Level {
    href: String,
    mark: MarkView,
    /// The number of practices that gain a requirement or a better backing at the level.
    gains: Number,
}

#[derive(Serialize)]
struct BackingRow {
    word: &'static str,
    meaning: &'static str,
    /// One per level.
    numbers: Vec<Number>,
}

#[derive(Serialize)]
struct MarkCount {
    mark: MarkView,
    count: usize,
}

/// The label of a backing, its anchor, and its meaning.
pub(super) fn backing_text(backing: Backing) -> (&'static str, &'static str, &'static str) {
    match backing {
        Backing::Assured => (
            "Assured",
            "assured",
            "Every requirement to which the practice is mapped is reached at the level, and each asks for the practice or for more: the practice is equal to it or a subset of it.",
        ),
        Backing::Partly => (
            "Partly",
            "partly",
            "At least one requirement to which the practice is mapped is reached at the level, and something is left over: the practice asks for more than the requirement, or another of its requirements is reached only above.",
        ),
        Backing::Customer => (
            "Left to the customer",
            "customer",
            "The customer alone acts. No certificate of a provider can stand for it, whatever the practice is mapped to; so this comes before the other words.",
        ),
        Backing::NotCovered => (
            "Not covered",
            "not-covered",
            "No requirement to which the practice is mapped is reached at the level, or it is mapped to none.",
        ),
    }
}

/// The number of practices of some measures with each backing at a level, and the number of those that gain by the level.
pub(super) fn count_backings(
    page: &Page<'_>,
    measures: &[MeasureIx],
    (ix, level): (FrameworkIx, usize),
) -> ([usize; 4], usize) {
    let catalogue = page.catalogue();
    let mut counts = [0; 4];
    let mut gains = 0;
    for measure in measures {
        for (practice, _) in catalogue.practices_of(*measure) {
            let support = catalogue.support(practice, ix, level);
            counts[support.backing as usize] += 1;
            gains += usize::from(catalogue.gains(practice, ix, level));
        }
    }
    (counts, gains)
}

pub(crate) fn view(page: &Page<'_>, ix: FrameworkIx) -> View {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(ix);
    let order = catalogue.reading_order();
    let counts: Vec<_> = (0..framework.levels.len())
        .map(|level| count_backings(page, order, (ix, level)))
        .collect();
    let rows = Backing::ALL.map(|backing| {
        let (word, anchor, meaning) = backing_text(backing);
        let numbers = counts.iter().enumerate().map(|(level, (counts, _))| {
            let list = || page.to_anchor(PageKind::Provider(ix, level), anchor);
            number(counts[backing as usize], list)
        });
        BackingRow {
            word,
            meaning,
            numbers: numbers.collect(),
        }
    });
    let levels = framework.levels.iter().enumerate().map(|(i, name)| {
        let kind = PageKind::Provider(ix, i);
        let gains = if i == 0 { 0 } else { counts[i].1 };
        Level {
            href: page.to(kind),
            mark: marks::level(name, i),
            gains: number(gains, || page.to_anchor(kind, "adds")),
        }
    });
    let relations = relations(page, ix);
    View {
        name: framework.name.clone(),
        framework: page.to(PageKind::Framework(ix)),
        coverage: page.href_if_any(PageKind::CoverageOf(ix)),
        status: parts::status(page, ix).filter(|it| it.warn),
        practices: catalogue.practices.len(),
        levels: levels.collect(),
        rows: rows.into_iter().collect(),
        mappings: relations.iter().map(|(_, count)| count).sum(),
        within: relations
            .iter()
            .filter(|(relation, _)| matches!(relation, Relation::Equal | Relation::SubsetOf))
            .map(|(_, count)| count)
            .sum(),
        relations: relations
            .into_iter()
            .map(|(relation, count)| MarkCount {
                mark: marks::relation(relation, None),
                count,
            })
            .collect(),
        actors: actors(page),
        frame: Frame::new(page, about(page, ix)),
    }
}

fn about(page: &Page<'_>, ix: FrameworkIx) -> About {
    let name = &page.catalogue().framework(ix).name;
    About {
        heading: format!("{name} for the provider"),
        description: format!(
            "What each level of {name} says of the practices of this catalogue: assured, partly, left to the customer, not covered."
        ),
        crumbs: vec![
            page.crumb(PageKind::Coverage),
            page.crumb(PageKind::CoverageOf(ix)),
            Page::current_crumb("For the provider"),
        ],
        toc: vec![
            TocItem::new("#levels", "The levels side by side"),
            TocItem::new("#words", "What the words mean"),
            TocItem::new("#why", "Why not more are assured"),
            TocItem::new("#use", "How to use it"),
        ],
        ..About::default()
    }
}

/// The number of mappings from practices to a framework with each relation.
fn relations(page: &Page<'_>, ix: FrameworkIx) -> Vec<(Relation, usize)> {
    let catalogue = page.catalogue();
    let practices = (0..catalogue.practices.len()).map(PracticeIx::new);
    let mappings = practices.flat_map(|it| catalogue.mappings_into(it, ix));
    let relations: Vec<_> = mappings.map(|it| catalogue.mapping(it).relation).collect();
    let count = |relation: &Relation| relations.iter().filter(|it| *it == relation).count();
    let all = Relation::ALL.iter().map(|it| (*it, count(it)));
    all.filter(|(_, count)| *count > 0).collect()
}

fn actors(page: &Page<'_>) -> Vec<MarkCount> {
    let practices = &page.catalogue().practices;
    let all = Actor::ALL.iter().map(|actor| MarkCount {
        mark: marks::actor(*actor),
        count: practices.iter().filter(|it| it.by == *actor).count(),
    });
    all.filter(|it| it.count > 0).collect()
}
