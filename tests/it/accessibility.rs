//! The page on accessibility says what `book.toml` declares, and nothing more.

use crate::book::Book;

const FULL: &str = r#"
[accessibility]
organisation = "Hospital of Example & Sons"
law = "the Example Accessibility Act"
status = "partial"
standard = "EN 301 549 V3.2.1"
prepared = "2026-11-22"
reviewed = "2027-01-05"
method = "third-party"
assessment = "By Example Audits, with two screen readers."

[[accessibility.not-accessible]]
what = "The <b>scanned</b> plan."
because = "non-compliance"

[[accessibility.not-accessible]]
what = "The map."
because = "out-of-scope"

[accessibility.contact]
mail = "access@example.org"
phone = "+49 30 / 12 34"
address = "1 Example Street"
form = "https://example.org/form"

[accessibility.enforcement]
body = "The Example Ombudsman"
url = "https://ombudsman.example.org/"
"#;

fn with(more: &str) -> Book {
    let toml = Book::starter().text("book.toml").to_owned();
    Book::starter().with("book.toml", &format!("{toml}\n{more}"))
}

fn page(book: &Book) -> String {
    let built = book.build();
    let bytes = built.outputs.get("accessibility.html").expect("the page");
    std::str::from_utf8(bytes).expect("UTF-8").to_owned()
}

/// The text of the page's body, without tags.
fn body_text(html: &str) -> String {
    let main = html.split_once("<div class=\"body\">").expect("a body").1;
    let main = main.split_once("</main>").expect("its end").0;
    let mut words = String::new();
    let mut inside = false;
    for c in main.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => words.push(c),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn without_a_declaration_the_page_declares_nothing() {
    let html = page(&Book::starter());
    let words = body_text(&html);
    assert!(html.contains("has not made a statement"), "{html}");
    for said in [
        "has not declared how far this site conforms",
        "Screen readers and other browsers were not tried",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    for claim in [
        "This site conforms to",
        "was prepared on",
        "id=\"barriers\"",
        // A section that has nothing to say is not there, nor is a way to it.
        "preparation",
        "feedback",
        "enforcement",
        "whom to tell",
    ] {
        assert!(!html.contains(claim), "{claim}");
    }
}

#[test]
fn every_page_leads_to_it_from_its_foot() {
    let built = Book::starter().build();
    let mut pages = 0;
    for (path, bytes) in built.outputs.iter() {
        let path = path.to_string();
        if path.ends_with(".html") {
            pages += 1;
            let html = std::str::from_utf8(bytes).expect("UTF-8");
            let foot = html.split_once("<footer").expect("a foot").1;
            let up = "../".repeat(path.matches('/').count());
            let link = format!("href=\"{up}accessibility.html\"");
            assert!(foot.contains(&link), "{path}");
        }
    }
    assert!(pages > 10);
}

#[test]
fn what_is_declared_is_shown_and_escaped() {
    let book = with(FULL);
    assert_eq!(book.report(), "");
    let html = page(&book);
    let words = body_text(&html);
    for said in [
        "This site conforms to EN 301 549 V3.2.1 in part.",
        "It falls short of the standard The &lt;b&gt;scanned&lt;&#x2F;b&gt; plan.",
        "The law does not cover it The map.",
        "prepared on 22 November 2026 and last reviewed on 5 January 2027. A third party has",
        "By Example Audits, with two screen readers.",
        "by post: 1 Example Street",
        "turn to The Example Ombudsman.",
    ] {
        let plain = words.replace("&#x2F;", "/");
        assert!(
            plain.contains(&said.replace("&#x2F;", "/")),
            "{said}: {words}"
        );
    }
    assert!(html.contains("Hospital of Example &amp; Sons is committed"));
    assert!(html.contains("as the Example Accessibility Act asks"));
    for address in [
        "href=\"mailto:access@example.org\"",
        "href=\"tel:+49301234\"",
        "href=\"https://example.org/form\"",
        "href=\"https://ombudsman.example.org/\"",
    ] {
        let plain = html.replace("&#x2F;", "/");
        assert!(plain.contains(address), "{address}");
    }
    assert!(
        !words.contains("disproportionate"),
        "a reason without a barrier"
    );
}

#[test]
fn values_that_do_not_fit_are_reported_at_their_line() {
    let report = with(
        "[accessibility]\nstatus = \"full\"\nprepared = \"soon\"\n\
         [[accessibility.not-accessible]]\nwhat = \" \"\nbecause = \"non-compliance\"\n\
         [accessibility.contact]\nmail = \"nobody\"\nphone = \"call us\"\nform = \"example.org\"\n\
         [accessibility.enforcement]\nbody = \"It\"\nurl = \"example.org\"\n",
    )
    .report();
    let start = Book::starter().text("book.toml").lines().count() + 1;
    for (line, said) in [
        (2, "declared without `standard`"),
        (2, "declared without `method`"),
        (2, "full conformity is declared"),
        (3, "`soon` is no date"),
        (5, "nothing is named"),
        (8, "no mail address"),
        (9, "no telephone number"),
        (10, "no address on the web"),
        (13, "no address on the web"),
    ] {
        let at = format!("book.toml:{}:", start + line);
        let found = report
            .lines()
            .any(|it| it.starts_with(&at) && it.contains(said));
        assert!(found, "{at} {said}\n{report}");
    }
    let report = with("[accessibility]\nstatus = \"partial\"\nstandard = \"WCAG 2.2 AA\"\nprepared = \"2026-11-22\"\nmethod = \"self-assessment\"\n").report();
    assert!(
        report.contains("nothing is listed that falls short"),
        "{report}"
    );
    let report = with("[accessibility]\nstatus = \"partly\"\n").report();
    assert!(report.contains("partly"), "{report}");
    let report = with("[accessibility]\norganization = \"A\"\n").report();
    assert!(report.contains("unknown-key"), "{report}");
}

#[test]
fn links_of_the_foot_name_the_server_s_root_on_the_page_that_is_served_at_any_depth() {
    let book = Book::starter();
    let toml = book.text("book.toml").to_owned();
    let toml = if toml.contains("[output.html]") {
        toml.replace(
            "[output.html]",
            "[output.html]\nsite-url = \"https://example.org/a/\"",
        )
    } else {
        format!("{toml}\n[output.html]\nsite-url = \"https://example.org/a/\"\n")
    };
    let built = book.with("book.toml", &toml).build();
    let html = std::str::from_utf8(built.outputs.get("404.html").expect("the page"));
    let html = html.expect("UTF-8").replace("&#x2F;", "/");
    let foot = html.split_once("<footer").expect("a foot").1;
    for link in foot.split("href=\"").skip(1) {
        let link = link.split_once('"').expect("its end").0;
        let known = link.starts_with("/a/") || link.starts_with("https://");
        assert!(known, "{link}");
    }
}
