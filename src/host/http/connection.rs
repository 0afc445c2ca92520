//! One connection: requests in, answers out, until either side ends it.
//!
//! Entry: [`serve`]. Invariant: a client that stops reading or writing loses its own connection and nobody else's.

use std::cell::Cell;
use std::io::{self, Read};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::answer::{Answer, Body, Frame, START, Stream, send, write};
use super::request::{Ask, Refusal, Request, is_timeout, next};
use super::{MOST_STREAMS, Place, Service};

/// How often a stream looks whether its client is still there.
const LOOK: Duration = Duration::from_secs(1);
/// After how long without an event a stream says that it lives.
const SILENCE: Duration = Duration::from_secs(10);
/// How long this machine takes to say that nobody is at the other end of what was sent.
const ECHO: Duration = Duration::from_millis(5);
/// How much of a refused request is read to its end, so that the client hears why.
const LINGER_BYTES: usize = 4 * 1024 * 1024;
const LINGER_TIME: Duration = Duration::from_secs(2);

/// Answers the requests of a connection.
pub(super) fn serve(stream: &Arc<TcpStream>, service: &Service) {
    // A connection that breaks is no fault.
    let _ = stream.set_nodelay(true);
    let _ = requests(stream, service);
}

/// Closes a connection for which there is no place.
pub(super) fn turn_away(stream: &TcpStream) {
    let answer = Answer::words(503, "There are too many connections.");
    let _ = refuse(stream, &answer, REFUSED, "Retry-After: 1\r\n");
}

fn requests(stream: &Arc<TcpStream>, service: &Service) -> io::Result<()> {
    let mut rest = Vec::new();
    loop {
        let idle = service.connections.asking(stream);
        let Some(request) = next(stream, &mut rest, &service.hosts)? else {
            return Ok(());
        };
        drop(idle);
        match request {
            Ok(request) => {
                if answer(stream, service, &request)? {
                    return Ok(());
                }
            }
            Err(refusal) => {
                let (answer, field) = words(refusal);
                return refuse(stream, &answer, REFUSED, field);
            }
        }
    }
}

/// Answers a request; whether the connection ends with it.
fn answer(stream: &Arc<TcpStream>, service: &Service, request: &Request) -> io::Result<bool> {
    let ask = Ask {
        path: &request.path,
        query: &request.query,
        posted: request.posted,
    };
    // What nobody reads is not made. It is asked before a slot is taken, since asking may take a moment.
    let client = Client::new(stream, START);
    let is_there = || client.is_there().unwrap_or(false);
    let slot = is_there().then(|| service.work.take(is_there)).flatten();
    let Some(slot) = slot else {
        return Ok(true);
    };
    let mut answer = (service.route)(&ask);
    drop(slot);
    let frame = Frame {
        begun: client.was_asked.get(),
        head_only: request.head_only,
        last: request.last,
        fields: &service.fields,
    };
    if let Body::Stream(pieces) = &mut answer.body {
        let Some(_place) = Place::take(&service.streams, MOST_STREAMS) else {
            let full = Answer::words(503, "There are too many streams of events.");
            return refuse(stream, &full, frame, "Retry-After: 5\r\n").map(|()| true);
        };
        let pieces = std::mem::replace(pieces, Box::new(|_| None));
        write(
            stream,
            &answer,
            Frame {
                last: true,
                ..frame
            },
        )?;
        if !request.head_only {
            events(stream, pieces)?;
        }
        return Ok(true);
    }
    let known = |tag: &str| {
        let known = request.known.as_deref().unwrap_or_default();
        known
            .split(',')
            .any(|it| it.trim().trim_start_matches("W/").trim_matches('"') == tag)
    };
    if answer.status == 200 && answer.tag.as_deref().is_some_and(known) {
        answer.status = 304;
    }
    let _idle = service.connections.taking(stream);
    write(stream, &answer, frame)?;
    Ok(request.last)
}

