//! A record of the index: what is known of a thing that can be found.
//!
//! Invariant: nothing here knows where a record comes from.

use std::borrow::Cow;

use super::facets::{Facet, Kind};

/// A thing that can be found.
#[derive(Debug, Default)]
pub(super) struct Record<'a> {
    /// Its identifier, as it is shown; empty where it has none.
    pub id: Cow<'a, str>,
    /// Its name.
    pub title: Cow<'a, str>,
    /// Its address from the top of the site.
    pub href: String,
    /// The keys of its identifiers.
    pub keys: Vec<String>,
    /// Other names, which count as the title does.
    pub names: Vec<&'a str>,
    /// Words under which it is searched, which count almost as the title does.
    pub keywords: Vec<&'a str>,
    /// The identifier that the official text prints, where it misprints.
    pub printed: Option<&'a str>,
    /// What it says in short.
    pub summary: Cow<'a, str>,
    /// What it says at length.
    pub sections: Vec<Section<'a>>,
    /// What it can be filtered by, sorted, each once.
    pub facets: Vec<Facet>,
    /// How it stands to its page.
    pub subject: Subject,
}

impl Record<'_> {
    /// Whether it is one of many nodes on a page of a framework.
    pub(super) fn is_detail(&self) -> bool {
        self.subject == Subject::Before
            && matches!(self.facets.first(), Some(Facet::Kind(Kind::Node(..))))
    }
}

/// How a record stands to its page.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// The page is about it.
    #[default]
    Own,
    /// It stands on the page of the subject before it.
    Before,
}

/// A part of a longer text.
#[derive(Debug)]
pub(super) struct Section<'a> {
    /// Its anchor; empty at the top of its page.
    pub anchor: &'a str,
    /// Its heading; empty at the top.
    pub heading: &'a str,
    /// Its words.
    pub text: Cow<'a, str>,
}
