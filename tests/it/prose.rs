//! What readers get of an author's text: nothing is lost without a diagnostic.

use crate::book::Book;

const CASE: &str = "content/guide/case.md";
const HEAD: &str = "---\ntitle: Case\nsummary: A case.\n---\n\n";

/// The starter book with a page of this text.
fn case(text: &str) -> Book {
    Book::starter().with(CASE, &format!("{HEAD}{text}\n"))
}

/// What stands on the page, between its head and how it is cited.
fn body(book: &Book) -> String {
    let built = book.build();
    let bytes = built
        .outputs
        .get("guide/case.html")
        .expect("the page is made");
    let page = String::from_utf8_lossy(bytes).into_owned();
    let (_, body) = page.split_once("<div class=\"body\">\n").expect("a body");
    let (body, _) = body.split_once("\n\n\n\n<section").expect("an end");
    body.trim().to_owned()
}

#[track_caller]
fn shows(text: &str, html: &str) {
    let book = case(text);
    book.reports("");
    assert_eq!(body(&book), html, "{text}");
}

#[track_caller]
fn reports(text: &str, expected: &str) {
    case(text).reports(expected);
}

#[test]
fn cells_that_the_head_does_not_have_are_reported() {
    reports(
        "| a | b |\n|---|---|\n| `x|y` | lost |\n| [[ACME-01|words]] | lost |\n",
        "content/guide/case.md:8:11: warning[uneven-table]: this row has a cell more than the table’s head
         content/guide/case.md:9:3: error[broken-link]: this `[[` begins no link
         content/guide/case.md:9:23: warning[uneven-table]: this row has a cell more than the table’s head",
    );
    reports(
        "- list\n\n  a | b\n  --|--\n  1 | 2 | 3 | 4\n",
        "content/guide/case.md:10:11: warning[uneven-table]: this row has 2 cells more than the table’s head",
    );
    reports(
        "| a | b |\n|---|\n| c | d |\n",
        "content/guide/case.md:7:1: warning[uneven-table]: this is no table: its head and the row under it differ in their number of cells",
    );
    let book =
        case("| a | b |\n|---|---|\n| `x\\|y` | [[ACME-01\\|words]] |\n| c |\n| d | e | |\n");
    book.reports("");
    let html = body(&book);
    assert!(html.contains("<td><code>x|y</code></td>"), "{html}");
    assert!(html.contains(">words</a></td>"), "{html}");
}

#[test]
fn references_that_lead_nowhere_are_reported_at_their_place() {
    reports(
        "See [the plan][plan], [plan][] and the note[^n].\n\n[x](https://a.example/b c) [[ACME-01]\n",
        "content/guide/case.md:6:5: error[undefined-reference]: the reference `[plan]` has no address
         content/guide/case.md:6:23: error[undefined-reference]: the reference `[plan]` has no address
         content/guide/case.md:6:44: error[undefined-reference]: the note `[^n]` does not exist
         content/guide/case.md:8:1: error[broken-link]: the address of this link contains a space
         content/guide/case.md:8:28: error[broken-link]: this `[[` begins no link",
    );
    Book::starter()
        .change(
            "content/threats.yaml",
            "text: Somebody encrypts the systems, deletes the copies that they can reach, and asks for money.",
            "text: \"A [plan][p] and a note[^1].\"",
        )
        .reports(
            "content/threats.yaml:10:12: error[undefined-reference]: the reference `[p]` has no address
             content/threats.yaml:10:32: error[undefined-reference]: the note `[^1]` does not exist",
        );
    shows(
        "He wrote [sic] of array[0], m[i][j] and [...].",
        "<p>He wrote [sic] of array[0], m[i][j] and […].</p>"
            .replace('…', "...")
            .as_str(),
    );
}

