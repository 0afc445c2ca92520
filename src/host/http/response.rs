//! An HTTP response, and how it is written.
//!
//! Entry: [`write()`]. Invariant: no header contains anything that a client sent.

use std::io::{self, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a client may accept no byte.
const WRITE_TIMEOUT: Duration = Duration::from_secs(5);
/// How long sending a whole response may take.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(60);

/// The response to a request.
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The media type.
    pub media_type: &'static str,
    /// The entity tag, letters and digits; equal for equal bytes.
    pub etag: Option<String>,
    /// How long a browser may cache it.
    pub cache: CachePolicy,
    /// The content.
    pub body: Body,
}

/// The body of a response.
pub enum Body {
    /// The whole body.
    Bytes(Arc<[u8]>),
    /// Chunks that are produced over time.
    Stream(Stream),
}

/// Returns the next chunk after waiting for at most the given time: empty if there is none yet, `None` at the end.
pub type Stream = Box<dyn FnMut(Duration) -> Option<Vec<u8>> + Send>;

/// How long a browser may cache a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CachePolicy {
    /// Never.
    NoStore,
    /// It asks each time whether the entity tag is still the same.
    Revalidate,
    /// For ever, since the address changes with the bytes.
    Immutable,
}

impl Response {
    /// A plain-text response of one sentence.
    #[must_use]
    pub fn text(status: u16, message: &str) -> Self {
        Self {
            status,
            media_type: "text/plain; charset=utf-8",
            etag: None,
            cache: CachePolicy::NoStore,
            body: Body::Bytes(format!("{message}\n").into_bytes().into()),
        }
    }
}

/// The beginning of every response.
pub(super) const HTTP_VERSION: &str = "HTTP/1.1 ";

/// What varies between the heads of responses.
#[derive(Debug, Clone, Copy)]
pub(super) struct HeadOptions<'a> {
    /// Whether [`HTTP_VERSION`] was sent already.
    pub(super) is_started: bool,
    /// Whether the body is left out (`HEAD`).
    pub(super) head_only: bool,
    /// Whether the connection is closed after the response.
    pub(super) close: bool,
    /// Additional header lines, each with its line end.
    pub(super) header_lines: &'a str,
}

/// Writes the head and, unless it is a stream, the body.
pub(super) fn write(
    stream: &TcpStream,
    response: &Response,
    options: HeadOptions<'_>,
) -> io::Result<()> {
    let mut head = format!(
        "{}{} {}\r\nContent-Type: {}\r\n",
        if options.is_started { "" } else { HTTP_VERSION },
        response.status,
        reason(response.status),
        response.media_type
    );
    let bytes: &[u8] = match &response.body {
        Body::Bytes(bytes) => bytes,
        Body::Stream(_) => &[],
    };
    let has_no_body = response.status == 304;
    if matches!(response.body, Body::Bytes(_)) && !has_no_body {
        head.push_str(&format!("Content-Length: {}\r\n", bytes.len()));
    }
    head.push_str(match response.cache {
        CachePolicy::NoStore => "Cache-Control: no-store\r\n",
        CachePolicy::Revalidate => "Cache-Control: no-cache\r\n",
        CachePolicy::Immutable => "Cache-Control: max-age=31536000, immutable\r\n",
    });
    if let Some(etag) = &response.etag {
        head.push_str(&format!("ETag: \"{etag}\"\r\n"));
    }
    head.push_str(options.header_lines);
    head.push_str(if options.close {
        "Connection: close\r\n\r\n"
    } else {
        "Connection: keep-alive\r\n\r\n"
    });
    let mut out = head.into_bytes();
    if !options.head_only && !has_no_body {
        // Head and a small body in one write.
        if bytes.len() <= 64 * 1024 {
            out.extend_from_slice(bytes);
            return send(stream, &out);
        }
        send(stream, &out)?;
        return send(stream, bytes);
    }
    send(stream, &out)
}

/// Sends bytes; fails if the client does not accept them in time.
pub(super) fn send(mut stream: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
    let start = Instant::now();
    stream.set_write_timeout(Some(WRITE_TIMEOUT))?;
    while !bytes.is_empty() {
        if start.elapsed() > RESPONSE_TIMEOUT {
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
