//! The page on writing: what Markdown can do here, and what to write instead of what it can't.
//!
//! Entry: [`page`]. Invariant: every kind of mark-up that is reported is listed, from the list by which it is found.

use super::text::{head, row};
use crate::markdown::unsupported::ALL;

/// All that an author can write.
#[must_use]
pub fn page() -> String {
    let mut out = include_str!("writing.md").to_owned();
    out.push_str(
        "\n## What is not supported\n\nThe mark-up of other programs is reported as \
         [`unsupported-markup`](rules.md#unsupported-markup), with what to write instead. Code is never looked at, so to show \
         any of it, put it into backticks.\n\n",
    );
    out.push_str(&head(&["what", "for example", "instead"]));
    for kind in ALL {
        let lines: Vec<_> = kind.example.lines().map(code).collect();
        out.push_str(&row(&[kind.what, &lines.join(" "), kind.instead]));
    }
    out
}

/// A line as code, between more backticks than it holds in a row.
fn code(line: &str) -> String {
    if line.contains('`') {
        format!("```` {line} ````")
    } else {
        format!("`{line}`")
    }
}
