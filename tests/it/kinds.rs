//! Every kind of page, for tests that look at one of each; the compiler reports a kind that is missing here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use controlbook::host::read::read;
use controlbook::pipeline::{Built, Options, ParseCache, build};
use controlbook::site::PageKind;

use crate::real::BUILT;

/// Every kind of page by its name, without a wildcard: a new one is asked for here, and then in the book above.
macro_rules! kinds {
    ($($kind:ident $(($fields:tt))?),* $(,)?) => {
        /// Every kind of page, by the name of its variant.
        pub const KINDS: &[&str] = &[$(stringify!($kind)),*];

        /// The name of a kind.
        pub fn name(kind: PageKind) -> &'static str {
            match kind {
                $(PageKind::$kind $(($fields))? => stringify!($kind)),*
            }
        }
    };
}

kinds! {
    Home, Measures, Group(..), Measure(..), UseCases, UseCase(..), Frameworks, Framework(..), Node(..), Checklists,
    Checklist(..), Matrix(..), Coverage, CoverageOf(..), CoverageTop(..), CoverageLevel(..), CoverageMeasures(..),
    Crosswalk, CrosswalkOf(..), CrosswalkTop(..), ProviderOf(..), Provider(..), Guide, Page(..), Threats, Answers(..),
    Glossary, Print, Search, Data, Accessibility, NotFound,
}

/// The pages of the real site that the browser tests look at, by kind.
fn looked_at() -> BTreeMap<String, Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/kinds.json");
    let text = fs::read_to_string(path).expect("kinds.json can be read");
    serde_json::from_str(&text).expect("kinds.json holds addresses by kind")
}

#[test]
fn the_browser_looks_at_a_page_of_every_kind() {
    let pages = &BUILT.book.site.pages;
    let looked_at = looked_at();
    let listed: BTreeSet<_> = looked_at.keys().map(String::as_str).collect();
    // Tests of their own look at these: the whole document takes a minute, and the search needs a query.
    let apart = BTreeSet::from(["Print", "Search"]);
    let made: BTreeSet<_> = pages.iter().map(|page| name(page.kind)).collect();
    assert_eq!(listed, &made - &apart, "kinds in tests/browser/kinds.json");
    for (kind, routes) in &looked_at {
        assert!(!routes.is_empty(), "{kind} has no page");
        for route in routes {
            let page = pages.iter().find(|page| page.route == *route);
            let of_kind = page.map(|page| name(page.kind));
            assert_eq!(of_kind, Some(kind.as_str()), "{route}");
        }
    }
}

/// The small book that has every field of every record.
fn small_site() -> Built {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/every-field");
    let sources = read(&folder, &["content"], &["book.toml"]).expect("the fixture can be read");
    build(&sources, &Options::default(), &mut ParseCache::default())
}

/// What stands in the `main` of a page, a line for each block, so that a change can be read.
fn main_of(html: &str) -> String {
    let (_, main) = html.split_once("<main").expect("a page has a main part");
    let (main, _) = main.split_once("</main>").expect("it ends");
    let mut text = format!("<main{main}</main>\n");
    for tag in [
        "<p", "<li", "<tr", "<th", "<td", "<h2", "<h3", "<dt", "<dd", "<path", "<text", "<g",
    ] {
        for next in [' ', '>'] {
            let tag = format!("{tag}{next}");
            text = text.replace(&tag, &format!("\n{tag}"));
        }
    }
    let lines = text
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// `cargo test --test it snapshots` shows in a diff what a change does to the pages. `SNAPSHOTS=write` takes it over.
#[test]
fn snapshots_of_a_page_of_each_kind_are_fresh() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let built = small_site();
    let mut stale = Vec::new();
    let mut seen = BTreeSet::new();
    for page in &built.book.site.pages {
        if !seen.insert(name(page.kind)) {
            continue;
        }
        let html = built.outputs.get(&page.route).expect("each page is made");
        let main = main_of(std::str::from_utf8(html).expect("pages are UTF-8"));
        let file = folder.join(format!("{}.html", name(page.kind)));
        if std::env::var("SNAPSHOTS").is_ok_and(|it| it == "write") {
            fs::create_dir_all(&folder).expect("the folder can be made");
            fs::write(&file, &main).expect("the snapshot can be written");
        }
        if fs::read_to_string(&file).ok().as_ref() != Some(&main) {
            stale.push(name(page.kind));
        }
    }
    assert!(
        stale.is_empty(),
        "the main part of these kinds of page differs from tests/snapshots: {stale:?}. If that is wanted: \
         SNAPSHOTS=write cargo test --test it snapshots, and read the diff"
    );
    let unseen: Vec<_> = KINDS.iter().filter(|kind| !seen.contains(**kind)).collect();
    // These are made where a list is too long for one page: `pagination.rs` looks at them.
    assert_eq!(unseen, [&"Group", &"CoverageMeasures", &"Answers"]);
}
