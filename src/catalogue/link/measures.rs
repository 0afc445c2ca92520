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
use super::Found;
use super::index::Index;
use super::keywords::keywords;
use super::prose::Home;
use super::records::Made;
use super::written::{Written, WrittenMeasure};
use crate::schema::{self, Ref, ServiceModel};
use crate::source::{SourceLocation, SourcePath};

pub(super) fn link(catalogue: &mut Catalogue, index: &Index<'_>, found: &mut Found) {
    for Written { path, record, .. } in index.records.groups() {
        catalogue.groups.push(Group {
            id: record.id.value.clone(),
            title: record.title.clone(),
            summary: index.text(&record.summary, Home::of(path), found),
            measures: Vec::new(),
            path: path.clone(),
        });
    }
    let written = index.records.measures();
    let linked: Vec<_> = written
        .par_iter()
        .map(|it| {
            it.filed
                .piece(index.key, index.records, |found| piece(index, it, found))
        })
        .collect();
    for (written, piece) in written.iter().zip(&linked) {
        if let Made::Measure(measure, practices) = &piece.made {
            if let Some(group) = measure.group {
                let group = &mut catalogue.groups[group.index()];
                group.measures.push(written.ix);
            }
            catalogue.measures.push(measure.clone());
            catalogue.practices.extend(practices.iter().cloned());
            found.add(&piece.found);
        }
    }
    for group in &mut catalogue.groups {
        group
            .measures
            .sort_by_key(|ix| (written[ix.index()].record.order, *ix));
    }
}

/// A measure with its practices and its guidance, and the file of the guidance.
fn piece(
    index: &Index<'_>,
    written: &WrittenMeasure<'_>,
    found: &mut Found,
) -> (Made, Vec<SourcePath>) {
    let WrittenMeasure {
        ix,
        first_practice,
        path,
        record,
        ..
    } = *written;
    let mut linker = Linker { index, path, found };
    let practices = record.practices.iter();
    let practices = practices.map(|practice| Arc::new(linker.practice(practice, record, ix)));
    let practices = practices.collect();
    let mut measure = linker.measure(record, first_practice);
    let beside = index.prose_beside(path, &record.id);
    measure.guidance = beside.map(|(path, body)| Guidance {
        path: path.clone(),
        prose: index.body(body, Home::of(path).on(&LinkTarget::Measure(ix)), found),
    });
    let beside = measure.guidance.iter().map(|it| it.path.clone());
    let beside = beside.collect();
    (Made::Measure(Arc::new(measure), practices), beside)
}

struct Linker<'a, 'i> {
    index: &'a Index<'i>,
    path: &'a SourcePath,
    found: &'a mut Found,
}

impl Linker<'_, '_> {
    fn text(&mut self, text: &schema::Text) -> Prose {
        self.index.text(text, Home::of(self.path), self.found)
    }

    fn location(&self, at: &Ref) -> SourceLocation {
        SourceLocation {
            path: self.path.clone(),
            span: at.span,
        }
    }

    fn practice(
        &mut self,
        it: &schema::Practice,
        measure: &schema::Measure,
        of: MeasureIx,
    ) -> Practice {
        let empty = |list: Option<usize>| list == Some(0);
        if empty(it.phases.as_ref().map(Vec::len)) {
            self.empty_list(&it.id, "phases", "phase");
        }
        if empty(it.models.as_ref().map(Vec::len)) {
            self.empty_list(&it.id, "models", "service model");
        }
        self.practice_id(&it.id, measure);
        Practice {
            id: it.id.value.clone(),
            measure: of,
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
            keywords: keywords(&it.keywords, self.path, self.found),
            place: self.location(&it.id),
        }
    }

    /// Reports a list that must hold something.
    fn empty_list(&mut self, of: &Ref, key: &str, what: &str) {
        let place = self.index.key_beside(self.path, of.span, key);
        let words = format!("`{}` has no {what}", of.value);
        self.found.push(empty_list::report(&place, &words));
    }

