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
use super::Found;
use super::index::Index;
use super::prose::Home;
use super::records::Made;
use crate::diagnostic::is_spelt_like;
use crate::paths::folder_of;
use crate::schema::{self, Ref, Relation, Style, stem};
use crate::source::{SourceLocation, SourcePath};

pub(super) fn link(catalogue: &mut Catalogue, index: &Index<'_>, found: &mut Found) {
    let mut sets: HashMap<&str, SetIx> = HashMap::new();
    for (path, set) in index.records.sets() {
        if let Some(ix) = link_set(catalogue, index, path, set, found) {
            sets.insert(folder_of(path), ix);
        }
    }
    let mut complained = HashSet::new();
    let mut files = Vec::new();
    for (path, filed, file) in index.records.mapping_files() {
        let folder = folder_of(path);
        if let Some(set) = sets.get(folder) {
            files.push((path, filed, file, *set));
            continue;
        }
        let records = index.records;
        let mut there = records.parsed.keys().chain(&records.unparsed);
        let known = there.any(|it| folder_of(it) == folder && stem(it) == "set");
        if !known && complained.insert(folder) {
            found.push(missing_set::report(path, folder));
        }
    }
    let linked: Vec<_> = files
        .par_iter()
        .map(|(path, filed, file, set)| {
            filed.piece(index.key, index.records, |found| {
                let home = (*path, *set);
                (of_file(catalogue, index, home, file, found), Vec::new())
            })
        })
        .collect();
    for (piece, (path, _, file, set)) in linked.iter().zip(&files) {
        if let Made::Mappings(measure, mappings) = &piece.made {
            let set = &mut catalogue.sets[set.index()];
            match measure {
                Some(ix) if file.mappings.is_empty() => {
                    let place = index.key_beside(path, file.measure.span, "mappings");
                    set.empty.insert(*ix, place);
                }
                measure => set.answered.extend(measure),
            }
            catalogue.mappings.extend(mappings.iter().cloned());
            found.add(&piece.found);
        }
    }
}

/// The mappings of a file.
fn of_file(
    catalogue: &Catalogue,
    index: &Index<'_>,
    (path, set): (&SourcePath, SetIx),
    file: &schema::MappingFile,
    found: &mut Found,
) -> Made {
    let at = SourceLocation {
        path: path.clone(),
        span: file.measure.span,
    };
    let Some(measure) = index.measure(&file.measure, &at, found) else {
        return Made::Mappings(None, Vec::new());
    };
    let mut linker = File {
        catalogue,
        index,
        path,
        set,
        framework: catalogue.set(set).framework,
        measure,
        found,
    };
    Made::Mappings(Some(measure), linker.link(&file.mappings))
}

fn link_set(
    catalogue: &mut Catalogue,
    index: &Index<'_>,
    path: &SourcePath,
    set: &schema::MappingSet,
    found: &mut Found,
) -> Option<SetIx> {
    let place = |at: &Ref| SourceLocation {
        path: path.clone(),
        span: at.span,
    };
    let Some(framework) = index.framework(&set.framework) else {
        index.no_framework(&set.framework, &place(&set.framework), found);
        return None;
    };
    let right = index.frameworks[framework.index()].version.as_str();
    if set.version.value != right {
        found.push(version_differs::report(
            &place(&set.version),
            &set.version,
            right,
        ));
    }
    let ix = SetIx::new(catalogue.sets.len());
    let answered = lost_measures(index, folder_of(path));
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
        let at = place(&it.target);
        if let Some(node) = index.node(framework, &at, &it.target, found) {
            let because = index.text(&it.because, Home::citing(path, framework), found);
            if because.is_empty() {
                let what = format!("the gap at `{}`", it.target.value);
                let written = it.because.span;
                found.push(missing_reason::report(&at, written, &what, &it.target));
            }
            catalogue.gaps.push(Gap {
                node,
                because,
                place: at,
            });
        }
    }
    Some(ix)
}

/// Measures whose mappings in a folder could not be read.
fn lost_measures(index: &Index<'_>, folder: &str) -> BTreeSet<MeasureIx> {
    let lost = index
        .records
        .unparsed
        .iter()
        .filter(|it| folder_of(it) == folder);
    lost.filter_map(|it| index.measures.get(stem(it)).copied())
        .collect()
}

