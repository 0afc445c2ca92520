//! Natural order: what has no `order:` stands by its id, `2` before `10`, on pages, in data and in the search.

use controlbook::pipeline::Built;

use crate::book::Book;

const GROUPS: &str = "- { id: all, title: All }\n";

/// A measure with one practice, mapped nowhere.
fn measure(id: &str) -> String {
    format!(
        "id: {id}\ntitle: Zebra {id}\nsummary: S.\ngroup: all\nresponsibility: provider\nkind: technical\nphases: [operate]\n\
         practices:\n  - {{ id: {id}.1, text: Done., by: provider, evidence: A log. }}\n\
         use-cases: {{ case-1: {{ relevance: essential, because: It weighs. }} }}\n"
    )
}

fn top(id: &str) -> String {
    format!(
        "id: \"{id}\"\ntitle: Top\nnodes:\n  - id: \"{id}.1\"\n    title: Control\n    nodes:\n      - {{ id: \"{id}.1.1\", summary: S. }}\n"
    )
}

/// A book whose files stand in another order than their ids.
fn book() -> Book {
    let mut book = Book::starter();
    for path in book.paths() {
        if path != "book.toml" {
            book = book.with(&path, "");
        }
    }
    book = book
        .with("content/index.md", "---\ntitle: Home\nsummary: S.\n---\n\nWords.\n")
        .with("content/measures/groups.yaml", GROUPS)
        .with(
            "content/frameworks/f/framework.yaml",
            "id: f\nname: F\ntitle: Framework\nversion: \"1\"\nlevels: [low]\nkinds:\n  - { name: top, page: true }\n  \
             - { name: control, page: true }\n  - { name: requirement, mappable: true }\n",
        )
        .with(
            "content/mappings/f/set.yaml",
            "framework: f\nversion: \"1\"\nstyle: set-theory\nrationale: semantic\nmethod: human\n",
        )
        .with(
            "content/glossary.yaml",
            "- { term: zone 10, text: Ten. }\n- { term: zone 2, text: Two. }\n- { term: Äther, text: Air. }\n- { term: bin, text: Bins. }\n",
        );
    for number in [1, 2, 10, 20] {
        let id = format!("M-{number}");
        book = book
            .with(&format!("content/measures/{id}.yaml"), &measure(&id))
            .with(
                &format!("content/mappings/f/{id}.yaml"),
                &format!("measure: {id}\nmappings:\n  - {{ from: {id}.1, to: \"2.1.1\", relation: equal, because: The same. }}\n"),
            )
            .with(
                &format!("content/use-cases/case-{number}.yaml"),
                &format!("id: case-{number}\ntitle: Case {number}\nsummary: S.\nmark: square\n"),
            )
            .with(
                &format!("content/guide/part-{number}.md"),
                &format!("---\ntitle: Part {number}\nsummary: S.\n---\n\nWords.\n"),
            );
    }
    for id in ["1", "2", "10", "18", "9bis"] {
        book = book.with(&format!("content/frameworks/f/{id}.yaml"), &top(id));
    }
    book
}

fn text<'a>(built: &'a Built, name: &str) -> &'a str {
    let bytes = built
        .outputs
        .get(name)
        .unwrap_or_else(|| panic!("{name} is there"));
    std::str::from_utf8(bytes).expect("it is text")
}

/// Asserts that texts stand in a file in this order, each by its first place behind the one before.
#[track_caller]
fn stand_in_order(text: &str, wanted: &[&str]) {
    let mut from = 0;
    for it in wanted {
        let at = text[from..].find(it);
        from += at.unwrap_or_else(|| panic!("`{it}` stands behind those before it:\n{text}"));
    }
    for pair in wanted.windows(2) {
        let (first, second) = (text.find(pair[0]), text.find(pair[1]));
        assert!(first < second, "{pair:?}");
    }
}