    fn measure(&mut self, it: &schema::Measure, first_practice: usize) -> Measure {
        let id = self.location(&it.id);
        if it.practices.is_empty() {
            self.empty_list(&it.id, "practices", "practice");
        }
        if it.phases.is_empty() {
            self.empty_list(&it.id, "phases", "phase");
        }
        let duties = [
            (ServiceModel::Iaas, &it.duties.iaas),
            (ServiceModel::Paas, &it.duties.paas),
            (ServiceModel::Saas, &it.duties.saas),
        ];
        let duties = duties
            .into_iter()
            .filter_map(|(model, duty)| Some((model, duty.as_ref()?)));
        let duties = duties
            .map(|(model, duty)| (model, self.text(&duty.customer), self.text(&duty.provider)))
            .collect();
        let mut relevance = Vec::new();
        for (id, entry) in &it.use_cases.0 {
            if let Some(ix) = self.use_case(id) {
                self.reason(
                    &entry.because,
                    id,
                    &format!("the relevance of `{}` for `{}`", it.id.value, id.value),
                    &it.id,
                );
                relevance.push((ix, entry.relevance, self.text(&entry.because)));
            }
        }
        relevance.sort_by_key(|(ix, ..)| *ix);
        let weighed_at = if relevance.len() < self.index.use_cases.len() {
            self.index.key_beside(self.path, it.id.span, "use-cases")
        } else {
            id.clone()
        };
        let mut related = Vec::new();
        for entry in &it.related {
            if let Some(ix) = self.other_measure(&entry.measure) {
                self.reason(
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
            keywords: keywords(&it.keywords, self.path, self.found),
            guidance: None,
            weighed_at,
            draft: it.draft,
            place: id,
        }
    }

    fn reason(&mut self, because: &schema::Text, of: &Ref, what: &str, subject: &str) {
        if because.is_empty() {
            let of = self.location(of);
            self.found
                .push(missing_reason::report(&of, because.span, what, subject));
        }
    }

    /// Reports a practice whose id is not its measure's, a dot and a number.
    fn practice_id(&mut self, id: &Ref, measure: &schema::Measure) {
        let number_in = |id: &str| {
            let (of, number) = id.rsplit_once('.')?;
            let number = number.parse::<u64>().ok().filter(|_| is_number(number))?;
            Some((of.to_owned(), number))
        };
        let own = |id: &str| number_in(id).filter(|(of, _)| *of == measure.id.value);
        if own(id).is_some() {
            return;
        }
        let count = measure.practices.len() as u64;
        let taken = |number| {
            let mut others = measure.practices.iter();
            others.any(|it| own(&it.id).is_some_and(|(_, it)| it == number))
        };
        let same = number_in(id).map(|(_, number)| number);
        let free = same
            .filter(|it| !taken(*it))
            .or_else(|| (1..=count).find(|it| !taken(*it)))
            .unwrap_or_default();
        let place = self.location(id);
        self.found
            .push(practice_id_differs::report(&place, id, &measure.id, free));
    }

    fn group(&mut self, id: &Ref) -> Option<GroupIx> {
        let ix = self.index.groups.get(id.value.as_str()).copied();
        if ix.is_none() && !self.index.failed("measures/", "groups") {
            let known = self.index.groups.keys().map(|id| (id.as_str(), ""));
            self.found
                .push(unknown_group::report(&self.location(id), id, known));
        }
        ix
    }

    fn use_case(&mut self, id: &Ref) -> Option<UseCaseIx> {
        let ix = self.index.use_cases.get(id.value.as_str()).copied();
        if ix.is_none() && !self.index.failed("use-cases/", id) {
            let known = self.index.use_cases.keys().map(|id| (id.as_str(), ""));
            self.found
                .push(unknown_use_case::report(&self.location(id), id, known));
        }
        ix
    }

    fn threat(&mut self, id: &Ref) -> Option<ThreatIx> {
        self.index.threat(id, &self.location(id), self.found)
    }

    fn other_measure(&mut self, id: &Ref) -> Option<MeasureIx> {
        self.index.measure(id, &self.location(id), self.found)
    }
}

/// Whether a text is digits and nothing else.
fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

impl Index<'_> {
    pub(super) fn threat(
        &self,
        id: &str,
        at: &SourceLocation,
        found: &mut Found,
    ) -> Option<ThreatIx> {
        let ix = self.threats.get(id).copied();
        if ix.is_none() && !self.failed("threats", "threats") {
            let known = self.threats.keys().map(|id| (id.as_str(), ""));
            found.push(unknown_threat::report(at, id, known));
        }
        ix
    }

    pub(super) fn measure(
        &self,
        id: &str,
        at: &SourceLocation,
        found: &mut Found,
    ) -> Option<MeasureIx> {
        let ix = self.measures.get(id).copied();
        if ix.is_none() && !self.failed("measures/", id) && !self.records.is_draft(id) {
            found.push(unknown_measure::report(at, id, self.measure_titles()));
        }
        ix
    }
}
