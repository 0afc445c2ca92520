//! A page of prose, with the parts that are generated from the catalogue.

use serde::Serialize;

use super::list_pages::ListPageView;
use super::parts;
use crate::catalogue::{Catalogue, FrameworkIx, NodeIx, PageIx};
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::marks::{self, MarkView, capital};
use crate::render::page::Page;
use crate::render::pages::list_pages::list_page;
use crate::render::prose;
use crate::render::views::{About, CountView, LinkView, NextView, TocItem};
use crate::schema::{Part, Property, Relation};
use crate::site::PageKind;

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    summary: Html,
    audience: Vec<String>,
    /// `None` on a numbered page of the errata.
    body: Option<Html>,
    figures: Option<Figures>,
    errata: Option<Vec<Errata>>,
    /// The numbered pages of the errata, if they are too many for one page.
    pages: Vec<ListPageView>,
}

/// The catalogue in figures.
#[derive(Serialize)]
struct Figures {
    totals: Vec<Total>,
    relations: Vec<RelationCount>,
    coverage: Vec<CoverageRow>,
    /// The page of the downloads.
    data: Option<String>,
}

#[derive(Serialize)]
struct Total {
    what: String,
    count: usize,
}

#[derive(Serialize)]
struct RelationCount {
    framework: String,
    relation: MarkView,
    count: usize,
}

#[derive(Serialize)]
struct CoverageRow {
    framework: String,
    level: Option<MarkView>,
    count: CountView,
}

/// The misprints and doubts of a framework.
#[derive(Serialize)]
struct Errata {
    framework: String,
    misprints: Vec<ErrataRow>,
    doubts: Vec<ErrataRow>,
}

#[derive(Serialize)]
struct ErrataRow {
    link: LinkView,
    printed: Option<String>,
    uncertain: Option<Html>,
}

pub(crate) fn view(page: &Page<'_>, ix: PageIx) -> View {
    let catalogue = page.catalogue();
    let prose_page = catalogue.page(ix);
    let summary = prose::html(page, &prose_page.summary);
    let all = if prose_page.has_errata() {
        catalogue.errata()
    } else {
        Vec::new()
    };
    let name = |i: usize| catalogue.node(all[i]).shown.clone();
    let list_page = list_page(page, all.len(), name, about(page, ix));
    let errata = prose_page
        .has_errata()
        .then(|| errata(page, &all[list_page.entries]));
    let audience = prose_page
        .audience
        .iter()
        .map(|it| it.shown().to_owned())
        .collect();
    let is_first = page.number == 0;
    let mut view = View {
        frame: Frame::new(page, list_page.about),
        summary,
        audience,
        body: is_first.then(|| prose::html(page, &prose_page.body)),
        figures: (is_first && prose_page.parts.contains(&Part::Figures)).then(|| figures(page)),
        errata,
        pages: list_page.pages,
    };
    if is_first {
        view.frame.set_toc(toc(prose_page));
    }
    view
}

/// The headings of the text, and the generated parts.
fn toc(prose_page: &crate::catalogue::Page) -> Vec<TocItem> {
    let mut toc = Page::headings_toc(&prose_page.body);
    toc.extend(prose_page.parts.iter().map(|part| {
        let anchor = match part {
            Part::Figures => "#figures",
            Part::Errata => "#errata",
        };
        TocItem::new(anchor, part.shown())
    }));
    toc
}

fn about(page: &Page<'_>, ix: PageIx) -> About {
    let prose_page = page.catalogue().page(ix);
    let neighbour = |i: usize| {
        let other = page.catalogue().pages.get(i)?;
        Some(NextView {
            href: page.to(PageKind::Page(PageIx::new(i))),
            id: String::new(),
            title: other.title.clone(),
        })
    };
    About {
        heading: prose_page.title.clone(),
        description: prose_page.summary.plain(),
        crumbs: vec![
            page.crumb(PageKind::Guide),
            Page::current_crumb(&prose_page.title),
        ],
        previous: ix.index().checked_sub(1).and_then(neighbour),
        next: neighbour(ix.index() + 1),
        draft: prose_page.draft,
        ..About::default()
    }
}

