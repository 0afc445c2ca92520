//! `uneven-table`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "uneven-table",
    severity: Severity::Warning,
    explain: "A row of a table has more cells than its head, and what stands in them is not shown; \
              or the row of hyphens has another number of cells than the head, and there is no \
              table at all. Each `|` begins a cell, also between backticks and in `[[…]]`: a bar \
              that is a sign of the text is written `\\|`. A row with fewer cells is filled up.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

| filter | finds |
|---|---|
| `web|mail` | both servers |
",
        )],
        path: "content/guide/hosting.md",
        marks: "both servers |",
    },
    good: Good::Change(
        "| `web|mail` | both servers |",
        r"| `web\|mail` | both servers |",
    ),
};

pub(crate) fn extra_cells(place: &SourceLocation, count: usize) -> Diagnostic {
    let cells = if count == 1 {
        "a cell".to_owned()
    } else {
        format!("{count} cells")
    };
    Diagnostic::new(
        &RULE,
        place,
        format!("this row has {cells} more than the table’s head"),
    )
    .label("not shown")
    .help("write `\\|` for a bar inside a cell, also between backticks and in `[[id\\|words]]`; or add a column to the head")
}

pub(crate) fn not_a_table(place: &SourceLocation) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        place,
        "this is no table: its head and the row under it differ in their number of cells",
    )
    .label("shown as words")
    .help("write as many cells here as the head has: `|---|---|` for two")
}

/// A line without a bar that stands directly under a table.
pub(crate) fn bare_row(place: &SourceLocation) -> Diagnostic {
    Diagnostic::new(&RULE, place, "this line under a table has no `|`")
        .label("shown as a row of the table")
        .help("write an empty line before it; if it is a row, `|` between its cells")
}
