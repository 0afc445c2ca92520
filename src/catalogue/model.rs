//! The records of a linked catalogue, and the look-ups in both directions.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{
    AssetIx, FrameworkIx, GroupIx, MappingIx, MeasureIx, NodeIx, PageIx, PracticeIx, Prose, SetIx,
    Target, TermIx, ThreatIx, UseCaseIx,
};
use crate::schema::{
    Actor, Audience, Cite, Factor, FlowKind, Impact, Mark, MeasureKind, Method, Part, Phase,
    Property, Rationale, Relation, Relevance, ServiceModel, State, Style,
};
use crate::source::{Place, SourcePath};

/// A whole book, linked.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// Groups in reading order.
    pub groups: Vec<Group>,
    /// Measures by id.
    pub measures: Vec<Measure>,
    /// Practices by measure, in the author's order.
    pub practices: Vec<Practice>,
    /// Frameworks in their order.
    pub frameworks: Vec<Framework>,
    /// Nodes of all frameworks, each tree from the top down.
    pub nodes: Vec<Node>,
    /// Sets of mappings, one a framework at most.
    pub sets: Vec<MappingSet>,
    /// Mappings by set and measure, in the author's order.
    pub mappings: Vec<Mapping>,
    /// Mappings by practice.
    pub(super) mappings_by_practice: Vec<Vec<MappingIx>>,
    /// Mappings by measure.
    pub(super) mappings_by_measure: Vec<Vec<MappingIx>>,
    /// Gaps with a reason.
    pub gaps: Vec<Gap>,
    /// Use cases in their order.
    pub use_cases: Vec<UseCase>,
    /// Threats in the author's order.
    pub threats: Vec<Threat>,
    /// Terms by name.
    pub terms: Vec<Term>,
    /// Pages of prose, by folder and order.
    pub pages: Vec<Page>,
    /// The home page, if its file is there.
    pub home: Option<Home>,
    /// Pictures and documents that a text leads to.
    pub assets: Vec<SourcePath>,
    /// Files that nothing reaches.
    pub strays: Vec<SourcePath>,
    /// Files that gave no record: nothing is missing of which they may speak.
    pub lost: BTreeSet<SourcePath>,
}

/// A group of measures.
#[derive(Debug, Clone)]
pub struct Group {
    /// The identifier.
    pub id: String,
    /// The heading.
    pub title: String,
    /// A sentence under it.
    pub summary: Prose,
    /// Its measures, in reading order.
    pub measures: Vec<MeasureIx>,
}

/// A measure.
#[derive(Debug, Clone)]
pub struct Measure {
    /// The permanent identifier.
    pub id: String,
    /// What to do.
    pub title: String,
    /// What it is for.
    pub summary: Prose,
    /// Its group.
    pub group: Option<GroupIx>,
    /// Who acts.
    pub responsibility: Actor,
    /// What it is made of.
    pub kind: MeasureKind,
    /// When it acts.
    pub phases: Vec<Phase>,
    /// Who does what, by service model: customer, provider.
    pub duties: Vec<(ServiceModel, Prose, Prose)>,
    /// Its practices.
    pub practices: Range<usize>,
    /// Its weight in use cases, with the reason.
    pub relevance: Vec<(UseCaseIx, Relevance, Prose)>,
    /// The threats that it answers.
    pub threats: Vec<ThreatIx>,
    /// Measures that belong beside it, with the reason.
    pub related: Vec<(MeasureIx, Prose)>,
    /// The guidance, if it is written.
    pub guidance: Option<Guidance>,
    /// Where its id stands.
    pub place: Place,
}

/// Prose in a file of its own.
#[derive(Debug, Clone)]
pub struct Guidance {
    /// The file.
    pub path: SourcePath,
    /// The prose.
    pub prose: Prose,
}

/// A statement that can be checked.
#[derive(Debug, Clone)]
pub struct Practice {
    /// The permanent identifier.
    pub id: String,
    /// Its measure.
    pub measure: MeasureIx,
    /// The statement.
    pub text: Prose,
    /// Who acts.
    pub by: Actor,
    /// What to ask for.
    pub evidence: Prose,
    /// The use cases for which it is essential.
    pub essential_for: Vec<UseCaseIx>,
    /// When it acts.
    pub phases: Vec<Phase>,
    /// The service models for which it stands.
    pub models: Vec<ServiceModel>,
    /// Where its id stands.
    pub place: Place,
}

