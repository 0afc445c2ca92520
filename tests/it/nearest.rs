//! Suggestions of diagnostics: the nearest valid value, in the right place.

use controlbook::diagnostic::Diagnostic;

use crate::book::Book;

const MEASURE: &str = "content/measures/ACME-01.yaml";
const MAPPINGS: &str = "content/mappings/example/ACME-01.yaml";
const TREE: &str = "content/frameworks/example/A.yaml";
const FRAMEWORK: &str = "content/frameworks/example/framework.yaml";
const GUIDE: &str = "content/guide/about.md";

/// The one mistake of a book.
#[track_caller]
fn one(book: &Book) -> Diagnostic {
    let mut found = book.read().diagnostics;
    assert_eq!(found.len(), 1, "{}", book.report());
    found.remove(0)
}

/// The text that a mistake marks.
fn marked(book: &Book, it: &Diagnostic) -> String {
    let span = it.span.expect("it has a place");
    book.text(&it.path)[span.start..span.end].to_owned()
}

/// The starter book with the second practice of its measure mapped to something else.
fn mapped_to(id: &str) -> Book {
    Book::starter().change(MAPPINGS, "to: A-01.2", &format!("to: \"{id}\""))
}

#[test]
fn an_id_in_another_spelling_is_suggested_before_any_other() {
    for wrong in [
        "a-01.2",
        "A 01.2",
        "A‑01.2",
        "A–01–2",
        "A_01_2",
        "A.01.2",
        "A-01-2",
        "A-1.2",
        "A-01.02",
        "A-001(2)",
    ] {
        let it = one(&mapped_to(wrong));
        assert_eq!(
            it.help,
            ["did you mean `A-01.2`, Tested restore?"],
            "{wrong}"
        );
    }
}

#[test]
fn another_number_or_series_is_never_suggested() {
    for (wrong, help) in [
        ("A-01.3", "`A-01` has `A-01.1` and `A-01.2`"),
        ("A-02.1", "`A` has `A-01`"),
        ("A-11", "`A` has `A-01`"),
        ("A-01.2.1", "nothing stands under `A-01.2`"),
        ("B-01.2", "the ids that are known here begin with `A`"),
        ("7", "the ids that are known here begin with `A`"),
    ] {
        let it = one(&mapped_to(wrong));
        assert_eq!(it.help, [help], "{wrong}");
    }
    for (wrong, help) in [
        ("[[ACME-07.1]]", "there is only `ACME-01`"),
        ("[[ACME-01.9]]", "`ACME-01` has `ACME-01.1` to `ACME-01.3`"),
        ("[[acme 1.2]]", "did you mean `ACME-01.2`?"),
        ("[[ACNE-01.2]]", "did you mean `ACME-01.2`?"),
        ("[[Web Shop]]", "did you mean `web-shop`?"),
    ] {
        let book = Book::starter().change(
            "content/measures/ACME-01.md",
            "## How to do it\n",
            &format!("## How to do it\n\nSee {wrong}.\n"),
        );
        assert_eq!(one(&book).help, [help], "{wrong}");
    }
}

#[test]
fn an_empty_list_is_marked_and_not_the_id() {
    for (path, key, old, message) in [
        (
            MEASURE,
            "phases: [ ]",
            "phases: [plan, procure, operate, exit]",
            "`ACME-01` has no phase",
        ),
        (
            MEASURE,
            "models: []",
            "models: [paas, saas]",
            "`ACME-01.3` has no service model",
        ),
        (
            MEASURE,
            "phases: []",
            "phases: [procure, exit]",
            "`ACME-01.3` has no phase",
        ),
    ] {
        let book = Book::starter().change(path, old, key);
        let it = one(&book);
        assert_eq!(it.message, message);
        let list = key.split(": ").nth(1).expect("a list");
        assert_eq!(marked(&book, &it), list, "{key}");
    }
    let kinds = Book::starter()
        .text(FRAMEWORK)
        .split("kinds:")
        .nth(1)
        .expect("kinds")
        .split("cite:")
        .next()
        .expect("cite")
        .to_owned();
    let book = Book::starter().change(FRAMEWORK, &format!("kinds:{kinds}"), "kinds: []\n");
    let found = book.read().diagnostics;
    let it = found
        .iter()
        .find(|it| it.rule.code == "empty-list")
        .expect("it is reported");
    assert_eq!(marked(&book, it), "[]");

    let mapping = Book::starter()
        .text(MAPPINGS)
        .split("mappings:\n")
        .nth(1)
        .expect("mappings")
        .to_owned();
    let book = Book::starter().change(MAPPINGS, &format!("mappings:\n{mapping}"), "mappings: []\n");
    let it = one(&book);
    assert_eq!((it.rule.code, &*it.path), ("missing-mapping", MAPPINGS));
    assert_eq!(marked(&book, &it), "[]");

    let weights = Book::starter()
        .text(MEASURE)
        .split("use-cases:")
        .nth(1)
        .expect("use cases")
        .split("threats:")
        .next()
        .expect("threats")
        .to_owned();
    let book = Book::starter().change(MEASURE, &format!("use-cases:{weights}"), "use-cases: {}\n");
    let it = one(&book);
    assert_eq!(it.rule.code, "missing-relevance");
    assert_eq!(marked(&book, &it), "{}");
}

