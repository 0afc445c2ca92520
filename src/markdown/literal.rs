//! Finds markup that the parser treated as text: links without a URL, notes without a definition, the markup of other programs.
//!
//! Entry: [`faults`]. Invariant: code, links, HTML and escaped characters are not examined.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::block_text::{BlockText, NON_TEXT, within_reach};
use super::foreign;
use super::loose;
use super::unsupported::{self, Unsupported};
use super::{BrokenLink, Fault, FaultKind};

/// Finds the faults in the text of all blocks.
pub(super) fn faults(text: &str, events: &[(Event<'_>, Range<usize>)]) -> Vec<Fault> {
    let mut blocks = Blocks {
        text,
        out: Vec::new(),
        runs: Vec::new(),
        table: false,
        quotation: false,
        aside: 0,
    };
    for (event, range) in events {
        blocks.event(event, range);
    }
    blocks.close();
    blocks.out
}

struct Blocks<'a> {
    text: &'a str,
    out: Vec<Fault>,
    /// The runs of the block that is open, and the line ends between them.
    runs: Vec<(Range<usize>, bool)>,
    table: bool,
    quotation: bool,
    /// How many links and code blocks are open.
    aside: usize,
}

impl Blocks<'_> {
    fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Text(_) if self.aside == 0 => self.runs.push((range.clone(), true)),
            Event::SoftBreak | Event::HardBreak => self.runs.push((range.clone(), false)),
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {}
            Tag::Link { .. } | Tag::Image { .. } => self.aside += 1,
            Tag::CodeBlock(kind) => {
                self.close();
                self.aside += 1;
                if let pulldown_cmark::CodeBlockKind::Fenced(info) = kind {
                    let block = &self.text[range.clone()];
                    let line = block.lines().next().unwrap_or_default();
                    let line_range = range.start..range.start + line.trim_end().len();
                    if let Some(what) = unsupported::fence(info) {
                        self.unsupported(what, line_range.clone());
                    }
                    if !loose::is_fence_closed(block) {
                        self.out.push(Fault {
                            kind: FaultKind::LooseSign(&loose::FENCE),
                            range: line_range,
                        });
                    }
                }
            }
            Tag::Heading { classes, attrs, .. } => {
                self.close();
                if !(classes.is_empty() && attrs.is_empty()) {
                    let heading = &self.text[range.clone()];
                    let at = heading.rfind('{').unwrap_or_default();
                    let end = heading.rfind('}').map_or(heading.len(), |it| it + 1);
                    self.unsupported(
                        &unsupported::ATTRIBUTES,
                        range.start + at..range.start + end.max(at),
                    );
                }
            }
            Tag::TableCell => {
                self.close();
                self.table = true;
            }
            Tag::BlockQuote(_) => {
                self.close();
                self.quotation = true;
            }
            Tag::Paragraph => self.close_words(),
            _ => self.close(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {}
            TagEnd::Link | TagEnd::Image => self.aside = self.aside.saturating_sub(1),
            TagEnd::CodeBlock => {
                self.aside = self.aside.saturating_sub(1);
                self.runs.clear();
            }
            _ => {
                self.close();
                self.table = false;
            }
        }
    }

    fn unsupported(&mut self, what: &'static Unsupported, range: Range<usize>) {
        let kind = FaultKind::Unsupported(what);
        self.out.push(Fault { kind, range });
    }

    /// The end of a block.
    fn close(&mut self) {
        self.close_words();
        self.quotation = false;
    }

    /// Looks through the words of the block that is open.
    fn close_words(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        let may_hold = |(range, is_text): &(Range<usize>, bool)| {
            *is_text && self.text[range.clone()].bytes().any(is_sign)
        };
        let (Some((first, _)), Some((last, _))) = (runs.first(), runs.last()) else {
            return;
        };
        if !runs.iter().any(may_hold) {
            return;
        }
        // A backslash before the first sign of a run is no part of it.
        let escaped = self.text[..first.start].ends_with('\\');
        let block = first.start - usize::from(escaped)..last.end;
        let mut words = vec![NON_TEXT as u8; block.len()];
        for (range, is_text) in &runs {
            let to = range.start - block.start..range.end - block.start;
            if *is_text {
                if to.start > 0 && self.text[..range.start].ends_with('\\') {
                    words[to.start - 1] = b'\\';
                }
                words[to].copy_from_slice(&self.text.as_bytes()[range.clone()]);
            } else if let Some(end) = words.get_mut(to.start) {
                *end = b'\n';
            }
        }
        let mut words = String::from_utf8(words).expect("runs are whole characters");
        let formulas = foreign::latex(&words, &self.text[block.clone()]);
        escape(&mut words);
        let literal = BlockText {
            words,
            source: self.text,
            start: block.start,
            in_table: self.table,
            in_quotation: self.quotation,
        };
        literal.brackets(&mut self.out);
        foreign::find_foreign_markup(&literal, &mut self.out);
        loose::find_loose_signs(&literal, &mut self.out);
        for range in formulas {
            self.unsupported(
                &unsupported::MATH,
                block.start + range.start..block.start + range.end,
            );
        }
    }
}

