//! HTTP responses of `serve`: files, the stream of revisions, and fixes that a page requests.
//!
//! Entry: [`http_response`], [`event_stream`], [`apply_fix`].

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::host::http::{Body, CachePolicy, Response, Target};
use crate::host::published::Published;
use crate::host::revise::revise;
use crate::preview::{Preview, Reply};

/// An event stream with the number of each revision, beginning with the latest.
pub(super) fn event_stream(published: Arc<Published<Preview>>) -> Response {
    let mut last_sent = None;
    let pieces = move |wait: Duration| {
        let Some(revision) = published.wait_for_newer(last_sent, wait) else {
            return Some(Vec::new());
        };
        last_sent = Some(revision);
        let (_, preview) = published.latest();
        let run = preview.run();
        let event = format!("retry: 500\ndata: {{\"run\":\"{run}\",\"at\":{revision}}}\n\n");
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

/// Writes a fix that a page requests. The watcher reports it like any save.
pub(super) fn apply_fix(
    root: &Path,
    preview: &Preview,
    revision: u64,
    target: &Target<'_>,
) -> Response {
    match preview.fixed_file(revision, target.path, target.query) {
        Err(denial) => {
            let (status, words) = denial.reply();
            Response::text(status, words)
        }
        Ok(file) => match revise(root, &file.path, &file.before, &file.after) {
            Ok(()) => Response::text(200, "Written."),
            Err(error) => Response::text(409, &format!("Nothing was written: {error}.")),
        },
    }
}

/// Converts a reply of the preview into an HTTP response.
pub(super) fn http_response(reply: Reply) -> Response {
    let cache = if reply.is_immutable {
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
