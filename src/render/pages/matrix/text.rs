//! The texts of a matrix: its title, what it counts, and how to read it.
//!
//! Entry: [`MatrixText::new`]. Invariant: the nouns and verbs come from the framework's kinds and the style of its mappings.

use super::block_title;
use super::grids;
use crate::catalogue::{Catalogue, FrameworkIx, NodeIx};
use crate::render::page::{Page, counted};
use crate::site::{Against, Columns, Grid, Layout, Rows};

/// A sentence on the first matrix, if the book has mappings.
const FRAMEWORK_MATRICES: &str = " The matrices of the frameworks count, for each measure, what it answers to, and give the reasons.";

/// The texts of a page.
pub(super) struct MatrixText {
    pub heading: String,
    pub lead: String,
    pub caption: String,
    /// `categories`, `controls`, `use cases`.
    pub columns: String,
    /// `EUCS requirements`.
    pub nouns: String,
}

impl MatrixText {
    pub(super) fn new(page: &Page<'_>, grid: Grid, layout: &Layout) -> Self {
        let catalogue = page.catalogue();
        let mut text = match (grid.against, &layout.columns) {
            (_, Columns::UseCases(range)) if range.is_empty() => empty_text(),
            (Against::UseCases, _) => use_case_text(&layout.rows),
            (Against::Framework(ix), _) => node_text(catalogue, ix, None, layout),
            (Against::Top(ix), _) => {
                node_text(catalogue, catalogue.node(ix).framework, Some(ix), layout)
            }
        };
        let is_entry =
            page.number == 0 && grid == Grid::all(Against::UseCases) && !text.columns.is_empty();
        if is_entry && !grids(page).matrix.entries().is_empty() {
            text.lead.push_str(FRAMEWORK_MATRICES);
        }
        if let Some(block) = grid.block {
            text.heading = text
                .heading
                .replacen("Measures", &block_title(page, block), 1);
        }
        let count = grids(page).count(grid);
        if count > 1 {
            text.heading
                .push_str(&format!(", page {} of {count}", page.number + 1));
        }
        text
    }
}

/// The text of a matrix without columns, in a book without use cases.
fn empty_text() -> MatrixText {
    MatrixText {
        heading: "Matrices".to_owned(),
        lead: "A matrix sets the measures against a framework and counts what each of them answers to.".to_owned(),
        caption: String::new(),
        columns: String::new(),
        nouns: String::new(),
    }
}

fn use_case_text(rows: &Rows) -> MatrixText {
    let (lead, caption) = match rows {
        Rows::Measures(_) => (
            "How much each measure weighs in each use case. A mark leads to its reason, in the list under the table.",
            "Relevance of each measure in each use case",
        ),
        Rows::Blocks(_) => (
            "How many measures of each group are essential in each use case. A number leads to the measures, with their marks and the reasons.",
            "Number of essential measures of each group, by use case",
        ),
    };
    MatrixText {
        heading: "Measures and use cases".to_owned(),
        lead: lead.to_owned(),
        caption: caption.to_owned(),
        columns: "use cases".to_owned(),
        nouns: "Essential measures".to_owned(),
    }
}

fn node_text(
    catalogue: &Catalogue,
    ix: FrameworkIx,
    top: Option<NodeIx>,
    layout: &Layout,
) -> MatrixText {
    let framework = catalogue.framework(ix);
    let (column, columns) = column_kind(catalogue, layout);
    let verb = if catalogue.is_supportive(ix) {
        "supports"
    } else {
        "addresses"
    };
    let nouns = format!("{} {}", framework.name, catalogue.noun(ix).many);
    let (one, name) = match (&layout.rows, top) {
        (Rows::Measures(_), None) => ("measure", framework.name.clone()),
        (Rows::Blocks(_), _) => ("group of measures", framework.name.clone()),
        (_, Some(top)) => (
            "measure",
            format!("{} {}", framework.name, catalogue.node(top).shown),
        ),
    };
    let counts = format!("umber of {nouns} that each {one} {verb}, by {column}");
    let lead = match (top, &layout.rows) {
        (Some(top), Rows::Measures(rows)) => {
            top_lead(catalogue, top, rows.len())
                + &format!(
                    " N{counts}, with how they relate; the reasons stand in the list under the table."
                )
        }
        _ => format!(
            "N{counts}. A number leads to the mappings behind it, an identifier above a column to the {column}’s own matrix. Where a cell is empty, no mapping is recorded."
        ),
    };
    MatrixText {
        heading: format!("Measures and {name}"),
        lead,
        caption: format!("N{counts}"),
        columns,
        nouns,
    }
}

fn top_lead(catalogue: &Catalogue, ix: NodeIx, rows: usize) -> String {
    let node = catalogue.node(ix);
    let all = counted(catalogue.measures.len(), "measure", "measures");
    let have = if rows == 1 { "has" } else { "have" };
    let name = node.name().unwrap_or(&node.shown);
    format!("{name}: {rows} of {all} {have} a mapping here.")
}

/// The kind of the columns, in the singular and the plural.
fn column_kind(catalogue: &Catalogue, layout: &Layout) -> (String, String) {
    let last = match &layout.columns {
        Columns::Nodes(nodes) => nodes.last(),
        Columns::UseCases(_) => None,
    };
    last.map_or_else(Default::default, |ix| {
        let kind = catalogue.kind_of(*ix);
        (kind.name.clone(), kind.plural.clone())
    })
}
