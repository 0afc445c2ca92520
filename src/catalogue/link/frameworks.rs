//! Frameworks and their trees.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::super::rules::{bad_date, empty_list, unknown_kind, unknown_level};
use super::super::{
    Catalogue, Framework, FrameworkIx, FrameworkStatus, Guidance, Kind, LinkTarget, Node, NodeIx,
};
use super::LinkOutput;
use super::entries::{Entry, TreeEntry};
use super::index::Index;
use super::keywords::keywords;
use super::kinds::{kind_position, slug_of};
use super::prose::TextContext;
use super::records::LinkedRecord;
use crate::address;
use crate::markdown::rules::{malformed_address, unsafe_url};
use crate::schema::{self, FrameworkNode, Ref, fill};
use crate::source::{SourceLocation, SourcePath};
use crate::structure::date::is_date;

pub(super) fn link(catalogue: &mut Catalogue, index: &Index<'_>, output: &mut LinkOutput) {
    let trees = index.records.trees();
    for Entry { ix, path, record } in index.records.frameworks() {
        let mut framework = framework(index, path, record, ix, output);
        let mut own = trees.iter().filter(|tree| tree.framework == ix);
        framework.roots = own.clone().map(|tree| NodeIx::new(tree.first)).collect();
        let previous = catalogue.frameworks.last();
        let start = previous.map_or(0, |it| it.nodes.end);
        framework.nodes = start..own.next_back().map_or(start, TreeEntry::end);
        catalogue.frameworks.push(framework);
    }
    let frameworks = &catalogue.frameworks;
    let linked: Vec<_> = trees
        .par_iter()
        .map(|entry| {
            entry.file.link_cached(index.key, index.records, |output| {
                let mut tree = TreeLinker {
                    index,
                    framework: &frameworks[entry.framework.index()],
                    ix: entry.framework,
                    path: entry.path,
                    first: entry.first,
                    nodes: Vec::new(),
                    prose_files: Vec::new(),
                    output,
                };
                tree.node(entry.root, None, None);
                let nodes = tree.nodes.into_iter().map(Arc::new);
                (LinkedRecord::Tree(nodes.collect()), tree.prose_files)
            })
        })
        .collect();
    catalogue
        .nodes
        .reserve(trees.last().map_or(0, TreeEntry::end));
    for cached in &linked {
        if let LinkedRecord::Tree(nodes) = &cached.linked {
            catalogue.nodes.extend(nodes.iter().cloned());
            output.add(&cached.output);
        }
    }
    collect_official_links(catalogue, index, output);
}

/// Collects the addresses of official texts that the templates of kinds give for each node.
fn collect_official_links(catalogue: &Catalogue, index: &Index<'_>, output: &mut LinkOutput) {
    let entries = index.records.frameworks();
    for (framework, Entry { path, record, .. }) in catalogue.frameworks.iter().zip(entries) {
        let mut seen = BTreeSet::new();
        for node in &catalogue.nodes[framework.nodes.clone()] {
            let kind = framework.kinds.get(node.kind);
            let template = kind.and_then(|it| it.link.as_ref());
            let Some(template) = template.filter(|it| it.contains('{')) else {
                continue;
            };
            let address = fill(template, &node.id);
            let kind = record.kinds.get(node.kind);
            let link = kind.and_then(|it| it.link.as_ref());
            if seen.insert(address.clone())
                && address != *template
                && let Some(span) = link.map(|it| it.span)
            {
                let path = path.clone();
                output
                    .external_links
                    .push((address, SourceLocation { path, span }));
            }
        }
    }
}

fn framework(
    index: &Index<'_>,
    path: &SourcePath,
    it: &schema::Framework,
    ix: FrameworkIx,
    output: &mut LinkOutput,
) -> Framework {
    let context = TextContext::citing(path, ix);
    let location = |text: &Ref| SourceLocation {
        path: path.clone(),
        span: text.span,
    };
    let safe_url = |url: &Option<Ref>, output: &mut LinkOutput| {
        let url = url.as_ref()?;
        let scheme = address::scheme(url);
        let help = address::mistake(url).or_else(|| {
            scheme
                .is_empty()
                .then(|| format!("write `https://{}`", url.value))
        });
        let is_safe = help.is_none() && matches!(scheme.as_str(), "https" | "http");
        if let Some(help) = help {
            output.push(malformed_address::report(&location(url), &help));
        } else if !is_safe {
            output.push(unsafe_url::report(&location(url), &scheme));
        } else if !url.contains('{') {
            output
                .external_links
                .push((url.value.clone(), location(url)));
        }
        is_safe.then(|| url.value.clone())
    };
    let status = it.status.as_ref().map(|status| {
        if !is_date(&status.as_of) {
            output.push(bad_date::report(&location(&status.as_of), &status.as_of));
        }
        FrameworkStatus {
            state: status.state,
            as_of: status.as_of.value.clone(),
            note: index.text(&status.note, context, output),
            source: safe_url(&status.source, output),
        }
    });
    let kind = |kind: &schema::Kind| Kind {
        name: kind.name.value.clone(),
        plural: kind
            .plural
            .clone()
            .unwrap_or_else(|| format!("{}s", kind.name.value)),
        slug: kind.slug.clone(),
        display: kind
            .display
            .clone()
            .unwrap_or_else(|| it.cite.display.clone()),
        page: kind.page,
        mappable: kind.mappable,
        link: safe_url(&kind.link, output),
    };
    let mut kinds: Vec<_> = it.kinds.iter().map(kind).collect();
    if kinds.is_empty() {
        let place = index.key_location(path, it.id.span, "kinds");
        let message = format!("`{}` has no kind of node", it.id.value);
        output.push(empty_list::report(&place, &message));
        kinds.push(Kind {
            name: "node".to_owned(),
            plural: "nodes".to_owned(),
            slug: "{id}".to_owned(),
            display: "{id}".to_owned(),
            page: false,
            mappable: false,
            link: None,
        });
    }
    Framework {
        id: it.id.value.clone(),
        name: it.name.clone(),
        title: it.title.clone(),
        version: it.version.clone(),
        summary: index.text(&it.summary, context, output),
        status,
        levels: it.levels.iter().map(|it| it.value.clone()).collect(),
        kinds,
        cite: it.cite.clone(),
        link: safe_url(&it.link, output),
        nodes: 0..0,
        roots: Vec::new(),
        set: None,
        path: path.clone(),
    }
}

