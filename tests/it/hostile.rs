//! Author's text is data: whatever stands in a field comes out as text, on every page and in every file.

use std::collections::BTreeSet;

use controlbook::pipeline::{Built, Options, ParseCache, build};
use controlbook::source::Sources;
use include_dir::{Dir, include_dir};
use proptest::prelude::*;

use crate::html::{all_text, elements};

/// The scripts that a page may name.
static SCRIPTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/theme/js");

/// Texts that break pages which do not escape.
pub const HOSTILE: [&str; 12] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "{{ frame.title }} {% raw %}",
    "]]> --> <!-- <!--sprite-->",
    "</title></style></script><svg onload=alert(1)>",
    "\u{202e}evil\u{202c} \u{200f}",
    "emoji 🩺👩‍⚕️ and ümlaut ß",
    "&amp; &lt; &#60;script&#62; &notanentity;",
    "a\\b `c` *d* _e_ [f](javascript:alert(1)) ![g](data:x)",
    "[[nowhere]] | table | ~~x~~ :::",
    "<use href=\"#site\"/><a href=\"javascript:alert(1)\">x</a>",
];

/// A book with the text in every field that takes words.
pub fn book(text: &str) -> Sources {
    let quoted = serde_json::to_string(text).expect("text is JSON");
    let mut sources = Sources::default();
    let mut add =
        |path: &str, file: &str| sources.insert(path, file.replace("@@", &quoted).into_bytes());
    add(
        "book.toml",
        "[book]\ntitle = @@\ndescription = @@\nversion = @@\nauthors = [@@]\n[output.html]\nnotice = @@\nlicence = @@\n",
    );
    add(
        "content/index.md",
        "---\ntitle: @@\nsummary: @@\ntasks:\n  - { title: @@, text: @@, to: guide/a.md }\n---\n\n## Home\n\nWords.\n",
    );
    add(
        "content/measures/groups.yaml",
        "- { id: all, title: @@, summary: @@ }\n",
    );
    add(
        "content/measures/M-1.yaml",
        "id: M-1\ntitle: @@\nsummary: @@\ngroup: all\nresponsibility: shared\nkind: technical\nphases: [plan]\nduties:\n  saas: { customer: @@, provider: @@ }\npractices:\n  - { id: M-1.1, text: @@, by: shared, evidence: @@, essential-for: [u] }\nuse-cases:\n  u: { relevance: essential, because: @@ }\nthreats: [t]\nrelated:\n  - { measure: M-1, because: @@ }\n",
    );
    add("content/measures/M-1.md", "## Guidance\n\nWords.\n");
    add(
        "content/use-cases/u.yaml",
        "id: u\ntitle: @@\nshort: @@\nsummary: @@\nmark: record\nmodels: [saas]\nzones:\n  - { id: z, title: @@, role: @@ }\nnodes:\n  - { id: a, title: @@, note: @@, zone: z, at: [1, 1] }\n  - { id: b, title: @@, at: [2, 1] }\nflows:\n  - { from: a, to: b, text: @@, measures: [M-1] }\nassets:\n  - { id: x, title: @@, node: a, text: @@ }\nactors:\n  - { id: y, title: @@, text: @@ }\nrisks:\n  - { factor: integrity, impact: high, because: @@ }\nthreats:\n  - { threat: t, because: @@ }\n",
    );
    add(
        "content/threats.yaml",
        "- { id: t, title: @@, group: @@, text: @@ }\n",
    );
    add(
        "content/glossary.yaml",
        "- { term: @@, also: [@@], text: @@, auto: true }\n",
    );
    add(
        "content/guide/a.md",
        "---\ntitle: @@\nsummary: @@\nfooter: true\nparts: [figures, errata]\n---\n\n## Heading\n\nWords.\n",
    );
    add(
        "content/frameworks/f/framework.yaml",
        "id: f\nname: @@\ntitle: @@\nversion: @@\nsummary: @@\nstatus: { state: candidate, as-of: \"2026-01-01\", note: @@ }\nlevels: [low]\nkinds:\n  - { name: part, plural: @@, page: true }\n  - { name: rule, mappable: true }\ncite: { names: [@@] }\n",
    );
    add(
        "content/frameworks/f/A.yaml",
        "id: A\ntitle: @@\nbinds: @@\nsummary: @@\nuncertain: @@\nnodes:\n  - { id: A-1, level: low, label: @@, printed: @@, summary: @@, uncertain: @@ }\n  - { id: A-2, level: low, summary: @@ }\n",
    );
    add(
        "content/mappings/f/set.yaml",
        "framework: f\nversion: @@\nstyle: set-theory\nrationale: semantic\nmethod: human\nnot-mapped:\n  - { target: A-2, because: @@ }\n",
    );
    add(
        "content/mappings/f/M-1.yaml",
        "measure: M-1\nmappings:\n  - { from: M-1.1, to: A-1, relation: equal, because: @@, uncertain: @@ }\n",
    );
    sources
}

fn built(text: &str) -> Built {
    build(&book(text), &Options::default(), &mut ParseCache::default())
}

