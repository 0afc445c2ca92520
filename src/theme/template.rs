//! What a template says of others: which it extends and includes, and which blocks it has.
//!
//! Entry: [`Outline::of`]. Invariant: only tags are read, so that a mistake inside of one is left to the template engine.

use std::collections::BTreeMap;

use super::built_in;
use crate::source::Span;

/// Stands before the name of a built-in template that a template of the same name extends.
pub(super) const BUILT_IN: &str = "built-in/";

/// A name in a tag, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub name: String,
    pub span: Span,
}

/// The tags of a template by which it belongs to others.
#[derive(Debug, Clone, Default)]
pub(super) struct Outline {
    pub extends: Option<Named>,
    pub includes: Vec<Named>,
    pub blocks: Vec<Named>,
    /// Blocks that stand in no other: where it extends a template, that one has to have them.
    pub fills: Vec<Named>,
    /// Parts for other templates that are called by name.
    pub components: Vec<String>,
}

impl Outline {
    /// Whether it has a block of this name.
    pub(super) fn has(&self, block: &str) -> bool {
        self.blocks.iter().any(|it| it.name == block)
    }

    /// The tags of a template.
    pub(super) fn of(text: &str) -> Self {
        let mut out = Self::default();
        let mut at = 0;
        let mut depth = 0_usize;
        while let Some((start, end, is_tag)) = next(text, at) {
            at = end;
            if !is_tag {
                continue;
            }
            let inner = text[start..end].trim_start_matches(['{', '%', '-']);
            let keyword = inner.split_whitespace().next();
            if keyword == Some("endblock") {
                depth = depth.saturating_sub(1);
            }
            let Some(named) = name_in(inner, end - inner.len()) else {
                continue;
            };
            match keyword {
                Some("extends") => out.extends = Some(named),
                Some("include") => out.includes.push(named),
                Some("block") => {
                    if depth == 0 {
                        out.fills.push(named.clone());
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

/// The next tag or comment: its range, and whether it is a tag.
fn next(text: &str, from: usize) -> Option<(usize, usize, bool)> {
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

/// The word or the quoted text behind the first word of a tag.
fn name_in(inner: &str, inner_at: usize) -> Option<Named> {
    let keyword = inner.trim_start();
    let behind = keyword.find(char::is_whitespace)?;
    let rest = keyword[behind..].trim_start();
    let rest_at = inner_at + inner.len() - rest.len();
    let quote = rest.chars().next().filter(|it| ['"', '\''].contains(it));
    let (start, length) = match quote {
        Some(quote) => (1, rest[1..].find(quote)?),
        None => (
            0,
            rest.find(|it: char| !(it.is_alphanumeric() || it == '_'))?,
        ),
    };
    let name = rest[start..start + length].to_owned();
    let span = Span::new(rest_at + start, rest_at + start + length);
    Some(Named { name, span })
}

/// The outlines of a book's templates, by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Outlines {
    own: BTreeMap<String, Outline>,
}

impl Outlines {
    /// The outlines of templates: name and text.
    pub(super) fn of<'a>(templates: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let outline = |(name, text): (&str, &str)| (name.to_owned(), Outline::of(text));
        Self {
            own: templates.into_iter().map(outline).collect(),
        }
    }

    /// The book's own.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&String, &Outline)> {
        self.own.iter()
    }

    /// The outline of a template as others name it, and the name under which it is found.
    pub(super) fn find(&self, name: &str) -> Option<(String, Outline)> {
        if let Some(own) = self.own.get(name) {
            return Some((name.to_owned(), own.clone()));
        }
        let inner = name.strip_prefix(BUILT_IN).unwrap_or(name);
        let text = built_in::text(&format!("templates/{inner}"))?;
        Some((format!("{BUILT_IN}{inner}"), Outline::of(text)))
    }

    /// The templates that one extends, from the nearest; none where they lead back to one of them.
    pub(super) fn parents(&self, of: &Outline) -> Option<Vec<Outline>> {
        let mut seen = Vec::new();
        let mut out: Vec<Outline> = Vec::new();
        let mut next = of.extends.clone();
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

    /// Every name that a template can be found by.
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
        let outline = Outline::of(text);
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
            Outline::of("{% block a %}{% block b %}{% endblock %}{% endblock a %}{% block c %}");
        let fills: Vec<_> = nested.fills.iter().map(|it| it.name.as_str()).collect();
        assert_eq!((fills, nested.blocks.len()), (vec!["a", "c"], 3));
        assert!(Outline::of("{% block").blocks.is_empty());
    }
}
