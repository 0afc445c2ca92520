//! Records with a duplicate id: one diagnostic each, and nothing else.

use crate::book::Book;
use crate::site;

/// The starter book with two more measures, each with a mapping of its own, so that an index that is off by one shows.
fn three_measures() -> Book {
    let starter = Book::starter();
    let measure = starter.text("content/measures/ACME-01.yaml").to_owned();
    let guidance = starter.text("content/measures/ACME-01.md").to_owned();
    let mapping = starter
        .text("content/mappings/example/ACME-01.yaml")
        .to_owned();
    ["ACME-02", "ACME-03"]
        .into_iter()
        .fold(starter, |book, id| {
            let of = |text: &str| text.replace("ACME-01", id);
            book.with(&format!("content/measures/{id}.yaml"), &of(&measure))
                .with(&format!("content/measures/{id}.md"), &of(&guidance))
                .with(
                    &format!("content/mappings/example/{id}.yaml"),
                    &of(&mapping),
                )
        })
}

/// A copy of a file under another name.
fn copied(book: Book, from: &str, to: &str) -> Book {
    let text = book.text(from).to_owned();
    book.with(to, &text)
}

/// The codes of what is found, each as often as it is.
fn codes(book: &Book) -> Vec<&'static str> {
    let found = book.build().book.diagnostics;
    found.iter().map(|it| it.rule.code).collect()
}

#[test]
fn a_file_with_the_other_ending_is_the_same_record() {
    for (path, twin) in [
        ("measures/ACME-01.yaml", "measures/ACME-01.yml"),
        ("measures/ACME-03.yaml", "measures/ACME-03.yml"),
        ("use-cases/web-shop.yaml", "use-cases/web-shop.yml"),
        ("frameworks/example/A.yaml", "frameworks/example/A.yml"),
        (
            "frameworks/example/framework.yaml",
            "frameworks/example/framework.yml",
        ),
        ("mappings/example/set.yaml", "mappings/example/set.yml"),
        (
            "mappings/example/ACME-02.yaml",
            "mappings/example/ACME-02.yml",
        ),
    ] {
        let book = copied(
            three_measures(),
            &format!("content/{path}"),
            &format!("content/{twin}"),
        );
        assert_eq!(codes(&book), ["duplicate-id"], "{twin}\n{}", book.report());
    }
}

#[test]
fn entries_of_a_list_are_reported_one_by_one() {
    for (path, twin, count) in [
        ("threats.yaml", "threats.yml", 2),
        ("glossary.yaml", "glossary.yml", 3),
        ("measures/groups.yaml", "measures/groups.yml", 2),
    ] {
        let book = copied(
            three_measures(),
            &format!("content/{path}"),
            &format!("content/{twin}"),
        );
        assert_eq!(
            codes(&book),
            vec!["duplicate-id"; count],
            "{}",
            book.report()
        );
    }
}

#[test]
fn a_book_may_use_either_ending() {
    let book = three_measures();
    let paths = book.paths();
    let book = paths
        .iter()
        .filter(|it| it.ends_with(".yaml"))
        .fold(book, |book, path| {
            let text = book.text(path).to_owned();
            let other = path.replace(".yaml", ".yml");
            book.with(path, "").with(&other, &text)
        });
    let index = book.text("content/index.md").replace(".yaml", ".yml");
    let book = book.with("content/index.md", &index).change(
        "book.toml",
        "[output.html]",
        "[output.html]\nedit-url-template = \"https://example.org/edit/{path}\"",
    );
    let built = book.build();
    assert_eq!(built.book.diagnostics, []);
    site::links_resolve(&built.outputs);
    for page in ["threats.html", "glossary.html", "measures/ACME-01.html"] {
        let html = String::from_utf8_lossy(built.outputs.get(page).expect("it is made"));
        assert!(
            html.contains(".yml\""),
            "{page} has an edit link to its file"
        );
    }
    let without = book.with("content/mappings/example/ACME-02.yml", "");
    assert_eq!(
        without.read().diagnostics[0].help,
        ["write content/mappings/example/ACME-02.yaml"]
    );
}

