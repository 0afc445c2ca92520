//! A small web server for the local machine, generic over a routing function.
//!
//! Entry: [`listen`], then [`serve`]. It implements the part of HTTP/1.1 that a browser needs (RFC 9112): `GET`, `HEAD`,
//! `POST` without a body, persistent connections, event streams. Each connection has a thread, so that a slow reader delays nobody else. Connections,
//! request sizes and times are limited, as many pages are rendered at once as there are cores, and when the limit of connections
//! is reached, the one that has been idle longest is closed.
//! Invariant: nothing that a client sends reaches a header or the disk; a foreign `Host` is refused, and so is
//! a `POST` from a foreign page.

mod connection;
mod limits;
mod request;
mod response;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::thread;
use std::time::Duration;

use limits::{ConnectionPool, Permit, Semaphore};
pub use request::Target;
#[cfg(fuzzing)]
pub use request::read_incrementally;
pub use response::{Body, CachePolicy, Response, Stream};
pub use std::net::IpAddr as Ip;

/// Maximum of concurrent connections. A browser opens six, and an event stream for each window.
const MAX_CONNECTIONS: usize = 512;
/// Maximum of event streams among them, so that connections remain for pages.
const MAX_STREAMS: usize = 256;
/// How many further ports are tried if the first is in use.
const PORT_ATTEMPTS: u16 = 100;

/// The routing function: returns the response to a request.
pub type Route = dyn Fn(&Target<'_>) -> Response + Send + Sync;

/// Parses a loopback address.
///
/// # Errors
/// A message, if the text is anything else.
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

/// Listens on a port of an address; if it is in use, on the next free one.
///
/// # Errors
/// When the machine has no such address, or none of the ports is free.
pub fn listen(ip: IpAddr, port: u16) -> io::Result<TcpListener> {
    let last = if port == 0 {
        0
    } else {
        port.saturating_add(PORT_ATTEMPTS)
    };
    let mut tried = port..=last;
    loop {
        match TcpListener::bind((ip, tried.next().unwrap_or(last))) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && !tried.is_empty() => {}
            other => return other,
        }
    }
}

/// Serves requests in threads of their own until the program ends; `headers` are sent with every response of the route.
///
/// # Errors
/// When the address can't be read or no thread can be started.
pub fn serve(
    listener: TcpListener,
    headers: &[(&str, String)],
    route: Arc<Route>,
) -> io::Result<SocketAddr> {
    let address = listener.local_addr()?;
    let service = Arc::new(Service {
        hosts: accepted_hosts(address),
        header_lines: header_lines(headers),
        route,
        connections: ConnectionPool::default(),
        streams: AtomicUsize::new(0),
        rendering: Semaphore::new(thread::available_parallelism().map_or(1, NonZero::get)),
    });
    thread::Builder::new()
        .name("listener".to_owned())
        .spawn(move || accept_connections(&listener, &service))?;
    Ok(address)
}

/// Formats headers as lines, each with its line end.
fn header_lines(headers: &[(&str, String)]) -> String {
    let mut out = String::new();
    for (name, value) in headers {
        out.push_str(&format!("{name}: {value}\r\n"));
    }
    out
}

/// State shared by all connections.
struct Service {
    hosts: Vec<String>,
    /// Headers of every response, each with its line end.
    header_lines: String,
    route: Arc<Route>,
    connections: ConnectionPool,
    streams: AtomicUsize,
    /// Rendering a page keeps one core busy: more pages at once than cores would only use more memory.
    rendering: Semaphore,
}

fn accept_connections(listener: &TcpListener, service: &Arc<Service>) {
    loop {
        match listener.accept() {
            Ok((stream, _)) => {
                let (service, stream) = (service.clone(), Arc::new(stream));
                let work = move || match service.connections.acquire(MAX_CONNECTIONS) {
                    Some(_permit) => connection::serve(&stream, &service),
                    None => connection::reject(&stream),
                };
                // If no thread can be started, the connection is dropped, and the browser retries.
                drop(thread::Builder::new().spawn(work));
            }
            // Too many open files: wait until some connections have ended.
            Err(_) => thread::sleep(Duration::from_millis(50)),
        }
    }
}

