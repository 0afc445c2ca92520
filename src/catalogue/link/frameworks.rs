//! Frameworks and their trees.

use std::collections::HashMap;

use super::super::rules::{bad_date, empty_list, unknown_kind, unknown_level};
use super::super::{Catalogue, Framework, FrameworkIx, Guidance, Kind, Node, NodeIx, Status};
use super::Found;
use super::index::{Index, folder_of};
use super::prose::Home;
use crate::markdown::rules::unsafe_url;
use crate::schema::{self, FrameworkNode, Ref, fill};
use crate::source::{Place, SourcePath};

pub(super) fn link(catalogue: &mut Catalogue, index: &Index<'_>) -> Found {
    let mut found = Found::new();
    for (at, (path, written)) in index.ordered_frameworks().into_iter().enumerate() {
        let ix = FrameworkIx::new(at);
        let first = catalogue.nodes.len();
        let mut framework = framework(index, path, written, ix, &mut found);
        let levels = written
            .levels
            .iter()
            .enumerate()
            .map(|(at, id)| (id.value.as_str(), at))
            .collect();
        let mut trees = Trees {
            index,
            framework: &framework,
            ix,
            levels,
            nodes: &mut catalogue.nodes,
            found: &mut found,
        };
        let mut tops = Vec::new();
        for (path, top) in index.trees(folder_of(path)) {
            tops.push(trees.node(top, path, None, None));
        }
        framework.tops = tops;
        framework.nodes = first..catalogue.nodes.len();
        catalogue.frameworks.push(framework);
    }
    found
}

fn framework(
    index: &Index<'_>,
    path: &SourcePath,
    it: &schema::Framework,
    ix: FrameworkIx,
    found: &mut Found,
) -> Framework {
    let home = Home::citing(path, ix);
    let place = |at: &Ref| Place {
        path: path.clone(),
        span: at.span,
    };
    let web = |url: &Option<Ref>, found: &mut Found| {
        let url = url.as_ref()?;
        let safe = url.starts_with("https://") || url.starts_with("http://");
        if !safe {
            found.push(unsafe_url::at(
                &place(url),
                url.split(':').next().unwrap_or_default(),
            ));
        }
        safe.then(|| url.value.clone())
    };
    let status = it.status.as_ref().map(|status| {
        if status.as_of.parse::<jiff::civil::Date>().is_err() {
            found.push(bad_date::at(&place(&status.as_of), &status.as_of));
        }
        Status {
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
        found.push(empty_list::at(
            &place(&it.id),
            &format!("`{}` has no kind of node", it.id.value),
        ));
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
        tops: Vec::new(),
        set: None,
        path: path.clone(),
    }
}

struct Trees<'a, 'i> {
    index: &'a Index<'i>,
    framework: &'a Framework,
    ix: FrameworkIx,
    levels: HashMap<&'a str, usize>,
    nodes: &'a mut Vec<Node>,
    found: &'a mut Found,
}

impl Trees<'_, '_> {
    fn node(
        &mut self,
        it: &FrameworkNode,
        path: &SourcePath,
        parent: Option<NodeIx>,
        parent_kind: Option<usize>,
    ) -> NodeIx {
        let home = Home::citing(path, self.ix);
        let kind = self.kind(it, path, parent_kind);
        let (slug, shown) = self.framework.kinds.get(kind).map_or_else(
            || (it.id.value.clone(), it.id.value.clone()),
            |kind| {
                (
                    sluggish(&fill(&kind.slug, &it.id)),
                    fill(&kind.display, &it.id),
                )
            },
        );
        let ix = NodeIx::new(self.nodes.len());
        let beside = self.index.prose_beside(path, &slug);
        let guidance = beside.map(|(path, body)| Guidance {
            path: path.clone(),
            prose: self
                .index
                .body(body, Home::citing(path, self.ix), self.found),
        });
        let node = Node {
            framework: self.ix,
            kind,
            id: it.id.value.clone(),
            shown,
            slug,
            printed: it.printed.as_ref().map(|it| it.value.clone()),
            title: it.title.as_ref().map(|it| it.value.clone()),
            label: it.label.clone(),
            level: it.level.as_ref().and_then(|level| self.level(level, path)),
            binds: it.binds.clone(),
            summary: self.index.text(&it.summary, home, self.found),
            uncertain: it
                .uncertain
                .as_ref()
                .map(|text| self.index.text(text, home, self.found)),
            parent,
            children: Vec::new(),
            size: 0,
            guidance,
            place: Place {
                path: path.clone(),
                span: it.id.span,
            },
        };
        self.nodes.push(node);
        let children: Vec<_> = it
            .nodes
            .iter()
            .map(|below| self.node(below, path, Some(ix), Some(kind)))
            .collect();
        let size = self.nodes.len() - ix.at() - 1;
        let node = &mut self.nodes[ix.at()];
        (node.children, node.size) = (children, size);
        ix
    }

    fn kind(&mut self, it: &FrameworkNode, path: &SourcePath, parent: Option<usize>) -> usize {
        let kinds = &self.framework.kinds;
        let known = || kinds.iter().map(|it| (it.name.as_str(), ""));
        if let Some(name) = &it.kind {
            if let Some(at) = kinds.iter().position(|kind| kind.name == name.value) {
                return at;
            }
            let place = Place {
                path: path.clone(),
                span: name.span,
            };
            self.found.push(unknown_kind::at(&place, name, known()));
        }
        let next = parent.map_or(0, |at| at + 1);
        if next >= kinds.len() {
            let place = Place {
                path: path.clone(),
                span: it.id.span,
            };
            self.found.push(unknown_kind::too_deep(
                &place,
                &it.id,
                &kinds[kinds.len() - 1].name,
            ));
        }
        next.min(kinds.len() - 1)
    }

    fn level(&mut self, level: &Ref, path: &SourcePath) -> Option<usize> {
        let at = self.levels.get(level.value.as_str()).copied();
        if at.is_none() {
            let place = Place {
                path: path.clone(),
                span: level.span,
            };
            let known = self.framework.levels.iter().map(|it| (it.as_str(), ""));
            self.found.push(unknown_level::at(&place, level, known));
        }
        at
    }
}

/// A name fit for a file and an anchor: brackets become hyphens.
fn sluggish(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '.' | '_') {
            out.push(c);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_matches('-').to_owned()
}
