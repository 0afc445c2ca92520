//! Checks what precedes the root element of an SVG: encoding and document type.
//!
//! Entry: [`decode`], [`fault`]. Invariant: the decoded text is the one that browsers decode.

use std::ops::Range;

use super::Fault;

/// Encodings in which all markup characters have their ASCII bytes.
const SAFE_ENCODINGS: [&str; 7] = [
    "utf-8",
    "utf8",
    "utf-16",
    "us-ascii",
    "ascii",
    "iso-8859-",
    "windows-125",
];

/// Decodes a file without its byte order mark; none if it is not UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Option<&str> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).ok(),
        // Without a byte order mark, browsers detect UTF-16 and UTF-32 by these zero bytes.
        [0, ..] | [_, 0, ..] => None,
        bytes => std::str::from_utf8(bytes).ok(),
    }
}

/// An encoding that could hide content, or a document type that declares entities or attributes.
pub(super) fn fault(text: &str) -> Option<Fault> {
    let declared = text
        .strip_prefix("<?xml")
        .and_then(|it| it.split_once("?>"));
    if let Some((declared, _)) = declared
        && let Some((_, value)) = declared.split_once("encoding")
    {
        let value = value.trim_start().trim_start_matches('=').trim_start();
        let name = value.get(1..).unwrap_or_default();
        let name = name.split(['"', '\'']).next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        if !SAFE_ENCODINGS.iter().any(|it| name.starts_with(it)) {
            let start = declared.find("encoding").unwrap_or_default() + "<?xml".len();
            return Some(Fault {
                range: start..declared.len() + "<?xml".len(),
                what: format!("the encoding `{name}` can hide what stands in the file"),
                help: "save it as UTF-8",
            });
        }
    }
    Some(Fault {
        range: doctype_with_subset(text)?,
        what: "entities and attributes are declared here".to_owned(),
        help: "save it as plain SVG, without `<!DOCTYPE … [ … ]>`",
    })
}

/// The range of the document type up to the start of its internal subset; none without a subset.
fn doctype_with_subset(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let blank = rest.len() - rest.trim_start().len();
        at += blank;
        let rest = &text[at..];
        let end = if rest.starts_with("<?") {
            rest.find("?>")? + 2
        } else if rest.starts_with("<!--") {
            rest.find("-->")? + 3
        } else if rest
            .get(..9)
            .is_some_and(|it| it.eq_ignore_ascii_case("<!doctype"))
        {
            let mut quote = None;
            for (offset, c) in rest.char_indices() {
                match (c, quote) {
                    ('"' | '\'', None) => quote = Some(c),
                    (c, Some(open)) if c == open => quote = None,
                    ('[', None) => return Some(at..at + offset + 1),
                    ('>', None) => return None,
                    _ => {}
                }
            }
            return Some(at..text.len());
        } else {
            return None;
        };
        at += end;
    }
}
