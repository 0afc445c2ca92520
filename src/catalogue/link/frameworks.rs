//! Frameworks and their trees.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::super::rules::{bad_date, empty_list, unknown_kind, unknown_level};
use super::super::{
    Catalogue, Framework, FrameworkIx, FrameworkStatus, Guidance, Kind, LinkTarget, Node, NodeIx,
};
use super::Found;
use super::index::Index;
use super::keywords::keywords;
use super::kinds::{kind_at, slug_of};
use super::prose::Home;
use super::records::Made;
use super::written::{Written, WrittenTree};
use crate::address;
use crate::markdown::rules::{malformed_address, unsafe_url};
use crate::schema::{self, FrameworkNode, Ref, fill};
use crate::source::{SourceLocation, SourcePath};
use crate::structure::date::is_date;

pub(super) fn link(catalogue: &mut Catalogue, index: &Index<'_>, found: &mut Found) {
    let trees = index.records.trees();
    for Written { ix, path, record } in index.records.frameworks() {
        let mut framework = framework(index, path, record, ix, found);
        let mut own = trees.iter().filter(|tree| tree.framework == ix);
        framework.roots = own.clone().map(|tree| NodeIx::new(tree.first)).collect();
        let end = catalogue
            .frameworks
            .last()
            .map_or(0, |before| before.nodes.end);
        framework.nodes = end..own.next_back().map_or(end, WrittenTree::end);
        catalogue.frameworks.push(framework);
    }
    let frameworks = &catalogue.frameworks;
    let linked: Vec<_> = trees
        .par_iter()
        .map(|written| {
            written.filed.piece(index.key, index.records, |found| {
                let mut tree = Tree {
                    index,
                    framework: &frameworks[written.framework.index()],
                    ix: written.framework,
                    path: written.path,
                    first: written.first,
                    nodes: Vec::new(),
                    beside: Vec::new(),
                    found,
                };
                tree.node(written.top, None, None);
                let nodes = tree.nodes.into_iter().map(Arc::new);
                (Made::Tree(nodes.collect()), tree.beside)
            })
        })
        .collect();
    catalogue
        .nodes
        .reserve(trees.last().map_or(0, WrittenTree::end));
    for piece in &linked {
        if let Made::Tree(nodes) = &piece.made {
            catalogue.nodes.extend(nodes.iter().cloned());
            found.add(&piece.found);
        }
    }
    official(catalogue, index, found);
}

