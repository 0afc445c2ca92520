//! The records of the index: one for each thing with an address of its own.
//!
//! Entry: [`Records::new`], then [`Records::batch_records`]. Invariant: records are made from the model, never from HTML, in a fixed order.

use std::borrow::Cow;

use rayon::prelude::*;

use super::facets::{Facet, Kind, reached_levels};
use super::opening::opening;
use super::record::{Record, RecordRole, Section};
use crate::catalogue::{
    AnchoredTarget, Catalogue, FrameworkIx, Guidance, LinkTarget, MeasureIx, NodeIx, PageIx,
    PracticeIx, Prose, TermIx, ThreatIx, UseCaseIx,
};
use crate::export::rows::{
    FrameworkRow, MeasureRow, NodeRow, PageRow, PracticeRow, Record as _, Row, TermRow, ThreatRow,
    UseCaseRow,
};
use crate::markdown::spelling::key;
use crate::schema::Relevance;
use crate::site::{Edition, PageEntry, SearchEntry, percent};

/// Items turned into records per batch; bounds memory.
const BATCH: usize = 512;

/// What has records.
#[derive(Debug, Clone, Copy)]
pub(super) enum Findable {
    /// With its practices.
    Measure(MeasureIx),
    UseCase(UseCaseIx),
    Framework(FrameworkIx),
    Node(NodeIx),
    /// With its sections.
    Page(PageIx),
    /// The page of the site at this position.
    Generated(usize),
    Threat(ThreatIx),
    Term(TermIx),
}

/// Every record of a catalogue, made in batches.
pub(super) struct Records<'a> {
    builder: RecordBuilder<'a>,
    all: Vec<Findable>,
}

impl<'a> Records<'a> {
    pub(super) fn new(edition: Edition<'a>) -> Self {
        let Edition {
            catalogue, site, ..
        } = edition;
        let measures = catalogue.reading_order().iter();
        let mut all: Vec<_> = measures.map(|ix| Findable::Measure(*ix)).collect();
        let mut add = |count: usize, of: fn(usize) -> Findable| all.extend((0..count).map(of));
        add(catalogue.use_cases.len(), |at| {
            Findable::UseCase(UseCaseIx::new(at))
        });
        add(catalogue.frameworks.len(), |at| {
            Findable::Framework(FrameworkIx::new(at))
        });
        add(catalogue.nodes.len(), |at| Findable::Node(NodeIx::new(at)));
        add(catalogue.pages.len(), |at| Findable::Page(PageIx::new(at)));
        add(site.pages.len(), Findable::Generated);
        add(catalogue.threats.len(), |at| {
            Findable::Threat(ThreatIx::new(at))
        });
        add(catalogue.terms.len(), |at| Findable::Term(TermIx::new(at)));
        Self {
            builder: RecordBuilder { edition, catalogue },
            all,
        }
    }

    /// The batches, in order.
    pub(super) fn batches(&self) -> impl Iterator<Item = &[Findable]> {
        self.all.chunks(BATCH)
    }

    /// The records of a batch.
    pub(super) fn batch_records(&self, batch: &[Findable]) -> Vec<Record<'a>> {
        let each = batch.par_iter().map(|it| self.builder.records(*it));
        each.flatten_iter().collect()
    }
}

/// A page made of the whole book; none for a numbered page of a list, which is not found by itself.
fn page_record<'a>(catalogue: &'a Catalogue, entry: &PageEntry) -> Option<Record<'a>> {
    let kind = (entry.number == 0).then_some(entry.kind)?;
    let SearchEntry {
        title,
        summary,
        keywords,
    } = kind.search_entry(catalogue)?;
    Some(Record {
        title: title.into(),
        keywords,
        href: percent(&entry.route),
        summary: summary.into(),
        facets: vec![Facet::Kind(Kind::Generated)],
        ..Record::default()
    })
}

struct RecordBuilder<'a> {
    edition: Edition<'a>,
    catalogue: &'a Catalogue,
}

