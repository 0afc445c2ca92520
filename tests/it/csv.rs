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

/// A cell as it was before it was made harmless.
pub fn undone(cell: &str) -> &str {
    assert!(
        !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
        "a formula: {cell:?}"
    );
    match cell.strip_prefix('\'') {
        Some(rest)
            if rest
                .trim_start_matches('\'')
                .starts_with(['=', '+', '-', '@', '\t', '\r']) =>
        {
            rest
        }
        _ => cell,
    }
}