/// A law, a scheme or a standard.
#[derive(Debug, Clone)]
pub struct Framework {
    /// The identifier.
    pub id: String,
    /// The short name.
    pub name: String,
    /// The full title.
    pub title: String,
    /// The version.
    pub version: String,
    /// What it is.
    pub summary: Prose,
    /// Where it stands.
    pub status: Option<Status>,
    /// Levels of assurance, in order.
    pub levels: Vec<String>,
    /// The kinds of nodes.
    pub kinds: Vec<Kind>,
    /// How it is cited.
    pub cite: Cite,
    /// The official text.
    pub link: Option<String>,
    /// Its nodes, the tops among them.
    pub nodes: Range<usize>,
    /// Its top nodes in order.
    pub tops: Vec<NodeIx>,
    /// The set that maps to it.
    pub set: Option<SetIx>,
    /// The file.
    pub path: SourcePath,
}

/// Where a framework stands.
#[derive(Debug, Clone)]
pub struct Status {
    /// Its state.
    pub state: State,
    /// When that was true, as an ISO date.
    pub as_of: String,
    /// What a reader must know.
    pub note: Prose,
    /// Where that stands.
    pub source: Option<String>,
}

/// A kind of node.
#[derive(Debug, Clone)]
pub struct Kind {
    /// The name in the singular.
    pub name: String,
    /// The name in the plural.
    pub plural: String,
    /// The template of its file's or anchor's name.
    pub slug: String,
    /// The template of how it is shown.
    pub display: String,
    /// Whether it has a page.
    pub page: bool,
    /// Whether mappings may point at it.
    pub mappable: bool,
    /// The template of its official address.
    pub link: Option<String>,
}

/// A node of a framework.
#[derive(Debug, Clone)]
pub struct Node {
    /// The framework.
    pub framework: FrameworkIx,
    /// Its kind, by position.
    pub kind: usize,
    /// The framework's identifier.
    pub id: String,
    /// How it is shown: `Art. 32(1)`.
    pub shown: String,
    /// The name of its file or anchor.
    pub slug: String,
    /// What the official text misprints.
    pub printed: Option<String>,
    /// The official title.
    pub title: Option<String>,
    /// Our short name.
    pub label: Option<String>,
    /// The level, by position.
    pub level: Option<usize>,
    /// Whom it binds.
    pub binds: Option<String>,
    /// What it says.
    pub summary: Prose,
    /// What is doubtful.
    pub uncertain: Option<Prose>,
    /// The node above.
    pub parent: Option<NodeIx>,
    /// The nodes below.
    pub children: Vec<NodeIx>,
    /// How many nodes follow that stand under it.
    pub size: usize,
    /// More on it, from a file of its own.
    pub guidance: Option<Guidance>,
    /// Where its id stands.
    pub place: Place,
}

impl Node {
    /// The official title or our short name.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.title.as_deref().or(self.label.as_deref())
    }
}

/// Where a framework's mappings come from.
#[derive(Debug, Clone)]
pub struct MappingSet {
    /// The framework.
    pub framework: FrameworkIx,
    /// The style of its relations.
    pub style: Style,
    /// On what the judgement rests.
    pub rationale: Rationale,
    /// Who judged.
    pub method: Method,
    /// Measures with mappings in the set, also those whose mappings are mistaken and left out.
    pub answered: BTreeSet<MeasureIx>,
    /// The file.
    pub path: SourcePath,
}

/// From where a mapping starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The measure as a whole.
    Measure(MeasureIx),
    /// One practice.
    Practice(PracticeIx),
}

/// A claim that a practice relates to a requirement.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// Its set.
    pub set: SetIx,
    /// The measure that it belongs to.
    pub measure: MeasureIx,
    /// The practice, or the measure itself.
    pub from: Origin,
    /// The requirement.
    pub to: NodeIx,
    /// How they relate.
    pub relation: Relation,
    /// With `supports`: how.
    pub property: Option<Property>,
    /// Why.
    pub because: Prose,
    /// Why a second reader may disagree.
    pub uncertain: Option<Prose>,
    /// Where it stands.
    pub place: Place,
}

