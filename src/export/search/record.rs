//! A record of the index.
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
    /// Its role on its page.
    pub role: RecordRole,
}

impl Record<'_> {
    /// Whether it is one of many nodes on a page of a framework.
    pub(super) fn is_detail(&self) -> bool {
        self.role == RecordRole::Part
            && matches!(self.facets.first(), Some(Facet::Kind(Kind::Node(..))))
    }
}

/// The role of a record on its page.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum RecordRole {
    /// The subject of the page.
    #[default]
    Main,
    /// A part of the page of the main record before it.
    Part,
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
