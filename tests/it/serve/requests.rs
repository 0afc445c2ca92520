//! Malformed and hostile requests, and floods of valid ones.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use super::{Served, book};

fn ask(served: &Served, line: &str, fields: &str) -> u16 {
    let request = format!(
        "{line}\r\nHost: {}\r\n{fields}Connection: close\r\n\r\n",
        served.host
    );
    served.raw(request.as_bytes()).status
}

fn target(served: &Served, target: &str) -> u16 {
    ask(served, &format!("GET {target} HTTP/1.1"), "")
}

#[test]
fn no_path_leaves_the_site() {
    let served = Served::starter();
    for path in [
        "/../book.toml",
        "/%2e%2e/book.toml",
        "/%2e%2e%2fbook.toml",
        "/..%2fbook.toml",
        "/%252e%252e%252fbook.toml",
        "/measures/../../book.toml",
        "/measures/%2e%2e/index.html",
        "/..%5cbook.toml",
        "/..\\book.toml",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/book.toml",
        "/content/index.md",
        "/measures",
        "/measures/",
        "/assets/../index.html",
        "/./index.html",
        "//index.html",
        "/__preview/",
        "/__preview/../index.html",
        "/index.html/",
    ] {
        assert_eq!(target(&served, path), 404, "{path}");
    }
    for path in [
        "/%00",
        "/index.html%00",
        "/%0d%0aX-Injected:%201",
        "/%ff",
        "/%",
        "/%g0",
        "http://127.0.0.1/",
        "http://example.org/index.html",
        "*",
        "index.html",
        "example.org:80",
    ] {
        assert_eq!(target(&served, path), 400, "{path}");
    }
    assert_eq!(target(&served, "/index.html?x=../../book.toml"), 200);
    assert_eq!(target(&served, "/index.html?%00"), 200);
}

#[test]
fn nothing_that_is_sent_comes_back_in_a_head() {
    let served = Served::starter();
    let answer = served.get("%0d%0aset-cookie:a=b");
    assert_eq!(answer.status, 400);
    assert!(!answer.head.to_lowercase().contains("cookie"));
    let answer = served.get("a?x=%0d%0aset-cookie:a=b");
    assert!(!answer.head.to_lowercase().contains("cookie"));
}

#[test]
fn what_is_too_long_is_refused_and_the_client_hears_why() {
    let served = Served::starter();
    for length in [9_000, 20_000, 100_000, 3_000_000] {
        let long = format!("/{}", "a".repeat(length));
        assert_eq!(target(&served, &long), 414, "{length}");
    }
    let field = format!("X-Long: {}\r\n", "a".repeat(100_000));
    assert_eq!(ask(&served, "GET / HTTP/1.1", &field), 431);
    let fields = "X: 1\r\n".repeat(200);
    assert_eq!(ask(&served, "GET / HTTP/1.1", &fields), 431);
    assert_eq!(target(&served, "/"), 200);
}

