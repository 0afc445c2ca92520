//! The tags of HTML that the templates and the Markdown writer made.
//!
//! Entry: [`tokens`]. Invariant: nothing is lost but comments; what is no tag is text.

/// A piece of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text as it is written, its signs escaped.
    Text(&'a str),
    /// An opening tag.
    Open(Tag<'a>),
    /// A closing tag, by name.
    Close(&'a str),
}

/// An opening tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub name: &'a str,
    /// In their order; as they are written, without quotes.
    pub attributes: Vec<(&'a str, Option<&'a str>)>,
    /// Whether it ends with `/>`.
    pub closed: bool,
}

/// Elements that never have a closing tag.
const VOID: [&str; 8] = ["br", "hr", "img", "input", "link", "meta", "source", "wbr"];

impl<'a> Tag<'a> {
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        let of_name = |(key, value): &(&str, Option<&'a str>)| value.filter(|_| *key == name);
        self.attributes.iter().find_map(of_name)
    }

    pub(super) fn has_class(&self, class: &str) -> bool {
        let classes = self.attribute("class");
        classes.is_some_and(|it| it.split_whitespace().any(|it| it == class))
    }

    /// Whether nothing stands in it and nothing closes it.
    pub(super) fn empty(&self) -> bool {
        self.closed || VOID.contains(&self.name)
    }
}

/// The tokens of a page, in order.
pub(super) fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let text = rest.find('<').unwrap_or(rest.len());
        if text > 0 {
            out.push(Token::Text(&rest[..text]));
            rest = &rest[text..];
            continue;
        }
        let (token, after) = token(rest);
        out.extend(token);
        rest = after;
    }
    out
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

/// The anchors of a page with the elements that bear them, in order.
#[must_use]
pub fn ids(html: &str) -> Vec<(&str, String)> {
    let tags = tokens(html).into_iter().filter_map(|it| match it {
        Token::Open(tag) => Some(tag),
        _ => None,
    });
    let named = tags.filter_map(|tag| Some((tag.name, unescaped(tag.attribute("id")?))));
    named.collect()
}

/// What begins with `<`, and the rest behind it.
fn token(text: &str) -> (Option<Token<'_>>, &str) {
    if let Some(comment) = text.strip_prefix("<!--") {
        let end = comment.find("-->").map_or(comment.len(), |at| at + 3);
        return (None, &comment[end..]);
    }
    if let Some(closing) = text.strip_prefix("</") {
        let end = closing.find('>').unwrap_or(closing.len());
        let rest = closing.get(end + 1..).unwrap_or_default();
        return (Some(Token::Close(closing[..end].trim())), rest);
    }
    match tag(&text[1..]) {
        Some((tag, rest)) => (Some(Token::Open(tag)), rest),
        None => (Some(Token::Text(&text[..1])), &text[1..]),
    }
}

/// An opening tag behind its `<`, and the rest behind it.
fn tag(text: &str) -> Option<(Tag<'_>, &str)> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '>' | '/' | '=');
    let (name, mut rest) = text.split_at(text.find(ends)?);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        let closed = rest.starts_with("/>");
        if let Some(after) = rest.strip_prefix("/>").or_else(|| rest.strip_prefix('>')) {
            let tag = Tag {
                name,
                attributes,
                closed,
            };
            return Some((tag, after));
        }
        if let Some(after) = rest.strip_prefix('/') {
            rest = after;
            continue;
        }
        let (key, after) = rest.split_at(rest.find(ends)?);
        if key.is_empty() {
            return None;
        }
        let Some(value) = after.strip_prefix('=') else {
            attributes.push((key, None));
            rest = after;
            continue;
        };
        let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => value[1..].split_once(quote)?,
            None => value.split_at(value.find(|c: char| c.is_whitespace() || c == '>')?),
        };
        attributes.push((key, Some(value)));
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::{Tag, Token, tokens};

    #[test]
    fn tags_are_read_with_their_attributes() {
        let found = tokens("a<p class=\"x > y\" hidden>b</p><br/><!-- <c> -->1 < 2");
        let tag = |name, attributes, closed| {
            Token::Open(Tag {
                name,
                attributes,
                closed,
            })
        };
        let wanted = vec![
            Token::Text("a"),
            tag("p", vec![("class", Some("x > y")), ("hidden", None)], false),
            Token::Text("b"),
            Token::Close("p"),
            tag("br", vec![], true),
            Token::Text("1 "),
            Token::Text("<"),
            Token::Text(" 2"),
        ];
        assert_eq!(found, wanted);
    }
}
