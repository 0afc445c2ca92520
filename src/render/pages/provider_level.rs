//! For the provider: what one level of a framework says of each practice, and what it adds to the levels below.
//!
//! Entry: [`view`]. Invariant: a practice is in one list by its standing.

use serde::Serialize;

use super::list_pages::{Counted, ListPageView};
use super::parts::Choice;
use super::provider::{standings, words};
use crate::catalogue::{Backing, FrameworkIx, MappingIx, MeasureIx, PracticeIx, Support};
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::marks::{self, MarkView};
use crate::render::page::Page;
use crate::render::pages::list_pages::listed;
use crate::render::prose;
use crate::render::views::{About, LinkView, TocItem, number};
use crate::schema::Relation;
use crate::site::PageKind;

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    name: String,
    mark: MarkView,
    practices: usize,
    /// How many have each standing.
    numbers: Vec<Total>,
    lists: Vec<StandList>,
    adds: Option<Adds>,
    /// The numbered pages that list them, where the list is divided.
    pages: Vec<ListPageView>,
    heads: Vec<Counted>,
    levels: Vec<Choice>,
    index: String,
}

#[derive(Serialize)]
struct Total {
    word: &'static str,
    anchor: &'static str,
    count: usize,
}

#[derive(Serialize)]
struct StandList {
    anchor: &'static str,
    title: &'static str,
    meaning: &'static str,
    count: usize,
    /// The head of the last column.
    head: String,
    groups: Vec<MeasureRows>,
}

/// The practices of a measure.
#[derive(Serialize)]
struct MeasureRows {
    link: LinkView,
    rows: Vec<PracticeRow>,
}

#[derive(Serialize)]
struct PracticeRow {
    link: LinkView,
    by: MarkView,
    text: Html,
    /// Requirements that back it, by relation.
    backed: Vec<Backed>,
    /// The level at which the first requirement is reached, where none is yet.
    later: Option<MarkView>,
    /// Its standing one level below, where it differs.
    was: Option<&'static str>,
    now: &'static str,
}

#[derive(Serialize)]
struct Backed {
    relation: MarkView,
    links: Vec<LinkView>,
}

/// What a level adds to those below.
#[derive(Serialize)]
struct Adds {
    title: String,
    count: usize,
    /// How many of them have another standing than before.
    changed: usize,
    groups: Vec<MeasureRows>,
}

/// A framework and one of its levels.
type At = (FrameworkIx, usize);

/// What a level says of the measures on the page.
pub(crate) fn view(page: &Page<'_>, ix: FrameworkIx, level: usize) -> View {
    let at = (ix, level);
    let order = page.catalogue().reading_order();
    let id = |at: usize| page.catalogue().measure(order[at]).id.clone();
    let listed = listed(page, order.len(), id, about(page, at));
    if listed.pages.is_empty() {
        return lists(page, at, &order[listed.entries], listed.about);
    }
    let (counts, _) = standings(page, order, at);
    View {
        pages: counted(page, at, listed.pages),
        ..bare(page, at, counts, listed.about)
    }
}

/// The numbered pages, each with the number of its practices by standing, then of those that gain by the level.
fn counted(page: &Page<'_>, at: At, mut pages: Vec<ListPageView>) -> Vec<ListPageView> {
    let order = page.catalogue().reading_order();
    let ranges = page.renderer.site.list_pages(page.kind);
    for (place, (it, range)) in pages.iter_mut().zip(ranges).enumerate() {
        let (counts, gains) = standings(page, &order[range.clone()], at);
        let counts = counts.into_iter().chain([gains]).zip(heads(at.1));
        let list = |anchor| page.to_page_anchor(page.kind, place + 1, Some(anchor));
        let numbers = counts.map(|(count, head)| number(count, || list(head.anchor)));
        it.numbers = numbers.collect();
    }
    pages
}

/// The standings, and what the level adds, if there is one below it.
fn heads(level: usize) -> Vec<Counted> {
    let standings = Backing::ALL.map(|it| {
        let (title, anchor, _) = words(it);
        Counted { title, anchor }
    });
    let adds = Counted {
        title: "Gain by this level",
        anchor: "adds",
    };
    let adds = (level > 0).then_some(adds);
    standings.into_iter().chain(adds).collect()
}

/// A page without its lists.
fn bare(page: &Page<'_>, (ix, level): At, counts: [usize; 4], about: About) -> View {
    let it = page.catalogue().framework(ix);
    let levels = it
        .levels
        .iter()
        .enumerate()
        .map(|(at, name)| Choice::new(page, PageKind::Provider(ix, at), marks::capital(name)));
    let counted = |backing| {
        let (word, anchor, _) = words(backing);
        let count = counts[backing as usize];
        Total {
            word,
            anchor,
            count,
        }
    };
    View {
        name: it.name.clone(),
        mark: marks::level(&it.levels[level], level),
        practices: counts.iter().sum(),
        numbers: Backing::ALL.map(counted).into_iter().collect(),
        lists: Vec::new(),
        adds: None,
        pages: Vec::new(),
        heads: heads(level),
        levels: levels.collect(),
        index: page.to(PageKind::ProviderOf(ix)),
        frame: Frame::new(page, about),
    }
}

fn lists(page: &Page<'_>, at: At, measures: &[MeasureIx], about: About) -> View {
    let standing = standing(page, at, measures);
    let mut counts = [0; 4];
    for (_, support) in standing.iter().flat_map(|(_, practices)| practices) {
        counts[support.backing as usize] += 1;
    }
    let mut view = bare(page, at, counts, about);
    let lists = Backing::ALL.map(|it| list(page, at, &standing, it));
    view.lists = lists.into_iter().filter(|it| it.count > 0).collect();
    view.adds = adds(page, at, &standing);
    view.frame.set_toc(toc(&view));
    view
}

