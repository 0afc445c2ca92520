//! Prose on a page: links relative to it, citations and first uses of terms linked.

use super::html::Html;
use super::page::Page;
use crate::catalogue::{Prose, Target, Thing};
use crate::markdown::html::{self as markdown, Mark, Resolve, Shown};

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
        prefix: format!("t{number}-"),
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
    fn class(thing: &Thing) -> Option<&'static str> {
        matches!(
            thing,
            Thing::Measure(_) | Thing::Practice(_) | Thing::Node(_)
        )
        .then_some("id")
    }

    /// A cited node in full.
    fn label(&self, thing: &Thing) -> Option<String> {
        match thing {
            Thing::Node(ix) => Some(self.page.catalogue().node(*ix).shown.clone()),
            _ => None,
        }
    }
}

impl Resolve for Resolver<'_, '_> {
    fn link(&mut self, n: usize) -> Shown {
        let link = &self.prose.document.links[n];
        let Some(Some(target)) = self.prose.targets.get(n) else {
            let words = match &link.dest {
                crate::markdown::Dest::Wiki(name) => Some(name.clone()),
                _ => None,
            };
            return Shown {
                href: None,
                words: words.filter(|_| !link.worded),
                ..Shown::default()
            };
        };
        if link.image {
            return Shown {
                href: self.page.href(target),
                size: self.page.catalogue().picture_size(&target.thing),
                ..Shown::default()
            };
        }
        let words = self.page.catalogue().link_words(&target.thing);
        let class = Self::class(&target.thing).filter(|_| !link.worded);
        let href = if self.plain {
            None
        } else {
            self.page.href(target)
        };
        Shown {
            href,
            words,
            class,
            size: None,
        }
    }

    fn anchor(&self, n: usize) -> Option<&str> {
        let anchors = &self.prose.anchors.as_ref()?.ids;
        anchors.get(n).map(String::as_str).filter(|_| !self.plain)
    }

    fn marks(&mut self, event: usize) -> Vec<Mark> {
        if self.plain {
            return Vec::new();
        }
        let cited = self.prose.cited.iter().filter(|it| it.event == event);
        let mut marks: Vec<_> = cited
            .filter_map(|it| {
                let href = self.page.href(&Target::from(it.thing.clone()))?;
                Some(Mark {
                    range: it.range.clone(),
                    href,
                    class: "id",
                    label: self.label(&it.thing),
                })
            })
            .collect();
        for it in self.prose.terms.iter().filter(|it| it.event == event) {
            if let (true, Some(href)) = (
                self.page.seen.terms.borrow_mut().insert(it.term),
                self.page.href(&Thing::Term(it.term).into()),
            ) {
                marks.push(Mark {
                    range: it.range.clone(),
                    href,
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

    fn raw_html(&self) -> bool {
        self.page.config().markdown.raw_html
    }
}
