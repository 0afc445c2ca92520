//! Anchors: unique on their page, and proven where a link leads to one, whoever prints it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use controlbook::output::Outputs;
use proptest::prelude::*;
use proptest::sample::select;

use crate::book::Book;
use crate::html::elements;
use crate::site;

/// Each kind of file with headings, what stands before them, and its page.
const FILES: [(&str, &str, &str); 5] = [
    (
        "content/guide/case.md",
        "---\ntitle: A case\nsummary: What it is.\nparts: [figures]\n---\n\n",
        "guide/case.html",
    ),
    (
        "content/index.md",
        "---\ntitle: Home\nsummary: What it is.\ntasks:\n  - { title: One, text: Do., to: guide/case.md }\n---\n\n",
        "index.html",
    ),
    ("content/measures/ACME-01.md", "", "measures/ACME-01.html"),
    (
        "content/use-cases/web-shop.md",
        "",
        "use-cases/web-shop.html",
    ),
    (
        "content/frameworks/example/A-01.md",
        "",
        "frameworks/example/A-01.html",
    ),
];

/// The starter book, each of its texts with some Markdown behind it.
fn book(text: &str) -> Book {
    FILES
        .iter()
        .fold(Book::starter(), |book, (path, matter, _)| {
            book.with(path, &format!("{matter}{text}"))
        })
}

/// The anchors of each page, in order.
fn anchors(outputs: &Outputs) -> BTreeMap<String, Vec<String>> {
    let pages = outputs.iter().filter(|(path, _)| path.ends_with(".html"));
    let ids = |html: &str| -> Vec<String> {
        let all = elements(html);
        let ids = all.iter().filter_map(|it| it.attribute("id"));
        ids.map(str::to_owned).collect()
    };
    pages
        .map(|(path, html)| {
            let html = std::str::from_utf8(html).expect("a page is UTF-8");
            (path.to_owned(), ids(html))
        })
        .collect()
}

fn assert_unique(outputs: &Outputs) {
    for (page, ids) in anchors(outputs) {
        let unique: BTreeSet<_> = ids.iter().collect();
        let twice: Vec<_> = unique
            .iter()
            .filter(|id| ids.iter().filter(|it| it == *id).count() > 1)
            .collect();
        assert!(twice.is_empty(), "{page} has {twice:?} twice");
    }
}

/// Every anchor of every page of the book without headings, and words that are none.
static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let built = book("Text.[^n] More.[^m]\n\n[^n]: A note.\n\n[^m]: Another.\n").build();
    let mut words: Vec<_> = anchors(&built.outputs).into_values().flatten().collect();
    let more = [
        "",
        "*",
        "-",
        "#",
        "section",
        "section 2",
        "A b",
        "a-b",
        "É ö",
        "t1 n1",
        "map",
        "edge 7",
        "flow 12",
        "m important",
        "Ünï",
        "a:b",
        "100%",
        "<b>",
        "\"",
        "x`y`",
        "ACME-01.1",
        "a-01.1",
        "main-2",
        "2",
        "ransomware",
        "example",
    ];
    words.extend(more.map(str::to_owned));
    words.sort();
    words.dedup();
    words
});

