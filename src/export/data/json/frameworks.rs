//! Frameworks, their nodes, and the mappings to them as records.
//!
//! Invariant: each key stands in each record; what is not said is `null` or an empty list. Texts are plain words.

use schemars::JsonSchema;
use serde::Serialize;

use super::{GuidanceRow, Words};
use crate::catalogue::{FrameworkIx, Gap, Mapping, MappingSet, NodeIx, Standing, Thing};
use crate::export::data::Edition;
use crate::export::data::cover::Cover;
use crate::schema::{Method, Property, Rationale, Relation, State, Style};

/// A law, a scheme or a standard.
#[derive(Serialize, JsonSchema)]
pub(super) struct FrameworkRow<'a> {
    /// The identifier.
    pub id: &'a str,
    /// The short name.
    pub name: &'a str,
    /// The full title.
    pub title: &'a str,
    /// The version.
    pub version: &'a str,
    /// What it is.
    pub summary: Words<'a>,
    /// Where it stands.
    pub status: Option<StatusRow<'a>>,
    /// Levels of assurance, in order: each includes those before it.
    pub levels: &'a [String],
    /// The kinds of its nodes, from the outside in.
    pub kinds: Vec<KindRow<'a>>,
    /// The address of the official text.
    pub official: Option<&'a str>,
    /// The address of its page, from the site's root.
    pub href: String,
}

/// Where a framework stands.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) struct StatusRow<'a> {
    /// Its state.
    pub state: State,
    /// When that was true, as an ISO date.
    pub as_of: &'a str,
    /// What a reader must know.
    pub note: Words<'a>,
    /// Where that stands.
    pub source: Option<&'a str>,
}

/// A kind of node.
#[derive(Serialize, JsonSchema)]
pub(super) struct KindRow<'a> {
    /// The name in the singular.
    pub name: &'a str,
    /// The name in the plural.
    pub plural: &'a str,
    /// Whether mappings may lead to its nodes.
    pub mappable: bool,
}

/// A node of a framework: a category, a control, a requirement; a chapter, an article, a point.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) struct NodeRow<'a> {
    /// The framework.
    pub framework: &'a str,
    /// The framework's own identifier, of which it has one.
    pub id: &'a str,
    /// How it is cited.
    pub shown: &'a str,
    /// The identifier that the official text prints, where it misprints.
    pub printed: Option<&'a str>,
    /// Its kind, by the framework's own word.
    pub kind: &'a str,
    /// The node above.
    pub parent: Option<&'a str>,
    /// The official title.
    pub title: Option<&'a str>,
    /// Our short name, where there is no official title.
    pub label: Option<&'a str>,
    /// The level of assurance from which it holds.
    pub level: Option<&'a str>,
    /// Whom it binds.
    pub binds: Option<&'a str>,
    /// What it says, in our own words.
    pub summary: Words<'a>,
    /// What is doubtful in it.
    pub uncertain: Option<Words<'a>>,
    /// Whether mappings may lead to it.
    pub mappable: bool,
    /// How it stands; `null` where it is not counted, since it can't be mapped or since others are counted under it.
    pub standing: Option<Standing>,
    /// The node that decides how it stands: itself, or one above, to which a mapping leads or for which the reason is given.
    pub decided_at: Option<&'a str>,
    /// Other words under which it is searched, such as abbreviations and words of other languages.
    pub keywords: &'a [String],
    /// More on it.
    pub guidance: Option<GuidanceRow<'a>>,
    /// The address of the official text.
    pub official: Option<String>,
    /// The address of its page, or of its place on one, from the site's root.
    pub href: String,
}

/// Where a framework's mappings come from; the words are those of NIST IR 8477.
#[derive(Serialize, JsonSchema)]
pub(super) struct SetRow<'a> {
    /// The framework.
    pub framework: &'a str,
    /// The style of the relations.
    pub style: Style,
    /// On what the judgement rests.
    pub rationale: Rationale,
    /// Who judged.
    pub method: Method,
}

/// A mapping, with its reason. It has no identifier of its own: `from`, `framework` and `to` name it.
#[derive(Serialize, JsonSchema)]
pub(super) struct MappingRow<'a> {
    /// The measure that it belongs to.
    pub measure: &'a str,
    /// The practice from which it is read, or the measure as a whole.
    pub from: &'a str,
    /// The framework.
    pub framework: &'a str,
    /// The node.
    pub to: &'a str,
    /// How they relate, read from ours to theirs.
    pub relation: Relation,
    /// With `supports`: how.
    pub property: Option<Property>,
    /// Why.
    pub because: Words<'a>,
    /// Why a second reader may disagree.
    pub uncertain: Option<Words<'a>>,
}

