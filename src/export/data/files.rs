//! The files of the data: each with its name, what it holds, and what writes it.
//!
//! Entry: [`FILES`], from which the files are written; [`downloads`], from which the data page is made and `README.txt`. Invariant: a table has one row for
//! each record, in the catalogue's order.

use std::io::{Result, Write};

use super::{csv, document, readme};
use crate::catalogue::Catalogue;
use crate::export::rows::{
    CoverageRow, MappingRow, MeasureRow, NodeRow, PracticeRow, Record, RelevanceRow,
};
use crate::site::{DataFile, Downloads, Edition, Holds};

/// The folder of the data in the site.
pub const FOLDER: &str = "data/";

/// A file of the data.
pub(super) struct File {
    /// Its name.
    pub name: &'static str,
    /// What it holds, in a sentence.
    pub about: &'static str,
    /// What it holds, as readers of the data page see it.
    pub holds: fn(&Catalogue) -> Holds,
    /// Writes it.
    pub write: fn(Edition<'_>, &mut dyn Write) -> Result<()>,
}

/// A table with a row for each record of a kind.
macro_rules! table {
    ($name:literal, $row:ident, $about:literal) => {
        File {
            name: $name,
            about: $about,
            holds: |it| Holds::Table {
                rows: <$row<'_> as Record<'_>>::keys(it).count(),
                columns: csv::columns::<$row<'_>>(),
            },
            write: |it, to| csv::write::<$row<'_>>(it, to),
        }
    };
}

/// Every file.
pub(super) static FILES: [File; 9] = [
    File {
        name: "catalogue.json",
        about: "The whole catalogue, a record a line.",
        holds: |it| Holds::Document(document::lists(it)),
        write: document::write,
    },
    File {
        name: document::SCHEMA,
        about: "Its JSON Schema: every key and its meaning.",
        holds: |_| Holds::Schema,
        write: |_, to| to.write_all(document::schema().as_bytes()),
    },
    table!(
        "measures.csv",
        MeasureRow,
        "Measures: who acts, when, and the use cases in which each weighs."
    ),
    table!(
        "practices.csv",
        PracticeRow,
        "Practices: statements that can be checked, with the evidence to ask for."
    ),
    table!(
        "relevance.csv",
        RelevanceRow,
        "How much each measure weighs in each use case, and why."
    ),
    table!(
        "mappings.csv",
        MappingRow,
        "Mappings: how practices, or measures as a whole, relate to nodes of frameworks, and why."
    ),
    table!(
        "requirements.csv",
        NodeRow,
        "Nodes of frameworks, such as requirements and articles: what each says, and whether it is mapped, left out \
         with a reason, or open."
    ),
    table!(
        "coverage.csv",
        CoverageRow,
        "Coverage by top node and level: how many nodes are mapped, left out with a reason, or open. Each node that \
         can be mapped and has none such under it is counted once."
    ),
    File {
        name: "README.txt",
        about: "Edition, licence, notice and the meaning of every column, to keep beside the files.",
        holds: |_| Holds::Manual,
        write: |it, to| to.write_all(&readme::bytes(it, &downloads(it.catalogue))),
    },
];

/// What there is to download, without making it.
#[must_use]
pub fn downloads(catalogue: &Catalogue) -> Downloads {
    let files = FILES.iter().map(|it| DataFile {
        route: format!("{FOLDER}{}", it.name),
        name: it.name,
        about: it.about,
        holds: (it.holds)(catalogue),
    });
    Downloads {
        files: files.collect(),
    }
}
