//! Removes HTML comments, which are notes of authors to authors.
//!
//! Entry: [`strip`], [`leading_comments`]. Invariant: no part of a comment is left.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

/// HTML without its comments.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct StrippedHtml {
    /// What is left.
    pub rest: String,
    /// Whether the last comment has no end.
    pub open: bool,
}

/// Elements whose content is raw text, which has no comments.
const RAW: [&str; 3] = ["<script", "<style", "<textarea"];

/// Removes the comments from a block of HTML.
pub(super) fn strip(html: &str) -> StrippedHtml {
    let start = html.trim_start();
    let is_raw = |it: &&str| {
        start
            .get(..it.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(it))
    };
    let mut out = StrippedHtml {
        rest: String::new(),
        open: false,
    };
    let mut rest = html;
    if RAW.iter().any(is_raw) {
        out.rest.push_str(html);
        return out;
    }
    while let Some(at) = rest.find("<!--") {
        out.rest.push_str(&rest[..at]);
        let Some(length) = length(&rest[at..]) else {
            out.open = true;
            return out;
        };
        rest = &rest[at + length..];
    }
    out.rest.push_str(rest);
    out
}

/// How long a comment is with which a text begins; none where it has no end. `<!-->` and `<!--->` are whole
/// (`CommonMark` 0.31.2, section 6.6).
fn length(text: &str) -> Option<usize> {
    let inner = &text["<!--".len()..];
    if inner.starts_with('>') {
        return Some("<!-->".len());
    }
    if inner.starts_with("->") {
        return Some("<!--->".len());
    }
    inner.find("-->").map(|at| at + "<!---->".len())
}

/// The comments with which a block begins that has words behind them on the same line. `parse` gives the events of a text.
pub(super) fn leading_comments<'a, I>(
    text: &'a str,
    parse: impl FnOnce(&'a str) -> I,
) -> Vec<Range<usize>>
where
    I: Iterator<Item = (Event<'a>, Range<usize>)>,
{
    let mut out = Vec::new();
    if !text.contains("<!--") {
        return out;
    }
    let mut block: Option<Range<usize>> = None;
    for (event, range) in parse(text) {
        match event {
            Event::Start(Tag::HtmlBlock) => block = Some(range),
            Event::End(TagEnd::HtmlBlock) => {
                if let Some(range) = block.take() {
                    out.extend(comments_before_text(text, range));
                }
            }
            _ => {}
        }
    }
    out
}

/// The comments with which a block begins, where words stand behind them.
fn comments_before_text(text: &str, block: Range<usize>) -> Vec<Range<usize>> {
    let mut comments = Vec::new();
    let mut at = block.start;
    loop {
        let rest = text[at..block.end].trim_start();
        if !rest.starts_with("<!--") {
            return if rest.is_empty() {
                Vec::new()
            } else {
                comments
            };
        }
        let start = block.end - rest.len();
        let Some(length) = length(rest) else {
            return Vec::new();
        };
        at = start + length;
        comments.push(start..at);
    }
}