struct File<'a, 'i> {
    catalogue: &'a Catalogue,
    index: &'a Index<'i>,
    path: &'a SourcePath,
    set: SetIx,
    framework: FrameworkIx,
    measure: MeasureIx,
    found: &'a mut Found,
}

impl File<'_, '_> {
    fn link(&mut self, mappings: &[schema::Mapping]) -> Vec<Arc<Mapping>> {
        let mut out = Vec::with_capacity(mappings.len());
        let mut pairs = HashMap::new();
        for it in mappings {
            let from = self.origin(&it.from);
            let to = self.target(&it.to);
            let fits = self.style(it);
            let (Some(from), Some(to), true) = (from, to, fits) else {
                continue;
            };
            let at = self.location(&it.to);
            if let Some(first) = pairs.get(&(from, to)) {
                self.found
                    .push(duplicate_mapping::report(&at, first, &it.from, &it.to));
                continue;
            }
            pairs.insert((from, to), at);
            let home = Home::citing(self.path, self.framework);
            if it.because.is_empty() {
                let what = format!("the mapping from `{}` to `{}`", it.from.value, it.to.value);
                let to = self.location(&it.to);
                let written = it.because.span;
                self.found
                    .push(missing_reason::report(&to, written, &what, &it.from));
            }
            let mapping = Mapping {
                set: self.set,
                measure: self.measure,
                from,
                to,
                relation: it.relation.value,
                property: it.property.as_ref().map(|it| it.value),
                because: self.index.text(&it.because, home, self.found),
                uncertain: it
                    .uncertain
                    .as_ref()
                    .map(|text| self.index.text(text, home, self.found)),
                place: self.location(&it.to),
            };
            out.push(Arc::new(mapping));
        }
        out
    }

    fn location(&self, at: &Ref) -> SourceLocation {
        SourceLocation {
            path: self.path.clone(),
            span: at.span,
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
            Some((ix, of)) if *of == self.measure => Some(Origin::Practice(*ix)),
            None if self.index.failed("measures/", measure) => None,
            other => {
                let known = self
                    .catalogue
                    .practices_of(self.measure)
                    .map(|(_, it)| (it.id.as_str(), ""));
                let place = self.location(from);
                let it = if id == measure {
                    unknown_practice::whole_measure(&place, id, known)
                } else if let Some((_, of)) = other {
                    let of = &self.catalogue.measure(*of).id;
                    unknown_practice::of_another(&place, id, of, folder_of(self.path))
                } else {
                    let supportive = self.catalogue.set(self.set).style == Style::Supportive;
                    let whole = supportive && is_spelt_like(id, measure);
                    let whole = whole.then_some((measure.as_str(), ""));
                    unknown_practice::report(&place, id, known.chain(whole))
                };
                self.found.push(it);
                None
            }
        }
    }

    fn target(&mut self, to: &Ref) -> Option<NodeIx> {
        let at = self.location(to);
        let ix = self.index.node(self.framework, &at, to, self.found)?;
        let kind = self.catalogue.kind_of(ix);
        if kind.mappable {
            return Some(ix);
        }
        let below: Vec<_> = self
            .catalogue
            .node(ix)
            .children
            .iter()
            .take(5)
            .map(|it| self.catalogue.node(*it).id.as_str())
            .collect();
        self.found
            .push(not_mappable::report(&at, to, &kind.name, &below));
        None
    }

    /// Whether the relation is of the set's style.
    fn style(&mut self, it: &schema::Mapping) -> bool {
        let style = self.catalogue.set(self.set).style;
        let supports = it.relation.value == Relation::Supports;
        let at = |span| SourceLocation {
            path: self.path.clone(),
            span,
        };
        let wrong = match (style, supports, &it.property) {
            (Style::SetTheory, true, _) => Some((
                it.relation.span,
                it.relation.word(),
                "equal, subset-of, superset-of, intersects-with",
            )),
            (Style::SetTheory, false, Some(property)) => {
                Some((property.span, property.word(), "no property"))
            }
            (Style::Supportive, false, _) | (Style::Supportive, true, None) => Some((
                it.relation.span,
                it.relation.word(),
                "supports, with the property integral-to, example-of or precedes",
            )),
            _ => None,
        };
        match wrong {
            Some((span, word, known)) => {
                let it = wrong_style::report(&at(span), word, style.word(), known);
                self.found.push(it);
                false
            }
            None => true,
        }
    }
}
