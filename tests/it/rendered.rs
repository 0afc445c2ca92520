//! Renders Markdown, and finds elements that are not nested properly and ids that are not unique.
//!
//! Entries: [`render`], then [`nesting_error`] and [`duplicate_ids`]. The fuzz target `markdown` uses them too.

use std::collections::BTreeSet;

use controlbook::markdown::anchors::{self, Anchors};
use controlbook::markdown::html::{self, Resolve, ResolvedLink, TextLink};
use controlbook::markdown::{Document, Flavour, Highlighter};

/// Resolves every link to the same page.
struct Somewhere {
    raw_html: bool,
    anchors: Anchors,
}

impl Resolve for Somewhere {
    fn link(&mut self, _: usize) -> ResolvedLink {
        ResolvedLink {
            href: Some("x.html".to_owned()),
            words: Some("words".to_owned()),
            class: None,
            size: Some((1, 2)),
        }
    }

    fn anchor(&self, heading: usize) -> Option<String> {
        self.anchors.ids.get(heading).cloned()
    }

    fn marks(&mut self, _: usize) -> Vec<TextLink> {
        Vec::new()
    }

    fn prefix(&self) -> &'static str {
        "t1-"
    }

    fn raw_html(&self, html: &str) -> Option<String> {
        self.raw_html.then(|| html.to_owned())
    }

    fn levels_down(&self) -> u8 {
        0
    }
}

/// Renders a text, with every link resolved.
pub fn render(text: &str, flavour: Flavour, raw_html: bool) -> String {
    let document = Document::parse(text, flavour, &Highlighter::default());
    let anchors = anchors::assign(&document.headings, &|_| false);
    html::render(&document, &mut Somewhere { raw_html, anchors })
}

/// Elements without an end tag.
const VOID: [&str; 3] = ["br", "hr", "img"];

/// Elements that a paragraph may contain.
const INLINE: [&str; 10] = [
    "a", "b", "code", "del", "em", "i", "span", "strong", "sup", "img",
];

/// The tags in their order: name, and whether it is an end tag.
pub fn tags(html: &str) -> Vec<(String, bool)> {
    let mut out = Vec::new();
    for part in html.split('<').skip(1) {
        let closes = part.starts_with('/');
        let name = part.trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric());
        let name = &name[..end.unwrap_or(name.len())];
        if !name.is_empty() {
            out.push((name.to_ascii_lowercase(), closes));
        }
    }
    out
}

/// The first element that is not nested properly.
pub fn nesting_error(html: &str) -> Option<String> {
    let mut open: Vec<String> = Vec::new();
    for (name, closes) in tags(html) {
        if VOID.contains(&name.as_str()) {
            continue;
        }
        if closes {
            if open.pop().as_ref() != Some(&name) {
                return Some(format!("</{name}> closes nothing"));
            }
            continue;
        }
        let inside = |it: &str| open.iter().any(|open| open == it);
        if inside("p") && !INLINE.contains(&name.as_str()) {
            return Some(format!("<{name}> in a paragraph"));
        }
        if name == "a" && inside("a") {
            return Some("a link in a link".to_owned());
        }
        open.push(name);
    }
    (!open.is_empty()).then(|| format!("not closed: {open:?}"))
}

/// The ids that occur more than once.
pub fn duplicate_ids(html: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let tags = html
        .split('<')
        .skip(1)
        .filter_map(|it| it.split('>').next());
    let ids = tags.filter_map(|it| it.split_once(" id=\"")?.1.split('"').next());
    ids.filter(|id| !seen.insert(*id))
        .map(str::to_owned)
        .collect()
}

#[test]
fn wrong_nesting_is_detected() {
    for html in [
        "<p>a",
        "<p><b>a</p></b>",
        "</p>",
        "<p><figure></figure></p>",
        "<section><blockquote></section></blockquote>",
        "<a><b><a></a></b></a>",
    ] {
        assert!(nesting_error(html).is_some(), "{html}");
    }
    assert_eq!(duplicate_ids("<p id=\"a\"><b id=\"a\">"), ["a"]);
}
