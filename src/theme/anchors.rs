//! The anchors in templates, the built-in ones and the book's own.
//!
//! Entry: [`reserved`]. Invariant: an anchor that is written literally in a template is always found; one that a template computes is
//! known by its prefix and suffix.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::template::BUILT_IN;
use super::{TEMPLATES, built_in};
use crate::address::is_external;
use crate::markdown::anchors::{Host, Names, Reserved};
use crate::source::{SourceLocation, Sources, Span};

/// The templates of pages that contain an author's headings.
const HOST_TEMPLATES: [(Host, &str); 5] = [
    (Host::Home, "home.html"),
    (Host::Page, "page.html"),
    (Host::Measure, "measure.html"),
    (Host::UseCase, "use-case.html"),
    (Host::Node, "node.html"),
];

/// A template without its components, or a component: the anchors in it, and its references to others.
#[derive(Debug, Clone, Default)]
struct TemplatePart {
    names: Names,
    /// Templates that it extends or includes, by name.
    templates: BTreeSet<String>,
    /// Components that it calls, by name.
    components: BTreeSet<String>,
}

/// The parts of a theme's templates: templates by name, and components by name.
#[derive(Debug, Clone, Default)]
struct TemplateParts {
    templates: BTreeMap<String, TemplatePart>,
    components: BTreeMap<String, TemplatePart>,
    /// The ids of the theme's symbols, which any page may contain.
    symbols: BTreeSet<String>,
}

static BUILT_IN_ANCHORS: LazyLock<(TemplateParts, Reserved)> = LazyLock::new(|| {
    let mut parts = TemplateParts::default();
    for path in built_in::paths() {
        parts.add(&path, BUILT_IN, built_in::text(&path).unwrap_or_default());
    }
    let reserved = parts.reserved();
    (parts, reserved)
});

/// The anchors of the templates on pages that contain an author's headings.
#[must_use]
pub fn reserved(sources: &Sources) -> Reserved {
    let own = sources.under("theme/").filter_map(|(path, _)| {
        let inner = &path["theme/".len()..];
        let prints = inner.starts_with(TEMPLATES) || inner.starts_with("icons/");
        prints.then_some((inner, sources.text(path)?))
    });
    let own: Vec<_> = own.collect();
    let (built_in, reserved) = &*BUILT_IN_ANCHORS;
    if own.is_empty() {
        return reserved.clone();
    }
    let mut parts = built_in.clone();
    for (path, text) in own {
        parts.add(path, "", text);
    }
    parts.reserved()
}

/// The external addresses in the book's own templates, and their locations.
#[must_use]
pub fn external_addresses(sources: &Sources) -> Vec<(String, SourceLocation)> {
    let mut out = Vec::new();
    for (path, _) in sources.under("theme/templates/") {
        let text = sources.text(path).unwrap_or_default();
        for attribute in ["href", "src"] {
            let outside = attribute_values(text, attribute).into_iter();
            let outside = outside.filter(|it| is_external(it) && first_tag_start(it).is_none());
            for address in outside {
                // Each value is a slice of the text.
                let start = address.as_ptr().addr() - text.as_ptr().addr();
                let location = SourceLocation {
                    path: path.clone(),
                    span: Span::new(start, start + address.len()),
                };
                out.push((address.replace("&amp;", "&"), location));
            }
        }
    }
    out
}

impl TemplateParts {
    /// Adds a file of the theme; the names of templates get a prefix.
    fn add(&mut self, path: &str, prefix: &str, text: &str) {
        if path.starts_with("icons/") {
            let names = TemplatePart::parse(text).names.whole;
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
            self.components
                .insert(name.to_owned(), TemplatePart::parse(body));
            rest = after;
        }
        outside.push_str(rest);
        self.templates
            .insert(format!("{prefix}{name}"), TemplatePart::parse(&outside));
    }

    fn reserved(&self) -> Reserved {
        let of = |(host, template)| (host, self.names_of(template));
        HOST_TEMPLATES.into_iter().map(of).collect()
    }

    /// The anchors of a template and of everything that it extends, includes and calls.
    fn names_of(&self, template: &str) -> Names {
        let mut out = Names::default();
        out.whole.extend(self.symbols.iter().cloned());
        let mut templates = vec![template.to_owned()];
        let mut components: Vec<String> = Vec::new();
        let mut seen = BTreeSet::new();
        loop {
            let (key, part) = if let Some(name) = templates.pop() {
                let part = self.templates.get(&name);
                let built_in = || self.templates.get(&format!("{BUILT_IN}{name}"));
                (format!("/{name}"), part.or_else(built_in))
            } else if let Some(name) = components.pop() {
                let part = self.components.get(&name);
                (name, part)
            } else {
                return out;
            };
            let Some(part) = part.filter(|_| seen.insert(key)) else {
                continue;
            };
            out.extend(&part.names);
            templates.extend(part.templates.iter().cloned());
            components.extend(part.components.iter().cloned());
        }
    }
}

/// Splits at the next component: the text before it, its name and body, and the text after it.
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
        let name = &name[..name.find(|c: char| !is_name_char(c))?];
        let body = text.len() - tag.len();
        let end = body + text[body..].find("endcomponent")?;
        let close = end + text[end..].find("%}")? + 2;
        return Some((&text[..start], (name, &text[body..end]), &text[close..]));
    }
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