fn pages(built: &Built) -> impl Iterator<Item = (&str, &str)> {
    let pages = built
        .outputs
        .iter()
        .filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| (path, std::str::from_utf8(bytes).expect("pages are UTF-8")))
}

/// Elements that the theme and Markdown make.
fn known_elements() -> BTreeSet<&'static str> {
    "html head meta title link script body a svg defs pattern path circle rect symbol use text tspan g marker desc figcaption header button div nav ul ol li main p span small section h1 h2 h3 h4 h5 h6 article dl dt dd abbr i b em strong code pre del table caption thead tbody tfoot tr th td figure footer time aside blockquote hr br sup img input form label fieldset legend details summary kbd template"
        .split(' ')
        .collect()
}

#[track_caller]
fn harmless(built: &Built) {
    let known = known_elements();
    for (page, html) in pages(built) {
        for it in elements(html) {
            assert!(known.contains(it.name), "{page}: an element <{}>", it.name);
            if it.name == "script" && it.attribute("type") != Some("application/ld+json") {
                let src = it.attribute("src").unwrap_or_default();
                let name = src.rsplit_once("assets/").map_or("", |(_, name)| name);
                assert!(SCRIPTS.contains(name), "{page}: a script {src}");
            }
            for (name, value) in &it.attributes {
                assert!(
                    !name.starts_with("on") && *name != "style",
                    "{page}: {name} on {}",
                    it.name
                );
                let address = value.trim().to_lowercase();
                let runs = address.starts_with("javascript:")
                    || address.starts_with("data:")
                    || address.starts_with("vbscript:");
                assert!(
                    !(runs && matches!(*name, "href" | "src")),
                    "{page}: {name}={value}"
                );
            }
        }
    }
    for (path, _) in built.outputs.iter() {
        let sound = |part: &str| {
            !part.is_empty() && !part.starts_with('.') && !part.contains(['<', '"', '\\'])
        };
        assert!(path.split('/').all(sound), "a file named {path}");
    }
}

#[test]
fn hostile_text_comes_out_as_text() {
    for text in HOSTILE {
        let built = built(text);
        assert!(
            built.outputs.get("measures/M-1.html").is_some(),
            "{text}: {:?}",
            built.book.diagnostics.first()
        );
        harmless(&built);
        let page = |path: &str| {
            std::str::from_utf8(built.outputs.get(path).expect("the page is there")).expect("UTF-8")
        };
        // Fields without Markdown come out letter by letter.
        let shown = all_text(page("measures/M-1.html"));
        assert!(
            shown.contains(&format!("M-1 Measure {text}")),
            "{text} is not the heading: {}",
            &shown[..400.min(shown.len())]
        );
        assert!(all_text(page("threats.html")).contains(text));
        assert!(all_text(page("use-cases/u.html")).contains(text));
        assert!(all_text(page("checklists/u-shared.html")).contains(text));
    }
}

#[test]
fn a_very_long_text_is_shown_whole() {
    let text = "Länge ".repeat(1_667);
    let built = built(text.trim());
    harmless(&built);
    let page = std::str::from_utf8(
        built
            .outputs
            .get("threats.html")
            .expect("the page is there"),
    )
    .expect("UTF-8");
    assert!(all_text(page).contains(text.trim()));
}

#[test]
fn hostile_ids_and_names_stay_in_their_folder() {
    let mut sources = book("words");
    sources.insert("content/measures/<b>.yaml", b"id: <b>\ntitle: T\nsummary: S\ngroup: all\nresponsibility: shared\nkind: technical\nphases: [plan]\npractices: []\n".to_vec());
    sources.insert(
        "content/frameworks/f/B.yaml",
        b"id: \"../../../etc/passwd\"\ntitle: T\nsummary: S\n".to_vec(),
    );
    sources.insert(
        "content/guide/a b\"><script>.md",
        b"---\ntitle: Odd\nsummary: S\n---\n\nWords.\n".to_vec(),
    );
    let built = build(&sources, &Options::default(), &mut ParseCache::default());
    harmless(&built);
    let codes: BTreeSet<_> = built
        .book
        .diagnostics
        .iter()
        .map(|it| it.rule.code)
        .collect();
    assert!(codes.contains("invalid-id"), "{codes:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_text_comes_out_as_text(text in "(\\PC|[<>\"'&{}%\\[\\]()!`*_#|\\\\~:/ \n-]){0,60}") {
        harmless(&built(&text));
    }

    #[test]
    fn random_guidance_is_harmless(text in "(\\PC|[<>\"'&{}%\\[\\]()!`*_#|\\\\~:/ \n-]|<script>|</p>|javascript:|\\]\\(|\\[\\[|```|\n\n\\| a \\|\n\\|---\\|\n|\\[\\^1\\]|> \\[!NOTE\\]\n){0,40}") {
        let mut sources = book("words");
        sources.insert("content/measures/M-1.md", text.into_bytes());
        harmless(&build(&sources, &Options::default(), &mut ParseCache::default()));
    }
}
