//! Frameworks, their nodes, and the mappings to them as rows.

use super::book::GuidanceRow;
use super::cover::{Cover, covers};
use super::field::{Address, InDocument, Text, Unsearched};
use super::{Record, row};
use crate::catalogue::{
    Catalogue, CoverageStatus, FrameworkIx, LinkTarget, MappingIx, NodeIx, Origin, SetIx,
};
use crate::schema::{Method, Property, Rationale, Relation, State, Style};
use crate::site::Edition;

row! {
    /// A law, a scheme or a standard.
    FrameworkRow {
        /// The identifier.
        id: &'a str,
        /// The short name.
        name: &'a str,
        /// The full title.
        title: &'a str,
        /// The version.
        version: &'a str,
        /// What it is.
        summary: Text<'a>,
        /// Where it stands.
        status: Option<StatusRow<'a>>,
        /// Levels of assurance, in order: each includes those before it.
        levels: &'a [String],
        /// The kinds of its nodes, from the outside in.
        kinds: Vec<KindRow<'a>>,
        /// The address of the official text.
        official: Option<&'a str>,
        /// The address of its page, from the site's root.
        href: Address<'a>,
    }
}

row! {
    /// Where a framework stands.
    StatusRow {
        /// Its state.
        state: State,
        /// When that was true, as an ISO date.
        as_of: &'a str,
        /// What a reader must know.
        note: Text<'a>,
        /// Where that stands.
        source: Option<&'a str>,
    }
}

row! {
    /// A kind of node.
    KindRow {
        /// The name in the singular.
        name: &'a str,
        /// The name in the plural.
        plural: &'a str,
        /// Whether mappings may lead to its nodes.
        mappable: bool,
    }
}

row! {
    /// A node of a framework: a category, a control, a requirement; a chapter, an article, a point.
    NodeRow {
        /// The identifier of the framework.
        framework: &'a str,
        /// The version of the framework.
        #[serde(skip)]
        version: &'a str,
        /// The identifier of the node, as the framework gives it.
        id: &'a str,
        /// How it is cited.
        shown: &'a str,
        /// The identifier that the official text prints, where it misprints.
        printed: Option<&'a str>,
        /// What kind of node it is, in the words of the framework.
        kind: &'a str,
        /// The identifier of the node above.
        parent: Option<&'a str>,
        /// The official title.
        title: Option<&'a str>,
        /// Our short name, where there is no official title.
        label: Option<&'a str>,
        /// The level of assurance from which it holds.
        level: Option<&'a str>,
        /// Whom it binds.
        binds: InDocument<Option<&'a str>>,
        /// What it says, in our own words.
        summary: Text<'a>,
        /// What is doubtful in it.
        uncertain: InDocument<Option<Unsearched<Text<'a>>>>,
        /// Whether mappings may lead to it: `yes` or `no`.
        #[schemars(description = "Whether mappings may lead to it.")]
        mappable: bool,
        /// How many mappings lead to exactly this node.
        #[serde(skip)]
        mappings: usize,
        /// How it stands, if it is counted: `mapped`, `justified` (left out with a reason) or `open`.
        standing: Option<CoverageStatus>,
        /// The node that decides how it stands: itself, or one above, to which a mapping leads or for which the reason is given.
        decided_at: Option<&'a str>,
        /// Why it is left out: the reason given for this node or, where it is `justified`, for that in `decided-at`.
        #[serde(skip)]
        because: Option<Unsearched<Text<'a>>>,
        /// Other words under which it is searched.
        keywords: &'a [String],
        /// More on it.
        guidance: Option<GuidanceRow<'a>>,
        /// The address of the official text.
        official: Option<String> => before keywords,
        /// The address of its page, or of its place on one.
        href: Address<'a>,
    }
}

row! {
    /// Where a framework's mappings come from; the words are those of NIST IR 8477.
    SetRow {
        /// The framework.
        framework: &'a str,
        /// The style of the relations.
        style: Style,
        /// On what the judgement rests.
        rationale: Rationale,
        /// Who judged.
        method: Method,
    }
}

