//! Markup, links and pictures that readers would not see as their author meant them.

use crate::book::Book;

const GUIDE: &str = "content/guide/loose.md";

fn book(text: &str) -> Book {
    let page = format!("---\ntitle: L\nsummary: L.\n---\n{text}\n");
    Book::starter().with(GUIDE, &page)
}

/// The page that a book makes of the text.
fn shown(book: &Book) -> String {
    let built = book.build();
    let html = built
        .outputs
        .get("guide/loose.html")
        .expect("the page is made");
    String::from_utf8_lossy(html).into_owned()
}

#[test]
fn signs_that_mark_nothing_stand_at_their_lines() {
    book("##Back-ups\n\nKept **never.\n\n| a | b |\n\n\\(x^2\\)\n\n| a | b |\n|---|---|\n| c | d |\ntext\n\n```sh\nls\n").reports(
        "
        content/guide/loose.md:5:1: warning[loose-sign]: a number sign that begins no heading
        content/guide/loose.md:7:6: warning[loose-sign]: signs of emphasis that open or close nothing
        content/guide/loose.md:9:1: warning[loose-sign]: a row of a table that is none
        content/guide/loose.md:11:1: warning[unsupported-markup]: mathematics is not supported
        content/guide/loose.md:16:1: warning[uneven-table]: this line under a table has no `|`
        content/guide/loose.md:18:1: warning[loose-sign]: nothing closes this code
        ",
    );
    let measure = "content/measures/ACME-01.yaml";
    Book::starter()
        .change(measure, "and restored for practice.", "and **restored for practice.")
        .reports(
            "content/measures/ACME-01.yaml:5:99: warning[loose-sign]: signs of emphasis that open or close nothing",
        );
}

#[test]
fn an_escaped_sign_at_the_start_of_a_block_is_a_word() {
    book("\\[a][b]\n\n\\**a\n\n\\| a | b |\n\na\n\\[a][b]\n\n\\`a").reports("");
}

#[test]
fn a_picture_is_a_file_of_the_book_that_browsers_show() {
    book("![a](about.md)\n![b](#b)\n![c](../measures/ACME-01.yaml)\n![d](https://example.org/d.png)\n![e](e.pdf)\n![f](f.SVG)\n\n## b\n\nb")
        .with("content/guide/e.pdf", "e")
        .with("content/guide/f.SVG", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .reports(
            "
            content/guide/loose.md:5:1: error[not-a-picture]: `about.md` is not a picture
            content/guide/loose.md:6:1: error[not-a-picture]: `#b` is not a picture
            content/guide/loose.md:7:1: error[not-a-picture]: `../measures/ACME-01.yaml` is not a picture
            content/guide/loose.md:8:1: error[not-a-picture]: the picture `https://example.org/d.png` is on another site
            content/guide/loose.md:9:1: error[not-a-picture]: `content/guide/e.pdf` is not a picture
            ",
        );
}

#[test]
fn an_embedded_record_is_shown_as_a_link() {
    let book = book("a ![[ACME-01]] b ![[ACME-01|c]]");
    book.reports(
        "
        content/guide/loose.md:5:3: warning[unsupported-markup]: an embedded record is not supported
        content/guide/loose.md:5:18: warning[unsupported-markup]: an embedded record is not supported
        ",
    );
    let html = shown(&book);
    assert!(!html.contains("<img"));
    assert!(html.contains("!<a href=\"../measures/ACME-01.html\">c</a>"));
}

#[test]
fn a_link_has_words_and_an_address() {
    book("[](about.md)\n[ ](about.md)\n[[ACME-01| ]]\n[a]()\n[a](#)\n[![b](b.svg)](about.md)\n[`c`](about.md)\n[**d**](about.md)")
        .with("content/guide/b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .reports(
            "
            content/guide/loose.md:5:1: error[empty-link]: this link has no text
            content/guide/loose.md:6:1: error[empty-link]: this link has no text
            content/guide/loose.md:7:1: error[empty-link]: this link has no text
            content/guide/loose.md:8:1: error[empty-link]: this link has no address
            content/guide/loose.md:9:1: error[empty-link]: this link has no address
            ",
        );
    let found = book("[a](about.md#)").build().book.diagnostics;
    assert_eq!(found[0].message, "there is no anchor after the `#`");
}

#[test]
fn the_place_in_a_document_is_kept() {
    let book = book("[a](e.pdf#page=3) ![b](f.svg#part)")
        .with("content/guide/e.pdf", "e")
        .with(
            "content/guide/f.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        );
    let html = shown(&book);
    assert!(html.contains("href=\"../files/guide/e.pdf#page=3\""));
    assert!(html.contains("src=\"../files/guide/f.svg#part\""));
}

#[test]
fn what_is_meant_by_another_name_is_said() {
    let help = |text: &str| {
        let mut found = book(text).build().book.diagnostics;
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found.remove(0).help.remove(0)
    };
    for (text, meant) in [
        ("[[EXB]]", "did you mean `[[example]]`?"),
        ("[[about]]", "did you mean `[words](about.md)`?"),
        ("[[guide/about.md]]", "did you mean `[words](about.md)`?"),
        (
            "[[site:/checklists.html]]",
            "did you mean `[[site:checklists]]`?",
        ),
    ] {
        assert_eq!(help(text), meant);
    }
}

#[test]
fn a_file_without_a_page_is_not_called_missing() {
    for path in [
        "../measures/groups.yaml",
        "../mappings/example/set.yaml",
        "../mappings/example/ACME-01.yaml",
        "../../book.toml",
    ] {
        book(&format!("[a]({path})")).reports(&format!(
            "content/guide/loose.md:5:1: error[unknown-page]: `{path}` has no page"
        ));
    }
    let found = book("[a](../use-cases/none.png)").read().diagnostics;
    let last = found[0].help.last().expect("help");
    assert_eq!(
        last,
        "in that folder: `../use-cases/web-shop.md`, `../use-cases/web-shop.yaml`"
    );
}

#[test]
fn what_only_a_draft_shows_is_left_out_with_it() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    let page = "---\ntitle: D\nsummary: D.\ndraft: true\n---\n\n![a](a%20b.svg) ![c](c.svg)\n";
    let book = book("![c](c.svg)")
        .with("content/guide/d.md", page)
        .with("content/guide/a b.svg", svg)
        .with("content/guide/c.svg", svg);
    book.reports("");
    let built = book.build();
    let paths = built.outputs.iter().map(|(path, _)| path);
    let files: Vec<_> = paths.filter(|it| it.starts_with("files/")).collect();
    assert_eq!(files, ["files/guide/c.svg"]);
}

#[test]
fn links_to_hidden_lists_are_counted() {
    let text = "[[data-loss]] [a](../threats.yaml) [[back-up]] [b](../glossary.yaml#back-up) [[site:matrix]]";
    let hidden = |parts: &str| {
        let toml = Book::starter()
            .text("book.toml")
            .replace("# [theme]", "[theme]");
        let toml = toml.replace(
            "# hide = [\"matrix\", \"data\"]",
            &format!("hide = [{parts}]"),
        );
        let read = book(text).with("book.toml", &toml).read();
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        read.site.unshown_links.len()
    };
    assert_eq!(hidden(""), 0);
    assert_eq!(hidden("\"threats\""), 2);
    assert_eq!(hidden("\"glossary\""), 2);
    assert_eq!(hidden("\"matrix\", \"glossary\", \"threats\""), 5);
}
