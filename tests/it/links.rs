//! Links as authors and their editors write them: percent-encoded, in any form of Unicode, outside of the site.

use controlbook::output::Outputs;

use crate::book::Book;
use crate::site;

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>";

/// A page of the guide with a text.
fn page(text: &str) -> String {
    format!("---\ntitle: A page\nsummary: What it holds.\n---\n\n{text}\n")
}

fn html<'a>(outputs: &'a Outputs, path: &str) -> &'a str {
    let bytes = outputs
        .get(path)
        .unwrap_or_else(|| panic!("{path} is made"));
    std::str::from_utf8(bytes).expect("a page is UTF-8")
}

/// What is found in a page of the guide that holds this text, without its path.
fn said(text: &str) -> Vec<String> {
    let book = Book::starter().with("content/guide/case.md", &page(text));
    let found = book.build().book.diagnostics;
    let line = |it: &controlbook::diagnostic::Diagnostic| {
        format!(
            "{}: {}",
            it.rule.code,
            it.help.first().unwrap_or(&it.message)
        )
    };
    found.iter().map(line).collect()
}

#[test]
fn a_percent_encoded_path_leads_to_its_file() {
    let book = Book::starter()
        .with("content/guide/my page.md", &page("## Früh & spät\n\nText."))
        .with("content/guide/über/a+b#c.md", &page("Text."))
        .with("content/guide/50%.md", &page("Text."))
        .with("content/guide/a%20b.md", &page("Text."))
        .with("content/guide/img/plan 1.svg", SVG)
        .with("content/guide/img/größe.svg", SVG)
        .with(
            "content/guide/case.md",
            &page(
                "[a](my%20page.md) [b](<my page.md>) [c](my%20page.md#fr%C3%BCh-sp%c3%a4t) [d](%C3%BCber/a+b%23c.md)\n\
                 [e](50%.md) [f](50%25.md) [g](a%20b.md) [h](a%2520b.md) [i](..%2Fguide%2fabout.md) [j][k]\n\n\
                 ![plan](img/plan%201.svg) ![size](img/gr%C3%B6%C3%9Fe.svg) ![again](img/gro%CC%88%C3%9Fe.svg)\n\n\
                 [k]: my%20page.md#fr%C3%BCh-sp%C3%A4t",
            ),
        )
        .change("content/index.md", "to: use-cases/web-shop.md", "to: guide/my%20page.md#früh-spät");
    let built = book.build();
    assert_eq!(built.book.diagnostics, [], "{}", book.report());
    site::links_resolve(&built.outputs);
    let case = html(&built.outputs, "guide/case.html");
    assert!(case.contains("href=\"my-page.html#früh-spät\""));
    assert!(case.contains("src=\"../files/guide/img/plan%201.svg\""));
    assert!(html(&built.outputs, "index.html").contains("guide/my-page.html#früh-spät"));
}

#[test]
fn a_path_that_leads_nowhere_says_what_to_write() {
    for (text, right) in [
        (
            "[a](my%2page.md)",
            "unknown-page: `%2p` encodes no sign; a percent sign itself is written `%25`",
        ),
        (
            "[a](%FF.md)",
            "unknown-page: what is percent-encoded here is not UTF-8",
        ),
        (
            "[a](..%2F..%2F..%2Fetc%2Fpasswd)",
            "unknown-page: paths are relative to the folder of the file that contains them",
        ),
        (
            "[a](%2Fetc%2Fpasswd)",
            "unknown-page: paths are relative to the folder of the file that contains them",
        ),
        ("[a](abuot%2Emd)", "unknown-page: did you mean `about.md`?"),
        (
            "[a](www.example.org)",
            "unknown-page: for an address on the web, write `https://www.example.org`",
        ),
        (
            "[a](ann@example.org)",
            "unknown-page: for a mail address, write `mailto:ann@example.org`",
        ),
        (
            r"[a](..\\measures\\ACME-01.yaml)",
            "unknown-page: parts of a path are divided by `/`: `../measures/ACME-01.yaml`",
        ),
        (
            "[a](about.md#how-mappings-are-jugded)",
            "unknown-anchor: did you mean `how-mappings-are-judged`?",
        ),
        (
            "[a](about.md#%zz)",
            "unknown-anchor: there is no anchor `%zz`",
        ),
    ] {
        assert_eq!(said(text), [right], "{text}");
    }
}

