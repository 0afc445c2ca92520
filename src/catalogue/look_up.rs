//! Look-ups in a catalogue: records by index, mappings in both directions, the tree of a node.
//!
//! Invariant: look-ups do not fail, since indexes are assigned when records are linked.

use std::collections::BTreeSet;

use super::buckets::Buckets;
use super::{
    AssetIx, Catalogue, Framework, FrameworkIx, Group, GroupIx, Kind, LinkTarget, Mapping,
    MappingIx, MappingSet, Measure, MeasureIx, Node, NodeIx, Noun, Origin, Page, PageIx, Practice,
    PracticeIx, SetIx, Term, TermIx, Threat, ThreatIx, UseCase, UseCaseIx,
};
use crate::address::decodings;
use crate::schema::{Style, fill};
use crate::source::SourcePath;

macro_rules! look_up {
    ($($name:ident($ix:ty) -> $list:ident: $record:ty;)+) => {
        impl Catalogue {
            $(
                /// The record at an index.
                #[must_use]
                pub fn $name(&self, ix: $ix) -> &$record {
                    &self.$list[ix.index()]
                }
            )+
        }
    };
}

look_up! {
    group(GroupIx) -> groups: Group;
    measure(MeasureIx) -> measures: Measure;
    practice(PracticeIx) -> practices: Practice;
    framework(FrameworkIx) -> frameworks: Framework;
    node(NodeIx) -> nodes: Node;
    set(SetIx) -> sets: MappingSet;
    mapping(MappingIx) -> mappings: Mapping;
    use_case(UseCaseIx) -> use_cases: UseCase;
    threat(ThreatIx) -> threats: Threat;
    term(TermIx) -> terms: Term;
    page(PageIx) -> pages: Page;
    asset(AssetIx) -> assets: SourcePath;
}

/// Removes repeated paths.
fn distinct<'a>(
    paths: impl Iterator<Item = &'a SourcePath>,
) -> impl Iterator<Item = &'a SourcePath> {
    let mut seen = BTreeSet::new();
    paths.filter(move |it| seen.insert(*it))
}

impl Catalogue {
    /// Whether the mappings to a framework are of the supportive style.
    #[must_use]
    pub fn is_supportive(&self, ix: FrameworkIx) -> bool {
        let set = self.framework(ix).set;
        set.is_some_and(|set| self.set(set).style == Style::Supportive)
    }

    /// The noun for the nodes of a framework.
    #[must_use]
    pub fn noun(&self, ix: FrameworkIx) -> Noun {
        if self.is_supportive(ix) {
            Noun {
                one: "provision",
                many: "provisions",
            }
        } else {
            Noun {
                one: "requirement",
                many: "requirements",
            }
        }
    }

    /// The width and height of a picture in pixels, if its file states them.
    #[must_use]
    pub fn picture_size(&self, thing: &LinkTarget) -> Option<(u32, u32)> {
        match thing {
            LinkTarget::Asset(ix) => self.sizes.get(ix).copied(),
            _ => None,
        }
    }

    /// Whether a picture or a document is on the site: a published text links to it.
    #[must_use]
    pub fn is_published(&self, path: &SourcePath) -> bool {
        !self.unreferenced.contains(path) && !self.withheld.contains(path)
    }

    /// The files of the groups.
    pub fn group_files(&self) -> impl Iterator<Item = &SourcePath> {
        distinct(self.groups.iter().map(|it| &it.path))
    }

    /// The files of the threats.
    pub fn threat_files(&self) -> impl Iterator<Item = &SourcePath> {
        distinct(self.threats.iter().map(|it| &it.path))
    }

    /// The files of the terms.
    pub fn term_files(&self) -> impl Iterator<Item = &SourcePath> {
        distinct(self.terms.iter().map(|it| &it.path))
    }

    /// The page at a path in the content folder as it is written in a setting. `folder` ends with a slash.
    #[must_use]
    pub fn page_by_path(&self, folder: &str, written: &str) -> Option<PageIx> {
        let decoded = decodings(written).into_iter();
        let mut paths = decoded.map(|path| format!("{folder}{path}"));
        let position = |path: String| self.pages.iter().position(|page| *page.path == *path);
        paths.find_map(position).map(PageIx::new)
    }

    /// Measures in reading order: by group, then by the order in which they are named there.
    #[must_use]
    pub fn reading_order(&self) -> &[MeasureIx] {
        &self.order
    }

    /// The position of a measure in the reading order.
    #[must_use]
    pub fn place_in_order(&self, ix: MeasureIx) -> usize {
        self.places.get(ix.index()).copied().unwrap_or_default()
    }

    /// The measures without a group, in reading order.
    #[must_use]
    pub fn ungrouped(&self) -> &[MeasureIx] {
        let grouped = self.groups.iter().map(|it| it.measures.len()).sum();
        self.order.get(grouped..).unwrap_or_default()
    }

    /// The measures of a group, or those without one, in reading order.
    #[must_use]
    pub fn measures_in(&self, group: Option<GroupIx>) -> &[MeasureIx] {
        group.map_or_else(|| self.ungrouped(), |ix| &self.group(ix).measures)
    }

