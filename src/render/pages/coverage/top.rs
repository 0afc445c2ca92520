//! The leaves under a node by status; if they are too many, its parts and their numbers.

use serde::Serialize;

use super::rows::{LeafList, lists};
use super::{Numbers, NumbersRow, NumbersTable, level_mark, node_rows, numbers};
use crate::catalogue::NodeIx;
use crate::catalogue::Noun;
use crate::render::frame::Frame;
use crate::render::marks::capital;
use crate::render::page::{Page, counted};
use crate::render::pages::coverage::leaf_list_href;
use crate::render::pages::list_pages::ListPageView;
use crate::render::pages::list_pages::list_page;
use crate::render::pages::parts;
use crate::render::views::{About, Crumb, LinkView, TocItem};
use crate::site::{PageKind, split, ungrouped};

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    framework: String,
    link: LinkView,
    noun: Noun,
    numbers: Numbers,
    /// The parts at all levels and at each level, if the list is divided.
    tables: Vec<NumbersTable>,
    lists: Vec<LeafList>,
    /// Its numbered pages, if parts and leaves are too many for one page.
    pages: Vec<ListPageView>,
}

pub(crate) fn view(page: &Page<'_>, ix: NodeIx) -> View {
    let catalogue = page.catalogue();
    let framework = catalogue.node(ix).framework;
    let parts = page
        .renderer
        .site
        .parts(catalogue, ix, PageKind::CoverageTop);
    let own: Vec<_> = ungrouped(catalogue, ix, &parts)
        .filter(|it| catalogue.is_leaf(*it))
        .collect();
    let entry = |i| parts.get(i).unwrap_or_else(|| &own[i - parts.len()]);
    let name = |i| catalogue.node(*entry(i)).shown.clone();
    let list_page = list_page(page, parts.len() + own.len(), name, about(page, ix));
    let (some_parts, some_own) = split(&list_page.entries, parts.len());
    let (nodes, here) = (&parts[some_parts], &own[some_own]);
    let tables = tables(page, ix, nodes, here);
    let lists = lists(page, framework, here);
    let share = page.count(catalogue.leaves(ix));
    let mut about = list_page.about;
    about.toc = tables
        .iter()
        .map(|it| TocItem::new(&format!("#{}", it.anchor), &it.caption))
        .collect();
    about.toc.extend(lists.iter().map(|list| {
        let title = format!("{}, {}", list.title, list.count);
        TocItem::new(&format!("#{}", list.anchor), &title)
    }));
    View {
        framework: catalogue.framework(framework).name.clone(),
        link: page.node_link(ix),
        noun: catalogue.noun(framework),
        numbers: numbers(share, |standing| leaf_list_href(page, ix, standing, None)),
        tables,
        lists,
        pages: list_page.pages,
        frame: Frame::new(page, about),
    }
}

/// A table of the parts at all levels, and one for each level.
fn tables(page: &Page<'_>, ix: NodeIx, nodes: &[NodeIx], here: &[NodeIx]) -> Vec<NumbersTable> {
    let catalogue = page.catalogue();
    let framework = catalogue.node(ix).framework;
    let Some(first) = nodes.first() else {
        return Vec::new();
    };
    let head = capital(&catalogue.kind_of(*first).name);
    let table = |level: Option<usize>| {
        let mut rows = node_rows(page, nodes, level);
        rows.extend(own_row(page, ix, here, level));
        let by = head.to_lowercase();
        let place = level.map(|it| super::level_anchor(catalogue, framework, it));
        let mark = level.map(|it| level_mark(catalogue, framework, it));
        NumbersTable {
            anchor: page
                .anchor(&place.map_or_else(|| "parts".to_owned(), |it| format!("parts-{it}"))),
            caption: mark.map_or_else(|| format!("By {by}"), |it| format!("{}, by {by}", it.word)),
            note: "",
            head: head.clone(),
            rows,
            pages: Vec::new(),
            total: None,
        }
    };
    let levels: Vec<Option<usize>> = std::iter::once(None)
        .chain(catalogue.level_places(framework).into_iter().map(Some))
        .collect();
    let tables = levels.into_iter().map(table);
    tables.filter(|it| !it.rows.is_empty()).collect()
}

/// A row for the leaves that are in none of the parts.
fn own_row(
    page: &Page<'_>,
    ix: NodeIx,
    here: &[NodeIx],
    level: Option<usize>,
) -> Option<NumbersRow> {
    let catalogue = page.catalogue();
    let framework = catalogue.node(ix).framework;
    let at_level = |it: &&NodeIx| level.is_none_or(|place| catalogue.level_place(**it) == place);
    let share = page.count(here.iter().filter(at_level).copied());
    let place = level.map(|it| format!("-{}", super::level_anchor(catalogue, framework, it)));
    let list = |standing: Option<_>| {
        let anchor = super::list_anchor(standing?);
        let anchor = format!("{anchor}{}", place.as_deref().unwrap_or_default());
        page.href_of("", Some(&anchor))
    };
    (share.total > 0).then(|| NumbersRow {
        mark: None,
        link: Some(LinkView {
            href: page.href_of("", Some("lists")).unwrap_or_default(),
            id: catalogue.node(ix).shown.clone(),
            title: "without a page of their own".to_owned(),
        }),
        numbers: numbers(share, list),
    })
}

fn about(page: &Page<'_>, ix: NodeIx) -> About {
    let catalogue = page.catalogue();
    let node = catalogue.node(ix);
    let framework = catalogue.framework(node.framework);
    let Noun { one, many } = catalogue.noun(node.framework);
    let count = counted(catalogue.leaves(ix).count(), one, many);
    let mut crumbs = vec![
        page.crumb(PageKind::Coverage),
        page.crumb(PageKind::CoverageOf(node.framework)),
    ];
    let above = catalogue.ancestors(ix);
    let with_page = above
        .iter()
        .filter(|it| page.has(PageKind::CoverageTop(**it)));
    crumbs.extend(with_page.map(|it| Crumb {
        href: page.to(PageKind::CoverageTop(*it)),
        title: catalogue.node(*it).shown.clone(),
    }));
    crumbs.push(Page::current_crumb(&node.shown));
    let (previous, next) = parts::neighbours(page, ix, PageKind::CoverageTop);
    About {
        heading: node.name().unwrap_or(&node.shown).to_owned(),
        id: format!("Coverage of {} {}", framework.name, node.shown),
        label: Some(format!("{} {}", framework.name, node.shown)),
        description: format!(
            "{count} of {} {}: mapped, left out with a reason, open.",
            framework.name, node.shown
        ),
        crumbs,
        previous,
        next,
        ..About::default()
    }
}
