//! Links prose: resolves its links and citations, and reports its faults.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

use super::super::rules::{duplicate_anchor, not_a_picture, unresolved_link};
use super::super::{AnchoredTarget, Cited, FrameworkIx, LinkTarget, Prose, TermIx, TermUse};
use super::LinkOutput;
use super::faults;
use super::index::Index;
use crate::markdown::citations::CitationTarget;
use crate::markdown::spelling::fold;
use crate::markdown::{Dest, Document, FaultKind, Link, Run};
use crate::paths::{folder_of, relative};
use crate::schema::{Body, Text};
use crate::source::{SourceLocation, SourcePath, Span};

/// The file and the record that a text belongs to.
#[derive(Clone, Copy)]
pub(super) struct TextContext<'a> {
    /// The file.
    pub path: &'a SourcePath,
    /// The framework that citations without a name refer to.
    pub cites: Option<FrameworkIx>,
    /// The record whose page shows the text with its headings; none for a text that several pages may show.
    pub own: Option<&'a LinkTarget>,
}

impl<'a> TextContext<'a> {
    pub(super) fn in_file(path: &'a SourcePath) -> Self {
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

    /// The same for a text on the page of a record.
    pub(super) fn on(self, own: &'a LinkTarget) -> Self {
        Self {
            own: Some(own),
            ..self
        }
    }
}

/// Endings of files that browsers show as pictures.
const PICTURE_ENDINGS: [&str; 6] = [".png", ".jpg", ".jpeg", ".svg", ".webp", ".gif"];

/// The prefix of links to pages of the site by route: `[[site:checklists]]`.
const SITE: &str = "site";

impl Index<'_> {
    /// The prose of a text in YAML.
    pub(super) fn text(
        &self,
        text: &Text,
        context: TextContext<'_>,
        output: &mut LinkOutput,
    ) -> Prose {
        // Called only if there is something to locate.
        let scalar = || {
            let source = self.sources.text(context.path).unwrap_or_default();
            let scalar = source.get(text.span.start..text.span.end);
            scalar.unwrap_or_default()
        };
        let words: &str = &text.document.text;
        // Plain scalars contain their text literally, and so do quoted ones without escapes.
        let text_offset = OnceCell::new();
        let locate = |range: &Range<usize>| {
            let find_text = || scalar().find(words).filter(|_| !words.is_empty());
            let offset = text_offset
                .get_or_init(find_text)
                .map(|offset| offset + range.start)
                .or_else(|| scalar().find(words.get(range.clone())?));
            offset.map_or(text.span, |offset| {
                let start = text.span.start + offset;
                Span::new(start, start + range.len())
            })
        };
        self.resolve(&text.document, context, &locate, output)
    }

    /// The prose of a Markdown file.
    pub(super) fn body(
        &self,
        body: &Body,
        context: TextContext<'_>,
        output: &mut LinkOutput,
    ) -> Prose {
        let locate =
            |range: &Range<usize>| Span::new(body.offset + range.start, body.offset + range.end);
        self.resolve(&body.document, context, &locate, output)
    }

