//! The built site, page by page, over its bytes: links, anchors, headings, policy, determinism.

use std::collections::{BTreeMap, BTreeSet};

use controlbook::output::Outputs;
use controlbook::pipeline::{Options, ParseCache, build};
use controlbook::source::Sources;

use crate::html::{Element, elements, text_of};
use crate::real::{BUILT, SOURCES};

fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    pages_of(&BUILT.outputs)
}

fn pages_of(outputs: &Outputs) -> impl Iterator<Item = (&str, &str)> {
    outputs
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path, std::str::from_utf8(bytes).expect("pages are UTF-8")))
}

/// A part of an address as a browser reads it.
fn decoded(part: &str) -> std::borrow::Cow<'_, str> {
    percent_encoding::percent_decode_str(part).decode_utf8_lossy()
}

/// The path that a relative address leads to from a page.
fn resolve(page: &str, href: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            ".." => drop(
                parts
                    .pop()
                    .unwrap_or_else(|| panic!("{page}: {href} leaves the site")),
            ),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_link_and_anchor_resolves() {
    let count = links_resolve(&BUILT.outputs);
    assert!(count > 10_000, "only {count} links were found");
}

/// Asserts that each link of a site leads to a file of it and each anchor to an element; returns how many there are.
pub fn links_resolve(outputs: &Outputs) -> usize {
    links(outputs).values().map(Vec::len).sum()
}

/// The files to which each page of a site leads. Fails where one leads nowhere, or to an anchor that is not there.
pub fn links(outputs: &Outputs) -> BTreeMap<String, Vec<String>> {
    let parsed: BTreeMap<_, _> = pages_of(outputs)
        .map(|(path, html)| (path, elements(html)))
        .collect();
    let ids: BTreeMap<_, BTreeSet<_>> = parsed
        .iter()
        .map(|(path, all)| {
            (
                *path,
                all.iter().filter_map(|it| it.attribute("id")).collect(),
            )
        })
        .collect();
    let mut found = BTreeMap::new();
    for (page, all) in &parsed {
        let leads: &mut Vec<_> = found.entry((*page).to_owned()).or_default();
        for (name, address) in all.iter().flat_map(addresses) {
            if address.starts_with("https://") || address.starts_with("mailto:") {
                continue;
            }
            assert!(
                !address.contains("://") && !address.starts_with('/'),
                "{page}: {name} {address} is not relative"
            );
            let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
            let target = if path.is_empty() {
                (*page).to_owned()
            } else {
                resolve(page, &decoded(path))
            };
            assert!(
                outputs.get(&target).is_some(),
                "{page}: {address} leads to no file"
            );
            if !anchor.is_empty() && name != "use" {
                let known = ids
                    .get(target.as_str())
                    .unwrap_or_else(|| panic!("{page}: {address} is an anchor in no page"));
                assert!(
                    known.contains(anchor) || known.contains(&*decoded(anchor)),
                    "{page}: {address} has no such anchor"
                );
            }
            leads.push(target);
        }
        for it in all.iter().filter(|it| it.name == "use") {
            let symbol = it
                .attribute("href")
                .unwrap_or_default()
                .trim_start_matches('#');
            assert!(
                ids[page].contains(symbol),
                "{page}: the symbol {symbol} is not on it"
            );
        }
    }
    found
}

fn addresses<'a>(it: &'a Element<'a>) -> Vec<(&'a str, &'a str)> {
    ["href", "src", "data-copy"]
        .into_iter()
        .filter_map(|name| Some((it.name, it.attribute(name)?)))
        .collect()
}

#[test]
fn every_page_is_whole() {
    let mut titles = BTreeMap::new();
    for (page, html) in pages() {
        let all = elements(html);
        let count = |name: &str| all.iter().filter(|it| it.name == name).count();
        assert_eq!(count("h1"), 1, "{page} has one heading of level 1");
        assert_eq!(count("main"), 1, "{page} has one main part");
        let lang = all
            .iter()
            .find(|it| it.name == "html")
            .and_then(|it| it.attribute("lang"));
        assert_eq!(lang, Some("en-GB"), "{page}");
        let title = text_of(html, "title");
        assert!(title.len() > 3, "{page} has a title");
        if let Some(other) = titles.insert(title.clone(), page) {
            panic!("{page} and {other} share the title {title}");
        }
        let mut ids = BTreeSet::new();
        for id in all.iter().filter_map(|it| it.attribute("id")) {
            assert!(ids.insert(id), "{page}: the id {id} stands twice");
        }
    }
}

#[test]
fn headings_descend_in_steps_and_none_is_empty() {
    for (page, html) in pages() {
        let mut last = 0;
        for part in html.split("<h").skip(1) {
            let Some(level) = part.chars().next().and_then(|it| it.to_digit(10)) else {
                continue;
            };
            assert!(
                level <= last + 1,
                "{page}: a heading of level {level} after one of level {last}"
            );
            last = level;
            let end = part
                .find(&format!("</h{level}>"))
                .unwrap_or_else(|| panic!("{page}: a heading is not closed"));
            let words = text_of(&format!("<x{}</x>", &part[1..end]), "x");
            assert!(!words.trim().is_empty(), "{page}: an empty heading");
            let after = part[end + 5..].trim_start();
            let empty = after.starts_with("</section>")
                || after.starts_with(&format!("<h{level}"))
                || after.starts_with("</article>");
            assert!(!empty, "{page}: nothing stands under “{words}”");
        }
    }
}

