//! Replies to requests.
//!
//! Entry: [`Preview::reply`]. Invariant: a page is the built page with two more tags; every other file is as built.

use super::client::{self, head_tags, inject, tag};
use super::{LoadError, PageError, Preview, RESERVED, state, status};
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
    /// A digest of the bytes as built.
    pub tag: Option<String>,
    /// Whether the address changes with the bytes.
    pub is_immutable: bool,
    /// The content.
    pub bytes: Bytes,
}

impl Reply {
    fn new(status: u16, kind: &'static str, bytes: impl Into<Bytes>) -> Self {
        Self {
            status,
            kind,
            tag: None,
            is_immutable: false,
            bytes: bytes.into(),
        }
    }

    /// Whether it is a page, into which the number of the state is written.
    #[must_use]
    pub fn is_page(&self) -> bool {
        self.kind == HTML
    }

    fn immutable(kind: &'static str, text: &str) -> Self {
        Self {
            is_immutable: true,
            ..Self::new(200, kind, text.as_bytes())
        }
    }
}

impl Preview {
    /// The reply to a request: `path` is decoded and has no leading slash, `query` is as sent. `revision` is the number of
    /// this state.
    #[must_use]
    pub fn reply(&self, revision: u64, path: &str, query: &str) -> Reply {
        if let Some(own) = path.strip_prefix(RESERVED) {
            return match own {
                "preview.js" => Reply::immutable(media_type(own), &client::SCRIPT),
                "preview.css" => Reply::immutable(media_type(own), client::STYLES),
                "state" => Reply::new(200, "application/json", state::json(self, revision, query)),
                "status" => self.page(200, revision, status::html(self).into_bytes().as_slice()),
                _ => self.not_found(revision),
            };
        }
        let path = if path.is_empty() { "index.html" } else { path };
        match self.file(path) {
            Ok(Some(bytes)) if media_type(path) == HTML => self.page(200, revision, &bytes),
            Ok(Some(bytes)) => Reply {
                tag: Some(tag(&bytes)),
                ..Reply::new(200, media_type(path), bytes)
            },
            Ok(None) => self.not_found(revision),
            Err(error) => self.failed(revision, &error),
        }
    }

    /// A page or file as it is built; the status page as it stands.
    pub(super) fn built(&self, path: &str) -> Result<Option<Bytes>, PageError> {
        if path.strip_prefix(RESERVED) == Some("status") {
            return Ok(Some(status::html(self).into_bytes().into()));
        }
        self.file(path)
    }

    /// A page with what the preview adds.
    fn page(&self, status: u16, revision: u64, built: &[u8]) -> Reply {
        let tag = tag(built);
        let tags = head_tags(&self.session.run, revision, &tag);
        Reply {
            tag: Some(tag),
            ..Reply::new(status, HTML, inject(built, &tags))
        }
    }

    /// The book's own page for an address that leads nowhere.
    fn not_found(&self, revision: u64) -> Reply {
        match self.file("404.html") {
            Ok(Some(bytes)) => self.page(404, revision, &bytes),
            _ => self.page(404, revision, plain_page("Nothing is here.").as_bytes()),
        }
    }

    fn failed(&self, revision: u64, error: &PageError) -> Reply {
        let words = match error {
            PageError::Template(found) => found.message.as_str(),
            PageError::Load(LoadError::Panic(words) | LoadError::Unreadable(words)) => words,
        };
        self.page(500, revision, plain_page(words).as_bytes())
    }
}

/// A page for when the book has none: the overlay says more.
fn plain_page(words: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Preview</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n</head>\n\
         <body>\n<main id=\"main\"><h1>This page can’t be shown</h1><p>{}</p></main>\n</body>\n</html>\n",
        escape(words)
    )
}
