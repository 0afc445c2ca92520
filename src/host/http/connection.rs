//! One connection: reads requests and writes responses until either side closes it.
//!
//! Entry: [`serve`]. Invariant: a client that stops reading or writing harms no connection but its own.

use std::cell::Cell;
use std::io::{self, Read};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::request::{Request, RequestError, Target, is_timeout, read_request};
use super::response::{Body, HTTP_VERSION, HeadOptions, Response, Stream, send, write};
use super::{MAX_STREAMS, Permit, Service};

/// How often a stream checks whether its client is still connected.
const LIVENESS_INTERVAL: Duration = Duration::from_secs(1);
/// After how long without an event a stream sends a comment, to keep the connection alive.
const KEEP_ALIVE: Duration = Duration::from_secs(10);
/// How long the loopback interface takes to report a reset after sending to a closed socket.
const RESET_DELAY: Duration = Duration::from_millis(5);
/// How much of a refused request is still read. Closing a socket with unread bytes resets the connection, and the client
/// would not see the response.
const LINGER_BYTES: usize = 4 * 1024 * 1024;
const LINGER_TIME: Duration = Duration::from_secs(2);

/// Serves the requests of a connection.
pub(super) fn serve(stream: &Arc<TcpStream>, service: &Service) {
    // A connection may break at any time.
    let _ = stream.set_nodelay(true);
    let _ = serve_requests(stream, service);
}

/// Closes a connection beyond the limit, with an explanation.
pub(super) fn reject(stream: &TcpStream) {
    let response = Response::text(503, "There are too many connections.");
    let _ = refuse(stream, &response, REFUSAL_HEAD, "Retry-After: 1\r\n");
}

fn serve_requests(stream: &Arc<TcpStream>, service: &Service) -> io::Result<()> {
    let mut rest = Vec::new();
    loop {
        let idle = service.connections.await_request(stream);
        let Some(request) = read_request(stream, &mut rest, &service.hosts)? else {
            return Ok(());
        };
        drop(idle);
        match request {
            Ok(request) => {
                if respond(stream, service, &request)? {
                    return Ok(());
                }
            }
            Err(error) => {
                let (response, header_line) = refusal_response(error);
                return refuse(stream, &response, REFUSAL_HEAD, header_line);
            }
        }
    }
}

/// Responds to a request; returns whether the connection is to be closed.
fn respond(stream: &Arc<TcpStream>, service: &Service, request: &Request) -> io::Result<bool> {
    let target = Target {
        path: &request.path,
        query: &request.query,
        posted: request.posted,
    };
    // No page is rendered for a client that has gone. Checked before waiting for a permit too, since the check takes time.
    let client = Client::new(stream, HTTP_VERSION);
    let is_connected = || client.is_connected().unwrap_or(false);
    let permit = is_connected()
        .then(|| service.rendering.acquire_if(is_connected))
        .flatten();
    let Some(permit) = permit else {
        return Ok(true);
    };
    let mut response = (service.route)(&target);
    drop(permit);
    let options = HeadOptions {
        is_started: client.was_probed.get(),
        head_only: request.head_only,
        close: request.close,
        header_lines: &service.header_lines,
    };
    if let Body::Stream(chunks) = &mut response.body {
        let Some(_permit) = Permit::acquire(&service.streams, MAX_STREAMS) else {
            let full = Response::text(503, "There are too many streams of events.");
            return refuse(stream, &full, options, "Retry-After: 5\r\n").map(|()| true);
        };
        let chunks = std::mem::replace(chunks, Box::new(|_| None));
        write(
            stream,
            &response,
            HeadOptions {
                close: true,
                ..options
            },
        )?;
        if !request.head_only {
            stream_events(stream, chunks)?;
        }
        return Ok(true);
    }
    let known = |tag: &str| {
        let known = request.if_none_match.as_deref().unwrap_or_default();
        known
            .split(',')
            .any(|it| it.trim().trim_start_matches("W/").trim_matches('"') == tag)
    };
    if response.status == 200 && response.etag.as_deref().is_some_and(known) {
        response.status = 304;
    }
    let _idle = service.connections.await_reader(stream);
    write(stream, &response, options)?;
    Ok(request.close)
}