#[test]
fn an_empty_text_is_marked_and_not_the_id() {
    let reason = "because: Regular copies are common to both. The practice adds an alarm, the requirement adds that copies are kept apart.";
    let book = Book::starter().change(MAPPINGS, reason, "because: \"\"");
    let it = one(&book);
    assert_eq!(
        (it.rule.code, marked(&book, &it)),
        ("missing-reason", "\"\"".to_owned())
    );
    assert_eq!(
        it.help,
        ["write a sentence that fits this pair and no other"]
    );

    let book = Book::starter().change(MAPPINGS, &format!("    {reason}\n"), "");
    let it = one(&book);
    assert_eq!(marked(&book, &it), "A-01.1", "the key is absent");

    let summary = "summary: The provider copies customer data at regular intervals and keeps the copies apart from the original.";
    let book = Book::starter().change(TREE, summary, "summary: ''");
    let it = one(&book);
    assert_eq!(
        (it.rule.code, marked(&book, &it)),
        ("missing-summary", "''".to_owned())
    );
}

#[test]
fn pages_with_one_route_are_both_named() {
    let tree = "id: A\ntitle: Continuity\nnodes:\n  - { id: A-01, title: One }\n  - { id: A(01), title: Two }\n";
    let book =
        Book::starter()
            .with(TREE, tree)
            .with(MAPPINGS, "")
            .change(GUIDE, "EXB A-01.2", "EXB A-01");
    let found = book.read().diagnostics;
    let found: Vec<_> = found
        .iter()
        .filter(|it| it.rule.code == "duplicate-route")
        .collect();
    assert_eq!(found.len(), 1, "{}", book.report());
    let it = found[0];
    assert_eq!(
        it.message,
        "the control `A(01)` and the control `A-01` would be written to one file, `frameworks/example/A-01.html`"
    );
    assert_eq!(marked(&book, it), "A(01)");
    let first = &it.related[0].place;
    assert_eq!(
        &book.text(&first.path)[first.span.start..first.span.end],
        "A-01"
    );

    let other = tree
        .replace("A-01, title: One", "A(01), title: One")
        .replacen("A(01), title: Two", "A-01, title: Two", 1);
    let book = book.with(TREE, &other);
    let found = book.read().diagnostics;
    let it = found
        .iter()
        .find(|it| it.rule.code == "duplicate-route")
        .expect("it is reported");
    assert_eq!(marked(&book, it), "A-01");
    assert!(it.message.contains("`A(01)`"), "{}", it.message);

    let page = "---\ntitle: T\nsummary: S.\n---\n\nWords.\n";
    let book = Book::starter().with("content/guide/About.md", page);
    let it = one(&book);
    assert!(
        it.message.contains("content/guide/About.md")
            && it.message.contains("content/guide/about.md"),
        "{}",
        it.message
    );
}

#[test]
fn dates_have_one_form() {
    for date in ["\"2026-01-05\"", "2026-01-05"] {
        let book =
            Book::starter().change("book.toml", "[book]\n", &format!("[book]\ndate = {date}\n"));
        let built = book.build();
        assert!(built.book.diagnostics.is_empty(), "{}", book.report());
        let home = built.outputs.get("index.html").expect("a home page");
        assert!(
            String::from_utf8_lossy(home).contains("datetime=\"2026-01-05\""),
            "{date}"
        );
    }
    for (date, help) in [
        ("\"20260105\"", "write it as `2026-01-05`"),
        ("\"2026-1-5\"", "write it as `2026-01-05`"),
        ("\"5.1.2026\"", "write it as `2026-01-05`"),
        ("2026-01-05T10:00:00Z", "write it as `2026-01-05`"),
        ("2026-01-05 10:00:00", "write it as `2026-01-05`"),
        ("10:00:00", "write year, month and day: `2026-11-22`"),
        ("\"2026-02-30\"", "write year, month and day: `2026-11-22`"),
        ("\"\"", "write year, month and day: `2026-11-22`"),
    ] {
        let book =
            Book::starter().change("book.toml", "[book]\n", &format!("[book]\ndate = {date}\n"));
        let it = one(&book);
        assert_eq!((it.rule.code, &*it.help[0]), ("bad-value", help), "{date}");
        assert_eq!(marked(&book, &it), date);
    }
    let as_of = |date: &str| {
        Book::starter().change(
            FRAMEWORK,
            "as-of: \"2026-11-22\"",
            &format!("as-of: {date}"),
        )
    };
    as_of("2026-11-22").reports("");
    for date in [
        "20261122",
        "22.11.2026",
        "2026-11-31",
        "\"2026-11-22T00:00:00Z\"",
        "soon",
    ] {
        let book = as_of(date);
        assert_eq!(one(&book).rule.code, "bad-date", "{date}");
    }
    let book = Book::starter().change("book.toml", "version = \"0.1\"", "version = 2026-01-05");
    let it = one(&book);
    assert_eq!(it.message, "expected text, found a date without quotes");
    assert_eq!(it.help, ["put it in quotes"]);
}

