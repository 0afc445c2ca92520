//! Prose on a page: links relative to it, citations and first uses of terms linked.

use super::chapter::{DEEPER, Output};
use super::html::Html;
use super::page::Page;
use super::raw;
use crate::catalogue::{AnchoredTarget, LinkTarget, Prose};
use crate::markdown::html::{self as markdown, Resolve, ResolvedLink, TextLink};

/// The HTML of a text: without a paragraph around an inline one.
pub(super) fn html(page: &Page<'_>, prose: &Prose) -> Html {
    let number = {
        let mut texts = page.seen.texts.borrow_mut();
        *texts += 1;
        *texts
    };
    let mut resolver = Resolver {
        page,
        prose,
        prefix: page.anchor(&format!("t{number}-")),
        plain: false,
    };
    Html(markdown::render(&prose.document, &mut resolver))
}

/// The same of a text that may be missing or empty.
pub(super) fn optional(page: &Page<'_>, prose: Option<&Prose>) -> Option<Html> {
    prose.filter(|it| !it.is_empty()).map(|it| html(page, it))
}

/// The HTML of an inline text without any link: for the inside of a link, or a summary in a list.
pub(super) fn unlinked(page: &Page<'_>, prose: &Prose) -> Html {
    let mut resolver = Resolver {
        page,
        prose,
        prefix: String::new(),
        plain: true,
    };
    Html(markdown::render(&prose.document, &mut resolver))
}

struct Resolver<'a, 'p> {
    page: &'a Page<'p>,
    prose: &'a Prose,
    prefix: String,
    plain: bool,
}

impl Resolver<'_, '_> {
    /// The path of a picture: unlike a page, a file stands beside the printed document.
    fn source(&self, target: &AnchoredTarget) -> Option<String> {
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

    /// A cited node in full.
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
                href: self.source(target),
                size: self.page.catalogue().picture_size(&target.item),
                ..ResolvedLink::default()
            };
        }
        let words = self.page.catalogue().link_text(&target.item);
        let class = Self::class(&target.item).filter(|_| !link.worded);
        let href = if self.plain {
            None
        } else {
            self.page.href(target)
        };
        ResolvedLink {
            href,
            words,
            class,
            size: None,
        }
    }

    fn anchor(&self, n: usize) -> Option<String> {
        let anchors = self.prose.anchors.as_ref().filter(|_| !self.plain)?;
        anchors.ids.get(n).map(|it| self.page.anchor(it))
    }

    fn marks(&mut self, event: usize) -> Vec<TextLink> {
        if self.plain {
            return Vec::new();
        }
        let cited = self.prose.cited.iter().filter(|it| it.event == event);
        let mut marks: Vec<_> = cited
            .filter_map(|it| {
                let target = AnchoredTarget::from(it.target.clone());
                let href = self.page.href(&target);
                // A citation that can't be reached in the printed document is a citation all the same.
                (href.is_some() || self.page.chapter().is_some()).then(|| TextLink {
                    range: it.range.clone(),
                    href,
                    class: "id",
                    label: self.label(&it.target),
                })
            })
            .collect();
        for it in self.prose.terms.iter().filter(|it| it.event == event) {
            if let (true, Some(href)) = (
                self.page.seen.terms.borrow_mut().insert(it.term),
                self.page.href(&LinkTarget::Term(it.term).into()),
            ) {
                marks.push(TextLink {
                    range: it.range.clone(),
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
        allowed.then(|| match self.page.output {
            Output::Page => html.to_owned(),
            Output::Chapter(chapter) => raw::fitted(self.page, chapter, html),
        })
    }

    fn levels_down(&self) -> u8 {
        match self.page.output {
            Output::Page => 0,
            Output::Chapter(_) => DEEPER,
        }
    }
}
