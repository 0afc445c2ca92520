//! A Markdown text as HTML, and what is wrong with how its elements stand in each other.
//!
//! Entries: [`rendered`], then [`torn`] and [`twice`]. The fuzz target `markdown` uses them too.

use std::collections::BTreeSet;

use controlbook::markdown::anchors::{self, Anchors};
use controlbook::markdown::html::{self, Resolve, ResolvedLink, TextLink};
use controlbook::markdown::{Document, Flavour, Highlighter};

/// Leads each link somewhere.
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

/// The HTML of a text, with every link resolved.
pub fn rendered(text: &str, flavour: Flavour, raw_html: bool) -> String {
    let document = Document::parse(text, flavour, &Highlighter::default());
    let anchors = anchors::assign(&document.headings, &|_| false);
    html::render(&document, &mut Somewhere { raw_html, anchors })
}

/// Elements that have no end.
const VOID: [&str; 3] = ["br", "hr", "img"];

/// Elements in a paragraph.
const INLINE: [&str; 10] = [
    "a", "b", "code", "del", "em", "i", "span", "strong", "sup", "img",
];

/// The tags of HTML as they are written: name and whether it closes.
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

/// What is wrong with how the elements stand in each other.
pub fn torn(html: &str) -> Option<String> {
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

/// The ids that stand twice.
pub fn twice(html: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let tags = html
        .split('<')
        .skip(1)
        .filter_map(|it| it.split('>').next());
    let ids = tags.filter_map(|it| it.split_once(" id=\"")?.1.split('"').next());
    let twice = ids.filter(|it| !seen.insert(*it));
    twice.map(str::to_owned).collect()
}

#[test]
fn torn_html_would_be_seen() {
    for html in [
        "<p>a",
        "<p><b>a</p></b>",
        "</p>",
        "<p><figure></figure></p>",
        "<section><blockquote></section></blockquote>",
        "<a><b><a></a></b></a>",
    ] {
        assert!(torn(html).is_some(), "{html}");
    }
    assert_eq!(twice("<p id=\"a\"><b id=\"a\">"), ["a"]);
}
