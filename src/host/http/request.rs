//! The head of a request, read in bounded memory and time.
//!
//! Entry: [`next`]. Invariant: what is not exactly right is refused, and refused means that the connection ends.

use std::io::{self, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// The longest head of a request in bytes.
const LONGEST_HEAD: usize = 16 * 1024;
/// The longest target of a request in bytes.
const LONGEST_TARGET: usize = 8 * 1024;
/// The most header fields.
const MOST_FIELDS: usize = 64;
/// How long a connection may stand open between requests.
const IDLE: Duration = Duration::from_secs(60);
/// How long the head of a request may take from its first byte.
const SLOWEST_HEAD: Duration = Duration::from_secs(5);

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The path, decoded once, without its first slash.
    pub path: &'a str,
    /// What stands behind the `?`, as it was sent.
    pub query: &'a str,
    /// Whether a page of this server asks for something to be done (`POST`).
    pub posted: bool,
}

/// A request that may be answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) path: String,
    pub(super) query: String,
    /// Whether something is to be done (`POST`); the request came from a page of this server then.
    pub(super) posted: bool,
    /// Whether the body is left out (`HEAD`).
    pub(super) head_only: bool,
    /// The tags that the client has (`If-None-Match`).
    pub(super) known: Option<String>,
    /// Whether the connection ends with the answer.
    pub(super) last: bool,
}

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is no request, or one with a body, or its path can't be read.
    Bad,
    /// Its `Host` is not this server.
    ForeignHost,
    /// It asks for something to be done, and a page of this server did not send it.
    ForeignOrigin,
    /// Its method is none of `GET`, `HEAD` and `POST`.
    Method,
    /// It took too long.
    Slow,
    /// Its target is too long.
    LongTarget,
    /// Its fields are too long.
    LongHead,
}

/// Reads the next request of a connection; none where the client has ended it. `rest` holds what was read beyond.
pub(super) fn next(
    mut stream: &TcpStream,
    rest: &mut Vec<u8>,
    hosts: &[String],
) -> io::Result<Option<Result<Request, Refusal>>> {
    let mut began = (!rest.is_empty()).then(Instant::now);
    loop {
        if let Some((length, parsed)) = parse(rest, hosts) {
            rest.drain(..length);
            return Ok(Some(parsed));
        }
        let left = began.map_or(IDLE, |it| SLOWEST_HEAD.saturating_sub(it.elapsed()));
        if left.is_zero() {
            return Ok(Some(Err(Refusal::Slow)));
        }
        stream.set_read_timeout(Some(left))?;
        let mut chunk = [0; 2048];
        match stream.read(&mut chunk) {
            Ok(0) => return Ok(None),
            Ok(length) => {
                rest.extend_from_slice(&chunk[..length]);
                began = began.or_else(|| Some(Instant::now()));
            }
            Err(it) if it.kind() == io::ErrorKind::Interrupted => {}
            Err(it) if began.is_some() && is_timeout(&it) => {
                return Ok(Some(Err(Refusal::Slow)));
            }
            Err(it) => return Err(it),
        }
    }
}

pub(super) fn is_timeout(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut
    )
}

/// A request at the beginning of some bytes, and its length; none while it is not whole.
fn parse(bytes: &[u8], hosts: &[String]) -> Option<(usize, Result<Request, Refusal>)> {
    let mut fields = [httparse::EMPTY_HEADER; MOST_FIELDS];
    let mut request = httparse::Request::new(&mut fields);
    let head = &bytes[..bytes.len().min(LONGEST_HEAD)];
    let refused = |why| Some((bytes.len(), Err(why)));
    match request.parse(head) {
        Ok(httparse::Status::Complete(length)) => Some((length, judge(&request, hosts))),
        Ok(httparse::Status::Partial) if head.len() < LONGEST_HEAD => None,
        Ok(httparse::Status::Partial) if request.version.is_none() => refused(Refusal::LongTarget),
        Ok(httparse::Status::Partial) | Err(httparse::Error::TooManyHeaders) => {
            refused(Refusal::LongHead)
        }
        Err(_) => refused(Refusal::Bad),
    }
}

