//! What is looked up in a catalogue: records by index, both directions of a mapping, a node's tree.
//!
//! Invariant: a look-up never fails, since every index was made when its record was linked.

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

/// Each path once, in the order of the first that it follows.
fn distinct<'a>(
    paths: impl Iterator<Item = &'a SourcePath>,
) -> impl Iterator<Item = &'a SourcePath> {
    let mut seen = BTreeSet::new();
    paths.filter(move |it| seen.insert(*it))
}

impl Catalogue {
    /// Whether the mappings to a framework say what supports its duties, instead of comparing statements.
    #[must_use]
    pub fn is_supportive(&self, ix: FrameworkIx) -> bool {
        let set = self.framework(ix).set;
        set.is_some_and(|set| self.set(set).style == Style::Supportive)
    }

    /// What the nodes of a framework are called.
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

    /// The width and height in pixels of a picture that a text shows, where the file says so.
    #[must_use]
    pub fn picture_size(&self, thing: &LinkTarget) -> Option<(u32, u32)> {
        match thing {
            LinkTarget::Asset(ix) => self.sizes.get(ix).copied(),
            _ => None,
        }
    }

    /// Whether a picture or a document is of the site: a text that is published leads to it.
    #[must_use]
    pub fn is_published(&self, path: &SourcePath) -> bool {
        !self.unreferenced.contains(path) && !self.withheld.contains(path)
    }

    /// The files in which the groups stand.
    pub fn group_files(&self) -> impl Iterator<Item = &SourcePath> {
        distinct(self.groups.iter().map(|it| &it.path))
    }

    /// The files in which the threats stand.
    pub fn threat_files(&self) -> impl Iterator<Item = &SourcePath> {
        distinct(self.threats.iter().map(|it| &it.path))
    }

    /// The files in which the terms stand.
    pub fn term_files(&self) -> impl Iterator<Item = &SourcePath> {
        distinct(self.terms.iter().map(|it| &it.path))
    }

    /// The page at a path in the content folder, which ends with a slash, as a setting or a link writes it.
    #[must_use]
    pub fn page_by_path(&self, folder: &str, written: &str) -> Option<PageIx> {
        let paths = decodings(written).into_iter();
        let mut paths = paths.map(|it| format!("{folder}{it}"));
        let at = paths.find_map(|it| self.pages.iter().position(|page| *page.path == *it))?;
        Some(PageIx::new(at))
    }

    /// Measures in reading order: by group, then by the order in which they are named there.
    #[must_use]
    pub fn reading_order(&self) -> &[MeasureIx] {
        &self.order
    }

    /// A measure's place in the reading order.
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
        let loose = all.filter(|ix| self.measure(*ix).group.is_none());
        self.order = grouped.chain(loose).collect();
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
            .map(|at| (PracticeIx::new(at), &*self.practices[at]))
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

    /// A node and all that stands under it.
    pub fn tree(&self, ix: NodeIx) -> impl Iterator<Item = NodeIx> + use<> {
        (ix.index()..=ix.index() + self.node(ix).size).map(NodeIx::new)
    }

    /// The nearest nodes under one for which something holds.
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

    /// What the official texts misprint, then what is uncertain in them, by framework.
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

    /// The leaves at or under a node that can be mapped.
    pub fn leaves(&self, ix: NodeIx) -> impl Iterator<Item = NodeIx> {
        self.tree(ix).filter(|it| self.is_leaf(*it))
    }

    /// Whether a node is counted in coverage: it can be mapped and nothing that can stands under it.
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

    /// A node's ancestors, from the top down, without itself.
    #[must_use]
    pub fn ancestors(&self, ix: NodeIx) -> Vec<NodeIx> {
        let mut out: Vec<_> =
            std::iter::successors(self.node(ix).parent, |it| self.node(*it).parent).collect();
        out.reverse();
        out
    }

    /// The node on whose page a node stands: itself, or the nearest above that has one.
    #[must_use]
    pub fn page_node(&self, ix: NodeIx) -> Option<NodeIx> {
        let mut up = std::iter::successors(Some(ix), |it| self.node(*it).parent);
        up.find(|it| self.kind_of(*it).page)
    }

    /// A framework's level by position.
    #[must_use]
    pub fn level_of(&self, ix: NodeIx) -> Option<&str> {
        let node = self.node(ix);
        let levels = &self.framework(node.framework).levels;
        node.level.and_then(|at| levels.get(at)).map(String::as_str)
    }

    /// The official text of a node: by its kind's template, or the framework's.
    #[must_use]
    pub fn official(&self, ix: NodeIx) -> Option<String> {
        let own = self.kind_of(ix).link.as_ref();
        let own = own.map(|it| fill(it, &self.node(ix).id));
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
