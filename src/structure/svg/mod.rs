//! SVG: whether a picture could run a script or load from elsewhere.
//!
//! Entry: [`text`], then [`faults`]. Invariant: what is examined is what a browser's XML parser reads: entities of attributes resolved,
//! namespaces told by their address, not by their prefix.

mod address;
mod css;
mod prolog;

use std::ops::Range;

use roxmltree::{Attribute, Document, Node, ParsingOptions};

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Namespaces whose elements browsers bring to life wherever they stand.
const LIVE: [(&str, &str); 3] = [
    ("http://www.w3.org/1999/xhtml", "HTML"),
    ("http://www.w3.org/1998/Math/MathML", "MathML"),
    ("http://www.w3.org/2001/xml-events", "XML Events"),
];

/// Elements that run, load or hold HTML.
const ELEMENTS: [&str; 26] = [
    "script",
    "foreignobject",
    "handler",
    "listener",
    "iframe",
    "frame",
    "frameset",
    "embed",
    "object",
    "applet",
    "audio",
    "video",
    "canvas",
    "source",
    "track",
    "base",
    "meta",
    "link",
    "form",
    "input",
    "button",
    "html",
    "body",
    "img",
    "math",
    "template",
];

/// Attributes that hold data of a program or words, and load nothing.
const INERT: [&str; 7] = ["content", "id", "class", "d", "points", "title", "name"];

/// The most nodes that are read: a drawing of some megabytes.
const MOST_NODES: u32 = 500_000;

/// The most attributes of an element, and the most declarations of namespaces: far more than drawing programs write.
const MOST_ATTRIBUTES: usize = 256;
const MOST_NAMESPACES: usize = 512;

/// The most faults that are told of one picture.
const MOST_FAULTS: usize = 20;

const PLAIN: &str = "save it as plain SVG, or delete this by hand";

/// Something that a picture may not hold.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, in bytes of the text.
    pub range: Range<usize>,
    /// What it is, in a sentence.
    pub what: String,
    /// What to do.
    pub help: &'static str,
}

/// How a picture is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// As a file of its own, which is XML.
    File,
    /// As a part of each page, which is HTML: a symbol of the theme.
    Part,
}

/// The text of a picture without its byte order mark; none where it is not UTF-8.
#[must_use]
pub fn text(bytes: &[u8]) -> Option<&str> {
    prolog::text(bytes)
}

/// What a picture holds that could run or load.
#[must_use]
pub fn faults(text: &str, of: Use) -> Vec<Fault> {
    let mut found: Vec<_> = prolog::fault(text).into_iter().collect();
    if found.is_empty() {
        found = match of {
            Use::File => in_file(text),
            Use::Part => in_part(text),
        };
    }
    found.truncate(MOST_FAULTS);
    found
}

fn in_file(text: &str) -> Vec<Fault> {
    match parsed(text) {
        Err(fault) => vec![fault],
        Ok(document) => {
            let root = document.root_element();
            let name = root.tag_name();
            let mut found = all(text, &document);
            if found.is_empty() && (name.name(), name.namespace()) != ("svg", Some(SVG)) {
                found.push(Fault {
                    range: start_tag(text, root),
                    what: format!("the root is `{}`, no `svg` of SVG’s namespace", name.name()),
                    help: "begin it with `<svg xmlns=\"http://www.w3.org/2000/svg\">`",
                });
            }
            found
        }
    }
}

/// A symbol has no root that names its namespaces.
fn in_part(text: &str) -> Vec<Fault> {
    let before = format!("<svg xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\">");
    // A declaration can't stand inside, and a page passes over it.
    let declared = text.strip_prefix("<?xml").and_then(|it| it.find("?>"));
    let declared = declared.map_or(0, |at| "<?xml".len() + at + "?>".len());
    let inner = format!("{}{}", " ".repeat(declared), &text[declared..]);
    let whole = format!("{before}{inner}</svg>");
    let mut found = match parsed(&whole) {
        Err(fault) => vec![fault],
        Ok(document) => {
            let mut found = all(&whole, &document);
            found.extend(
                document
                    .descendants()
                    .filter_map(|it| unlike_html(&whole, it)),
            );
            found
        }
    };
    if let Some(at) = whole.find("<![CDATA[") {
        found.push(Fault {
            range: at..at + "<![CDATA[".len(),
            what: "a page reads this otherwise than a picture does".to_owned(),
            help: "write the text without it",
        });
    }
    let back = |at: usize| at.saturating_sub(before.len()).min(text.len());
    for it in &mut found {
        it.range = back(it.range.start)..back(it.range.end);
    }
    found
}

