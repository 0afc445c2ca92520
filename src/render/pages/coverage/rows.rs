//! Leaves as rows, by status and level: what is mapped to each, why it is left out, or what it asks.
//!
//! Entry: [`lists`]. Invariant: each leaf is one row of one list; a reason is shown once, at the first of its leaves.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{level_anchor, level_mark, list_anchor};
use crate::catalogue::{CoverageStatus, FrameworkIx, MappingIx, NodeIx};
use crate::render::html::Html;
use crate::render::marks::{self, MarkView};
use crate::render::page::Page;
use crate::render::pages::parts::{self, ShortList};
use crate::render::prose;
use crate::render::views::LinkView;
use crate::site::{leaf_anchor, safe};

/// The leaves with the same status.
#[derive(Serialize)]
pub(super) struct LeafList {
    pub anchor: String,
    pub title: &'static str,
    /// The head of the last column.
    head: &'static str,
    pub count: usize,
    levels: Vec<LevelList>,
}

/// The leaves of a list at one level; all of them if the framework has no levels.
#[derive(Serialize)]
struct LevelList {
    /// `None` if the framework has no levels.
    anchor: Option<String>,
    mark: Option<MarkView>,
    count: usize,
    rows: Vec<LeafRow>,
}

#[derive(Serialize)]
struct LeafRow {
    /// The node with which this leaf and the next ones are left out, at the first of them.
    group: Option<GapRow>,
    /// The anchor of the reason, if it is given for the leaf itself.
    anchor: Option<String>,
    /// The anchor of the leaf.
    leaf: String,
    link: LinkView,
    answers: ShortList<Answer>,
    /// The node above it that is mapped in its place.
    through: Option<LinkView>,
    because: Option<Html>,
    /// The node with which it is left out.
    with: Option<LinkView>,
    asks: Option<Html>,
}

/// A node that is left out with its leaves.
#[derive(Serialize)]
struct GapRow {
    anchor: Option<String>,
    link: LinkView,
    /// `None` if it is shown further up.
    because: Option<Html>,
}

/// A practice or a measure that is mapped to a leaf.
#[derive(Serialize)]
struct Answer {
    link: LinkView,
    relation: MarkView,
}

/// The anchor of the reason for leaving out a node.
pub(super) fn gap_anchor(page: &Page<'_>, node: NodeIx) -> String {
    format!("gap-{}", safe(&page.catalogue().node(node).slug))
}

/// Leaves of one framework by status and level, in the order of the framework.
pub(super) fn lists(page: &Page<'_>, framework: FrameworkIx, leaves: &[NodeIx]) -> Vec<LeafList> {
    let mut by_standing: BTreeMap<CoverageStatus, BTreeMap<usize, Vec<NodeIx>>> = BTreeMap::new();
    for leaf in leaves {
        if let Some(standing) = page.standing(*leaf) {
            let levels = by_standing.entry(standing).or_default();
            let place = page.catalogue().level_place(*leaf);
            levels.entry(place).or_default().push(*leaf);
        }
    }
    let list = |(standing, levels)| list(page, framework, standing, levels);
    by_standing.into_iter().map(list).collect()
}

fn list(
    page: &Page<'_>,
    framework: FrameworkIx,
    standing: CoverageStatus,
    levels: BTreeMap<usize, Vec<NodeIx>>,
) -> LeafList {
    let catalogue = page.catalogue();
    let leveled = !catalogue.framework(framework).levels.is_empty();
    let mut explained = BTreeSet::new();
    let count = levels.values().map(Vec::len).sum();
    let level = |(place, leaves): (usize, Vec<NodeIx>)| {
        let mut last_gap = None;
        let rows = leaves.iter().map(|leaf| match standing {
            CoverageStatus::Mapped => mapped_row(page, *leaf),
            CoverageStatus::Justified => {
                let row = left_out_row(page, *leaf, last_gap, &mut explained);
                last_gap = page
                    .coverage()
                    .nearest_gap(catalogue, *leaf)
                    .map(|(node, _)| node);
                row
            }
            CoverageStatus::Open => open_row(page, *leaf),
        });
        let rows: Vec<_> = rows.collect();
        let name = level_anchor(catalogue, framework, place);
        LevelList {
            anchor: leveled.then(|| page.anchor(&format!("{}-{name}", list_anchor(standing)))),
            mark: leveled.then(|| level_mark(catalogue, framework, place)),
            count: rows.len(),
            rows,
        }
    };
    let (title, head) = match standing {
        CoverageStatus::Mapped if catalogue.is_supportive(framework) => ("Mapped", "Supported by"),
        CoverageStatus::Mapped => ("Mapped", "Addressed by"),
        CoverageStatus::Justified => ("Left out with a reason", "Reason"),
        CoverageStatus::Open => ("Open", "What it asks"),
    };
    LeafList {
        anchor: page.anchor(list_anchor(standing)),
        title,
        head,
        count,
        levels: levels.into_iter().map(level).collect(),
    }
}

fn empty_row(page: &Page<'_>, leaf: NodeIx) -> LeafRow {
    LeafRow {
        group: None,
        anchor: None,
        leaf: page.anchor(&leaf_anchor(page.catalogue(), leaf)),
        link: page.node_link(leaf),
        answers: ShortList::empty(),
        through: None,
        because: None,
        with: None,
        asks: None,
    }
}

fn mapped_row(page: &Page<'_>, leaf: NodeIx) -> LeafRow {
    let coverage = page.coverage();
    let node = coverage
        .nearest_mapped(page.catalogue(), leaf)
        .unwrap_or(leaf);
    LeafRow {
        answers: ShortList::new(coverage.mappings_to(node), |it| answer(page, *it)),
        through: (node != leaf).then(|| page.node_link(node)),
        ..empty_row(page, leaf)
    }
}

fn answer(page: &Page<'_>, ix: MappingIx) -> Answer {
    let mapping = page.catalogue().mapping(ix);
    Answer {
        link: parts::origin_link(page, mapping.from),
        relation: marks::relation(mapping.relation, mapping.property),
    }
}

/// A leaf without mappings. `last_gap` is the node with which the previous leaf is left out; `explained` are the nodes whose reason
/// is shown above.
fn left_out_row(
    page: &Page<'_>,
    leaf: NodeIx,
    last_gap: Option<NodeIx>,
    explained: &mut BTreeSet<NodeIx>,
) -> LeafRow {
    let catalogue = page.catalogue();
    let coverage = page.coverage();
    let row = empty_row(page, leaf);
    let Some((node, gap)) = coverage.nearest_gap(catalogue, leaf) else {
        return row;
    };
    let own = page.anchor(&gap_anchor(page, node));
    let reason = || prose::html(page, &catalogue.gaps[gap].because);
    if node == leaf {
        return LeafRow {
            anchor: Some(own),
            because: Some(reason()),
            ..row
        };
    }
    let mut group = None;
    if last_gap != Some(node) {
        let is_first = explained.insert(node);
        group = Some(GapRow {
            anchor: is_first.then(|| own.clone()),
            link: page.node_link(node),
            because: is_first.then(reason),
        });
    }
    let with = LinkView {
        href: format!("#{own}"),
        id: catalogue.node(node).shown.clone(),
        title: String::new(),
    };
    LeafRow {
        group,
        with: Some(with),
        ..row
    }
}

fn open_row(page: &Page<'_>, leaf: NodeIx) -> LeafRow {
    let summary = prose::unlinked(page, &page.catalogue().node(leaf).summary);
    LeafRow {
        asks: (!summary.0.is_empty()).then_some(summary),
        ..empty_row(page, leaf)
    }
}
