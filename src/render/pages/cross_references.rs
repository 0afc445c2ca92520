//! References from a node to other frameworks, through practices that are mapped to both: derived, never authored.

use serde::Serialize;

use super::parts::ShortList;
use crate::catalogue::{Catalogue, FrameworkIx, NodeIx, PracticesByNode};
use crate::render::page::Page;
use crate::render::views::LinkView;
use crate::site::{MAX_INLINE, MAX_ROWS, PageKind, safe};

/// The references from a node to one other framework.
#[derive(Serialize)]
pub(super) struct CrossReferences {
    pub anchor: String,
    /// The framework, as the end of its anchor.
    pub id: String,
    pub framework: String,
    /// The page of the crosswalk that lists the node.
    ways: Option<String>,
    rows: Vec<CrossReferenceRow>,
    /// The number of nodes that are not listed.
    more: usize,
}

#[derive(Serialize)]
struct CrossReferenceRow {
    link: LinkView,
    through: ShortList<LinkView>,
}

/// Merges nodes on the same page into the node of that page.
fn by_page(catalogue: &Catalogue, through: PracticesByNode) -> PracticesByNode {
    let mut out = PracticesByNode::new();
    for (node, practices) in through {
        let page = catalogue.page_node(node).unwrap_or(node);
        out.entry(page).or_default().extend(practices);
    }
    out
}

/// The nodes of another framework that are mapped to practices of a node; `None` if there are none.
pub(super) fn cross_references(
    page: &Page<'_>,
    ix: NodeIx,
    other: FrameworkIx,
) -> Option<CrossReferences> {
    let catalogue = page.catalogue();
    let mut through = catalogue.reached_from(page.coverage(), ix, other);
    if through.len() > MAX_INLINE {
        through = by_page(catalogue, through);
    }
    let more = through.len().saturating_sub(MAX_ROWS);
    let rows: Vec<_> = through
        .into_iter()
        .take(MAX_ROWS)
        .map(|(node, practices)| CrossReferenceRow {
            link: page.node_link(node),
            through: ShortList::new(&Vec::from_iter(practices), |it| page.practice_link(*it)),
        })
        .collect();
    let framework = catalogue.framework(other);
    (!rows.is_empty()).then(|| CrossReferences {
        anchor: format!("met-by-{}", safe(&framework.id)),
        id: safe(&framework.id).into_owned(),
        framework: framework.name.clone(),
        ways: catalogue
            .self_and_ancestors(ix)
            .find_map(|it| page.href_if_any(PageKind::CrosswalkTop(it, other))),
        rows,
        more,
    })
}
