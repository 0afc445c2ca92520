//! What every step of linking looks things up in.
//!
//! Entry: [`Index`]. Invariant: a look-up that fails is reported once, and not where a lost file may hold the record.

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

/// The records of a book, and where each id leads.
pub(super) struct Index<'a> {
    pub records: &'a Records,
    pub sources: &'a Sources,
    pub settings: Settings<'a>,
    pub ids: Arc<Ids>,
    /// What linking a single record may rest on, besides the record itself.
    pub key: u64,
    /// The nodes of each framework by the names of their files and anchors, where they were asked for.
    pub slugs: Vec<OnceLock<FxHashMap<String, NodeIx>>>,
}

impl Deref for Index<'_> {
    type Target = Ids;

    fn deref(&self) -> &Ids {
        &self.ids
    }
}

impl<'a> Index<'a> {
    /// The prose beside a record, by the record's path with another stem and ending.
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
        let failed = self.records.unparsed.iter();
        let mut relative = failed.filter_map(|it| it.strip_prefix(self.settings.content_dir));
        relative.any(|it| it.starts_with(folder) && stem(it) == wanted)
    }

    /// Whether a file is left out, or one of the same name, or of the same framework, gave no record.
    pub(super) fn may_belong_to_unparsed(&self, path: &str) -> bool {
        if self.records.drafts.contains_key(path) {
            return true;
        }
        let frameworks = format!("{}frameworks/", self.settings.content_dir);
        let beside = |it: &SourcePath| {
            folder_of(it) == folder_of(path)
                && (stem(it) == stem(path) || it.starts_with(&frameworks))
        };
        self.records.unparsed.iter().any(beside)
    }

    /// The framework whose files stand in a folder.
    pub(super) fn framework_in(&self, folder: &str) -> Option<(FrameworkIx, &FrameworkIds)> {
        let at = self.frameworks.iter().position(|it| it.folder == folder)?;
        Some((FrameworkIx::new(at), &self.frameworks[at]))
    }

    /// The nodes of a framework by the names of their files and anchors.
    pub(super) fn slugs(&self, ix: FrameworkIx) -> &FxHashMap<String, NodeIx> {
        self.slugs[ix.index()].get_or_init(|| {
            let ids = &self.frameworks[ix.index()];
            let frameworks = self.records.frameworks();
            let kinds = &frameworks[ix.index()].record.kinds;
            let mut out = FxHashMap::default();
            for (_, _, top) in self.records.trees_in(&ids.folder) {
                add_slugs(top, None, kinds, ids, &mut out);
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

    /// Where a key stands that a mistake is about, in the map that a record's id belongs to; at the id if the key is absent.
    pub(super) fn key_beside(&self, path: &SourcePath, id: Span, key: &str) -> SourceLocation {
        let text = self.sources.text(path).unwrap_or_default();
        SourceLocation {
            path: path.clone(),
            span: yaml::sibling_span(text, id.start, key).unwrap_or(id),
        }
    }

    /// Reports a framework that the book does not have, unless its file gave no record.
    pub(super) fn report_unknown_framework(
        &self,
        id: &str,
        at: &SourceLocation,
        output: &mut LinkOutput,
    ) {
        if !self.is_unparsed(&format!("frameworks/{id}/"), "framework") {
            output.push(unknown_framework::report(
                at,
                id,
                self.frameworks
                    .iter()
                    .map(|it| (it.id.as_str(), it.name.as_str())),
            ));
        }
    }

    /// A node by the framework's id; a misprint or an unknown one is reported.
    pub(super) fn node(
        &self,
        framework: FrameworkIx,
        at: &SourceLocation,
        id: &str,
        output: &mut LinkOutput,
    ) -> Option<NodeIx> {
        let ids = &self.frameworks[framework.index()];
        if let Some(ix) = ids.nodes.get(id) {
            return Some(*ix);
        }
        if let Some(right) = ids.printed.get(id) {
            output.push(printed_id::report(at, id, right));
        } else if !ids.has_unparsed_file {
            output.push(unknown_requirement::report(
                at,
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
        for (_, _, top) in self.records.trees_in(&framework.folder) {
            add_titles(top, &mut out);
        }
        out
    }

    /// Measures with their titles, for suggestions.
    pub(super) fn measure_titles(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.records
            .parsed
            .values()
            .filter_map(|it| match &it.record {
                Record::Measure(it) => Some((it.id.value.as_str(), it.title.value.as_str())),
                _ => None,
            })
    }

    /// The book's own ids that texts lead to, measures with their titles, for suggestions.
    pub(super) fn own_titles(&self) -> impl Iterator<Item = (&str, &str)> {
        let ids = self
            .practices
            .keys()
            .chain(self.threats.keys())
            .chain(self.use_cases.keys());
        self.measure_titles().chain(ids.map(|id| (id.as_str(), "")))
    }

    /// What an id or a term of the book's own leads to.
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
    for below in &node.nodes {
        add_slugs(below, Some(kind), kinds, ids, out);
    }
}

fn add_titles<'a>(node: &'a FrameworkNode, out: &mut Vec<(&'a str, &'a str)>) {
    let title = node.title.as_ref().map(|it| it.value.as_str());
    let name = title.or(node.label.as_deref()).unwrap_or_default();
    out.push((&node.id, name));
    for below in &node.nodes {
        add_titles(below, out);
    }
}
