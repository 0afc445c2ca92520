//! The words of a text as a reader sees them: a link without words of its own is shown by the name of what it leads to.
//!
//! Entry: [`Catalogue::plain`], [`Catalogue::sections`]. Invariant: what comes out is text without marks; no mark-up, no address.

use std::borrow::Cow;

use super::{Catalogue, LinkTarget, Prose};
use crate::markdown::plain;

impl Catalogue {
    /// The words of a text without its marks.
    #[must_use]
    pub fn plain<'a>(&self, prose: &'a Prose) -> Cow<'a, str> {
        if let Some(words) = bare(prose) {
            return Cow::Borrowed(words);
        }
        let text = &prose.document.text;
        Cow::Owned(plain::linked(text, &mut |n| self.better(prose, n)))
    }

    /// The words under each heading, those before the first heading first.
    #[must_use]
    pub fn sections(&self, prose: &Prose) -> Vec<String> {
        let text = &prose.document.text;
        plain::sections(text, &mut |n| self.better(prose, n))
    }

    /// The words of the `n`-th link of a text, where its author gave it none.
    fn better(&self, prose: &Prose, n: usize) -> Option<String> {
        let worded = prose.document.links.get(n).is_none_or(|it| it.worded);
        let target = prose.links.get(n)?.as_ref().filter(|_| !worded)?;
        self.link_text(&target.item)
    }

    /// The words of a link to which its author gave none.
    #[must_use]
    pub fn link_text(&self, thing: &LinkTarget) -> Option<String> {
        Some(match thing {
            LinkTarget::Measure(ix) => self.measure(*ix).id.clone(),
            LinkTarget::Practice(ix) => self.practice(*ix).id.clone(),
            LinkTarget::Node(ix) => self.node(*ix).shown.clone(),
            LinkTarget::UseCase(ix) => self.use_case(*ix).title.clone(),
            LinkTarget::Framework(ix) => self.framework(*ix).name.clone(),
            LinkTarget::Threat(ix) => self.threat(*ix).title.to_lowercase(),
            LinkTarget::SitePage(route) => route.rsplit('/').next()?.replace('-', " "),
            LinkTarget::Page(ix) => self.page(*ix).title.clone(),
            _ => return None,
        })
    }
}

/// A text that is one run of plain words, as most are: it needs no second reading.
fn bare(prose: &Prose) -> Option<&str> {
    let document = &prose.document;
    (document.is_bare() || document.text.is_empty()).then_some(&document.text)
}
