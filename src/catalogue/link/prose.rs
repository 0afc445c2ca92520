//! Prose: its links proven, its citations found, its faults reported.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

use super::super::rules::{duplicate_anchor, not_a_picture, unresolved_link};
use super::super::{AnchoredTarget, Cited, FrameworkIx, LinkTarget, Prose, TermIx, TermUse};
use super::Found;
use super::faults;
use super::index::Index;
use crate::markdown::citations::CitationTarget;
use crate::markdown::spelling::fold;
use crate::markdown::{Dest, Document, FaultKind, Link, Run};
use crate::paths::{folder_of, relative};
use crate::schema::{Body, Text};
use crate::source::{SourceLocation, SourcePath, Span};

/// Where a text stands and what it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Home<'a> {
    /// The file.
    pub path: &'a SourcePath,
    /// The framework whose bare citations are certain in it.
    pub cites: Option<FrameworkIx>,
    /// What has the page on which the text stands with its headings; none for a text that several pages may show.
    pub own: Option<&'a LinkTarget>,
}

impl<'a> Home<'a> {
    pub(super) fn of(path: &'a SourcePath) -> Self {
        Self {
            path,
            cites: None,
            own: None,
        }
    }

    pub(super) fn citing(path: &'a SourcePath, framework: FrameworkIx) -> Self {
        Self {
            path,
            cites: Some(framework),
            own: None,
        }
    }

    /// The same of the text that stands on the page of a thing.
    pub(super) fn on(self, own: &'a LinkTarget) -> Self {
        Self {
            own: Some(own),
            ..self
        }
    }
}

/// The endings of files that browsers show as pictures.
const PICTURES: [&str; 6] = [".png", ".jpg", ".jpeg", ".svg", ".webp", ".gif"];

/// Stands before the route of a page that is made: `[[site:checklists]]`.
const SITE: &str = "site";

