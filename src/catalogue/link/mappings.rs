//! Mappings, their sets, and gaps with a reason.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::super::rules::{
    duplicate_mapping, missing_reason, missing_set, not_mappable, unknown_practice,
    version_differs, wrong_style,
};
use super::super::{
    Catalogue, FrameworkIx, Gap, Mapping, MappingSet, MeasureIx, NodeIx, Origin, SetIx,
};
use super::LinkOutput;
use super::index::Index;
use super::prose::TextContext;
use super::records::LinkedRecord;
use crate::diagnostic::is_spelt_like;
use crate::paths::folder_of;
use crate::schema::{self, Ref, Relation, Style, stem};
use crate::source::{SourceLocation, SourcePath};

pub(super) fn link(catalogue: &mut Catalogue, index: &Index<'_>, output: &mut LinkOutput) {
    let mut sets: HashMap<&str, SetIx> = HashMap::new();
    for (path, set) in index.records.sets() {
        if let Some(ix) = link_set(catalogue, index, path, set, output) {
            sets.insert(folder_of(path), ix);
        }
    }
    let mut reported_folders = HashSet::new();
    let mut files = Vec::new();
    for (path, file, record) in index.records.mapping_files() {
        let folder = folder_of(path);
        if let Some(set) = sets.get(folder) {
            files.push((path, file, record, *set));
            continue;
        }
        let records = index.records;
        let mut paths = records.parsed.keys().chain(&records.unparsed);
        let has_set = paths.any(|it| folder_of(it) == folder && stem(it) == "set");
        if !has_set && reported_folders.insert(folder) {
            output.push(missing_set::report(path, folder));
        }
    }
    let linked: Vec<_> = files
        .par_iter()
        .map(|(path, file, record, set)| {
            file.link_cached(index.key, index.records, |output| {
                let mappings = link_file(catalogue, index, (*path, *set), record, output);
                (mappings, Vec::new())
            })
        })
        .collect();
    for (cached, (path, _, record, set)) in linked.iter().zip(&files) {
        if let LinkedRecord::Mappings(measure, mappings) = &cached.linked {
            let set = &mut catalogue.sets[set.index()];
            match measure {
                Some(ix) if record.mappings.is_empty() => {
                    let place = index.key_location(path, record.measure.span, "mappings");
                    set.empty.insert(*ix, place);
                }
                measure => set.answered.extend(measure),
            }
            catalogue.mappings.extend(mappings.iter().cloned());
            output.add(&cached.output);
        }
    }
}

/// The mappings of a file.
fn link_file(
    catalogue: &Catalogue,
    index: &Index<'_>,
    (path, set): (&SourcePath, SetIx),
    record: &schema::MappingFile,
    output: &mut LinkOutput,
) -> LinkedRecord {
    let location = SourceLocation {
        path: path.clone(),
        span: record.measure.span,
    };
    let Some(measure) = index.measure(&record.measure, &location, output) else {
        return LinkedRecord::Mappings(None, Vec::new());
    };
    let mut linker = FileLinker {
        catalogue,
        index,
        path,
        set,
        framework: catalogue.set(set).framework,
        measure,
        output,
    };
    LinkedRecord::Mappings(Some(measure), linker.link(&record.mappings))
}

fn link_set(
    catalogue: &mut Catalogue,
    index: &Index<'_>,
    path: &SourcePath,
    set: &schema::MappingSet,
    output: &mut LinkOutput,
) -> Option<SetIx> {
    let location = |text: &Ref| SourceLocation {
        path: path.clone(),
        span: text.span,
    };
    let Some(framework) = index.framework(&set.framework) else {
        index.report_unknown_framework(&set.framework, &location(&set.framework), output);
        return None;
    };
    let current = index.frameworks[framework.index()].version.as_str();
    if set.version.value != current {
        output.push(version_differs::report(
            &location(&set.version),
            &set.version,
            current,
        ));
    }
    let ix = SetIx::new(catalogue.sets.len());
    let answered = unparsed_measures(index, folder_of(path));
    catalogue.sets.push(MappingSet {
        framework,
        style: set.style,
        rationale: set.rationale,
        method: set.method,
        answered,
        empty: BTreeMap::new(),
        path: path.clone(),
    });
    catalogue.frameworks[framework.index()].set = Some(ix);
    for it in &set.not_mapped {
        let place = location(&it.target);
        if let Some(node) = index.node(framework, &place, &it.target, output) {
            let because = index.text(&it.because, TextContext::citing(path, framework), output);
            if because.is_empty() {
                let what = format!("the gap at `{}`", it.target.value);
                let written = it.because.span;
                output.push(missing_reason::report(&place, written, &what, &it.target));
            }
            catalogue.gaps.push(Gap {
                node,
                because,
                place,
            });
        }
    }
    Some(ix)
}

/// Measures whose files of mappings in a folder could not be parsed.
fn unparsed_measures(index: &Index<'_>, folder: &str) -> BTreeSet<MeasureIx> {
    let unparsed = index.records.unparsed.iter();
    unparsed
        .filter(|path| folder_of(path) == folder)
        .filter_map(|it| index.measures.get(stem(it)).copied())
        .collect()
}