#[test]
fn every_head_of_a_table_has_words() {
    for (page, html) in pages() {
        let empty = html.split("<th ").skip(1).any(|it| {
            it.split_once('>')
                .is_some_and(|(_, it)| it.starts_with("</th>"))
        });
        assert!(!empty, "{page}: a table's head without words");
    }
}

#[test]
fn nothing_on_a_page_breaks_the_policy() {
    keeps_the_policy(&BUILT.outputs);
}

/// Asserts that no page of a site has an inline style, script or handler.
pub fn keeps_the_policy(outputs: &Outputs) {
    for (page, html) in pages_of(outputs) {
        for it in elements(html) {
            assert!(
                it.attribute("style").is_none(),
                "{page}: an inline style on {}",
                it.name
            );
            assert!(
                !it.attributes.keys().any(|name| name.starts_with("on")),
                "{page}: a handler on {}",
                it.name
            );
            if it.name == "script" && it.attribute("type") != Some("application/ld+json") {
                assert!(it.attribute("src").is_some(), "{page}: an inline script");
            }
            assert_ne!(it.name, "style", "{page}: an inline style sheet");
        }
        assert!(
            html.contains("http-equiv=\"Content-Security-Policy\""),
            "{page} carries the policy"
        );
    }
}

#[test]
fn sizes_stay_in_budget() {
    let size = |path: &str| BUILT.outputs.get(path).map_or(0, <[u8]>::len);
    let css = size("assets/site.css") + size("assets/print.css");
    assert!(css > 0 && css <= 36 * 1024, "{css} bytes of CSS");
    let js = size("assets/site.js");
    assert!(js > 0 && js <= 30 * 1024, "{js} bytes of script");
}

#[test]
fn the_order_of_files_changes_nothing() {
    let mut files: Vec<_> = SOURCES
        .iter()
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect();
    files.reverse();
    let middle = files.len() / 2;
    files.rotate_left(middle);
    let shuffled: Sources = files.into_iter().collect();
    let again = build(&shuffled, &Options::default(), &mut ParseCache::default());
    assert!(
        again.outputs == BUILT.outputs,
        "two builds of the same sources differ"
    );
}

#[test]
fn without_an_address_nothing_is_absolute() {
    assert!(BUILT.outputs.get("sitemap.xml").is_none());
    let (_, home) = pages()
        .find(|(path, _)| *path == "index.html")
        .expect("there is a home page");
    assert!(!home.contains("rel=\"canonical\"") && !home.contains("og:url"));
}

#[test]
fn with_an_address_there_is_a_sitemap() {
    let mut sources = SOURCES.clone();
    let toml = sources.text("book.toml").expect("it is there").replace(
        "[output.html]\n",
        "[output.html]\nsite-url = \"https://example.org/a/b/\"\n",
    );
    sources.insert("book.toml", toml.into_bytes());
    let built = build(&sources, &Options::default(), &mut ParseCache::default());
    let map = String::from_utf8(
        built
            .outputs
            .get("sitemap.xml")
            .expect("a sitemap")
            .to_vec(),
    )
    .expect("UTF-8");
    assert_eq!(
        map.matches("<loc>").count(),
        built.book.site.pages.len() - 2
    );
    assert!(map.contains("<loc>https://example.org/a/b/measures/HCS-09.html</loc>"));
    assert!(
        !map.contains("print.html"),
        "the document repeats the pages"
    );
    let lost = std::str::from_utf8(built.outputs.get("404.html").expect("a page")).expect("UTF-8");
    assert!(
        lost.contains("href=\"/a/b/assets/site.css\""),
        "the page for lost readers works at any depth"
    );
    let robots = built.outputs.get("robots.txt").expect("robots.txt");
    assert!(
        String::from_utf8_lossy(robots).contains("Sitemap: https://example.org/a/b/sitemap.xml")
    );
}

/// A book of 201 measures in two groups: the index is divided.
#[test]
fn a_long_index_is_divided_by_group() {
    let mut sources = Sources::default();
    let mut add = |path: &str, text: String| sources.insert(path, text.into_bytes());
    add(
        "content/measures/groups.yaml",
        "- { id: a, title: First }\n- { id: b, title: Second }\n".to_owned(),
    );
    for at in 0..201 {
        let group = if at % 2 == 0 { "a" } else { "b" };
        add(
            &format!("content/measures/M-{at}.yaml"),
            format!(
                "id: M-{at}\ntitle: Measure {at}\nsummary: S.\ngroup: {group}\nresponsibility: shared\nkind: technical\nphases: [plan]\npractices:\n  - {{ id: M-{at}.1, text: T., by: shared, evidence: E. }}\n"
            ),
        );
    }
    let built = build(&sources, &Options::default(), &mut ParseCache::default());
    let page = |path: &str| {
        String::from_utf8_lossy(built.outputs.get(path).expect("the page is there")).into_owned()
    };
    assert!(!page("measures.html").contains("M-200.html"));
    assert!(page("measures.html").contains("href=\"measures/group-a.html\""));
    assert!(
        page("measures/group-a.html").contains("href=\"M-200.html\"")
            && !page("measures/group-a.html").contains("M-1.html")
    );
    assert!(
        !page("index.html").contains("M-200"),
        "the home page lists no long catalogue"
    );
}
