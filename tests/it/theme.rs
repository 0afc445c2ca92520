//! A book's own look: settings, overrides, hidden parts, a whole fork; and the examples of the manual.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use controlbook::diagnostic::{Diagnostic, short};
use controlbook::pipeline::Built;
use controlbook::source::Sources;
use controlbook::theme::built_in;
use tempfile::TempDir;

use crate::book::Book;
use crate::html::elements;
use crate::site::{keeps_the_policy, links_resolve};

/// The starter book with settings of the theme and the pictures that they may name.
fn themed(settings: &str) -> Book {
    let book = Book::starter();
    let toml = format!("{}\n[theme]\n{settings}\n", book.text("book.toml"));
    let book = book.with("book.toml", &toml);
    if settings.contains("theme/logo.svg") {
        let logo =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 30 10\"><path/></svg>\n";
        return book.with("theme/logo.svg", logo);
    }
    book
}

#[track_caller]
fn output(built: &Built, path: &str) -> String {
    let bytes = built.outputs.get(path);
    String::from_utf8_lossy(bytes.unwrap_or_else(|| panic!("{path} is there"))).into_owned()
}

/// The diagnostics of a build, each as the line that a user sees, with its help.
fn report_lines(book: &Book) -> Vec<String> {
    let all = book.build().book.diagnostics;
    let line = |it: &Diagnostic| {
        let short = short::render(std::slice::from_ref(it), &book.sources);
        format!("{} ({})", short.trim(), it.help.join("; "))
    };
    all.iter().map(line).collect()
}

#[test]
fn an_accent_reaches_the_style_sheet_and_what_follows_it() {
    let plain = Book::starter().build();
    let book = themed("accent = \"#8a2252\"");
    let built = book.build();
    assert_eq!(built.book.diagnostics, []);
    let (before, after) = (
        output(&plain, "assets/site.css"),
        output(&built, "assets/site.css"),
    );
    assert!(after.contains("--accent:#8a2252;") && !after.contains("#0b5666"));
    // The dark accent follows, twice: by the system and by the switch.
    assert!(!after.contains("#76c5d2"));
    let declared = |css: &str, name: &str| {
        let start = format!("--{name}:");
        let parts = css.split(&start).skip(1);
        let values = parts.filter_map(|it| it.split([';', '}']).next());
        values.map(str::to_owned).collect::<Vec<_>>()
    };
    for name in ["accent", "accent-2", "wash-2", "h1", "h2", "h3", "h4", "h5"] {
        let (old, new) = (declared(&before, name), declared(&after, name));
        assert_eq!(new.len(), 4, "{name}");
        assert!(
            old[..3].iter().zip(&new).all(|(old, new)| old != new),
            "{name}: {new:?}"
        );
        assert_eq!(new[1], new[2], "{name}: both dark rules are equal");
        // Forced colours keep the system's.
        assert_eq!(old[3], new[3], "{name}");
    }
    for name in ["paper", "ink", "focus", "line-2"] {
        assert_eq!(declared(&before, name), declared(&after, name), "{name}");
    }
    assert_eq!(
        output(&plain, "assets/print.css"),
        output(&built, "assets/print.css")
    );
    assert!(output(&built, "assets/favicon.svg").contains("#8a2252"));
    assert!(output(&built, "assets/site.css") == output(&book.build(), "assets/site.css"));
}

#[test]
fn a_weak_colour_is_measured_and_the_nearest_one_passes() {
    let weak = report_lines(&themed("accent = \"#e4572e\"\naccent-dark = \"#5a3a2e\""));
    assert_eq!(weak.len(), 2, "{weak:?}");
    assert!(
        weak[0].contains("warning[low-contrast]") && weak[0].contains("3.55 to 1"),
        "{weak:?}"
    );
    let colours: Vec<_> = weak
        .iter()
        .map(|it| it.rsplit('`').nth(1).expect("a colour is named").to_owned())
        .collect();
    let mended = format!(
        "accent = \"{}\"\naccent-dark = \"{}\"",
        colours[0], colours[1]
    );
    assert_eq!(
        report_lines(&themed(&mended)),
        Vec::<String>::new(),
        "{colours:?}"
    );
}