fn figures(page: &Page<'_>) -> Figures {
    let catalogue = page.catalogue();
    let total = |what: &str, count: usize| Total {
        what: what.to_owned(),
        count,
    };
    let totals = vec![
        total("Measures", catalogue.measures.len()),
        total("Practices", catalogue.practices.len()),
        total("Use cases", catalogue.use_cases.len()),
        total("Threats", catalogue.threats.len()),
        total("Mappings", catalogue.mappings.len()),
        total("Gaps with a reason", catalogue.gaps.len()),
        total("Terms in the glossary", catalogue.terms.len()),
    ];
    let frameworks: Vec<_> = parts::mapped_frameworks(catalogue).collect();
    Figures {
        totals,
        relations: frameworks
            .iter()
            .flat_map(|it| relations(catalogue, *it))
            .collect(),
        coverage: frameworks
            .iter()
            .flat_map(|it| coverage(page, *it))
            .collect(),
        data: page.href_if_any(PageKind::Data),
    }
}

/// How many mappings to a framework have each relation.
fn relations(catalogue: &Catalogue, framework: FrameworkIx) -> Vec<RelationCount> {
    let mappings: Vec<_> = catalogue
        .mappings
        .iter()
        .filter(|it| catalogue.node(it.to).framework == framework)
        .collect();
    let properties = Property::ALL
        .iter()
        .map(|it| (Relation::Supports, Some(*it)));
    let all = Relation::ALL
        .iter()
        .filter(|it| **it != Relation::Supports)
        .map(|it| (*it, None))
        .chain(properties);
    let counts = all.map(|(relation, property)| RelationCount {
        framework: catalogue.framework(framework).name.clone(),
        relation: {
            let mark = marks::relation(relation, property);
            marks::mark(&mark.icon, &capital(&mark.word))
        },
        count: mappings
            .iter()
            .filter(|it| it.relation == relation && it.property == property)
            .count(),
    });
    counts.filter(|it| it.count > 0).collect()
}

/// The coverage of a framework by level, if it has levels, and at all levels.
fn coverage(page: &Page<'_>, ix: FrameworkIx) -> Vec<CoverageRow> {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(ix);
    let leaves = || catalogue.leaves_of(ix);
    let name = || framework.name.clone();
    let by_level = framework
        .levels
        .iter()
        .enumerate()
        .map(|(i, level)| CoverageRow {
            framework: name(),
            level: Some(marks::level(level, i)),
            count: page.count(leaves().filter(|leaf| catalogue.node(*leaf).level == Some(i))),
        });
    let all_levels = CoverageRow {
        framework: name(),
        level: None,
        count: page.count(leaves()),
    };
    by_level.chain(std::iter::once(all_levels)).collect()
}

fn errata(page: &Page<'_>, nodes: &[NodeIx]) -> Vec<Errata> {
    let catalogue = page.catalogue();
    let row = |ix: &NodeIx| ErrataRow {
        link: page.node_link(*ix),
        printed: catalogue.node(*ix).printed.clone(),
        uncertain: prose::optional(page, catalogue.node(*ix).uncertain.as_ref()),
    };
    let framework = |ix: &NodeIx| catalogue.node(*ix).framework;
    let errata = |nodes: &[NodeIx]| {
        let rows = nodes.iter().map(row);
        let (misprints, doubts) = rows.partition(|it| it.printed.is_some());
        Errata {
            framework: catalogue.framework(framework(&nodes[0])).name.clone(),
            misprints,
            doubts,
        }
    };
    let by_framework = nodes.chunk_by(|a, b| framework(a) == framework(b));
    by_framework.map(errata).collect()
}
