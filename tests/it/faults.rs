//! A file that can't be read or has the wrong encoding: one diagnostic, and none that only follows from it.

use controlbook::source::Refusal;

use crate::book::Book;

/// A page that leads to everything in the starter book, by each kind of link.
const LINKS: &str = "\
---
title: Links
summary: Leads to everything.
cites: example
---

[[ACME-01]], [[ACME-01.1]], [[web-shop]], [[example]], [[example:A-01.1]], [[ransomware]], [[recovery point]]

ACME-01, ACME-01.2, A-01.2, EXB A-01, Example baseline A-01.1, Art. 3 of the Act

[a](about.md) [b](about.md#how-mappings-are-judged) [c](../index.md) [d](../measures/ACME-01.md#how-to-do-it)
[e](../measures/ACME-01.yaml#ACME-01.1) [f](../use-cases/web-shop.md) [g](../use-cases/web-shop.yaml)
[h](../frameworks/example/framework.yaml) [i](../frameworks/example/A.yaml) [j](../threats.yaml#ransomware)
[k](../glossary.yaml#recovery-point) [l](../zones.svg)
";

/// The starter book with more than one thread between any two files.
fn entwined() -> Book {
    Book::starter()
        .with("content/guide/links.md", LINKS)
        .with(
            "content/zones.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n",
        )
        .with(
            "content/frameworks/example/A-01.md",
            "## In practice\n\nSee [[ACME-01]].\n",
        )
        .with(
            "content/measures/ACME-02.md",
            "## In practice\n\nSee [[ACME-01]] and [[threats]].\n",
        )
        .with(
            "content/measures/ACME-02.yaml",
            "id: ACME-02\ntitle: Train\nsummary: People know what to do.\ngroup: protect\n\
             responsibility: customer\nkind: organisational\nphases: [operate]\npractices:\n  \
             - { id: ACME-02.1, text: One hour a year., by: customer, evidence: The list. }\n\
             use-cases:\n  web-shop: { relevance: supporting, because: Few people run it. }\n\
             related:\n  - { measure: ACME-01, because: A restore is practised by people. }\n",
        )
        .change(
            "content/glossary.yaml",
            "- term: recovery time",
            "- term: threats\n  text: See ACME-01.\n- term: recovery time",
        )
        .change("book.toml", "instruments = [", "instruments = [\"Act\", ")
        .change(
            "book.toml",
            "measures = 1\n",
            "measures = 2\nmappings = 2\nrequirements = 2\n",
        )
        .change(
            "book.toml",
            "# [[checks.except]]\n# rule = \"missing-mapping\"\n# of = [\"ACME-02\"]\n# reason",
            "[[checks.except]]\nrule = \"missing-mapping\"\nof = [\"ACME-02\"]\nreason",
        )
}

/// Asserts that a book has mistakes in one file, of one rule, and no other.
#[track_caller]
fn only(book: &Book, path: &str, code: &str) {
    let report = book.report();
    let here =
        |line: &str| line.starts_with(&format!("{path}:")) && line.contains(&format!("[{code}]"));
    assert!(
        !report.is_empty() && report.lines().all(here),
        "{path} alone, {code}:\n{report}"
    );
}

/// The paths in the entwined book with an ending.
fn paths(ending: &str) -> Vec<String> {
    let mut all = entwined().paths();
    all.retain(|path| path.ends_with(ending));
    all
}

#[test]
fn the_entwined_book_has_no_mistake() {
    entwined().reports("");
}

#[test]
fn a_record_with_invalid_yaml_is_one_mistake() {
    for path in paths(".yaml") {
        let book = entwined();
        let text = format!("{}\n\"", book.text(&path));
        only(&book.with(&path, &text), &path, "invalid-yaml");
    }
}

#[test]
fn a_record_of_the_wrong_structure_is_one_mistake() {
    for path in paths(".yaml") {
        only(&entwined().with(&path, "just words\n"), &path, "wrong-type");
    }
}

#[test]
fn a_record_under_another_name_is_one_mistake() {
    for (path, id) in [
        ("content/measures/ACME-01.yaml", "id: ACME-01\n"),
        ("content/use-cases/web-shop.yaml", "id: web-shop\n"),
        (
            "content/mappings/example/ACME-01.yaml",
            "measure: ACME-01\n",
        ),
        ("content/mappings/example/set.yaml", "framework: example "),
        ("content/frameworks/example/framework.yaml", "id: example "),
    ] {
        let other = format!("{}-b ", id.trim_end());
        only(
            &entwined().change(path, id, &format!("{}\n", other.trim_end())),
            path,
            "id-differs-from-file",
        );
    }
}

#[test]
fn a_file_under_another_name_is_one_mistake() {
    let book = entwined();
    let text = book.text("content/measures/ACME-01.yaml").to_owned();
    let book = book
        .with("content/measures/ACME-01.yaml", "")
        .with("content/measures/ACME-10.yaml", &text);
    book.reports(
        "content/measures/ACME-10.yaml:3:5: error[id-differs-from-file]: the path says `ACME-10` and the record `ACME-01`",
    );
}

#[test]
fn a_file_that_is_not_utf8_is_one_mistake() {
    for path in paths(".yaml").iter().chain(&paths(".md")) {
        let book = entwined();
        let latin1 = [book.text(path).as_bytes(), b"caf\xe9\n"].concat();
        let at = latin1.len() - 1;
        let report = format!(
            "{path}: error[not-utf8]: the file is not UTF-8: its byte {at} begins no character"
        );
        book.with_bytes(path, &latin1).reports(&report);
    }
    let book = Book::starter().with_bytes("book.toml", b"[book]\ntitle = \"Caf\xe9\"\n");
    book.reports(
        "book.toml: error[not-utf8]: the file is not UTF-8: its byte 20 begins no character",
    );
}

#[test]
fn a_page_without_front_matter_is_one_mistake() {
    for path in [
        "content/index.md",
        "content/guide/about.md",
        "content/guide/links.md",
    ] {
        only(
            &entwined().with(path, "Words.\n"),
            path,
            "front-matter-missing",
        );
        only(
            &entwined().with(path, "---\ntitle: Words\n"),
            path,
            "front-matter-missing",
        );
        only(
            &entwined().with(path, "---\ntitle: Words\n---\n"),
            path,
            "missing-key",
        );
    }
}

#[test]
fn a_file_that_is_refused_is_one_mistake() {
    for path in paths(".yaml").iter().chain(&paths(".md")) {
        only(
            &entwined().refuse(path, Refusal::LinkOutside),
            path,
            "unreadable-file",
        );
    }
}

#[test]
fn each_refusal_says_what_to_do() {
    let refusals = [
        Refusal::TooLarge(20_000_000),
        Refusal::Unreadable("permission denied".to_owned()),
        Refusal::LinkOutside,
        Refusal::LinkLoop,
        Refusal::LinkDangling,
        Refusal::TooDeep,
        Refusal::NameNotUtf8,
    ];
    let paths = ["a.pdf", "b.md", "c.md", "d", "e.md", "f", "g.md"]
        .map(|name| format!("content/guide/{name}"));
    let book = paths
        .iter()
        .zip(refusals)
        .fold(Book::starter(), |book, (path, why)| book.refuse(path, why));
    assert!(book.read().diagnostics.iter().all(|it| it.help.len() == 1));
    book.reports(
        "content/guide/a.pdf: error[unreadable-file]: the file has 20000000 bytes, more than the 16777216 that are read
         content/guide/b.md: error[unreadable-file]: this can’t be read: permission denied
         content/guide/c.md: error[unreadable-file]: this symbolic link leaves the book
         content/guide/d: error[unreadable-file]: this symbolic link is circular
         content/guide/e.md: error[unreadable-file]: this symbolic link is broken
         content/guide/f: error[unreadable-file]: folders are more than 16 deep here
         content/guide/g.md: error[unreadable-file]: the file’s name is not UTF-8",
    );
}

#[test]
fn a_mistake_in_the_settings_leaves_the_others_in_force() {
    for (old, new, code) in [
        ("[markdown]", "[markdown]\nraw_html = false", "unknown-key"),
        ("[build]", "[build]\nbuild-dirs = 1", "unknown-key"),
        ("measures = 2", "measures = \"two\"", "wrong-type"),
        ("[output.html]", "[output.html]\nlogo = []", "unknown-key"),
        ("language = ", "language = []\ntongue = ", "wrong-type"),
    ] {
        let report = entwined().change("book.toml", old, new).report();
        assert!(
            report.lines().all(|line| line.starts_with("book.toml:")),
            "{report}"
        );
        assert!(report.contains(code), "{report}");
    }
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    let plain = entwined();
    let marked = entwined().map(|text| format!("\u{feff}{text}"));
    assert_eq!(
        format!("{:?}", plain.read().catalogue),
        format!("{:?}", marked.read().catalogue)
    );
    assert_eq!(marked.report(), "");
}

#[test]
fn windows_line_ends_change_nothing_that_is_read() {
    let windows = entwined().map(|text| text.replace('\n', "\r\n"));
    assert_eq!(windows.report(), "");
    assert_eq!(without_numbers(&entwined()), without_numbers(&windows));
}

/// The catalogue without the numbers in it: offsets differ where line ends do.
fn without_numbers(book: &Book) -> String {
    let all = format!("{:?}", book.read().catalogue).replace("\\r\\n", "\\n");
    all.replace(|c: char| c.is_ascii_digit(), "")
}