#[test]
fn a_token_of_the_books_own_sheet_is_measured_at_its_place() {
    let sheet = ":root {\n  --ink-2: #aaa;\n  --ink: rgb(0 0 0);\n}\n";
    let weak = report_lines(&Book::starter().with("theme/css/own.css", sheet));
    assert_eq!(weak.len(), 1, "{weak:?}");
    assert!(weak[0].starts_with("theme/css/own.css:2:12"), "{weak:?}");
    assert!(weak[0].contains("`--ink-2` on the"), "{weak:?}");
}

#[test]
fn a_logo_stands_in_the_head_with_its_size_and_its_words() {
    let built = themed("logo = \"theme/logo.svg\"\nshort-title = \"ACME\"").build();
    let page = output(&built, "measures/ACME-01.html");
    assert!(page.contains(
        "<img src=\"../assets/logo.svg\" alt=\"\" width=\"30\" height=\"10\"><span>ACME</span></a>"
    ));
    assert!(
        page.contains("<link rel=\"icon\" href=\"../assets/logo.svg\" type=\"image/svg+xml\">")
    );
    assert!(page.contains(" | ACME</title>"));
    assert!(
        page.contains("<p>ACME controls catalogue, edition"),
        "paper has the whole name"
    );
    let worded = themed(
        "logo = \"theme/logo.svg\"\nlogo-dark = \"theme/logo.svg\"\nlogo-alt = \"ACME & Co\"",
    )
    .build();
    let page = output(&worded, "index.html");
    assert!(page.contains("<img class=\"by-day\" src=\"assets/logo.svg\" alt=\"ACME &amp; Co\""));
    assert!(
        page.contains("<img class=\"by-night\"") && !page.contains("alt=\"ACME &amp; Co\"><span>")
    );
    assert!(output(&worded, "assets/site.css").contains(".by-night{display:none}"));
    links_resolve(&worded.outputs);
}

#[test]
fn the_page_for_lost_readers_names_everything_from_the_top() {
    let book = themed("logo = \"theme/logo.svg\"\nlogo-dark = \"theme/logo.svg\"\nfooter = [{ title = \"About\", link = \"guide/about.md\" }, { title = \"Mail\", link = \"mailto:a@b.example\" }]")
        .change("book.toml", "# site-url = \"https://controls.example.org/\"", "site-url = \"https://example.org/a/\"");
    let page = output(&book.build(), "404.html");
    for it in elements(&page) {
        let found = [it.attribute("href"), it.attribute("src")];
        for address in found.into_iter().flatten() {
            let whole = ["/a/", "#", "mailto:", "https://"]
                .iter()
                .any(|start| address.starts_with(start));
            assert!(whole, "{address}");
        }
    }
    assert!(
        page.contains("href=\"/a/guide/about.html\">About</a>")
            && page.contains("href=\"mailto:a@b.example\"")
    );
}

#[test]
fn settings_that_cannot_be_are_reported_at_their_line() {
    let book = themed(
        "accent = \"petrol\"\nlogo-alt = \" \"\nfavicon = \"content/icon.svg\"\nhide = [\"matrx\"]\nfooter = [{ title = \"\", link = \"guide/abuot.md\" }]",
    );
    let toml = book.text("book.toml");
    let line = |words: &str| {
        toml[..toml.rfind(words).expect(words)]
            .matches('\n')
            .count()
            + 1
    };
    let found = report_lines(&book);
    let of = |words: &str, code: &str, help: &str| {
        let start = format!("book.toml:{}:", line(words));
        let hit = found
            .iter()
            .any(|it| it.starts_with(&start) && it.contains(code) && it.contains(help));
        assert!(hit, "{words}: {found:#?}");
    };
    of("accent =", "bad-value", "this is no colour");
    of("logo-alt", "bad-value", "the logo says nothing");
    of("logo-alt", "bad-value", "there is no logo");
    of("favicon", "unusable-logo", "folder `theme/`");
    of("hide", "unknown-value", "did you mean `matrix`?");
    of("footer", "bad-value", "the link has no words");
    of("footer", "unknown-page", "did you mean `guide/about.md`?");
    let picture = themed("logo = \"theme/logo.png\"").with_bytes("theme/logo.png", b"no picture");
    let wrong = report_lines(&picture);
    assert!(
        wrong
            .iter()
            .any(|it| it.contains("unusable-logo") && it.contains("neither an SVG nor a PNG")),
        "{wrong:?}"
    );
}

