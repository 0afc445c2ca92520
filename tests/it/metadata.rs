//! What pages say of themselves: JSON-LD, addresses to cite, where to edit them.

use controlbook::pipeline::{Built, Options, ParseCache, build};
use serde_json::Value;

use crate::book::Book;
use crate::hostile;
use crate::html::elements;
use crate::real::{BUILT, SOURCES};

/// About the most that a page's block may weigh, in bytes.
const MOST: usize = 900;

fn pages(built: &Built) -> impl Iterator<Item = (&str, &str)> {
    let pages = built
        .outputs
        .iter()
        .filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| (path, std::str::from_utf8(bytes).expect("UTF-8")))
}

/// The block of a page as it stands.
fn block(html: &str) -> Option<&str> {
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">")?;
    rest.split_once("</script>").map(|(block, _)| block)
}

fn graph(html: &str) -> Vec<Value> {
    let block: Value = serde_json::from_str(block(html).unwrap_or("{}")).expect("it is JSON");
    block["@graph"].as_array().cloned().unwrap_or_default()
}

/// The starter book with a line more under `[output.html]`.
fn with_html(line: &str) -> Book {
    let line = format!("[output.html]\n{line}\n");
    Book::starter().change("book.toml", "[output.html]\n", &line)
}

fn at_an_address() -> Built {
    let mut sources = SOURCES.clone();
    let toml = sources.text("book.toml").expect("it is there").replace(
        "[output.html]\n",
        "[output.html]\nsite-url = \"https://example.org/a/b/\"\n",
    );
    sources.insert("book.toml", toml.into_bytes());
    build(&sources, &Options::default(), &mut ParseCache::default())
}

#[test]
fn every_page_says_what_it_is_in_few_words() {
    let kinds = [
        ("index.html", "WebSite"),
        ("measures/HCS-09.html", "TechArticle"),
        ("use-cases/ehr.html", "TechArticle"),
        ("frameworks/eucs.html", "DefinedTermSet"),
        ("frameworks/eucs/CKM-03.html", "DefinedTerm"),
        ("frameworks/gdpr/art-32.html", "DefinedTerm"),
        ("glossary.html", "DefinedTermSet"),
        ("data.html", "Dataset"),
        ("coverage.html", "BreadcrumbList"),
    ];
    for (path, kind) in kinds {
        let html = BUILT
            .outputs
            .get(path)
            .unwrap_or_else(|| panic!("{path} is built"));
        let html = std::str::from_utf8(html).expect("UTF-8");
        assert_eq!(graph(html)[0]["@type"], kind, "{path}");
    }
    let mut sizes: Vec<_> = pages(&BUILT)
        .map(|(path, html)| (block(html).map_or(0, str::len), path))
        .collect();
    sizes.sort_unstable();
    let (median, _) = sizes[sizes.len() / 2];
    let (most, page) = sizes[sizes.len() - 1];
    assert!(
        median <= 700 && most <= MOST,
        "{median} in the median, {most} on {page}"
    );
}

#[test]
fn what_is_said_of_addresses_is_true() {
    const SITE: &str = "https://example.org/a/b/";
    let built = at_an_address();
    let mut steps = 0;
    for (path, html) in pages(&built) {
        for it in graph(html) {
            if let Some(url) = it["url"].as_str() {
                assert_eq!(url, format!("{SITE}{path}"));
            }
            for step in it["itemListElement"].as_array().into_iter().flatten() {
                let Some(item) = step["item"].as_str() else {
                    continue;
                };
                let route = item.strip_prefix(SITE);
                let route = route.unwrap_or_else(|| panic!("{path}: {item}"));
                let (route, _) = route.split_once('#').unwrap_or((route, ""));
                assert!(
                    built.outputs.get(route).is_some(),
                    "{path}: {item} leads to no page"
                );
                steps += 1;
            }
        }
    }
    assert!(steps > 400, "only {steps} steps");
    let without =
        pages(&BUILT).filter(|(_, html)| block(html).unwrap_or("").contains("\"url\":\"http"));
    assert_eq!(
        without.count(),
        0,
        "without `site-url` no address is absolute"
    );
}