#[test]
fn only_reading_is_answered() {
    let served = Served::starter();
    for method in [
        "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "BREW",
    ] {
        let line = format!("{method} / HTTP/1.1");
        assert_eq!(ask(&served, &line, ""), 405, "{method}");
        assert_eq!(
            ask(&served, &line, "Content-Length: 5\r\n"),
            405,
            "{method}"
        );
    }
    let refused = format!(
        "PUT / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
        served.host
    );
    assert!(
        served
            .raw(refused.as_bytes())
            .head
            .contains("Allow: GET, HEAD")
    );
    assert_eq!(
        ask(&served, "GET / HTTP/1.1", "Transfer-Encoding: chunked\r\n"),
        400
    );
    assert_eq!(ask(&served, "get / HTTP/1.1", ""), 405);
    assert_eq!(ask(&served, "GET / HTTP/3.7", ""), 400);
    assert_eq!(
        served.raw(b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n").status,
        400
    );
}

#[test]
fn a_head_is_that_of_the_page_without_it() {
    let served = Served::starter();
    let page = served.get("index.html");
    let head = format!(
        "HEAD /index.html HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
        served.host
    );
    let head = served.raw(head.as_bytes());
    assert_eq!(head.head, page.head);
    // Pages elsewhere can neither load nor frame what is not published yet.
    for (name, value) in controlbook::hosting::headers() {
        let field = format!("\r\n{name}: {value}\r\n");
        assert_eq!(page.head.matches(&field).count(), 1, "{}", page.head);
    }
    assert!(page.head.contains("Cache-Control: no-store"));
    assert!(head.body.is_empty());
    assert!(
        head.head
            .contains(&format!("Content-Length: {}", page.body.len()))
    );
}

#[test]
fn only_its_own_name_is_answered() {
    let served = Served::starter();
    let port = served.host.rsplit(':').next().expect("a port").to_owned();
    let status = |fields: &str| {
        served
            .raw(format!("GET / HTTP/1.1\r\n{fields}Connection: close\r\n\r\n").as_bytes())
            .status
    };
    for host in ["127.0.0.1", "localhost", "LocalHost", "[::1]"] {
        assert_eq!(status(&format!("Host: {host}:{port}\r\n")), 200, "{host}");
    }
    for host in [
        "example.org".to_owned(),
        format!("example.org:{port}"),
        format!("localhost.example.org:{port}"),
        format!("127.0.0.1.example.org:{port}"),
        "localhost:1".to_owned(),
        "localhost".to_owned(),
        format!("192.168.0.1:{port}"),
        String::new(),
    ] {
        assert_eq!(status(&format!("Host: {host}\r\n")), 403, "{host}");
    }
    assert_eq!(status(""), 400, "no Host");
    let twice = format!("Host: localhost:{port}\r\n").repeat(2);
    assert_eq!(status(&twice), 400, "two of them");
    assert_eq!(served.raw(b"GET / HTTP/1.0\r\n\r\n").status, 400);
}

#[test]
fn a_connection_stays_open_for_the_next_request() {
    let served = Served::starter();
    let mut stream = served.connect();
    let request = format!("GET /robots.txt HTTP/1.1\r\nHost: {}\r\n\r\n", served.host);
    stream
        .write_all(request.repeat(3).as_bytes())
        .expect("it listens");
    let mut heard = String::new();
    while heard.matches("User-agent").count() < 3 {
        let mut chunk = [0; 4096];
        let length = stream.read(&mut chunk).expect("it answers");
        assert!(length > 0, "it hung up after {heard}");
        heard.push_str(&String::from_utf8_lossy(&chunk[..length]));
    }
    // With the tag of what it has, a browser gets no second copy.
    let tag = heard
        .split("ETag: ")
        .nth(1)
        .and_then(|it| it.split("\r\n").next());
    let again = format!(
        "GET /robots.txt HTTP/1.1\r\nHost: {}\r\nIf-None-Match: {}\r\nConnection: close\r\n\r\n",
        served.host,
        tag.expect("a tag")
    );
    let again = served.raw(again.as_bytes());
    assert_eq!((again.status, again.body.len()), (304, 0));
}

#[test]
fn who_has_said_its_last_word_gets_a_page_and_hears_of_changes() {
    let served = Served::starter();
    let ask = |path: &str| {
        let mut stream = served.connect();
        let request = format!("GET /{path} HTTP/1.1\r\nHost: {}\r\n\r\n", served.host);
        stream.write_all(request.as_bytes()).expect("it listens");
        stream.shutdown(Shutdown::Write).expect("it is open");
        stream
    };
    let mut page = String::new();
    let read = ask("index.html").read_to_string(&mut page);
    read.expect("it answers");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n"), "{page}");
    assert!(page.ends_with("</html>\n"), "{page}");
    let mut events = ask("__preview/events");
    let first = number(&mut events);
    thread::sleep(Duration::from_millis(1_500));
    served.change("content/measures/ACME-01.md", "## ", "## Now: ");
    assert_eq!(number(&mut events), first + 1);
}

/// The response time of a page.
fn time(served: &Served) -> Duration {
    let began = Instant::now();
    assert_eq!(served.get("index.html").status, 200);
    began.elapsed()
}

#[test]
fn two_hundred_streams_of_events_leave_the_preview_quick() {
    let served = Served::starter();
    let before = served.memory();
    let request = format!(
        "GET /__preview/events HTTP/1.1\r\nHost: {}\r\n\r\n",
        served.host
    );
    let mut streams: Vec<TcpStream> = (0..200)
        .map(|_| {
            let mut stream = served.connect();
            stream.write_all(request.as_bytes()).expect("it listens");
            stream
        })
        .collect();
    for stream in &mut streams {
        assert_eq!(number(stream), 2, "each hears the latest at once");
    }
    assert!(
        time(&served) < Duration::from_secs(2),
        "{:?}",
        time(&served)
    );
    served.change("content/measures/ACME-01.md", "## ", "## Now: ");
    for stream in &mut streams {
        assert_eq!(number(stream), 3, "each hears of the change");
    }
    let grown = served.memory().saturating_sub(before);
    assert!(grown < 100_000, "{grown} kB more for 200 streams");
    drop(streams);
    // Places are given back, however often windows come and go.
    for _ in 0..3 {
        let more: Vec<_> = (0..200)
            .map(|_| {
                let mut stream = served.connect();
                stream.write_all(request.as_bytes()).expect("it listens");
                stream
            })
            .collect();
        assert_eq!(served.get("index.html").status, 200);
        drop(more);
        thread::sleep(Duration::from_millis(2_500));
    }
    let mut stream = served.connect();
    stream.write_all(request.as_bytes()).expect("it listens");
    assert_eq!(number(&mut stream), 3);
}

/// The number of the next event.
fn number(stream: &mut TcpStream) -> u64 {
    let mut heard = String::new();
    let mut byte = [0];
    loop {
        assert_eq!(stream.read(&mut byte).expect("an event"), 1, "{heard}");
        heard.push(char::from(byte[0]));
        if let Some((_, rest)) = heard.split_once("\"at\":")
            && let Some((number, _)) = rest.split_once("}\n\n")
        {
            return number.parse().expect("a number");
        }
    }
}

#[test]
fn clients_that_do_not_read_or_write_hold_up_nobody() {
    let folder = book();
    let big = folder.path().join("content/guide/big.png");
    std::fs::write(&big, vec![7; 12_000_000]).expect("its own file");
    let about = folder.path().join("content/guide/about.md");
    let text = std::fs::read_to_string(&about).expect("its own file");
    std::fs::write(&about, format!("{text}\n![Big](big.png)\n")).expect("its own file");
    let served = Served::start(folder, |_| {});
    assert_eq!(served.get("files/guide/big.png").body.len(), 12_000_000);
    let before = served.memory();
    let request = format!(
        "GET /files/guide/big.png HTTP/1.1\r\nHost: {}\r\n\r\n",
        served.host
    );
    let slow: Vec<_> = (0..100)
        .map(|at| {
            let mut stream = served.connect();
            // Half of them ask and never read; the others never end their question.
            let sent = if at % 2 == 0 {
                &request[..]
            } else {
                "GET / HT"
            };
            stream.write_all(sent.as_bytes()).expect("it listens");
            stream
        })
        .collect();
    thread::sleep(Duration::from_millis(300));
    assert!(
        time(&served) < Duration::from_secs(2),
        "{:?}",
        time(&served)
    );
    served.change("content/measures/ACME-01.md", "## ", "## Now: ");
    served.shows("measures/ACME-01.html", "Now: ");
    let grown = served.memory().saturating_sub(before);
    // Fifty copies would be 600 MB; one more is read where files are compared.
    assert!(
        grown < 100_000,
        "{grown} kB more: the file is sent from one copy"
    );
    // After some seconds they lose their connections.
    let mut one = slow.into_iter().nth(1).expect("there are many");
    let mut heard = String::new();
    one.read_to_string(&mut heard).expect("it is told");
    assert!(heard.starts_with("HTTP/1.1 408"), "{heard}");
}

#[test]
fn connections_that_ask_for_nothing_make_place_for_those_that_do() {
    let served = Served::starter();
    let is_served = |it: &Served| {
        let mut stream = it.connect();
        let request = format!(
            "GET / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            it.host
        );
        let mut heard = String::new();
        let sent = stream.write_all(request.as_bytes());
        let heard = sent
            .and_then(|()| stream.read_to_string(&mut heard))
            .map(|_| heard);
        heard.is_ok_and(|it| it.starts_with("HTTP/1.1 200"))
    };
    let before = served.memory();
    let mut idle: Vec<_> = (0..600).map(|_| served.connect()).collect();
    for round in 0..8 {
        served.wait("a place", |it| is_served(it).then_some(()));
        let began = Instant::now();
        while !is_served(&served) {
            assert!(began.elapsed() < Duration::from_secs(3), "round {round}");
        }
        // Whoever lost a place takes another at once.
        idle.splice(..20, (0..20).map(|_| served.connect()));
    }
    let grown = served.memory().saturating_sub(before);
    assert!(grown < 100_000, "{grown} kB more for 600 connections");
    drop(idle);
    served.wait("a place", |it| is_served(it).then_some(()));
}
