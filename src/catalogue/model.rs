//! The records of a linked catalogue.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::buckets::Buckets;
use super::{
    AnchoredTarget, AssetIx, Framework, FrameworkIx, GroupIx, MeasureIx, Node, NodeIx, PracticeIx,
    Prose, SetIx, TermIx, ThreatIx, UseCase, UseCaseIx,
};
use crate::schema::{
    Actor, Audience, MeasureKind, Method, Part, Phase, Property, Rationale, Relation, Relevance,
    ServiceModel, Style,
};
use crate::source::{SourceLocation, SourcePath};

/// A whole book, linked.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// Groups in reading order.
    pub groups: Vec<Group>,
    /// Measures by id.
    pub measures: Vec<Arc<Measure>>,
    /// Practices by measure, in the author's order.
    pub practices: Vec<Arc<Practice>>,
    /// Frameworks in their order.
    pub frameworks: Vec<Framework>,
    /// Nodes of all frameworks, each tree from the root down.
    pub nodes: Vec<Arc<Node>>,
    /// Sets of mappings, at most one for each framework.
    pub sets: Vec<MappingSet>,
    /// Mappings by set and measure, in the author's order.
    pub mappings: Vec<Arc<Mapping>>,
    /// Measures in reading order.
    pub(super) order: Vec<MeasureIx>,
    /// The position of each measure in the reading order.
    pub(super) places: Vec<usize>,
    /// Mappings by practice.
    pub(super) mappings_by_practice: Buckets,
    /// Mappings by measure.
    pub(super) mappings_by_measure: Buckets,
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
    /// The home page, if its file exists.
    pub home: Option<HomePage>,
    /// Pictures and documents.
    pub assets: Vec<SourcePath>,
    /// The width and height in pixels of pictures whose files state them.
    pub(super) sizes: BTreeMap<AssetIx, (u32, u32)>,
    /// Pages of the site that texts link to by route, with the place of each link.
    pub linked_routes: Vec<(String, SourceLocation)>,
    /// Links to anchors that can be checked only on the rendered page, with the place of each link.
    pub unverified_anchors: Vec<(AnchoredTarget, SourceLocation)>,
    /// Addresses outside of the site in texts and frameworks, with the place of each link.
    pub external_links: Vec<(String, SourceLocation)>,
    /// Files that nothing refers to.
    pub unreferenced: Vec<SourcePath>,
    /// Pictures and documents that only drafts link to; they are left out with them.
    pub withheld: BTreeSet<SourcePath>,
    /// Drafts that are left out.
    pub drafts: Drafts,
    /// Files that failed to parse. References that may be defined in them are not reported as missing.
    pub unparsed: BTreeSet<SourcePath>,
}

/// Pages and measures that are left out because they are drafts: a link to one is no mistake.
#[derive(Debug, Clone, Default)]
pub struct Drafts {
    /// Their number.
    pub count: usize,
    /// Their ids, files and routes without an ending.
    pub names: BTreeSet<String>,
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
    /// The file.
    pub path: SourcePath,
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
    /// Its relevance for use cases, with the reason.
    pub relevance: Vec<(UseCaseIx, Relevance, Prose)>,
    /// The threats that it answers.
    pub threats: Vec<ThreatIx>,
    /// Related measures, with the reason.
    pub related: Vec<(MeasureIx, Prose)>,
    /// Other words under which it is searched.
    pub keywords: Vec<String>,
    /// The guidance, if it is written.
    pub guidance: Option<Guidance>,
    /// The place of its relevance for use cases; its id if that is complete or absent.
    pub relevance_place: SourceLocation,
    /// Whether it is left out of a build.
    pub draft: bool,
    /// The place of its id.
    pub place: SourceLocation,
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
    /// The service models to which it applies.
    pub models: Vec<ServiceModel>,
    /// Other words under which it is searched.
    pub keywords: Vec<String>,
    /// The place of its id.
    pub place: SourceLocation,
}

/// Where a framework's mappings come from.
#[derive(Debug, Clone)]
pub struct MappingSet {
    /// The framework.
    pub framework: FrameworkIx,
    /// The style of its relations.
    pub style: Style,
    /// The rationale of the relations.
    pub rationale: Rationale,
    /// How the mappings were made.
    pub method: Method,
    /// Measures with mappings in the set, also those whose mappings have mistakes and are left out.
    pub answered: BTreeSet<MeasureIx>,
    /// Measures whose list of mappings is empty, with its place.
    pub empty: BTreeMap<MeasureIx, SourceLocation>,
    /// The file.
    pub path: SourcePath,
}

/// The source of a mapping.
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
    /// Its place in the file.
    pub place: SourceLocation,
}

/// A gap with a reason; it applies to all leaves below its node.
#[derive(Debug, Clone)]
pub struct Gap {
    /// The node.
    pub node: NodeIx,
    /// Why nothing maps to it.
    pub because: Prose,
    /// Its place in the file.
    pub place: SourceLocation,
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
    /// Other words under which it is searched.
    pub keywords: Vec<String>,
    /// The file.
    pub path: SourcePath,
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
    /// The file.
    pub path: SourcePath,
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
    /// Other words under which it is searched.
    pub keywords: Vec<String>,
    /// Whether it is left out of a build.
    pub draft: bool,
    /// The text.
    pub body: Prose,
}

impl Page {
    /// Whether it lists what official texts misprint or leave in doubt.
    #[must_use]
    pub fn has_errata(&self) -> bool {
        self.parts.contains(&Part::Errata)
    }
}

/// The home page.
#[derive(Debug, Clone)]
pub struct HomePage {
    /// The file.
    pub path: SourcePath,
    /// The title.
    pub title: String,
    /// What the site is.
    pub summary: Prose,
    /// Ways in: title, text, page.
    pub tasks: Vec<(String, Prose, Option<AnchoredTarget>)>,
    /// The text.
    pub body: Prose,
}
