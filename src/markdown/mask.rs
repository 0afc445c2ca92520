//! Hides characters from the parser that it would interpret against the author's intention.
//!
//! Entry: [`mask`], [`unmask`]. Invariant: the masked text has the same length in bytes.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Tag};

use super::comments;
use super::parser::{colons, parser};

/// Stands for a colon that begins no definition, since the parser takes each that begins a line for one.
const COLON: char = '\u{1a}';

/// Stands for each byte of a comment that has words behind it on its last line, since the parser takes these for HTML.
const COMMENT: char = '\u{19}';

/// The text as the parser is to see it, byte for byte as long; none where it is the text itself.
pub(super) fn mask(text: &str, options: Options) -> Option<String> {
    let comments = comments::leading_comments(text, |text| parser(text, options, &mut Vec::new()));
    let mut colons = colons(text)
        .filter(|(_, defines)| !defines)
        .map(|(at, _)| at)
        .peekable();
    let definitions = options.contains(Options::ENABLE_DEFINITION_LIST);
    let hide_colons = definitions && colons.peek().is_some();
    // A text that holds the stand-ins itself is left alone: they would not be told apart.
    if comments.is_empty() && !hide_colons || text.contains([COLON, COMMENT]) {
        return None;
    }
    let mut bytes = text.as_bytes().to_vec();
    for at in colons.filter(|_| hide_colons) {
        bytes[at] = COLON as u8;
    }
    for range in comments {
        bytes[range].fill(COMMENT as u8);
    }
    Some(String::from_utf8(bytes).expect("whole characters became signs of one byte"))
}

/// An event of a masked text with the signs of the text itself, and its range without the comments before it.
pub(super) fn unmask<'a>(event: Event<'_>, mut range: Range<usize>) -> (Event<'a>, Range<usize>) {
    if let Event::Text(it) = &event {
        range.start += it.len() - it.trim_start_matches(COMMENT).len();
    }
    let words = |it: CowStr<'_>| -> CowStr<'a> {
        if it.contains([COLON, COMMENT]) {
            it.replace(COLON, ":").replace(COMMENT, "").into()
        } else {
            it.into_static()
        }
    };
    let event = match event {
        Event::Text(it) => Event::Text(words(it)),
        Event::Code(it) => Event::Code(words(it)),
        Event::Html(it) => Event::Html(words(it)),
        Event::InlineHtml(it) => Event::InlineHtml(words(it)),
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Link {
            link_type,
            dest_url: words(dest_url),
            title: words(title),
            id: words(id),
        }),
        Event::Start(Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Image {
            link_type,
            dest_url: words(dest_url),
            title: words(title),
            id: words(id),
        }),
        other => other.into_static(),
    };
    (event, range)
}