#[test]
fn a_definition_that_nothing_uses_is_reported() {
    reports(
        "Words.\n\n[plan]: https://a.example/plan\n\n[Note]: this.\n",
        "content/guide/case.md:8:1: warning[unused-definition]: the address `[plan]` is not used
         content/guide/case.md:10:1: warning[unused-definition]: the address `[note]` is not used",
    );
    shows(
        "A [Plan] and [b][plan].\n\n[plan]: https://a.example/plan\n\n[//]: # (A remark.)",
        "<p>A <a href=\"https://a.example/plan\">Plan</a> and <a href=\"https://a.example/plan\">b</a>.</p>",
    );
}

#[test]
fn a_line_that_begins_with_a_colon_is_text() {
    shows(
        "Reach it on this port:\n\n:8443 is the port.",
        "<p>Reach it on this port:</p>\n<p>:8443 is the port.</p>",
    );
    shows(
        "- Port:\n\n  :80\n",
        "<ul>\n<li>\n<p>Port:</p>\n<p>:80</p>\n</li>\n</ul>",
    );
    shows("Smile\n:smile: and go.", "<p>Smile\n:smile: and go.</p>");
    shows(
        "Port\n: A number.\n\nNext:\n\n:443\n",
        "<dl>\n<dt>Port</dt>\n<dd>A number.</dd>\n</dl>\n<p>Next:</p>\n<p>:443</p>",
    );
    reports(
        "Words.\n\n:::warning\nMore.\n\n::: {.note}\n",
        "content/guide/case.md:8:1: warning[unsupported-markup]: a container is not supported
         content/guide/case.md:11:1: warning[unsupported-markup]: a container is not supported",
    );
}

#[test]
fn notes_have_an_anchor_for_each_reference_and_a_way_back_to_each() {
    let book = case(
        "B[^b], a[^a] and a[^a] again.\n\n[^a]: First, with b[^B].\n\n[^b]: Second.\n\n    More.",
    );
    book.reports("");
    let html = body(&book);
    let reference = |anchor: &str, note: u8| {
        format!(
            "<sup><a href=\"#t2-n{note}\" id=\"t2-{anchor}\" aria-label=\"Note {note}\">{note}</a></sup>"
        )
    };
    let first = format!(
        "<p>B{}, a{} and a{} again.</p>",
        reference("r1", 1),
        reference("r2", 2),
        reference("r2-2", 2)
    );
    assert!(html.starts_with(&first), "{html}");
    let notes: Vec<_> = html.split("<div class=\"fn\"").skip(1).collect();
    assert_eq!(notes.len(), 2);
    assert!(
        notes[0].contains("Second.</p>\n<p>More.</p>"),
        "in the order of the references: {html}"
    );
    assert!(notes[1].contains(&reference("r1-2", 1)), "{html}");
    for anchor in ["r1", "r1-2", "r2", "r2-2"] {
        assert_eq!(
            html.matches(&format!(" id=\"t2-{anchor}\"")).count(),
            1,
            "{html}"
        );
        assert_eq!(
            html.matches(&format!("href=\"#t2-{anchor}\"")).count(),
            1,
            "{html}"
        );
    }
    assert!(
        html.contains("aria-label=\"Back to note 2 in the text, place 2 of 2\""),
        "{html}"
    );
}

#[test]
fn notes_that_are_not_shown_are_reported() {
    let book = case(
        "One[^a].\n\n[^a]: A note.\n\n[^b]: Never cited, see [x](nowhere.md) and [^c].\n\n[^c]: Cited there only.\n",
    );
    book.reports(
        "content/guide/case.md:10:1: warning[unused-definition]: the note `b` is not used
         content/guide/case.md:12:1: warning[unused-definition]: the note `c` is not used",
    );
    let html = body(&book);
    assert!(
        !html.contains("Never") && html.matches("class=\"fn\"").count() == 1,
        "{html}"
    );
    reports(
        "One[^a].\n\n[^a]: A note.\n\n[^A]: Another.\n",
        "content/guide/case.md:10:1: error[duplicate-note]: the note `A` is defined twice",
    );
}

