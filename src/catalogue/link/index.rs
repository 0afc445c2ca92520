//! The look-ups of linking: records and ids.
//!
//! Entry: [`Index`]. Invariant: a failed look-up is reported once, and not if the record may be in a file that could not be
//! parsed.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::super::rules::{printed_id, unknown_framework, unknown_requirement};
use super::super::{FrameworkIx, LinkTarget, NodeIx};
use super::ids::{FrameworkIds, Ids, fold_term};
use super::kinds::{kind_position, slug_of};
use super::{LinkOutput, Records, Settings};
use crate::paths::folder_of;
use crate::schema::{Body, FrameworkNode, Kind, Record, stem};
use crate::source::{SourceLocation, SourcePath, Sources, Span};
use crate::structure::yaml;

/// The records of a book and their ids.
pub(super) struct Index<'a> {
    pub records: &'a Records,
    pub sources: &'a Sources,
    pub settings: Settings<'a>,
    pub ids: Arc<Ids>,
    /// The cache key of linked records.
    pub key: u64,
    /// The nodes of each framework by slug, filled on first use.
    pub slugs: Vec<OnceLock<FxHashMap<String, NodeIx>>>,
}

impl Deref for Index<'_> {
    type Target = Ids;

    fn deref(&self) -> &Ids {
        &self.ids
    }
}

impl<'a> Index<'a> {
    /// The prose of a record, by the record's path with another stem and ending.
    pub(super) fn prose_beside(
        &self,
        path: &str,
        stem: &str,
    ) -> Option<(&'a SourcePath, &'a Body)> {
        let wanted = format!("{}{stem}.md", folder_of(path));
        let (path, record) = self.records.parsed.get_key_value(wanted.as_str())?;
        match &record.record {
            Record::Prose(body) => Some((path, body)),
            _ => None,
        }
    }

    /// Whether a file of this stem in a folder of the content could not be parsed.
    pub(super) fn is_unparsed(&self, folder: &str, wanted: &str) -> bool {
        let unparsed = self.records.unparsed.iter();
        let mut relative = unparsed.filter_map(|it| it.strip_prefix(self.settings.content_dir));
        relative.any(|it| it.starts_with(folder) && stem(it) == wanted)
    }

    /// Whether a file is a draft, or one of the same name or of the same framework could not be parsed.
    pub(super) fn may_belong_to_unparsed(&self, path: &str) -> bool {
        if self.records.drafts.contains_key(path) {
            return true;
        }
        let frameworks = format!("{}frameworks/", self.settings.content_dir);
        let is_related = |it: &SourcePath| {
            folder_of(it) == folder_of(path)
                && (stem(it) == stem(path) || it.starts_with(&frameworks))
        };
        self.records.unparsed.iter().any(is_related)
    }

    /// The framework whose files are in a folder.
    pub(super) fn framework_in(&self, folder: &str) -> Option<(FrameworkIx, &FrameworkIds)> {
        let position = self.frameworks.iter().position(|it| it.folder == folder)?;
        Some((FrameworkIx::new(position), &self.frameworks[position]))
    }

    /// The nodes of a framework by slug.
    pub(super) fn slugs(&self, ix: FrameworkIx) -> &FxHashMap<String, NodeIx> {
        self.slugs[ix.index()].get_or_init(|| {
            let ids = &self.frameworks[ix.index()];
            let frameworks = self.records.frameworks();
            let kinds = &frameworks[ix.index()].record.kinds;
            let mut out = FxHashMap::default();
            for (_, _, root) in self.records.trees_in(&ids.folder) {
                add_slugs(root, None, kinds, ids, &mut out);
            }
            out
        })
    }

    pub(super) fn framework(&self, id: &str) -> Option<FrameworkIx> {
        self.frameworks
            .iter()
            .position(|it| it.id == id)
            .map(FrameworkIx::new)
    }

    /// The location of a key in the same map as a record's id; the id if the key is absent.
    pub(super) fn key_location(&self, path: &SourcePath, id: Span, key: &str) -> SourceLocation {
        let text = self.sources.text(path).unwrap_or_default();
        SourceLocation {
            path: path.clone(),
            span: yaml::sibling_span(text, id.start, key).unwrap_or(id),
        }
    }

