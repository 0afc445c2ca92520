//! The anchors that templates print, gathered from their texts: the built-in ones and a book's own.
//!
//! Entry: [`reserved`]. Invariant: an anchor that is written out in a template is never missed; one that a template puts
//! together is known by its beginning and its end.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::template::BUILT_IN;
use super::{TEMPLATES, built_in};
use crate::address::is_external;
use crate::markdown::anchors::{Host, Names, Reserved};
use crate::source::{SourceLocation, Sources, Span};

/// The templates of pages that show an author's headings.
const HOSTS: [(Host, &str); 5] = [
    (Host::Home, "home.html"),
    (Host::Page, "page.html"),
    (Host::Measure, "measure.html"),
    (Host::UseCase, "use-case.html"),
    (Host::Node, "node.html"),
];

/// What the parts of a page print, and which other parts they call: a template without its components, or a component.
#[derive(Debug, Clone, Default)]
struct Piece {
    names: Names,
    /// Templates that it extends or includes, by name.
    templates: BTreeSet<String>,
    /// Components that it calls, by name.
    components: BTreeSet<String>,
}

/// The pieces of some templates: by name of the template, and by name of the component.
#[derive(Debug, Clone, Default)]
struct Pieces {
    templates: BTreeMap<String, Piece>,
    components: BTreeMap<String, Piece>,
    /// The symbols of the theme, which each page may hold.
    symbols: BTreeSet<String>,
}

static OURS: LazyLock<(Pieces, Reserved)> = LazyLock::new(|| {
    let mut pieces = Pieces::default();
    for path in built_in::paths() {
        pieces.add(&path, BUILT_IN, built_in::text(&path).unwrap_or_default());
    }
    let reserved = pieces.reserved();
    (pieces, reserved)
});

/// The anchors that pages with an author's headings have for themselves.
#[must_use]
pub fn reserved(sources: &Sources) -> Reserved {
    let own = sources.under("theme/").filter_map(|(path, _)| {
        let inner = &path["theme/".len()..];
        let prints = inner.starts_with(TEMPLATES) || inner.starts_with("icons/");
        prints.then_some((inner, sources.text(path)?))
    });
    let own: Vec<_> = own.collect();
    let (ours, reserved) = &*OURS;
    if own.is_empty() {
        return reserved.clone();
    }
    let mut pieces = ours.clone();
    for (path, text) in own {
        pieces.add(path, "", text);
    }
    pieces.reserved()
}

/// The addresses outside of the site that a book's own templates lead to, and where they stand.
#[must_use]
pub fn outgoing(sources: &Sources) -> Vec<(String, SourceLocation)> {
    let mut out = Vec::new();
    for (path, _) in sources.under("theme/templates/") {
        let text = sources.text(path).unwrap_or_default();
        for attribute in ["href", "src"] {
            let outside = values(text, attribute).into_iter();
            let outside = outside.filter(|it| is_external(it) && first_tag(it).is_none());
            for address in outside {
                // Each value is a part of the text.
                let start = address.as_ptr().addr() - text.as_ptr().addr();
                let place = SourceLocation {
                    path: path.clone(),
                    span: Span::new(start, start + address.len()),
                };
                out.push((address.replace("&amp;", "&"), place));
            }
        }
    }
    out
}

impl Pieces {
    /// Adds a file of the theme; templates are found by their names with `prefix` before them.
    fn add(&mut self, path: &str, prefix: &str, text: &str) {
        if path.starts_with("icons/") {
            let names = Piece::of(text).names.whole;
            self.symbols.extend(names);
        }
        let Some(name) = path.strip_prefix(TEMPLATES) else {
            return;
        };
        let mut outside = String::new();
        let mut rest = text;
        while let Some((before, component, after)) = next_component(rest) {
            outside.push_str(before);
            let (name, body) = component;
            self.components.insert(name.to_owned(), Piece::of(body));
            rest = after;
        }
        outside.push_str(rest);
        self.templates
            .insert(format!("{prefix}{name}"), Piece::of(&outside));
    }

    fn reserved(&self) -> Reserved {
        let of = |(host, template)| (host, self.names(template));
        HOSTS.into_iter().map(of).collect()
    }

