//! Raw HTML in Markdown: finds its anchors, and adapts it to the printed document.
//!
//! Entry: [`ids`], [`adapt`]. Invariant: only the names of heading elements and the values of attributes are changed.

use std::ops::Range;

use super::chapter::{Chapter, HEADING_OFFSET};
use super::page::Page;
use crate::markdown::html::escape;
use crate::paths::{folder_of, resolve};

/// The attributes with a list of ids, separated by whitespace; `href` is handled on its own.
const ID_ATTRIBUTES: [&str; 7] = [
    "id",
    "for",
    "headers",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
];

/// A tag, as ranges of the text.
struct Tag {
    name: Range<usize>,
    /// Names and raw values without quotes; empty for a closing tag.
    attributes: Vec<(Range<usize>, Range<usize>)>,
}

/// The elements with an id and these ids, in order.
#[must_use]
pub fn ids(html: &str) -> Vec<(&str, String)> {
    let id = |tag: Tag| {
        let mut attributes = tag.attributes.into_iter();
        let (_, value) = attributes.find(|(name, _)| &html[name.clone()] == "id")?;
        Some((&html[tag.name], unescape(&html[value])))
    };
    tags(html).into_iter().filter_map(id).collect()
}

/// Adapts an author's HTML to a chapter: its ids, its links and the levels of its headings.
pub(super) fn adapt(page: &Page<'_>, chapter: Chapter<'_>, html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut from = 0;
    let mut replace = |range: Range<usize>, text: &str| {
        out.push_str(&html[from..range.start]);
        out.push_str(text);
        from = range.end;
    };
    for tag in tags(html) {
        let element = html[tag.name.clone()].to_ascii_lowercase();
        if let Some(level @ 1..=6) = element
            .strip_prefix('h')
            .and_then(|it| it.parse::<u8>().ok())
        {
            replace(tag.name, &format!("h{}", (level + HEADING_OFFSET).min(6)));
        }
        for (name, value) in tag.attributes {
            let name = html[name].to_ascii_lowercase();
            let old = &html[value.clone()];
            if let Some(new) = attribute(page, chapter, (&element, &name), old) {
                replace(value, &new);
            }
        }
    }
    out.push_str(&html[from..]);
    out
}

/// The new value of an attribute in a chapter; `None` if it does not change.
fn attribute(
    page: &Page<'_>,
    chapter: Chapter<'_>,
    (element, name): (&str, &str),
    value: &str,
) -> Option<String> {
    let path = || resolve(folder_of(page.route), value);
    match name {
        name if ID_ATTRIBUTES.contains(&name) => {
            let names = value.split_whitespace().map(|it| page.anchor(it));
            Some(names.collect::<Vec<_>>().join(" "))
        }
        "href" if value.starts_with('#') => Some(format!("#{}", page.anchor(&value[1..]))),
        "href" | "src" if crate::address::is_external(value) => None,
        // A link that can't be resolved leads to the beginning of its own chapter.
        "href" if element == "a" => {
            let href = chapter.links.href(&path()?);
            let href = href.or_else(|| page.href_of(page.route, None))?;
            Some(escape(&unescape(&href)))
        }
        "href" | "src" => path(),
        _ => None,
    }
}

/// The tags of HTML, in order.
fn tags(html: &str) -> Vec<Tag> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<') {
        at += open + 1;
        let rest = &html[at..];
        if let Some(comment) = rest.strip_prefix("!--") {
            at += comment.find("-->").map_or(rest.len(), |end| end + 6);
        } else if let Some((tag, end)) = tag(html, at) {
            out.push(tag);
            at = end;
        }
    }
    out
}

/// Parses the tag whose `<` precedes offset `at`; also returns the offset of its end.
fn tag(html: &str, at: usize) -> Option<(Tag, usize)> {
    let start = at + usize::from(html[at..].starts_with('/'));
    let ends = |c: char| c.is_whitespace() || matches!(c, '>' | '/' | '=');
    let word = |at: usize| Some(at..at + html[at..].find(ends)?);
    let name = word(start)?;
    if !html[name.clone()].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut at = name.end;
    let mut attributes = Vec::new();
    loop {
        at += html[at..].find(|c: char| !c.is_whitespace() && c != '/')?;
        if html[at..].starts_with('>') {
            return Some((Tag { name, attributes }, at + 1));
        }
        let key = word(at).filter(|it| !it.is_empty())?;
        at = key.end;
        let Some(value) = html[at..].strip_prefix('=') else {
            continue;
        };
        at += 1;
        let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''));
        let (value, end) = match quote {
            Some(quote) => {
                let end = at + 1 + html[at + 1..].find(quote)?;
                (at + 1..end, end + 1)
            }
            None => {
                let end = at + html[at..].find(|c: char| c.is_whitespace() || c == '>')?;
                (at..end, end)
            }
        };
        attributes.push((key, value));
        at = end;
    }
}

/// Unescapes the value of an attribute.
fn unescape(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        ("&amp;", "&"),
    ];
    entities
        .iter()
        .fold(value.to_owned(), |out, (from, to)| out.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::{ids, tags};

    #[test]
    fn anchors_are_read_with_their_elements() {
        let html = "a<p class=\"x > y\" hidden id='b'>b</p><br/><!-- <i id=no> -->1 < 2<u id=c/d data-id=\"no\">\
                    <b ID=\"&lt;&amp;\" id=\"&lt;&amp;\">";
        let ids = ids(html);
        let ids: Vec<_> = ids
            .iter()
            .map(|(element, id)| (*element, id.as_str()))
            .collect();
        assert_eq!(ids, [("p", "b"), ("u", "c/d"), ("b", "<&")]);
        let names: Vec<_> = tags(html).into_iter().map(|it| &html[it.name]).collect();
        assert_eq!(names, ["p", "p", "br", "u", "b"]);
    }
}
