//! The preview, tested as a running program on the loopback interface.
//!
//! Entry: [`Served`]. Each test has a book and a server of its own.

mod apply;
mod checkouts;
mod life;
mod requests;
mod same;
mod saves;
mod soak;
mod trouble;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// Timeout for everything that a test waits for.
const PATIENCE: Duration = Duration::from_secs(30);

/// The command that runs the program.
fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_controlbook"));
    program.env("NO_COLOR", "1");
    program
}

/// A folder with a new book in it.
fn book() -> TempDir {
    let folder = TempDir::new().expect("the temporary folder is writable");
    let begun = program().arg("init").current_dir(folder.path()).output();
    assert!(begun.expect("the program runs").status.success());
    folder
}

/// A running preview of a book.
struct Served {
    root: PathBuf,
    child: Child,
    /// `127.0.0.1` and the port.
    host: String,
    /// What it has printed to standard error.
    said: Arc<Mutex<String>>,
    /// Deleted after the server has stopped.
    folder: Option<TempDir>,
}

/// An HTTP response.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Served {
    /// Serves a new book.
    fn starter() -> Self {
        Self::start(book(), |_| {})
    }

    /// Serves a book in a temporary folder, which is deleted with the server.
    fn start(folder: TempDir, change: impl FnOnce(&mut Command)) -> Self {
        let root = folder.path().to_path_buf();
        let mut served = Self::in_folder(&root, change);
        served.folder = Some(folder);
        served
    }

    /// Serves the book in a folder.
    fn in_folder(root: &Path, change: impl FnOnce(&mut Command)) -> Self {
        let mut command = program();
        command
            .arg("serve")
            .current_dir(root)
            .stderr(Stdio::piped());
        change(&mut command);
        if !command.get_args().any(|it| it == "-p") {
            command.args(["-p", "0"]);
        }
        let mut child = command.spawn().expect("the program runs");
        let stderr = BufReader::new(child.stderr.take().expect("it is piped"));
        let said = Arc::<Mutex<String>>::default();
        let heard = said.clone();
        thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                heard
                    .lock()
                    .expect("no panic")
                    .push_str(&format!("{line}\n"));
            }
        });
        let mut served = Self {
            root: root.to_path_buf(),
            child,
            host: String::new(),
            said,
            folder: None,
        };
        let address = served.wait("its address", |it| {
            let said = it.said();
            let (_, rest) = said.split_once("http://")?;
            let (host, _) = rest.split_once('/')?;
            Some(host.to_owned())
        });
        served.host = address;
        served
    }

    /// What it has printed.
    fn said(&self) -> String {
        self.said.lock().expect("no panic").clone()
    }

    /// Polls until `look` returns a value; fails after [`PATIENCE`].
    #[track_caller]
    fn wait<T>(&self, what: &str, look: impl Fn(&Self) -> Option<T>) -> T {
        let began = Instant::now();
        loop {
            if let Some(found) = look(self) {
                return found;
            }
            assert!(
                began.elapsed() < PATIENCE,
                "{what} did not come; it said:\n{}",
                self.said()
            );
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.host).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("it can");
        stream
    }

    /// Sends a request unchanged, and reads the response to its end.
    fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        // The server may refuse a request and close the connection before all of it is sent.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|it| it == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("no answer: {}", String::from_utf8_lossy(&bytes)));
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|it| it.parse().ok());
        Answer {
            status: status.expect("a status"),
            head,
            body: bytes[end + 4..].to_vec(),
        }
    }

    fn get(&self, path: &str) -> Answer {
        let host = &self.host;
        let request = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        self.raw(request.as_bytes())
    }

    /// The state of the preview for a page.
    fn state(&self, page: &str) -> Value {
        let answer = self.get(&format!("__preview/state?page={page}"));
        serde_json::from_slice(&answer.body).expect("it is JSON")
    }

    /// The revision of the state.
    fn number(&self) -> u64 {
        self.state("")["at"].as_u64().expect("a number")
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("the test's own file")
    }

    fn write(&self, path: &str, text: &str) {
        let place = self.path(path);
        fs::create_dir_all(place.parent().expect("it is in a folder")).expect("its own folder");
        fs::write(place, text).expect("its own file");
    }

    /// Replaces a text in a file.
    fn change(&self, path: &str, old: &str, new: &str) {
        let text = self.text(path);
        assert!(text.contains(old), "{old} in {path}");
        self.write(path, &text.replace(old, new));
    }

    /// Waits until a page contains a text.
    #[track_caller]
    fn shows(&self, page: &str, words: &str) {
        self.wait(&format!("{words} on {page}"), |it| {
            it.get(page).text().contains(words).then_some(())
        });
    }

    /// Waits until there are this many errors.
    #[track_caller]
    fn has_errors(&self, count: u64) {
        self.wait(&format!("{count} errors"), |it| {
            (it.state("")["errors"].as_u64() == Some(count)).then_some(())
        });
    }

    /// Resident memory of the server, in kilobytes.
    fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("the program runs on Linux");
        let line = status.lines().find(|it| it.starts_with("VmRSS:"));
        let words = line.expect("it says so").split_whitespace().nth(1);
        words.and_then(|it| it.parse().ok()).expect("a number")
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args([name, &id]).status();
        assert!(sent.expect("kill is there").success());
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        drop(self.folder.take());
    }
}

/// A page without what the preview adds.
fn without_tags(page: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(page.to_vec()).expect("a page is text");
    let start = text.find("<link rel=\"stylesheet\" href=\"/__preview/");
    let start = start.expect("the preview adds its tags");
    let end = start + text[start..].find("</script>").expect("a script") + "</script>".len();
    format!("{}{}", &text[..start], &text[end..]).into_bytes()
}