    /// Derives the reading order from the groups.
    pub(super) fn put_in_order(&mut self) {
        let grouped = self
            .groups
            .iter()
            .flat_map(|it| it.measures.iter().copied());
        let all = (0..self.measures.len()).map(MeasureIx::new);
        let ungrouped = all.filter(|ix| self.measure(*ix).group.is_none());
        self.order = grouped.chain(ungrouped).collect();
        self.places = vec![0; self.measures.len()];
        for (place, ix) in self.order.iter().enumerate() {
            self.places[ix.index()] = place;
        }
    }

    /// A measure's practices.
    pub fn practices_of(&self, ix: MeasureIx) -> impl Iterator<Item = (PracticeIx, &Practice)> {
        self.measure(ix)
            .practices
            .clone()
            .map(|position| (PracticeIx::new(position), &*self.practices[position]))
    }

    /// A measure's mappings to every framework, by set, in the author's order.
    #[must_use]
    pub fn mappings_of(&self, ix: MeasureIx) -> &[MappingIx] {
        self.mappings_by_measure.get(ix.index())
    }

    /// Derives the look-ups from the mappings.
    pub(super) fn index_mappings(&mut self) {
        let measures = self.mappings.iter().map(|it| Some(it.measure.index()));
        self.mappings_by_measure = Buckets::new(self.measures.len(), measures);
        let practices = self.mappings.iter().map(|it| match it.from {
            Origin::Practice(ix) => Some(ix.index()),
            Origin::Measure(_) => None,
        });
        self.mappings_by_practice = Buckets::new(self.practices.len(), practices);
    }

    /// A node and those below it.
    pub fn tree(&self, ix: NodeIx) -> impl Iterator<Item = NodeIx> + use<> {
        (ix.index()..=ix.index() + self.node(ix).size).map(NodeIx::new)
    }

    /// The nearest nodes below one that satisfy a condition.
    #[must_use]
    pub fn nearest_below(&self, ix: NodeIx, holds: impl Fn(NodeIx) -> bool) -> Vec<NodeIx> {
        let end = ix.index() + self.node(ix).size;
        let mut out = Vec::new();
        let mut next = ix.index() + 1;
        while next <= end {
            let node = NodeIx::new(next);
            if holds(node) {
                out.push(node);
                next += self.node(node).size;
            }
            next += 1;
        }
        out
    }

    /// The nodes with a misprint, then those with an uncertainty, by framework.
    #[must_use]
    pub fn errata(&self) -> Vec<NodeIx> {
        let nodes = (0..self.nodes.len()).map(NodeIx::new);
        let doubtful = |it: &NodeIx| {
            let node = self.node(*it);
            node.printed.is_some() || node.uncertain.is_some()
        };
        let mut out: Vec<_> = nodes.filter(doubtful).collect();
        out.sort_by_key(|it| (self.node(*it).framework, self.node(*it).printed.is_none()));
        out
    }

    /// A node or those below it, as far as they are leaves.
    pub fn leaves(&self, ix: NodeIx) -> impl Iterator<Item = NodeIx> {
        self.tree(ix).filter(|it| self.is_leaf(*it))
    }

    /// Whether a node counts in coverage: it can be mapped, and none of its children can.
    #[must_use]
    pub fn is_leaf(&self, ix: NodeIx) -> bool {
        let node = self.node(ix);
        self.kind_of(ix).mappable && !node.children.iter().any(|it| self.kind_of(*it).mappable)
    }

    /// A node's kind.
    #[must_use]
    pub fn kind_of(&self, ix: NodeIx) -> &Kind {
        let node = self.node(ix);
        &self.framework(node.framework).kinds[node.kind]
    }

    /// The nodes above a node, from the root down.
    #[must_use]
    pub fn ancestors(&self, ix: NodeIx) -> Vec<NodeIx> {
        let mut out: Vec<_> =
            std::iter::successors(self.node(ix).parent, |it| self.node(*it).parent).collect();
        out.reverse();
        out
    }

    /// The node with the page that shows a node: itself or the nearest above with a page.
    #[must_use]
    pub fn page_node(&self, ix: NodeIx) -> Option<NodeIx> {
        let mut up = std::iter::successors(Some(ix), |it| self.node(*it).parent);
        up.find(|it| self.kind_of(*it).page)
    }

    /// The name of a node's level.
    #[must_use]
    pub fn level_of(&self, ix: NodeIx) -> Option<&str> {
        let node = self.node(ix);
        let levels = &self.framework(node.framework).levels;
        node.level
            .and_then(|level| levels.get(level))
            .map(String::as_str)
    }

    /// The address of the official text of a node: from its kind's template, or the framework's.
    #[must_use]
    pub fn official(&self, ix: NodeIx) -> Option<String> {
        let template = self.kind_of(ix).link.as_ref();
        let own = template.map(|it| fill(it, &self.node(ix).id));
        own.or_else(|| self.framework(self.node(ix).framework).link.clone())
    }

    /// The id of the record from which a mapping starts.
    #[must_use]
    pub fn origin_id(&self, from: Origin) -> &str {
        match from {
            Origin::Measure(ix) => &self.measure(ix).id,
            Origin::Practice(ix) => &self.practice(ix).id,
        }
    }
}
