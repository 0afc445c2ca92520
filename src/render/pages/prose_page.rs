//! A page of prose, with the parts that are made from the catalogue.

use serde::Serialize;

use super::list_pages::ListPageView;
use super::parts;
use crate::catalogue::{Catalogue, FrameworkIx, NodeIx, PageIx};
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::marks::{self, MarkView, capital};
use crate::render::page::Page;
use crate::render::pages::list_pages::listed;
use crate::render::prose;
use crate::render::views::{About, CountView, LinkView, NextView, TocItem};
use crate::schema::{Part, Property, Relation};
use crate::site::PageKind;

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    summary: Html,
    audience: Vec<String>,
    /// None on a numbered page.
    body: Option<Html>,
    figures: Option<Figures>,
    errata: Option<Vec<Errata>>,
    /// The numbered pages of the errata, where they are too many for this one.
    pages: Vec<ListPageView>,
}

/// The catalogue in figures.
#[derive(Serialize)]
struct Figures {
    totals: Vec<Total>,
    relations: Vec<RelationCount>,
    coverage: Vec<CoverageRow>,
    /// The page that leads to the same as data.
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

/// What a framework misprints, and what is uncertain in it.
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
    let it = catalogue.page(ix);
    let summary = prose::html(page, &it.summary);
    let all = if it.has_errata() {
        catalogue.errata()
    } else {
        Vec::new()
    };
    let name = |at: usize| catalogue.node(all[at]).shown.clone();
    let listed = listed(page, all.len(), name, about(page, ix));
    let errata = it.has_errata().then(|| errata(page, &all[listed.entries]));
    let audience = it.audience.iter().map(|it| it.shown().to_owned()).collect();
    let own = page.number == 0;
    let mut view = View {
        frame: Frame::new(page, listed.about),
        summary,
        audience,
        body: own.then(|| prose::html(page, &it.body)),
        figures: (own && it.parts.contains(&Part::Figures)).then(|| figures(page)),
        errata,
        pages: listed.pages,
    };
    if own {
        view.frame.set_toc(toc(it));
    }
    view
}

/// The headings of the text, and the parts that are made.
fn toc(it: &crate::catalogue::Page) -> Vec<TocItem> {
    let mut toc = Page::headings_toc(&it.body);
    toc.extend(it.parts.iter().map(|part| {
        let anchor = match part {
            Part::Figures => "#figures",
            Part::Errata => "#errata",
        };
        TocItem::new(anchor, part.shown())
    }));
    toc
}

fn about(page: &Page<'_>, ix: PageIx) -> About {
    let it = page.catalogue().page(ix);
    let beside = |at: usize| {
        let other = page.catalogue().pages.get(at)?;
        Some(NextView {
            href: page.to(PageKind::Page(PageIx::new(at))),
            id: String::new(),
            title: other.title.clone(),
        })
    };
    About {
        heading: it.title.clone(),
        description: it.summary.plain(),
        crumbs: vec![page.crumb(PageKind::Guide), Page::current_crumb(&it.title)],
        previous: ix.at().checked_sub(1).and_then(beside),
        next: beside(ix.at() + 1),
        draft: it.draft,
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
    let of_it: Vec<_> = catalogue
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
            let it = marks::relation(relation, property);
            marks::mark(&it.icon, &capital(&it.word))
        },
        count: of_it
            .iter()
            .filter(|it| it.relation == relation && it.property == property)
            .count(),
    });
    counts.filter(|it| it.count > 0).collect()
}

/// What is mapped, left out and open in a framework, by level where it has levels.
fn coverage(page: &Page<'_>, framework: FrameworkIx) -> Vec<CoverageRow> {
    let catalogue = page.catalogue();
    let it = catalogue.framework(framework);
    let leaves = || it.tops.iter().flat_map(|top| catalogue.leaves(*top));
    let name = || it.name.clone();
    let by_level = it.levels.iter().enumerate().map(|(at, level)| CoverageRow {
        framework: name(),
        level: Some(marks::level(level, at)),
        count: page.count(leaves().filter(|leaf| catalogue.node(*leaf).level == Some(at))),
    });
    let whole = CoverageRow {
        framework: name(),
        level: None,
        count: page.count(leaves()),
    };
    by_level.chain(std::iter::once(whole)).collect()
}

fn errata(page: &Page<'_>, nodes: &[NodeIx]) -> Vec<Errata> {
    let catalogue = page.catalogue();
    let row = |ix: &NodeIx| ErrataRow {
        link: page.node_link(*ix),
        printed: catalogue.node(*ix).printed.clone(),
        uncertain: prose::optional(page, catalogue.node(*ix).uncertain.as_ref()),
    };
    let framework = |ix: &NodeIx| catalogue.node(*ix).framework;
    let of_one = |nodes: &[NodeIx]| {
        let rows = nodes.iter().map(row);
        let (misprints, doubts) = rows.partition(|it| it.printed.is_some());
        Errata {
            framework: catalogue.framework(framework(&nodes[0])).name.clone(),
            misprints,
            doubts,
        }
    };
    let by_framework = nodes.chunk_by(|a, b| framework(a) == framework(b));
    by_framework.map(of_one).collect()
}