#[test]
fn a_practice_has_its_measures_id() {
    let with = |id: &str| Book::starter().change(MEASURE, "id: ACME-01.3", &format!("id: {id}"));
    for id in ["ACME-01.4", "ACME-01.30"] {
        with(id).reports("");
    }
    for (id, free) in [
        ("FOO-99.7", 7),
        ("ACME-02.3", 3),
        ("ACME-02.1", 3),
        ("acme-01.3", 3),
        ("ACME-01.x", 3),
        ("ACME-01.", 3),
        ("ACME-01.3a", 3),
        ("ACME-01.3.1", 3),
        ("ACME-013", 3),
    ] {
        let book = with(id);
        let found = book.read().diagnostics;
        let it = found
            .iter()
            .find(|it| it.rule.code == "practice-id-differs");
        let it = it.unwrap_or_else(|| panic!("{id}: {}", book.report()));
        assert_eq!(marked(&book, it), id);
        assert_eq!(it.help, [format!("`ACME-01.{free}` is free")], "{id}");
    }
}

#[test]
fn a_link_to_an_absent_file_says_what_is_near() {
    for (path, help) in [
        (
            "foo.md",
            &[
                "paths are relative to the folder of the file that contains them",
                "in that folder: `about.md`",
            ][..],
        ),
        ("abuot.md", &["did you mean `about.md`?"]),
        ("guide/about.md", &["did you mean `about.md`?"]),
        (
            "ACME-01.yaml",
            &["did you mean `../measures/ACME-01.yaml`?"],
        ),
        (
            "../measures/acme-01.yaml",
            &["did you mean `../measures/ACME-01.yaml`?"],
        ),
        (
            "../measures/ACME-01.html",
            &["did you mean `../measures/ACME-01.md`?"],
        ),
        (
            "web_shop.yaml",
            &["did you mean `../use-cases/web-shop.yaml`?"],
        ),
    ] {
        let book = Book::starter().change(GUIDE, "\n---\n\n", &format!("\n---\n\n[y]({path})\n\n"));
        assert_eq!(one(&book).help, help, "{path}");
    }
    let book = Book::starter().change(
        GUIDE,
        "\n---\n\n",
        "\n---\n\n[y](../measures/ACME-07.yaml)\n\n",
    );
    assert!(
        one(&book)
            .help
            .iter()
            .all(|it| !it.contains("did you mean")),
        "another number"
    );
}

#[test]
fn a_mapping_starts_from_a_practice_of_its_measure() {
    let from =
        |id: &str| Book::starter().change(MAPPINGS, "from: ACME-01.2", &format!("from: {id}"));
    let it = one(&from("ACME-01"));
    assert_eq!(
        it.message,
        "a whole measure is possible in a supportive set only"
    );
    assert_eq!(
        it.help,
        ["name the practice on which the mapping rests: `ACME-01.1`, `ACME-01.2`, `ACME-01.3`"]
    );
    assert_eq!(one(&from("acme-1.2")).help, ["did you mean `ACME-01.2`?"]);
    assert_eq!(
        one(&from("ACME-01.9")).help,
        ["there are `ACME-01.1` to `ACME-01.3`"]
    );
}

#[test]
fn a_tab_is_told_in_front_matter_as_well() {
    for (matter, line) in [
        ("title: T\n\tsummary: S.\n", 3),
        ("title: T\nsummary: S.\naudience:\n\t- security\n", 5),
    ] {
        let book = Book::starter().with(
            "content/guide/more.md",
            &format!("---\n{matter}---\n\nWords.\n"),
        );
        let it = one(&book);
        assert_eq!(it.help, ["indent with blanks"]);
        assert_eq!(marked(&book, &it), "\t");
        assert!(
            book.report()
                .starts_with(&format!("content/guide/more.md:{line}:1:")),
            "{}",
            book.report()
        );
    }
}