/// Every part, and what its files begin with.
const PARTS: [(&str, &str); 8] = [
    ("matrix", "matrix"),
    ("coverage", "coverage"),
    ("crosswalk", "crosswalk"),
    ("provider", "provider/"),
    ("checklists", "checklists"),
    ("threats", "threats"),
    ("glossary", "glossary"),
    ("data", "data"),
];

#[test]
fn a_hidden_part_has_no_page_no_link_and_no_record() {
    let whole = Book::starter().build();
    let words: Vec<_> = PARTS
        .iter()
        .map(|(word, _)| format!("\"{word}\""))
        .collect();
    let each = PARTS.iter().map(|it| vec![*it]);
    for hidden in each.chain([PARTS.to_vec()]) {
        let list = if hidden.len() == 1 {
            format!("\"{}\"", hidden[0].0)
        } else {
            words.join(", ")
        };
        let built = themed(&format!("hide = [{list}]\nlogo = \"theme/logo.svg\"")).build();
        assert_eq!(built.book.diagnostics, [], "{list}");
        links_resolve(&built.outputs);
        for (word, start) in &hidden {
            let of = |built: &Built| {
                built
                    .outputs
                    .iter()
                    .filter(|(path, _)| path.starts_with(start))
                    .count()
            };
            // The starter book has one framework: nothing to walk across.
            assert!(of(&whole) > 0 || *word == "crosswalk", "{word}");
            assert_eq!(of(&built), 0, "{word}");
            for (path, bytes) in built
                .outputs
                .iter()
                .filter(|(path, _)| path.starts_with("search/"))
            {
                let text = String::from_utf8_lossy(bytes);
                assert!(
                    !text.contains(&format!("\"{start}.html")),
                    "{word} is found in {path}"
                );
            }
        }
        // What a part's pages were linked by leads nowhere else in its place.
        for (path, bytes) in built
            .outputs
            .iter()
            .filter(|(path, _)| path.ends_with(".html"))
        {
            let html = String::from_utf8_lossy(bytes);
            for link in html
                .split("<a ")
                .skip(1)
                .filter_map(|it| it.split_once("</a>"))
            {
                let home = link.0.contains("index.html\"");
                let expected = link.0.ends_with(">Home") || link.0.contains("class=\"brand\"");
                assert!(!home || expected, "{list}: {path}: {}", link.0);
                assert!(!link.0.contains("href=\"\""), "{list}: {path}: {}", link.0);
            }
        }
    }
}

