//! Groups, measures and practices.

use std::sync::Arc;

use rayon::prelude::*;

use super::super::rules::{
    empty_list, missing_reason, practice_id_differs, unknown_group, unknown_measure,
    unknown_threat, unknown_use_case,
};
use super::super::{
    Catalogue, Group, GroupIx, Guidance, LinkTarget, Measure, MeasureIx, Practice, Prose, ThreatIx,
    UseCaseIx,
};
use super::LinkOutput;
use super::entries::{Entry, MeasureEntry};
use super::index::Index;
use super::keywords::keywords;
use super::prose::TextContext;
use super::records::LinkedRecord;
use crate::schema::{self, Ref, ServiceModel};
use crate::source::{SourceLocation, SourcePath};

pub(super) fn link(catalogue: &mut Catalogue, index: &Index<'_>, output: &mut LinkOutput) {
    for Entry { path, record, .. } in index.records.groups() {
        catalogue.groups.push(Group {
            id: record.id.value.clone(),
            title: record.title.clone(),
            summary: index.text(&record.summary, TextContext::in_file(path), output),
            measures: Vec::new(),
            path: path.clone(),
        });
    }
    let entries = index.records.measures();
    let linked: Vec<_> = entries
        .par_iter()
        .map(|entry| {
            let link = |output: &mut LinkOutput| link_measure(index, entry, output);
            entry.file.link_cached(index.key, index.records, link)
        })
        .collect();
    for (entry, cached) in entries.iter().zip(&linked) {
        if let LinkedRecord::Measure(measure, practices) = &cached.linked {
            if let Some(group) = measure.group {
                let group = &mut catalogue.groups[group.index()];
                group.measures.push(entry.ix);
            }
            catalogue.measures.push(measure.clone());
            catalogue.practices.extend(practices.iter().cloned());
            output.add(&cached.output);
        }
    }
    for group in &mut catalogue.groups {
        group
            .measures
            .sort_by_key(|ix| (entries[ix.index()].record.order, *ix));
    }
}

/// Links a measure with its practices and its guidance; returns also the file of the guidance.
fn link_measure(
    index: &Index<'_>,
    entry: &MeasureEntry<'_>,
    output: &mut LinkOutput,
) -> (LinkedRecord, Vec<SourcePath>) {
    let MeasureEntry {
        ix,
        first_practice,
        path,
        record,
        ..
    } = *entry;
    let mut linker = Linker {
        index,
        path,
        output,
    };
    let practice = |it: &schema::Practice| Arc::new(linker.practice(it, record, ix));
    let practices = record.practices.iter().map(practice).collect();
    let mut measure = linker.measure(record, first_practice);
    let prose = index.prose_beside(path, &record.id);
    measure.guidance = prose.map(|(path, body)| Guidance {
        path: path.clone(),
        prose: index.body(
            body,
            TextContext::in_file(path).on(&LinkTarget::Measure(ix)),
            output,
        ),
    });
    let prose_files = measure.guidance.iter().map(|it| it.path.clone()).collect();
    let linked = LinkedRecord::Measure(Arc::new(measure), practices);
    (linked, prose_files)
}

struct Linker<'a, 'i> {
    index: &'a Index<'i>,
    path: &'a SourcePath,
    output: &'a mut LinkOutput,
}

impl Linker<'_, '_> {
    fn text(&mut self, text: &schema::Text) -> Prose {
        self.index
            .text(text, TextContext::in_file(self.path), self.output)
    }

    fn location(&self, text: &Ref) -> SourceLocation {
        SourceLocation {
            path: self.path.clone(),
            span: text.span,
        }
    }

    fn practice(
        &mut self,
        it: &schema::Practice,
        measure: &schema::Measure,
        measure_ix: MeasureIx,
    ) -> Practice {
        let is_empty = |length: Option<usize>| length == Some(0);
        if is_empty(it.phases.as_ref().map(Vec::len)) {
            self.report_empty_list(&it.id, "phases", "phase");
        }
        if is_empty(it.models.as_ref().map(Vec::len)) {
            self.report_empty_list(&it.id, "models", "service model");
        }
        self.check_practice_id(&it.id, measure);
        Practice {
            id: it.id.value.clone(),
            measure: measure_ix,
            text: self.text(&it.text),
            by: it.by,
            evidence: self.text(&it.evidence),
            essential_for: it
                .essential_for
                .iter()
                .filter_map(|id| self.use_case(id))
                .collect(),
            phases: it.phases.clone().unwrap_or_else(|| measure.phases.clone()),
            models: it
                .models
                .clone()
                .unwrap_or_else(|| ServiceModel::ALL.to_vec()),
            keywords: keywords(&it.keywords, self.path, self.output),
            place: self.location(&it.id),
        }
    }

    /// Reports an empty list that must have an item.
    fn report_empty_list(&mut self, id: &Ref, key: &str, item: &str) {
        let place = self.index.key_location(self.path, id.span, key);
        let message = format!("`{}` has no {item}", id.value);
        self.output.push(empty_list::report(&place, &message));
    }

