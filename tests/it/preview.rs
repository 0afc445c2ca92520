//! The preview as a value: from one state of a book to the next, also after a failed build.

use controlbook::pipeline::{self, Options, ParseCache, Snapshot};
use controlbook::preview::{LoadError, Preview, Reply, Session, catch_panic};
use serde_json::Value;

use crate::book::Book;

const PAGE: &str = "measures/ACME-01.html";

fn snapshot(book: &Book) -> Snapshot {
    pipeline::load(
        &book.sources,
        &Options::default(),
        &mut ParseCache::default(),
    )
}

fn first(book: &Book) -> Preview {
    let session = Session {
        root: "/book".to_owned(),
        run: "run".to_owned(),
        token: "token".to_owned(),
    };
    Preview::new(session).next(Ok(snapshot(book)))
}

fn text(reply: &Reply) -> String {
    String::from_utf8_lossy(&reply.bytes).into_owned()
}

fn state(preview: &Preview) -> Value {
    let reply = preview.reply(1, "__preview/state", &format!("page={PAGE}"));
    serde_json::from_slice(&reply.bytes).expect("it is JSON")
}

#[test]
fn a_panic_is_an_internal_fault_and_the_next_state_goes_on() {
    let before = first(&Book::starter());
    let failed = catch_panic(|| -> Snapshot { panic!("no such {}", "index") });
    assert_eq!(
        failed.as_ref().err(),
        Some(&LoadError::Panic("no such index".to_owned()))
    );
    let after = before.next(failed);
    let error = state(&after)["trouble"].clone();
    let error = error.as_str().expect("it is said");
    assert!(
        error.starts_with("An internal fault: no such index."),
        "{error}"
    );
    assert!(text(&after.reply(1, "__preview/status", "")).contains("no such index"));
    assert_eq!(
        text(&after.reply(1, PAGE, "")),
        text(&before.reply(1, PAGE, "")),
        "the last pages stay"
    );
    let changed = Book::starter().change("content/measures/ACME-01.yaml", "title: ", "title: Now ");
    let mended = after.next(Ok(snapshot(&changed)));
    assert_eq!(mended.load_error(), None);
    assert!(state(&mended)["trouble"].is_null());
    assert!(text(&mended.reply(1, PAGE, "")).contains("Now "));
}

#[test]
fn before_there_is_anything_there_is_a_page_that_says_so() {
    let nothing = Preview::new(Session::default());
    let reply = nothing.reply(1, "", "");
    assert_eq!(reply.status, 404);
    assert!(text(&reply).contains("/__preview/preview.js"));
    let fault = nothing.next(Err(LoadError::Unreadable("the disk is away".to_owned())));
    assert!(
        state(&fault)["trouble"]
            .as_str()
            .expect("it is said")
            .contains("the disk is away")
    );
}

#[test]
fn a_template_that_fails_on_one_page_alone_leaves_the_others() {
    // The first measure of two renders, so that trying the template finds nothing.
    let template = "{% extends \"layout.html\" %}{% block body %}{% if id == \"ACME-02\" %}{{ nonsense }}{% endif %}<{{ frame.h1 }}>{{ id }}</{{ frame.h1 }}>{% endblock body %}";
    let second = Book::starter()
        .text("content/measures/ACME-01.yaml")
        .replace("ACME-01", "ACME-02");
    let book = Book::starter()
        .with("content/measures/ACME-02.yaml", &second)
        .with("content/measures/ACME-02.md", "## How\n\nWords.\n")
        .with("theme/templates/measure.html", template);
    let preview = first(&book);
    assert_eq!(preview.reply(1, PAGE, "").status, 200);
    let broken = preview.reply(1, "measures/ACME-02.html", "");
    assert_eq!(broken.status, 500);
    assert!(text(&broken).contains("/__preview/preview.js"));
    let state = preview.reply(1, "__preview/state", "page=measures/ACME-02.html");
    let state: Value = serde_json::from_slice(&state.bytes).expect("it is JSON");
    assert_eq!(state["errors"], 1);
    assert_eq!(state["mistakes"][0]["path"], "theme/templates/measure.html");
    assert_eq!(state["status"], 500);
}

#[test]
fn the_state_holds_the_page_only_where_the_browser_has_another() {
    let preview = first(&Book::starter());
    let state = state(&preview);
    let tag = state["tag"].as_str().expect("a tag");
    assert!(
        state["html"]
            .as_str()
            .expect("a page")
            .starts_with("<!doctype html>")
    );
    let same = preview.reply(1, "__preview/state", &format!("page={PAGE}&tag={tag}"));
    let same: Value = serde_json::from_slice(&same.bytes).expect("it is JSON");
    assert!(same["html"].is_null());
    assert_eq!(same["tag"], tag);
}

#[test]
fn no_editor_is_a_script() {
    for editor in [
        "javascript:alert('{path}')",
        "JavaScript:alert('{path}')",
        " javascript:alert('{path}')",
        "data:text/html,{path}",
        "{path}",
        "vscode://file/",
    ] {
        let toml = Book::starter().text("book.toml").to_owned();
        let toml = format!("{toml}\n[preview]\neditor = \"{editor}\"\n");
        let report = Book::starter().with("book.toml", &toml).report();
        assert!(report.contains("bad-value"), "{editor}: {report}");
        let preview = first(&Book::starter().with("book.toml", &toml));
        let state = state(&preview);
        assert!(state["mistakes"][0]["edit"].is_null(), "{state}");
        assert!(!text(&preview.reply(1, "__preview/status", "")).contains("script:alert"));
    }
    let toml = Book::starter().text("book.toml").to_owned();
    for editor in [
        "vscode://file/{path}:{line}:{column}",
        "idea://open?file={path}",
        "x-mine+1.0:{path}",
    ] {
        let toml = format!("{toml}\n[preview]\neditor = \"{editor}\"\n");
        assert_eq!(
            Book::starter().with("book.toml", &toml).report(),
            "",
            "{editor}"
        );
    }
}
