//! Fixes that an author applies with one click.
//!
//! Entry: [`Preview::fixed_file`]. Invariant: a request refers to a mistake by its number in a revision; the path and the
//! text come from the preview, never from the request.

use super::state::query_value;
use super::{Preview, RESERVED};
use crate::pipeline::Bytes;
use crate::pipeline::fix::with_mark;

/// A file to write, with a fix in it.
#[derive(Debug)]
pub struct FixedFile {
    /// Its path in the book, as the disk spells it.
    pub path: String,
    /// Its bytes when the fix was found.
    pub before: Bytes,
    /// Its bytes with the fix.
    pub after: Vec<u8>,
}

/// Why nothing is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denial {
    /// Nothing can be posted to the address.
    Address,
    /// The token is not that of this run.
    Token,
    /// The book has changed since the mistake was shown.
    Stale,
    /// There is no such mistake, or it has no fix.
    NoFix,
}

impl Denial {
    /// The HTTP status and the message for the author.
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
    /// was seen, and the mistake's own number. `revision` is the number of this state.
    ///
    /// # Errors
    /// Why nothing is to be written.
    pub fn fixed_file(&self, revision: u64, path: &str, query: &str) -> Result<FixedFile, Denial> {
        if path.strip_prefix(RESERVED) != Some("apply") {
            return Err(Denial::Address);
        }
        let token = &self.session.token;
        if token.is_empty() || query_value(query, "token") != *token {
            return Err(Denial::Token);
        }
        if query_value(query, "at") != revision.to_string() {
            return Err(Denial::Stale);
        }
        let number = query_value(query, "number").parse::<usize>().ok();
        self.apply_fix(number).ok_or(Denial::NoFix)
    }

    fn apply_fix(&self, number: Option<usize>) -> Option<FixedFile> {
        let diagnostic = self.diagnostics.get(number?)?;
        let sources = &self.latest.as_ref()?.sources;
        let text = diagnostic
            .fix
            .as_ref()?
            .applied(sources.text(&diagnostic.path)?)?;
        Some(FixedFile {
            path: sources.disk_path(&diagnostic.path).to_owned(),
            before: sources.bytes(&diagnostic.path)?.clone(),
            after: with_mark(sources, &diagnostic.path, &text),
        })
    }
}
