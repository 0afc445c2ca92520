//! Every example of the `CommonMark` Spec: whatever is written, the HTML of a text is whole.

use std::collections::BTreeSet;

use controlbook::markdown::anchors::{self, Anchors};
use controlbook::markdown::html::{self, Mark, Resolve, Shown};
use controlbook::markdown::{Document, Flavour, Highlighter};

const EXAMPLES: &str = include_str!("../fixtures/commonmark-0.31.2.txt");

/// The examples, by number.
fn examples() -> Vec<(usize, String)> {
    let mut out = Vec::new();
    for part in EXAMPLES.split("=-=-= ").skip(1) {
        let (number, text) = part.split_once('\n').expect("a line for the number");
        out.push((number.parse().expect("a number"), text.to_owned()));
    }
    out
}

/// Leads each link somewhere.
struct Somewhere {
    raw_html: bool,
    anchors: Anchors,
}

impl Resolve for Somewhere {
    fn link(&mut self, _: usize) -> Shown {
        Shown {
            href: Some("x.html".to_owned()),
            words: Some("words".to_owned()),
            class: None,
            size: Some((1, 2)),
        }
    }

    fn anchor(&self, heading: usize) -> Option<&str> {
        self.anchors.ids.get(heading).map(String::as_str)
    }

    fn marks(&mut self, _: usize) -> Vec<Mark> {
        Vec::new()
    }

    fn prefix(&self) -> &'static str {
        "t1-"
    }

    fn raw_html(&self) -> bool {
        self.raw_html
    }
}

fn rendered(text: &str, flavour: Flavour, raw_html: bool) -> String {
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
fn tags(html: &str) -> Vec<(String, bool)> {
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
fn torn(html: &str) -> Option<String> {
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
fn twice(html: &str) -> Vec<String> {
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
fn every_example_gives_whole_html() {
    let examples = examples();
    assert_eq!(examples.len(), 652);
    for (number, text) in &examples {
        for flavour in [Flavour::Block, Flavour::Inline] {
            let html = rendered(text, flavour, false);
            assert_eq!(torn(&html), None, "{number}: {text:?}\n{html}");
            assert_eq!(twice(&html), [""; 0], "{number}: {html}");
        }
    }
}

#[test]
fn html_of_the_author_tears_none_of_ours() {
    for (number, text) in examples() {
        let ours = tags(&rendered(&text, Flavour::Block, false));
        let html = rendered(&text, Flavour::Block, true);
        assert!(!html.contains("<!--"), "{number}: {html}");
        // What is ours stands among the author's in the same order.
        let mut both = tags(&html).into_iter();
        for tag in ours {
            assert!(both.any(|it| it == tag), "{number}: {tag:?} in {html}");
        }
    }
}

#[test]
fn all_examples_in_one_text_give_whole_html() {
    // Examples whose last block goes on for ever would swallow the next.
    let texts = examples().into_iter().map(|(_, text)| text);
    let texts: Vec<_> = texts
        .filter(|it| !it.contains("```") && !it.contains("~~~"))
        .collect();
    let html = rendered(&texts.join("\n\n"), Flavour::Block, false);
    assert_eq!(torn(&html), None);
    assert_eq!(twice(&html), [""; 0]);
    let quoted = texts.join("\n\n").replace('\n', "\n> ");
    let html = rendered(&format!("> {quoted}"), Flavour::Block, false);
    assert_eq!(torn(&html), None);
    assert!(
        !html.contains("<section>"),
        "no section begins in a quotation"
    );
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
