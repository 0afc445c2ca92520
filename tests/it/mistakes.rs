//! Many mistakes in one run, each with its position; the severities and exceptions of `book.toml`.

use crate::book::Book;

const BOOK: &str = "book.toml";
const GLOSSARY: &str = "content/glossary.yaml";
const GUIDANCE: &str = "content/measures/ACME-01.md";
const MAPPINGS: &str = "content/mappings/example/ACME-01.yaml";
const MEASURE: &str = "content/measures/ACME-01.yaml";

/// The starter book with ten mistakes in nine files.
fn ten() -> Book {
    Book::starter()
        .change(BOOK, "language = \"en-GB\"", "language = \"English (UK)\"")
        .change("content/index.md", "guide/about.md)", "guide/abuot.md)")
        .change("content/guide/about.md", "EXB A-01.2", "EXB A-01.3")
        .change(MEASURE, "group: recover", "group: recovr")
        .change(MEASURE, "data-loss, ransomware", "data-los, ransomware")
        .change(
            GUIDANCE,
            "## How to do it\n",
            "## In an hour\n\n## How to do it\n",
        )
        .change(
            "content/use-cases/web-shop.yaml",
            "impact: moderate",
            "impact: modrate",
        )
        .change(
            "content/frameworks/example/A.yaml",
            "level: high",
            "level: hihg",
        )
        .change(MAPPINGS, "to: A-01.1", "to: A-01")
        .change(GLOSSARY, "A copy of data that", "A copy of data<br>that")
}

#[test]
fn ten_mistakes_are_reported_in_one_run() {
    ten().reports(
        "book.toml:8:12: error[bad-value]: this is no language tag
         content/frameworks/example/A.yaml:16:16: error[unknown-level]: there is no level `hihg`
         content/glossary.yaml:5:23: error[raw-html]: raw HTML is not allowed here
         content/guide/about.md:12:242: error[unresolved-citation]: EXB has no `A-01.3`
         content/index.md:15:206: error[unknown-page]: there is no file `guide/abuot.md`
         content/mappings/example/ACME-01.yaml:6:9: error[not-mappable]: `A-01` is a control, and a control can’t be mapped
         content/measures/ACME-01.md:5:1: error[empty-section]: the section “In an hour” is empty
         content/measures/ACME-01.yaml:6:8: error[unknown-group]: there is no group of measures `recovr`
         content/measures/ACME-01.yaml:40:11: error[unknown-threat]: there is no threat `data-los`
         content/use-cases/web-shop.yaml:30:13: error[unknown-value]: `modrate` is not one of the words that are known here",
    );
}

#[test]
fn a_missing_reason_is_the_same_mistake_beside_a_quoted_number() {
    let reason = "    because: Regular copies are common to both. The practice adds an alarm, the requirement adds that copies are kept apart.\n";
    let doubt = "uncertain: A second reader may find that being present includes the report.";
    let book = Book::starter().change(MAPPINGS, reason, "");
    let [plain, quoted] = [
        book.clone(),
        book.change(MAPPINGS, doubt, "uncertain: \"10\""),
    ]
    .map(|book| book.read().diagnostics);
    assert_eq!(plain[0].rule.code, "missing-reason");
    assert_eq!(plain, quoted);
}

#[test]
fn the_first_help_is_the_nearest_right_answer() {
    let read = ten().read();
    let help = read
        .diagnostics
        .iter()
        .map(|it| it.help.first().map_or("", String::as_str));
    let expected = [
        "write a BCP 47 tag such as `en-GB` or `de`",
        "did you mean `high`?",
        "write Markdown; to allow HTML, set `raw-html = true` under `[markdown]` in `book.toml`",
        "`A-01` has `A-01.1` and `A-01.2`",
        "did you mean `guide/about.md`?",
        "below it are A-01.1, A-01.2",
        "write the section, or take its heading away",
        "did you mean `recover`?",
        "did you mean `data-loss`?",
        "did you mean `moderate`?",
    ];
    assert_eq!(help.collect::<Vec<_>>(), expected);
}

#[test]
fn all_mistakes_of_one_record_are_reported() {
    let record = "\
idd: web-shop
title: [Web shop]
summary: A shop.
mark: circle
models: saas
mark: square
";
    Book::starter().with("content/use-cases/web-shop.yaml", record).reports(
        "content/use-cases/web-shop.yaml:1:1: error[missing-key]: the key `id` is missing
         content/use-cases/web-shop.yaml:1:1: error[unknown-key]: there is no key `idd` here
         content/use-cases/web-shop.yaml:2:8: error[wrong-type]: expected text, found a list
         content/use-cases/web-shop.yaml:4:7: error[unknown-value]: `circle` is not one of the words that are known here
         content/use-cases/web-shop.yaml:5:9: error[wrong-type]: expected a list, found text
         content/use-cases/web-shop.yaml:6:1: error[duplicate-key]: the key `mark` stands twice in this map",
    );
}

