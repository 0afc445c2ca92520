//! The whole catalogue as one document: what it holds, where its links lead, when it is made.

use std::collections::BTreeSet;

use controlbook::pipeline::{Built, Options, ParseCache, build};
use controlbook::source::Sources;

use crate::book::Book;
use crate::html::{elements, text_of};
use crate::real::{BUILT, SOURCES};

fn document(built: &Built) -> &str {
    let bytes = built
        .outputs
        .get("print.html")
        .expect("there is a document");
    std::str::from_utf8(bytes).expect("pages are UTF-8")
}

fn built(sources: &Sources) -> Built {
    let built = build(sources, &Options::default(), &mut ParseCache::default());
    assert!(!built.book.failed(), "{:?}", built.book.diagnostics);
    built
}

#[test]
fn it_holds_every_page_measure_practice_and_term_once() {
    let html = document(&BUILT);
    let all = elements(html);
    let ids: Vec<_> = all.iter().filter_map(|it| it.attribute("id")).collect();
    let set: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(ids.len(), set.len(), "an anchor stands twice");
    assert_eq!(all.iter().filter(|it| it.name == "h1").count(), 1);
    assert_eq!(text_of(html, "h1"), BUILT.book.config.book.title);
    let catalogue = &BUILT.book.catalogue;
    for it in &catalogue.practices {
        let measure = &catalogue.measure(it.measure).id;
        let anchor = format!("measures::{measure}:{}", it.id);
        assert!(set.contains(anchor.as_str()), "{anchor}");
    }
    for it in &catalogue.pages {
        let anchor = it.slug.replace('/', "::");
        assert!(set.contains(anchor.as_str()), "{anchor}");
    }
    for it in &catalogue.terms {
        let anchor = format!("glossary:{}", it.slug);
        assert!(set.contains(anchor.as_str()), "{anchor}");
    }
    for name in [
        "coverage::eucs::CKM:leaf-CKM-03.1",
        "use-cases::ehr:flow",
        "threats:ransomware",
    ] {
        assert!(set.contains(name), "{name}");
    }
    let contents = html
        .split_once("<nav class=\"contents\"")
        .expect("contents")
        .1;
    let contents = contents.split_once("</nav>").expect("it ends").0;
    assert!(contents.contains("HCS-09 Define data encryption requirements</a>"));
}

#[test]
fn links_lead_inside_it_or_to_the_web() {
    let book = Book::starter();
    let inside = |html: &str| {
        let body = html
            .split_once("<article class=\"book\">")
            .expect("the book")
            .1;
        let body = body.split_once("</main>").expect("it ends").0;
        let links = elements(body).into_iter().filter(|it| it.name == "a");
        let hrefs = links.filter_map(|it| it.attribute("href").map(str::to_owned));
        hrefs.collect::<Vec<_>>()
    };
    let site = built(&book.sources);
    let links = inside(document(&site));
    assert!(links.iter().any(|it| it.starts_with('#')));
    for it in &links {
        assert!(it.starts_with('#') || it.starts_with("https://"), "{it}");
    }
    let book = book.change(
        "book.toml",
        "# site-url = \"https://controls.example.org/\"",
        "site-url = \"https://controls.example.org/\"",
    );
    let site = built(&book.sources);
    let links = inside(document(&site));
    let to = "https://controls.example.org/checklists/web-shop-all.html";
    assert!(links.iter().any(|it| it == to), "{links:?}");
    assert!(document(&site).contains("content=\"noindex\""));
}

#[test]
fn book_toml_says_whether_it_is_made() {
    let book = Book::starter().change("book.toml", "[markdown]", "print = false\n\n[markdown]");
    let site = built(&book.sources);
    assert!(site.outputs.get("print.html").is_none());
    let home = site
        .outputs
        .get("index.html")
        .expect("there is a home page");
    assert!(!String::from_utf8_lossy(home).contains("print.html"));
    let mut sources = Sources::default();
    sources.insert(
        "content/measures/groups.yaml",
        b"- { id: a, title: A }\n".to_vec(),
    );
    for at in 0..501 {
        let text = format!(
            "id: M-{at}\ntitle: M\nsummary: S.\ngroup: a\nresponsibility: shared\nkind: technical\nphases: [plan]\npractices:\n  - {{ id: M-{at}.1, text: T., by: shared, evidence: E. }}\n"
        );
        sources.insert(format!("content/measures/M-{at}.yaml"), text.into_bytes());
    }
    let site = build(&sources, &Options::default(), &mut ParseCache::default());
    assert!(site.outputs.get("print.html").is_none(), "501 measures");
    sources.insert("book.toml", b"[output.html]\nprint = true\n".to_vec());
    let site = build(&sources, &Options::default(), &mut ParseCache::default());
    assert!(site.outputs.get("print.html").is_some(), "asked for");
}

#[test]
fn templates_of_a_book_make_its_chapters_too() {
    let layout = SOURCES
        .text("theme/templates/layout.html")
        .expect("the layout");
    let layout = layout.replace("<footer", "{%- block aside -%}{% endblock aside %}<footer");
    let book = Book::starter()
        .with("theme/templates/layout.html", &layout)
        .with(
            "theme/templates/threats.html",
            "{% extends \"layout.html\" %}{% block aside %}beside{% endblock aside %}{% block body %}<h1 id=\"x\">Perils</h1>{% endblock body %}",
        );
    let site = built(&book.sources);
    let html = document(&site);
    assert!(html.contains("<h3 id=\"threats:x\"><span class=\"n\">"));
    assert!(html.contains("Perils</h3>") && !html.contains("beside"));
}