struct FileLinker<'a, 'i> {
    catalogue: &'a Catalogue,
    index: &'a Index<'i>,
    path: &'a SourcePath,
    set: SetIx,
    framework: FrameworkIx,
    measure: MeasureIx,
    output: &'a mut LinkOutput,
}

impl FileLinker<'_, '_> {
    fn link(&mut self, mappings: &[schema::Mapping]) -> Vec<Arc<Mapping>> {
        let mut out = Vec::with_capacity(mappings.len());
        let mut pairs = HashMap::new();
        for it in mappings {
            let from = self.origin(&it.from);
            let to = self.target(&it.to);
            let has_style = self.check_style(it);
            let (Some(from), Some(to), true) = (from, to, has_style) else {
                continue;
            };
            let place = self.location(&it.to);
            if let Some(first) = pairs.get(&(from, to)) {
                self.output
                    .push(duplicate_mapping::report(&place, first, &it.from, &it.to));
                continue;
            }
            pairs.insert((from, to), place);
            let context = TextContext::citing(self.path, self.framework);
            if it.because.is_empty() {
                let what = format!("the mapping from `{}` to `{}`", it.from.value, it.to.value);
                let to = self.location(&it.to);
                let written = it.because.span;
                self.output
                    .push(missing_reason::report(&to, written, &what, &it.from));
            }
            let mapping = Mapping {
                set: self.set,
                measure: self.measure,
                from,
                to,
                relation: it.relation.value,
                property: it.property.as_ref().map(|it| it.value),
                because: self.index.text(&it.because, context, self.output),
                uncertain: it
                    .uncertain
                    .as_ref()
                    .map(|text| self.index.text(text, context, self.output)),
                place: self.location(&it.to),
            };
            out.push(Arc::new(mapping));
        }
        out
    }

    fn location(&self, text: &Ref) -> SourceLocation {
        SourceLocation {
            path: self.path.clone(),
            span: text.span,
        }
    }

    /// The practice, or in a supportive set the measure itself.
    fn origin(&mut self, from: &Ref) -> Option<Origin> {
        let id = from.value.as_str();
        let measure = &self.catalogue.measure(self.measure).id;
        if id == measure && self.catalogue.set(self.set).style == Style::Supportive {
            return Some(Origin::Measure(self.measure));
        }
        match self.index.practices.get(id) {
            Some((ix, measure)) if *measure == self.measure => Some(Origin::Practice(*ix)),
            None if self.index.is_unparsed("measures/", measure) => None,
            other => {
                let known = self
                    .catalogue
                    .practices_of(self.measure)
                    .map(|(_, it)| (it.id.as_str(), ""));
                let place = self.location(from);
                let diagnostic = if id == measure {
                    unknown_practice::whole_measure(&place, id, known)
                } else if let Some((_, owner)) = other {
                    let owner = &self.catalogue.measure(*owner).id;
                    unknown_practice::of_another(&place, id, owner, folder_of(self.path))
                } else {
                    let supportive = self.catalogue.set(self.set).style == Style::Supportive;
                    let is_measure = supportive && is_spelt_like(id, measure);
                    let whole = is_measure.then_some((measure.as_str(), ""));
                    unknown_practice::report(&place, id, known.chain(whole))
                };
                self.output.push(diagnostic);
                None
            }
        }
    }

    fn target(&mut self, to: &Ref) -> Option<NodeIx> {
        let place = self.location(to);
        let ix = self.index.node(self.framework, &place, to, self.output)?;
        let kind = self.catalogue.kind_of(ix);
        if kind.mappable {
            return Some(ix);
        }
        let children: Vec<_> = self
            .catalogue
            .node(ix)
            .children
            .iter()
            .take(5)
            .map(|it| self.catalogue.node(*it).id.as_str())
            .collect();
        self.output
            .push(not_mappable::report(&place, to, &kind.name, &children));
        None
    }

    /// Whether the relation belongs to the set's style; reports one that does not.
    fn check_style(&mut self, mapping: &schema::Mapping) -> bool {
        let style = self.catalogue.set(self.set).style;
        let supports = mapping.relation.value == Relation::Supports;
        let location = |span| SourceLocation {
            path: self.path.clone(),
            span,
        };
        let wrong = match (style, supports, &mapping.property) {
            (Style::SetTheory, true, _) => Some((
                mapping.relation.span,
                mapping.relation.word(),
                "equal, subset-of, superset-of, intersects-with",
            )),
            (Style::SetTheory, false, Some(property)) => {
                Some((property.span, property.word(), "no property"))
            }
            (Style::Supportive, false, _) | (Style::Supportive, true, None) => Some((
                mapping.relation.span,
                mapping.relation.word(),
                "supports, with the property integral-to, example-of or precedes",
            )),
            _ => None,
        };
        match wrong {
            Some((span, word, known)) => {
                let diagnostic = wrong_style::report(&location(span), word, style.word(), known);
                self.output.push(diagnostic);
                false
            }
            None => true,
        }
    }
}
