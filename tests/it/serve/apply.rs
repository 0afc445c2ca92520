//! Fixes that a page requests: applied once, and only for a page of this preview that has seen the latest state.

use serde_json::Value;

use super::{Served, book};

const SET: &str = "content/mappings/example/set.yaml";

/// A valid request to apply a fix.
struct Request {
    path: String,
    token: String,
    at: u64,
    number: String,
    fields: String,
}

impl Request {
    fn new(served: &Served, state: &Value) -> Self {
        let fix = &state["mistakes"][0]["fix"];
        Self {
            path: "/__preview/apply".to_owned(),
            token: state["token"].as_str().expect("a token").to_owned(),
            at: state["at"].as_u64().expect("a number"),
            number: fix["number"].to_string(),
            fields: format!("Origin: http://{}\r\n", served.host),
        }
    }

    fn send(&self, served: &Served) -> u16 {
        let Self {
            path,
            token,
            at,
            number,
            fields,
        } = self;
        let request = format!(
            "POST {path}?token={token}&at={at}&number={number} HTTP/1.1\r\nHost: {}\r\n{fields}Connection: close\r\n\r\n",
            served.host
        );
        served.raw(request.as_bytes()).status
    }
}

/// A preview of a book with one misspelling, and its state.
fn wrong() -> (Served, Value) {
    let folder = book();
    let set = folder.path().join(SET);
    let text = std::fs::read_to_string(&set).expect("its own file");
    std::fs::write(&set, text.replace("method: human", "method: humen")).expect("its own file");
    let served = Served::start(folder, |_| {});
    let state = served.state("");
    assert_eq!(state["errors"], 1, "{state}");
    (served, state)
}

#[test]
fn a_page_applies_a_fix_and_the_book_is_read_again() {
    let (served, state) = wrong();
    let fix = &state["mistakes"][0]["fix"];
    assert_eq!(
        (&fix["old"], &fix["new"]),
        (&"humen".into(), &"human".into())
    );
    let request = Request::new(&served, &state);
    assert_eq!(request.send(&served), 200);
    assert!(served.text(SET).contains("method: human"));
    served.wait("the next state", |it| {
        (it.state("")["errors"] == 0).then_some(())
    });
    assert_eq!(request.send(&served), 409, "that state is gone");
}

#[test]
fn whatever_else_asks_is_refused_and_nothing_is_written() {
    let (served, state) = wrong();
    let before = served.text(SET);
    let right = || Request::new(&served, &state);
    let foreign = |fields: &str| Request {
        fields: fields.to_owned(),
        ..right()
    };
    let own = right().fields;
    let refused = [
        (foreign(""), 403),
        (foreign("Origin: http://example.org\r\n"), 403),
        (foreign("Origin: null\r\n"), 403),
        (
            foreign(&format!("{own}Sec-Fetch-Site: cross-site\r\n")),
            403,
        ),
        (foreign(&format!("{own}Content-Length: 3\r\n")), 400),
        (
            Request {
                token: String::new(),
                ..right()
            },
            403,
        ),
        (
            Request {
                token: "0".repeat(32),
                ..right()
            },
            403,
        ),
        (
            Request {
                at: right().at - 1,
                ..right()
            },
            409,
        ),
        (
            Request {
                at: right().at + 1,
                ..right()
            },
            409,
        ),
        (
            Request {
                number: "1".to_owned(),
                ..right()
            },
            404,
        ),
        (
            Request {
                number: "-1".to_owned(),
                ..right()
            },
            404,
        ),
        (
            Request {
                number: "99999999999999999999".to_owned(),
                ..right()
            },
            404,
        ),
        (
            Request {
                path: "/".to_owned(),
                ..right()
            },
            405,
        ),
        (
            Request {
                path: "/__preview/state".to_owned(),
                ..right()
            },
            405,
        ),
        (
            Request {
                path: "/__preview/apply/../../x".to_owned(),
                ..right()
            },
            405,
        ),
    ];
    for (at, (request, status)) in refused.into_iter().enumerate() {
        assert_eq!(request.send(&served), status, "request {at}");
    }
    assert_ne!(served.get("__preview/apply").status, 200, "it is no page");
    assert_eq!(served.text(SET), before);
}
