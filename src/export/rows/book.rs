//! What the book says of itself, its terms and its pages as rows.

use super::field::{Address, Text};
use super::{Record, row};
use crate::catalogue::{Catalogue, Guidance, LinkTarget, PageIx, TermIx};
use crate::config::Config;
use crate::site::Edition;

row! {
    /// What the book says of itself.
    BookRow {
        /// The name of the catalogue.
        title: &'a str,
        /// What it is, in a sentence.
        description: &'a str,
        /// The edition.
        version: &'a str,
        /// The date of the edition, as an ISO date.
        date: Option<&'a str>,
        /// The language of the texts, as a BCP 47 tag.
        language: &'a str,
        /// Who is answerable for the texts.
        authors: &'a [String],
        /// The licence of the content.
        licence: Option<&'a str>,
        /// What the catalogue is and is not.
        notice: Option<&'a str>,
        /// The address at which it is published; each `href` is relative to it.
        site: Option<&'a str>,
    }
}

row! {
    /// Prose in a file of its own, as its author wrote it.
    GuidanceRow {
        /// The file, by its path in the book.
        source: &'a str,
        /// The Markdown: `[[…]]` leads to the record of that id, other links are relative to the file.
        markdown: &'a str,
    }
}

row! {
    /// A term of the glossary.
    TermRow {
        /// The term.
        term: &'a str,
        /// Other words for it.
        also: &'a [String],
        /// What it means.
        text: Text<'a>,
        /// Terms to read next.
        see: Vec<&'a str>,
        /// The address of its place, from the site's root.
        href: Address<'a>,
    }
}

row! {
    /// A page of prose.
    PageRow {
        /// The title.
        title: &'a str,
        /// What the reader finds.
        summary: Text<'a>,
        /// Other words under which it is searched, such as abbreviations and words of other languages.
        keywords: &'a [String],
        /// The address, from the site's root.
        href: Address<'a>,
    }
}

impl<'a> BookRow<'a> {
    /// The row of a book.
    pub(in crate::export) fn new(config: &'a Config) -> Self {
        let (it, html) = (&config.book, &config.output.html);
        Self {
            title: &it.title,
            description: &it.description,
            version: &it.version,
            date: it.date.as_deref(),
            language: &it.language,
            authors: &it.authors,
            licence: html.licence.as_deref(),
            notice: html.notice.as_deref(),
            site: html.site_url.as_deref(),
        }
    }
}

impl<'a> GuidanceRow<'a> {
    /// The row of a prose.
    pub(super) fn new(guidance: &'a Guidance) -> Self {
        Self {
            source: &guidance.path,
            markdown: &guidance.prose.document.text,
        }
    }
}

impl<'a> Record<'a> for TermRow<'a> {
    type Key = TermIx;

    fn keys(catalogue: &'a Catalogue) -> impl Iterator<Item = TermIx> {
        (0..catalogue.terms.len()).map(TermIx::new)
    }

    fn row(edition: Edition<'a>, key: TermIx) -> Self {
        let term = edition.catalogue.term(key);
        let see = term.see.iter().map(|ix| &edition.catalogue.term(*ix).term);
        Self {
            term: &term.term,
            also: &term.also,
            text: edition.text(&term.text),
            see: see.map(String::as_str).collect(),
            href: edition.address(LinkTarget::Term(key)),
        }
    }
}

impl<'a> Record<'a> for PageRow<'a> {
    type Key = PageIx;

    fn keys(catalogue: &'a Catalogue) -> impl Iterator<Item = PageIx> {
        (0..catalogue.pages.len()).map(PageIx::new)
    }

    fn row(edition: Edition<'a>, key: PageIx) -> Self {
        let page = edition.catalogue.page(key);
        Self {
            title: &page.title,
            summary: edition.text(&page.summary),
            keywords: &page.keywords,
            href: edition.address(LinkTarget::Page(key)),
        }
    }
}
