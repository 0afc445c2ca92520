//! An answer, and how it is written.
//!
//! Entry: [`write()`]. Invariant: every header is of this program's own making.

use std::io::{self, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a client may take no byte.
const STUCK: Duration = Duration::from_secs(5);
/// How long an answer may take as a whole.
const SLOWEST: Duration = Duration::from_secs(60);

/// What a request is answered with.
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The media type.
    pub kind: &'static str,
    /// A tag that is equal where the bytes are: letters and digits.
    pub tag: Option<String>,
    /// Whether a browser may keep it.
    pub keep: Keep,
    /// The content.
    pub body: Body,
}

/// What follows the head.
pub enum Body {
    /// All of it.
    Bytes(Arc<[u8]>),
    /// Piece by piece.
    Stream(Stream),
}

/// Gives the next piece, after this time at most; an empty one where there is none yet, none at the end.
pub type Stream = Box<dyn FnMut(Duration) -> Option<Vec<u8>> + Send>;

/// Whether a browser may keep an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Never.
    No,
    /// As long as its tag is the same, which it asks each time.
    WhileSame,
    /// For good: the address changes with the bytes.
    Always,
}

impl Answer {
    /// A sentence with a status.
    #[must_use]
    pub fn words(status: u16, words: &str) -> Self {
        Self {
            status,
            kind: "text/plain; charset=utf-8",
            tag: None,
            keep: Keep::No,
            body: Body::Bytes(format!("{words}\n").into_bytes().into()),
        }
    }
}

/// What every answer begins with.
pub(super) const START: &str = "HTTP/1.1 ";

/// How a head differs from one answer to the next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame<'a> {
    /// Whether [`START`] was sent before.
    pub(super) begun: bool,
    /// Whether the body is left out.
    pub(super) head_only: bool,
    /// Whether the connection ends.
    pub(super) last: bool,
    /// More fields, each with its line end.
    pub(super) fields: &'a str,
}

/// Writes a head and the bytes that follow it; none of a stream.
pub(super) fn write(stream: &TcpStream, answer: &Answer, frame: Frame<'_>) -> io::Result<()> {
    let mut head = format!(
        "{}{} {}\r\nContent-Type: {}\r\n",
        if frame.begun { "" } else { START },
        answer.status,
        reason(answer.status),
        answer.kind
    );
    let bytes: &[u8] = match &answer.body {
        Body::Bytes(bytes) => bytes,
        Body::Stream(_) => &[],
    };
    let bodiless = answer.status == 304;
    if matches!(answer.body, Body::Bytes(_)) && !bodiless {
        head.push_str(&format!("Content-Length: {}\r\n", bytes.len()));
    }
    head.push_str(match answer.keep {
        Keep::No => "Cache-Control: no-store\r\n",
        Keep::WhileSame => "Cache-Control: no-cache\r\n",
        Keep::Always => "Cache-Control: max-age=31536000, immutable\r\n",
    });
    if let Some(tag) = &answer.tag {
        head.push_str(&format!("ETag: \"{tag}\"\r\n"));
    }
    head.push_str(frame.fields);
    head.push_str(if frame.last {
        "Connection: close\r\n\r\n"
    } else {
        "Connection: keep-alive\r\n\r\n"
    });
    let mut out = head.into_bytes();
    if !frame.head_only && !bodiless {
        // One write where both are small.
        if bytes.len() <= 64 * 1024 {
            out.extend_from_slice(bytes);
            return send(stream, &out);
        }
        send(stream, &out)?;
        return send(stream, bytes);
    }
    send(stream, &out)
}

/// Sends bytes to a client that takes them in time.
pub(super) fn send(mut stream: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
    let began = Instant::now();
    stream.set_write_timeout(Some(STUCK))?;
    while !bytes.is_empty() {
        if began.elapsed() > SLOWEST {
            return Err(io::ErrorKind::TimedOut.into());
        }
        match stream.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(sent) => bytes = &bytes[sent..],
            Err(it) if it.kind() == io::ErrorKind::Interrupted => {}
            Err(it) => return Err(it),
        }
    }
    Ok(())
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        304 => "Not Modified",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        409 => "Conflict",
        414 => "URI Too Long",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}