impl<'a> RecordBuilder<'a> {
    fn records(&self, it: Findable) -> Vec<Record<'a>> {
        let mut out = Vec::new();
        match it {
            Findable::Measure(ix) => {
                self.add(&mut out, LinkTarget::Measure(ix), self.measure(ix));
                for (ix, _) in self.catalogue.practices_of(ix) {
                    self.add(&mut out, LinkTarget::Practice(ix), self.practice(ix));
                }
            }
            Findable::UseCase(ix) => self.add(&mut out, LinkTarget::UseCase(ix), self.use_case(ix)),
            Findable::Framework(ix) => {
                self.add(&mut out, LinkTarget::Framework(ix), self.framework(ix));
            }
            Findable::Node(ix) => self.add(&mut out, LinkTarget::Node(ix), self.node(ix)),
            Findable::Page(ix) => self.add_page(&mut out, ix),
            Findable::Generated(at) => {
                out.extend(page_record(self.catalogue, &self.edition.site.pages[at]));
            }
            Findable::Threat(ix) => self.add(&mut out, LinkTarget::Threat(ix), self.threat(ix)),
            Findable::Term(ix) => self.add(&mut out, LinkTarget::Term(ix), self.term(ix)),
        }
        out
    }

    fn add_page(&self, out: &mut Vec<Record<'a>>, ix: PageIx) {
        let page = self.page(ix);
        let sections: Vec<_> = page.sections.iter().filter_map(section_record).collect();
        self.add(out, LinkTarget::Page(ix), page);
        for (anchor, section) in sections {
            let to = AnchoredTarget {
                item: LinkTarget::Page(ix),
                anchor: Some(anchor),
            };
            self.add(out, to, section);
        }
    }

    /// Adds a record, if the site has a place for it.
    fn add(&self, out: &mut Vec<Record<'a>>, to: impl Into<AnchoredTarget>, record: Record<'a>) {
        if let Some(address) = self.edition.site.address(self.catalogue, &to.into()) {
            out.push(Record {
                href: address.seen_from(""),
                ..record
            });
        }
    }

    /// The searched texts of a row: its first text is the summary, the others become a section after those of its prose.
    fn searched_texts(
        &self,
        row: &impl Row<'a>,
        prose: Option<&'a Prose>,
    ) -> (Cow<'a, str>, Vec<Section<'a>>) {
        let mut texts = Vec::new();
        row.texts(&mut |text| texts.push(text));
        let mut texts = texts.into_iter();
        let summary = texts.next().unwrap_or_default();
        let mut sections = prose.map_or_else(Vec::new, |it| self.sections(it));
        let rest: Vec<_> = texts.collect();
        if !rest.is_empty() {
            sections.push(Section {
                anchor: "",
                heading: "",
                text: rest.join(" ").into(),
            });
        }
        (summary, sections)
    }

    fn sections(&self, prose: &'a Prose) -> Vec<Section<'a>> {
        let texts = self.catalogue.sections(prose).into_iter();
        let mut texts = texts.map(Cow::Owned);
        let mut out: Vec<_> = texts.next().into_iter().map(opening_section).collect();
        out.extend(texts.zip(prose.headings()).map(|(text, (it, id))| Section {
            anchor: id,
            heading: &it.text,
            text,
        }));
        out.retain(|it| !it.text.is_empty() || !it.heading.is_empty());
        out
    }

    fn measure(&self, ix: MeasureIx) -> Record<'a> {
        let measure = self.catalogue.measure(ix);
        let mut facets = vec![
            Facet::Kind(Kind::Measure),
            Facet::Actor(measure.responsibility),
        ];
        facets.extend(measure.phases.iter().copied().map(Facet::Phase));
        let essential = measure.relevance.iter();
        let essential = essential.filter(|(_, weight, _)| *weight == Relevance::Essential);
        facets.extend(essential.map(|(ix, ..)| Facet::UseCase(*ix)));
        for mapping in self.catalogue.mappings_of(ix) {
            let to = self.catalogue.node(self.catalogue.mapping(*mapping).to);
            facets.push(Facet::Framework(to.framework));
        }
        let row = MeasureRow::row(self.edition, ix);
        let (summary, sections) = self.searched_texts(&row, prose(measure.guidance.as_ref()));
        Record {
            id: row.id.into(),
            title: row.title.into(),
            keys: vec![key(row.id)],
            keywords: strs(row.keywords),
            summary,
            sections,
            facets: sorted_set(facets),
            ..Record::default()
        }
    }

    fn practice(&self, ix: PracticeIx) -> Record<'a> {
        let practice = self.catalogue.practice(ix);
        let mut facets = vec![Facet::Kind(Kind::Practice), Facet::Actor(practice.by)];
        facets.extend(practice.phases.iter().copied().map(Facet::Phase));
        facets.extend(practice.essential_for.iter().copied().map(Facet::UseCase));
        for node in self.catalogue.targets_of(ix) {
            facets.push(Facet::Framework(self.catalogue.node(node).framework));
        }
        for framework in (0..self.catalogue.frameworks.len()).map(FrameworkIx::new) {
            let level = self.catalogue.lowest_level(ix, framework);
            facets.extend(reached_levels(self.catalogue, framework, level));
        }
        let row = PracticeRow::row(self.edition, ix);
        let (summary, sections) = self.searched_texts(&row, None);
        Record {
            id: row.id.into(),
            title: opening(&summary),
            keys: vec![key(row.id)],
            keywords: strs(row.keywords),
            summary,
            sections,
            facets: sorted_set(facets),
            role: RecordRole::Part,
            ..Record::default()
        }
    }

    fn use_case(&self, ix: UseCaseIx) -> Record<'a> {
        let use_case = self.catalogue.use_case(ix);
        let row = UseCaseRow::row(self.edition, ix);
        let (summary, sections) = self.searched_texts(&row, prose(use_case.guidance.as_ref()));
        Record {
            title: row.title.into(),
            names: vec![row.short],
            keywords: strs(row.keywords),
            summary,
            sections,
            facets: vec![Facet::Kind(Kind::UseCase), Facet::UseCase(ix)],
            ..Record::default()
        }
    }

    fn framework(&self, ix: FrameworkIx) -> Record<'a> {
        let framework = self.catalogue.framework(ix);
        let row = FrameworkRow::row(self.edition, ix);
        let (summary, sections) = self.searched_texts(&row, None);
        Record {
            id: row.name.into(),
            title: row.title.into(),
            keys: vec![key(row.name), key(row.id)],
            names: strs(&framework.cite.names),
            summary,
            sections,
            facets: vec![Facet::Kind(Kind::Framework), Facet::Framework(ix)],
            ..Record::default()
        }
    }

    fn node(&self, ix: NodeIx) -> Record<'a> {
        let node = self.catalogue.node(ix);
        let mut facets = vec![
            Facet::Kind(Kind::Node(node.framework, node.kind)),
            Facet::Framework(node.framework),
        ];
        facets.extend(reached_levels(self.catalogue, node.framework, node.level));
        let row = NodeRow::row(self.edition, ix);
        let (summary, sections) = self.searched_texts(&row, prose(node.guidance.as_ref()));
        let mut keys = vec![key(row.id)];
        keys.extend(row.printed.map(key));
        Record {
            id: row.shown.into(),
            title: node.name().map_or_else(|| opening(&summary), Cow::Borrowed),
            keys,
            keywords: strs(row.keywords),
            printed: row.printed,
            summary,
            sections,
            facets: sorted_set(facets),
            role: if self.catalogue.kind_of(ix).page {
                RecordRole::Main
            } else {
                RecordRole::Part
            },
            ..Record::default()
        }
    }

    fn page(&self, ix: PageIx) -> Record<'a> {
        let row = PageRow::row(self.edition, ix);
        let (summary, sections) = self.searched_texts(&row, Some(&self.catalogue.page(ix).body));
        Record {
            title: row.title.into(),
            keywords: strs(row.keywords),
            summary,
            sections,
            facets: vec![Facet::Kind(Kind::Guide)],
            ..Record::default()
        }
    }

    fn threat(&self, ix: ThreatIx) -> Record<'a> {
        let row = ThreatRow::row(self.edition, ix);
        let (summary, sections) = self.searched_texts(&row, None);
        Record {
            title: row.title.into(),
            keywords: strs(row.keywords),
            summary,
            sections,
            facets: vec![Facet::Kind(Kind::Threat)],
            ..Record::default()
        }
    }

    fn term(&self, ix: TermIx) -> Record<'a> {
        let row = TermRow::row(self.edition, ix);
        let (summary, sections) = self.searched_texts(&row, None);
        Record {
            title: row.term.into(),
            names: strs(row.also),
            summary,
            sections,
            facets: vec![Facet::Kind(Kind::Term)],
            ..Record::default()
        }
    }
}

fn prose(it: Option<&Guidance>) -> Option<&Prose> {
    it.map(|it| &it.prose)
}

/// A section of a page as a record of its own, with its anchor.
fn section_record<'a>(it: &Section<'a>) -> Option<(String, Record<'a>)> {
    let record = Record {
        title: it.heading.into(),
        summary: it.text.clone(),
        facets: vec![Facet::Kind(Kind::Section)],
        role: RecordRole::Part,
        ..Record::default()
    };
    (!it.anchor.is_empty() && !it.text.is_empty()).then(|| (it.anchor.to_owned(), record))
}

fn strs(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

fn opening_section(text: Cow<'_, str>) -> Section<'_> {
    Section {
        anchor: "",
        heading: "",
        text,
    }
}

/// Sorts values and removes duplicates.
fn sorted_set(mut facets: Vec<Facet>) -> Vec<Facet> {
    facets.sort_unstable();
    facets.dedup();
    facets.shrink_to_fit();
    facets
}