/// Sends pieces as they come, for as long as the client is there.
fn events(stream: &TcpStream, mut pieces: Stream) -> io::Result<()> {
    // A comment, for the client and for whatever waits between here and the page.
    const COMMENT: &str = ":\n\n";
    let client = Client::new(stream, COMMENT);
    let mut last = Instant::now();
    while let Some(piece) = pieces(LOOK) {
        if !piece.is_empty() {
            send(stream, &piece)?;
            last = Instant::now();
        } else if !client.is_there()? {
            break;
        } else if last.elapsed() >= SILENCE {
            send(stream, COMMENT.as_bytes())?;
            last = Instant::now();
        }
    }
    Ok(())
}

/// The other end of a connection while it waits for an answer.
struct Client<'a> {
    stream: &'a TcpStream,
    /// What may be sent at any moment to hear whether anybody takes it.
    probe: &'static str,
    /// Whether that was sent.
    was_asked: Cell<bool>,
}

impl<'a> Client<'a> {
    fn new(stream: &'a TcpStream, probe: &'static str) -> Self {
        Self {
            stream,
            probe,
            was_asked: Cell::new(false),
        }
    }

    /// Whether the client is still there. One that has said its last word may have gone, or have closed its own side alone
    /// (RFC 9112, 9.6) and wait: the connection looks the same until something is sent. Where the client has gone, its system
    /// answers that with a reset.
    fn is_there(&self) -> io::Result<bool> {
        if !self.was_asked.get() {
            if !has_ended(self.stream)? {
                return Ok(true);
            }
            self.was_asked.set(true);
            send(self.stream, self.probe.as_bytes())?;
            thread::sleep(ECHO);
        }
        // Reading tells of the end again, and of no reset behind it.
        Ok(self.stream.take_error()?.is_none())
    }
}

/// Whether the client has said its last word.
fn has_ended(stream: &TcpStream) -> io::Result<bool> {
    stream.set_nonblocking(true)?;
    let seen = stream.peek(&mut [0]);
    stream.set_nonblocking(false)?;
    match seen {
        Ok(length) => Ok(length == 0),
        Err(it) if is_timeout(&it) => Ok(false),
        Err(it) => Err(it),
    }
}

/// How an answer begins to a request that was not looked at further.
const REFUSED: Frame<'_> = Frame {
    begun: false,
    head_only: false,
    last: true,
    fields: "",
};

/// Says why a request is not answered and ends the connection, so that the client has the words before the end.
fn refuse(
    mut stream: &TcpStream,
    answer: &Answer,
    frame: Frame<'_>,
    field: &str,
) -> io::Result<()> {
    let frame = Frame {
        head_only: false,
        last: true,
        fields: &format!("X-Content-Type-Options: nosniff\r\n{field}"),
        ..frame
    };
    write(stream, answer, frame)?;
    stream.shutdown(Shutdown::Write)?;
    let began = Instant::now();
    let mut left = LINGER_BYTES;
    let mut chunk = [0; 16 * 1024];
    while left > 0 {
        let time = LINGER_TIME.saturating_sub(began.elapsed());
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

fn words(refusal: Refusal) -> (Answer, &'static str) {
    let (status, words, field) = match refusal {
        Refusal::Bad => (400, "This request can't be read.", ""),
        Refusal::ForeignHost => (
            403,
            "This preview answers to its own address alone: the `Host` of the request is another.",
            "",
        ),
        Refusal::ForeignOrigin => (403, "Only a page of this preview can send this.", ""),
        Refusal::Method => (
            405,
            "Only GET, HEAD and POST are answered.",
            "Allow: GET, HEAD, POST\r\n",
        ),
        Refusal::Slow => (408, "The request took too long.", ""),
        Refusal::LongTarget => (414, "The address is too long.", ""),
        Refusal::LongHead => (431, "The head of the request is too long.", ""),
    };
    (Answer::words(status, words), field)
}