/// A gap with a reason; it covers the leaves under its node.
#[derive(Debug, Clone)]
pub struct Gap {
    /// The node.
    pub node: NodeIx,
    /// Why nothing maps to it.
    pub because: Prose,
    /// Where it stands.
    pub place: Place,
}

/// A use case.
#[derive(Debug, Clone)]
pub struct UseCase {
    /// The identifier.
    pub id: String,
    /// The name.
    pub title: String,
    /// The name in tables.
    pub short: String,
    /// What it is.
    pub summary: Prose,
    /// Its drawing.
    pub mark: Mark,
    /// Usual service models.
    pub models: Vec<ServiceModel>,
    /// Areas of one responsibility.
    pub zones: Vec<Zone>,
    /// Boxes of the data flow.
    pub nodes: Vec<FlowNode>,
    /// Flows between them.
    pub flows: Vec<Flow>,
    /// What is worth protecting: title, box, text.
    pub assets: Vec<(String, Option<usize>, Prose)>,
    /// Who takes part: title, text.
    pub actors: Vec<(String, Prose)>,
    /// What follows when a goal is missed.
    pub risks: Vec<(Factor, Impact, Prose)>,
    /// The threats that weigh most.
    pub threats: Vec<(ThreatIx, Prose)>,
    /// The prose, if it is written.
    pub guidance: Option<Guidance>,
    /// Where its id stands.
    pub place: Place,
}

/// An area of one responsibility.
#[derive(Debug, Clone)]
pub struct Zone {
    /// The name.
    pub title: String,
    /// Its role in law.
    pub role: Option<String>,
}

/// A box of the data flow.
#[derive(Debug, Clone)]
pub struct FlowNode {
    /// The name.
    pub title: String,
    /// A line under it.
    pub note: Option<String>,
    /// Its zone, by position.
    pub zone: Option<usize>,
    /// Column and row, from 1.
    pub at: (u8, u8),
}

/// A flow of data between two boxes.
#[derive(Debug, Clone)]
pub struct Flow {
    /// The box that it comes from, by position.
    pub from: usize,
    /// The box that it goes to, by position.
    pub to: usize,
    /// What flows.
    pub text: Prose,
    /// The measures that protect it.
    pub measures: Vec<MeasureIx>,
    /// Whether data move or people look.
    pub kind: FlowKind,
    /// Whether data move both ways.
    pub both_ways: bool,
}

/// A threat.
#[derive(Debug, Clone)]
pub struct Threat {
    /// The identifier.
    pub id: String,
    /// The name.
    pub title: String,
    /// The kind of threat it is.
    pub group: String,
    /// What it looks like.
    pub text: Prose,
}

/// A term of the glossary.
#[derive(Debug, Clone)]
pub struct Term {
    /// The term.
    pub term: String,
    /// Its anchor.
    pub slug: String,
    /// Other words for it.
    pub also: Vec<String>,
    /// What it means.
    pub text: Prose,
    /// Terms to read next.
    pub see: Vec<TermIx>,
    /// Whether texts link to it where they first use it.
    pub auto: bool,
}

/// A page of prose.
#[derive(Debug, Clone)]
pub struct Page {
    /// The file.
    pub path: SourcePath,
    /// Its path in the content folder without its ending.
    pub slug: String,
    /// The title.
    pub title: String,
    /// What the reader finds.
    pub summary: Prose,
    /// The readers whom it serves first.
    pub audience: Vec<Audience>,
    /// Whether every page's foot leads here.
    pub footer: bool,
    /// Parts made from the catalogue.
    pub parts: Vec<Part>,
    /// The text.
    pub body: Prose,
}

/// The home page.
#[derive(Debug, Clone)]
pub struct Home {
    /// The file.
    pub path: SourcePath,
    /// The title.
    pub title: String,
    /// What the site is.
    pub summary: Prose,
    /// Ways in: title, text, page.
    pub tasks: Vec<(String, Prose, Option<Target>)>,
    /// The text.
    pub body: Prose,
}