/// Whether one of these signs begins each kind of mark-up that is looked for.
fn is_sign(byte: u8) -> bool {
    b"[]{}$=^@\\:!?%+<|~#*_`".contains(&byte)
}

/// Replaces escaped characters and their backslashes by [`NON_TEXT`].
fn escape(words: &mut String) {
    if !words.contains('\\') {
        return;
    }
    let mut bytes = std::mem::take(words).into_bytes();
    let mut at = 0;
    while at + 1 < bytes.len() {
        if bytes[at] == b'\\' && bytes[at + 1].is_ascii_punctuation() {
            bytes[at..at + 2].fill(NON_TEXT as u8);
            at += 1;
        }
        at += 1;
    }
    *words = String::from_utf8(bytes).expect("only signs of one byte were replaced");
}

impl BlockText<'_> {
    /// A range of the words as a range of the text.
    pub(super) fn source_range(&self, range: Range<usize>) -> Range<usize> {
        self.start + range.start..self.start + range.end
    }

    /// Whether only blanks and the signs of lists and quotations stand before a word on its line.
    pub(super) fn starts_line(&self, at: usize) -> bool {
        let before = &self.source[..self.start + at];
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.chars()
            .all(|it| it.is_ascii_digit() || " \t>-*+.):".contains(it))
    }

    /// Brackets that were meant as links or notes.
    fn brackets(&self, out: &mut Vec<Fault>) {
        let mut at = 0;
        while let Some(next) = self.words[at..].find('[') {
            let open = at + next;
            at = open + 1;
            if let Some((kind, end)) = self.bracket(open) {
                let range = self.source_range(open..end);
                out.push(Fault { kind, range });
                at = end;
            }
        }
        if let Some(at) = self.words.find("<!--") {
            let line = self.words[at..].lines().next().unwrap_or_default();
            out.push(Fault {
                kind: FaultKind::OpenComment,
                range: self.source_range(at..at + line.trim_end_matches(NON_TEXT).len()),
            });
        }
    }

    /// What a bracket was meant to be, and where it ends; none where it is one.
    fn bracket(&self, open: usize) -> Option<(FaultKind, usize)> {
        let rest = &self.words[open..];
        if rest.starts_with("[[") {
            let line = within_reach(rest).lines().next().unwrap_or_default();
            let end = line.find("]]").map_or(line.len(), |it| it + 2);
            let end = open + rest[..end].trim_end_matches([NON_TEXT, ' ']).len();
            return Some((FaultKind::NoRecordLink(self.in_table), end));
        }
        let close = open + closing(rest, '[', ']')?;
        let inner = &self.words[open + 1..close];
        let after = &self.words[close + 1..];
        if let Some(name) = inner.strip_prefix('^') {
            let is_name = !name.is_empty() && !name.contains([' ', '\n', '[', NON_TEXT]);
            return is_name.then(|| (FaultKind::UndefinedNote(name.to_owned()), close + 1));
        }
        if after.starts_with('(') {
            return Some(self.broken_link(close + 1));
        }
        if after.starts_with('[') && !after.starts_with("[^") {
            // `a[i][j]` is an entry of a table in a programming language.
            let indexed = self.words[..open]
                .ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ']' | ')'));
            let end = close + 1 + closing(after, '[', ']')?;
            let label = &self.source[self.start + close + 2..self.start + end];
            let label = if label.trim().is_empty() {
                &self.source[self.start + open + 1..self.start + close]
            } else {
                label
            };
            let fault = FaultKind::UndefinedReference(label.trim().to_owned());
            return (!indexed).then_some((fault, end + 1));
        }
        None
    }

    /// `(…)` behind words in brackets, and where it ends.
    fn broken_link(&self, open: usize) -> (FaultKind, usize) {
        let rest = &self.words[open..];
        let line = within_reach(rest).lines().next().unwrap_or_default();
        let Some(close) = closing(rest, '(', ')') else {
            let end = open + line.trim_end_matches([NON_TEXT, ' ']).len();
            return (FaultKind::BrokenLink(BrokenLink::Open), end);
        };
        let inner = &self.source[self.start + open + 1..self.start + open + close];
        // A title stands in quotes behind the address.
        let address = inner.split(['"', '\'']).next().unwrap_or_default().trim();
        let kind = if address.contains(char::is_whitespace) && !address.starts_with('<') {
            BrokenLink::Blank(address.to_owned())
        } else {
            BrokenLink::Other
        };
        (FaultKind::BrokenLink(kind), open + close + 1)
    }
}

/// Where the bracket closes with which a text begins.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in within_reach(text).char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}
