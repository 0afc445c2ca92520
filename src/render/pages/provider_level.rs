//! For the provider: what one level of a framework means for each practice, and what it adds to the lower levels.
//!
//! Entry: [`view`]. Invariant: each practice is in one list, that of its backing.

use serde::Serialize;

use super::list_pages::{CountColumn, ListPageView};
use super::parts::PageChoice;
use super::provider::{backing_text, count_backings};
use crate::catalogue::{Backing, FrameworkIx, MappingIx, MeasureIx, PracticeIx, Support};
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::marks::{self, MarkView};
use crate::render::page::Page;
use crate::render::pages::list_pages::list_page;
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
    /// The number of practices with each backing.
    numbers: Vec<Total>,
    lists: Vec<PracticeList>,
    adds: Option<Additions>,
    /// The numbered pages that list them, if the list is divided.
    pages: Vec<ListPageView>,
    heads: Vec<CountColumn>,
    levels: Vec<PageChoice>,
    index: String,
}

#[derive(Serialize)]
struct Total {
    word: &'static str,
    anchor: &'static str,
    count: usize,
}

#[derive(Serialize)]
struct PracticeList {
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
    /// The requirements that back it, by relation.
    backed: Vec<RequirementsByRelation>,
    /// The level of its first requirement, if it has none yet.
    later: Option<MarkView>,
    /// Its backing one level below, if it differs.
    was: Option<&'static str>,
    now: &'static str,
}

#[derive(Serialize)]
struct RequirementsByRelation {
    relation: MarkView,
    links: Vec<LinkView>,
}

/// What a level adds to the lower ones.
#[derive(Serialize)]
struct Additions {
    title: String,
    count: usize,
    /// The number of those with another backing than one level below.
    changed: usize,
    groups: Vec<MeasureRows>,
}

/// A framework and one of its levels.
type FrameworkLevel = (FrameworkIx, usize);

/// The practices of the measures on the page, at a level.
pub(crate) fn view(page: &Page<'_>, ix: FrameworkIx, level: usize) -> View {
    let framework_level = (ix, level);
    let order = page.catalogue().reading_order();
    let id = |i: usize| page.catalogue().measure(order[i]).id.clone();
    let list_page = list_page(page, order.len(), id, about(page, framework_level));
    if list_page.pages.is_empty() {
        return view_with_lists(
            page,
            framework_level,
            &order[list_page.entries],
            list_page.about,
        );
    }
    let (counts, _) = count_backings(page, order, framework_level);
    View {
        pages: add_counts(page, framework_level, list_page.pages),
        ..view_without_lists(page, framework_level, counts, list_page.about)
    }
}

/// Adds to each numbered page the number of its practices by backing, and of those that gain by the level.
fn add_counts(
    page: &Page<'_>,
    framework_level: FrameworkLevel,
    mut pages: Vec<ListPageView>,
) -> Vec<ListPageView> {
    let order = page.catalogue().reading_order();
    let ranges = page.renderer.site.list_pages(page.kind);
    for (i, (view, range)) in pages.iter_mut().zip(ranges).enumerate() {
        let (counts, gains) = count_backings(page, &order[range.clone()], framework_level);
        let counts = counts
            .into_iter()
            .chain([gains])
            .zip(count_columns(framework_level.1));
        let list = |anchor| page.to_page_anchor(page.kind, i + 1, Some(anchor));
        let numbers = counts.map(|(count, column)| number(count, || list(column.anchor)));
        view.numbers = numbers.collect();
    }
    pages
}

/// The columns of counts: each backing, and the gains if there is a lower level.
fn count_columns(level: usize) -> Vec<CountColumn> {
    let backings = Backing::ALL.map(|backing| {
        let (title, anchor, _) = backing_text(backing);
        CountColumn { title, anchor }
    });
    let gains = CountColumn {
        title: "Gain by this level",
        anchor: "adds",
    };
    let gains = (level > 0).then_some(gains);
    backings.into_iter().chain(gains).collect()
}

/// The view without its lists.
fn view_without_lists(
    page: &Page<'_>,
    (ix, level): FrameworkLevel,
    counts: [usize; 4],
    about: About,
) -> View {
    let framework = page.catalogue().framework(ix);
    let levels =
        framework.levels.iter().enumerate().map(|(i, name)| {
            PageChoice::new(page, PageKind::Provider(ix, i), marks::capital(name))
        });
    let total = |backing| {
        let (word, anchor, _) = backing_text(backing);
        let count = counts[backing as usize];
        Total {
            word,
            anchor,
            count,
        }
    };
    View {
        name: framework.name.clone(),
        mark: marks::level(&framework.levels[level], level),
        practices: counts.iter().sum(),
        numbers: Backing::ALL.map(total).into_iter().collect(),
        lists: Vec::new(),
        adds: None,
        pages: Vec::new(),
        heads: count_columns(level),
        levels: levels.collect(),
        index: page.to(PageKind::ProviderOf(ix)),
        frame: Frame::new(page, about),
    }
}