#[test]
fn mistakes_in_a_text_are_marked_in_it() {
    let glossary = r#"
- term: back-up
  text: >
    One [[copy]]
    and another [[copie]].
- term: copie
  text: "é \"x\" [[kopi]]"
  see: [copy]
"#;
    Book::starter().with(GLOSSARY, glossary).reports(
        "content/glossary.yaml:4:9: error[unresolved-link]: there is no record or term `copy`
         content/glossary.yaml:7:18: error[unresolved-link]: there is no record or term `kopi`
         content/glossary.yaml:8:9: error[unknown-term]: there is no term `copy`",
    );
}

/// The starter book without guidance, under these settings.
fn silent(settings: &str) -> Book {
    Book::starter().with(GUIDANCE, "\n").with(BOOK, settings)
}

#[test]
fn a_rule_can_be_made_lighter_heavier_or_be_turned_off() {
    let stray = "content/notes.txt: warning[unreached-file]: nothing refers to this file\n";
    for (level, line) in [
        ("off", ""),
        (
            "warning",
            "content/measures/ACME-01.md:1:1: warning[missing-guidance]: `ACME-01` has no guidance\n",
        ),
        (
            "error",
            "content/measures/ACME-01.md:1:1: error[missing-guidance]: `ACME-01` has no guidance\n",
        ),
    ] {
        let settings = format!("[checks.severity]\nmissing-guidance = \"{level}\"\n");
        let book = silent(&settings).with("content/notes.txt", "Ask about keys.\n");
        book.reports(&format!("{line}{stray}"));
        assert_eq!(book.read().failed(), level == "error");
    }
}

#[test]
fn a_severity_names_a_rule_and_a_known_weight() {
    let settings = "[checks.severity]\nmissing-guidence = \"off\"\n";
    let book = Book::starter().with(BOOK, settings);
    book.reports("book.toml:2:20: error[bad-value]: there is no rule `missing-guidence`");
    assert_eq!(
        book.read().diagnostics[0].help,
        ["did you mean `missing-guidance`?"]
    );

    let settings = "[checks.severity]\nmissing-guidance = \"of\"\n";
    Book::starter().with(BOOK, settings).reports(
        "book.toml:2:20: error[unknown-value]: `of` is not one of the words that are known here",
    );
}

#[test]
fn an_exception_takes_its_record_out() {
    let settings = "\
[[checks.except]]
rule = \"missing-guidance\"
of = [\"ACME-01\"]
reason = \"It is being written.\"
until = \"2027-03-31\"
";
    silent(settings).reports("");
    Book::starter().with(BOOK, settings).reports(
        "book.toml:3:7: warning[unused-exception]: the exception of `ACME-01` from `missing-guidance` is not needed",
    );
}

#[test]
fn an_exception_says_why_until_when_and_from_what() {
    let settings = "\
[[checks.except]]
rule = \"missing-guidance\"
of = [\"ACME-01\"]
until = \"soon\"

[[checks.except]]
rule = \"missing-guidence\"
of = [\"ACME-01\"]
reason = \"It is being written.\"
";
    silent(settings).reports(
        "book.toml:1:1: error[bad-value]: the exception has no reason
         book.toml:4:9: error[bad-value]: `soon` is no date
         book.toml:7:8: error[bad-value]: there is no rule `missing-guidence`",
    );
}

#[test]
fn a_book_below_its_least_counts_is_refused() {
    let least = "[checks.at-least]\nmeasures = 17\nmappings = 2\nrequirements = 3\n";
    let book = Book::starter().with(BOOK, least);
    book.reports(
        "book.toml:2:12: error[too-few]: the book has 1 of at least 17 measures
         book.toml:4:16: error[too-few]: the book has 2 of at least 3 requirements",
    );

    let broken = book.with("content/threats.yaml", "[\n");
    broken.reports("content/threats.yaml:1:1: error[invalid-yaml]: this is not valid YAML: unclosed bracket '['");

    let lenient = format!("{least}[checks.severity]\ninvalid-yaml = \"warning\"\n");
    assert!(
        broken.with(BOOK, &lenient).read().failed(),
        "a lighter rule opens no way round the counts"
    );
}

#[test]
fn a_page_that_is_made_is_linked_by_its_route() {
    let link = |route: &str| {
        Book::starter().change(
            GUIDANCE,
            "## How to do it\n",
            &format!("## How to do it\n\nSee [[site:{route}]].\n"),
        )
    };
    let built = link("coverage/example").build();
    assert!(built.book.diagnostics.is_empty());
    let page = built
        .outputs
        .get("measures/ACME-01.html")
        .expect("the page");
    let html = String::from_utf8_lossy(page);
    assert!(
        html.contains("See <a href=\"../coverage/example.html\">example</a>."),
        "{html}"
    );
    let wrong = link("coverage/exampel");
    assert!(
        wrong
            .report()
            .contains("error[unresolved-link]: there is no record or term `coverage/exampel`")
    );
    let help = &wrong.read().diagnostics[0].help;
    assert!(help[0].contains("coverage/example"), "{help:?}");
    // While a file is lost, what it makes is not missed as well.
    let lost = wrong.change("content/use-cases/web-shop.yaml", "id: web-shop", "id: [");
    assert!(!lost.report().contains("unresolved-link"));
}