#[test]
fn an_address_that_is_none_says_what_to_write() {
    for (text, right) in [
        (
            "[a](https:about.html)",
            "malformed-address: for a file of the book, write `about.html`",
        ),
        (
            "[a](http:x)",
            "malformed-address: for a file of the book, write `x`",
        ),
        (
            "![a](HTTPS:/x)",
            "malformed-address: for a file of the book, write `x`",
        ),
        (
            "<https:about>",
            "malformed-address: for a file of the book, write `about`",
        ),
        (
            "[a][b]\n\n[b]: https:/example.org/x",
            "malformed-address: write `https://example.org/x`",
        ),
        (
            "[a](mailto:)",
            "malformed-address: write a mail address: `mailto:name@example.org`",
        ),
        (
            "[a](//example.org/x)",
            "malformed-address: write the scheme too: `https://example.org/x`",
        ),
        (
            r"[a](C:\plans\x.pdf)",
            "malformed-address: a path on one computer",
        ),
        (
            r"[a](\\\\server\x.pdf)",
            "malformed-address: a path on one computer",
        ),
        ("[a](file:///srv/x.pdf)", "unsafe-url: use https"),
        ("[a](javascript:alert(1))", "unsafe-url: use https"),
    ] {
        let found = said(text);
        assert!(
            found.len() == 1 && found[0].starts_with(right),
            "{text}: {found:?}"
        );
    }
    let sound = "[a](https://example.org) <ann@example.org> <https://example.org/x> [b](tel:+49) [c](https://example.org/x.png)";
    assert_eq!(said(sound), [""; 0]);
    // The same in YAML and in the settings.
    for (path, old, new) in [
        (
            "content/frameworks/example/framework.yaml",
            "name: EXB",
            "name: EXB\nlink: www.example.org",
        ),
        ("content/threats.yaml", "A disk,", "A disk [x](https:y.md),"),
        (
            "book.toml",
            "[markdown]",
            "[[theme.footer]]\ntitle = \"Imprint\"\nlink = \"https:imprint.md\"\n\n[markdown]",
        ),
        (
            "book.toml",
            "[markdown]",
            "[[theme.footer]]\ntitle = \"Mail\"\nlink = \"mailto:ann\"\n\n[markdown]",
        ),
    ] {
        let book = Book::starter().change(path, old, new);
        let found = book.build().book.diagnostics;
        let codes: Vec<_> = found.iter().map(|it| it.rule.code).collect();
        // Addresses in the settings are checked with the other values there.
        let code = if path == "book.toml" {
            "bad-value"
        } else {
            "malformed-address"
        };
        assert_eq!(codes, [code], "{}", book.report());
    }
}

#[test]
fn names_are_compared_and_published_in_one_form() {
    // Typed as one sign, stored as two, and the other way round.
    for (stored, typed) in [("U\u{308}ber", "Über"), ("Über", "U\u{308}ber")] {
        let book = Book::starter()
            .with(&format!("content/guide/{stored}/{stored}sicht.md"), &page("## Wie o\u{308}fter\n\nText."))
            .with(&format!("content/guide/{stored}/{stored}.svg"), SVG)
            .with(
                "content/guide/case.md",
                &page(&format!(
                    "[a]({typed}/{typed}sicht.md) [b]({typed}/{typed}sicht.md#wie-öfter) [c]({typed}/{typed}sicht.md#wie-o\u{308}fter) \
                     ![d]({typed}/{typed}.svg) [[{typed}menge]] [e](#{typed})\n\n## Text {{#{stored}}}\n\nText."
                )),
            )
            .change(
                "content/glossary.yaml",
                "- term: back-up",
                &format!("- term: {stored}menge\n  text: A lot.\n- term: back-up"),
            )
            .change("book.toml", "[markdown]", &format!("[[theme.footer]]\ntitle = \"More\"\nlink = \"guide/{typed}/{typed}sicht.md\"\n\n[markdown]"));
        let built = book.build();
        assert_eq!(built.book.diagnostics, [], "{}", book.report());
        site::links_resolve(&built.outputs);
        for path in ["guide/Über/Übersicht.html", "files/guide/Über/Über.svg"] {
            assert!(built.outputs.get(path).is_some(), "{path}");
        }
        let case = html(&built.outputs, "guide/case.html");
        assert!(case.contains("id=\"Über\"") && case.contains("#wie-öfter"));
    }
}

