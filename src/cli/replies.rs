//! What `serve` answers: files, the stream of states, and what becomes of a fix that a page asks for.
//!
//! Entry: [`response`], [`events`], [`applied`].

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::host::http::{Body, CachePolicy, Response, Target};
use crate::host::published::Published;
use crate::host::revise::revise;
use crate::preview::{Preview, Reply};

/// A stream that says the number of each state, the latest at once.
pub(super) fn events(published: Arc<Published<Preview>>) -> Response {
    let mut told = None;
    let pieces = move |wait: Duration| {
        let Some(at) = published.wait_for_newer(told, wait) else {
            return Some(Vec::new());
        };
        told = Some(at);
        let (_, preview) = published.latest();
        let run = preview.run();
        let event = format!("retry: 500\ndata: {{\"run\":\"{run}\",\"at\":{at}}}\n\n");
        Some(event.into_bytes())
    };
    Response {
        status: 200,
        media_type: "text/event-stream",
        etag: None,
        cache: CachePolicy::NoStore,
        body: Body::Stream(Box::new(pieces)),
    }
}

/// Writes a fix that a page asks for. The watch hears of it as of any save.
pub(super) fn applied(root: &Path, preview: &Preview, at: u64, target: &Target<'_>) -> Response {
    match preview.order(at, target.path, target.query) {
        Err(denial) => {
            let (status, words) = denial.reply();
            Response::text(status, words)
        }
        Ok(order) => match revise(root, &order.path, &order.before, &order.after) {
            Ok(()) => Response::text(200, "Written."),
            Err(error) => Response::text(409, &format!("Nothing was written: {error}.")),
        },
    }
}

/// A reply of the preview over HTTP.
pub(super) fn response(reply: Reply) -> Response {
    let cache = if reply.lasts {
        CachePolicy::Immutable
    } else if reply.tag.is_some() && !reply.is_page() {
        CachePolicy::Revalidate
    } else {
        CachePolicy::NoStore
    };
    Response {
        status: reply.status,
        media_type: reply.kind,
        etag: reply.tag,
        cache,
        body: Body::Bytes(reply.bytes),
    }
}
