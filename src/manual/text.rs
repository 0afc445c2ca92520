//! Helpers that write Markdown: code blocks and tables.

/// A code block, with a fence that is longer than any in the code.
pub(super) fn code_block(language: &str, code: &str) -> String {
    let longest = code
        .lines()
        .map(str::trim_start)
        .map(|line| line.len() - line.trim_start_matches('`').len())
        .max();
    let fence = "`".repeat(longest.unwrap_or_default().max(2) + 1);
    let end = if code.ends_with('\n') { "" } else { "\n" };
    format!("{fence}{language}\n{code}{end}{fence}\n")
}

/// A row of a table.
pub(super) fn table_row(cells: &[&str]) -> String {
    let cells: Vec<_> = cells
        .iter()
        .map(|it| it.replace('|', "\\|").replace('\n', " "))
        .collect();
    format!("| {} |\n", cells.join(" | "))
}

/// The header of a table.
pub(super) fn table_header(cells: &[&str]) -> String {
    format!("{}|{}\n", table_row(cells), "---|".repeat(cells.len()))
}