    /// What a template prints, with all that it extends, includes and calls.
    fn names(&self, template: &str) -> Names {
        let mut out = Names::default();
        out.whole.extend(self.symbols.iter().cloned());
        let mut templates = vec![template.to_owned()];
        let mut components: Vec<String> = Vec::new();
        let mut seen = BTreeSet::new();
        loop {
            let (key, piece) = if let Some(name) = templates.pop() {
                let piece = self.templates.get(&name);
                let ours = || self.templates.get(&format!("{BUILT_IN}{name}"));
                (format!("/{name}"), piece.or_else(ours))
            } else if let Some(name) = components.pop() {
                let piece = self.components.get(&name);
                (name, piece)
            } else {
                return out;
            };
            let Some(piece) = piece.filter(|_| seen.insert(key)) else {
                continue;
            };
            out.extend(&piece.names);
            templates.extend(piece.templates.iter().cloned());
            components.extend(piece.components.iter().cloned());
        }
    }
}

/// The text before the next component, its name and body, and the text behind it.
fn next_component(text: &str) -> Option<(&str, (&str, &str), &str)> {
    let mut from = 0;
    loop {
        let start = from + text[from..].find("{%")?;
        let tag = text[start + 2..].trim_start_matches('-').trim_start();
        let Some(head) = tag.strip_prefix("component ") else {
            from = start + 2;
            continue;
        };
        let name = head.trim_start();
        let name = &name[..name.find(|c: char| !is_in_name(c))?];
        let body = text.len() - tag.len();
        let end = body + text[body..].find("endcomponent")?;
        let close = end + text[end..].find("%}")? + 2;
        return Some((&text[..start], (name, &text[body..end]), &text[close..]));
    }
}

fn is_in_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

impl Piece {
    fn of(text: &str) -> Self {
        let mut out = Self::default();
        out.add_calls(text);
        for value in values(text, "id") {
            out.add(value);
        }
        // What a template leads to on its own page is there, also where a drawing holds it.
        for value in values(text, "href") {
            if let Some(name) = value.strip_prefix('#') {
                out.add(name);
            }
        }
        out
    }

    /// Adds a name as a template writes it.
    fn add(&mut self, value: &str) {
        let value = value.trim();
        let (Some(start), Some(end)) = (first_tag(value), last_tag(value)) else {
            if !value.is_empty() {
                self.names.whole.insert(value.to_owned());
            }
            return;
        };
        let ends = (value[..start].to_owned(), value[end..].to_owned());
        self.names.parts.insert(ends);
        // Words that are given to it by name: `id="{{ id | default(value="x") }}"`.
        let quoted = value[start..end].split(['"', '\'']).skip(1).step_by(2);
        self.names.whole.extend(quoted.map(str::to_owned));
    }

    fn add_calls(&mut self, text: &str) {
        for tag in text.split("{%").skip(1) {
            let tag = tag.trim_start_matches('-').trim_start();
            let rest = tag
                .strip_prefix("extends ")
                .or_else(|| tag.strip_prefix("include "));
            if let Some(name) = rest.and_then(|it| it.split(['"', '\'']).nth(1)) {
                self.templates.insert(name.to_owned());
            }
        }
        for (at, _) in text.match_indices('<') {
            let before = text[..at].trim_end().trim_end_matches('-');
            if !(before.ends_with("{{") || before.ends_with("{%")) {
                continue;
            }
            let name = &text[at + 1..];
            let end = name.find(|c| !is_in_name(c)).unwrap_or(name.len());
            self.components.insert(name[..end].to_owned());
            // What a call is given may be printed as an anchor.
            let call = &name[end..name.find("/>").or_else(|| name.find("%}")).unwrap_or(end)];
            let given = call
                .split('"')
                .skip(1)
                .step_by(2)
                .filter(|_| call.contains("=\""));
            let given = given.filter(|it| !it.contains(char::is_whitespace) && !it.is_empty());
            self.names.whole.extend(given.map(str::to_owned));
        }
    }
}

/// The values of an attribute in a template, with the template's tags in them.
fn values<'a>(text: &'a str, attribute: &str) -> Vec<&'a str> {
    let mut out = Vec::new();
    for (at, _) in text.match_indices(attribute) {
        let begins = text[..at].ends_with(|c: char| c.is_whitespace() || "\"'}".contains(c));
        let rest = text[at + attribute.len()..].trim_start();
        let Some(value) = rest.strip_prefix('=').filter(|_| begins) else {
            continue;
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|it| ['"', '\''].contains(it));
        let value = &value[quote.map_or(0, char::len_utf8)..];
        let ends = |c: char| match quote {
            Some(quote) => c == quote,
            None => c.is_whitespace() || c == '>',
        };
        out.push(&value[..end_outside(value, ends)]);
    }
    out
}

