//! The manual's page on writing: each of its examples gives what the page says, and has a picture.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use controlbook::markdown::unsupported::ALL;

use crate::book::Book;

const PAGE: &str = include_str!("../../manual/writing.md");
const FIXTURES: [(&str, &[u8]); 2] = [
    (
        "content/guide/zones.svg",
        include_bytes!("../fixtures/writing/zones.svg"),
    ),
    (
        "content/guide/plan.pdf",
        include_bytes!("../fixtures/writing/plan.pdf"),
    ),
];

/// What the HTML of each example holds, by the name of its picture.
const PROMISED: [(&str, &[&str]); 13] = [
    (
        "emphasis",
        &[
            "<em>Emphasis</em>, <strong>strong words</strong>, <del>struck words</del>, <code>code</code>.<br",
        ],
    ),
    (
        "headings",
        &[
            "<h2 id=\"back-ups\">Back-ups</h2>",
            "<a href=\"#back-ups\">above</a>",
            "<h3 id=\"copies\">How many copies?</h3>",
        ],
    ),
    (
        "records",
        &[
            "<a class=\"id\" href=\"../measures/ACME-01.html\">ACME-01</a>",
            "<a class=\"id\" href=\"../measures/ACME-01.html#ACME-01.1\">ACME-01.1</a>",
            ">in words of your own</a>",
            ">A-01.2</a>",
            "<a href=\"../checklists.html\">checklists</a>",
        ],
    ),
    (
        "links",
        &[
            "<a href=\"about.html\">Another page</a>",
            "<a href=\"about.html#how-to-add-a-measure\">its heading</a>",
            "<a href=\"../measures/ACME-01.html\">a measure</a>",
            "plan.pdf\">a document</a>",
            "<a href=\"https://example.org/a\">https://example.org/a</a>.",
            "<a href=\"mailto:mail@example.org\">",
            "<a href=\"https://example.org/plan\" title=\"Words that the pointer shows\">By name</a>",
        ],
    ),
    (
        "picture",
        &[
            "<figure><img src=",
            "alt=\"Three zones, with a firewall between each two\" width=\"360\" height=\"90\"",
            "<figcaption>The zones of the shop</figcaption></figure>",
        ],
    ),
    (
        "lists",
        &[
            "<li>Two\n<ul>",
            "<ol start=\"3\">",
            "<b>Done:</b> Agreed",
            "<b>Open:</b> Still",
        ],
    ),
    ("definitions", &["Recovery point</a></dt>", "<dd>How long"]),
    (
        "tables",
        &[
            "<th scope=\"col\" class=\"num\">kept for</th>",
            "<td class=\"num\">14 days</td>",
            "<td class=\"c\"><a href=\"../measures/ACME-01.html\">no</a></td>",
        ],
    ),
    (
        "code",
        &[
            "hl-k\">retention</span>",
            "hl-c\"># days",
            "hl-s\">&quot;monthly",
        ],
    ),
    (
        "alerts",
        &[
            "<blockquote>",
            "<p class=\"label\">Note</p>",
            "<p class=\"label\">Warning</p>",
        ],
    ),
    (
        "footnotes",
        &[
            "Three are enough.<sup><a href=\"#t2-n1\" id=\"t2-r1-2\"",
            "<a href=\"#t2-r1-2\" aria-label=\"Back to note 1 in the text, place 2 of 2\">",
            "<a href=\"#t2-r2\" aria-label=\"Back to note 2 in the text\">",
        ],
    ),
    (
        "comments",
        &["<p>Copies are kept for 14 days. </p>\n<p>And tested.</p>"],
    ),
    ("lines", &["<hr", "*signs* that are words, © and an emoji"]),
];

/// The examples of the page with the name of the picture below each.
fn examples() -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut lines = PAGE.lines();
    let mut example = None;
    while let Some(line) = lines.next() {
        if let Some(fence) = line
            .strip_suffix("markdown")
            .filter(|it| it.starts_with("```"))
        {
            let body: Vec<_> = lines.by_ref().take_while(|it| *it != fence).collect();
            example = Some(body.join("\n") + "\n");
        } else if let Some((_, name)) = line.split_once("](pictures/") {
            let name = name.trim_end_matches(".png)").to_owned();
            out.push((
                name,
                example.take().expect("a picture stands below its example"),
            ));
        }
    }
    assert_eq!(example, None, "an example has no picture");
    out
}

fn book(example: &str) -> Book {
    let page = format!("---\ntitle: Example\nsummary: An example.\n---\n\n{example}");
    let book = Book::starter().with("content/guide/example.md", &page);
    let add = |book: Book, (path, bytes): &(&str, &[u8])| book.with_bytes(path, bytes);
    let used = FIXTURES.iter().filter(|(path, _)| {
        let name = path.rsplit('/').next().unwrap_or_default();
        example.contains(name)
    });
    used.fold(book, add)
}

#[test]
fn each_example_gives_what_the_page_says() {
    let examples = examples();
    let names = PROMISED.map(|(name, _)| name);
    let shown: Vec<_> = examples.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(shown, names);
    for ((name, example), (_, fragments)) in examples.iter().zip(&PROMISED) {
        let book = book(example);
        assert_eq!(book.report(), "", "{name}");
        let built = book.build();
        let page = built.outputs.get("guide/example.html").expect("it is made");
        let page = String::from_utf8_lossy(page);
        for fragment in *fragments {
            assert!(page.contains(fragment), "{name}: {fragment}\n{page}");
        }
        assert!(
            !page.contains("<!--") && !page.contains("nobody proves"),
            "{name}"
        );
    }
}

#[test]
fn each_example_has_a_small_picture_and_no_other_is_kept() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("manual/pictures");
    let kept = fs::read_dir(&folder).expect("it is there");
    let kept: BTreeSet<_> = kept
        .map(|it| {
            it.expect("readable")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    let names = examples()
        .into_iter()
        .map(|(name, _)| format!("{name}.png"));
    let names: BTreeSet<_> = names.collect();
    assert_eq!(kept, names, "run `node tests/browser/writing.mjs`");
    let mut total = 0;
    for name in names {
        let bytes = fs::read(folder.join(&name)).expect("readable");
        assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"), "{name}");
        total += bytes.len();
    }
    assert!(total < 400_000, "{total} bytes of pictures");
}

#[test]
fn what_is_not_supported_is_listed_and_reported() {
    for kind in ALL {
        let first = kind.example.lines().next().unwrap_or_default();
        assert!(PAGE.contains(&first.replace('|', "\\|")), "{first}");
        let report = book(&format!("{}\n", kind.example)).report();
        assert!(
            report.contains("warning[unsupported-markup]"),
            "{first}: {report}"
        );
    }
}
