//! The catalogue as data: one JSON file with all of it, tables as CSV, and a text that says what they are.
//!
//! Entry: [`put`]; [`downloads`] for the page that leads to them. Texts are plain words, addresses are relative to the
//! site's root. Invariant: the same catalogue gives the same bytes, and nothing names a path outside the book.

mod cover;
mod csv;
mod json;
mod readme;

use rayon::prelude::*;

use crate::catalogue::{Catalogue, MeasureIx, NodeIx, Standing, Target, ThreatIx, UseCaseIx};
use crate::output::{Sink, WriteTo};
use crate::site::{DataTable, Downloads, Edition};

pub use csv::neutral;

/// The folder of the data in the site.
pub(super) const FOLDER: &str = "data/";
/// All of the catalogue.
const DOCUMENT: &str = "catalogue.json";
/// What the document is made of.
const SCHEMA: &str = "catalogue.schema.json";
/// What the files are.
const README: &str = "README.txt";

/// Hands over every file.
pub fn put(edition: Edition<'_>, to: &dyn Sink) {
    let text = |name: &str, bytes: Vec<u8>| to.put(&format!("{FOLDER}{name}"), &bytes);
    let written = |name: &str, write: WriteTo<'_>| {
        to.put_written(&format!("{FOLDER}{name}"), write);
    };
    text(SCHEMA, json::schema());
    text(README, readme::bytes(edition));
    let document = || written(DOCUMENT, &|to| json::write(edition, to));
    let table = |it: &csv::Made| written(it.name, &|to| (it.write)(edition, to));
    rayon::join(document, || csv::ALL.par_iter().for_each(table));
}

/// What there is to download, without making it.
#[must_use]
pub fn downloads(catalogue: &Catalogue) -> Downloads {
    let route = |name: &str| format!("{FOLDER}{name}");
    let tables = csv::ALL.iter().map(|it| DataTable {
        route: route(it.name),
        name: it.name,
        of: it.of,
        rows: (it.rows)(catalogue),
        columns: it.columns,
    });
    Downloads {
        document: route(DOCUMENT),
        schema: route(SCHEMA),
        readme: route(README),
        lists: json::lists(catalogue),
        tables: tables.collect(),
    }
}

impl<'a> Edition<'a> {
    /// The address of a thing's page from the site's root; empty where it has none.
    fn href(self, thing: impl Into<Target>) -> String {
        let thing = thing.into();
        let address = self.site.address(self.catalogue, &thing);
        address.map_or_else(String::new, |it| it.seen_from(""))
    }

    /// The node that decides how a leaf stands: itself or one above; none for what is open or not counted.
    fn decided_at(self, ix: NodeIx) -> Option<&'a str> {
        let at = match self.coverage.standing(ix)? {
            Standing::Mapped => self.coverage.mapped_at(self.catalogue, ix),
            Standing::Justified => self.coverage.gap_at(self.catalogue, ix).map(|(at, _)| at),
            Standing::Open => None,
        };
        at.map(|it| self.node_id(it))
    }

    /// The identifier of a node's framework.
    fn framework_id(self, ix: NodeIx) -> &'a str {
        let node = self.catalogue.node(ix);
        &self.catalogue.framework(node.framework).id
    }

    /// The identifiers of measures.
    fn measure_ids(self, list: &[MeasureIx]) -> Vec<&'a str> {
        let ids = list.iter().map(|ix| &self.catalogue.measure(*ix).id);
        ids.map(String::as_str).collect()
    }

    /// The identifiers of threats.
    fn threat_ids(self, list: &[ThreatIx]) -> Vec<&'a str> {
        let ids = list.iter().map(|ix| &self.catalogue.threat(*ix).id);
        ids.map(String::as_str).collect()
    }

    /// The identifiers of use cases.
    fn use_case_ids(self, list: &[UseCaseIx]) -> Vec<&'a str> {
        let ids = list.iter().map(|ix| &self.catalogue.use_case(*ix).id);
        ids.map(String::as_str).collect()
    }

    /// The framework's identifier of a node.
    fn node_id(self, ix: NodeIx) -> &'a str {
        &self.catalogue.node(ix).id
    }
}