fn view_with_lists(
    page: &Page<'_>,
    framework_level: FrameworkLevel,
    measures: &[MeasureIx],
    about: About,
) -> View {
    let supports = supports(page, framework_level, measures);
    let mut counts = [0; 4];
    for (_, support) in supports.iter().flat_map(|(_, practices)| practices) {
        counts[support.backing as usize] += 1;
    }
    let mut view = view_without_lists(page, framework_level, counts, about);
    let lists = Backing::ALL.map(|it| list(page, framework_level, &supports, it));
    view.lists = lists.into_iter().filter(|it| it.count > 0).collect();
    view.adds = additions(page, framework_level, &supports);
    view.frame.set_toc(toc(&view));
    view
}

fn toc(view: &View) -> Vec<TocItem> {
    let list = |list: &PracticeList| {
        let title = format!("{}, {}", list.title, list.count);
        TocItem::new(&format!("#{}", list.anchor), &title)
    };
    let additions = view
        .adds
        .as_ref()
        .map(|it| TocItem::new("#adds", &it.title));
    view.lists.iter().map(list).chain(additions).collect()
}

/// The practices of each measure, with their support.
type MeasureSupports = Vec<(MeasureIx, Vec<(PracticeIx, Support)>)>;

fn supports(
    page: &Page<'_>,
    (ix, level): FrameworkLevel,
    measures: &[MeasureIx],
) -> MeasureSupports {
    let catalogue = page.catalogue();
    let with_support = |measure: &MeasureIx| {
        let practices = catalogue
            .practices_of(*measure)
            .map(|(it, _)| (it, catalogue.support(it, ix, level)));
        (*measure, practices.collect())
    };
    measures.iter().map(with_support).collect()
}

/// The practices with one backing, by measure.
fn list(
    page: &Page<'_>,
    framework_level: FrameworkLevel,
    supports: &MeasureSupports,
    wanted: Backing,
) -> PracticeList {
    let (title, anchor, meaning) = backing_text(wanted);
    let name = &page.catalogue().framework(framework_level.0).levels[framework_level.1];
    let groups = by_measure(page, supports, |practice, support| {
        let reached = || {
            page.catalogue()
                .mappings_up_to(practice, framework_level.0, framework_level.1)
        };
        (support.backing == wanted)
            .then(|| row(page, practice, framework_level.0, support, &reached()))
    });
    PracticeList {
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

/// The practices that gain a requirement or another backing at the level.
fn additions(
    page: &Page<'_>,
    (ix, level): FrameworkLevel,
    supports: &MeasureSupports,
) -> Option<Additions> {
    let catalogue = page.catalogue();
    let below = level.checked_sub(1)?;
    let groups = by_measure(page, supports, |practice, now| {
        let was = catalogue.support(practice, ix, below).backing;
        let begun = || catalogue.mappings_starting_at(practice, ix, level);
        (now.has_new || was != now.backing).then(|| PracticeRow {
            was: (was != now.backing).then(|| backing_text(was).0),
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
    Some(Additions {
        title: format!("What {} adds to {lower}", levels[level]),
        count: rows().count(),
        changed: rows().filter(|it| it.was.is_some()).count(),
        groups,
    })
}

fn by_measure(
    page: &Page<'_>,
    supports: &MeasureSupports,
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
    supports.iter().filter_map(group).collect()
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
        backed: by_relation(page, mappings),
        later: support
            .later
            .and_then(|level| page.level_mark(framework, level)),
        was: None,
        now: backing_text(support.backing).0,
    }
}

/// Requirements by the relation of the practice to them, the closest first.
fn by_relation(page: &Page<'_>, mappings: &[MappingIx]) -> Vec<RequirementsByRelation> {
    let catalogue = page.catalogue();
    let requirements = |relation: &Relation| {
        let chosen = mappings
            .iter()
            .map(|it| catalogue.mapping(*it))
            .filter(|it| it.relation == *relation);
        let links: Vec<_> = chosen.map(|it| page.node_link(it.to)).collect();
        (!links.is_empty()).then(|| RequirementsByRelation {
            relation: marks::relation(*relation, None),
            links,
        })
    };
    Relation::ALL.iter().filter_map(requirements).collect()
}

fn about(page: &Page<'_>, (ix, level): FrameworkLevel) -> About {
    let framework = page.catalogue().framework(ix);
    About {
        heading: format!(
            "{} {} for the provider",
            framework.name, framework.levels[level]
        ),
        description: format!(
            "What a provider who meets {} at the level {} shows of each practice, by measure.",
            framework.name, framework.levels[level]
        ),
        crumbs: vec![
            page.crumb_with_title(
                PageKind::CoverageOf(ix),
                &format!("Coverage of {}", framework.name),
            ),
            page.crumb(PageKind::ProviderOf(ix)),
            Page::current_crumb(&marks::capital(&framework.levels[level])),
        ],
        ..About::default()
    }
}