    fn resolve(
        &self,
        document: &Arc<Document>,
        context: TextContext<'_>,
        locate: &dyn Fn(&Range<usize>) -> Span,
        output: &mut LinkOutput,
    ) -> Prose {
        let location = |range: &Range<usize>| SourceLocation {
            path: context.path.clone(),
            span: locate(range),
        };
        self.report_faults(document, &location, output);
        if self.settings.raw_html {
            for (url, range) in &document.html_links {
                output.external_links.push((url.clone(), location(range)));
            }
        }
        let link = |link: &Link| self.link(link, document, context, &location(&link.range), output);
        let targets = document.links.iter().map(link).collect();
        let anchors = context.own.map(|it| self.anchors(document, it));
        for (number, owner) in anchors.iter().flat_map(|it| &it.refused) {
            let heading = &document.headings[*number];
            let words = document.text.get(heading.range.clone()).unwrap_or_default();
            let end = heading.range.start + words.trim_end().len();
            let place = location(&(heading.range.start..end));
            let free = &anchors.as_ref().map_or("", |it| &it.ids[*number]);
            output.push(duplicate_anchor::of_heading(
                &place,
                &heading.wanted,
                *owner,
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
        let mentions = self.mentions(document, context);
        for (number, citation) in &mentions.citations {
            let run = &document.runs[*number];
            let place = || location(&range_in_document(run, &citation.range));
            // A citation in a heading is not linked, so that it is reported only if it leads nowhere.
            if run.in_heading
                && matches!(
                    citation.leads,
                    CitationTarget::Unclear(_) | CitationTarget::Number(_)
                )
            {
                continue;
            }
            if let Some(target) = self.citation(citation, run.text(document), &place, output)
                && !run.in_heading
            {
                prose.cited.push(Cited {
                    event: run.event,
                    range: citation.range.clone(),
                    target,
                });
            }
        }
        let is_cited = |event: usize, range: &Range<usize>| {
            let mut cited = prose.cited.iter().filter(|it| it.event == event);
            cited.any(|it| it.range.start < range.end && range.start < it.range.end)
        };
        for (number, range, term) in &mentions.terms {
            let event = document.runs[*number].event;
            if !is_cited(event, range) {
                prose.terms.push(TermUse {
                    event,
                    range: range.clone(),
                    term: TermIx::new(*term),
                });
            }
        }
        prose
    }

    fn report_faults(
        &self,
        document: &Document,
        location: &dyn Fn(&Range<usize>) -> SourceLocation,
        output: &mut LinkOutput,
    ) {
        for fault in &document.faults {
            if fault.kind != FaultKind::RawHtml || !self.settings.raw_html {
                output.push(faults::diagnostic(&fault.kind, &location(&fault.range)));
            }
        }
    }

    fn link(
        &self,
        link: &Link,
        document: &Document,
        context: TextContext<'_>,
        place: &SourceLocation,
        output: &mut LinkOutput,
    ) -> Option<AnchoredTarget> {
        let target = self.target(link, document, context, place, output);
        // An entry of a list on the site is hidden with the list.
        let list = match target.as_ref().map(|it| &it.item) {
            Some(LinkTarget::Threats | LinkTarget::Threat(_)) => Some("threats"),
            Some(LinkTarget::Glossary | LinkTarget::Term(_)) => Some("glossary"),
            _ => None,
        };
        output
            .linked_routes
            .extend(list.map(|it| (it.to_owned(), place.clone())));
        if link.image && !matches!(link.dest, Dest::Wiki(_)) {
            self.check_picture(target.as_ref(), &link.dest, place, output);
        }
        target
    }

    fn target(
        &self,
        link: &Link,
        document: &Document,
        context: TextContext<'_>,
        place: &SourceLocation,
        output: &mut LinkOutput,
    ) -> Option<AnchoredTarget> {
        match &link.dest {
            Dest::File(path, None) if path.trim().is_empty() => None,
            Dest::Anchor(anchor) if anchor.is_empty() => None,
            Dest::Url(url) => {
                let is_faulty = document.faults.iter().any(|fault| {
                    let is_address_fault = matches!(
                        fault.kind,
                        FaultKind::UnsafeUrl(_) | FaultKind::MalformedAddress(_)
                    );
                    is_address_fault && fault.range == link.range
                });
                (!is_faulty).then(|| {
                    output.external_links.push((url.clone(), place.clone()));
                    LinkTarget::Web(url.clone()).into()
                })
            }
            Dest::Wiki(name) => self.record_link(name, place, output),
            Dest::Anchor(anchor) => {
                self.anchor_on_own_page(anchor, document, context, place, output)
            }
            Dest::File(path, anchor) => {
                self.file_link(path, anchor.as_deref(), context, place, output)
            }
        }
    }

    /// Reports a picture whose address leads to something else.
    fn check_picture(
        &self,
        target: Option<&AnchoredTarget>,
        dest: &Dest,
        place: &SourceLocation,
        output: &mut LinkOutput,
    ) {
        match (target.map(|it| &it.item), dest) {
            (Some(LinkTarget::Web(url)), _) => output.push(not_a_picture::elsewhere(place, url)),
            (Some(LinkTarget::Asset(ix)), _) => {
                let path: &str = &self.assets[ix.index()];
                let name = path.to_ascii_lowercase();
                if !PICTURE_ENDINGS.iter().any(|it| name.ends_with(it)) {
                    output.push(not_a_picture::report(place, path));
                }
            }
            (Some(_), Dest::File(path, _)) => output.push(not_a_picture::report(place, path)),
            (Some(_), Dest::Anchor(anchor)) => {
                output.push(not_a_picture::report(place, &format!("#{anchor}")));
            }
            _ => {}
        }
    }

    /// A page of the site by its route, which is checked when the pages are planned.
    fn site_page(route: &str, place: &SourceLocation, output: &mut LinkOutput) -> AnchoredTarget {
        output.linked_routes.push((route.to_owned(), place.clone()));
        LinkTarget::SitePage(route.to_owned()).into()
    }

    pub(super) fn record_link(
        &self,
        name: &str,
        place: &SourceLocation,
        output: &mut LinkOutput,
    ) -> Option<AnchoredTarget> {
        if let Some((framework, id)) = name.split_once(':') {
            let framework = framework.trim();
            if framework == SITE && self.framework(framework).is_none() {
                return Some(Self::site_page(id.trim(), place, output));
            }
            let Some(ix) = self.framework(framework) else {
                self.report_unknown_framework(framework, place, output);
                return None;
            };
            let node = self.node(ix, place, id.trim(), output)?;
            return Some(LinkTarget::Node(node).into());
        }
        let target = self.find_target(name);
        if target.is_none() && !self.may_be_unparsed(name) {
            output.push(match self.suggestion(name, place) {
                Some(right) => unresolved_link::suggest(place, name, &right),
                None => unresolved_link::report(place, name, self.own_titles()),
            });
        }
        target.map(Into::into)
    }

    /// What to write instead of the name of a framework or the route of a page.
    fn suggestion(&self, name: &str, place: &SourceLocation) -> Option<String> {
        let mut frameworks = self.frameworks.iter();
        if let Some(it) = frameworks.find(|it| fold(&it.name) == fold(name)) {
            return Some(format!("[[{}]]", it.id));
        }
        let wanted = fold(name.trim_end_matches(".md"));
        let has_name = |path: &&SourcePath| {
            let route = fold(path[self.settings.content_dir.len()..].trim_end_matches(".md"));
            route == wanted || route.ends_with(&format!("/{wanted}"))
        };
        let path = self.pages.keys().filter(has_name).min()?;
        let path = relative(folder_of(&place.path), path);
        Some(format!("[words]({path})"))
    }

    /// Whether a name is of a draft that is left out, or may be defined in a file that could not be parsed.
    pub(super) fn may_be_unparsed(&self, name: &str) -> bool {
        let measure = name.split('.').next().unwrap_or(name);
        if self.records.is_draft(name) || self.records.is_draft(measure) {
            return true;
        }
        let framework = format!("frameworks/{name}/");
        self.is_unparsed(&framework, "framework")
            || self.is_unparsed("measures/", measure)
            || self.is_unparsed("use-cases/", name)
            || self.is_unparsed("threats", "threats")
            || self.is_unparsed("glossary", "glossary")
    }
}

/// The range in the document of a range in a run.
fn range_in_document(run: &Run, range: &Range<usize>) -> Range<usize> {
    if run.words.is_none() {
        run.range.start + range.start..run.range.start + range.end
    } else {
        run.range.clone()
    }
}