/// Links a tree from the root down.
struct TreeLinker<'a, 'i> {
    index: &'a Index<'i>,
    framework: &'a Framework,
    ix: FrameworkIx,
    path: &'a SourcePath,
    /// The index of its root.
    first: usize,
    nodes: Vec<Node>,
    /// Files of prose of its nodes.
    prose_files: Vec<SourcePath>,
    output: &'a mut LinkOutput,
}

impl TreeLinker<'_, '_> {
    fn node(
        &mut self,
        it: &FrameworkNode,
        parent: Option<NodeIx>,
        parent_kind: Option<usize>,
    ) -> NodeIx {
        let path = self.path;
        let context = TextContext::citing(path, self.ix);
        let kind = self.kind(it, parent_kind);
        let (slug, shown) = self.framework.kinds.get(kind).map_or_else(
            || (it.id.value.clone(), it.id.value.clone()),
            |kind| (slug_of(&kind.slug, &it.id), fill(&kind.display, &it.id)),
        );
        let position = self.nodes.len();
        let ix = NodeIx::new(self.first + position);
        let prose = self.index.prose_beside(path, &slug);
        let own = LinkTarget::Node(ix);
        let guidance: Option<Guidance> = prose.map(|(path, body)| Guidance {
            path: path.clone(),
            prose: self.index.body(
                body,
                TextContext::citing(path, self.ix).on(&own),
                self.output,
            ),
        });
        self.prose_files
            .extend(guidance.iter().map(|it| it.path.clone()));
        let node = Node {
            framework: self.ix,
            kind,
            id: it.id.value.clone(),
            shown,
            slug,
            printed: it.printed.as_ref().map(|it| it.value.clone()),
            title: it.title.as_ref().map(|it| it.value.clone()),
            label: it.label.clone(),
            level: it.level.as_ref().and_then(|level| self.level(level)),
            binds: it.binds.clone(),
            summary: self.index.text(&it.summary, context, self.output),
            summary_span: it.summary.span,
            uncertain: it
                .uncertain
                .as_ref()
                .map(|text| self.index.text(text, context, self.output)),
            parent,
            children: Vec::new(),
            size: 0,
            keywords: keywords(&it.keywords, path, self.output),
            guidance,
            place: self.location(&it.id),
        };
        self.nodes.push(node);
        let children: Vec<_> = it
            .nodes
            .iter()
            .map(|child| self.node(child, Some(ix), Some(kind)))
            .collect();
        let size = self.nodes.len() - position - 1;
        let node = &mut self.nodes[position];
        (node.children, node.size) = (children, size);
        ix
    }

    fn location(&self, text: &Ref) -> SourceLocation {
        SourceLocation {
            path: self.path.clone(),
            span: text.span,
        }
    }

    /// The position of a node's kind.
    fn kind(&mut self, node: &FrameworkNode, parent: Option<usize>) -> usize {
        let kinds = &self.framework.kinds;
        let known = || kinds.iter().map(|it| (it.name.as_str(), ""));
        let kind = kind_position(node, parent, kinds.iter().map(|it| it.name.as_str()));
        if let Some(name) = &node.kind {
            if kinds[kind].name == name.value {
                return kind;
            }
            let place = self.location(name);
            self.output
                .push(unknown_kind::report(&place, name, known()));
        }
        let next = parent.map_or(0, |kind| kind + 1);
        if next >= kinds.len() {
            let place = self.location(&node.id);
            self.output.push(unknown_kind::too_deep(
                &place,
                &node.id,
                &kinds[kinds.len() - 1].name,
            ));
        }
        kind
    }

    /// The position of a level.
    fn level(&mut self, level: &Ref) -> Option<usize> {
        let mut levels = self.framework.levels.iter();
        let position = levels.position(|it| *it == level.value);
        if position.is_none() {
            let place = self.location(level);
            let known = self.framework.levels.iter().map(|it| (it.as_str(), ""));
            self.output
                .push(unknown_level::report(&place, level, known));
        }
        position
    }
}