/// A gap with a reason; it covers what stands under its node and is not mapped.
#[derive(Serialize, JsonSchema)]
pub(super) struct GapRow<'a> {
    /// The framework.
    pub framework: &'a str,
    /// The node.
    pub node: &'a str,
    /// Why nothing maps to it.
    pub because: Words<'a>,
}

/// What is mapped, left out with a reason, or open under a top node, at one level.
#[derive(Serialize, JsonSchema)]
pub(super) struct CoverageRow<'a> {
    /// The framework.
    pub framework: &'a str,
    /// The top node.
    pub top: &'a str,
    /// The level of assurance; `null` for nodes without one.
    pub level: Option<&'a str>,
    /// How many are mapped, themselves or through a node above them.
    pub mapped: usize,
    /// How many are left out with a reason.
    pub justified: usize,
    /// How many are neither.
    pub open: usize,
    /// How many there are.
    pub total: usize,
}

pub(super) fn framework(edition: Edition<'_>, ix: FrameworkIx) -> FrameworkRow<'_> {
    let catalogue = edition.catalogue;
    let it = catalogue.framework(ix);
    let status = it.status.as_ref().map(|it| StatusRow {
        state: it.state,
        as_of: &it.as_of,
        note: catalogue.plain(&it.note),
        source: it.source.as_deref(),
    });
    let kinds = it.kinds.iter().map(|it| KindRow {
        name: &it.name,
        plural: &it.plural,
        mappable: it.mappable,
    });
    FrameworkRow {
        id: &it.id,
        name: &it.name,
        title: &it.title,
        version: &it.version,
        summary: catalogue.plain(&it.summary),
        status,
        levels: &it.levels,
        kinds: kinds.collect(),
        official: it.link.as_deref(),
        href: edition.href(Thing::Framework(ix)),
    }
}

pub(super) fn node(edition: Edition<'_>, ix: NodeIx) -> NodeRow<'_> {
    let catalogue = edition.catalogue;
    let it = catalogue.node(ix);
    let kind = catalogue.kind_of(ix);
    NodeRow {
        framework: &catalogue.framework(it.framework).id,
        id: &it.id,
        shown: &it.shown,
        printed: it.printed.as_deref(),
        kind: &kind.name,
        parent: it.parent.map(|ix| edition.node_id(ix)),
        title: it.title.as_deref(),
        label: it.label.as_deref(),
        level: catalogue.level_of(ix),
        binds: it.binds.as_deref(),
        summary: catalogue.plain(&it.summary),
        uncertain: it.uncertain.as_ref().map(|it| catalogue.plain(it)),
        mappable: kind.mappable,
        standing: edition.coverage.standing(ix),
        decided_at: edition.decided_at(ix),
        keywords: &it.keywords,
        guidance: it.guidance.as_ref().map(GuidanceRow::of),
        official: catalogue.official(ix),
        href: edition.href(Thing::Node(ix)),
    }
}

pub(super) fn set<'a>(edition: Edition<'a>, it: &MappingSet) -> SetRow<'a> {
    SetRow {
        framework: &edition.catalogue.framework(it.framework).id,
        style: it.style,
        rationale: it.rationale,
        method: it.method,
    }
}

pub(super) fn mapping<'a>(edition: Edition<'a>, it: &'a Mapping) -> MappingRow<'a> {
    let catalogue = edition.catalogue;
    MappingRow {
        measure: &catalogue.measure(it.measure).id,
        from: catalogue.origin_id(it.from),
        framework: edition.framework_id(it.to),
        to: edition.node_id(it.to),
        relation: it.relation,
        property: it.property,
        because: catalogue.plain(&it.because),
        uncertain: it.uncertain.as_ref().map(|it| catalogue.plain(it)),
    }
}

pub(super) fn gap<'a>(edition: Edition<'a>, it: &'a Gap) -> GapRow<'a> {
    GapRow {
        framework: edition.framework_id(it.node),
        node: edition.node_id(it.node),
        because: edition.catalogue.plain(&it.because),
    }
}

pub(super) fn coverage<'a>(edition: Edition<'a>, of: &Cover) -> CoverageRow<'a> {
    let [mapped, justified, open] = edition.coverage.count(of.leaves.iter().copied());
    CoverageRow {
        framework: edition.framework_id(of.top),
        top: edition.node_id(of.top),
        level: of
            .leaves
            .first()
            .and_then(|it| edition.catalogue.level_of(*it)),
        mapped,
        justified,
        open,
        total: of.leaves.len(),
    }
}
