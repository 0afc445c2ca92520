//! Plain YAML: the events of a text that keeps to the forms in which most content is written.
//!
//! Entry: [`events`]. Invariant: a text with any other form gives nothing at all, so that the library reads it. Read here are
//! blocks of keys and of items, flows on one line, and scalars: plain, also over several lines, or quoted on one.

use std::borrow::Cow;

use memchr::memchr;

use crate::source::Span;

/// How deep a text may be nested; less than for the library.
const MAX_DEPTH: usize = 24;

/// How many events a text may have; fewer than for the library.
const MAX_EVENTS: usize = 500_000;

/// The longest key, in bytes.
const MAX_KEY: usize = 100;

/// What a text is made of, in its order.
#[derive(Debug, PartialEq)]
pub(super) enum Event<'a> {
    Map,
    /// With the range that the library gives it.
    List(Span),
    /// Of a map or a list.
    End,
    Scalar(Scalar<'a>),
}

/// A text, a number, a word: its type decides.
#[derive(Debug, PartialEq)]
pub(super) struct Scalar<'a> {
    pub text: Cow<'a, str>,
    pub quoted: bool,
    pub span: Span,
}

/// The events of a map or list; nothing where a form is not read here.
pub(super) fn events(text: &str) -> Option<Vec<Event<'_>>> {
    let controls = |it: &u8| it.is_ascii_control() && *it != b'\n';
    if text.as_bytes().iter().any(controls) || !text.is_ascii() && text.contains(is_odd) {
        return None;
    }
    let mut reader = Reader {
        text,
        at: if text.starts_with("---\n") { 4 } else { 0 },
        indent: None,
        depth: 0,
        out: Vec::with_capacity(text.len() / 32),
    };
    reader.next_line()?;
    let indent = reader.indent?;
    reader.block(indent)?;
    reader.indent.is_none().then_some(reader.out)
}

/// What is no plain sign of a text, beside controls of ASCII.
fn is_odd(c: char) -> bool {
    let marks = ['\u{2028}', '\u{2029}', '\u{feff}', '\u{fffe}', '\u{ffff}'];
    !c.is_ascii() && (c.is_control() || marks.contains(&c))
}

/// Reads a text from its start to its end. Each part gives nothing where it meets a form that is not read here.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// The indent of the line that `at` is the first sign of; nothing at the end.
    pub(super) indent: Option<usize>,
    depth: usize,
    out: Vec<Event<'a>>,
}

impl<'a> Reader<'a> {
    /// From the end of a line, or the start of the text, to the next line that holds something.
    pub(super) fn next_line(&mut self) -> Option<()> {
        loop {
            let start = self.at;
            self.spaces();
            match self.sign() {
                None => {
                    self.indent = None;
                    return Some(());
                }
                Some(b'\n') => self.at += 1,
                Some(b'#') => self.at = self.end_of_line(),
                Some(b'-' | b'.' | b'%') if start == self.at && self.is_marker() => return None,
                Some(_) => {
                    self.indent = Some(self.at - start);
                    return Some(());
                }
            }
        }
    }

    /// Whether a directive or the mark of a document stands here.
    fn is_marker(&self) -> bool {
        let rest = &self.text[self.at..];
        ["---", "...", "%"].iter().any(|it| rest.starts_with(it))
    }

    pub(super) fn sign(&self) -> Option<u8> {
        self.sign_after(0)
    }

    fn sign_after(&self, bytes: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + bytes).copied()
    }

    pub(super) fn spaces(&mut self) {
        while self.sign() == Some(b' ') {
            self.at += 1;
        }
    }

    pub(super) fn end_of_line(&self) -> usize {
        let rest = &self.text.as_bytes()[self.at..];
        memchr(b'\n', rest).map_or(self.text.len(), |it| self.at + it)
    }

    /// Whether an item begins here.
    fn is_item(&self) -> bool {
        self.sign() == Some(b'-') && matches!(self.sign_after(1), None | Some(b' ' | b'\n'))
    }

    pub(super) fn push(&mut self, event: Event<'a>) -> Option<()> {
        (self.out.len() < MAX_EVENTS).then(|| self.out.push(event))
    }

    pub(super) fn nested(
        &mut self,
        event: Event<'a>,
        read: impl FnOnce(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        self.push(event)?;
        read(self)?;
        self.depth -= 1;
        self.push(Event::End)
    }

    /// The map or list that begins here, in this column.
    fn block(&mut self, column: usize) -> Option<()> {
        if self.is_item() {
            self.list(column, false)
        } else {
            self.map(column)
        }
    }

    fn map(&mut self, column: usize) -> Option<()> {
        self.nested(Event::Map, |it| {
            loop {
                let key = it.key()?;
                it.push(Event::Scalar(key))?;
                it.spaces();
                if it.ends()? {
                    it.below(column, true)?;
                } else {
                    it.inline(column)?;
                }
                match it.indent {
                    Some(next) if next > column => return None,
                    Some(next) if next == column => {}
                    _ => return Some(()),
                }
            }
        })
    }

    /// The items in this column; `beside` the keys of the map that they belong to, or further in.
    fn list(&mut self, column: usize, beside: bool) -> Option<()> {
        let here = Span::new(self.at, self.at);
        self.nested(Event::List(here), |it| {
            loop {
                it.item(column)?;
                match it.indent {
                    Some(next) if next == column && it.is_item() => {}
                    Some(next) if next > column || next == column && !beside => return None,
                    _ => return Some(()),
                }
            }
        })
    }

    fn item(&mut self, column: usize) -> Option<()> {
        let start = self.at;
        self.at += 1;
        self.spaces();
        if self.ends()? {
            return self.below(column, false);
        }
        let before = self.at;
        let is_map = self.key().is_some();
        self.at = before;
        if is_map {
            self.map(column + before - start)
        } else {
            self.inline(column)
        }
    }

    /// What stands under a key or item; nothing, which is null, where no line is further in.
    fn below(&mut self, column: usize, of_key: bool) -> Option<()> {
        match self.indent {
            Some(next) if next > column => self.block(next),
            Some(next) if next == column && of_key && self.is_item() => self.list(next, true),
            _ => self.push(Event::Scalar(Scalar {
                text: Cow::Borrowed(""),
                quoted: false,
                span: Span::default(),
            })),
        }
    }

    /// Whether the line ends here, but for a comment; then the next is in hand.
    pub(super) fn ends(&mut self) -> Option<bool> {
        let ends = match self.sign() {
            None | Some(b'\n') => true,
            Some(b'#') => self.text[..self.at].ends_with(' '),
            _ => false,
        };
        if ends {
            self.at = self.end_of_line();
            self.next_line()?;
        }
        Some(ends)
    }

    /// A plain key with its colon.
    pub(super) fn key(&mut self) -> Option<Scalar<'a>> {
        let bytes = &self.text.as_bytes()[self.at..];
        let is_part = |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.');
        let length = bytes
            .iter()
            .take(MAX_KEY)
            .take_while(|it| is_part(it))
            .count();
        let fits = bytes.first()?.is_ascii_alphanumeric() && bytes.get(length) == Some(&b':');
        if !fits || !matches!(bytes.get(length + 1), None | Some(b' ' | b'\n')) {
            return None;
        }
        let key = self.scalar(length);
        self.at += 1;
        Some(key)
    }

    /// The next bytes as a plain scalar.
    pub(super) fn scalar(&mut self, length: usize) -> Scalar<'a> {
        let span = Span::new(self.at, self.at + length);
        self.at = span.end;
        Scalar {
            text: Cow::Borrowed(&self.text[span.start..span.end]),
            quoted: false,
            span,
        }
    }
}