#[test]
fn a_link_to_a_hidden_part_is_shown_as_text() {
    const TEXT: &str = "\
---
title: Ways
summary: Where to go, such as [[site:SITE|the part]].
---

See [[site:SITE]], [[site:SITE|the *other* words]] and [this](FILE), or [[ACME-01]].
";
    for (setting, route, file) in [
        ("hide = [\"matrix\"]", "matrix", "about.md"),
        ("hide = [\"coverage\"]", "coverage/example", "about.md"),
        (
            "hide = [\"checklists\"]",
            "checklists/web-shop-all",
            "about.md",
        ),
        ("hide = [\"threats\"]", "threats", "../threats.yaml"),
        ("hide = [\"glossary\"]", "glossary", "../glossary.yaml"),
        ("hide = [\"data\"]", "data", "about.md"),
        ("print = false", "print", "about.md"),
    ] {
        let text = TEXT.replace("SITE", route).replace("FILE", file);
        let book = match setting.strip_prefix("print") {
            Some(_) => Book::starter().change(
                "book.toml",
                "[output.html]\n",
                "[output.html]\nprint = false\n",
            ),
            None => themed(setting),
        };
        let shown = Book::starter().with("content/guide/ways.md", &text).build();
        assert_eq!(
            shown.book.diagnostics,
            [],
            "{route} is a page of the starter book"
        );
        assert_eq!(shown.book.site.unshown_links, []);
        let built = book.with("content/guide/ways.md", &text).build();
        assert_eq!(built.book.diagnostics, [], "{setting}");
        let count = 3 + usize::from(file != "about.md");
        assert_eq!(built.book.site.unshown_links.len(), count, "{setting}");
        let page = built.outputs.get("guide/ways.html").expect("it is built");
        let html = std::str::from_utf8(page).expect("UTF-8");
        let (_, body) = html.split_once("<div class=\"body\">").expect("a body");
        let (_, text) = body.split_once("<p>See ").expect("the text");
        let (text, _) = text.split_once("</p>").expect("its end");
        let links = text.matches("<a ").count();
        assert_eq!(
            links,
            if file == "about.md" { 2 } else { 1 },
            "{setting}: {text}"
        );
        assert!(
            text.contains("the <em>other</em> words"),
            "{setting}: {text}"
        );
        assert!(
            !text.starts_with("<a") && !text.starts_with(','),
            "{setting}: {text}"
        );
    }
    // A part that there never was is a mistake as before.
    let found = report_lines(&themed("hide = [\"checklists\"]").change(
        "content/guide/about.md",
        "propose the change yourself.",
        "propose the change yourself, see [[site:checklists/nobody]].",
    ));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("unresolved-link"), "{found:?}");
}

#[test]
fn a_task_of_the_home_page_that_leads_to_a_hidden_part_has_no_link() {
    let book = themed("hide = [\"data\"]").change(
        "content/index.md",
        "to: use-cases/web-shop.md",
        "to: \"[[site:data]]\"",
    );
    let built = book.build();
    assert_eq!(built.book.diagnostics, []);
    let html = built.outputs.get("index.html").expect("it is built");
    let html = std::str::from_utf8(html).expect("UTF-8");
    assert!(html.contains("<b>Secure the web shop</b>"), "{html}");
}

#[test]
fn a_block_a_component_and_a_page_of_ones_own() {
    let book = Book::starter()
        .with(
            "theme/templates/layout.html",
            "{% extends \"built-in/layout.html\" %}\n{% block head_end %}<script src=\"{{ frame.root }}assets/own.js\" defer></script>\n{% endblock head_end %}{% block body_end %}{% include \"own-end.html\" %}{% endblock body_end %}\n",
        )
        .with("theme/templates/own-end.html", "<p class=\"end\">{{ frame.brand }}</p>\n")
        .with("theme/templates/own-parts.html", "{% component edition(frame) %}issue {{ frame.version }}{% endcomponent edition %}\n")
        .with("theme/js/own.js", "// Mine.\n")
        .with("theme/css/own.css", ".end {background: url(own.png)}\n")
        .with_bytes("theme/own.png", b"\x89PNG\r\n\x1a\n");
    let built = book.build();
    assert_eq!(built.book.diagnostics, []);
    for page in ["index.html", "measures/ACME-01.html", "checklists.html"] {
        let html = output(&built, page);
        assert!(
            html.contains("assets/own.js\" defer></script>\n</head>"),
            "{page}"
        );
        assert!(
            html.contains("<p class=\"end\">ACME controls catalogue</p>\n</body>"),
            "{page}"
        );
        assert!(
            html.contains("issue 0.1"),
            "{page}: one component is replaced"
        );
    }
    assert_eq!(output(&built, "assets/own.js"), "// Mine.\n");
    assert!(output(&built, "assets/site.css").ends_with(".end {background: url(own.png)}\n"));
}

