//! What of another framework is reached from a node through practices: derived, never authored.

use serde::Serialize;

use crate::catalogue::{Catalogue, FrameworkIx, NodeIx, Thing, Through};
use crate::render::page::{LinkView, Page};
use crate::site::{PageKind, safe};

/// More nodes than this, reached in another framework, are joined by page.
const LISTED: usize = 25;

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
}

#[derive(Serialize)]
struct ReachedRow {
    link: LinkView,
    through: Vec<LinkView>,
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
    if through.len() > LISTED {
        through = by_page(catalogue, through);
    }
    let rows: Vec<_> = through
        .into_iter()
        .map(|(node, practices)| ReachedRow {
            link: page.node_link(node),
            through: practices
                .into_iter()
                .map(|it| LinkView {
                    href: page.href(&Thing::Practice(it).into()).unwrap_or_default(),
                    id: catalogue.practice(it).id.clone(),
                    title: String::new(),
                })
                .collect(),
        })
        .collect();
    let framework = catalogue.framework(other);
    (!rows.is_empty()).then(|| Reached {
        anchor: format!("met-by-{}", safe(&framework.id)),
        id: safe(&framework.id).into_owned(),
        framework: framework.name.clone(),
        ways: catalogue
            .upwards(ix)
            .find_map(|it| page.way(PageKind::CrosswalkTop(it, other))),
        rows,
    })
}
