//! A reader of CSV that is strict enough for tests: RFC 4180 and nothing more.

/// The records of a text as RFC 4180 says: lines that end with CR LF, quotation marks doubled inside quotation marks.
pub fn records(text: &str) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut record = Vec::new();
        loop {
            let (cell, after) = match rest.strip_prefix('"') {
                Some(quoted) => quoted_cell(quoted),
                None => {
                    let end = rest.find([',', '\r']).expect("a line ends with CR LF");
                    assert!(!rest[..end].contains(['"', '\n']), "{:?}", &rest[..end]);
                    (rest[..end].to_owned(), &rest[end..])
                }
            };
            record.push(cell);
            if let Some(after) = after.strip_prefix(',') {
                rest = after;
            } else {
                rest = after.strip_prefix("\r\n").expect("a line ends with CR LF");
                break;
            }
        }
        out.push(record);
    }
    out
}

fn quoted_cell(text: &str) -> (String, &str) {
    let mut out = String::new();
    let mut rest = text;
    loop {
        let end = rest.find('"').expect("a quoted cell ends");
        out.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('"') {
            Some(after) => {
                out.push('"');
                rest = after;
            }
            None => return (out, rest),
        }
    }
}

const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A cell without the apostrophes that keep spreadsheets from reading formulas.
pub fn unescape_formula(cell: &str) -> String {
    let begins = |it: &str| it.starts_with(SIGNS) || it.starts_with(['\t', '\r', '\n']);
    assert!(!begins(cell), "a formula: {cell:?}");
    let first = cell.starts_with('\'') && begins(cell.trim_start_matches('\''));
    let cell = if first { &cell[1..] } else { cell };
    let mut out = String::new();
    for (at, part) in cell
        .split_inclusive([';', ',', '\t', '\r', '\n'])
        .enumerate()
    {
        let inner = part.trim_start_matches([' ', '\u{a0}', '"']);
        out.push_str(&part[..part.len() - inner.len()]);
        let marked = at > 0 && inner.trim_start_matches('\'').starts_with(SIGNS);
        let number = |it: &str| it.chars().all(|c| "+-.0123456789\" ;,\t\r\n".contains(c));
        assert!(
            !marked || inner.starts_with('\'') || number(inner),
            "a formula: {part:?}"
        );
        out.push_str(inner.strip_prefix('\'').filter(|_| marked).unwrap_or(inner));
    }
    out
}
