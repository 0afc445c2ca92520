//! A line more in a YAML file, with everything else left as its author wrote it.
//!
//! Entry: [`with_entry`]. Invariant: only adds; comments, order and quotes stay.

use super::{Node, Value, yaml};

/// The text with an entry more in the map under a key of the top; with the key itself where it is absent.
/// None where the text has no such map. The entry is one line of YAML, `key: value`.
#[must_use]
pub fn with_entry(text: &str, key: &str, entry: &str) -> Option<String> {
    let Value::Map(top) = yaml::tree(text).ok()?.value else {
        return None;
    };
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let Some((name, node)) = top.iter().find(|(name, _)| name.value == key) else {
        let gap = if text.ends_with('\n') { "" } else { end };
        return Some(format!("{text}{gap}{key}:{end}  {entry}{end}"));
    };
    match &node.value {
        Value::Map(_) if text[node.span.start..].starts_with('{') => {
            let at = node.span.start + 1;
            let rest = text[at..].trim_start();
            let comma = if rest.starts_with('}') { "" } else { "," };
            Some(format!("{} {entry}{comma}{}", &text[..at], &text[at..]))
        }
        Value::Map(entries) => {
            let (at, indent) = behind(text, entries)?;
            Some(insert(text, at, &format!("{indent}{entry}"), end))
        }
        Value::Null => {
            let at = line_end(text, name.span.end);
            Some(insert(text, at, &format!("  {entry}"), end))
        }
        _ => None,
    }
}

/// Where a block map ends, and how far its keys are indented.
fn behind<'a>(
    text: &'a str,
    entries: &[(super::Spanned<String>, Node)],
) -> Option<(usize, &'a str)> {
    let last = entries.last()?.0.span.start;
    let start = text[..last].rfind('\n').map_or(0, |at| at + 1);
    let indent = &text[start..last];
    let mut at = line_end(text, last);
    let mut next = at;
    for line in text[at..].split_inclusive('\n') {
        next += line.len();
        let blank = line.trim().is_empty();
        if !blank && line.len() - line.trim_start().len() <= indent.len() {
            break;
        }
        if !blank {
            at = next;
        }
    }
    Some((at, indent))
}

/// The offset behind the line of an offset, with its end.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

fn insert(text: &str, at: usize, line: &str, end: &str) -> String {
    let (before, after) = text.split_at(at);
    let gap = if before.ends_with('\n') { "" } else { end };
    format!("{before}{gap}{line}{end}{after}")
}

#[cfg(test)]
mod tests {
    use super::with_entry;

    #[track_caller]
    fn gives(text: &str, wanted: &str) {
        let out = with_entry(text, "use-cases", "new: { x: 1 }");
        assert_eq!(out.as_deref(), Some(wanted));
        assert!(super::yaml::tree(wanted).is_ok());
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
            assert_eq!(with_entry(text, "use-cases", "new: 1"), None, "{text}");
        }
    }
}