macro_rules! look_up {
    ($($name:ident($ix:ty) -> $list:ident: $record:ty;)+) => {
        impl Catalogue {
            $(
                /// The record at an index.
                #[must_use]
                pub fn $name(&self, ix: $ix) -> &$record {
                    &self.$list[ix.at()]
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

impl Catalogue {
    /// Measures in reading order: by group, then by the order in which they are named there.
    #[must_use]
    pub fn reading_order(&self) -> Vec<MeasureIx> {
        let grouped = self
            .groups
            .iter()
            .flat_map(|it| it.measures.iter().copied());
        let loose = (0..self.measures.len()).map(MeasureIx::new);
        grouped
            .chain(loose.filter(|ix| self.measure(*ix).group.is_none()))
            .collect()
    }

    /// A measure's practices.
    pub fn practices_of(&self, ix: MeasureIx) -> impl Iterator<Item = (PracticeIx, &Practice)> {
        self.measure(ix)
            .practices
            .clone()
            .map(|at| (PracticeIx::new(at), &self.practices[at]))
    }

    /// A measure's mappings to every framework, by set, in the author's order.
    #[must_use]
    pub fn mappings_of(&self, ix: MeasureIx) -> &[MappingIx] {
        self.mappings_by_measure
            .get(ix.at())
            .map_or(&[], Vec::as_slice)
    }

    /// Derives the look-ups from the mappings.
    pub(super) fn index_mappings(&mut self) {
        self.mappings_by_practice = vec![Vec::new(); self.practices.len()];
        self.mappings_by_measure = vec![Vec::new(); self.measures.len()];
        for (at, mapping) in self.mappings.iter().enumerate() {
            let ix = MappingIx::new(at);
            self.mappings_by_measure[mapping.measure.at()].push(ix);
            if let Origin::Practice(practice) = mapping.from {
                self.mappings_by_practice[practice.at()].push(ix);
            }
        }
    }

    /// A node and all that stands under it.
    pub fn tree(&self, ix: NodeIx) -> impl Iterator<Item = NodeIx> + use<> {
        (ix.at()..=ix.at() + self.node(ix).size).map(NodeIx::new)
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
    pub fn above(&self, ix: NodeIx) -> Vec<NodeIx> {
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

    /// The id of the record from which a mapping starts.
    #[must_use]
    pub fn origin_id(&self, from: Origin) -> &str {
        match from {
            Origin::Measure(ix) => &self.measure(ix).id,
            Origin::Practice(ix) => &self.practice(ix).id,
        }
    }
}

impl Catalogue {
    /// Visits every prose of the book.
    pub fn each_prose(&self, visit: &mut dyn FnMut(&Prose)) {
        self.groups.iter().for_each(|it| visit(&it.summary));
        for it in &self.measures {
            visit(&it.summary);
            it.duties.iter().for_each(|(_, customer, provider)| {
                [customer, provider].into_iter().for_each(&mut *visit);
            });
            it.relevance.iter().for_each(|(.., because)| visit(because));
            it.related.iter().for_each(|(_, because)| visit(because));
            it.guidance.iter().for_each(|it| visit(&it.prose));
        }
        self.practices
            .iter()
            .for_each(|it| [&it.text, &it.evidence].into_iter().for_each(&mut *visit));
        for it in &self.frameworks {
            visit(&it.summary);
            it.status.iter().for_each(|it| visit(&it.note));
        }
        for it in &self.nodes {
            visit(&it.summary);
            it.uncertain
                .iter()
                .chain(it.guidance.iter().map(|it| &it.prose))
                .for_each(&mut *visit);
        }
        for it in &self.mappings {
            visit(&it.because);
            it.uncertain.iter().for_each(&mut *visit);
        }
        self.gaps.iter().for_each(|it| visit(&it.because));
        for it in &self.use_cases {
            visit(&it.summary);
            it.flows.iter().for_each(|it| visit(&it.text));
            it.assets.iter().for_each(|(.., text)| visit(text));
            it.actors.iter().for_each(|(_, text)| visit(text));
            it.risks.iter().for_each(|(.., because)| visit(because));
            it.threats.iter().for_each(|(_, because)| visit(because));
            it.guidance.iter().for_each(|it| visit(&it.prose));
        }
        self.threats.iter().for_each(|it| visit(&it.text));
        self.terms.iter().for_each(|it| visit(&it.text));
        self.pages
            .iter()
            .for_each(|it| [&it.summary, &it.body].into_iter().for_each(&mut *visit));
        if let Some(it) = &self.home {
            [&it.summary, &it.body].into_iter().for_each(&mut *visit);
            it.tasks.iter().for_each(|(_, text, _)| visit(text));
        }
    }
}
