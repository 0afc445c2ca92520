//! Links to files and anchors.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::super::rules::{unknown_anchor, unknown_page};
use super::super::{AnchoredTarget, FrameworkIx, LinkTarget, NodeIx};
use super::LinkOutput;
use super::index::Index;
use super::prose::TextContext;
use crate::address::decodings;
use crate::markdown::anchors::{Anchors, Host, assign};
use crate::markdown::{Document, slug};
use crate::paths::{folder_of, relative, resolve};
use crate::schema::{Body, Record, Relevance};
use crate::source::SourceLocation;

impl Index<'_> {
    pub(super) fn file_link(
        &self,
        path: &str,
        anchor: Option<&str>,
        context: TextContext<'_>,
        place: &SourceLocation,
        output: &mut LinkOutput,
    ) -> Option<AnchoredTarget> {
        let full: Vec<_> = decodings(path)
            .into_iter()
            .filter_map(|path| resolve(folder_of(context.path), &path))
            .collect();
        let Some((target, document)) = full.iter().find_map(|path| self.target_at_path(path))
        else {
            if full.iter().any(|it| self.has_no_page(it)) {
                output.push(unknown_page::without_page(place, path));
            } else if !full.iter().any(|it| self.may_belong_to_unparsed(it)) {
                let files = self.sources.under(self.settings.content_dir);
                let known: Vec<_> = files
                    .map(|(it, _)| relative(folder_of(context.path), it))
                    .collect();
                let known = known.iter().map(|it| (it.as_str(), ""));
                output.push(unknown_page::report(place, path, known));
            }
            return None;
        };
        if let LinkTarget::Asset(ix) = &target {
            output.linked_assets.push(*ix);
        }
        match anchor {
            Some(anchor) => {
                // It depends on the headings of another file.
                output.is_volatile = true;
                Some(self.anchored(target, document, anchor, place, output))
            }
            None => Some(target.into()),
        }
    }

    /// What a link to a file leads to, and the text on its page.
    fn target_at_path(&self, path: &str) -> Option<(LinkTarget, Option<&Document>)> {
        if let Some(ix) = self.asset_ix.get(path) {
            return Some((LinkTarget::Asset(*ix), None));
        }
        let record = self.records.parsed.get(path)?;
        let name = crate::schema::stem(path);
        let target = match &record.record {
            Record::Home(..) => LinkTarget::Home,
            Record::Page(..) => LinkTarget::Page(*self.pages.get(path)?),
            Record::Threats(_) => LinkTarget::Threats,
            Record::Glossary(_) => LinkTarget::Glossary,
            Record::Framework(it) => LinkTarget::Framework(self.framework(&it.id)?),
            Record::Tree(it) => {
                let (_, ids) = self.framework_in(folder_of(path))?;
                LinkTarget::Node(*ids.nodes.get(it.id.value.as_str())?)
            }
            Record::Prose(_) => match self.framework_in(folder_of(path)) {
                Some((ix, _)) => LinkTarget::Node(*self.slugs(ix).get(name)?),
                None => self.find_target(name)?,
            },
            Record::Measure(_) | Record::UseCase(_) => self.find_target(name)?,
            Record::Groups(_) | Record::Set(_) | Record::Mappings(_) => return None,
        };
        let text = match &record.record {
            Record::Page(_, body) | Record::Home(_, body) | Record::Prose(body) => Some(body),
            _ => self.guidance_of(&target, path),
        };
        Some((target, text.map(|it| &*it.document)))
    }

    /// Whether a file exists but has no page on the site. Files that could not be parsed have their own diagnostic.
    fn has_no_page(&self, path: &str) -> bool {
        match self.records.parsed.get(path) {
            Some(file) => matches!(
                file.record,
                Record::Groups(_) | Record::Set(_) | Record::Mappings(_)
            ),
            None => {
                let outside = !path.starts_with(self.settings.content_dir);
                outside && self.sources.bytes(path).is_some()
            }
        }
    }

    /// The guidance of a record, from a file of its own.
    fn guidance_of(&self, target: &LinkTarget, path: &str) -> Option<&Body> {
        let stem = match target {
            LinkTarget::Node(ix) => {
                let (framework, _) = self.framework_in(folder_of(path))?;
                let mut slugs = self.slugs(framework).iter();
                slugs.find(|(_, it)| *it == ix)?.0.as_str()
            }
            LinkTarget::Measure(_) | LinkTarget::UseCase(_) => crate::schema::stem(path),
            _ => return None,
        };
        Some(self.prose_beside(path, stem)?.1)
    }

    /// An anchor on the same page as the link.
    pub(super) fn anchor_on_own_page(
        &self,
        anchor: &str,
        document: &Document,
        context: TextContext<'_>,
        place: &SourceLocation,
        output: &mut LinkOutput,
    ) -> Option<AnchoredTarget> {
        let Some(own) = context.own else {
            output.push(unknown_anchor::nowhere(place, anchor));
            return None;
        };
        let target = self.anchored(own.clone(), Some(document), anchor, place, output);
        // A record with an anchor of its own stays the target.
        let is_own_page = target.item == *own;
        Some(AnchoredTarget {
            item: if is_own_page {
                LinkTarget::Here
            } else {
                target.item
            },
            anchor: target.anchor,
        })
    }

    /// An anchor on the page of a target. One that is neither a heading nor a record is checked on the rendered page.
    fn anchored(
        &self,
        item: LinkTarget,
        text: Option<&Document>,
        anchor: &str,
        place: &SourceLocation,
        output: &mut LinkOutput,
    ) -> AnchoredTarget {
        let readings = decodings(anchor);
        if let Some(record) = readings.iter().find_map(|it| self.record_on(&item, it)) {
            return record.into();
        }
        let anchors = text.map(|it| self.anchors(it, &item));
        let ids = anchors.iter().flat_map(|it| &it.ids);
        let heading = ids.into_iter().find(|it| readings.contains(it));
        let is_known = heading.is_some() || matches!(item, LinkTarget::Asset(_));
        let first = || readings.first().cloned().unwrap_or_default();
        let target = AnchoredTarget {
            item,
            anchor: Some(heading.cloned().unwrap_or_else(first)),
        };
        if !is_known {
            output
                .unverified_anchors
                .push((target.clone(), place.clone()));
        }
        target
    }

    /// The record with an anchor on the page of a target, or on one of the pages of its list.
    fn record_on(&self, page: &LinkTarget, anchor: &str) -> Option<LinkTarget> {
        match page {
            LinkTarget::Measure(measure) => {
                let (ix, owner) = self.practices.get(anchor)?;
                (owner == measure).then_some(LinkTarget::Practice(*ix))
            }
            LinkTarget::Threats => Some(LinkTarget::Threat(*self.threats.get(anchor)?)),
            LinkTarget::Glossary => {
                let terms = self.records.terms();
                let term = terms.iter().find(|it| slug(&it.record.term) == anchor)?;
                Some(LinkTarget::Term(term.ix))
            }
            _ => None,
        }
    }

    /// The anchors of a text's headings on the page of a record.
    pub(super) fn anchors(&self, document: &Document, own: &LinkTarget) -> Arc<Anchors> {
        let assigned = || {
            let host = host(own);
            let reserved = host.and_then(|host| self.settings.reserved.get(&host));
            let slugs = self.slugs_of_framework(own);
            let is_taken = |id: &str| {
                reserved.is_some_and(|names| {
                    names.whole.contains(id) || names.values(id).any(|it| self.is_value(it))
                }) || slugs.is_some_and(|it| it.contains_key(id))
                    || self.record_on(own, id).is_some()
                    || self.settings.raw_html && document.html_ids.iter().any(|it| it == id)
            };
            Arc::new(assign(&document.headings, &is_taken))
        };
        document.anchors.get_or_insert(self.key, assigned)
    }

    /// The slugs of the framework that a node belongs to.
    fn slugs_of_framework(&self, own: &LinkTarget) -> Option<&FxHashMap<String, NodeIx>> {
        let LinkTarget::Node(ix) = own else {
            return None;
        };
        let frameworks = (0..self.frameworks.len()).map(FrameworkIx::new);
        let mut slugs = frameworks.map(|framework| self.slugs(framework));
        slugs.find(|slugs| slugs.values().any(|it| it == ix))
    }

    /// Whether a template may insert this into an anchor: a number, a word of an enum, an id of a record.
    fn is_value(&self, value: &str) -> bool {
        let is_number = !value.is_empty() && value.bytes().all(|it| it.is_ascii_digit());
        is_number
            || Relevance::ALL.iter().any(|it| it.word() == value)
            || self.find_target(value).is_some()
            || self.groups.contains_key(value)
    }
}

/// The kind of page that shows the headings of a record's text.
fn host(own: &LinkTarget) -> Option<Host> {
    Some(match own {
        LinkTarget::Home => Host::Home,
        LinkTarget::Page(_) => Host::Page,
        LinkTarget::Measure(_) => Host::Measure,
        LinkTarget::UseCase(_) => Host::UseCase,
        LinkTarget::Node(_) => Host::Node,
        _ => return None,
    })
}