#[test]
fn comments_are_neither_refused_nor_published() {
    let text = "<!-- TODO: [x](nowhere.md) [[NO-1]] -->\n\nOne <!-- SECRET --> two.\n\n<!--\n\n## SECRET\n\n-->\n\n\
        <!-- SECRET --> Three.\n\n- four <!-- SECRET\n  SECRET -->\n\n<!--[if IE]> SECRET <![endif]-->\n\n`<!-- shown -->`";
    for raw in ["", "raw-html = true\n"] {
        let book = case(text).change("book.toml", "[markdown]\n", &format!("[markdown]\n{raw}"));
        book.reports("");
        let html = body(&book);
        assert_eq!(
            html,
            "<p>One  two.</p>\n<p> Three.</p>\n<ul>\n<li>four </li>\n</ul>\n<p><code>&lt;!-- shown --&gt;</code></p>"
        );
        let built = book.build();
        for (path, bytes) in built.outputs.iter() {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains("SECRET"), "{path}");
        }
    }
    let book = case("<div>\n<!-- SECRET -->\n<b>x</b>\n</div>\n").change(
        "book.toml",
        "[markdown]\n",
        "[markdown]\nraw-html = true\n",
    );
    assert_eq!(body(&book), "<div>\n\n<b>x</b>\n</div>");
}

#[test]
fn comments_in_yaml_are_left_out_too() {
    let book = Book::starter().change(
        "content/threats.yaml",
        "text: Somebody encrypts the systems, deletes the copies that they can reach, and asks for money.",
        "text: \"A text. <!-- SECRET [x][y] -->\"",
    );
    book.reports("");
    for (path, bytes) in book.build().outputs.iter() {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("SECRET"), "{path}");
    }
}

#[test]
fn a_comment_without_an_end_is_reported() {
    reports(
        "One.\n\n<!-- Two\n\nThree.\n",
        "content/guide/case.md:8:1: error[open-comment]: this comment has no end",
    );
    reports(
        "One <!-- two.\n",
        "content/guide/case.md:6:5: error[open-comment]: this comment has no end",
    );
    shows("One \\<!-- two.", "<p>One &lt;!-- two.</p>");
}

#[test]
fn a_heading_inside_another_block_tears_nothing() {
    let book = case(
        "## One\n\n> ## Two\n\n- ### Three\n\n  words\n\nFour[^1].\n\n[^1]: # Five\n\n## Six\n\nWords.\n",
    );
    book.reports(
        "content/guide/case.md:8:3: warning[nested-heading]: this heading is inside another block
         content/guide/case.md:10:3: warning[nested-heading]: this heading is inside another block
         content/guide/case.md:16:7: warning[nested-heading]: this heading is inside another block",
    );
    let html = body(&book);
    assert!(
        html.contains("<blockquote>\n<p><strong>Two</strong></p>\n</blockquote>"),
        "{html}"
    );
    assert_eq!(html.matches("<section>").count(), 2, "{html}");
    assert_eq!(html.matches("</section>").count(), 2, "{html}");
}

#[test]
fn bare_addresses_are_links_everywhere() {
    shows(
        "See https://a.example/b?c=d&e, (https://f.example/g_(h)), `https://i.example` and <https://j.example>.",
        "<p>See <a href=\"https://a.example/b?c=d&amp;e\">https://a.example/b?c=d&amp;e</a>, \
         (<a href=\"https://f.example/g_(h)\">https://f.example/g_(h)</a>), <code>https://i.example</code> and \
         <a href=\"https://j.example\">https://j.example</a>.</p>",
    );
    let book = Book::starter().change(
        "content/threats.yaml",
        "text: Somebody encrypts the systems, deletes the copies that they can reach, and asks for money.",
        "text: \"See https://a.example/b.\"",
    );
    book.reports("");
    let built = book.build();
    let page = String::from_utf8_lossy(built.outputs.get("threats.html").expect("it is made"));
    assert!(page.contains("See <a href=\"https://a.example/b\">https://a.example/b</a>."));
}

