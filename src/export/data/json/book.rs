//! What the book says of itself, its terms and its pages as records.
//!
//! Invariant: each key stands in each record; what is not said is `null` or an empty list. Texts are plain words.

use schemars::JsonSchema;
use serde::Serialize;

use super::Words;
use crate::catalogue::{Guidance, PageIx, TermIx, Thing};
use crate::config::Config;
use crate::export::data::Edition;

/// What the book says of itself.
#[derive(Serialize, JsonSchema)]
pub(super) struct BookRow<'a> {
    /// The name of the catalogue.
    pub title: &'a str,
    /// What it is, in a sentence.
    pub description: &'a str,
    /// The edition.
    pub version: &'a str,
    /// The date of the edition, as an ISO date.
    pub date: Option<&'a str>,
    /// The language of the texts, as a BCP 47 tag.
    pub language: &'a str,
    /// Who is answerable for the texts.
    pub authors: &'a [String],
    /// The licence of the content.
    pub licence: Option<&'a str>,
    /// What the catalogue is and is not.
    pub notice: Option<&'a str>,
    /// The address at which it is published; each `href` is relative to it.
    pub site: Option<&'a str>,
}

/// Prose in a file of its own, as its author wrote it.
#[derive(Serialize, JsonSchema)]
pub(super) struct GuidanceRow<'a> {
    /// The file, by its path in the book.
    pub source: &'a str,
    /// The Markdown: `[[…]]` leads to the record of that id, other links are relative to the file.
    pub markdown: &'a str,
}

/// A term of the glossary.
#[derive(Serialize, JsonSchema)]
pub(super) struct TermRow<'a> {
    /// The term.
    pub term: &'a str,
    /// Other words for it.
    pub also: &'a [String],
    /// What it means.
    pub text: Words<'a>,
    /// Terms to read next.
    pub see: Vec<&'a str>,
    /// The address of its place, from the site's root.
    pub href: String,
}

/// A page of prose.
#[derive(Serialize, JsonSchema)]
pub(super) struct PageRow<'a> {
    /// The title.
    pub title: &'a str,
    /// What the reader finds.
    pub summary: Words<'a>,
    /// Other words under which it is searched, such as abbreviations and words of other languages.
    pub keywords: &'a [String],
    /// The address, from the site's root.
    pub href: String,
}

pub(super) fn book(config: &Config) -> BookRow<'_> {
    let (it, html) = (&config.book, &config.output.html);
    BookRow {
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

impl<'a> GuidanceRow<'a> {
    /// The record of a prose.
    pub(super) fn of(it: &'a Guidance) -> Self {
        Self {
            source: &it.path,
            markdown: &it.prose.document.text,
        }
    }
}

pub(super) fn term(edition: Edition<'_>, ix: TermIx) -> TermRow<'_> {
    let catalogue = edition.catalogue;
    let it = catalogue.term(ix);
    TermRow {
        term: &it.term,
        also: &it.also,
        text: catalogue.plain(&it.text),
        see: it
            .see
            .iter()
            .map(|ix| catalogue.term(*ix).term.as_str())
            .collect(),
        href: edition.href(Thing::Term(ix)),
    }
}

pub(super) fn page(edition: Edition<'_>, ix: PageIx) -> PageRow<'_> {
    let it = edition.catalogue.page(ix);
    PageRow {
        title: &it.title,
        summary: edition.catalogue.plain(&it.summary),
        keywords: &it.keywords,
        href: edition.href(Thing::Page(ix)),
    }
}
