//! What pages say of themselves: JSON-LD, addresses to cite, where to mend them.

use controlbook::pipeline::{Built, Options, ParseCache, build};
use serde_json::Value;

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
        for words in [
            path,
            "edition 1.0",
            "Cloud security for healthcare services",
        ] {
            assert!(cited.contains(words), "{path} does not cite {words}");
        }
    }
}