#[test]
fn what_nothing_renders_is_reported_with_what_to_write_instead() {
    let built = case(
        "Let $x_1$ be {{ y }}.\n\n```mermaid\ngraph TD\n```\n\n![A plan](plan.svg){width=50%}\n",
    )
    .with(
        "content/guide/plan.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>",
    )
    .build();
    let found = built.book.diagnostics;
    let said: Vec<_> = found
        .iter()
        .map(|it| (it.rule.code, it.message.as_str()))
        .collect();
    let rule = "unsupported-markup";
    assert_eq!(
        said,
        [
            (rule, "mathematics is not supported"),
            (rule, "a template’s tag is not supported"),
            (rule, "a diagram as code is not supported"),
            (rule, "a list of attributes is not supported"),
        ]
    );
    assert!(found.iter().all(|it| !it.help.is_empty()));
    assert!(
        found[2].help[0].contains("a picture of the diagram"),
        "{found:?}"
    );
}

/// A PNG of one colour, of which only the head is there.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    out.extend(width.to_be_bytes());
    out.extend(height.to_be_bytes());
    out.extend([8, 2, 0, 0, 0]);
    out
}

#[test]
fn a_picture_has_its_size_and_its_title_as_a_caption() {
    let book = |text: &str| {
        case(text)
            .with_bytes("content/guide/a.png", &png(640, 400))
            .with(
                "content/guide/b.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 30 20\"/>",
            )
            .with_bytes("content/guide/c.gif", b"GIF89a\x20\x00\x10\x00\0\0\0")
    };
    let html = |text: &str| {
        let book = book(text);
        let found = book.report();
        assert!(!found.contains("error"), "{found}");
        body(&book).replace("../files/guide/", "")
    };
    let a = "<img src=\"a.png\" alt=\"A\" width=\"640\" height=\"400\" loading=\"lazy\">";
    assert_eq!(
        html("![A](a.png \"As it *was* in <2025>\")"),
        format!("<figure>{a}<figcaption>As it *was* in &lt;2025&gt;</figcaption></figure>")
    );
    assert_eq!(html("![A](a.png)"), format!("<p>{a}</p>"));
    assert_eq!(
        html("![A](a.png \"One\")\n![B](b.svg)\n"),
        format!(
            "<figure>{a}<figcaption>One</figcaption></figure>\n\
             <figure><img src=\"b.svg\" alt=\"B\" width=\"30\" height=\"20\" loading=\"lazy\"></figure>"
        )
    );
    assert_eq!(
        html("[![A](a.png \"One\")](about.md)"),
        format!("<figure><a href=\"about.html\">{a}</a><figcaption>One</figcaption></figure>")
    );
    assert_eq!(
        html("In a line ![C](c.gif \"Two\") and on."),
        "<p>In a line <img src=\"c.gif\" alt=\"C\" title=\"Two\" width=\"32\" height=\"16\" loading=\"lazy\"> and on.</p>"
    );
    assert_eq!(
        html("![The *A*][a]\n\n[a]: a.png \"Three\""),
        "<figure><img src=\"a.png\" alt=\"The A\" width=\"640\" height=\"400\" loading=\"lazy\"><figcaption>Three</figcaption></figure>"
    );
    assert_eq!(
        html("![a *b* [c](about.md) ![d](c.gif)](a.png) e"),
        "<p><img src=\"a.png\" alt=\"a b c d\" width=\"640\" height=\"400\" loading=\"lazy\"> e</p>"
    );
    assert_eq!(
        html("[x](about.md \"More\")"),
        "<p><a href=\"about.html\" title=\"More\">x</a></p>"
    );
}

#[test]
fn the_caption_of_a_picture_is_found_by_the_search() {
    let book = case("![A](a.png \"Zebrafish\")").with_bytes("content/guide/a.png", &png(1, 1));
    let built = book.build();
    let named = |(path, bytes): &(&str, &[u8])| {
        path.starts_with("search") && String::from_utf8_lossy(bytes).contains("zebrafish")
    };
    assert!(built.outputs.iter().any(|it| named(&it)));
}