/// What HTML reads otherwise than XML: it could end a comment or an element earlier.
fn unlike_html(text: &str, node: Node<'_, '_>) -> Option<Fault> {
    let parent = node
        .parent_element()
        .map(|it| it.tag_name().name().to_lowercase());
    let in_words = matches!(parent.as_deref(), Some("title" | "desc")) && node.is_element();
    let comment = node.is_comment() && node.text().is_some_and(|it| it.contains(['<', '>']));
    (in_words || comment).then(|| Fault {
        range: start_tag(text, node),
        what: "a page reads this otherwise than a picture does".to_owned(),
        help: "delete it",
    })
}

/// What would take the parser long: it compares each attribute and each namespace with those beside it.
fn too_much(text: &str) -> Option<Fault> {
    let fault = |at: usize, what: String| Fault {
        range: at..at + 1,
        what,
        help: "save it as plain SVG",
    };
    let mut at: usize = 0;
    for tag in text.split_inclusive('<') {
        let attributes = tag.matches("=\"").count() + tag.matches("='").count();
        if attributes > MOST_ATTRIBUTES {
            let what = format!("an element has more than {MOST_ATTRIBUTES} attributes");
            return Some(fault(at.saturating_sub(1), what));
        }
        at += tag.len();
    }
    let (at, _) = text.match_indices("xmlns").nth(MOST_NAMESPACES)?;
    let what = format!("more than {MOST_NAMESPACES} namespaces are declared");
    Some(fault(at, what))
}

fn parsed(text: &str) -> Result<Document<'_>, Fault> {
    if let Some(fault) = too_much(text) {
        return Err(fault);
    }
    let options = ParsingOptions {
        allow_dtd: true,
        nodes_limit: MOST_NODES,
        entity_resolver: None,
    };
    Document::parse_with_options(text, options).map_err(|error| {
        let at = error.pos();
        let line = usize::try_from(at.row).unwrap_or(1).saturating_sub(1);
        let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let rest = text.get(before..).unwrap_or_default();
        let column = usize::try_from(at.col).unwrap_or(1).saturating_sub(1);
        let inner = rest.char_indices().nth(column).map_or(0, |(at, _)| at);
        let start = (before + inner).min(text.len());
        let end = start + text[start..].chars().next().map_or(0, char::len_utf8);
        let words = error.to_string();
        let words = words.split(" at ").next().unwrap_or_default();
        Fault {
            range: start..end,
            what: format!("this is not well-formed XML: {words}"),
            help: "save it as SVG",
        }
    })
}

fn all(text: &str, document: &Document<'_>) -> Vec<Fault> {
    let mut found = Vec::new();
    for node in document.descendants() {
        if let Some(what) = in_node(node) {
            found.push(Fault {
                range: start_tag(text, node),
                what,
                help: PLAIN,
            });
        } else if node.is_element() {
            let wrong = node.attributes().filter_map(|it| {
                let what = in_attribute(node, it)?;
                let range = it.range();
                Some(Fault {
                    range,
                    what,
                    help: PLAIN,
                })
            });
            found.extend(wrong);
        }
        if found.len() >= MOST_FAULTS {
            break;
        }
    }
    found
}

