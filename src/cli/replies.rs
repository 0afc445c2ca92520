//! What `serve` answers: files, the stream of states, and what becomes of a fix that a page asks for.
//!
//! Entry: [`answer`], [`events`], [`applied`].

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::host::board::Board;
use crate::host::http::{Answer, Ask, Body, Keep};
use crate::host::revise::revise;
use crate::preview::{Preview, Reply};

/// A stream that says the number of each state, the latest at once.
pub(super) fn events(board: Arc<Board<Preview>>) -> Answer {
    let mut told = None;
    let pieces = move |wait: Duration| {
        let Some(at) = board.newer(told, wait) else {
            return Some(Vec::new());
        };
        told = Some(at);
        let (_, preview) = board.now();
        let run = preview.run();
        let event = format!("retry: 500\ndata: {{\"run\":\"{run}\",\"at\":{at}}}\n\n");
        Some(event.into_bytes())
    };
    Answer {
        status: 200,
        kind: "text/event-stream",
        tag: None,
        keep: Keep::No,
        body: Body::Stream(Box::new(pieces)),
    }
}

/// Writes a fix that a page asks for. The watch hears of it as of any save.
pub(super) fn applied(root: &Path, preview: &Preview, at: u64, ask: &Ask<'_>) -> Answer {
    match preview.order(at, ask.path, ask.query) {
        Err(denial) => {
            let (status, words) = denial.reply();
            Answer::words(status, words)
        }
        Ok(order) => match revise(root, &order.path, &order.before, &order.after) {
            Ok(()) => Answer::words(200, "Written."),
            Err(error) => Answer::words(409, &format!("Nothing was written: {error}.")),
        },
    }
}

/// A reply of the preview over HTTP.
pub(super) fn answer(reply: Reply) -> Answer {
    let keep = if reply.lasts {
        Keep::Always
    } else if reply.tag.is_some() && !reply.is_page() {
        Keep::WhileSame
    } else {
        Keep::No
    };
    Answer {
        status: reply.status,
        kind: reply.kind,
        tag: reply.tag,
        keep,
        body: Body::Bytes(reply.bytes),
    }
}
