//! The tables: which there are, and the rows of each.
//!
//! Entry: [`ALL`]. Invariant: a table has one row for each record, in the catalogue's order.

use std::io::{self, Write};

use super::columns::{
    CoverageRow, MappingRow, MeasureRow, PracticeRow, RelevanceRow, RequirementRow,
};
use super::row::Row;
use super::write;
use crate::catalogue::{
    Catalogue, MappingIx, MeasureIx, NodeIx, Origin, PracticeIx, Standing, Thing, UseCaseIx,
};
use crate::export::data::Edition;
use crate::export::data::cover::{Cover, covers};
use crate::schema::{Property, Relevance};
use crate::site::Column;

/// A table.
pub(in crate::export::data) struct Made {
    /// The file's name.
    pub name: &'static str,
    /// What it holds.
    pub of: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// How many rows it has.
    pub rows: fn(&Catalogue) -> usize,
    /// Writes the file.
    pub write: fn(Edition<'_>, &mut dyn Write) -> io::Result<()>,
}

/// Every table.
pub(in crate::export::data) static ALL: [Made; 6] = [
    Made {
        name: "measures.csv",
        of: "Measures: who acts, when, and the use cases in which each weighs.",
        columns: MeasureRow::COLUMNS,
        rows: |it| it.measures.len(),
        write: |it, to| {
            write(
                (0..it.catalogue.measures.len()).map(|at| measure(it, MeasureIx::new(at))),
                to,
            )
        },
    },
    Made {
        name: "practices.csv",
        of: "Practices: statements that can be checked, with the evidence to ask for.",
        columns: PracticeRow::COLUMNS,
        rows: |it| it.practices.len(),
        write: |it, to| {
            write(
                (0..it.catalogue.practices.len()).map(|at| practice(it, PracticeIx::new(at))),
                to,
            )
        },
    },
    Made {
        name: "relevance.csv",
        of: "How much each measure weighs in each use case, and why.",
        columns: RelevanceRow::COLUMNS,
        rows: |it| it.measures.iter().map(|it| it.relevance.len()).sum(),
        write: |it, to| {
            write(
                (0..it.catalogue.measures.len()).flat_map(|at| relevance(it, MeasureIx::new(at))),
                to,
            )
        },
    },
    Made {
        name: "mappings.csv",
        of: "Mappings: how practices, or measures as a whole, relate to nodes of frameworks, and why.",
        columns: MappingRow::COLUMNS,
        rows: |it| it.mappings.len(),
        write: |it, to| {
            write(
                (0..it.catalogue.mappings.len()).map(|at| mapping(it, MappingIx::new(at))),
                to,
            )
        },
    },
    Made {
        name: "requirements.csv",
        of: "Nodes of frameworks, such as requirements and articles: what each says, and whether it is mapped, left out \
             with a reason, or open.",
        columns: RequirementRow::COLUMNS,
        rows: |it| it.nodes.len(),
        write: |it, to| {
            write(
                (0..it.catalogue.nodes.len()).map(|at| requirement(it, NodeIx::new(at))),
                to,
            )
        },
    },
    Made {
        name: "coverage.csv",
        of: "Coverage by top node and level: how many nodes are mapped, left out with a reason, or open. Each node that \
             can be mapped and has none such under it is counted once.",
        columns: CoverageRow::COLUMNS,
        rows: |it| covers(it).len(),
        write: |it, to| write(covers(it.catalogue).iter().map(|of| coverage(it, of)), to),
    },
];

fn measure(edition: Edition<'_>, ix: MeasureIx) -> MeasureRow<'_> {
    let catalogue = edition.catalogue;
    let it = catalogue.measure(ix);
    let weighs = |wanted: Relevance| {
        let those = it.relevance.iter().filter(|(_, has, _)| *has == wanted);
        those.map(|(case, ..)| use_case(catalogue, *case)).collect()
    };
    MeasureRow {
        id: &it.id,
        title: &it.title,
        summary: catalogue.plain(&it.summary),
        group: it.group.map(|ix| catalogue.group(ix).id.as_str()),
        group_title: it.group.map(|ix| catalogue.group(ix).title.as_str()),
        place: catalogue.place_in_order(ix) + 1,
        responsibility: it.responsibility.word(),
        kind: it.kind.word(),
        phases: it.phases.iter().map(|it| it.word()).collect(),
        essential: weighs(Relevance::Essential),
        important: weighs(Relevance::Important),
        supporting: weighs(Relevance::Supporting),
        threats: edition.threat_ids(&it.threats),
        related: (it.related.iter())
            .map(|(ix, _)| catalogue.measure(*ix).id.as_str())
            .collect(),
        keywords: it.keywords.iter().map(String::as_str).collect(),
        href: edition.href(Thing::Measure(ix)),
    }
}

fn use_case(catalogue: &Catalogue, ix: UseCaseIx) -> &str {
    &catalogue.use_case(ix).id
}

fn practice(edition: Edition<'_>, ix: PracticeIx) -> PracticeRow<'_> {
    let catalogue = edition.catalogue;
    let it = catalogue.practice(ix);
    let measure = catalogue.measure(it.measure);
    PracticeRow {
        id: &it.id,
        measure: &measure.id,
        measure_title: &measure.title,
        text: catalogue.plain(&it.text),
        by: it.by.word(),
        evidence: catalogue.plain(&it.evidence),
        essential_for: edition.use_case_ids(&it.essential_for),
        phases: it.phases.iter().map(|it| it.word()).collect(),
        models: it.models.iter().map(|it| it.word()).collect(),
        keywords: it.keywords.iter().map(String::as_str).collect(),
        href: edition.href(Thing::Practice(ix)),
    }
}

fn relevance(edition: Edition<'_>, ix: MeasureIx) -> impl Iterator<Item = RelevanceRow<'_>> {
    let catalogue = edition.catalogue;
    let measure = catalogue.measure(ix);
    measure
        .relevance
        .iter()
        .map(|(case, relevance, because)| RelevanceRow {
            measure: &measure.id,
            measure_title: &measure.title,
            use_case: use_case(catalogue, *case),
            use_case_title: &catalogue.use_case(*case).title,
            relevance: relevance.word(),
            because: catalogue.plain(because),
        })
}

fn mapping(edition: Edition<'_>, ix: MappingIx) -> MappingRow<'_> {
    let catalogue = edition.catalogue;
    let it = catalogue.mapping(ix);
    let node = catalogue.node(it.to);
    let framework = catalogue.framework(node.framework);
    MappingRow {
        framework: &framework.id,
        version: &framework.version,
        measure: &catalogue.measure(it.measure).id,
        from: catalogue.origin_id(it.from),
        relation: it.relation.word(),
        property: it.property.map(Property::word),
        to: &node.id,
        shown: &node.shown,
        title: node.name(),
        level: catalogue.level_of(it.to),
        because: catalogue.plain(&it.because),
        uncertain: it.uncertain.as_ref().map(|it| catalogue.plain(it)),
        from_href: edition.href(match it.from {
            Origin::Measure(ix) => Thing::Measure(ix),
            Origin::Practice(ix) => Thing::Practice(ix),
        }),
        to_href: edition.href(Thing::Node(it.to)),
    }
}

fn requirement(edition: Edition<'_>, ix: NodeIx) -> RequirementRow<'_> {
    let Edition {
        catalogue,
        coverage,
        ..
    } = edition;
    let it = catalogue.node(ix);
    let framework = catalogue.framework(it.framework);
    let kind = catalogue.kind_of(ix);
    let standing = coverage.standing(ix);
    let gap = match standing {
        Some(Standing::Justified) => coverage.gap_at(catalogue, ix).map(|(_, gap)| gap),
        _ => coverage.gap_of(ix),
    };
    RequirementRow {
        framework: &framework.id,
        version: &framework.version,
        id: &it.id,
        shown: &it.shown,
        printed: it.printed.as_deref(),
        kind: &kind.name,
        parent: it.parent.map(|ix| edition.node_id(ix)),
        title: it.title.as_deref(),
        label: it.label.as_deref(),
        level: catalogue.level_of(ix),
        summary: catalogue.plain(&it.summary),
        mappable: if kind.mappable { "yes" } else { "no" },
        mappings: coverage.mappings_to(ix).len(),
        standing: standing.map(Standing::word),
        decided_at: edition.decided_at(ix),
        because: gap.map(|at| catalogue.plain(&catalogue.gaps[at].because)),
        official: catalogue.official(ix),
        keywords: it.keywords.iter().map(String::as_str).collect(),
        href: edition.href(Thing::Node(ix)),
    }
}

fn coverage<'a>(edition: Edition<'a>, of: &Cover) -> CoverageRow<'a> {
    let top = edition.catalogue.node(of.top);
    let framework = edition.catalogue.framework(top.framework);
    let [mapped, justified, open] = edition.coverage.count(of.leaves.iter().copied());
    CoverageRow {
        framework: &framework.id,
        version: &framework.version,
        top: &top.id,
        title: top.name(),
        level: of.level.map(|at| framework.levels[at].as_str()),
        mapped,
        justified,
        open,
        total: mapped + justified + open,
    }
}
