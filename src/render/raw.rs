//! HTML that authors write in Markdown, whose anchors no template knows: read for its anchors, and fitted to the printed
//! document.
//!
//! Entry: [`ids`], [`fitted`]. Invariant: only names of headings and values of attributes are changed.

use std::ops::Range;

use super::chapter::{Chapter, DEEPER};
use super::page::Page;
use crate::markdown::html::escape;
use crate::paths::{folder_of, resolve};

/// Attributes that name anchors, each as a word, apart from `href`.
const NAMING: [&str; 7] = [
    "id",
    "for",
    "headers",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
];

/// A tag, by the places of its parts in the text.
struct Tag {
    name: Range<usize>,
    /// Names and values, as they are written, without quotes; none in a closing tag.
    attributes: Vec<(Range<usize>, Range<usize>)>,
}

/// The anchors of a page with the elements that bear them, in order.
#[must_use]
pub fn ids(html: &str) -> Vec<(&str, String)> {
    let id = |tag: Tag| {
        let mut attributes = tag.attributes.into_iter();
        let (_, value) = attributes.find(|(name, _)| &html[name.clone()] == "id")?;
        Some((&html[tag.name], unescaped(&html[value])))
    };
    tags(html).into_iter().filter_map(id).collect()
}

/// A piece of an author's HTML as it stands in a chapter.
pub(super) fn fitted(page: &Page<'_>, chapter: Chapter<'_>, html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut from = 0;
    let mut replace = |place: Range<usize>, text: &str| {
        out.push_str(&html[from..place.start]);
        out.push_str(text);
        from = place.end;
    };
    for tag in tags(html) {
        let element = html[tag.name.clone()].to_ascii_lowercase();
        if let Some(level @ 1..=6) = element
            .strip_prefix('h')
            .and_then(|it| it.parse::<u8>().ok())
        {
            replace(tag.name, &format!("h{}", (level + DEEPER).min(6)));
        }
        for (name, value) in tag.attributes {
            let name = html[name].to_ascii_lowercase();
            let written = &html[value.clone()];
            if let Some(fitted) = attribute(page, chapter, (&element, &name), written) {
                replace(value, &fitted);
            }
        }
    }
    out.push_str(&html[from..]);
    out
}

/// The value of an attribute as it stands in a chapter; none where it stays as it is.
fn attribute(
    page: &Page<'_>,
    chapter: Chapter<'_>,
    (element, name): (&str, &str),
    value: &str,
) -> Option<String> {
    let path = || resolve(folder_of(page.route), value);
    match name {
        name if NAMING.contains(&name) => {
            let names = value.split_whitespace().map(|it| page.anchor(it));
            Some(names.collect::<Vec<_>>().join(" "))
        }
        "href" if value.starts_with('#') => Some(format!("#{}", page.anchor(&value[1..]))),
        "href" | "src" if crate::address::is_external(value) => None,
        // A page that can't be reached leads to the beginning of its own chapter.
        "href" if element == "a" => {
            let href = chapter.links.href(&path()?);
            let href = href.or_else(|| page.href_of(page.route, None))?;
            Some(escape(&unescaped(&href)))
        }
        "href" | "src" => path(),
        _ => None,
    }
}

/// The tags of HTML, in order; what is no tag is text.
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

/// The tag whose `<` ends at a place, and where it ends.
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

/// An attribute's value as it is meant.
fn unescaped(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        ("&amp;", "&"),
    ];
    signs
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
        let found = ids(html);
        let found: Vec<_> = found.iter().map(|(of, id)| (*of, id.as_str())).collect();
        assert_eq!(found, [("p", "b"), ("u", "c/d"), ("b", "<&")]);
        let names: Vec<_> = tags(html).into_iter().map(|it| &html[it.name]).collect();
        assert_eq!(names, ["p", "p", "br", "u", "b"]);
    }
}
