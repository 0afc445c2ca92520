//! Citations divided by markup, soft hyphens or line breaks: they lead where the undivided one leads, or are reported.

use controlbook::catalogue::LinkTarget;

use crate::book::Book;

const GUIDE: &str = "content/guide/cut.md";

fn book(text: &str) -> Book {
    let page = format!("---\ntitle: C\nsummary: C.\n---\n\n{text}\n");
    Book::starter().with(GUIDE, &page)
}

/// What the pieces of a page's citations lead to, and whether something is reported.
fn leads(text: &str) -> (Vec<String>, bool) {
    let read = book(text).read();
    let page = read.catalogue.pages.iter();
    let mut page = page.filter(|it| it.slug.ends_with("cut"));
    let body = &page.next().expect("the page is there").body;
    let ids = body.cited.iter().map(|it| match &it.target {
        LinkTarget::Node(ix) => read.catalogue.nodes[ix.index()].id.clone(),
        LinkTarget::Practice(ix) => read.catalogue.practices[ix.index()].id.clone(),
        other => format!("{other:?}"),
    });
    (ids.collect(), !read.diagnostics.is_empty())
}

#[test]
fn signs_of_emphasis_cut_no_citation_short() {
    for (before, id) in [("EXB ", "A-01.1"), ("EXB ", "A-01"), ("", "ACME-01.2")] {
        for at in 1..id.len() {
            let (head, tail) = id.split_at(at);
            for text in [
                format!("{before}**{head}**{tail} says so."),
                format!("{before}~~{head}~~{tail} says so."),
                format!("{before}***{head}***{tail} says so."),
                format!("{before}{head}<!-- c -->{tail} says so."),
                format!("{before}{head}\u{ad}{tail} says so."),
                format!("{before}{head}&shy;{tail} says so."),
            ] {
                // Behind a hyphen or a dot, asterisks close nothing: they are words.
                if head.ends_with(['-', '.']) && text.contains(['*', '~']) {
                    continue;
                }
                let (ids, reported) = leads(&text);
                let right = ids.iter().all(|it| it == id) && (!ids.is_empty() || reported);
                assert!(right, "{text}: {ids:?} {reported}");
            }
        }
    }
}

#[test]
fn each_piece_of_a_divided_citation_leads_to_the_whole() {
    for text in [
        "EXB **A-01**.1",
        "EXB ***A*-01**.1",
        "EXB **A-01**\\.1",
        "EXB A\u{ad}-01.1",
        "EXB **A‑01.1**",
        "**EXB** A-01.1",
        "A-01.1 **(EXB)**",
    ] {
        let (ids, reported) = leads(text);
        assert!(!reported, "{text}");
        assert!(
            !ids.is_empty() && ids.iter().all(|it| it == "A-01.1"),
            "{text}: {ids:?}"
        );
    }
}

#[test]
fn what_goes_on_in_code_or_in_a_link_belongs_to_a_citation() {
    for text in [
        "EXB A-01.1`(9)`",
        "EXB A-01.1[(9)](about.md)",
        "ACME-01.1`a`",
    ] {
        let (ids, reported) = leads(text);
        assert!(ids.is_empty() && reported, "{text}: {ids:?}");
    }
    // A note, a list below and a cell beside do not.
    for text in [
        "EXB A-01.1[^1]\n\n[^1]: (9) copies.",
        "- EXB A-01.1\n  - (9) copies",
        "| EXB A-01.1 | (9) |\n|---|---|\n| a | b |",
        "EXB A-01.1 `(9)`",
    ] {
        let (ids, reported) = leads(text);
        assert_eq!(
            (ids, reported),
            (vec!["A-01.1".to_owned()], false),
            "{text}"
        );
    }
}

#[test]
fn a_heading_cites_what_is_there() {
    book("## EXB A-01.9\n\nOne.\n\n## ACME-01.1 and **ACME-01**.8\n\nTwo.\n\n## A-01.1\n\nThree.")
        .reports(
            "
        content/guide/cut.md:6:8: error[unresolved-citation]: EXB has no `A-01.9`
        content/guide/cut.md:10:20: error[unresolved-citation]: the book has no `ACME-01.8`
        ",
        );
    let (ids, reported) = leads("## EXB A-01.1\n\nOne.");
    assert_eq!((ids, reported), (vec![], false));
}
