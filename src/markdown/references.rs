//! Finds hidden characters that are written as character references: `&#x202e;`, `&ZeroWidthSpace;`.
//!
//! Entry: [`in_prose`] for Markdown, [`in_text`] for any text that may contain prose. Invariant: references in code are not
//! resolved, and so not reported.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Parser, Tag};

use super::parser::options;
use crate::characters::{kind, without_controls};

/// The names that HTML has for hidden characters.
const NAMES: [(&str, char); 15] = [
    ("ApplyFunction", '\u{2061}'),
    ("InvisibleComma", '\u{2063}'),
    ("InvisibleTimes", '\u{2062}'),
    ("NegativeMediumSpace", '\u{200b}'),
    ("NegativeThickSpace", '\u{200b}'),
    ("NegativeThinSpace", '\u{200b}'),
    ("NegativeVeryThinSpace", '\u{200b}'),
    ("NoBreak", '\u{2060}'),
    ("ZeroWidthSpace", '\u{200b}'),
    ("af", '\u{2061}'),
    ("ic", '\u{2063}'),
    ("it", '\u{2062}'),
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
    ("zwj", '\u{200d}'),
];

/// A reference to a hidden character, and the character.
pub type Reference = (Range<usize>, char);

/// References in a Markdown text.
#[must_use]
pub fn in_prose(text: &str) -> Vec<Reference> {
    let found = find_references(text);
    if found.is_empty() {
        return found;
    }
    // Where nothing is resolved: code, and HTML, in which the browser does it.
    let code: Vec<_> = Parser::new_ext(text, options(text))
        .into_offset_iter()
        .scan(false, |inside, (event, range)| {
            match event {
                Event::Start(Tag::CodeBlock(_)) => *inside = true,
                Event::End(pulldown_cmark::TagEnd::CodeBlock) => *inside = false,
                _ => {}
            }
            let is_code =
                *inside && matches!(event, Event::Text(_)) || matches!(event, Event::Code(_));
            Some(is_code.then_some(range))
        })
        .flatten()
        .collect();
    let outside = |it: &Reference| {
        let at = code.partition_point(|code| code.end <= it.0.start);
        code.get(at).is_none_or(|code| it.0.start < code.start)
    };
    found.into_iter().filter(outside).collect()
}

/// References in a text of any kind, but for those between backticks on one line.
#[must_use]
pub fn in_text(text: &str) -> Vec<Reference> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let last = line.rfind('`').unwrap_or_default();
        let (mut ticks, mut seen) = (0, 0);
        for (range, c) in find_references(line) {
            ticks += line[seen..range.start].matches('`').count();
            seen = range.start;
            if ticks % 2 == 0 || last < range.start {
                out.push((start + range.start..start + range.end, c));
            }
        }
        start += line.len();
    }
    out
}

/// References wherever they stand.
fn find_references(text: &str) -> Vec<Reference> {
    let all = text.match_indices('&');
    let all = all.filter_map(|(at, _)| reference_at(text, at));
    all.filter(|(_, c)| kind(*c).is_some()).collect()
}

fn reference_at(text: &str, at: usize) -> Option<Reference> {
    let rest = text.get(at + 1..)?;
    let length = rest.bytes().take(24).position(|it| it == b';')?;
    let name = rest.get(..length)?;
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let number = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(number.ok()?)?
        }
        None if name == "zwnj" => '\u{200c}',
        None => NAMES.iter().find(|(it, _)| *it == name)?.1,
    };
    Some((at..at + length + 2, c))
}

/// An event without the controls that references stand for.
pub(super) fn cleaned(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(it) => Event::Text(clean(it)),
        Event::Code(it) => Event::Code(clean(it)),
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Link {
            link_type,
            dest_url: clean(dest_url),
            title: clean(title),
            id,
        }),
        Event::Start(Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Image {
            link_type,
            dest_url: clean(dest_url),
            title: clean(title),
            id,
        }),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(clean(info))))
        }
        event => event,
    }
}

fn clean(text: CowStr<'_>) -> CowStr<'_> {
    match without_controls(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(clean) => clean.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::{in_prose, in_text};

    #[test]
    fn references_are_found_outside_of_code() {
        let text = "a&#x202e;b &lrm; `&#1;` &amp; &#65;\n\n    &#1;\n\n```\n&#2;\n```\n\n[x](y \"&#3;\")\n";
        let found: Vec<_> = in_prose(text).into_iter().map(|it| &text[it.0]).collect();
        assert_eq!(found, ["&#x202e;", "&lrm;", "&#3;"]);
        let text = "a `&#1;` b\n`a` &#2; ` &#3;\n";
        let found: Vec<_> = in_text(text).into_iter().map(|it| &text[it.0]).collect();
        assert_eq!(found, ["&#2;", "&#3;"]);
    }
}
