//! Checks whether an SVG could run scripts or load external resources.
//!
//! Entry: [`decode`], then [`faults`]. Invariant: the check sees what a browser's XML parser sees: resolved entities in attributes, and
//! namespaces by their address, not by their prefix.

mod address;
mod css;
mod prolog;

use std::ops::Range;

use roxmltree::{Attribute, Document, Node, ParsingOptions};

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Namespaces whose elements browsers interpret anywhere in an SVG.
const ACTIVE_NAMESPACES: [(&str, &str); 3] = [
    ("http://www.w3.org/1999/xhtml", "HTML"),
    ("http://www.w3.org/1998/Math/MathML", "MathML"),
    ("http://www.w3.org/2001/xml-events", "XML Events"),
];

/// Elements that run scripts, load resources or contain HTML.
const ACTIVE_ELEMENTS: [&str; 26] = [
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

/// Attributes that hold data or text and never load anything.
const INERT_ATTRIBUTES: [&str; 7] = ["content", "id", "class", "d", "points", "title", "name"];

/// Maximum number of nodes: enough for a drawing of several megabytes.
const MAX_NODES: u32 = 500_000;

/// Maximum number of attributes of an element. The parser compares each with all others.
const MAX_ATTRIBUTES: usize = 256;

/// Maximum number of namespace declarations. The parser compares each with all others.
const MAX_NAMESPACES: usize = 512;

/// Maximum number of faults reported for one file.
const MAX_FAULTS: usize = 20;

const SAVE_PLAIN: &str = "save it as plain SVG, or delete this by hand";

/// Something that an SVG must not contain.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// The range in the text, in bytes.
    pub range: Range<usize>,
    /// What it is.
    pub what: String,
    /// What to do.
    pub help: &'static str,
}

/// How an SVG is embedded, which decides how it is parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Embedding {
    /// As a separate file, parsed as XML.
    File,
    /// Inline in each page, parsed as HTML: an icon of the theme.
    Inline,
}

/// Decodes an SVG without its byte order mark; none if it is not UTF-8.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<&str> {
    prolog::decode(bytes)
}

/// Everything in an SVG that could run scripts or load external resources.
#[must_use]
pub fn faults(text: &str, embedding: Embedding) -> Vec<Fault> {
    let mut faults: Vec<_> = prolog::fault(text).into_iter().collect();
    if faults.is_empty() {
        faults = match embedding {
            Embedding::File => file_faults(text),
            Embedding::Inline => inline_faults(text),
        };
    }
    faults.truncate(MAX_FAULTS);
    faults
}

fn file_faults(text: &str) -> Vec<Fault> {
    match parse(text) {
        Err(fault) => vec![fault],
        Ok(document) => {
            let root = document.root_element();
            let name = root.tag_name();
            let mut faults = content_faults(text, &document);
            if faults.is_empty() && (name.name(), name.namespace()) != ("svg", Some(SVG)) {
                faults.push(Fault {
                    range: start_tag(text, root),
                    what: format!("the root is `{}`, no `svg` of SVG’s namespace", name.name()),
                    help: "begin it with `<svg xmlns=\"http://www.w3.org/2000/svg\">`",
                });
            }
            faults
        }
    }
}

/// An icon has no root element that declares its namespaces, so it is parsed inside one.
fn inline_faults(text: &str) -> Vec<Fault> {
    let before = format!("<svg xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\">");
    // An XML declaration is not allowed inside an element, and HTML ignores it.
    let declared = text.strip_prefix("<?xml").and_then(|it| it.find("?>"));
    let declared = declared.map_or(0, |at| "<?xml".len() + at + "?>".len());
    let inner = format!("{}{}", " ".repeat(declared), &text[declared..]);
    let whole = format!("{before}{inner}</svg>");
    let mut faults = match parse(&whole) {
        Err(fault) => vec![fault],
        Ok(document) => {
            let mut faults = content_faults(&whole, &document);
            faults.extend(
                document
                    .descendants()
                    .filter_map(|it| html_difference(&whole, it)),
            );
            faults
        }
    };
    if let Some(at) = whole.find("<![CDATA[") {
        faults.push(Fault {
            range: at..at + "<![CDATA[".len(),
            what: "a page reads this otherwise than a picture does".to_owned(),
            help: "write the text without it",
        });
    }
    let back = |at: usize| at.saturating_sub(before.len()).min(text.len());
    for Fault { range, .. } in &mut faults {
        *range = back(range.start)..back(range.end);
    }
    faults
}

