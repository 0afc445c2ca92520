//! A fix that an author asks for with one click.
//!
//! Entry: [`Preview::order`]. Invariant: a request names a mistake of the state that it has seen, by its number; what is
//! written and where is the preview's own.

use super::state::asked;
use super::{Preview, RESERVED};
use crate::pipeline::Bytes;
use crate::pipeline::fix::with_mark;

/// A file that is to be written.
#[derive(Debug)]
pub struct Order {
    /// Its path in the book, as the disk spells it.
    pub path: String,
    /// What it held when the fix was found.
    pub before: Bytes,
    /// What it is to hold.
    pub after: Vec<u8>,
}

/// Why nothing is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denial {
    /// The address takes no orders.
    Address,
    /// It was not sent by a page of this run.
    Token,
    /// The book has changed since the mistake was shown.
    Stale,
    /// There is no such mistake, or nothing is known that mends it.
    NoFix,
}

impl Denial {
    /// The status code of HTTP, and what an author is told.
    #[must_use]
    pub fn reply(self) -> (u16, &'static str) {
        match self {
            Self::Address => (405, "Nothing can be sent to this address."),
            Self::Token => (403, "This was not sent by a page of this preview."),
            Self::Stale => (409, "The book has changed meanwhile: look at it again."),
            Self::NoFix => (404, "Nothing is known that mends this."),
        }
    }
}

impl Preview {
    /// What is written for a request to apply a fix: its query names the token, the number of the state in which the mistake
    /// was seen, and the mistake's own number. `at` is the number of this state.
    ///
    /// # Errors
    /// Why nothing is to be written.
    pub fn order(&self, at: u64, path: &str, query: &str) -> Result<Order, Denial> {
        if path.strip_prefix(RESERVED) != Some("apply") {
            return Err(Denial::Address);
        }
        let token = &self.place.token;
        if token.is_empty() || asked(query, "token") != *token {
            return Err(Denial::Token);
        }
        if asked(query, "at") != at.to_string() {
            return Err(Denial::Stale);
        }
        let number = asked(query, "number").parse::<usize>().ok();
        self.written(number).ok_or(Denial::NoFix)
    }

    fn written(&self, number: Option<usize>) -> Option<Order> {
        let found = self.found.get(number?)?;
        let sources = &self.latest.as_ref()?.sources;
        let text = found.fix.as_ref()?.applied(sources.text(&found.path)?)?;
        Some(Order {
            path: sources.disk_path(&found.path).to_owned(),
            before: sources.bytes(&found.path)?.clone(),
            after: with_mark(sources, &found.path, &text),
        })
    }
}
