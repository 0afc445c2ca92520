//! How a template refers to others: what it extends and includes, and which blocks and components it defines.
//!
//! Entry: [`Outline::parse`]. Invariant: only tags are parsed; errors inside of a tag are left to the template engine.

use std::collections::BTreeMap;

use super::built_in;
use crate::source::Span;

/// The prefix of a built-in template's name, by which a template of the same name can extend it.
pub(super) const BUILT_IN: &str = "built-in/";

/// A name in a tag, and its span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SpannedName {
    pub name: String,
    pub span: Span,
}

/// The tags of a template that relate it to others.
#[derive(Debug, Clone, Default)]
pub(super) struct Outline {
    pub extends: Option<SpannedName>,
    pub includes: Vec<SpannedName>,
    pub blocks: Vec<SpannedName>,
    /// Blocks that are not nested. If the template extends another one, they override blocks of it.
    pub top_level_blocks: Vec<SpannedName>,
    /// The names of components that it defines.
    pub components: Vec<String>,
}

impl Outline {
    /// Whether it has a block of this name.
    pub(super) fn has_block(&self, block: &str) -> bool {
        self.blocks.iter().any(|it| it.name == block)
    }

    /// Parses the tags of a template.
    pub(super) fn parse(text: &str) -> Self {
        let mut out = Self::default();
        let mut position = 0;
        let mut depth = 0_usize;
        while let Some((start, end, is_tag)) = next_tag(text, position) {
            position = end;
            if !is_tag {
                continue;
            }
            let inner = text[start..end].trim_start_matches(['{', '%', '-']);
            let keyword = inner.split_whitespace().next();
            if keyword == Some("endblock") {
                depth = depth.saturating_sub(1);
            }
            let Some(named) = parse_name(inner, end - inner.len()) else {
                continue;
            };
            match keyword {
                Some("extends") => out.extends = Some(named),
                Some("include") => out.includes.push(named),
                Some("block") => {
                    if depth == 0 {
                        out.top_level_blocks.push(named.clone());
                    }
                    depth += 1;
                    out.blocks.push(named);
                }
                Some("component") => out.components.push(named.name),
                _ => {}
            }
        }
        out
    }
}

/// The next tag or comment: its start and end, and whether it is a tag.
fn next_tag(text: &str, from: usize) -> Option<(usize, usize, bool)> {
    let mut at = from;
    let (close, is_tag) = loop {
        at += text[at..].find('{')?;
        match text.as_bytes().get(at + 1) {
            Some(b'%') => break ("%}", true),
            Some(b'#') => break ("#}", false),
            _ => at += 1,
        }
    };
    let end = at + text[at..].find(close)? + close.len();
    Some((at, end, is_tag))
}

/// Parses the word or quoted string after the keyword of a tag.
fn parse_name(inner: &str, inner_offset: usize) -> Option<SpannedName> {
    let keyword = inner.trim_start();
    let keyword_end = keyword.find(char::is_whitespace)?;
    let rest = keyword[keyword_end..].trim_start();
    let rest_offset = inner_offset + inner.len() - rest.len();
    let quote = rest.chars().next().filter(|it| ['"', '\''].contains(it));
    let (start, length) = match quote {
        Some(quote) => (1, rest[1..].find(quote)?),
        None => (
            0,
            rest.find(|it: char| !(it.is_alphanumeric() || it == '_'))?,
        ),
    };
    let name = rest[start..start + length].to_owned();
    let span = Span::new(rest_offset + start, rest_offset + start + length);
    Some(SpannedName { name, span })
}

/// The outlines of a book's templates, by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Outlines {
    own: BTreeMap<String, Outline>,
}

impl Outlines {
    /// Parses templates, given by name and text.
    pub(super) fn parse<'a>(templates: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let outline = |(name, text): (&str, &str)| (name.to_owned(), Outline::parse(text));
        Self {
            own: templates.into_iter().map(outline).collect(),
        }
    }

    /// The outlines of the book's own templates.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&String, &Outline)> {
        self.own.iter()
    }

    /// Finds a template by the name that other templates use; returns its full name and its outline.
    pub(super) fn find(&self, name: &str) -> Option<(String, Outline)> {
        if let Some(own) = self.own.get(name) {
            return Some((name.to_owned(), own.clone()));
        }
        let inner = name.strip_prefix(BUILT_IN).unwrap_or(name);
        let text = built_in::text(&format!("templates/{inner}"))?;
        Some((format!("{BUILT_IN}{inner}"), Outline::parse(text)))
    }

    /// The templates that one extends directly and indirectly, nearest first; `None` if they form a cycle.
    pub(super) fn parents(&self, outline: &Outline) -> Option<Vec<Outline>> {
        let mut seen = Vec::new();
        let mut out: Vec<Outline> = Vec::new();
        let mut next = outline.extends.clone();
        while let Some(named) = next.take() {
            let Some((name, outline)) = self.find(&named.name) else {
                break;
            };
            if seen.contains(&name) {
                return None;
            }
            seen.push(name);
            next.clone_from(&outline.extends);
            out.push(outline);
        }
        Some(out)
    }

    /// All names by which a template can be found.
    pub(super) fn names(&self) -> Vec<String> {
        let built_in = built_in::paths();
        let names = built_in
            .iter()
            .filter_map(|it| it.strip_prefix("templates/"));
        let names = names.flat_map(|it| [it.to_owned(), format!("{BUILT_IN}{it}")]);
        names.chain(self.own.keys().cloned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Outline;

    #[test]
    fn tags_are_found_and_comments_are_not() {
        let text = "{# {% block no %} #}{% extends \"built-in/a.html\" %}\n{%- block one -%}é{% endblock one %}{% include 'b.html' %}{% block two %}{% if x %}";
        let outline = Outline::parse(text);
        let extends = outline.extends.expect("it extends one");
        assert_eq!(
            &text[extends.span.start..extends.span.end],
            "built-in/a.html"
        );
        let blocks: Vec<_> = outline
            .blocks
            .iter()
            .map(|it| &text[it.span.start..it.span.end])
            .collect();
        assert_eq!(blocks, ["one", "two"]);
        assert_eq!(outline.includes[0].name, "b.html");
        let nested =
            Outline::parse("{% block a %}{% block b %}{% endblock %}{% endblock a %}{% block c %}");
        let fills: Vec<_> = nested
            .top_level_blocks
            .iter()
            .map(|it| it.name.as_str())
            .collect();
        assert_eq!((fills, nested.blocks.len()), (vec!["a", "c"], 3));
        assert!(Outline::parse("{% block").blocks.is_empty());
    }
}