#[test]
fn pages_list_ids_as_readers_count() {
    let built = book().build();
    let measures = ["M-1<", "M-2<", "M-10<", "M-20<"];
    stand_in_order(text(&built, "measures.html"), &measures);
    stand_in_order(text(&built, "matrix/f.html"), &measures);
    stand_in_order(
        text(&built, "checklists/case-1-provider.html"),
        &["M-1.1<", "M-2.1<", "M-10.1<", "M-20.1<"],
    );
    stand_in_order(
        text(&built, "use-cases.html"),
        &["Case 1<", "Case 2<", "Case 10<", "Case 20<"],
    );
    stand_in_order(
        text(&built, "frameworks/f.html"),
        &["1.html", "2.html", "9bis.html", "10.html", "18.html"],
    );
    stand_in_order(
        text(&built, "coverage/f.html"),
        &[
            "f/1.html",
            "f/2.html",
            "f/9bis.html",
            "f/10.html",
            "f/18.html",
        ],
    );
    stand_in_order(
        text(&built, "guide.html"),
        &["Part 1<", "Part 2<", "Part 10<", "Part 20<"],
    );
    stand_in_order(
        text(&built, "glossary.html"),
        &["Air.", "Bins.", "Two.", "Ten."],
    );
    // A measure's neighbours, and those that answer a requirement.
    stand_in_order(
        text(&built, "measures/M-2.html"),
        &["Previous", "M-1<", "Next", "M-10<"],
    );
    stand_in_order(
        text(&built, "frameworks/f/2.1.html"),
        &["M-1.1<", "M-2.1<", "M-10.1<", "M-20.1<"],
    );
}

#[test]
fn data_and_search_list_ids_as_readers_count() {
    let built = book().build();
    let ids = ["\"M-1\"", "\"M-2\"", "\"M-10\"", "\"M-20\""];
    stand_in_order(text(&built, "data/catalogue.json"), &ids);
    let rows = ["\nM-1,", "\nM-2,", "\nM-10,", "\nM-20,"];
    stand_in_order(text(&built, "data/measures.csv"), &rows);
    let mapped = ["M-1.1,", "M-2.1,", "M-10.1,", "M-20.1,"];
    stand_in_order(text(&built, "data/mappings.csv"), &mapped);
    // Records of equal worth are shown in the order of their numbers.
    let heads: String = built
        .outputs
        .iter()
        .filter(|(name, _)| name.starts_with("search/"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    stand_in_order(
        &heads,
        &[
            "\"Zebra M-1\"",
            "\"Zebra M-2\"",
            "\"Zebra M-10\"",
            "\"Zebra M-20\"",
        ],
    );
}

#[test]
fn an_order_that_is_written_comes_first() {
    let book = book()
        .change(
            "content/measures/M-20.yaml",
            "group: all",
            "group: all\norder: -1",
        )
        .change(
            "content/use-cases/case-10.yaml",
            "mark: square",
            "mark: square\norder: -1",
        )
        .change(
            "content/guide/part-20.md",
            "summary: S.",
            "summary: S.\norder: -1",
        );
    let built = book.build();
    stand_in_order(
        text(&built, "measures.html"),
        &["M-20<", "M-1<", "M-2<", "M-10<"],
    );
    stand_in_order(
        text(&built, "use-cases.html"),
        &["Case 10<", "Case 1<", "Case 2<", "Case 20<"],
    );
    stand_in_order(
        text(&built, "guide.html"),
        &["Part 20<", "Part 1<", "Part 2<", "Part 10<"],
    );
}

#[test]
fn each_mapping_stays_with_its_measure() {
    let book = book();
    assert!(
        !book.report().contains("missing-mapping"),
        "{}",
        book.report()
    );
    let built = book.build();
    for number in [1, 2, 10, 20] {
        let page = text(&built, &format!("measures/M-{number}.html")).to_owned();
        assert!(page.contains(&format!("M-{number}.1")), "{number}");
        assert!(page.contains("2.1.1"), "{number} is mapped");
    }
}

#[test]
fn mistakes_are_told_in_the_order_of_the_files() {
    let mut book = book();
    for number in [2, 10] {
        book = book.change(
            &format!("content/measures/M-{number}.yaml"),
            "group: all",
            "group: none",
        );
    }
    stand_in_order(&book.report(), &["M-2.yaml", "M-10.yaml"]);
}