#[test]
fn no_author_s_text_ends_the_block() {
    for text in hostile::HOSTILE
        .into_iter()
        .chain(["a\u{2028}b\u{2029}c</SCRIPT ><!--<script>"])
    {
        let built = build(
            &hostile::book(text),
            &Options::default(),
            &mut ParseCache::default(),
        );
        let mut found = 0;
        for (path, html) in pages(&built) {
            let Some(block) = block(html) else { continue };
            assert!(
                !block.contains(['<', '>', '&', '\u{2028}', '\u{2029}']),
                "{path}: {block}"
            );
            found += usize::from(graph(html).iter().any(|it| it["headline"] == text));
        }
        assert!(
            found > 0,
            "the text is on no page, or not as it was written: {text}"
        );
    }
}

#[test]
fn what_a_reader_would_cite_says_how() {
    for path in [
        "measures/HCS-09.html",
        "use-cases/ehr.html",
        "frameworks/eucs.html",
        "frameworks/eucs/CKM-03.html",
        "frameworks/gdpr/art-32.html",
        "coverage.html",
        "coverage/eucs.html",
        "crosswalk/eucs-gdpr.html",
        "provider/eucs-basic.html",
        "glossary.html",
        "threats.html",
        "data.html",
        "guide/about.html",
    ] {
        let html = BUILT
            .outputs
            .get(path)
            .unwrap_or_else(|| panic!("{path} is built"));
        let html = std::str::from_utf8(html).expect("UTF-8");
        let all = elements(html);
        assert!(
            all.iter().any(|it| it.attribute("id") == Some("cite")),
            "{path}"
        );
        let (_, cited) = html.split_once("id=\"cite\"").expect("it is there");
        let (cited, _) = cited.split_once("</section>").expect("its end");
        // Without an address nothing looks like one.
        for words in [
            "edition 1.0",
            "Cloud security for healthcare services",
            "No address is configured",
        ] {
            assert!(cited.contains(words), "{path} does not cite {words}");
        }
        assert!(!cited.contains(path), "{path} cites a relative address");
        assert!(
            !html.contains(&format!(">{path}<")),
            "{path} prints a relative address"
        );
    }
    let built = at_an_address();
    for path in [
        "measures/HCS-09.html",
        "frameworks/gdpr/art-32.html",
        "guide/about.html",
    ] {
        let html = built.outputs.get(path).expect("it is built");
        let html = std::str::from_utf8(html).expect("UTF-8");
        let whole = format!("https://example.org/a/b/{path}");
        let (_, cited) = html.split_once("id=\"cite\"").expect("it is there");
        let (cited, _) = cited.split_once("</section>").expect("its end");
        let cited = cited.replace("&#x2F;", "/");
        assert!(
            cited.contains(&whole) && !cited.contains("No address"),
            "{cited}"
        );
    }
}

#[test]
fn a_page_promises_to_be_changed_only_where_that_can_be() {
    let promise = |built: &Built| {
        let pages = pages(built);
        pages
            .filter(|(_, html)| html.contains("\">Suggest a change</a>"))
            .count()
    };
    assert_eq!(promise(&BUILT), 0);
    let book = with_html("edit-url-template = \"https://git.example.org/edit/{path}\"");
    assert!(promise(&book.build()) > 5);
}

#[test]
fn the_address_to_change_a_file_holds_its_whole_name() {
    const TEXT: &str = "---\ntitle: A page\nsummary: Some words.\n---\n\nText.\n";
    for (template, file, address) in [
        (
            "https://git.example.org/edit/main/{path}",
            "guide/a b#1.md",
            "https://git.example.org/edit/main/content/guide/a%20b%231.md",
        ),
        (
            "https://git.example.org/edit?file={path}&branch=main",
            "guide/50% & more?.md",
            "https://git.example.org/edit?file=content/guide/50%25%20%26%20more%3F.md&branch=main",
        ),
        (
            "https://git.example.org/{path}",
            "guide/zähler/[1] \"x\"+y'.md",
            "https://git.example.org/content/guide/z%C3%A4hler/%5B1%5D%20%22x%22%2By%27.md",
        ),
        (
            "https://git.example.org/_edit/{path}?ref={path}",
            "guide/日本.md",
            "https://git.example.org/_edit/content/guide/%E6%97%A5%E6%9C%AC.md?ref=content/guide/%E6%97%A5%E6%9C%AC.md",
        ),
    ] {
        let book = with_html(&format!("edit-url-template = \"{template}\""));
        let built = book.with(&format!("content/{file}"), TEXT).build();
        assert_eq!(built.book.diagnostics, []);
        let found = pages(&built).any(|(_, html)| {
            let mut links = elements(html).into_iter();
            links.any(|it| {
                it.attribute("href")
                    .is_some_and(|it| it.replace("&amp;", "&").replace("&#x2F;", "/") == address)
            })
        });
        assert!(found, "{file}: no page has {address}");
    }
}