fn heading() -> impl Strategy<Value = String> {
    let word = || select(&WORDS[..]);
    let level = 2..5_usize;
    (level, word(), prop::option::of(word())).prop_map(|(level, word, asks)| {
        // As its words make it, or as it asks for it.
        let words: String = word
            .chars()
            .map(|c| if c == '-' { ' ' } else { c })
            .collect();
        let asks = asks.filter(|it| !it.is_empty() && !it.contains(['}', ' ', '{']));
        let asks = asks.map_or_else(String::new, |it| format!(" {{#{it}}}"));
        format!("{} {words}{asks}\n\nText.\n\n", "#".repeat(level))
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 4,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn headings_are_unique_on_every_page(headings in prop::collection::vec(heading(), 20..60)) {
        let text = headings.concat() + "Text.[^n]\n\n[^n]: A note.\n";
        let built = book(&text).build();
        for it in &built.book.diagnostics {
            prop_assert!(["duplicate-anchor", "raw-html"].contains(&it.rule.code), "{it:?}");
        }
        assert_unique(&built.outputs);
        site::links_resolve(&built.outputs);
    }

    #[test]
    fn a_link_is_a_mistake_where_its_page_has_no_such_anchor(
        headings in prop::collection::vec(heading(), 0..6),
        links in prop::collection::vec((0..5_usize, 0..5_usize, select(&WORDS[..])), 20..60),
    ) {
        let text = headings.concat() + "[^n]: A note.\n\nText.[^n]\n\n";
        let without = book(&text).build();
        let pages = anchors(&without.outputs);
        let mut expected = BTreeSet::new();
        let mut texts = [const { String::new() }; 5];
        for (number, (from, to, word)) in links.iter().enumerate() {
            let encoded = percent_encoding::utf8_percent_encode(word, percent_encoding::NON_ALPHANUMERIC);
            let path = if from == to { String::new() } else { format!("/{}", FILES[*to].0) };
            let path = path.replace("/content/", if *from == 1 { "" } else if *from == 4 { "../../" } else { "../" });
            texts[*from] += &format!("[link{number}]({path}#{encoded}) ");
            if !pages[FILES[*to].2].contains(word) {
                expected.insert(number);
            }
        }
        let linked = FILES.iter().zip(texts).fold(book(&text), |book, ((path, ..), links)| {
            let whole = format!("{}{links}\n", book.text(path));
            book.with(path, &whole)
        });
        let built = linked.build();
        let dead = built.book.diagnostics.iter().filter(|it| it.rule.code == "unknown-anchor");
        let dead: BTreeSet<usize> = dead
            .map(|it| {
                let span = it.span.expect("it has a place");
                let text = &linked.text(&it.path)[span.start + "[link".len()..];
                text.split(']').next().and_then(|it| it.parse().ok()).expect("a link has its number")
            })
            .collect();
        prop_assert_eq!(dead, expected, "{}", linked.report());
    }
}

#[test]
fn a_heading_takes_no_anchor_of_its_page() {
    let text = "## By task\n\na\n\n## Duty cap\n\nb\n\n## Practices\n\nc\n\n## Site\n\nd\n\n## Flow 1\n\ne\n\n## Map example\n\nf\n\n## Notes\n\ng\n";
    let built = book(text).build();
    assert_eq!(built.book.diagnostics, []);
    let pages = anchors(&built.outputs);
    for (page, ids) in [
        (
            "index.html",
            [
                "by-task-2",
                "duty-cap",
                "practices",
                "site-2",
                "flow-1",
                "map-example",
                "notes",
            ],
        ),
        (
            "measures/ACME-01.html",
            [
                "by-task",
                "duty-cap-2",
                "practices-2",
                "site-2",
                "flow-1",
                "map-example-2",
                "notes",
            ],
        ),
        (
            "use-cases/web-shop.html",
            [
                "by-task",
                "duty-cap",
                "practices",
                "site-2",
                "flow-1-2",
                "map-example",
                "notes",
            ],
        ),
    ] {
        for id in ids {
            assert!(pages[page].contains(&id.to_owned()), "{page} {id}");
        }
    }
    // Contents and search lead to the same.
    site::links_resolve(&built.outputs);
}

#[test]
fn a_link_to_a_templates_anchor_is_good_where_the_page_shows_it() {
    let link = |target: &str| {
        Book::starter().with(
            "content/guide/case.md",
            &format!("---\ntitle: A case\nsummary: What it is.\n---\n\n[x]({target})\n"),
        )
    };
    for target in [
        "../measures/ACME-01.yaml#practices",
        "../measures/ACME-01.md#map-example",
        "../measures/ACME-01.yaml#ACME-01.2",
        "../use-cases/web-shop.md#risk",
        "../use-cases/web-shop.yaml#flow-1",
        "../index.md#by-task",
        "../threats.yaml#ransomware",
        "../glossary.yaml#recovery-point",
        "../frameworks/example/A.yaml#A-01.1",
        "../frameworks/example/framework.yaml#tops",
        "about.md#cite",
    ] {
        let book = link(target);
        let built = book.build();
        // The nodes below A-01 stand on its page, not on that of A.
        let known = !target.contains("A.yaml#A-01.1");
        assert_eq!(
            built.book.diagnostics.is_empty(),
            known,
            "{target}\n{}",
            book.report()
        );
        if known {
            site::links_resolve(&built.outputs);
        }
    }
    for target in [
        "../measures/ACME-01.yaml#gdpr",
        "../measures/ACME-01.yaml#notes",
        "../measures/ACME-01.yaml#flow",
        "../use-cases/web-shop.yaml#practices",
        "../use-cases/web-shop.yaml#flow-99",
        "../threats.yaml#nothing",
        "about.md#errata",
        "#figures",
    ] {
        let report = link(target).report();
        assert!(
            report.contains("error[unknown-anchor]") && report.lines().count() == 1,
            "{target}\n{report}"
        );
    }
    // A template's anchor goes when what it heads goes.
    let tasks = "tasks:\n  - { title: One, text: Do., to: guide/about.md }\n";
    let home = |tasks: &str| {
        link("../index.md#by-task").with(
            "content/index.md",
            &format!("---\ntitle: Home\nsummary: What it is.\n{tasks}---\n"),
        )
    };
    home(tasks).reports("");
    assert!(home("").report().contains("unknown-anchor"));
    // A text that several pages show.
    let report = Book::starter()
        .change("content/threats.yaml", "A disk,", "A disk [x](#practices),")
        .report();
    assert!(report.contains("error[unknown-anchor]"), "{report}");
}

#[test]
fn the_anchors_of_a_books_own_templates_count() {
    let own = "{% extends \"built-in/page.html\" %}{% block content %}<p id=\"prices\">{{ frame.title }}</p>\
               {% if summary %}<p id=\"known\"></p>{% else %}<p id=\"absent\"></p>{% endif %}{{ body }}{% endblock content %}";
    let book = |text: &str| {
        Book::starter().with("theme/templates/page.html", own).with(
            "content/guide/case.md",
            &format!("---\ntitle: A case\nsummary: What it is.\n---\n\n{text}\n"),
        )
    };
    let sound = book(
        "[a](#prices) [b](#known) [c](#prices-2)\n\n## Prices\n\nText.\n\n## Figures\n\nText.",
    );
    let built = sound.build();
    assert_eq!(built.book.diagnostics, [], "{}", sound.report());
    assert_unique(&built.outputs);
    assert!(book("[a](#absent)").report().contains("unknown-anchor"));
    assert!(
        book("## A {#prices}\n\nText.")
            .report()
            .contains("error[duplicate-anchor]")
    );
    // What a template puts together out of anything is seen on the page.
    let loose = own.replace("id=\"prices\"", "id=\"{{ frame.heading | lower }}\"");
    let twice = book("## Case\n\nText.")
        .with("theme/templates/page.html", &loose)
        .change("content/guide/case.md", "title: A case", "title: case");
    let found = twice.build().book.diagnostics;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (found[0].rule.code, &*found[0].message),
        (
            "duplicate-anchor",
            "the page `guide/case.html` has the anchor `case` twice"
        )
    );
}

#[test]
fn html_in_texts_is_proven_too() {
    let book = |text: &str| {
        let toml = Book::starter()
            .text("book.toml")
            .replace("[markdown]", "[markdown]\nraw-html = true");
        Book::starter().with("book.toml", &toml).with(
            "content/guide/case.md",
            &format!("---\ntitle: A case\nsummary: What it is.\n---\n\n{text}\n"),
        )
    };
    let sound = book("<a id=\"here\"></a>Text. [x](#here)\n\n## Here\n\nText.");
    let built = sound.build();
    assert_eq!(built.book.diagnostics, [], "{}", sound.report());
    assert_unique(&built.outputs);
    site::links_resolve(&built.outputs);
    let twice = book("<a id=\"main\"></a>Text.").build().book.diagnostics;
    assert_eq!(twice[0].rule.code, "duplicate-anchor");
    assert_eq!(&*twice[0].path, "content/guide/case.md");
}

#[test]
fn the_printed_document_leads_to_what_it_has() {
    // What a chapter leaves out is led to at its beginning.
    let book = Book::starter().change(
        "content/guide/about.md",
        "Report a mistake",
        "See [a](../measures/ACME-01.md#cite), [b](../measures/ACME-01.md#main), [c](../use-cases/web-shop.md#risk). Report a mistake",
    );
    let built = book.build();
    assert_eq!(built.book.diagnostics, [], "{}", book.report());
    site::links_resolve(&built.outputs);
}