/// The `Host` values of this server. Any other comes from a foreign page whose name resolves to this machine (DNS rebinding).
fn accepted_hosts(address: SocketAddr) -> Vec<String> {
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

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{Shutdown, TcpStream};
    use std::sync::Mutex;
    use std::sync::atomic::Ordering;
    use std::time::Instant;

    use super::*;

    /// A server whose pages take a while; counts the pages rendered, and the maximum at once.
    struct SlowServer {
        address: SocketAddr,
        made: Arc<AtomicUsize>,
        peak: Arc<Mutex<usize>>,
    }

    impl SlowServer {
        fn start(delay: Duration) -> Self {
            let listener = listen(IpAddr::V4(Ipv4Addr::LOCALHOST), 0).expect("a port is free");
            let (made, peak) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(0)));
            let (count, highest, now) = (made.clone(), peak.clone(), AtomicUsize::new(0));
            let route = move |_: &Target<'_>| {
                let at_once = now.fetch_add(1, Ordering::SeqCst) + 1;
                let mut highest = highest.lock().expect("no thread has panicked");
                *highest = at_once.max(*highest);
                drop(highest);
                thread::sleep(delay);
                now.fetch_sub(1, Ordering::SeqCst);
                count.fetch_add(1, Ordering::SeqCst);
                Response::text(200, "A page.")
            };
            let address = serve(listener, &[], Arc::new(route)).expect("a thread is free");
            Self {
                address,
                made,
                peak,
            }
        }

        fn connect(&self) -> TcpStream {
            TcpStream::connect(self.address).expect("it listens")
        }

        fn request(&self, end: &str) -> String {
            format!("GET / HTTP/1.1\r\nHost: {}\r\n{end}\r\n", self.address)
        }

        fn is_served(&self) -> bool {
            let mut stream = self.connect();
            let mut response = String::new();
            let request = self.request("Connection: close\r\n");
            let sent = stream.write_all(request.as_bytes());
            sent.is_ok()
                && stream.read_to_string(&mut response).is_ok()
                && response.contains(" 200 OK")
        }
    }

    #[test]
    fn what_nobody_waits_for_is_not_made() {
        let server = SlowServer::start(Duration::from_millis(30));
        for _ in 0..20 {
            let mut stream = server.connect();
            let requests = server.request("").repeat(10);
            stream.write_all(requests.as_bytes()).expect("it listens");
        }
        assert!(server.is_served());
        thread::sleep(Duration::from_millis(500));
        let made = server.made.load(Ordering::SeqCst);
        // Some may have begun before the client was gone.
        assert!(made <= 40, "{made} of 200 that nobody reads");
    }

    #[test]
    fn who_has_only_said_its_last_word_is_answered() {
        let server = SlowServer::start(Duration::from_millis(30));
        thread::scope(|scope| {
            // More than there are cores, so that some wait for a slot.
            for _ in 0..12 {
                scope.spawn(|| {
                    let mut stream = server.connect();
                    let requests = server.request("").repeat(2);
                    stream.write_all(requests.as_bytes()).expect("it listens");
                    stream.shutdown(Shutdown::Write).expect("it is open");
                    let mut response = String::new();
                    stream.read_to_string(&mut response).expect("it answers");
                    assert_eq!(
                        response.matches("HTTP/1.1 200 OK\r\n").count(),
                        2,
                        "{response}"
                    );
                    assert_eq!(response.matches("HTTP/1.1").count(), 2, "{response}");
                });
            }
        });
    }

    #[test]
    fn who_has_gone_is_told_from_who_waits() {
        let server = SlowServer::start(Duration::from_millis(30));
        let slow = server.connect();
        let mut sent = Vec::new();
        for _ in 0..20 {
            let mut stream = server.connect();
            stream
                .write_all(server.request("").as_bytes())
                .expect("it listens");
            // It says its last word, and is gone a moment later.
            stream.shutdown(Shutdown::Write).expect("it is open");
            sent.push(stream);
        }
        drop(sent);
        drop(slow);
        assert!(server.is_served());
        thread::sleep(Duration::from_millis(300));
        let made = server.made.load(Ordering::SeqCst);
        // Some may have begun before the client was gone.
        assert!(made <= 12, "{made} of 20 that nobody reads");
    }

    #[test]
    fn no_more_pages_are_made_at_once_than_there_are_cores() {
        let server = SlowServer::start(Duration::from_millis(20));
        thread::scope(|scope| {
            for _ in 0..24 {
                scope.spawn(|| assert!(server.is_served()));
            }
        });
        assert_eq!(server.made.load(Ordering::SeqCst), 24);
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let peak = *server.peak.lock().expect("no thread has panicked");
        assert!(peak <= cores, "{peak} at once on {cores} cores");
    }

    #[test]
    fn slow_clients_shut_nobody_out_for_long() {
        let server = SlowServer::start(Duration::ZERO);
        // More than there are places, and each that is closed is opened again.
        let mut slow: Vec<_> = (0..MAX_CONNECTIONS + 60)
            .map(|i| {
                let mut stream = server.connect();
                if i % 2 == 0 {
                    let _ = stream.write_all(b"GET / HT");
                }
                stream
            })
            .collect();
        thread::sleep(Duration::from_millis(700));
        for round in 0..12 {
            let began = Instant::now();
            while !server.is_served() {
                assert!(began.elapsed() < Duration::from_secs(2), "round {round}");
            }
            for stream in slow.iter_mut().take(20) {
                *stream = server.connect();
            }
        }
    }
}
