//! The head of a request, read in bounded memory and time.
//!
//! Entry: [`read_request`]. Invariant: a request that is not exactly right is refused, and the connection closed.

use std::io::{self, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// The longest head of a request in bytes.
const MAX_HEAD_BYTES: usize = 16 * 1024;
/// The longest target of a request in bytes.
const MAX_TARGET_BYTES: usize = 8 * 1024;
/// The most header fields.
const MAX_HEADERS: usize = 64;
/// How long a connection may stay open between requests.
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);
/// How long the head of a request may take from its first byte.
const HEAD_TIMEOUT: Duration = Duration::from_secs(5);

/// The target of a request.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// The path, decoded once, without its first slash.
    pub path: &'a str,
    /// The query after the `?`, as it was sent.
    pub query: &'a str,
    /// Whether it is a `POST`, which only pages of this server can send.
    pub posted: bool,
}

/// A valid request.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) path: String,
    pub(super) query: String,
    /// Whether it is a `POST`, sent by a page of this server.
    pub(super) posted: bool,
    /// Whether the body is left out (`HEAD`).
    pub(super) head_only: bool,
    /// The entity tags that the client has cached (`If-None-Match`).
    pub(super) if_none_match: Option<String>,
    /// Whether the connection is closed after the response.
    pub(super) close: bool,
}

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RequestError {
    /// It can't be parsed, has a body, or its path can't be decoded.
    BadRequest,
    /// Its `Host` is not an address of this server (DNS rebinding).
    ForeignHost,
    /// It is a `POST` that was not sent by a page of this server (CSRF).
    ForeignOrigin,
    /// Its method is none of `GET`, `HEAD` and `POST`.
    MethodNotAllowed,
    /// Its head took too long to arrive.
    Timeout,
    /// Its target exceeds [`MAX_TARGET_BYTES`].
    TargetTooLong,
    /// Its head exceeds [`MAX_HEAD_BYTES`] or [`MAX_HEADERS`].
    HeadTooLong,
}

