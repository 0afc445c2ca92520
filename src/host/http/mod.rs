//! A web server for this machine alone: bounded in all that a client could make grow, and knowing only a routing function.
//!
//! Entry: [`listen`], then [`serve`]. HTTP/1.1 as far as a browser needs it (RFC 9112): `GET`, `HEAD` and `POST` without a body, connections that
//! stay open, streams of events. A thread for each connection, so that a slow reader holds up nobody else; the number of
//! connections, the bytes of a request and the time that it may take are limited, pages are made on as many threads as there are
//! cores, and where all places are taken, a connection that asks for nothing loses its own.
//! Invariant: nothing that a client sends reaches a header or the disk; a foreign `Host` is refused, and so is what a foreign
//! page asks to be done.

mod answer;
mod connection;
mod places;
mod request;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::thread;
use std::time::Duration;

pub use answer::{Answer, Body, Keep, Stream};
use places::{Place, Places, Slots};
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
        connections: Places::default(),
        streams: AtomicUsize::new(0),
        work: Slots::new(thread::available_parallelism().map_or(1, NonZero::get)),
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
    connections: Places,
    streams: AtomicUsize,
    /// A page is made by one core: more at once would only take more memory.
    work: Slots,
}

fn accept(listener: &TcpListener, service: &Arc<Service>) {
    loop {
        match listener.accept() {
            Ok((stream, _)) => {
                let (service, stream) = (service.clone(), Arc::new(stream));
                let work = move || match service.connections.take(MOST_CONNECTIONS) {
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

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{Shutdown, TcpStream};
    use std::sync::Mutex;
    use std::sync::atomic::Ordering;
    use std::time::Instant;

    use super::*;

    /// A server whose pages take a while: how many were made, and how many at once at the most.
    struct Kitchen {
        address: SocketAddr,
        made: Arc<AtomicUsize>,
        most: Arc<Mutex<usize>>,
    }

    impl Kitchen {
        fn open(takes: Duration) -> Self {
            let listener = listen(IpAddr::V4(Ipv4Addr::LOCALHOST), 0).expect("a port is free");
            let (made, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(0)));
            let (count, peak, now) = (made.clone(), most.clone(), AtomicUsize::new(0));
            let route = move |_: &Ask<'_>| {
                let at_once = now.fetch_add(1, Ordering::SeqCst) + 1;
                let mut peak = peak.lock().expect("no thread has panicked");
                *peak = at_once.max(*peak);
                drop(peak);
                thread::sleep(takes);
                now.fetch_sub(1, Ordering::SeqCst);
                count.fetch_add(1, Ordering::SeqCst);
                Answer::words(200, "A page.")
            };
            let address = serve(listener, &[], Arc::new(route)).expect("a thread is free");
            Self {
                address,
                made,
                most,
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
            let mut heard = String::new();
            let request = self.request("Connection: close\r\n");
            let sent = stream.write_all(request.as_bytes());
            sent.is_ok() && stream.read_to_string(&mut heard).is_ok() && heard.contains(" 200 OK")
        }
    }

    #[test]
    fn what_nobody_waits_for_is_not_made() {
        let kitchen = Kitchen::open(Duration::from_millis(30));
        for _ in 0..20 {
            let mut stream = kitchen.connect();
            let requests = kitchen.request("").repeat(10);
            stream.write_all(requests.as_bytes()).expect("it listens");
        }
        assert!(kitchen.is_served());
        thread::sleep(Duration::from_millis(500));
        let made = kitchen.made.load(Ordering::SeqCst);
        // Some may have begun before the client was gone.
        assert!(made <= 40, "{made} of 200 that nobody reads");
    }

    #[test]
    fn who_has_only_said_its_last_word_is_answered() {
        let kitchen = Kitchen::open(Duration::from_millis(30));
        thread::scope(|scope| {
            // More than there are cores, so that some wait for a slot.
            for _ in 0..12 {
                scope.spawn(|| {
                    let mut stream = kitchen.connect();
                    let requests = kitchen.request("").repeat(2);
                    stream.write_all(requests.as_bytes()).expect("it listens");
                    stream.shutdown(Shutdown::Write).expect("it is open");
                    let mut heard = String::new();
                    stream.read_to_string(&mut heard).expect("it answers");
                    assert_eq!(heard.matches("HTTP/1.1 200 OK\r\n").count(), 2, "{heard}");
                    assert_eq!(heard.matches("HTTP/1.1").count(), 2, "{heard}");
                });
            }
        });
    }

    #[test]
    fn who_has_gone_is_told_from_who_waits() {
        let kitchen = Kitchen::open(Duration::from_millis(30));
        let slow = kitchen.connect();
        let mut sent = Vec::new();
        for _ in 0..20 {
            let mut stream = kitchen.connect();
            stream
                .write_all(kitchen.request("").as_bytes())
                .expect("it listens");
            // It says its last word, and is gone a moment later.
            stream.shutdown(Shutdown::Write).expect("it is open");
            sent.push(stream);
        }
        drop(sent);
        drop(slow);
        assert!(kitchen.is_served());
        thread::sleep(Duration::from_millis(300));
        let made = kitchen.made.load(Ordering::SeqCst);
        // Some may have begun before the client was gone.
        assert!(made <= 12, "{made} of 20 that nobody reads");
    }

    #[test]
    fn no_more_pages_are_made_at_once_than_there_are_cores() {
        let kitchen = Kitchen::open(Duration::from_millis(20));
        thread::scope(|scope| {
            for _ in 0..24 {
                scope.spawn(|| assert!(kitchen.is_served()));
            }
        });
        assert_eq!(kitchen.made.load(Ordering::SeqCst), 24);
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let most = *kitchen.most.lock().expect("no thread has panicked");
        assert!(most <= cores, "{most} at once on {cores} cores");
    }

    #[test]
    fn slow_clients_shut_nobody_out_for_long() {
        let kitchen = Kitchen::open(Duration::ZERO);
        // More than there are places, and each that is closed is opened again.
        let mut slow: Vec<_> = (0..MOST_CONNECTIONS + 60)
            .map(|at| {
                let mut stream = kitchen.connect();
                if at % 2 == 0 {
                    let _ = stream.write_all(b"GET / HT");
                }
                stream
            })
            .collect();
        thread::sleep(Duration::from_millis(700));
        for round in 0..12 {
            let began = Instant::now();
            while !kitchen.is_served() {
                assert!(began.elapsed() < Duration::from_secs(2), "round {round}");
            }
            for stream in slow.iter_mut().take(20) {
                *stream = kitchen.connect();
            }
        }
    }
}