#[test]
fn two_lists_of_threats_are_one() {
    let book = Book::starter()
        .with(
            "content/threats.yml",
            "- id: flood\n  title: Flood\n  group: System failure\n  text: Water stands in the cellar.\n",
        )
        .change("content/measures/ACME-01.yaml", "[data-loss, ransomware]", "[flood]");
    let built = book.build();
    assert_eq!(built.book.diagnostics, []);
    let catalogue = &built.book.catalogue;
    let threat = catalogue.threat(catalogue.measures[0].threats[0]);
    assert_eq!(threat.title, "Flood");
}

#[test]
fn the_second_bearer_of_an_id_is_left_out() {
    // A practice of another measure.
    three_measures()
        .change(
            "content/measures/ACME-02.yaml",
            "  - id: ACME-02.3",
            "  - id: ACME-01.2",
        )
        .reports(
            "content/measures/ACME-02.yaml:30:9: error[duplicate-id]: the id `ACME-01.2` is taken",
        );
    // A practice of the same measure, in other capitals.
    let book = three_measures()
        .change(
            "content/measures/ACME-01.yaml",
            "  - id: ACME-01.2",
            "  - id: acme-01.1",
        )
        .change(
            "content/mappings/example/ACME-01.yaml",
            "from: ACME-01.2",
            "from: ACME-01.1",
        );
    assert_eq!(codes(&book), ["duplicate-id"], "{}", book.report());
    // A node, with one under it that only it declares and a mapping is to.
    let node = "      - id: A-01.2\n        level: high";
    let book = three_measures().change(
        "content/frameworks/example/A.yaml",
        node,
        "  - id: A-01\n    title: Restore\n    summary: It is tried.\n    nodes:\n      - id: A-01.2\n        level: high",
    );
    assert_eq!(codes(&book), ["duplicate-id"], "{}", book.report());
    // A measure with a practice that only it declares and a mapping starts from.
    let book = copied(
        three_measures(),
        "content/measures/ACME-01.yaml",
        "content/measures/ACME-01.yml",
    )
    .change(
        "content/measures/ACME-01.yml",
        "  - id: ACME-01.3",
        "  - id: ACME-01.9",
    )
    .change(
        "content/mappings/example/ACME-01.yaml",
        "from: ACME-01.2",
        "from: ACME-01.9",
    )
    .change(
        "content/guide/about.md",
        "## How mappings",
        "See [[ACME-01.9]].\n\n## How mappings",
    );
    assert_eq!(codes(&book), ["duplicate-id"], "{}", book.report());
    // A use case that has the id of a measure.
    let case = Book::starter()
        .text("content/use-cases/web-shop.yaml")
        .replace("id: web-shop", "id: acme-01");
    let book = Book::starter()
        .with("content/use-cases/acme-01.yaml", &case)
        .with("content/use-cases/acme-01.md", "## What it is\n\nA shop.\n");
    assert_eq!(codes(&book), ["duplicate-id"], "{}", book.report());
    // A framework in another folder.
    let starter = Book::starter();
    let framework = starter
        .text("content/frameworks/example/framework.yaml")
        .replace("id: example", "id: EXAMPLE");
    let tree = starter
        .text("content/frameworks/example/A.yaml")
        .replace("id: A", "id: B");
    let book = starter
        .with("content/frameworks/EXAMPLE/framework.yaml", &framework)
        .with("content/frameworks/EXAMPLE/B.yaml", &tree);
    assert_eq!(codes(&book), ["duplicate-id"], "{}", book.report());
}

#[test]
fn ids_count_anew_when_the_double_is_gone() {
    use controlbook::pipeline::{ParseCache, check};
    let mut cache = ParseCache::default();
    let sound = three_measures();
    let doubled = copied(
        sound.clone(),
        "content/measures/ACME-01.yaml",
        "content/measures/ACME-01.yml",
    );
    for (book, count) in [(&sound, 0), (&doubled, 1), (&sound, 0)] {
        assert_eq!(check(&book.sources, &mut cache).diagnostics.len(), count);
    }
}
