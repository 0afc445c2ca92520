//! The plain text of prose as a reader sees it: a link without text is shown as the name of its target.
//!
//! Entry: [`Catalogue::plain`], [`Catalogue::sections`]. Invariant: the result has no mark-up and no addresses.

use std::borrow::Cow;

use super::{Catalogue, LinkTarget, Prose};
use crate::markdown::plain;

impl Catalogue {
    /// The text without mark-up.
    #[must_use]
    pub fn plain<'a>(&self, prose: &'a Prose) -> Cow<'a, str> {
        if let Some(text) = plain_run(prose) {
            return Cow::Borrowed(text);
        }
        let text = &prose.document.text;
        Cow::Owned(plain::linked(text, &mut |n| {
            self.missing_link_text(prose, n)
        }))
    }

    /// The text under each heading, after that before the first heading.
    #[must_use]
    pub fn sections(&self, prose: &Prose) -> Vec<String> {
        let text = &prose.document.text;
        plain::sections(text, &mut |n| self.missing_link_text(prose, n))
    }

    /// The text of the `n`-th link, if its author gave it none.
    fn missing_link_text(&self, prose: &Prose, n: usize) -> Option<String> {
        let has_text = prose.document.links.get(n).is_none_or(|it| it.worded);
        let target = prose.links.get(n)?.as_ref().filter(|_| !has_text)?;
        self.link_text(&target.item)
    }

    /// The text of a link without text of its own.
    #[must_use]
    pub fn link_text(&self, target: &LinkTarget) -> Option<String> {
        Some(match target {
            LinkTarget::Measure(ix) => self.measure(*ix).id.clone(),
            LinkTarget::Practice(ix) => self.practice(*ix).id.clone(),
            LinkTarget::Node(ix) => self.node(*ix).shown.clone(),
            LinkTarget::UseCase(ix) => self.use_case(*ix).title.clone(),
            LinkTarget::Framework(ix) => self.framework(*ix).name.clone(),
            LinkTarget::Threat(ix) => self.threat(*ix).title.to_lowercase(),
            LinkTarget::SitePage(route) => route.rsplit('/').next()?.replace('-', " "),
            LinkTarget::Page(ix) => self.page(*ix).title.clone(),
            LinkTarget::Home
            | LinkTarget::Term(_)
            | LinkTarget::Asset(_)
            | LinkTarget::Threats
            | LinkTarget::Glossary
            | LinkTarget::Here
            | LinkTarget::Web(_) => return None,
        })
    }
}

/// The text of prose that is a single plain run, as most is: nothing is to be removed.
fn plain_run(prose: &Prose) -> Option<&str> {
    let document = &prose.document;
    (document.is_bare() || document.text.is_empty()).then_some(&document.text)
}
