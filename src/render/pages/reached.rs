//! What of another framework is reached from a node through practices: derived, never authored.

use serde::Serialize;

use super::parts::Inline;
use crate::catalogue::{Catalogue, FrameworkIx, NodeIx, Through};
use crate::render::page::Page;
use crate::render::views::LinkView;
use crate::site::{MAX_INLINE, MAX_ROWS, PageKind, safe};

/// Another framework, reached through practices.
#[derive(Serialize)]
pub(super) struct Reached {
    pub anchor: String,
    /// The framework, as its anchor ends.
    pub id: String,
    pub framework: String,
    /// The crosswalk's page on which the node stands.
    ways: Option<String>,
    rows: Vec<ReachedRow>,
    /// How many more nodes are reached than are listed.
    more: usize,
}

#[derive(Serialize)]
struct ReachedRow {
    link: LinkView,
    through: Inline<LinkView>,
}

/// Nodes joined by the page on which they stand.
fn by_page(catalogue: &Catalogue, through: Through) -> Through {
    let mut out = Through::new();
    for (node, practices) in through {
        let page = catalogue.page_node(node).unwrap_or(node);
        out.entry(page).or_default().extend(practices);
    }
    out
}

/// What of another framework is reached through the practices that answer to a node.
pub(super) fn reached(page: &Page<'_>, ix: NodeIx, other: FrameworkIx) -> Option<Reached> {
    let catalogue = page.catalogue();
    let mut through = catalogue.reached_from(page.coverage(), ix, other);
    if through.len() > MAX_INLINE {
        through = by_page(catalogue, through);
    }
    let more = through.len().saturating_sub(MAX_ROWS);
    let rows: Vec<_> = through
        .into_iter()
        .take(MAX_ROWS)
        .map(|(node, practices)| ReachedRow {
            link: page.node_link(node),
            through: Inline::new(&Vec::from_iter(practices), |it| page.practice_link(*it)),
        })
        .collect();
    let framework = catalogue.framework(other);
    (!rows.is_empty()).then(|| Reached {
        anchor: format!("met-by-{}", safe(&framework.id)),
        id: safe(&framework.id).into_owned(),
        framework: framework.name.clone(),
        ways: catalogue
            .upwards(ix)
            .find_map(|it| page.href_if_any(PageKind::CrosswalkTop(it, other))),
        rows,
        more,
    })
}
