//! The page on writing: the supported Markdown, and alternatives to unsupported mark-up.
//!
//! Entry: [`page`]. Invariant: the list of unsupported mark-up is the one that the rule uses.

use super::text::{table_header, table_row};
use crate::markdown::unsupported::ALL;

/// The page.
#[must_use]
pub fn page() -> String {
    let mut out = include_str!("writing.md").to_owned();
    out.push_str(
        "\n## What is not supported\n\nThe mark-up of other programs is reported as \
         [`unsupported-markup`](rules.md#unsupported-markup), with what to write instead. Code is never looked at, so to show \
         any of it, put it into backticks.\n\n",
    );
    out.push_str(&table_header(&["what", "for example", "instead"]));
    for kind in ALL {
        let lines: Vec<_> = kind.example.lines().map(inline_code).collect();
        out.push_str(&table_row(&[kind.what, &lines.join(" "), kind.instead]));
    }
    out
}

/// A line as code, in more backticks than it contains in a row.
fn inline_code(line: &str) -> String {
    if line.contains('`') {
        format!("```` {line} ````")
    } else {
        format!("`{line}`")
    }
}
