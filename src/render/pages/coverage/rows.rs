//! Leaves as rows, by standing and level: what answers to each, why it is left out, or what it asks.
//!
//! Entry: [`lists`]. Invariant: a leaf is one row of one list; a reason stands once, at the first of its leaves.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{anchor, level_anchor, level_mark};
use crate::catalogue::{CoverageStatus, FrameworkIx, MappingIx, NodeIx};
use crate::render::html::Html;
use crate::render::marks::{self, MarkView};
use crate::render::page::Page;
use crate::render::pages::parts::{self, Inline};
use crate::render::prose;
use crate::render::views::LinkView;
use crate::site::{leaf_anchor, safe};

/// The leaves that stand alike.
#[derive(Serialize)]
pub(super) struct LeafList {
    pub anchor: String,
    pub title: &'static str,
    /// The head of the last column.
    head: &'static str,
    pub count: usize,
    levels: Vec<LevelList>,
}

/// Those of them at one level, or all.
#[derive(Serialize)]
struct LevelList {
    /// None where the framework has no levels.
    anchor: Option<String>,
    mark: Option<MarkView>,
    count: usize,
    rows: Vec<LeafRow>,
}

#[derive(Serialize)]
struct LeafRow {
    /// The node that begins here with which leaves are left out.
    group: Option<GapRow>,
    /// The row's own anchor, where it is the node for which a reason is given.
    anchor: Option<String>,
    /// The leaf’s own anchor.
    leaf: String,
    link: LinkView,
    answers: Inline<Answer>,
    /// The node above it to which the answers lead.
    through: Option<LinkView>,
    because: Option<Html>,
    /// The node with which it is left out.
    with: Option<LinkView>,
    asks: Option<Html>,
}

/// A node with which its leaves are left out.
#[derive(Serialize)]
struct GapRow {
    anchor: Option<String>,
    link: LinkView,
    /// None where it stands further up.
    because: Option<Html>,
}

/// A practice or a measure that answers.
#[derive(Serialize)]
struct Answer {
    link: LinkView,
    relation: MarkView,
}

/// The anchor of a node for which a reason is given.
pub(super) fn gap_anchor(page: &Page<'_>, node: NodeIx) -> String {
    format!("gap-{}", safe(&page.catalogue().node(node).slug))
}

/// Leaves of one framework by standing and level, in the order of the framework.
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
    let mut told = BTreeSet::new();
    let count = levels.values().map(Vec::len).sum();
    let level = |(place, leaves): (usize, Vec<NodeIx>)| {
        let mut last = None;
        let rows = leaves.iter().map(|leaf| match standing {
            CoverageStatus::Mapped => mapped(page, *leaf),
            CoverageStatus::Justified => {
                let row = left_out(page, *leaf, last, &mut told);
                last = page
                    .coverage()
                    .nearest_gap(catalogue, *leaf)
                    .map(|(at, _)| at);
                row
            }
            CoverageStatus::Open => open(page, *leaf),
        });
        let rows: Vec<_> = rows.collect();
        let name = level_anchor(catalogue, framework, place);
        LevelList {
            anchor: leveled.then(|| page.anchor(&format!("{}-{name}", anchor(standing)))),
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
        anchor: page.anchor(anchor(standing)),
        title,
        head,
        count,
        levels: levels.into_iter().map(level).collect(),
    }
}

fn row(page: &Page<'_>, leaf: NodeIx) -> LeafRow {
    LeafRow {
        group: None,
        anchor: None,
        leaf: page.anchor(&leaf_anchor(page.catalogue(), leaf)),
        link: page.node_link(leaf),
        answers: Inline::none(),
        through: None,
        because: None,
        with: None,
        asks: None,
    }
}

fn mapped(page: &Page<'_>, leaf: NodeIx) -> LeafRow {
    let coverage = page.coverage();
    let at = coverage
        .nearest_mapped(page.catalogue(), leaf)
        .unwrap_or(leaf);
    LeafRow {
        answers: Inline::new(coverage.mappings_to(at), |it| answer(page, *it)),
        through: (at != leaf).then(|| page.node_link(at)),
        ..row(page, leaf)
    }
}

fn answer(page: &Page<'_>, ix: MappingIx) -> Answer {
    let mapping = page.catalogue().mapping(ix);
    Answer {
        link: parts::origin_link(page, mapping.from),
        relation: marks::relation(mapping.relation, mapping.property),
    }
}

/// A leaf without an answer, after a leaf that is left out with `last`; `told` are the nodes whose reason stands above.
fn left_out(
    page: &Page<'_>,
    leaf: NodeIx,
    last: Option<NodeIx>,
    told: &mut BTreeSet<NodeIx>,
) -> LeafRow {
    let catalogue = page.catalogue();
    let coverage = page.coverage();
    let row = row(page, leaf);
    let Some((at, gap)) = coverage.nearest_gap(catalogue, leaf) else {
        return row;
    };
    let own = page.anchor(&gap_anchor(page, at));
    let reason = || prose::html(page, &catalogue.gaps[gap].because);
    if at == leaf {
        return LeafRow {
            anchor: Some(own),
            because: Some(reason()),
            ..row
        };
    }
    let mut group = None;
    if last != Some(at) {
        let first = told.insert(at);
        group = Some(GapRow {
            anchor: first.then(|| own.clone()),
            link: page.node_link(at),
            because: first.then(reason),
        });
    }
    let with = LinkView {
        href: format!("#{own}"),
        id: catalogue.node(at).shown.clone(),
        title: String::new(),
    };
    LeafRow {
        group,
        with: Some(with),
        ..row
    }
}

fn open(page: &Page<'_>, leaf: NodeIx) -> LeafRow {
    let summary = prose::unlinked(page, &page.catalogue().node(leaf).summary);
    LeafRow {
        asks: (!summary.0.is_empty()).then_some(summary),
        ..row(page, leaf)
    }
}
