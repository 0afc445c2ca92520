//! Inserts an entry into a map of a YAML file.
//!
//! Entry: [`insert_entry`]. Invariant: only adds text; comments, order and quotes stay as they are.

use super::{Node, Value, yaml};

/// Returns the text with an entry added to the map of a top-level key, which is added if it is absent; none if the value of the
/// key is no map. The entry is one line of YAML, `key: value`.
#[must_use]
pub fn insert_entry(text: &str, key: &str, entry: &str) -> Option<String> {
    let Value::Map(top) = yaml::parse_tree(text).ok()?.value else {
        return None;
    };
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let Some((name, node)) = top.iter().find(|(name, _)| name.value == key) else {
        let gap = if text.ends_with('\n') { "" } else { end };
        return Some(format!("{text}{gap}{key}:{end}  {entry}{end}"));
    };
    match &node.value {
        Value::Map(_) if text[node.span.start..].starts_with('{') => {
            let inside = node.span.start + 1;
            let rest = text[inside..].trim_start();
            let comma = if rest.starts_with('}') { "" } else { "," };
            Some(format!(
                "{} {entry}{comma}{}",
                &text[..inside],
                &text[inside..]
            ))
        }
        Value::Map(entries) => {
            let (offset, indent) = block_end(text, entries)?;
            Some(insert_line(text, offset, &format!("{indent}{entry}"), end))
        }
        Value::Null => {
            let offset = next_line(text, name.span.end);
            Some(insert_line(text, offset, &format!("  {entry}"), end))
        }
        _ => None,
    }
}

/// The offset after a block map, and the indentation of its keys.
fn block_end<'a>(
    text: &'a str,
    entries: &[(super::Spanned<String>, Node)],
) -> Option<(usize, &'a str)> {
    let last = entries.last()?.0.span.start;
    let start = text[..last].rfind('\n').map_or(0, |at| at + 1);
    let indent = &text[start..last];
    let mut end = next_line(text, last);
    let mut next = end;
    for line in text[end..].split_inclusive('\n') {
        next += line.len();
        let blank = line.trim().is_empty();
        if !blank && line.len() - line.trim_start().len() <= indent.len() {
            break;
        }
        if !blank {
            end = next;
        }
    }
    Some((end, indent))
}

/// The offset of the line after the one that contains `offset`.
fn next_line(text: &str, offset: usize) -> usize {
    text[offset..]
        .find('\n')
        .map_or(text.len(), |length| offset + length + 1)
}

fn insert_line(text: &str, offset: usize, line: &str, end: &str) -> String {
    let (before, after) = text.split_at(offset);
    let gap = if before.ends_with('\n') { "" } else { end };
    format!("{before}{gap}{line}{end}{after}")
}

#[cfg(test)]
mod tests {
    use super::insert_entry;

    #[track_caller]
    fn gives(text: &str, wanted: &str) {
        let out = insert_entry(text, "use-cases", "new: { x: 1 }");
        assert_eq!(out.as_deref(), Some(wanted));
        assert!(super::yaml::parse_tree(wanted).is_ok());
    }

    #[test]
    fn an_entry_is_added_and_the_rest_stays() {
        gives(
            "id: A # one\nuse-cases:   # each\n  old: { x: 2 }\n\n# Threats\nthreats: []\n",
            "id: A # one\nuse-cases:   # each\n  old: { x: 2 }\n  new: { x: 1 }\n\n# Threats\nthreats: []\n",
        );
        gives(
            "use-cases:\n    old:\n        x: >\n            a\n\n            b\nthreats: []\n",
            "use-cases:\n    old:\n        x: >\n            a\n\n            b\n    new: { x: 1 }\nthreats: []\n",
        );
        gives(
            "use-cases: { old: { x: 2 } }\n",
            "use-cases: { new: { x: 1 }, old: { x: 2 } }\n",
        );
        gives("use-cases: {}\n", "use-cases: { new: { x: 1 }}\n");
        gives("use-cases:\nb: 1\n", "use-cases:\n  new: { x: 1 }\nb: 1\n");
        gives("id: A", "id: A\nuse-cases:\n  new: { x: 1 }\n");
        gives(
            "id: A\r\nuse-cases:\r\n  old: { x: 2 }\r\n",
            "id: A\r\nuse-cases:\r\n  old: { x: 2 }\r\n  new: { x: 1 }\r\n",
        );
        gives(
            "use-cases:\n  old: { x: 2 }",
            "use-cases:\n  old: { x: 2 }\n  new: { x: 1 }\n",
        );
    }

    #[test]
    fn what_is_no_map_is_left_alone() {
        for text in ["use-cases: [a]\n", "- use-cases\n", "a: ["] {
            assert_eq!(insert_entry(text, "use-cases", "new: 1"), None, "{text}");
        }
    }
}