#[test]
fn two_forms_of_one_name_are_one_route_too_many() {
    let files = |name: &str| Book::starter().with(name, &page("Text."));
    for [one, other] in [["Ü.md", "U\u{308}.md"], ["U\u{308}.md", "Ü.md"]] {
        let book = files(&format!("content/guide/{one}"))
            .with(&format!("content/guide/{other}"), &page("Other text."));
        let found = book.build().book.diagnostics;
        let codes: Vec<_> = found.iter().map(|it| it.rule.code).collect();
        assert_eq!(codes, ["duplicate-route"], "{}", book.report());
        let said = [found[0].path.to_string(), found[0].help[0].clone()];
        assert!(said.iter().any(|it| it.ends_with("guide/Ü.md")), "{said:?}");
        assert!(
            said.iter().any(|it| it.ends_with("guide/U\u{308}.md")),
            "{said:?}"
        );
        assert!(found[0].help[1].contains("NFC"));
    }
    let pictures = Book::starter()
        .with("content/guide/a\u{301}.svg", SVG)
        .with("content/guide/á.svg", SVG)
        .with("content/guide/case.md", &page("![x](á.svg)"));
    assert!(
        pictures.report().contains("error[duplicate-route]"),
        "{}",
        pictures.report()
    );
}

/// The starter book with a link of each kind that leads out of the site.
fn with_outgoing_links() -> Book {
    Book::starter()
        .with(
            "content/guide/case.md",
            &page(
                "[a](https://example.org/a_(b).html?x=1&y=2#z) <https://example.org/auto> [ref][r] [p](https://example.org/p.png)\n\n\
                 Write to <ann@example.org>, or [call](tel:+49). [inner](about.md) [ü](<https://exämple.org/ü b>)\n\n\
                 [r]: https://example.org/r",
            ),
        )
        .change("content/threats.yaml", "A disk,", "A [disk](https://example.org/disk),")
        .change(
            "content/frameworks/example/framework.yaml",
            "name: EXB",
            "name: EXB\nlink: https://example.org/exb",
        )
        .change(
            "content/frameworks/example/framework.yaml",
            "{ name: control, page: true }",
            "{ name: control, page: true, link: \"https://example.org/exb/{id}\" }",
        )
        .change("content/frameworks/example/framework.yaml", "note: Invented for this book. }", "note: Invented., source: \"https://example.org/status\" }")
        .change(
            "book.toml",
            "[markdown]",
            "[[theme.footer]]\ntitle = \"Imprint\"\nlink = \"https://example.org/imprint\"\n\n\
             [accessibility.contact]\nmail = \"a11y@example.org\"\n\n[markdown]",
        )
        .with(
            "theme/templates/page.html",
            "{% extends \"built-in/page.html\" %}\n{% block heading %}<a href=\"https://example.org/t?a=1&amp;b=2\">T</a>{{ super() }}{% endblock heading %}\n",
        )
}

#[test]
fn outgoing_links_are_listed_with_their_places() {
    use controlbook::pipeline::external::{external, json, lines};
    let book = with_outgoing_links();
    let read = book.build().book;
    assert_eq!(read.diagnostics, [], "{}", book.report());
    let links = external(&read, &book.sources);
    let listed = lines(&links);
    let expected = "\
book.toml:38:8: https://example.org/imprint
book.toml:41:8: mailto:a11y@example.org
content/frameworks/example/framework.yaml:5:7: https://example.org/exb
content/frameworks/example/framework.yaml:9:75: https://example.org/status
content/frameworks/example/framework.yaml:13:40: https://example.org/exb/A-01
content/guide/case.md:6:1: https://example.org/a_(b).html?x=1&y=2#z
content/guide/case.md:6:47: https://example.org/auto
content/guide/case.md:6:74: https://example.org/r
content/guide/case.md:6:83: https://example.org/p.png
content/guide/case.md:8:10: mailto:ann@example.org
content/guide/case.md:8:32: tel:+49
content/guide/case.md:8:67: https://exämple.org/ü%20b
content/threats.yaml:6:11: https://example.org/disk
theme/templates/page.html:2:29: https://example.org/t?a=1&b=2
";
    assert_eq!(listed, expected, "\n{listed}");
    // As programs find addresses in lines of text: one a line, and whole.
    for (line, link) in listed.lines().zip(&links) {
        let finder = linkify::LinkFinder::new();
        let found: Vec<_> = finder.links(line).map(|it| it.as_str()).collect();
        let address = link.address.trim_start_matches("mailto:");
        if !address.starts_with("tel:") {
            assert_eq!(found, [address], "{line}");
        }
    }
    let first = json(&links).lines().next().map(str::to_owned);
    assert_eq!(
        first.as_deref(),
        Some(
            r#"{"path":"book.toml","line":38,"column":8,"address":"https://example.org/imprint"}"#
        )
    );
}
