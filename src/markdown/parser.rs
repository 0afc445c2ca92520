//! The Markdown parser with the options of this program.
//!
//! Entry: [`parser`], [`options`]. Invariant: all texts are parsed with the same options.

use std::ops::Range;

use pulldown_cmark::{DefaultBrokenLinkCallback, OffsetIter, Options, Parser, TextMergeWithOffset};

/// A label and the range of its definition: `[label]: address`.
pub(super) type Definition = (String, Range<usize>);

pub(super) type Events<'a> = TextMergeWithOffset<'a, OffsetIter<'a, DefaultBrokenLinkCallback>>;

/// What the parser is to look for in a text.
pub(super) fn options(text: &str) -> Options {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS;
    if colons(text).any(|(_, defines)| defines) {
        options | Options::ENABLE_DEFINITION_LIST
    } else {
        options
    }
}

pub(super) fn parser<'a>(
    text: &'a str,
    options: Options,
    definitions: &mut Vec<Definition>,
) -> Events<'a> {
    let parser = Parser::new_ext(text, options);
    let defined = parser.reference_definitions().iter();
    definitions.extend(defined.map(|(label, it)| (fold_label(label), it.span.clone())));
    TextMergeWithOffset::new(parser.into_offset_iter())
}

/// A label as labels are compared: without regard to capitals and to how long a blank is.
pub(super) fn fold_label(label: &str) -> String {
    let words: Vec<_> = label.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// The colons that begin a line, behind signs of lists and quotations too, and whether each begins a definition: a blank and
/// words follow it.
pub(super) fn colons(text: &str) -> impl Iterator<Item = (usize, bool)> {
    let bytes = text.as_bytes();
    let leads = move |at: usize| {
        let mut before = bytes[..at].iter().rev().take_while(|it| **it != b'\n');
        before.all(|it| it.is_ascii_digit() || b" \t>-*+.)".contains(it))
    };
    let colons = memchr::memchr_iter(b':', bytes).filter(move |at| leads(*at));
    colons.map(move |at| {
        let line = text[at + 1..].split('\n').next().unwrap_or_default();
        (at, line.starts_with([' ', '\t']) && !line.trim().is_empty())
    })
}