/// The addresses of official texts that a kind's template gives, one a node.
fn official(catalogue: &Catalogue, index: &Index<'_>, found: &mut Found) {
    let written = index.records.frameworks();
    for (framework, Written { path, record, .. }) in catalogue.frameworks.iter().zip(written) {
        let mut seen = BTreeSet::new();
        for node in &catalogue.nodes[framework.nodes.clone()] {
            let safe = framework
                .kinds
                .get(node.kind)
                .and_then(|it| it.link.as_ref());
            let Some(template) = safe.filter(|it| it.contains('{')) else {
                continue;
            };
            let address = fill(template, &node.id);
            let span = record.kinds.get(node.kind).and_then(|it| it.link.as_ref());
            if seen.insert(address.clone())
                && address != *template
                && let Some(span) = span.map(|it| it.span)
            {
                let path = path.clone();
                found
                    .outgoing
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
    found: &mut Found,
) -> Framework {
    let home = Home::citing(path, ix);
    let place = |at: &Ref| SourceLocation {
        path: path.clone(),
        span: at.span,
    };
    let web = |url: &Option<Ref>, found: &mut Found| {
        let url = url.as_ref()?;
        let scheme = address::scheme(url);
        let help = address::mistake(url).or_else(|| {
            scheme
                .is_empty()
                .then(|| format!("write `https://{}`", url.value))
        });
        let safe = help.is_none() && matches!(scheme.as_str(), "https" | "http");
        if let Some(help) = help {
            found.push(malformed_address::report(&place(url), &help));
        } else if !safe {
            found.push(unsafe_url::report(&place(url), &scheme));
        } else if !url.contains('{') {
            found.outgoing.push((url.value.clone(), place(url)));
        }
        safe.then(|| url.value.clone())
    };
    let status = it.status.as_ref().map(|status| {
        if !is_date(&status.as_of) {
            found.push(bad_date::report(&place(&status.as_of), &status.as_of));
        }
        FrameworkStatus {
            state: status.state,
            as_of: status.as_of.value.clone(),
            note: index.text(&status.note, home, found),
            source: web(&status.source, found),
        }
    });
    let kinds = it.kinds.iter().map(|kind| Kind {
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
        link: web(&kind.link, found),
    });
    let mut kinds: Vec<_> = kinds.collect();
    if kinds.is_empty() {
        let place = index.key_beside(path, it.id.span, "kinds");
        let words = format!("`{}` has no kind of node", it.id.value);
        found.push(empty_list::report(&place, &words));
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
        summary: index.text(&it.summary, home, found),
        status,
        levels: it.levels.iter().map(|it| it.value.clone()).collect(),
        kinds,
        cite: it.cite.clone(),
        link: web(&it.link, found),
        nodes: 0..0,
        roots: Vec::new(),
        set: None,
        path: path.clone(),
    }
}

/// A tree as it is linked, from the top down.
struct Tree<'a, 'i> {
    index: &'a Index<'i>,
    framework: &'a Framework,
    ix: FrameworkIx,
    path: &'a SourcePath,
    /// The index of its top.
    first: usize,
    nodes: Vec<Node>,
    /// Prose of its nodes, in files of their own.
    beside: Vec<SourcePath>,
    found: &'a mut Found,
}

impl Tree<'_, '_> {
    fn node(
        &mut self,
        it: &FrameworkNode,
        parent: Option<NodeIx>,
        parent_kind: Option<usize>,
    ) -> NodeIx {
        let path = self.path;
        let home = Home::citing(path, self.ix);
        let kind = self.kind(it, parent_kind);
        let (slug, shown) = self.framework.kinds.get(kind).map_or_else(
            || (it.id.value.clone(), it.id.value.clone()),
            |kind| (slug_of(&kind.slug, &it.id), fill(&kind.display, &it.id)),
        );
        let at = self.nodes.len();
        let ix = NodeIx::new(self.first + at);
        let beside = self.index.prose_beside(path, &slug);
        let own = LinkTarget::Node(ix);
        let guidance: Option<Guidance> = beside.map(|(path, body)| Guidance {
            path: path.clone(),
            prose: self
                .index
                .body(body, Home::citing(path, self.ix).on(&own), self.found),
        });
        self.beside
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
            summary: self.index.text(&it.summary, home, self.found),
            summary_at: it.summary.span,
            uncertain: it
                .uncertain
                .as_ref()
                .map(|text| self.index.text(text, home, self.found)),
            parent,
            children: Vec::new(),
            size: 0,
            keywords: keywords(&it.keywords, path, self.found),
            guidance,
            place: SourceLocation {
                path: path.clone(),
                span: it.id.span,
            },
        };
        self.nodes.push(node);
        let children: Vec<_> = it
            .nodes
            .iter()
            .map(|below| self.node(below, Some(ix), Some(kind)))
            .collect();
        let size = self.nodes.len() - at - 1;
        let node = &mut self.nodes[at];
        (node.children, node.size) = (children, size);
        ix
    }

    fn kind(&mut self, it: &FrameworkNode, parent: Option<usize>) -> usize {
        let path = self.path;
        let kinds = &self.framework.kinds;
        let known = || kinds.iter().map(|it| (it.name.as_str(), ""));
        let at = kind_at(it, parent, kinds.iter().map(|it| it.name.as_str()));
        if let Some(name) = &it.kind {
            if kinds[at].name == name.value {
                return at;
            }
            let place = SourceLocation {
                path: path.clone(),
                span: name.span,
            };
            self.found.push(unknown_kind::report(&place, name, known()));
        }
        let next = parent.map_or(0, |at| at + 1);
        if next >= kinds.len() {
            let place = SourceLocation {
                path: path.clone(),
                span: it.id.span,
            };
            self.found.push(unknown_kind::too_deep(
                &place,
                &it.id,
                &kinds[kinds.len() - 1].name,
            ));
        }
        at
    }

    fn level(&mut self, level: &Ref) -> Option<usize> {
        let mut levels = self.framework.levels.iter();
        let at = levels.position(|it| *it == level.value);
        if at.is_none() {
            let place = SourceLocation {
                path: self.path.clone(),
                span: level.span,
            };
            let known = self.framework.levels.iter().map(|it| (it.as_str(), ""));
            self.found.push(unknown_level::report(&place, level, known));
        }
        at
    }
}
