//! What a browser gets for an address.
//!
//! Entry: [`Preview::reply`]. Invariant: a page is the built one with two tags more; everything else is as built.

use super::client::{self, injected, tag, tags};
use super::{Mishap, Preview, RESERVED, Trouble, state, status};
use crate::hosting::media_type;
use crate::markdown::html::escape;
use crate::pipeline::Bytes;

const HTML: &str = "text/html; charset=utf-8";

/// A reply.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status code of HTTP.
    pub status: u16,
    /// The media type.
    pub kind: &'static str,
    /// A word for the bytes as built: equal where they are.
    pub tag: Option<String>,
    /// Whether the address changes with the bytes.
    pub lasts: bool,
    /// The content.
    pub bytes: Bytes,
}

impl Reply {
    fn new(status: u16, kind: &'static str, bytes: impl Into<Bytes>) -> Self {
        Self {
            status,
            kind,
            tag: None,
            lasts: false,
            bytes: bytes.into(),
        }
    }

    /// Whether it is a page, into which the number of the state is written.
    #[must_use]
    pub fn is_page(&self) -> bool {
        self.kind == HTML
    }

    fn lasting(kind: &'static str, text: &str) -> Self {
        Self {
            lasts: true,
            ..Self::new(200, kind, text.as_bytes())
        }
    }
}

impl Preview {
    /// The reply to an address: `path` is decoded and has no slash before it, `query` is as it was sent. `at` is the
    /// number of this state.
    #[must_use]
    pub fn reply(&self, at: u64, path: &str, query: &str) -> Reply {
        if let Some(own) = path.strip_prefix(RESERVED) {
            return match own {
                "preview.js" => Reply::lasting(media_type(own), &client::SCRIPT),
                "preview.css" => Reply::lasting(media_type(own), client::STYLES),
                "state" => Reply::new(200, "application/json", state::json(self, at, query)),
                "status" => self.page(200, at, status::html(self).into_bytes().as_slice()),
                _ => self.lost(at),
            };
        }
        let path = if path.is_empty() { "index.html" } else { path };
        match self.file(path) {
            Ok(Some(bytes)) if media_type(path) == HTML => self.page(200, at, &bytes),
            Ok(Some(bytes)) => Reply {
                tag: Some(tag(&bytes)),
                ..Reply::new(200, media_type(path), bytes)
            },
            Ok(None) => self.lost(at),
            Err(mishap) => self.broken(at, &mishap),
        }
    }

    /// A page or file as it is built; the status page as it stands.
    pub(super) fn built(&self, path: &str) -> Result<Option<Bytes>, Mishap> {
        if path.strip_prefix(RESERVED) == Some("status") {
            return Ok(Some(status::html(self).into_bytes().into()));
        }
        self.file(path)
    }

    /// A page with what the preview adds.
    fn page(&self, status: u16, at: u64, built: &[u8]) -> Reply {
        let tag = tag(built);
        let tags = tags(&self.place.run, at, &tag);
        Reply {
            tag: Some(tag),
            ..Reply::new(status, HTML, injected(built, &tags))
        }
    }

    /// The book's own page for an address that leads nowhere.
    fn lost(&self, at: u64) -> Reply {
        match self.file("404.html") {
            Ok(Some(bytes)) => self.page(404, at, &bytes),
            _ => self.page(404, at, plain("Nothing is here.").as_bytes()),
        }
    }

    fn broken(&self, at: u64, mishap: &Mishap) -> Reply {
        let words = match mishap {
            Mishap::Template(found) => found.message.as_str(),
            Mishap::Trouble(Trouble::Fault(words) | Trouble::Unreadable(words)) => words,
        };
        self.page(500, at, plain(words).as_bytes())
    }
}

/// A page for when the book has none: the overlay says more.
fn plain(words: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Preview</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n</head>\n\
         <body>\n<main id=\"main\"><h1>This page can’t be shown</h1><p>{}</p></main>\n</body>\n</html>\n",
        escape(words)
    )
}