row! {
    /// A mapping, with its reason. It has no identifier of its own: `from`, `framework` and `to` name it.
    MappingRow {
        /// The measure that it belongs to.
        measure: &'a str,
        /// The practice from which it is read, or the measure as a whole.
        from: &'a str,
        /// The identifier of the framework.
        framework: &'a str => before measure,
        /// The version of the framework.
        #[serde(skip)]
        version: &'a str => before measure,
        /// The identifier of the node, as the framework gives it.
        to: &'a str,
        /// How the node is cited.
        #[serde(skip)]
        shown: &'a str,
        /// The official title of the node, or our short name.
        #[serde(skip)]
        title: Option<&'a str>,
        /// The level of assurance from which the node holds.
        #[serde(skip)]
        level: Option<&'a str>,
        /// How they relate, read from ours to theirs: `equal`, `subset-of`, `superset-of`, `intersects-with`, `supports`.
        relation: Relation => before to,
        /// With `supports`, how: `integral-to`, `example-of` or `precedes`.
        property: Option<Property> => before to,
        /// Why.
        because: Unsearched<Text<'a>>,
        /// Why a second reader may disagree.
        uncertain: Option<Unsearched<Text<'a>>>,
        /// The address of the practice or measure.
        #[serde(skip)]
        from_href: Address<'a>,
        /// The address of the node.
        #[serde(skip)]
        to_href: Address<'a>,
    }
}

row! {
    /// A gap with a reason; it covers what stands under its node and is not mapped.
    GapRow {
        /// The framework.
        framework: &'a str,
        /// The node.
        node: &'a str,
        /// Why nothing maps to it.
        because: Unsearched<Text<'a>>,
    }
}

row! {
    /// What is mapped, left out with a reason, or open under a top node, at one level.
    CoverageRow {
        /// The identifier of the framework.
        framework: &'a str,
        /// The version of the framework.
        #[serde(skip)]
        version: &'a str,
        /// The identifier of the top node.
        top: &'a str,
        /// The official title of the top node, or our short name.
        #[serde(skip)]
        title: Option<&'a str>,
        /// The level of assurance from which the nodes hold; empty for those without one.
        #[schemars(description = "The level of assurance; `null` for nodes without one.")]
        level: Option<&'a str>,
        /// How many are mapped, themselves or through a node above them.
        mapped: usize,
        /// How many are left out with a reason.
        justified: usize,
        /// How many are neither.
        open: usize,
        /// How many there are.
        total: usize,
    }
}

impl<'a> Record<'a> for FrameworkRow<'a> {
    type Key = FrameworkIx;

    fn keys(catalogue: &'a Catalogue) -> impl Iterator<Item = FrameworkIx> {
        (0..catalogue.frameworks.len()).map(FrameworkIx::new)
    }

    fn row(edition: Edition<'a>, key: FrameworkIx) -> Self {
        let framework = edition.catalogue.framework(key);
        let status = framework.status.as_ref().map(|it| StatusRow {
            state: it.state,
            as_of: &it.as_of,
            note: edition.text(&it.note),
            source: it.source.as_deref(),
        });
        let kinds = framework.kinds.iter().map(|it| KindRow {
            name: &it.name,
            plural: &it.plural,
            mappable: it.mappable,
        });
        Self {
            id: &framework.id,
            name: &framework.name,
            title: &framework.title,
            version: &framework.version,
            summary: edition.text(&framework.summary),
            status,
            levels: &framework.levels,
            kinds: kinds.collect(),
            official: framework.link.as_deref(),
            href: edition.address(LinkTarget::Framework(key)),
        }
    }
}