fn judge(request: &httparse::Request<'_, '_>, hosts: &[String]) -> Result<Request, Refusal> {
    let mut named = Vec::new();
    let mut origins = Vec::new();
    let mut is_cross_site = false;
    let mut known = None;
    let mut last = request.version == Some(0);
    let mut has_body = false;
    for field in request.headers.iter() {
        let value = std::str::from_utf8(field.value)
            .map_err(|_| Refusal::Bad)?
            .trim();
        match field.name.to_ascii_lowercase().as_str() {
            "host" => named.push(value.to_ascii_lowercase()),
            "origin" => origins.push(value.to_ascii_lowercase()),
            "sec-fetch-site" => is_cross_site |= value != "same-origin",
            "if-none-match" => known = Some(value.to_owned()),
            "connection" => last |= value.to_ascii_lowercase().contains("close"),
            "transfer-encoding" => has_body = true,
            "content-length" => has_body |= value != "0",
            _ => {}
        }
    }
    match named.as_slice() {
        [host] if hosts.contains(host) => {}
        [_] => return Err(Refusal::ForeignHost),
        _ => return Err(Refusal::Bad),
    }
    let (head_only, posted) = match request.method {
        Some("GET") => (false, false),
        Some("HEAD") => (true, false),
        Some("POST") => (false, true),
        _ => return Err(Refusal::Method),
    };
    // Browsers name the origin of each page that posts, and no page can change that (Fetch, 3.1).
    let own = named.first().map(|host| format!("http://{host}"));
    if posted && (is_cross_site || origins.as_slice() != own.as_slice()) {
        return Err(Refusal::ForeignOrigin);
    }
    if has_body {
        return Err(Refusal::Bad);
    }
    let target = request.path.unwrap_or_default();
    if target.len() > LONGEST_TARGET {
        return Err(Refusal::LongTarget);
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    // An absolute address, an authority or `*` is for proxies.
    let path = path.strip_prefix('/').ok_or(Refusal::Bad)?;
    let path = decoded(path).ok_or(Refusal::Bad)?;
    Ok(Request {
        path,
        query: query.to_owned(),
        posted,
        head_only,
        known,
        last,
    })
}

/// A path without its `%…`, decoded once; none where it is no text or holds what no name holds.
pub(super) fn decoded(path: &str) -> Option<String> {
    let mut out = Vec::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            let (high, low) = (digit()?, digit()?);
            out.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            out.push(byte);
        }
    }
    let out = String::from_utf8(out).ok()?;
    (!out.contains(char::is_control)).then_some(out)
}

/// Reads a head as it may arrive, piece by piece: the first answer stands, whatever follows.
///
/// # Panics
/// When an answer depends on how the bytes arrive, or reaches beyond them.
#[cfg(fuzzing)]
pub fn read_in_pieces(bytes: &[u8]) {
    let hosts = ["localhost:3000".to_owned(), "127.0.0.1:3000".to_owned()];
    let whole = parse(bytes, &hosts);
    // Some sixteen pieces are enough, and a long head stays quick to read.
    let mut ends = (0..bytes.len()).step_by(bytes.len() / 16 + 1);
    let first = ends.find_map(|end| parse(&bytes[..end], &hosts));
    let first = first.or_else(|| parse(bytes, &hosts));
    let is_taken = |answer: &Option<(usize, Result<Request, Refusal>)>| {
        answer.as_ref().map(|(length, request)| {
            assert!(*length <= bytes.len(), "more is read than there is");
            request.is_ok()
        })
    };
    assert_eq!(is_taken(&whole), is_taken(&first));
}

#[cfg(test)]
mod tests {
    use super::{Refusal, Request, decoded, parse};