impl Index<'_> {
    /// The prose of a text in YAML.
    pub(super) fn text(&self, text: &Text, home: Home<'_>, found: &mut Found) -> Prose {
        // The file is looked at only where there is something to find in it.
        let scalar = || {
            let source = self.sources.text(home.path).unwrap_or_default();
            let scalar = source.get(text.span.start..text.span.end);
            scalar.unwrap_or_default()
        };
        let words: &str = &text.document.text;
        // A plain scalar holds its text as it is; in a quoted one, the offset is known unless something is escaped.
        let whole = OnceCell::new();
        let locate = |range: &Range<usize>| {
            let whole = whole.get_or_init(|| scalar().find(words).filter(|_| !words.is_empty()));
            let inside = whole
                .map(|offset| offset + range.start)
                .or_else(|| scalar().find(words.get(range.clone())?));
            match inside {
                Some(at) => Span::new(text.span.start + at, text.span.start + at + range.len()),
                None => text.span,
            }
        };
        self.resolve(&text.document, home, &locate, found)
    }

    /// The prose of a Markdown file.
    pub(super) fn body(&self, body: &Body, home: Home<'_>, found: &mut Found) -> Prose {
        let locate =
            |range: &Range<usize>| Span::new(body.offset + range.start, body.offset + range.end);
        self.resolve(&body.document, home, &locate, found)
    }

    fn resolve(
        &self,
        document: &Arc<Document>,
        home: Home<'_>,
        locate: &dyn Fn(&Range<usize>) -> Span,
        found: &mut Found,
    ) -> Prose {
        let place = |range: &Range<usize>| SourceLocation {
            path: home.path.clone(),
            span: locate(range),
        };
        self.faults(document, &place, found);
        if self.settings.raw_html {
            for (url, range) in &document.html_links {
                found.outgoing.push((url.clone(), place(range)));
            }
        }
        let link = |link: &Link| self.link(link, document, home, &place(&link.range), found);
        let targets = document.links.iter().map(link).collect();
        let anchors = home.own.map(|it| self.anchors(document, it));
        for (at, bearer) in anchors.iter().flat_map(|it| &it.refused) {
            let heading = &document.headings[*at];
            let words = document.text.get(heading.range.clone()).unwrap_or_default();
            let end = heading.range.start + words.trim_end().len();
            let place = place(&(heading.range.start..end));
            let free = &anchors.as_ref().map_or("", |it| &it.ids[*at]);
            found.push(duplicate_anchor::of_heading(
                &place,
                &heading.wanted,
                *bearer,
                free,
            ));
        }
        let mut prose = Prose {
            document: document.clone(),
            anchors,
            links: targets,
            cited: Vec::new(),
            terms: Vec::new(),
        };
        let mentions = self.mentions(document, home);
        for (at, citation) in &mentions.citations {
            let run = &document.runs[*at];
            let at = || place(&within(run, &citation.range));
            // A heading's citation is proven, and not linked: so it matters only where it leads nowhere.
            let unlinked = run.in_heading;
            if unlinked
                && matches!(
                    citation.leads,
                    CitationTarget::Unclear(_) | CitationTarget::Number(_)
                )
            {
                continue;
            }
            if let Some(thing) = self.citation(citation, run.text(document), &at, found)
                && !unlinked
            {
                prose.cited.push(Cited {
                    event: run.event,
                    range: citation.range.clone(),
                    target: thing,
                });
            }
        }
        let free = |event: usize, range: &Range<usize>| {
            let mut cited = prose.cited.iter().filter(|it| it.event == event);
            !cited.any(|it| it.range.start < range.end && range.start < it.range.end)
        };
        for (at, range, term) in &mentions.terms {
            let event = document.runs[*at].event;
            if free(event, range) {
                prose.terms.push(TermUse {
                    event,
                    range: range.clone(),
                    term: TermIx::new(*term),
                });
            }
        }
        prose
    }

    fn faults(
        &self,
        document: &Document,
        place: &dyn Fn(&Range<usize>) -> SourceLocation,
        found: &mut Found,
    ) {
        for fault in &document.faults {
            let at = place(&fault.range);
            if fault.kind != FaultKind::RawHtml || !self.settings.raw_html {
                found.push(faults::diagnostic(&fault.kind, &at));
            }
        }
    }

    fn link(
        &self,
        link: &Link,
        document: &Document,
        home: Home<'_>,
        at: &SourceLocation,
        found: &mut Found,
    ) -> Option<AnchoredTarget> {
        let target = self.target(link, document, home, at, found);
        // What stands in a list of the site is hidden with the list.
        let list = match target.as_ref().map(|it| &it.item) {
            Some(LinkTarget::Threats | LinkTarget::Threat(_)) => Some("threats"),
            Some(LinkTarget::Glossary | LinkTarget::Term(_)) => Some("glossary"),
            _ => None,
        };
        found
            .made
            .extend(list.map(|it| (it.to_owned(), at.clone())));
        if link.image && !matches!(link.dest, Dest::Wiki(_)) {
            self.picture(target.as_ref(), &link.dest, at, found);
        }
        target
    }

    fn target(
        &self,
        link: &Link,
        document: &Document,
        home: Home<'_>,
        at: &SourceLocation,
        found: &mut Found,
    ) -> Option<AnchoredTarget> {
        match &link.dest {
            Dest::File(path, None) if path.trim().is_empty() => None,
            Dest::Anchor(anchor) if anchor.is_empty() => None,
            Dest::Url(url) => {
                let leads_nowhere = document.faults.iter().any(|it| {
                    let of_address = matches!(
                        it.kind,
                        FaultKind::UnsafeUrl(_) | FaultKind::MalformedAddress(_)
                    );
                    of_address && it.range == link.range
                });
                (!leads_nowhere).then(|| {
                    found.outgoing.push((url.clone(), at.clone()));
                    LinkTarget::Web(url.clone()).into()
                })
            }
            Dest::Wiki(name) => self.wiki(name, at, found),
            Dest::Anchor(anchor) => self.here(anchor, document, home, at, found),
            Dest::File(path, anchor) => self.file(path, anchor.as_deref(), home, at, found),
        }
    }

    /// Reports what a picture's address leads to, where that is none.
    fn picture(
        &self,
        target: Option<&AnchoredTarget>,
        dest: &Dest,
        at: &SourceLocation,
        found: &mut Found,
    ) {
        match (target.map(|it| &it.item), dest) {
            (Some(LinkTarget::Web(url)), _) => found.push(not_a_picture::elsewhere(at, url)),
            (Some(LinkTarget::Asset(ix)), _) => {
                let path: &str = &self.assets[ix.index()];
                let name = path.to_ascii_lowercase();
                if !PICTURES.iter().any(|it| name.ends_with(it)) {
                    found.push(not_a_picture::report(at, path));
                }
            }
            (Some(_), Dest::File(path, _)) => found.push(not_a_picture::report(at, path)),
            (Some(_), Dest::Anchor(anchor)) => {
                found.push(not_a_picture::report(at, &format!("#{anchor}")));
            }
            _ => {}
        }
    }

    /// A page of the site by its route; whether it is there shows when the pages are planned.
    fn made_page(route: &str, at: &SourceLocation, found: &mut Found) -> AnchoredTarget {
        found.made.push((route.to_owned(), at.clone()));
        LinkTarget::SitePage(route.to_owned()).into()
    }

    pub(super) fn wiki(
        &self,
        name: &str,
        at: &SourceLocation,
        found: &mut Found,
    ) -> Option<AnchoredTarget> {
        if let Some((framework, id)) = name.split_once(':') {
            let framework = framework.trim();
            if framework == SITE && self.framework(framework).is_none() {
                return Some(Self::made_page(id.trim(), at, found));
            }
            let Some(ix) = self.framework(framework) else {
                self.no_framework(framework, at, found);
                return None;
            };
            let node = self.node(ix, at, id.trim(), found)?;
            return Some(LinkTarget::Node(node).into());
        }
        let target = self.find_target(name);
        if target.is_none() && !self.may_have_failed(name) {
            found.push(match self.meant(name, at) {
                Some(instead) => unresolved_link::meant(at, name, &instead),
                None => unresolved_link::report(at, name, self.own_titles()),
            });
        }
        target.map(Into::into)
    }

    /// What to write for a framework by its name, for a page of the guide or of the site by its route.
    fn meant(&self, name: &str, at: &SourceLocation) -> Option<String> {
        let mut frameworks = self.frameworks.iter();
        if let Some(it) = frameworks.find(|it| fold(&it.name) == fold(name)) {
            return Some(format!("[[{}]]", it.id));
        }
        let wanted = fold(name.trim_end_matches(".md"));
        let named = |path: &&SourcePath| {
            let route = fold(path[self.settings.content_dir.len()..].trim_end_matches(".md"));
            route == wanted || route.ends_with(&format!("/{wanted}"))
        };
        let path = self.pages.keys().filter(named).min()?;
        let path = relative(folder_of(&at.path), path);
        Some(format!("[words]({path})"))
    }

    /// Whether a name is of a draft that is left out, or could be of a record whose file could not be parsed.
    pub(super) fn may_have_failed(&self, name: &str) -> bool {
        let measure = name.split('.').next().unwrap_or(name);
        if self.records.is_draft(name) || self.records.is_draft(measure) {
            return true;
        }
        let framework = format!("frameworks/{name}/");
        self.failed(&framework, "framework")
            || self.failed("measures/", measure)
            || self.failed("use-cases/", name)
            || self.failed("threats", "threats")
            || self.failed("glossary", "glossary")
    }
}

/// Where a part of a run stands in the document.
fn within(run: &Run, part: &Range<usize>) -> Range<usize> {
    if run.words.is_none() {
        run.range.start + part.start..run.range.start + part.end
    } else {
        run.range.clone()
    }
}