/// The help of the one mistake of a book in which a file's words are others.
#[track_caller]
fn helps(path: &str, old: &str, new: &str) -> Vec<String> {
    one(&Book::starter().change(path, old, new)).help
}

#[test]
fn a_text_that_is_taken_for_something_else_is_told_to_stand_in_quotes() {
    let title = "title: Keep back-ups and practise the restore";
    for text in ["@x", "*x", "**Keep** it", "`x`", "%x"] {
        let help = helps(MEASURE, title, &format!("title: {text}"));
        assert!(help[0].contains("stands in quotes"), "{text}: {help:?}");
    }
    let open = helps(MEASURE, title, "title: [x");
    assert!(open[0].contains("is not closed"), "{open:?}");
    let bent = helps(MEASURE, "  iaas:\n", " iaas:\n");
    assert!(bent[0].contains("begin in one column"), "{bent:?}");
}

#[test]
fn a_tab_at_the_top_of_a_file_is_marked() {
    for (path, line) in [(MEASURE, "id: ACME-01\n"), (GUIDE, "title: About")] {
        let book = Book::starter().change(path, line, &format!("\t{line}"));
        let it = one(&book);
        assert_eq!(
            (marked(&book, &it), &*it.help[0]),
            ("\t".to_owned(), "indent with blanks")
        );
    }
}

#[test]
fn one_item_without_its_brackets_is_shown_with_them() {
    let phases = "phases: [plan, procure, operate, exit]";
    let bare = helps(MEASURE, phases, "phases: plan");
    assert_eq!(bare, ["a list stands in square brackets: `[plan]`"]);
    let toml = "authors = [\"ACME information security\"]";
    let bare = helps("book.toml", toml, "authors = \"ACME\"");
    assert_eq!(bare, ["a list stands in square brackets: `[\"ACME\"]`"]);
    let one = "# [[checks.except]]";
    let bare = helps(
        "book.toml",
        one,
        "[checks.except]\nrule = \"missing-mapping\"",
    );
    assert!(bare[0].contains("`[[…]]`"), "{bare:?}");
    assert_eq!(
        helps(GUIDE, "summary: ", "draft: yes\nsummary: "),
        ["write `true`"]
    );
}

#[test]
fn a_text_in_which_there_is_nothing_is_a_gap() {
    for (path, old, new) in [
        (
            MEASURE,
            "title: Keep back-ups and practise the restore",
            "title: \" \"",
        ),
        (
            MEASURE,
            "evidence: The clause in the contract.",
            "evidence: ''",
        ),
        (GUIDE, "title: About this catalogue", "title: \"\""),
    ] {
        let it = one(&Book::starter().change(path, old, new));
        assert_eq!((it.rule.code, &*it.path), ("missing-words", path));
    }
    Book::starter()
        .change(MEASURE, "threats: [data-loss, ransomware]", "threats: []")
        .reports("");
}

#[test]
fn a_folder_outside_the_book_is_one_mistake() {
    for src in ["/content", "../x", "./content", "."] {
        let it = one(&Book::starter().change(
            "book.toml",
            "src = \"content\"",
            &format!("src = \"{src}\""),
        ));
        assert_eq!(it.message, "this is no folder inside the book", "{src}");
    }
}

#[test]
fn an_address_of_book_toml_is_told_as_a_browser_takes_it() {
    let html = |line: &str| {
        helps(
            "book.toml",
            "[output.html]\n",
            &format!("[output.html]\n{line}\n"),
        )
    };
    assert_eq!(
        html("git-repository-url = \"git@git.example.org:acme/controls.git\""),
        ["write the address that a browser takes: `https://git.example.org/acme/controls`"]
    );
    for template in ["{pth}", "{path", "{path}/{branch}"] {
        let help = html(&format!("edit-url-template = \"https://x.org/{template}\""));
        assert_eq!(help, ["write `{path}` where the file's path belongs"]);
    }
    for (language, sound) in [
        ("english", false),
        ("e", false),
        ("gsw", true),
        ("x-acme", true),
        ("de-CH-1996", true),
    ] {
        let found = Book::starter()
            .change(
                "book.toml",
                "language = \"en-GB\"",
                &format!("language = \"{language}\""),
            )
            .read()
            .diagnostics;
        assert_eq!(found.is_empty(), sound, "{language}");
    }
}

#[test]
fn an_empty_guidance_is_told_at_its_own_file() {
    let path = "content/measures/ACME-01.md";
    let book = Book::starter().with(path, "\n\n");
    assert_eq!(&*one(&book).path, path);
    assert_eq!(&*one(&Book::starter().with(path, "")).path, MEASURE);
}