#[test]
fn pages_are_the_same_whether_parts_are_called_or_written_out() {
    let book = Book::starter();
    let plain = book.build();
    let mut own = book;
    for name in ["parts", "coverage-parts", "matrix-parts"] {
        let path = format!("templates/{name}.html");
        let text = built_in::text(&path).expect("it is built in");
        own = own.with(&format!("theme/{path}"), &format!("{text}{{# ours #}}"));
    }
    let called = own.build();
    assert_eq!(called.book.diagnostics, []);
    for (path, bytes) in plain.outputs.iter() {
        assert!(called.outputs.get(path) == Some(bytes), "{path} differs");
    }
}

#[test]
fn templates_that_cannot_be_are_reported_at_their_line() {
    let book = Book::starter()
        .with("theme/templates/404.html", "{% extends \"built-in/layout.html\" %}\n{% block main %}{% block mine %}{% endblock mine %}{% endblock main %}{% block bdy %}{% endblock bdy %}\n")
        .with("theme/templates/guide.html", "{% extends \"built-in/giude.html\" %}\n")
        .with("theme/templates/search.html", "{% extends \"search.html\" %}\n");
    let found = report_lines(&book);
    assert_eq!(found.len(), 3, "{found:#?}");
    assert!(
        found[0].starts_with("theme/templates/404.html:2:80: error[unknown-block]")
            && found[0].contains("did you mean `body`?"),
        "{found:#?}"
    );
    assert!(
        found[1].starts_with("theme/templates/guide.html:1:13: error[template-mistake]")
            && found[1].contains("`built-in/guide.html`"),
        "{found:#?}"
    );
    assert!(
        found[2].starts_with("theme/templates/search.html:1:13: error[template-mistake]")
            && found[2].contains("extends itself"),
        "{found:#?}"
    );
}

#[test]
fn a_name_that_no_template_has_is_reported_at_its_line() {
    let book = Book::starter()
        .with("theme/templates/404.html", "{% extends \"built-in/404.html\" %}\n{% block content %}ö {{ <nonsense /> }}{% endblock content %}\n")
        .with("theme/templates/guide.html", "{% extends \"layout.html\" %}\n{% block body %}\n{{ frame.title | nosuch }}{% endblock body %}\n");
    let found = report_lines(&book);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(
        found[0].starts_with(
            "theme/templates/404.html:2:25: error[template-mistake]: Unknown component `nonsense`"
        ),
        "{found:#?}"
    );
    assert!(
        found[1].starts_with(
            "theme/templates/guide.html:3:18: error[template-mistake]: Unknown filter `nosuch`"
        ),
        "{found:#?}"
    );
}

#[test]
fn a_frame_without_a_block_that_pages_fill_is_reported() {
    let frame = "<!doctype html>\n<html lang=\"en\"><head><title>{{ frame.title }}</title></head><body>{% block body %}{% endblock body %}</body></html>\n";
    let found = report_lines(&Book::starter().with("theme/templates/layout.html", frame));
    let missing = ["head", "links"].map(|block| {
        format!(
            "theme/templates/layout.html: error[template-mistake]: pages fill a block `{block}`"
        )
    });
    assert_eq!(found.len(), missing.len(), "{found:#?}");
    for (it, missing) in found.iter().zip(&missing) {
        assert!(it.starts_with(missing), "{found:#?}");
    }
}