    /// Reports a framework that the book does not have, unless its file could not be parsed.
    pub(super) fn report_unknown_framework(
        &self,
        id: &str,
        place: &SourceLocation,
        output: &mut LinkOutput,
    ) {
        if !self.is_unparsed(&format!("frameworks/{id}/"), "framework") {
            let frameworks = self.frameworks.iter();
            let known = frameworks.map(|it| (it.id.as_str(), it.name.as_str()));
            output.push(unknown_framework::report(place, id, known));
        }
    }

    /// A node by its id; a misprinted or unknown id is reported.
    pub(super) fn node(
        &self,
        framework: FrameworkIx,
        place: &SourceLocation,
        id: &str,
        output: &mut LinkOutput,
    ) -> Option<NodeIx> {
        let ids = &self.frameworks[framework.index()];
        if let Some(ix) = ids.nodes.get(id) {
            return Some(*ix);
        }
        if let Some(correct) = ids.printed.get(id) {
            output.push(printed_id::report(place, id, correct));
        } else if !ids.has_unparsed_file {
            output.push(unknown_requirement::report(
                place,
                id,
                (&ids.name, &ids.version),
                self.node_titles(ids).into_iter(),
            ));
        }
        None
    }

    /// The nodes of a framework with their names, for suggestions.
    pub(super) fn node_titles(&self, framework: &FrameworkIds) -> Vec<(&'a str, &'a str)> {
        let mut out = Vec::new();
        for (_, _, root) in self.records.trees_in(&framework.folder) {
            add_titles(root, &mut out);
        }
        out
    }

    /// Measures with their titles, for suggestions.
    pub(super) fn measure_titles(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.records
            .parsed
            .values()
            .filter_map(|file| match &file.record {
                Record::Measure(it) => Some((it.id.value.as_str(), it.title.value.as_str())),
                _ => None,
            })
    }

    /// The book's own ids, measures with their titles, for suggestions.
    pub(super) fn own_titles(&self) -> impl Iterator<Item = (&str, &str)> {
        let ids = self
            .practices
            .keys()
            .chain(self.threats.keys())
            .chain(self.use_cases.keys());
        self.measure_titles().chain(ids.map(|id| (id.as_str(), "")))
    }

    /// The target of a link by one of the book's own ids or terms.
    pub(super) fn find_target(&self, id: &str) -> Option<LinkTarget> {
        let target = if let Some(ix) = self.measures.get(id) {
            LinkTarget::Measure(*ix)
        } else if let Some((ix, _)) = self.practices.get(id) {
            LinkTarget::Practice(*ix)
        } else if let Some(ix) = self.use_cases.get(id) {
            LinkTarget::UseCase(*ix)
        } else if let Some(ix) = self.threats.get(id) {
            LinkTarget::Threat(*ix)
        } else if let Some(ix) = self.framework(id) {
            LinkTarget::Framework(ix)
        } else {
            LinkTarget::Term(*self.terms.get(&fold_term(id))?)
        };
        Some(target)
    }
}

fn add_slugs(
    node: &FrameworkNode,
    parent: Option<usize>,
    kinds: &[Kind],
    ids: &FrameworkIds,
    out: &mut FxHashMap<String, NodeIx>,
) {
    let kind = kind_position(node, parent, kinds.iter().map(|it| it.name.value.as_str()));
    let slug = kinds.get(kind).map_or("{id}", |it| &it.slug);
    if let Some(ix) = ids.nodes.get(node.id.value.as_str()) {
        out.entry(slug_of(slug, &node.id)).or_insert(*ix);
    }
    for child in &node.nodes {
        add_slugs(child, Some(kind), kinds, ids, out);
    }
}

fn add_titles<'a>(node: &'a FrameworkNode, out: &mut Vec<(&'a str, &'a str)>) {
    let title = node.title.as_ref().map(|it| it.value.as_str());
    let name = title.or(node.label.as_deref()).unwrap_or_default();
    out.push((&node.id, name));
    for child in &node.nodes {
        add_titles(child, out);
    }
}