impl TemplatePart {
    fn parse(text: &str) -> Self {
        let mut out = Self::default();
        out.add_references(text);
        for value in attribute_values(text, "id") {
            out.add_anchor(value);
        }
        // The target of a link within the page exists, even if a figure contains it.
        for value in attribute_values(text, "href") {
            if let Some(name) = value.strip_prefix('#') {
                out.add_anchor(name);
            }
        }
        out
    }

    /// Adds an anchor as it is written in a template.
    fn add_anchor(&mut self, value: &str) {
        let value = without_prefix(value.trim());
        let (Some(start), Some(end)) = (first_tag_start(value), last_tag_end(value)) else {
            if !value.is_empty() {
                self.names.whole.insert(value.to_owned());
            }
            return;
        };
        let ends = (value[..start].to_owned(), value[end..].to_owned());
        self.names.parts.insert(ends);
        // Literals in an expression: `id="{{ id | default(value="x") }}"`.
        let quoted = value[start..end].split(['"', '\'']).skip(1).step_by(2);
        self.names.whole.extend(quoted.map(str::to_owned));
    }

    fn add_references(&mut self, text: &str) {
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
            let end = name.find(|c| !is_name_char(c)).unwrap_or(name.len());
            self.components.insert(name[..end].to_owned());
            // The component may use any literal argument as an anchor.
            let call = &name[end..name.find("/>").or_else(|| name.find("%}")).unwrap_or(end)];
            let values = call
                .split('"')
                .skip(1)
                .step_by(2)
                .filter(|_| call.contains("=\""));
            let values = values.filter(|it| !it.contains(char::is_whitespace) && !it.is_empty());
            self.names.whole.extend(values.map(str::to_owned));
        }
    }
}

/// An anchor without the prefix that it has in the printed document: `{{ frame.prefix }}`, or a component's `{{ prefix }}`.
fn without_prefix(value: &str) -> &str {
    let tag = value.strip_prefix("{{").and_then(|it| it.split_once("}}"));
    match tag {
        Some((inner, after)) if inner.trim().rsplit('.').next() == Some("prefix") => after,
        _ => value,
    }
}

/// The values of an attribute in a template, including template tags.
fn attribute_values<'a>(text: &'a str, attribute: &str) -> Vec<&'a str> {
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
        out.push(&value[..value_end(value, ends)]);
    }
    out
}

/// The offset of the first character outside of template tags that ends a value.
fn value_end(value: &str, ends: impl Fn(char) -> bool) -> usize {
    let mut from = 0;
    loop {
        let rest = &value[from..];
        let end = rest.find(&ends).unwrap_or(rest.len());
        match first_tag_start(rest).filter(|it| *it < end) {
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

fn first_tag_start(text: &str) -> Option<usize> {
    text.find("{{").into_iter().chain(text.find("{%")).min()
}

fn last_tag_end(text: &str) -> Option<usize> {
    let end = text.rfind("}}").into_iter().chain(text.rfind("%}")).max();
    end.map(|it| it + 2)
}

#[cfg(test)]
mod tests {
    use super::{Host, TemplatePart, TemplateParts, reserved};
    use crate::source::Sources;

    #[test]
    fn names_are_read_as_a_template_writes_them() {
        let part = TemplatePart::parse(
            "<h2 id=\"{{ frame.prefix }}a\"><p class=\"x\" id='b'><i data-id=\"no\"><b id = c>{% if d %} id=\"d-{{ x | default(value=\"y\") }}-e\"\
             {% endif %}<a href=\"#{{frame.prefix}}edge-{{ n }}\"></a><a href=\"x.html#no\">{{ <card id=\"f\" what=\"g h\" m={x.y} /> }}<u id=\"{{ z }}\">",
        );
        let whole: Vec<_> = part.names.whole.iter().map(String::as_str).collect();
        assert_eq!(whole, ["a", "b", "c", "f", "y"]);
        let parts: Vec<_> = part
            .names
            .parts
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        assert_eq!(parts, [("", ""), ("d-", "-e"), ("edge-", "")]);
        assert!(part.components.contains("card"));
    }

    #[test]
    fn a_template_has_the_names_of_what_it_extends_includes_and_calls() {
        let mut parts = TemplateParts::default();
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
            parts.add(path, "", text);
        }
        let names = parts.names_of("page.html").whole;
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        assert_eq!(names, ["1", "base", "in-a", "in-b", "inner", "mark"]);
    }

    #[test]
    fn a_book_adds_its_own_names() {
        let built_in = reserved(&Sources::default());
        for (host, name) in [
            (Host::Measure, "duty-cap"),
            (Host::Home, "by-task"),
            (Host::UseCase, "risk-cap"),
            (Host::Page, "main"),
            (Host::Node, "cite"),
        ] {
            assert!(built_in[&host].whole.contains(name), "{host:?} {name}");
        }
        assert!(!built_in[&Host::Page].whole.contains("practices"));
        let mut sources = Sources::default();
        let text = "{% extends \"built-in/page.html\" %}{% block body %}<p id=\"prices\">{% endblock body %}";
        sources.insert("theme/templates/page.html", text.as_bytes());
        let with = reserved(&sources);
        assert!(with[&Host::Page].whole.contains("prices"));
        assert!(with[&Host::Page].whole.contains("main"));
        assert_eq!(with[&Host::Home], built_in[&Host::Home]);
    }
}
