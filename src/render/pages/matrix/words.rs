//! The words of a matrix: what it is called, what it counts, how it is read.
//!
//! Entry: [`Subject::of`]. Invariant: every word comes from the framework's kinds and the style of its mappings.

use super::block_title;
use super::grids;
use crate::catalogue::{Catalogue, FrameworkIx, NodeIx};
use crate::render::page::{Page, counted};
use crate::site::{Against, Columns, Grid, Layout, Rows};

/// What the entry adds where there are others.
const OTHERS: &str = " The matrices of the frameworks count, for each measure, what it answers to, and give the reasons.";

/// The words of a page.
pub(super) struct Subject {
    pub heading: String,
    pub lead: String,
    pub caption: String,
    /// `categories`, `controls`, `use cases`.
    pub columns: String,
    /// `EUCS requirements`.
    pub nouns: String,
}

impl Subject {
    pub(super) fn of(page: &Page<'_>, grid: Grid, layout: &Layout) -> Self {
        let catalogue = page.catalogue();
        let mut it = match (grid.against, &layout.columns) {
            (_, Columns::UseCases(range)) if range.is_empty() => entry(),
            (Against::UseCases, _) => use_cases(&layout.rows),
            (Against::Framework(ix), _) => nodes(catalogue, ix, None, layout),
            (Against::Top(ix), _) => {
                nodes(catalogue, catalogue.node(ix).framework, Some(ix), layout)
            }
        };
        let entry =
            page.number == 0 && grid == Grid::all(Against::UseCases) && !it.columns.is_empty();
        if entry && !grids(page).matrix.entries().is_empty() {
            it.lead.push_str(OTHERS);
        }
        if let Some(at) = grid.block {
            it.heading = it.heading.replacen("Measures", &block_title(page, at), 1);
        }
        let count = grids(page).count(grid);
        if count > 1 {
            it.heading
                .push_str(&format!(", page {} of {count}", page.number + 1));
        }
        it
    }
}

/// Where there is nothing to set the measures against but frameworks.
fn entry() -> Subject {
    Subject {
        heading: "Matrices".to_owned(),
        lead: "A matrix sets the measures against a framework and counts what each of them answers to.".to_owned(),
        caption: String::new(),
        columns: String::new(),
        nouns: String::new(),
    }
}

fn use_cases(rows: &Rows) -> Subject {
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
    Subject {
        heading: "Measures and use cases".to_owned(),
        lead: lead.to_owned(),
        caption: caption.to_owned(),
        columns: "use cases".to_owned(),
        nouns: "Essential measures".to_owned(),
    }
}

fn nodes(
    catalogue: &Catalogue,
    framework: FrameworkIx,
    top: Option<NodeIx>,
    layout: &Layout,
) -> Subject {
    let it = catalogue.framework(framework);
    let (column, columns) = kind(catalogue, layout);
    let verb = if catalogue.is_supportive(framework) {
        "supports"
    } else {
        "addresses"
    };
    let nouns = format!("{} {}", it.name, catalogue.noun(framework).many);
    let (one, name) = match (&layout.rows, top) {
        (Rows::Measures(_), None) => ("measure", it.name.clone()),
        (Rows::Blocks(_), _) => ("group of measures", it.name.clone()),
        (_, Some(ix)) => (
            "measure",
            format!("{} {}", it.name, catalogue.node(ix).shown),
        ),
    };
    let counts = format!("umber of {nouns} that each {one} {verb}, by {column}");
    let lead = match (top, &layout.rows) {
        (Some(ix), Rows::Measures(rows)) => {
            top_lead(catalogue, ix, rows.len())
                + &format!(
                    " N{counts}, with how they relate; the reasons stand in the list under the table."
                )
        }
        _ => format!(
            "N{counts}. A number leads to the mappings behind it, an identifier above a column to the {column}’s own matrix. Where a cell is empty, no mapping is recorded."
        ),
    };
    Subject {
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

/// What the columns are, in the singular and the plural.
fn kind(catalogue: &Catalogue, layout: &Layout) -> (String, String) {
    let last = match &layout.columns {
        Columns::Nodes(nodes) => nodes.last(),
        Columns::UseCases(_) => None,
    };
    last.map_or_else(Default::default, |ix| {
        let kind = catalogue.kind_of(*ix);
        (kind.name.clone(), kind.plural.clone())
    })
}