    fn measure(&mut self, it: &schema::Measure, first_practice: usize) -> Measure {
        let place = self.location(&it.id);
        if it.practices.is_empty() {
            self.report_empty_list(&it.id, "practices", "practice");
        }
        if it.phases.is_empty() {
            self.report_empty_list(&it.id, "phases", "phase");
        }
        let duties = [
            (ServiceModel::Iaas, &it.duties.iaas),
            (ServiceModel::Paas, &it.duties.paas),
            (ServiceModel::Saas, &it.duties.saas),
        ];
        let duty = |(model, duty): (ServiceModel, &Option<schema::Duty>)| {
            let duty = duty.as_ref()?;
            Some((model, self.text(&duty.customer), self.text(&duty.provider)))
        };
        let duties = duties.into_iter().filter_map(duty).collect();
        let mut relevance = Vec::new();
        for (id, entry) in &it.use_cases.0 {
            if let Some(ix) = self.use_case(id) {
                self.check_reason(
                    &entry.because,
                    id,
                    &format!("the relevance of `{}` for `{}`", it.id.value, id.value),
                    &it.id,
                );
                relevance.push((ix, entry.relevance, self.text(&entry.because)));
            }
        }
        relevance.sort_by_key(|(ix, ..)| *ix);
        let relevance_place = if relevance.len() < self.index.use_cases.len() {
            self.index.key_location(self.path, it.id.span, "use-cases")
        } else {
            place.clone()
        };
        let mut related = Vec::new();
        for entry in &it.related {
            if let Some(ix) = self.other_measure(&entry.measure) {
                self.check_reason(
                    &entry.because,
                    &entry.measure,
                    &format!(
                        "the relation of `{}` to `{}`",
                        it.id.value, entry.measure.value
                    ),
                    &it.id,
                );
                related.push((ix, self.text(&entry.because)));
            }
        }
        Measure {
            id: it.id.value.clone(),
            title: it.title.value.clone(),
            summary: self.text(&it.summary),
            group: self.group(&it.group),
            responsibility: it.responsibility,
            kind: it.kind,
            phases: it.phases.clone(),
            duties,
            practices: first_practice..first_practice + it.practices.len(),
            relevance,
            threats: it.threats.iter().filter_map(|id| self.threat(id)).collect(),
            related,
            keywords: keywords(&it.keywords, self.path, self.output),
            guidance: None,
            relevance_place,
            draft: it.draft,
            place,
        }
    }

    fn check_reason(&mut self, because: &schema::Text, id: &Ref, what: &str, subject: &str) {
        if because.is_empty() {
            let place = self.location(id);
            self.output
                .push(missing_reason::report(&place, because.span, what, subject));
        }
    }

    /// Reports a practice whose id is not its measure's id, a dot and a number.
    fn check_practice_id(&mut self, id: &Ref, measure: &schema::Measure) {
        let number_in = |id: &str| {
            let (prefix, number) = id.rsplit_once('.')?;
            let number = number.parse::<u64>().ok().filter(|_| is_number(number))?;
            Some((prefix.to_owned(), number))
        };
        let own = |id: &str| number_in(id).filter(|(prefix, _)| *prefix == measure.id.value);
        if own(id).is_some() {
            return;
        }
        let count = measure.practices.len() as u64;
        let is_taken = |number| {
            let mut others = measure.practices.iter();
            others.any(|other| own(&other.id).is_some_and(|(_, taken)| taken == number))
        };
        let same = number_in(id).map(|(_, number)| number);
        let free = same
            .filter(|it| !is_taken(*it))
            .or_else(|| (1..=count).find(|it| !is_taken(*it)))
            .unwrap_or_default();
        let place = self.location(id);
        self.output
            .push(practice_id_differs::report(&place, id, &measure.id, free));
    }

    fn group(&mut self, id: &Ref) -> Option<GroupIx> {
        let ix = self.index.groups.get(id.value.as_str()).copied();
        if ix.is_none() && !self.index.is_unparsed("measures/", "groups") {
            let known = self.index.groups.keys().map(|id| (id.as_str(), ""));
            self.output
                .push(unknown_group::report(&self.location(id), id, known));
        }
        ix
    }

    fn use_case(&mut self, id: &Ref) -> Option<UseCaseIx> {
        let ix = self.index.use_cases.get(id.value.as_str()).copied();
        if ix.is_none() && !self.index.is_unparsed("use-cases/", id) {
            let known = self.index.use_cases.keys().map(|id| (id.as_str(), ""));
            self.output
                .push(unknown_use_case::report(&self.location(id), id, known));
        }
        ix
    }

    fn threat(&mut self, id: &Ref) -> Option<ThreatIx> {
        self.index.threat(id, &self.location(id), self.output)
    }

    fn other_measure(&mut self, id: &Ref) -> Option<MeasureIx> {
        self.index.measure(id, &self.location(id), self.output)
    }
}

/// Whether a text consists of digits.
fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

impl Index<'_> {
    pub(super) fn threat(
        &self,
        id: &str,
        place: &SourceLocation,
        output: &mut LinkOutput,
    ) -> Option<ThreatIx> {
        let ix = self.threats.get(id).copied();
        if ix.is_none() && !self.is_unparsed("threats", "threats") {
            let known = self.threats.keys().map(|id| (id.as_str(), ""));
            output.push(unknown_threat::report(place, id, known));
        }
        ix
    }

    pub(super) fn measure(
        &self,
        id: &str,
        place: &SourceLocation,
        output: &mut LinkOutput,
    ) -> Option<MeasureIx> {
        let ix = self.measures.get(id).copied();
        if ix.is_none() && !self.is_unparsed("measures/", id) && !self.records.is_draft(id) {
            output.push(unknown_measure::report(place, id, self.measure_titles()));
        }
        ix
    }
}
