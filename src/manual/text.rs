//! Markdown's small parts: code blocks, cells.

/// A code block, with a fence longer than any in the code.
pub(super) fn code(language: &str, code: &str) -> String {
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
pub(super) fn row(cells: &[&str]) -> String {
    let cells: Vec<_> = cells
        .iter()
        .map(|it| it.replace('|', "\\|").replace('\n', " "))
        .collect();
    format!("| {} |\n", cells.join(" | "))
}

/// A table's head.
pub(super) fn head(cells: &[&str]) -> String {
    format!("{}|{}\n", row(cells), "---|".repeat(cells.len()))
}