fn toc(view: &View) -> Vec<TocItem> {
    let list = |it: &StandList| {
        let words = format!("{}, {}", it.title, it.count);
        TocItem::new(&format!("#{}", it.anchor), &words)
    };
    let adds = view.adds.as_ref();
    let adds = adds.map(|it| TocItem::new("#adds", &it.title));
    view.lists.iter().map(list).chain(adds).collect()
}

/// The practices of each measure, and how they stand.
type Standing = Vec<(MeasureIx, Vec<(PracticeIx, Support)>)>;

fn standing(page: &Page<'_>, (ix, level): At, measures: &[MeasureIx]) -> Standing {
    let catalogue = page.catalogue();
    let of = |measure: &MeasureIx| {
        let practices = catalogue.practices_of(*measure);
        let practices = practices.map(|(it, _)| (it, catalogue.support(it, ix, level)));
        (*measure, practices.collect())
    };
    measures.iter().map(of).collect()
}

/// The practices with one standing, by measure.
fn list(page: &Page<'_>, at: At, standing: &Standing, wanted: Backing) -> StandList {
    let (title, anchor, meaning) = words(wanted);
    let name = &page.catalogue().framework(at.0).levels[at.1];
    let groups = by_measure(page, standing, |practice, support| {
        let reached = || page.catalogue().reached(practice, at.0, at.1);
        (support.backing == wanted).then(|| row(page, practice, at.0, support, &reached()))
    });
    StandList {
        anchor,
        title,
        meaning,
        count: groups.iter().map(|it| it.rows.len()).sum(),
        head: match wanted {
            Backing::Assured | Backing::Partly => format!("Backed at {name} by"),
            Backing::Customer => format!("Touched at {name} by"),
            Backing::NotCovered => "First reached at".to_owned(),
        },
        groups,
    }
}

/// The practices that gain a requirement or a standing at the level.
fn adds(page: &Page<'_>, (ix, level): At, standing: &Standing) -> Option<Adds> {
    let catalogue = page.catalogue();
    let below = level.checked_sub(1)?;
    let groups = by_measure(page, standing, |practice, now| {
        let was = catalogue.support(practice, ix, below).backing;
        let begun = || catalogue.begun(practice, ix, level);
        (now.has_new || was != now.backing).then(|| PracticeRow {
            was: (was != now.backing).then(|| words(was).0),
            ..row(page, practice, ix, now, &begun())
        })
    });
    let rows = || groups.iter().flat_map(|it| &it.rows);
    let levels = &catalogue.framework(ix).levels;
    let lower = match &levels[..level] {
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
        [] => return None,
    };
    Some(Adds {
        title: format!("What {} adds to {lower}", levels[level]),
        count: rows().count(),
        changed: rows().filter(|it| it.was.is_some()).count(),
        groups,
    })
}

fn by_measure(
    page: &Page<'_>,
    standing: &Standing,
    row: impl Fn(PracticeIx, &Support) -> Option<PracticeRow>,
) -> Vec<MeasureRows> {
    let group = |(measure, practices): &(MeasureIx, Vec<(PracticeIx, Support)>)| {
        let practices = practices.iter();
        let rows: Vec<_> = practices
            .filter_map(|(it, support)| row(*it, support))
            .collect();
        (!rows.is_empty()).then(|| MeasureRows {
            link: page.measure_link(*measure),
            rows,
        })
    };
    standing.iter().filter_map(group).collect()
}

/// A practice with some of its mappings.
fn row(
    page: &Page<'_>,
    ix: PracticeIx,
    framework: FrameworkIx,
    support: &Support,
    mappings: &[MappingIx],
) -> PracticeRow {
    let practice = page.catalogue().practice(ix);
    PracticeRow {
        link: page.practice_link(ix),
        by: marks::actor(practice.by),
        text: prose::unlinked(page, &practice.text),
        backed: backed(page, mappings),
        later: support.later.and_then(|at| page.level_mark(framework, at)),
        was: None,
        now: words(support.backing).0,
    }
}

/// Requirements by the relation of the practice to them, the closest first.
fn backed(page: &Page<'_>, mappings: &[MappingIx]) -> Vec<Backed> {
    let catalogue = page.catalogue();
    let of = |relation: &Relation| {
        let chosen = mappings
            .iter()
            .map(|it| catalogue.mapping(*it))
            .filter(|it| it.relation == *relation);
        let links: Vec<_> = chosen.map(|it| page.node_link(it.to)).collect();
        (!links.is_empty()).then(|| Backed {
            relation: marks::relation(*relation, None),
            links,
        })
    };
    Relation::ALL.iter().filter_map(of).collect()
}

fn about(page: &Page<'_>, (ix, level): At) -> About {
    let it = page.catalogue().framework(ix);
    About {
        heading: format!("{} {} for the provider", it.name, it.levels[level]),
        description: format!(
            "What a provider who meets {} at the level {} shows of each practice, by measure.",
            it.name, it.levels[level]
        ),
        crumbs: vec![
            page.crumb_with_title(
                PageKind::CoverageOf(ix),
                &format!("Coverage of {}", it.name),
            ),
            page.crumb(PageKind::ProviderOf(ix)),
            Page::current_crumb(&marks::capital(&it.levels[level])),
        ],
        ..About::default()
    }
}