#[test]
fn a_file_without_effect_is_named_with_the_nearest() {
    let book = Book::starter()
        .with(
            "theme/template/measure.html",
            "{% extends \"layout.html\" %}\n",
        )
        .with(
            "theme/templates/own.html",
            "{% extends \"layout.html\" %}\n",
        )
        .with("theme/icons/own.svg", "<symbol id=\"own\"/>\n")
        .with("theme/js/own.js", "\n")
        .with("theme/README.md", "Ours.\n");
    let found = report_lines(&book);
    let all = found
        .iter()
        .all(|it| it.contains("warning[unknown-theme-file]"));
    assert!(all && found.len() == 5, "{found:#?}");
    let wrong = found
        .iter()
        .find(|it| it.starts_with("theme/template/"))
        .expect("it is named");
    assert!(
        wrong.contains("did you mean `theme/templates/measure.html`?"),
        "{wrong}"
    );
}

#[test]
fn a_copy_is_no_override_until_it_is_changed_and_an_old_one_is_reported() {
    let plain = Book::starter().build();
    let mut book = Book::starter();
    for path in built_in::paths() {
        let Some(copy) = built_in::stamped_copy(&path) else {
            assert!(path.ends_with(".png"), "{path} is a text");
            continue;
        };
        book = book.with(&format!("theme/{path}"), &copy);
    }
    let copied = book.build();
    assert_eq!(copied.book.diagnostics, []);
    assert!(copied.outputs == plain.outputs, "copies change nothing");
    let copy = built_in::stamped_copy("css/print.css").expect("it is there");
    let changed = Book::starter().with("theme/css/print.css", &copy.replace("18mm", "19mm"));
    assert_eq!(report_lines(&changed), Vec::<String>::new());
    assert!(output(&changed.build(), "assets/print.css").contains("19mm"));
    let digest = copy.split_whitespace().nth(2).expect("a digest");
    let old = Book::starter().with(
        "theme/css/print.css",
        &copy
            .replace(digest, "0123456789abcdef")
            .replace("18mm", "19mm"),
    );
    let found = report_lines(&old);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].contains("warning[outdated-override]")
            && found[0].contains("new theme-file css/print.css"),
        "{found:?}"
    );
}

#[test]
fn a_built_in_file_is_copied_once_and_a_wrong_name_is_no_file() {
    let folder = TempDir::new().expect("writable");
    let run = |arguments: &[&str]| {
        let command = Command::new(env!("CARGO_BIN_EXE_controlbook"))
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .expect("the program runs");
        let said = String::from_utf8_lossy(&command.stderr).into_owned();
        (command.status.code(), said)
    };
    assert_eq!(run(&["init"]).0, Some(0));
    assert_eq!(
        run(&["new", "theme-file", "templates/measure.html"]).0,
        Some(0)
    );
    let copy = fs::read_to_string(folder.path().join("theme/templates/measure.html"))
        .expect("it is there");
    assert_eq!(Some(copy), built_in::stamped_copy("templates/measure.html"));
    let (code, said) = run(&["new", "theme-file", "theme/templates/measure.html"]);
    assert!(
        code == Some(2) && said.contains("is there already"),
        "{said}"
    );
    let (code, said) = run(&["new", "theme-file", "templates/mesure.html"]);
    assert!(
        code == Some(2) && said.contains("did you mean `templates/measure.html`?"),
        "{said}"
    );
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(folder: &Path, under: &Path, sources: &mut Sources) {
    for entry in fs::read_dir(under).expect("readable") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            read(folder, &path, sources);
        } else {
            let name = path
                .strip_prefix(folder)
                .expect("under it")
                .to_string_lossy()
                .replace('\\', "/");
            sources.insert(name, fs::read(&path).expect("readable"));
        }
    }
}