/// Sends chunks as they are produced, for as long as the client is connected.
fn stream_events(stream: &TcpStream, mut chunks: Stream) -> io::Result<()> {
    // A comment in the event stream, which the client ignores.
    const COMMENT: &str = ":\n\n";
    let client = Client::new(stream, COMMENT);
    let mut last = Instant::now();
    while let Some(chunk) = chunks(LIVENESS_INTERVAL) {
        if !chunk.is_empty() {
            send(stream, &chunk)?;
            last = Instant::now();
        } else if !client.is_connected()? {
            break;
        } else if last.elapsed() >= KEEP_ALIVE {
            send(stream, COMMENT.as_bytes())?;
            last = Instant::now();
        }
    }
    Ok(())
}

/// The client of a connection while it waits for a response.
struct Client<'a> {
    stream: &'a TcpStream,
    /// Bytes that may be sent at this point of the protocol, to provoke a reset from a client that has gone.
    probe: &'static str,
    /// Whether the probe was sent.
    was_probed: Cell<bool>,
}

impl<'a> Client<'a> {
    fn new(stream: &'a TcpStream, probe: &'static str) -> Self {
        Self {
            stream,
            probe,
            was_probed: Cell::new(false),
        }
    }

    /// Whether the client is still connected. One that has closed its sending side may have gone, or may still wait for the
    /// response (RFC 9112, 9.6): both look the same until something is sent. If the client has gone, its system replies with
    /// a reset.
    fn is_connected(&self) -> io::Result<bool> {
        if !self.was_probed.get() {
            if !has_closed_writing(self.stream)? {
                return Ok(true);
            }
            self.was_probed.set(true);
            send(self.stream, self.probe.as_bytes())?;
            thread::sleep(RESET_DELAY);
        }
        // Reading would only report the end of the stream again, not the reset after it.
        Ok(self.stream.take_error()?.is_none())
    }
}

/// Whether the client has closed its sending side.
fn has_closed_writing(stream: &TcpStream) -> io::Result<bool> {
    stream.set_nonblocking(true)?;
    let seen = stream.peek(&mut [0]);
    stream.set_nonblocking(false)?;
    match seen {
        Ok(length) => Ok(length == 0),
        Err(it) if is_timeout(&it) => Ok(false),
        Err(it) => Err(it),
    }
}

/// The head of the response to a refused request.
const REFUSAL_HEAD: HeadOptions<'_> = HeadOptions {
    is_started: false,
    head_only: false,
    close: true,
    header_lines: "",
};

/// Responds with an error and closes the connection in such a way that the client receives the response.
fn refuse(
    mut stream: &TcpStream,
    response: &Response,
    options: HeadOptions<'_>,
    header_line: &str,
) -> io::Result<()> {
    let options = HeadOptions {
        head_only: false,
        close: true,
        header_lines: &format!("X-Content-Type-Options: nosniff\r\n{header_line}"),
        ..options
    };
    write(stream, response, options)?;
    stream.shutdown(Shutdown::Write)?;
    let start = Instant::now();
    let mut left = LINGER_BYTES;
    let mut chunk = [0; 16 * 1024];
    while left > 0 {
        let time = LINGER_TIME.saturating_sub(start.elapsed());
        if time.is_zero() {
            break;
        }
        stream.set_read_timeout(Some(time))?;
        match stream.read(&mut chunk)? {
            0 => break,
            length => left = left.saturating_sub(length),
        }
    }
    Ok(())
}

fn refusal_response(error: RequestError) -> (Response, &'static str) {
    let (status, words, header_line) = match error {
        RequestError::BadRequest => (400, "This request can't be read.", ""),
        RequestError::ForeignHost => (
            403,
            "This preview answers to its own address alone: the `Host` of the request is another.",
            "",
        ),
        RequestError::ForeignOrigin => (403, "Only a page of this preview can send this.", ""),
        RequestError::MethodNotAllowed => (
            405,
            "Only GET, HEAD and POST are answered.",
            "Allow: GET, HEAD, POST\r\n",
        ),
        RequestError::Timeout => (408, "The request took too long.", ""),
        RequestError::TargetTooLong => (414, "The address is too long.", ""),
        RequestError::HeadTooLong => (431, "The head of the request is too long.", ""),
    };
    (Response::text(status, words), header_line)
}