/// Reads the next request of a connection; `None` if the client has closed it. `buffer` keeps bytes of the following request.
pub(super) fn read_request(
    mut stream: &TcpStream,
    buffer: &mut Vec<u8>,
    hosts: &[String],
) -> io::Result<Option<Result<Request, RequestError>>> {
    let mut start = (!buffer.is_empty()).then(Instant::now);
    loop {
        if let Some((length, parsed)) = parse(buffer, hosts) {
            buffer.drain(..length);
            return Ok(Some(parsed));
        }
        let left = start.map_or(IDLE_TIMEOUT, |it| HEAD_TIMEOUT.saturating_sub(it.elapsed()));
        if left.is_zero() {
            return Ok(Some(Err(RequestError::Timeout)));
        }
        stream.set_read_timeout(Some(left))?;
        let mut chunk = [0; 2048];
        match stream.read(&mut chunk) {
            Ok(0) => return Ok(None),
            Ok(length) => {
                buffer.extend_from_slice(&chunk[..length]);
                start = start.or_else(|| Some(Instant::now()));
            }
            Err(it) if it.kind() == io::ErrorKind::Interrupted => {}
            Err(it) if start.is_some() && is_timeout(&it) => {
                return Ok(Some(Err(RequestError::Timeout)));
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

/// Parses the request at the start of `bytes` and returns its length; `None` while it is incomplete.
fn parse(bytes: &[u8], hosts: &[String]) -> Option<(usize, Result<Request, RequestError>)> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let head = &bytes[..bytes.len().min(MAX_HEAD_BYTES)];
    let refuse = |why| Some((bytes.len(), Err(why)));
    match request.parse(head) {
        Ok(httparse::Status::Complete(length)) => Some((length, validate(&request, hosts))),
        Ok(httparse::Status::Partial) if head.len() < MAX_HEAD_BYTES => None,
        Ok(httparse::Status::Partial) if request.version.is_none() => {
            refuse(RequestError::TargetTooLong)
        }
        Ok(httparse::Status::Partial) | Err(httparse::Error::TooManyHeaders) => {
            refuse(RequestError::HeadTooLong)
        }
        Err(_) => refuse(RequestError::BadRequest),
    }
}

fn validate(
    request: &httparse::Request<'_, '_>,
    hosts: &[String],
) -> Result<Request, RequestError> {
    let mut host_values = Vec::new();
    let mut origins = Vec::new();
    let mut is_cross_site = false;
    let mut if_none_match = None;
    let mut close = request.version == Some(0);
    let mut has_body = false;
    for header in request.headers.iter() {
        let value = std::str::from_utf8(header.value)
            .map_err(|_| RequestError::BadRequest)?
            .trim();
        match header.name.to_ascii_lowercase().as_str() {
            "host" => host_values.push(value.to_ascii_lowercase()),
            "origin" => origins.push(value.to_ascii_lowercase()),
            "sec-fetch-site" => is_cross_site |= value != "same-origin",
            "if-none-match" => if_none_match = Some(value.to_owned()),
            "connection" => close |= value.to_ascii_lowercase().contains("close"),
            "transfer-encoding" => has_body = true,
            "content-length" => has_body |= value != "0",
            _ => {}
        }
    }
    match host_values.as_slice() {
        [host] if hosts.contains(host) => {}
        [_] => return Err(RequestError::ForeignHost),
        _ => return Err(RequestError::BadRequest),
    }
    let (head_only, posted) = match request.method {
        Some("GET") => (false, false),
        Some("HEAD") => (true, false),
        Some("POST") => (false, true),
        _ => return Err(RequestError::MethodNotAllowed),
    };
    // Browsers send the origin of a page with each `POST`, and no page can change it (Fetch, 3.1).
    let own_origin = host_values.first().map(|host| format!("http://{host}"));
    if posted && (is_cross_site || origins.as_slice() != own_origin.as_slice()) {
        return Err(RequestError::ForeignOrigin);
    }
    if has_body {
        return Err(RequestError::BadRequest);
    }
    let target = request.path.unwrap_or_default();
    if target.len() > MAX_TARGET_BYTES {
        return Err(RequestError::TargetTooLong);
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    // The other forms of a target (absolute URL, authority, `*`) are meant for proxies.
    let path = path.strip_prefix('/').ok_or(RequestError::BadRequest)?;
    let path = percent_decode(path).ok_or(RequestError::BadRequest)?;
    Ok(Request {
        path,
        query: query.to_owned(),
        posted,
        head_only,
        if_none_match,
        close,
    })
}

/// Percent-decodes a path once; `None` if it is malformed, not UTF-8, or contains control characters.
pub(super) fn percent_decode(path: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            let (high, low) = (digit()?, digit()?);
            decoded.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    let decoded = String::from_utf8(decoded).ok()?;
    (!decoded.contains(char::is_control)).then_some(decoded)
}

/// Parses a head that arrives in several parts, for the fuzzer: the first result must not depend on the parts.
///
/// # Panics
/// When the result depends on the parts, or a length exceeds the input.
#[cfg(fuzzing)]
pub fn read_incrementally(bytes: &[u8]) {
    let hosts = ["localhost:3000".to_owned(), "127.0.0.1:3000".to_owned()];
    let whole = parse(bytes, &hosts);
    // Sixteen parts are enough, and keep long heads fast.
    let mut ends = (0..bytes.len()).step_by(bytes.len() / 16 + 1);
    let first = ends.find_map(|end| parse(&bytes[..end], &hosts));
    let first = first.or_else(|| parse(bytes, &hosts));
    let is_accepted = |answer: &Option<(usize, Result<Request, RequestError>)>| {
        answer.as_ref().map(|(length, request)| {
            assert!(*length <= bytes.len(), "more is read than there is");
            request.is_ok()
        })
    };
    assert_eq!(is_accepted(&whole), is_accepted(&first));
}

#[cfg(test)]
mod tests {
    use super::{Request, RequestError, parse, percent_decode};

    fn parse_head(text: &str) -> Option<Result<Request, RequestError>> {
        parse(text.as_bytes(), &["localhost:3000".to_owned()]).map(|(_, it)| it)
    }

    fn parse_error(line: &str) -> RequestError {
        let head = format!("{line}\r\nHost: localhost:3000\r\n\r\n");
        parse_head(&head)
            .expect("it is whole")
            .expect_err("it is wrong")
    }

    #[test]
    fn a_path_is_decoded_once() {
        let head = "GET /a/%252e%2e/b%20c?x=%20 HTTP/1.1\r\nHost: LocalHost:3000\r\n\r\n";
        let request = parse_head(head).expect("it is whole").expect("it is right");
        assert_eq!(
            (request.path.as_str(), request.query.as_str()),
            ("a/%2e./b c", "x=%20")
        );
        assert_eq!(percent_decode("%zz"), None);
        assert_eq!(percent_decode("%f"), None);
        assert_eq!(percent_decode("%ff"), None);
        assert_eq!(percent_decode("a%00"), None);
        assert_eq!(percent_decode("%c3%bc"), Some("ü".to_owned()));
    }

    #[test]
    fn only_a_page_of_this_server_posts() {
        let posted = |fields: &str| parse_error(&format!("POST / HTTP/1.1{fields}"));
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
            assert_eq!(posted(fields), RequestError::ForeignOrigin, "{fields}");
        }
        assert_eq!(
            posted(&format!("{own}\r\nContent-Length: 3")),
            RequestError::BadRequest
        );
        let head =
            format!("POST /a HTTP/1.1\r\nHost: localhost:3000{own}\r\nContent-Length: 0\r\n\r\n");
        let request = parse_head(&head)
            .expect("it is whole")
            .expect("it is right");
        assert!(request.posted);
    }

    #[test]
    fn what_is_not_right_is_refused() {
        assert_eq!(
            parse_error("PUT / HTTP/1.1"),
            RequestError::MethodNotAllowed
        );
        assert_eq!(
            parse_error("GET http://localhost:3000/ HTTP/1.1"),
            RequestError::BadRequest
        );
        assert_eq!(parse_error("GET * HTTP/1.1"), RequestError::BadRequest);
        assert_eq!(parse_error("GET /%00 HTTP/1.1"), RequestError::BadRequest);
        assert_eq!(
            parse_error("GET / HTTP/1.1\r\nContent-Length: 3"),
            RequestError::BadRequest
        );
        assert_eq!(
            parse_error("GET / HTTP/1.1\r\nHost: localhost:3000"),
            RequestError::BadRequest
        );
        let long = format!("GET /{} HTTP/1.1", "a".repeat(9_000));
        assert_eq!(parse_error(&long), RequestError::TargetTooLong);
        let longer = format!("GET /{}", "a".repeat(100_000));
        assert_eq!(parse_head(&longer), Some(Err(RequestError::TargetTooLong)));
        let headers = format!(
            "GET / HTTP/1.1\r\nHost: localhost:3000\r\nA: {}",
            "a".repeat(20_000)
        );
        assert_eq!(parse_head(&headers), Some(Err(RequestError::HeadTooLong)));
        let foreign = "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n";
        assert_eq!(parse_head(foreign), Some(Err(RequestError::ForeignHost)));
        assert_eq!(
            parse_head("GET / HTTP/1.1\r\n\r\n"),
            Some(Err(RequestError::BadRequest))
        );
        assert_eq!(parse_head("GET / HTTP/1.1\r\nHos"), None);
    }
}
