//! A web server for this machine alone: bounded in all that a client could make grow, and knowing only a routing function.
//!
//! Entry: [`listen`], then [`serve`]. HTTP/1.1 as far as a browser needs it (RFC 9112): `GET` and `HEAD`, connections that
//! stay open, streams of events. A thread for each connection, so that a slow reader holds up nobody else; the number of
//! connections, the bytes of a request and the time that it may take are limited.
//! Invariant: nothing that a client sends reaches a header or the disk; a foreign `Host` is refused.

mod answer;
mod connection;
mod request;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

pub use answer::{Answer, Body, Keep, Stream};
pub use request::Ask;
#[cfg(fuzzing)]
pub use request::read_in_pieces;
pub use std::net::IpAddr as Ip;

/// The most connections at once. A browser opens six and a stream of events for each window.
const MOST_CONNECTIONS: usize = 512;
/// The most streams of events among them, so that pages can always be asked for.
const MOST_STREAMS: usize = 256;
/// How many ports are tried where the first is taken.
const PORTS: u16 = 100;

/// What answers a request.
pub type Route = dyn Fn(&Ask<'_>) -> Answer + Send + Sync;

/// An address of this machine that no other can reach.
///
/// # Errors
/// In words, for any other text.
pub fn loopback(text: &str) -> Result<Ip, String> {
    let ip = if text == "localhost" {
        Ok(IpAddr::V4(Ipv4Addr::LOCALHOST))
    } else {
        text.parse::<IpAddr>()
    };
    let ip = ip.ok().filter(IpAddr::is_loopback);
    ip.ok_or_else(|| {
        "the preview is for this machine alone: 127.0.0.1, ::1 or localhost".to_owned()
    })
}

/// Takes a port of an address; where it is taken, the next free one.
///
/// # Errors
/// Where the machine has no such address, or no port of it can be taken.
pub fn listen(ip: IpAddr, port: u16) -> io::Result<TcpListener> {
    let last = if port == 0 {
        0
    } else {
        port.saturating_add(PORTS)
    };
    let mut tried = port..=last;
    loop {
        match TcpListener::bind((ip, tried.next().unwrap_or(last))) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && !tried.is_empty() => {}
            other => return other,
        }
    }
}

/// Answers requests in threads of their own, until the program ends; `headers` go with every answer of the route.
///
/// # Errors
/// Where the address can't be read or no thread started.
pub fn serve(
    listener: TcpListener,
    headers: &[(&str, String)],
    route: Arc<Route>,
) -> io::Result<SocketAddr> {
    let address = listener.local_addr()?;
    let service = Arc::new(Service {
        hosts: hosts(address),
        fields: lines(headers),
        route,
        connections: AtomicUsize::new(0),
        streams: AtomicUsize::new(0),
    });
    thread::Builder::new()
        .name("listener".to_owned())
        .spawn(move || accept(&listener, &service))?;
    Ok(address)
}

/// Headers as they are sent, each with its line end.
fn lines(headers: &[(&str, String)]) -> String {
    let mut out = String::new();
    for (name, value) in headers {
        out.push_str(&format!("{name}: {value}\r\n"));
    }
    out
}

/// What the connections share.
struct Service {
    hosts: Vec<String>,
    /// Header lines, each with its end.
    fields: String,
    route: Arc<Route>,
    connections: AtomicUsize,
    streams: AtomicUsize,
}

/// A place among a limited number; given back when it is dropped.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(count: &'a AtomicUsize, most: usize) -> Option<Self> {
        let place = Self(count);
        // Beyond the limit the place is given back at once.
        (count.fetch_add(1, Ordering::AcqRel) < most).then_some(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

fn accept(listener: &TcpListener, service: &Arc<Service>) {
    loop {
        match listener.accept() {
            Ok((stream, _)) => {
                let service = service.clone();
                let work = move || match Place::take(&service.connections, MOST_CONNECTIONS) {
                    Some(_place) => connection::serve(&stream, &service),
                    None => connection::turn_away(&stream),
                };
                // Where the machine has no thread left, the connection is closed, and the browser asks again.
                drop(thread::Builder::new().spawn(work));
            }
            // Too many open files: connections that end give some back.
            Err(_) => thread::sleep(Duration::from_millis(50)),
        }
    }
}

/// The values of `Host` that mean this server. Any other is a page elsewhere whose name was made to lead here.
fn hosts(address: SocketAddr) -> Vec<String> {
    let port = address.port();
    let mut names = vec![
        "localhost".to_owned(),
        "127.0.0.1".to_owned(),
        "[::1]".to_owned(),
    ];
    names.push(match address.ip() {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    });
    let mut hosts: Vec<_> = names.iter().map(|it| format!("{it}:{port}")).collect();
    if port == 80 {
        hosts.extend(names);
    }
    hosts
}