#[test]
fn a_made_up_hospitals_fork_is_its_own() {
    let folder = root().join("tests/fixtures/fork");
    let mut sources = Sources::default();
    read(&folder, &folder, &mut sources);
    let book = Book { sources };
    let built = book.build();
    assert_eq!(built.book.diagnostics, []);
    assert!(links_resolve(&built.outputs) > 400);
    keeps_the_policy(&built.outputs);
    for (path, bytes) in built.outputs.iter() {
        let text = String::from_utf8_lossy(bytes);
        assert!(
            !text.contains("#0b5666") && !text.contains("#76c5d2"),
            "{path} has our colour"
        );
        if path.ends_with(".html") {
            assert!(text.contains("Havenmoor controls</span></a>"), "{path}");
            assert!(
                text.contains("assets/logo.svg") && text.contains(">Imprint</a>"),
                "{path}"
            );
            assert!(
                !elements(&text)
                    .iter()
                    .any(|it| it.attribute("href") == Some("#site")),
                "{path} has our mark"
            );
        }
    }
    assert!(
        output(&built, "measures/HMH-01.html").contains("quoting <span class=\"id\">HMH-01</span>")
    );
    for hidden in ["matrix.html", "glossary.html", "crosswalk.html"] {
        assert!(built.outputs.get(hidden).is_none(), "{hidden}");
    }
}

/// The files of an example of the manual: path and text.
fn example(title: &str) -> Vec<(String, String)> {
    let page = fs::read_to_string(root().join("manual/theme.md")).expect("it is there");
    let heading = format!("\n## Example: {title}\n");
    let (_, rest) = page.split_once(&heading).expect("the manual has it");
    let section = rest.split("\n## ").next().expect("a section");
    let mut files = Vec::new();
    let mut path = None;
    let mut lines = section.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            let text: Vec<_> = lines.by_ref().take_while(|it| *it != "```").collect();
            let path = path
                .take()
                .expect("each block has the name of its file above it");
            files.push((path, text.join("\n") + "\n"));
        } else if !line.is_empty() {
            let name = line.strip_prefix('`').and_then(|it| it.strip_suffix('`'));
            path = name.map(str::to_owned);
        }
    }
    files
}

/// The starter book with an example laid over it; what stands for `book.toml` is added to it.
fn with_example(title: &str) -> Built {
    let mut book = Book::starter();
    let files = example(title);
    assert!(files.len() >= 2, "{title}");
    for (path, text) in files {
        let before = if path == "book.toml" {
            book.text(&path).to_owned()
        } else {
            String::new()
        };
        book = book.with(&path, format!("{before}\n{text}").trim_start_matches('\n'));
    }
    let built = book.build();
    assert_eq!(built.book.diagnostics, [], "{title}");
    links_resolve(&built.outputs);
    keeps_the_policy(&built.outputs);
    built
}

#[test]
fn the_manuals_example_of_settings_is_true() {
    let built = with_example("colours, logo and foot");
    let home = output(&built, "index.html");
    assert!(home.contains("alt=\"\" width=\"32\" height=\"32\"><span>Harbour controls</span></a>"));
    assert!(home.contains("<a href=\"guide/imprint.html\">Imprint</a>"));
    assert!(home.contains("<a href=\"https://harbour.example/accessibility\">Accessibility</a>"));
    assert!(built.outputs.get("data.html").is_none());
    let css = output(&built, "assets/site.css");
    assert!(css.contains("--accent:#14532d") && css.matches("--accent:#86d19f").count() == 2);
}

#[test]
fn the_manuals_example_of_a_block_is_true() {
    let built = with_example("one block of a template");
    let measure = output(&built, "measures/ACME-01.html");
    let (practices, rest) = measure
        .split_once("<b>Questions on ACME-01:</b>")
        .expect("the note");
    assert!(practices.contains("id=\"practices\"") && rest.contains("id=\"duties\""));
    assert!(output(&built, "index.html").contains("<p class=\"wide\">Harbour Clinic, department"));
}

#[test]
fn the_manuals_example_of_a_sheet_and_a_page_is_true() {
    let built = with_example("a style sheet and a page");
    let css = output(&built, "assets/site.css");
    let (before, own) = css
        .split_once("--measure: 40rem")
        .expect("the sheet is joined");
    assert!(before.contains("--measure:42.5rem") && own.contains(".site-foot {"));
    let help = output(&built, "guide/help.html");
    assert!(help.contains("href=\"../measures/ACME-01.html\""));
    assert!(output(&built, "index.html").contains("<a href=\"guide/help.html\">Help</a>"));
}
