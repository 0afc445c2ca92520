//! Start and end of the preview.

use std::net::TcpListener;

use super::{Served, book, program};

#[test]
fn it_takes_the_next_port_where_one_is_taken() {
    let (taken, port) = loop {
        // With room for more above it.
        let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = taken.local_addr().expect("an address").port();
        if port < 65_000 {
            break (taken, port);
        }
    };
    let served = Served::start(book(), |it| {
        it.args(["-p", &port.to_string()]);
    });
    let got: u16 = served
        .host
        .rsplit(':')
        .next()
        .and_then(|it| it.parse().ok())
        .expect("a port");
    assert!(got > port && got < port + 100, "{got} for {port}");
    served.wait("the reason", |it| {
        it.said()
            .contains(&format!("Port {port} is taken"))
            .then_some(())
    });
    assert_eq!(served.get("index.html").status, 200);
    drop(taken);
}

#[test]
fn it_listens_on_this_machine_alone() {
    let folder = book();
    for address in ["0.0.0.0", "192.168.0.1", "::", "example.org", "8.8.8.8"] {
        let refused = program()
            .args(["serve", "-n", address])
            .current_dir(folder.path())
            .output();
        let refused = refused.expect("the program runs");
        assert_eq!(refused.status.code(), Some(2), "{address}");
        let words = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(words.contains("for this machine alone"), "{words}");
    }
    let served = Served::start(folder, |it| {
        it.args(["-n", "localhost"]);
    });
    assert!(served.host.starts_with("127.0.0.1:"));
}

#[test]
fn without_a_browser_to_open_it_goes_on() {
    let served = Served::start(book(), |it| {
        it.arg("--open").env("PATH", "/nowhere");
    });
    served.wait("the note", |it| {
        it.said().contains("no browser was opened").then_some(())
    });
    assert_eq!(served.get("index.html").status, 200);
}

#[test]
fn without_a_book_there_is_no_preview() {
    let folder = tempfile::TempDir::new().expect("the temporary folder is writable");
    let refused = program().arg("serve").current_dir(folder.path()).output();
    let refused = refused.expect("the program runs");
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("there is no book.toml"));
}

#[cfg(unix)]
#[test]
fn it_ends_cleanly_when_it_is_told_to() {
    for signal in ["-INT", "-TERM"] {
        let mut served = Served::starter();
        let stream = served.connect();
        served.signal(signal);
        let status = served.child.wait().expect("it ends");
        assert_eq!(status.code(), Some(0), "{signal}");
        served.wait("its last words", |it| {
            it.said().contains("The preview has ended.").then_some(())
        });
        drop(stream);
    }
}

#[test]
fn each_change_is_a_line_on_the_terminal() {
    let served = Served::starter();
    served.change("content/measures/ACME-01.md", "## ", "## Now: ");
    let line = served.wait("the line", |it| {
        let said = it.said();
        let line = said
            .lines()
            .find(|it| it.starts_with("content/measures/ACME-01.md: "));
        line.map(str::to_owned)
    });
    assert!(
        line.contains("taken into the book of ") && line.contains(" pages in "),
        "{line}"
    );
    assert!(line.ends_with(" ms.") || line.ends_with(" s."), "{line}");
    served.write("theme/css/base.css", "body {margin: 0}\n");
    served.wait("the line", |it| {
        it.said()
            .contains("theme/css/base.css: theme read anew in ")
            .then_some(())
    });
    served.change(
        "content/measures/ACME-01.yaml",
        "responsibility: ",
        "responsibility: nobody-",
    );
    let said = served.wait("the line", |it| {
        Some(it.said()).filter(|it| it.contains("the pages stay as they were"))
    });
    assert!(said.contains("error[unknown-value]"), "{said}");
    assert!(
        said.contains("content/measures/ACME-01.yaml: 1 error in "),
        "{said}"
    );
}

#[cfg(unix)]
#[test]
fn dates_follow_a_commit() {
    let folder = book();
    let git = |arguments: &[&str]| {
        let done = std::process::Command::new("git")
            .args(["-c", "user.name=Test", "-c", "user.email=test@example.org"])
            .args(arguments)
            .current_dir(folder.path())
            .env("GIT_COMMITTER_DATE", "2021-02-03T04:05:06Z")
            .output();
        assert!(
            done.expect("git is there").status.success(),
            "{arguments:?}"
        );
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    let served = Served::in_folder(folder.path(), |_| {});
    assert!(
        !served
            .get("measures/ACME-01.html")
            .text()
            .contains("2021-02-03")
    );
    git(&["commit", "-q", "-m", "First"]);
    served.shows("measures/ACME-01.html", "2021-02-03");
}
