//! Drafts: in the preview, not in a build.

use controlbook::pipeline::{self, Drafts, Options, ParseCache, build};

use crate::book::Book;

const PAGE: &str = "content/guide/plan.md";

/// A book with a page and a measure that are drafts, full of gaps, and texts that lead to both.
fn book() -> Book {
    let measure = Book::starter()
        .text("content/measures/ACME-01.yaml")
        .to_owned();
    let draft = measure.replace("ACME-01", "ACME-02") + "draft: true\n";
    Book::starter()
        .with("content/measures/ACME-02.yaml", &draft)
        .with("content/measures/ACME-02.md", "## How\n\n… and ![a flow](flow.svg)\n")
        .with("content/measures/flow.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>")
        .with(
            "content/mappings/example/ACME-02.yaml",
            "measure: ACME-02\nmappings:\n  - { from: ACME-02.1, to: A-01.1, relation: equal, because: UNFINISHED }\n",
        )
        .with(
            PAGE,
            "---\ntitle: UNFINISHED\nsummary: \"… still to come\"\ndraft: true\nfooter: true\n---\n\n[x](nowhere.md)\n",
        )
        .with(
            "content/guide/case.md",
            "---\ntitle: Case\nsummary: A case.\n---\n\nSee [the plan](plan.md), [[ACME-02]], [[ACME-02.1|a practice]], \
             [one](../measures/ACME-02.yaml#practices), [two](../measures/ACME-02.md), [[site:guide/plan]] and ACME-02.1.\n",
        )
}

#[test]
fn a_build_leaves_drafts_out_and_links_to_them_are_words() {
    let book = book();
    book.reports("");
    let built = book.build();
    assert_eq!(built.book.catalogue.drafts.count, 2);
    let page = built.outputs.get("guide/case.html").expect("it is made");
    let page = String::from_utf8_lossy(page);
    assert!(
        page.contains("<p>See the plan, ACME-02, a practice, one, two, plan and ACME-02.1.</p>"),
        "{page}"
    );
    for (path, bytes) in built.outputs.iter() {
        let text = String::from_utf8_lossy(bytes);
        assert!(
            !text.contains("UNFINISHED") && !path.contains("ACME-02"),
            "{path}"
        );
        assert!(!text.contains("ACME-02.html"), "{path}");
    }
    assert!(built.outputs.get("guide/plan.html").is_none());
    let without = Book::starter().build();
    let count = |it: &pipeline::Built| {
        (
            it.book.catalogue.mappings.len(),
            it.book.catalogue.practices.len(),
        )
    };
    assert_eq!(count(&built), count(&without));
}

#[test]
fn the_preview_shows_drafts_with_a_mark_and_proves_them() {
    let book = book();
    let options = Options {
        drafts: Drafts::Shown,
        ..Options::default()
    };
    let built = build(&book.sources, &options, &mut ParseCache::default());
    let codes: Vec<_> = built
        .book
        .diagnostics
        .iter()
        .map(|it| it.rule.code)
        .collect();
    assert_eq!(
        codes,
        ["missing-words", "unknown-page", "missing-words"],
        "{codes:?}"
    );
    let page = |path: &str| {
        let bytes = built
            .outputs
            .get(path)
            .unwrap_or_else(|| panic!("{path} is made"));
        String::from_utf8_lossy(bytes).into_owned()
    };
    let mark = "<p class=\"draft\"><b>Draft.</b>";
    assert!(page("guide/plan.html").contains(mark));
    assert!(page("measures/ACME-02.html").contains(mark));
    assert!(!page("measures/ACME-01.html").contains(mark));
    assert!(page("guide.html").contains("<span class=\"draft\">Draft</span>"));
    assert!(page("measures.html").contains("<span class=\"draft\">Draft</span>"));
    assert!(page("guide/case.html").contains("href=\"plan.html\""));
}

#[test]
fn one_cache_serves_both() {
    let book = book();
    let mut cache = ParseCache::default();
    for drafts in [Drafts::Shown, Drafts::LeftOut, Drafts::Shown] {
        let options = Options {
            drafts,
            ..Options::default()
        };
        let snapshot = pipeline::load(&book.sources, &options, &mut cache);
        let page = snapshot.file("guide/plan.html").expect("no template fails");
        assert_eq!(page.is_some(), drafts == Drafts::Shown);
    }
    let book = book.change(PAGE, "draft: true", "draft: false");
    let snapshot = pipeline::load(&book.sources, &Options::default(), &mut cache);
    assert!(snapshot.book.failed(), "a page that is no draft is proven");
}

#[test]
fn settings_may_name_a_draft() {
    let book = book()
        .change(
            "book.toml",
            "[checks.severity]\n",
            "[[checks.except]]\nrule = \"missing-guidance\"\nof = [\"ACME-02\"]\nreason = \"Not yet.\"\n\n[[theme.footer]]\ntitle = \"Plan\"\nlink = \"guide/plan.md\"\n\n[checks.severity]\n",
        );
    book.reports("");
}

#[test]
fn only_pages_and_measures_can_be_drafts() {
    for (path, old, new) in [
        (
            "content/use-cases/web-shop.yaml",
            "\ntitle: ",
            "\ndraft: true\ntitle: ",
        ),
        ("content/index.md", "\ntitle: ", "\ndraft: true\ntitle: "),
    ] {
        let report = Book::starter().change(path, old, new).report();
        assert!(report.contains("error[unknown-key]"), "{report}");
    }
}

#[test]
fn a_link_to_what_was_a_draft_is_reported_once_it_is_gone() {
    let mut cache = ParseCache::default();
    let read = |book: &Book, cache: &mut ParseCache| {
        let snapshot = pipeline::load(&book.sources, &Options::default(), cache);
        snapshot.book.diagnostics.len()
    };
    let book = book();
    assert_eq!(read(&book, &mut cache), 0);
    let gone = book
        .with("content/measures/ACME-02.yaml", "")
        .with("content/measures/ACME-02.md", "")
        .with("content/measures/flow.svg", "")
        .with("content/mappings/example/ACME-02.yaml", "");
    assert!(read(&gone, &mut cache) >= 5);
}