/// A node that HTML may parse differently from XML, where it could end a comment or an element earlier.
fn html_difference(text: &str, node: Node<'_, '_>) -> Option<Fault> {
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

/// A number of attributes or namespaces that would make the parser slow.
fn limit_fault(text: &str) -> Option<Fault> {
    let fault = |at: usize, what: String| Fault {
        range: at..at + 1,
        what,
        help: "save it as plain SVG",
    };
    let mut at: usize = 0;
    for tag in text.split_inclusive('<') {
        let attributes = tag.matches("=\"").count() + tag.matches("='").count();
        if attributes > MAX_ATTRIBUTES {
            let what = format!("an element has more than {MAX_ATTRIBUTES} attributes");
            return Some(fault(at.saturating_sub(1), what));
        }
        at += tag.len();
    }
    let (at, _) = text.match_indices("xmlns").nth(MAX_NAMESPACES)?;
    let what = format!("more than {MAX_NAMESPACES} namespaces are declared");
    Some(fault(at, what))
}

fn parse(text: &str) -> Result<Document<'_>, Fault> {
    if let Some(fault) = limit_fault(text) {
        return Err(fault);
    }
    let options = ParsingOptions {
        allow_dtd: true,
        nodes_limit: MAX_NODES,
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

fn content_faults(text: &str, document: &Document<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for node in document.descendants() {
        if let Some(what) = node_fault(node) {
            faults.push(Fault {
                range: start_tag(text, node),
                what,
                help: SAVE_PLAIN,
            });
        } else if node.is_element() {
            faults.extend(node.attributes().filter_map(|attribute| {
                Some(Fault {
                    range: attribute.range(),
                    what: attribute_fault(node, attribute)?,
                    help: SAVE_PLAIN,
                })
            }));
        }
        if faults.len() >= MAX_FAULTS {
            break;
        }
    }
    faults
}

fn node_fault(node: Node<'_, '_>) -> Option<String> {
    if let Some(it) = node.pi() {
        let is_sheet = it.target.eq_ignore_ascii_case("xml-stylesheet");
        return is_sheet.then(|| "an instruction loads a style sheet or a program".to_owned());
    }
    if !node.is_element() {
        return None;
    }
    let name = node.tag_name();
    let live = ACTIVE_NAMESPACES
        .iter()
        .find(|(it, _)| name.namespace() == Some(it));
    if let Some((_, of)) = live {
        return Some(format!("an element of {of}, `{}`", name.name()));
    }
    if !is_svg(name.namespace()) {
        return None;
    }
    let lower = name.name().to_lowercase();
    if ACTIVE_ELEMENTS.contains(&lower.as_str()) {
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

/// Whether a namespace is SVG. Without a namespace, elements become SVG when they are inlined.
fn is_svg(namespace: Option<&str>) -> bool {
    namespace.is_none_or(|it| it == SVG)
}

fn attribute_fault(node: Node<'_, '_>, attribute: Attribute<'_, '_>) -> Option<String> {
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
        // Elements of drawing programs have no effect in browsers.
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
    let is_inert = INERT_ATTRIBUTES.contains(&name.as_str())
        || name.starts_with("data-")
        || name.starts_with("aria-");
    if !is_inert && value.contains(['(', '\\', '@', ':']) {
        return css::fault(value).map(str::to_owned);
    }
    None
}

/// The range of a node up to the end of its element name or first word.
fn start_tag(text: &str, node: Node<'_, '_>) -> Range<usize> {
    let range = node.range();
    let inside = text.get(range.clone()).unwrap_or_default();
    let length = inside
        .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
        .unwrap_or(inside.len());
    range.start..range.start + length
}

/// Whether browsers would take a file for HTML, XML or SVG by its content (WHATWG MIME Sniffing, section 7.1).
#[must_use]
pub fn looks_like_markup(bytes: &[u8]) -> bool {
    const SIGNATURES: [&str; 19] = [
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
    SIGNATURES.iter().any(|it| {
        let rest = start.get(it.len()..).unwrap_or_default();
        let same = start.get(..it.len());
        same.is_some_and(|same| same.eq_ignore_ascii_case(it.as_bytes()))
            && (matches!(*it, "<!--" | "<?xml")
                || rest
                    .first()
                    .is_none_or(|it| it.is_ascii_whitespace() || matches!(it, b'>' | b'/')))
    })
}