impl<'a> Record<'a> for NodeRow<'a> {
    type Key = NodeIx;

    fn keys(catalogue: &'a Catalogue) -> impl Iterator<Item = NodeIx> {
        (0..catalogue.nodes.len()).map(NodeIx::new)
    }

    fn row(edition: Edition<'a>, key: NodeIx) -> Self {
        let Edition {
            catalogue,
            coverage,
            ..
        } = edition;
        let node = catalogue.node(key);
        let framework = catalogue.framework(node.framework);
        let kind = catalogue.kind_of(key);
        let standing = coverage.status(key);
        let gap = match standing {
            Some(CoverageStatus::Justified) => {
                coverage.nearest_gap(catalogue, key).map(|(_, gap)| gap)
            }
            Some(CoverageStatus::Mapped | CoverageStatus::Open) | None => coverage.gap_of(key),
        };
        let uncertain = node.uncertain.as_ref();
        Self {
            framework: &framework.id,
            version: &framework.version,
            id: &node.id,
            shown: &node.shown,
            printed: node.printed.as_deref(),
            kind: &kind.name,
            parent: node.parent.map(|ix| edition.node_id(ix)),
            title: node.title.as_deref(),
            label: node.label.as_deref(),
            level: catalogue.level_of(key),
            binds: InDocument(node.binds.as_deref()),
            summary: edition.text(&node.summary),
            uncertain: InDocument(uncertain.map(|it| Unsearched(edition.text(it)))),
            mappable: kind.mappable,
            mappings: coverage.mappings_to(key).len(),
            standing,
            decided_at: edition.decided_at(key),
            because: gap.map(|at| Unsearched(edition.text(&catalogue.gaps[at].because))),
            keywords: &node.keywords,
            guidance: node.guidance.as_ref().map(GuidanceRow::new),
            official: catalogue.official(key),
            href: edition.address(LinkTarget::Node(key)),
        }
    }
}

impl<'a> Record<'a> for SetRow<'a> {
    type Key = SetIx;

    fn keys(catalogue: &'a Catalogue) -> impl Iterator<Item = SetIx> {
        (0..catalogue.sets.len()).map(SetIx::new)
    }

    fn row(edition: Edition<'a>, key: SetIx) -> Self {
        let set = edition.catalogue.set(key);
        Self {
            framework: &edition.catalogue.framework(set.framework).id,
            style: set.style,
            rationale: set.rationale,
            method: set.method,
        }
    }
}

impl<'a> Record<'a> for MappingRow<'a> {
    type Key = MappingIx;

    fn keys(catalogue: &'a Catalogue) -> impl Iterator<Item = MappingIx> {
        (0..catalogue.mappings.len()).map(MappingIx::new)
    }

    fn row(edition: Edition<'a>, key: MappingIx) -> Self {
        let catalogue = edition.catalogue;
        let mapping = catalogue.mapping(key);
        let node = catalogue.node(mapping.to);
        let framework = catalogue.framework(node.framework);
        let uncertain = mapping.uncertain.as_ref();
        Self {
            measure: &catalogue.measure(mapping.measure).id,
            from: catalogue.origin_id(mapping.from),
            framework: &framework.id,
            version: &framework.version,
            to: &node.id,
            shown: &node.shown,
            title: node.name(),
            level: catalogue.level_of(mapping.to),
            relation: mapping.relation,
            property: mapping.property,
            because: Unsearched(edition.text(&mapping.because)),
            uncertain: uncertain.map(|it| Unsearched(edition.text(it))),
            from_href: edition.address(match mapping.from {
                Origin::Measure(ix) => LinkTarget::Measure(ix),
                Origin::Practice(ix) => LinkTarget::Practice(ix),
            }),
            to_href: edition.address(LinkTarget::Node(mapping.to)),
        }
    }
}

impl<'a> Record<'a> for GapRow<'a> {
    /// The position among the gaps.
    type Key = usize;

    fn keys(catalogue: &'a Catalogue) -> impl Iterator<Item = usize> {
        0..catalogue.gaps.len()
    }

    fn row(edition: Edition<'a>, key: usize) -> Self {
        let gap = &edition.catalogue.gaps[key];
        Self {
            framework: edition.framework_id(gap.node),
            node: edition.node_id(gap.node),
            because: Unsearched(edition.text(&gap.because)),
        }
    }
}

impl<'a> Record<'a> for CoverageRow<'a> {
    type Key = Cover;

    fn keys(catalogue: &'a Catalogue) -> impl Iterator<Item = Cover> {
        covers(catalogue).into_iter()
    }

    fn row(edition: Edition<'a>, key: Cover) -> Self {
        let top = edition.catalogue.node(key.top);
        let framework = edition.catalogue.framework(top.framework);
        let [mapped, justified, open] = edition.coverage.count(key.leaves.iter().copied());
        Self {
            framework: &framework.id,
            version: &framework.version,
            top: &top.id,
            title: top.name(),
            level: key.level.map(|at| framework.levels[at].as_str()),
            mapped,
            justified,
            open,
            total: key.leaves.len(),
        }
    }
}