    fn asked(text: &str) -> Option<Result<Request, Refusal>> {
        parse(text.as_bytes(), &["localhost:3000".to_owned()]).map(|(_, it)| it)
    }

    fn refused(line: &str) -> Refusal {
        let head = format!("{line}\r\nHost: localhost:3000\r\n\r\n");
        asked(&head).expect("it is whole").expect_err("it is wrong")
    }

    #[test]
    fn a_path_is_decoded_once() {
        let head = "GET /a/%252e%2e/b%20c?x=%20 HTTP/1.1\r\nHost: LocalHost:3000\r\n\r\n";
        let request = asked(head).expect("it is whole").expect("it is right");
        assert_eq!(
            (request.path.as_str(), request.query.as_str()),
            ("a/%2e./b c", "x=%20")
        );
        assert_eq!(decoded("%zz"), None);
        assert_eq!(decoded("%f"), None);
        assert_eq!(decoded("%ff"), None);
        assert_eq!(decoded("a%00"), None);
        assert_eq!(decoded("%c3%bc"), Some("ü".to_owned()));
    }

    #[test]
    fn only_a_page_of_this_server_posts() {
        let posted = |fields: &str| refused(&format!("POST / HTTP/1.1{fields}"));
        let own = "\r\nOrigin: http://localhost:3000";
        for fields in [
            "",
            "\r\nOrigin: null",
            "\r\nOrigin: http://localhost",
            "\r\nOrigin: https://localhost:3000",
            "\r\nOrigin: http://127.0.0.1:3000",
            "\r\nOrigin: http://example.org",
            "\r\nOrigin: http://localhost:3000.example.org",
            &format!("{own}{own}"),
            &format!("{own}\r\nSec-Fetch-Site: cross-site"),
            &format!("{own}\r\nSec-Fetch-Site: same-site"),
        ] {
            assert_eq!(posted(fields), Refusal::ForeignOrigin, "{fields}");
        }
        assert_eq!(posted(&format!("{own}\r\nContent-Length: 3")), Refusal::Bad);
        let head =
            format!("POST /a HTTP/1.1\r\nHost: localhost:3000{own}\r\nContent-Length: 0\r\n\r\n");
        let request = asked(&head).expect("it is whole").expect("it is right");
        assert!(request.posted);
    }

    #[test]
    fn what_is_not_right_is_refused() {
        assert_eq!(refused("PUT / HTTP/1.1"), Refusal::Method);
        assert_eq!(refused("GET http://localhost:3000/ HTTP/1.1"), Refusal::Bad);
        assert_eq!(refused("GET * HTTP/1.1"), Refusal::Bad);
        assert_eq!(refused("GET /%00 HTTP/1.1"), Refusal::Bad);
        assert_eq!(refused("GET / HTTP/1.1\r\nContent-Length: 3"), Refusal::Bad);
        assert_eq!(
            refused("GET / HTTP/1.1\r\nHost: localhost:3000"),
            Refusal::Bad
        );
        let long = format!("GET /{} HTTP/1.1", "a".repeat(9_000));
        assert_eq!(refused(&long), Refusal::LongTarget);
        let longer = format!("GET /{}", "a".repeat(100_000));
        assert_eq!(asked(&longer), Some(Err(Refusal::LongTarget)));
        let fields = format!(
            "GET / HTTP/1.1\r\nHost: localhost:3000\r\nA: {}",
            "a".repeat(20_000)
        );
        assert_eq!(asked(&fields), Some(Err(Refusal::LongHead)));
        let foreign = "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n";
        assert_eq!(asked(foreign), Some(Err(Refusal::ForeignHost)));
        assert_eq!(asked("GET / HTTP/1.1\r\n\r\n"), Some(Err(Refusal::Bad)));
        assert_eq!(asked("GET / HTTP/1.1\r\nHos"), None);
    }
}