/// Where the first sign that ends a value stands outside of the template's tags.
fn end_outside(value: &str, ends: impl Fn(char) -> bool) -> usize {
    let mut from = 0;
    loop {
        let rest = &value[from..];
        let end = rest.find(&ends).unwrap_or(rest.len());
        match first_tag(rest).filter(|it| *it < end) {
            Some(tag) => {
                let close = rest[tag..]
                    .find("}}")
                    .into_iter()
                    .chain(rest[tag..].find("%}"))
                    .min();
                match close {
                    Some(close) => from += tag + close + 2,
                    None => return from + end,
                }
            }
            None => return from + end,
        }
    }
}

fn first_tag(text: &str) -> Option<usize> {
    text.find("{{").into_iter().chain(text.find("{%")).min()
}

fn last_tag(text: &str) -> Option<usize> {
    let end = text.rfind("}}").into_iter().chain(text.rfind("%}")).max();
    end.map(|it| it + 2)
}

#[cfg(test)]
mod tests {
    use super::{Host, Piece, Pieces, reserved};
    use crate::source::Sources;

    #[test]
    fn names_are_read_as_a_template_writes_them() {
        let piece = Piece::of(
            "<h2 id=\"a\"><p class=\"x\" id='b'><i data-id=\"no\"><b id = c>{% if d %} id=\"d-{{ x | default(value=\"y\") }}-e\"\
             {% endif %}<a href=\"#edge-{{ n }}\"></a><a href=\"x.html#no\">{{ <card id=\"f\" what=\"g h\" m={x.y} /> }}<u id=\"{{ z }}\">",
        );
        let whole: Vec<_> = piece.names.whole.iter().map(String::as_str).collect();
        assert_eq!(whole, ["a", "b", "c", "f", "y"]);
        let parts: Vec<_> = piece
            .names
            .parts
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        assert_eq!(parts, [("", ""), ("d-", "-e"), ("edge-", "")]);
        assert!(piece.components.contains("card"));
    }

    #[test]
    fn a_template_has_the_names_of_what_it_extends_includes_and_calls() {
        let mut pieces = Pieces::default();
        for (path, text) in [
            (
                "templates/page.html",
                "{% extends \"base.html\" %}{% block x %}{{ <a /> }}{% endblock %}",
            ),
            (
                "templates/base.html",
                "<p id=\"base\">{% include 'inner.html' %}",
            ),
            ("templates/inner.html", "<p id=\"inner\">"),
            ("templates/other.html", "<p id=\"other\">"),
            (
                "templates/parts.html",
                "{%- component a() -%}<p id=\"in-a\">{{ <b x=\"1\" /> }}{%- endcomponent a -%}<p id=\"no\">{% component b(x) %}<p id=\"in-b\">{% endcomponent b %}",
            ),
            ("icons/mark.svg", "<symbol id=\"mark\"></symbol>"),
        ] {
            pieces.add(path, "", text);
        }
        let names = pieces.names("page.html").whole;
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        assert_eq!(names, ["1", "base", "in-a", "in-b", "inner", "mark"]);
    }

    #[test]
    fn a_book_adds_its_own_names() {
        let ours = reserved(&Sources::default());
        for (host, name) in [
            (Host::Measure, "duty-cap"),
            (Host::Home, "by-task"),
            (Host::UseCase, "risk-cap"),
            (Host::Page, "main"),
            (Host::Node, "cite"),
        ] {
            assert!(ours[&host].whole.contains(name), "{host:?} {name}");
        }
        assert!(!ours[&Host::Page].whole.contains("practices"));
        let mut sources = Sources::default();
        let text = "{% extends \"built-in/page.html\" %}{% block body %}<p id=\"prices\">{% endblock body %}";
        sources.insert("theme/templates/page.html", text.as_bytes());
        let with = reserved(&sources);
        assert!(with[&Host::Page].whole.contains("prices"));
        assert!(with[&Host::Page].whole.contains("main"));
        assert_eq!(with[&Host::Home], ours[&Host::Home]);
    }
}