fn in_node(node: Node<'_, '_>) -> Option<String> {
    if let Some(it) = node.pi() {
        let is_sheet = it.target.eq_ignore_ascii_case("xml-stylesheet");
        return is_sheet.then(|| "an instruction loads a style sheet or a program".to_owned());
    }
    if !node.is_element() {
        return None;
    }
    let name = node.tag_name();
    let live = LIVE.iter().find(|(it, _)| name.namespace() == Some(it));
    if let Some((_, of)) = live {
        return Some(format!("an element of {of}, `{}`", name.name()));
    }
    if !is_svg(name.namespace()) {
        return None;
    }
    let lower = name.name().to_lowercase();
    if ELEMENTS.contains(&lower.as_str()) {
        return Some(match lower.as_str() {
            "foreignobject" => "`foreignObject` holds HTML".to_owned(),
            "script" => "a script".to_owned(),
            _ => format!("an element `{}`", name.name()),
        });
    }
    if lower == "style" {
        let words = node.children().filter(Node::is_text);
        let words: String = words.filter_map(|it| it.text()).collect();
        return css::fault(&words).map(str::to_owned);
    }
    None
}

/// Elements without a namespace are SVG where they become part of a page.
fn is_svg(namespace: Option<&str>) -> bool {
    namespace.is_none_or(|it| it == SVG)
}

fn in_attribute(node: Node<'_, '_>, attribute: Attribute<'_, '_>) -> Option<String> {
    let name = attribute.name().to_lowercase();
    let element = node.tag_name().name().to_lowercase();
    match attribute.namespace() {
        Some(XML) => {
            let is_base = name == "base" && !attribute.value().is_empty();
            return is_base.then(|| "`xml:base` lets addresses lead elsewhere".to_owned());
        }
        Some(XLINK) if name != "href" => return None,
        None | Some(SVG | XLINK) => {}
        Some(_) => return None,
    }
    if !is_svg(node.tag_name().namespace()) {
        // What a drawing program keeps for itself has no effect in a browser.
        return None;
    }
    let value = attribute.value();
    if name.starts_with("on") && name.len() > 2 {
        return Some(format!(
            "the attribute `{}` runs a script",
            attribute.name()
        ));
    }
    if name == "ping" {
        return Some("`ping` sends a request elsewhere".to_owned());
    }
    if matches!(name.as_str(), "href" | "src") {
        return address::fault(&element, value).map(str::to_owned);
    }
    if name == "attributename" {
        let of = value.trim().to_lowercase();
        let of = of.rsplit(':').next().unwrap_or_default();
        let moves = matches!(of, "href" | "src" | "style" | "ping") || of.starts_with("on");
        return moves.then(|| format!("an animation changes `{value}`"));
    }
    let is_inert =
        INERT.contains(&name.as_str()) || name.starts_with("data-") || name.starts_with("aria-");
    if !is_inert && value.contains(['(', '\\', '@', ':']) {
        return css::fault(value).map(str::to_owned);
    }
    None
}

/// The beginning of a node: an element's name, or what stands there.
fn start_tag(text: &str, node: Node<'_, '_>) -> Range<usize> {
    let range = node.range();
    let inside = text.get(range.clone()).unwrap_or_default();
    let length = inside
        .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
        .unwrap_or(inside.len());
    range.start..range.start + length
}

/// Whether bytes are a page whatever the name of their file says, as browsers would guess that are not told (WHATWG MIME Sniffing, 7.1).
#[must_use]
pub fn is_page(bytes: &[u8]) -> bool {
    const BEGINNINGS: [&str; 19] = [
        "<!doctype html",
        "<html",
        "<head",
        "<script",
        "<iframe",
        "<h1",
        "<div",
        "<font",
        "<table",
        "<a",
        "<style",
        "<title",
        "<b",
        "<body",
        "<br",
        "<p",
        "<!--",
        "<?xml",
        "<svg",
    ];
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let start = bytes.trim_ascii_start();
    BEGINNINGS.iter().any(|it| {
        let rest = start.get(it.len()..).unwrap_or_default();
        let same = start.get(..it.len());
        same.is_some_and(|same| same.eq_ignore_ascii_case(it.as_bytes()))
            && (matches!(*it, "<!--" | "<?xml")
                || rest
                    .first()
                    .is_none_or(|it| it.is_ascii_whitespace() || matches!(it, b'>' | b'/')))
    })
}
