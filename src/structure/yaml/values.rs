//! Plain YAML's values: what begins on the line of its key or item.
//!
//! Entry: [`Reader::inline`]. Invariant: that of [`super::plain`]; the time is that of reading each byte a few times.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr2_iter};

use super::plain::{Event, Reader, Scalar};
use crate::source::Span;

impl<'a> Reader<'a> {
    /// A value that begins on the line of its key or item, to the next line.
    pub(super) fn inline(&mut self, column: usize) -> Option<()> {
        match self.sign()? {
            b'"' | b'\'' | b'[' | b'{' => {
                self.flow()?;
                self.spaces();
                self.ends()?.then_some(())
            }
            _ => self.plain(column),
        }
    }

    /// A plain scalar, which goes on in lines that are further in than the key or item that it belongs to.
    fn plain(&mut self, column: usize) -> Option<()> {
        if !is_plain(&self.text[self.at..]) {
            return None;
        }
        let mut scalar = self.plain_line()?;
        while self.sign() == Some(b'\n') {
            let end = self.at;
            self.next_line()?;
            if self.indent.is_none_or(|it| it <= column) {
                self.push(Event::Scalar(scalar))?;
                return Some(());
            }
            let between = &self.text[end..self.at];
            if between.contains('#') {
                return None;
            }
            let breaks = memchr_iter(b'\n', between.as_bytes()).count();
            let line = self.plain_line()?;
            let text = scalar.text.to_mut();
            match breaks {
                1 => text.push(' '),
                _ => text.extend(std::iter::repeat_n('\n', breaks - 1)),
            }
            text.push_str(&line.text);
            scalar.span.end = line.span.end;
        }
        self.push(Event::Scalar(scalar))?;
        self.ends()?.then_some(())
    }

    /// What of a plain scalar stands on this line, to the end of the line or to a comment.
    fn plain_line(&mut self) -> Option<Scalar<'a>> {
        let line = &self.text[self.at..self.end_of_line()];
        let bytes = line.as_bytes();
        let mut end = line.len();
        for at in memchr2_iter(b':', b'#', bytes) {
            if bytes[at] == b':' {
                if matches!(bytes.get(at + 1), None | Some(b' ')) {
                    return None;
                }
            } else if at > 0 && bytes[at - 1] == b' ' {
                end = at;
                break;
            }
        }
        let length = line[..end].trim_end_matches(' ').len();
        let scalar = self.scalar(length);
        self.at = scalar.span.start + end;
        Some(scalar)
    }

    /// A value that ends on its line: quoted, or a flow, or plain in a flow.
    fn flow(&mut self) -> Option<()> {
        match self.sign()? {
            b'"' => self.quoted(b'"'),
            b'\'' => self.quoted(b'\''),
            b'[' => {
                let span = Span::new(self.at, self.at + 1);
                self.nested(Event::List(span), |it| it.parts(b']', Self::flow))
            }
            b'{' => self.nested(Event::Map, |it| {
                it.parts(b'}', |it| {
                    let key = it.key()?;
                    it.push(Event::Scalar(key))?;
                    it.spaces();
                    it.flow()
                })
            }),
            _ => self.plain_in_flow(),
        }
    }

    /// The parts of a flow, with commas between them.
    fn parts(&mut self, close: u8, read: impl Fn(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        self.spaces();
        if self.sign()? != close {
            loop {
                read(self)?;
                self.spaces();
                match self.sign()? {
                    b',' => self.at += 1,
                    it if it == close => break,
                    _ => return None,
                }
                self.spaces();
            }
        }
        self.at += 1;
        Some(())
    }

    fn plain_in_flow(&mut self) -> Option<()> {
        let rest = &self.text[self.at..];
        let ends = |it: &u8| matches!(it, b',' | b'[' | b']' | b'{' | b'}' | b'\n');
        let length = rest.bytes().position(|it| ends(&it))?;
        let text = rest[..length].trim_end_matches(' ');
        if !is_plain(text) || text.contains(": ") || text.contains(" #") || text.ends_with(':') {
            return None;
        }
        let scalar = self.scalar(text.len());
        self.push(Event::Scalar(scalar))
    }

    /// A quoted scalar without escapes, but for a single quote that stands twice.
    fn quoted(&mut self, quote: u8) -> Option<()> {
        let start = self.at;
        let rest = &self.text[start + 1..];
        let to_quote = |from: usize| Some(from + memchr(quote, rest.get(from..)?.as_bytes())?);
        let mut length = to_quote(0)?;
        let mut doubled = false;
        while quote == b'\'' && rest.as_bytes().get(length + 1) == Some(&quote) {
            doubled = true;
            length = to_quote(length + 2)?;
        }
        let inside = &rest[..length];
        if inside.contains('\n') || quote == b'"' && inside.contains('\\') {
            return None;
        }
        self.at = start + length + 2;
        self.push(Event::Scalar(Scalar {
            text: if doubled {
                Cow::Owned(inside.replace("''", "'"))
            } else {
                Cow::Borrowed(inside)
            },
            quoted: true,
            span: Span::new(start, self.at),
        }))
    }
}

/// Whether a text begins as a plain scalar may, of those that are read here.
fn is_plain(text: &str) -> bool {
    let mut chars = text.chars();
    let number = |c: Option<char>| c.is_some_and(|it| it.is_ascii_digit());
    chars.next().is_some_and(|c| match c {
        '-' => number(chars.next()),
        '(' | '/' | '.' | '+' | '$' | '_' | '~' | '<' | '“' | '„' | '‘' | '…' | '§' => {
            true
        }
        c => c.is_alphanumeric(),
    })
}