#[test]
fn an_address_in_the_settings_is_one() {
    for (line, words) in [
        ("site-url = \"example.org\"", "`https://example.org`"),
        ("site-url = \"ftp://example.org/\"", "one of `ftp`"),
        (
            "site-url = \"https://example.org/?a=1\"",
            "a query in the address of a site",
        ),
        (
            "site-url = \"https://example.org/#a\"",
            "an anchor in the address of a site",
        ),
        (
            "site-url = \"https://u:p@example.org/\"",
            "a user's name or a password",
        ),
        (
            "site-url = \"https://example.org:70000/\"",
            "`70000` is no port",
        ),
        (
            "site-url = \"https:///x/\"",
            "the name of the machine is missing",
        ),
        ("site-url = \"\"", "no address on the web"),
        (
            "git-repository-url = \"git@example.org:a/b.git\"",
            "no address on the web",
        ),
        ("git-repository-url = \"https://exa mple.org/\"", "a blank"),
        (
            "edit-url-template = \"//example.org/{path}\"",
            "no address on the web",
        ),
        (
            "edit-url-template = \"https://example.org/{file}\"",
            "`{file}` is nothing",
        ),
    ] {
        let book = with_html(line);
        let found = book.read().diagnostics;
        let key = line.split(' ').next().expect("it has a key");
        let of_key = book
            .text("book.toml")
            .find(&format!("\n{key} ="))
            .expect("it is there")
            + 1;
        let said = found.iter().any(|it| {
            let whole = format!("{} {}", it.message, it.help.join(" "));
            it.rule.code == "bad-value"
                && it
                    .span
                    .is_some_and(|it| it.start > of_key && it.start < of_key + line.len())
                && whole.contains(words)
        });
        assert!(said, "{line}: {found:?}");
    }
    // The slash at the end belongs to it, written or not.
    for written in ["https://example.org/a", "https://example.org/a/"] {
        let built = with_html(&format!("site-url = \"{written}\"")).build();
        assert_eq!(built.book.diagnostics, []);
        let sitemap = built.outputs.get("sitemap.xml").expect("it has an address");
        let sitemap = String::from_utf8_lossy(sitemap);
        assert!(
            sitemap.contains("<loc>https://example.org/a/measures.html</loc>"),
            "{sitemap}"
        );
    }
}

#[test]
fn a_link_in_the_foot_is_one() {
    let toml = |link: &str| {
        let toml = Book::starter().text("book.toml").to_owned();
        let more = format!("\n[[theme.footer]]\ntitle = \"Imprint\"\nlink = \"{link}\"\n");
        Book::starter().with("book.toml", &(toml + &more))
    };
    for (link, words) in [
        ("https://", "the name of the machine is missing"),
        ("https://exa mple.org/", "a blank"),
        ("mailto:nobody", "no mail address"),
        ("mailto:a b@example.org", "no mail address"),
        ("tel:call me", "no telephone number"),
    ] {
        let found = toml(link).report();
        assert!(
            found.contains("bad-value") && found.contains(words),
            "{link}: {found}"
        );
    }
    for link in [
        "https://example.org/imprint?lang=en#top",
        "mailto:access@example.org?subject=Controls",
        "tel:+49301234567",
        "guide/about.md",
    ] {
        assert_eq!(toml(link).report(), "", "{link}");
    }
}
