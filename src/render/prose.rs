//! Prose on a page: with relative links, and links on citations and the first uses of terms.

use super::chapter::{HEADING_OFFSET, RenderMode};
use super::html::Html;
use super::page::Page;
use super::raw;
use crate::catalogue::{AnchoredTarget, LinkTarget, Prose};
use crate::markdown::html::{self as markdown, Resolve, ResolvedLink, TextLink};

/// The HTML of a text; an inline text has no paragraph around it.
pub(super) fn html(page: &Page<'_>, prose: &Prose) -> Html {
    let number = {
        let mut texts = page.state.texts.borrow_mut();
        *texts += 1;
        *texts
    };
    let mut resolver = Resolver {
        page,
        prose,
        prefix: page.anchor(&format!("t{number}-")),
        linked: true,
    };
    Html(markdown::render(&prose.document, &mut resolver))
}

/// The HTML of an optional text; `None` if it is missing or empty.
pub(super) fn optional(page: &Page<'_>, prose: Option<&Prose>) -> Option<Html> {
    prose.filter(|it| !it.is_empty()).map(|it| html(page, it))
}

/// The HTML of an inline text without links: for the content of a link, or a summary in a list.
pub(super) fn unlinked(page: &Page<'_>, prose: &Prose) -> Html {
    let mut resolver = Resolver {
        page,
        prose,
        prefix: String::new(),
        linked: false,
    };
    Html(markdown::render(&prose.document, &mut resolver))
}

struct Resolver<'a, 'p> {
    page: &'a Page<'p>,
    prose: &'a Prose,
    prefix: String,
    /// Whether links are rendered as links, else as plain text.
    linked: bool,
}

impl Resolver<'_, '_> {
    /// The path of a picture. Unlike a page, a file of the site also exists next to the printed document.
    fn picture_path(&self, target: &AnchoredTarget) -> Option<String> {
        let site = self.page.renderer.site;
        let address = site.address(self.page.catalogue(), target);
        match address.filter(|_| !matches!(target.item, LinkTarget::Web(_))) {
            Some(address) => Some(address.seen_from(self.page.file())),
            None => self.page.href(target),
        }
    }

    fn class(thing: &LinkTarget) -> Option<&'static str> {
        matches!(
            thing,
            LinkTarget::Measure(_) | LinkTarget::Practice(_) | LinkTarget::Node(_)
        )
        .then_some("id")
    }

    /// The full citation of a node.
    fn label(&self, thing: &LinkTarget) -> Option<String> {
        match thing {
            LinkTarget::Node(ix) => Some(self.page.catalogue().node(*ix).shown.clone()),
            _ => None,
        }
    }
}

impl Resolve for Resolver<'_, '_> {
    fn link(&mut self, n: usize) -> ResolvedLink {
        let link = &self.prose.document.links[n];
        let Some(Some(target)) = self.prose.links.get(n) else {
            let words = match &link.dest {
                crate::markdown::Dest::Wiki(name) => Some(name.clone()),
                _ => None,
            };
            return ResolvedLink {
                href: None,
                words: words.filter(|_| !link.worded),
                ..ResolvedLink::default()
            };
        };
        if link.image {
            return ResolvedLink {
                href: self.picture_path(target),
                size: self.page.catalogue().picture_size(&target.item),
                ..ResolvedLink::default()
            };
        }
        let words = self.page.catalogue().link_text(&target.item);
        let class = Self::class(&target.item).filter(|_| !link.worded);
        let href = if self.linked {
            self.page.href(target)
        } else {
            None
        };
        ResolvedLink {
            href,
            words,
            class,
            size: None,
        }
    }

    fn anchor(&self, n: usize) -> Option<String> {
        let anchors = self.prose.anchors.as_ref().filter(|_| self.linked)?;
        anchors.ids.get(n).map(|it| self.page.anchor(it))
    }

    fn marks(&mut self, event: usize) -> Vec<TextLink> {
        if !self.linked {
            return Vec::new();
        }
        let cited = self.prose.cited.iter().filter(|it| it.event == event);
        let mut marks: Vec<_> = cited
            .filter_map(|citation| {
                let target = AnchoredTarget::from(citation.target.clone());
                let href = self.page.href(&target);
                // In the printed document, a citation that can't be linked is still marked as one.
                (href.is_some() || self.page.chapter().is_some()).then(|| TextLink {
                    range: citation.range.clone(),
                    href,
                    class: "id",
                    label: self.label(&citation.target),
                })
            })
            .collect();
        for term_use in self.prose.terms.iter().filter(|it| it.event == event) {
            if let (true, Some(href)) = (
                self.page
                    .state
                    .linked_terms
                    .borrow_mut()
                    .insert(term_use.term),
                self.page.href(&LinkTarget::Term(term_use.term).into()),
            ) {
                marks.push(TextLink {
                    range: term_use.range.clone(),
                    href: Some(href),
                    class: "term",
                    label: None,
                });
            }
        }
        marks.sort_by_key(|it| it.range.start);
        marks
    }

    fn prefix(&self) -> &str {
        &self.prefix
    }

    fn raw_html(&self, html: &str) -> Option<String> {
        let allowed = self.page.config().markdown.raw_html;
        allowed.then(|| match self.page.mode {
            RenderMode::Page => html.to_owned(),
            RenderMode::Chapter(chapter) => raw::adapt(self.page, chapter, html),
        })
    }

    fn levels_down(&self) -> u8 {
        match self.page.mode {
            RenderMode::Page => 0,
            RenderMode::Chapter(_) => HEADING_OFFSET,
        }
    }
}
