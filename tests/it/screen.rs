//! Files that hide something: invisible characters, active pictures, names with terminal escape codes.

use std::collections::BTreeSet;

use controlbook::diagnostic::{github, human, json, sarif, short};
use controlbook::pipeline::{ParseCache, check};
use controlbook::rules::ALL;

use crate::book::Book;

/// A page that shows a picture.
const PAGE: &str = "\
---
title: Zones
summary: Where the systems run.
---

![Two zones](zones.svg)
";

fn shown(svg: &[u8]) -> Book {
    Book::starter()
        .with("content/guide/zones.md", PAGE)
        .with_bytes("content/guide/zones.svg", svg)
}

/// The lines of the picture in which something is found.
fn lines(svg: &str) -> Vec<usize> {
    let book = shown(svg.as_bytes());
    let found = book.read().diagnostics;
    let found = found.iter().filter(|it| it.rule.code == "active-picture");
    found
        .map(|it| {
            assert_eq!(&*it.path, "content/guide/zones.svg");
            let span = it.span.expect("it has a place");
            svg[..span.start].matches('\n').count() + 1
        })
        .collect()
}

fn svg(inside: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\">\n{inside}\n</svg>\n"
    )
}

#[test]
fn a_picture_that_could_run_or_load_is_an_error_at_its_line() {
    for inside in [
        "<script>alert(1)</script>",
        "<script href=\"data:text/javascript,alert(1)\"/>",
        "<script type=\"text/javascript\"><![CDATA[alert(1)]]></script>",
        "<s:script xmlns:s=\"http://www.w3.org/2000/svg\">alert(1)</s:script>",
        "<SCRIPT>alert(1)</SCRIPT>",
        "<g onload=\"alert(1)\"/>",
        "<path d=\"M0 0\" ONCLICK=\"alert(1)\"/>",
        "<rect onbegin = 'alert(1)' width=\"1\" height=\"1\"/>",
        "<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">a</p></foreignObject>",
        "<h:iframe xmlns:h=\"http://www.w3.org/1999/xhtml\" src=\"javascript:alert(1)\"/>",
        "<g><embed xmlns=\"http://www.w3.org/1999/xhtml\" src=\"a\"/></g>",
        "<object data=\"a\"/>",
        "<a href=\"javascript:alert(1)\"><text>a</text></a>",
        "<a xlink:href=\"&#106;ava&#10;script:alert(1)\"><text>a</text></a>",
        "<a xmlns:y=\"http://www.w3.org/1999/xlink\" y:href=\"JaVaScRiPt:alert(1)\"/>",
        "<a href=\"data:text/html,a\"/>",
        "<a href=\"//example.org/\"/>",
        "<use href=\"https://example.org/a.svg#b\"/>",
        "<use xlink:href=\"other.svg#b\"/>",
        "<image href=\"https://example.org/a.png\"/>",
        "<image xlink:href=\"data:image/svg+xml;base64,AA\"/>",
        "<filter><feImage href=\"http://example.org/a\"/></filter>",
        "<rect fill=\"url(https://example.org/a.svg#b)\"/>",
        "<rect style=\"fill:u\\72l(//example.org/a)\"/>",
        "<style>@import url(https://example.org/a.css);</style>",
        "<style><![CDATA[.a{background:url('a.png')}]]></style>",
        "<a href=\"#b\"><animate attributeName=\"href\" to=\"javascript:alert(1)\"/></a>",
        "<a><set attributeName=\"xlink:href\" to=\"javascript:alert(1)\"/></a>",
        "<set attributeName=\"onmouseover\" to=\"alert(1)\"/>",
        "<handler type=\"application/ecmascript\">alert(1)</handler>",
        "<g xml:base=\"https://example.org/\"/>",
        "<?xml-stylesheet href=\"a.xsl\" type=\"text/xsl\"?>",
        "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" href=\"javascript:alert(1)\"/>",
        "<a href=\"https://example.org/\" ping=\"https://example.org/b\"/>",
        "<g><rect>",
        "<a b=c/>",
        "&nbsp;",
    ] {
        let found = lines(&svg(inside));
        // What is not well-formed may be seen where an end is missing.
        assert!(
            found.first().is_some_and(|it| (2..=3).contains(it)),
            "{inside}: {found:?}"
        );
    }
}

#[test]
fn what_stands_before_the_picture_is_looked_at_too() {
    for (before, line) in [
        ("<?xml-stylesheet type=\"text/xsl\" href=\"#a\"?>\n", 1),
        (
            "<?xml version=\"1.0\"?>\n<?XML-stylesheet href=\"a\"?>\n",
            2,
        ),
        ("<!DOCTYPE svg [\n<!ENTITY a \"b\">\n]>\n", 1),
        (
            "<?xml version=\"1.0\"?>\n<!-- a [ -->\n<!DOCTYPE svg PUBLIC \"a>[\" 'b' [<!ATTLIST svg onload CDATA \"alert(1)\">]>\n",
            3,
        ),
        ("<?xml version=\"1.0\" encoding=\"ISO-2022-JP\"?>\n", 1),
        ("<?xml version='1.0' encoding='utf-7'?>\n", 1),
    ] {
        assert_eq!(
            lines(&format!("{before}{}", svg("<path/>"))),
            [line],
            "{before}"
        );
    }
    for whole in [
        "<html xmlns=\"http://www.w3.org/1999/xhtml\"><script>alert(1)</script></html>",
        "<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">alert(1)</x:script>",
        "<svg viewBox=\"0 0 1 1\"/>",
        "alert(1)",
        "",
        "\u{1f}\u{8b}\u{8}",
    ] {
        if !whole.is_empty() {
            assert_eq!(lines(whole).first(), Some(&1), "{whole}");
        }
    }
}

#[test]
fn an_encoding_hides_nothing() {
    let text = svg("<script>alert(1)</script>");
    let wide = |of: fn(u16) -> [u8; 2], mark: bool| {
        let mark = mark.then_some('\u{feff}').into_iter();
        let text: String = mark.chain(text.chars()).collect();
        text.encode_utf16().flat_map(of).collect::<Vec<u8>>()
    };
    let marked = format!("\u{feff}{text}").into_bytes();
    for bytes in [
        wide(u16::to_le_bytes, true),
        wide(u16::to_be_bytes, true),
        wide(u16::to_le_bytes, false),
        wide(u16::to_be_bytes, false),
        marked,
        b"<svg xmlns=\"http://www.w3.org/2000/svg\">\xff</svg>".to_vec(),
    ] {
        let found = shown(&bytes).read().diagnostics;
        let codes: Vec<_> = found.iter().map(|it| it.rule.code).collect();
        assert_eq!(codes, ["active-picture"], "{found:?}");
    }
}

#[test]
fn a_picture_in_another_encoding_is_refused_however_harmless() {
    let harmless = svg("<path/>");
    let wide: Vec<u8> = format!("\u{feff}{harmless}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let latin = harmless.replace("<path/>", "<title>Caf\u{e9}</title>");
    let latin: Vec<u8> = latin.chars().map(|it| it as u8).collect();
    for bytes in [&wide, &latin] {
        shown(bytes)
            .reports("content/guide/zones.svg: error[active-picture]: the picture is not UTF-8");
    }
    let marked = format!("\u{feff}{}", svg("<title>a\u{ad}\u{200b}</title>"));
    let found = shown(marked.as_bytes()).read().diagnostics;
    assert_eq!(found.len(), 1, "what it hides is found: {found:?}");
    assert_eq!(found[0].rule.code, "hidden-character");
}

#[test]
fn the_command_line_repeats_nothing_that_commands_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let odd = folder.path().join("n\n::error::x\u{1b}[31m\u{202e}");
    std::fs::create_dir(&odd).expect("a name of this system");
    let odd = odd.to_str().expect("UTF-8");
    for arguments in [
        vec!["build", odd],
        vec!["check", odd],
        vec!["clean", odd],
        vec!["build", "--nothing\n::error::x\u{1b}[31m"],
        vec!["explain", "no\u{9b}31m\n::error::x"],
        vec!["init", odd],
        vec!["build", "-v", odd],
        vec!["build", odd],
    ] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_controlbook"))
            .args(&arguments)
            .env("NO_COLOR", "1")
            .output()
            .expect("the program runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let bad = |c: char| c != '\n' && controlbook::characters::kind(c).is_some();
        assert!(!said.contains(bad), "{arguments:?}: {said:?}");
        assert!(
            !said.lines().any(|it| it.trim_start().starts_with("::")),
            "{said}"
        );
    }
}

/// Pictures as programs save them.
const HARMLESS: [&str; 12] = [
    // A drawing of Inkscape.
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<!-- Created with Inkscape (http://www.inkscape.org/) -->\n<svg width=\"210mm\" height=\"297mm\" viewBox=\"0 0 210 297\" version=\"1.1\" id=\"svg5\" inkscape:version=\"1.2.2\" sodipodi:docname=\"zones.svg\" inkscape:export-filename=\"/home/a/zones.png\" xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" xmlns:sodipodi=\"http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns=\"http://www.w3.org/2000/svg\" xmlns:svg=\"http://www.w3.org/2000/svg\" xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:cc=\"http://creativecommons.org/ns#\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<sodipodi:namedview id=\"namedview7\" pagecolor=\"#ffffff\" inkscape:pageshadow=\"2\"><inkscape:grid type=\"xygrid\" id=\"grid9\"/></sodipodi:namedview>\n<metadata id=\"metadata1\"><rdf:RDF><cc:Work rdf:about=\"\"><dc:format>image/svg+xml</dc:format><dc:type rdf:resource=\"http://purl.org/dc/dcmitype/StillImage\"/></cc:Work></rdf:RDF></metadata>\n<defs id=\"defs2\"><linearGradient id=\"g\"><stop style=\"stop-color:#000000;stop-opacity:1\" offset=\"0\"/></linearGradient><linearGradient inkscape:collect=\"always\" xlink:href=\"#g\" id=\"h\" gradientUnits=\"userSpaceOnUse\"/></defs>\n<g inkscape:label=\"Layer 1\" inkscape:groupmode=\"layer\" id=\"layer1\"><path style=\"fill:url(#h);stroke:none\" d=\"m 1,1 2,2\" sodipodi:nodetypes=\"cc\"/><use x=\"0\" xlink:href=\"#layer1\"/></g>\n</svg>\n",
    // One of Illustrator.
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- Generator: Adobe Illustrator 24.0.1, SVG Export Plug-In . SVG Version: 6.00 Build 0)  -->\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<svg version=\"1.1\" id=\"Layer_1\" xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" x=\"0px\" y=\"0px\" viewBox=\"0 0 100 100\" style=\"enable-background:new 0 0 100 100;\" xml:space=\"preserve\">\n<style type=\"text/css\">\n\t.st0{fill:#0B5666;}\n\t.st1{clip-path:url(#SVGID_2_);fill-rule:evenodd;}\n\t.st2{font-family:'MyriadPro-Regular';}\n</style>\n<defs><rect id=\"SVGID_1_\" width=\"9\" height=\"9\"/></defs><clipPath id=\"SVGID_2_\"><use xlink:href=\"#SVGID_1_\"  style=\"overflow:visible;\"/></clipPath><switch><g i:extraneous=\"self\" xmlns:i=\"http://ns.adobe.com/AdobeIllustrator/10.0/\"><path class=\"st0\" d=\"M0 0\"/></g></switch>\n</svg>\n",
    // One of draw.io, with text as SVG.
    "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\" width=\"121px\" height=\"61px\" viewBox=\"-0.5 -0.5 121 61\" content=\"&lt;mxfile host=&quot;app.diagrams.net&quot; agent=&quot;5.0 (X11; url(http://a))&quot;&gt;&lt;/mxfile&gt;\"><defs/><g><rect x=\"0\" y=\"0\" width=\"120\" height=\"60\" fill=\"rgb(255, 255, 255)\" stroke=\"rgb(0, 0, 0)\" pointer-events=\"all\"/><g fill=\"rgb(0, 0, 0)\" font-family=\"Helvetica\" text-anchor=\"middle\" font-size=\"12px\"><text x=\"59.5\" y=\"34.5\">Zone: a</text></g></g><a xlink:href=\"https://www.drawio.com/doc/faq/svg-export-text-problems\" target=\"_blank\"><text>Viewer does not support full SVG 1.1</text></a></svg>\n",
    // One of Figma, with an embedded picture.
    "<svg width=\"24\" height=\"24\" viewBox=\"0 0 24 24\" fill=\"none\" xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">\n<g filter=\"url(#filter0_d)\" clip-path=\"url(#clip0)\"><rect width=\"24\" height=\"24\" fill=\"url(#pattern0)\"/></g>\n<defs><filter id=\"filter0_d\" color-interpolation-filters=\"sRGB\"><feFlood flood-opacity=\"0\" result=\"BackgroundImageFix\"/><feColorMatrix in=\"SourceAlpha\" type=\"matrix\" values=\"0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 127 0\"/></filter><pattern id=\"pattern0\" patternContentUnits=\"objectBoundingBox\" width=\"1\" height=\"1\"><use xlink:href=\"#image0\" transform=\"scale(0.01)\"/></pattern><image id=\"image0\" width=\"9\" height=\"9\" xlink:href=\"data:image/png;base64,iVBORw0KGgo=\"/></defs>\n</svg>\n",
    // One of Graphviz.
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\"\n \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<!-- Generated by graphviz version 2.43.0 (0) -->\n<svg width=\"62pt\" height=\"116pt\"\n viewBox=\"0.00 0.00 62.00 116.00\" xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">\n<g id=\"graph0\" class=\"graph\" transform=\"scale(1 1) rotate(0) translate(4 112)\"><title>%3</title><g id=\"a_node1\"><a xlink:href=\"https://example.org/\" xlink:title=\"a\"><text text-anchor=\"middle\" font-family=\"Times,serif\">a</text></a></g></g>\n</svg>\n",
    // One of PlantUML, with its source as an instruction.
    "<?xml version=\"1.0\" encoding=\"us-ascii\" standalone=\"no\"?><svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" contentStyleType=\"text/css\" height=\"120px\" preserveAspectRatio=\"none\" style=\"width:113px;height:120px;background:#FFFFFF;\" version=\"1.1\" viewBox=\"0 0 113 120\" zoomAndPan=\"magnify\"><?plantuml 1.2023.12?><defs/><g><line style=\"stroke:#181818;stroke-width:0.5;stroke-dasharray:5.0,5.0;\" x1=\"26\" x2=\"26\"/><!--MD5=[a]--></g></svg>\n",
    // One of Excalidraw, with a font in it.
    "<svg version=\"1.1\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><!-- svg-source:excalidraw --><metadata></metadata><defs><style class=\"style-fonts\">@font-face { font-family: Virgil; src: url(data:font/woff2;base64,d09GMgABAAAAAA) }</style></defs><g stroke-linecap=\"round\"><path d=\"M0 0 C1 1\" transform=\"translate(1 1) rotate(0 2 2)\"/></g></svg>\n",
    // Animated, without an address.
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><circle r=\"1\"><animate attributeName=\"r\" values=\"1;2;1\" dur=\"2s\" repeatCount=\"indefinite\"/><animateTransform attributeName=\"transform\" type=\"rotate\" from=\"0 1 1\" to=\"360 1 1\" dur=\"1s\"/></circle></svg>\n",
    // Made for accessibility.
    "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"t d\" viewBox=\"0 0 9 9\"><title id=\"t\">Zones: url(x) &amp; javascript: explained</title><desc id=\"d\">onload = a word</desc><path data-note=\"url(https://example.org)\" d=\"M0 0\"/></svg>\n",
    // With variables, a media query and a mask.
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><style>/* a */ :root{--c:#123} @media (prefers-color-scheme: dark){path{fill:var(--c)}}</style><mask id=\"m\"><path d=\"M0 0\"/></mask><path style=\"mask: url('#m')\" fill=\"hsl(120, 50%, 50%)\" d=\"M0 0\"/></svg>\n",
    // With a prefix for its namespace.
    "<s:svg xmlns:s=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><s:path d=\"M0 0\"/></s:svg>\n",
    // Affinity, with properties of its own and a comment in another script.
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg width=\"100%\" height=\"100%\" viewBox=\"0 0 9 9\" version=\"1.1\" xmlns=\"http://www.w3.org/2000/svg\" xmlns:serif=\"http://www.serif.com/\" xml:space=\"preserve\" style=\"fill-rule:evenodd;clip-rule:evenodd;\"><!-- 図 --><g id=\"a\" serif:id=\"図 1\"><path d=\"M0,0\" style=\"fill:rgb(1,2,3);\"/></g></svg>\n",
];

#[test]
fn a_picture_as_programs_save_it_is_no_error() {
    for picture in HARMLESS {
        let found = shown(picture.as_bytes()).read().diagnostics;
        assert_eq!(found, [], "{picture}");
    }
}

#[test]
fn logos_marks_and_symbols_are_looked_at_too() {
    let bad =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\" onload=\"alert(1)\"/>\n";
    for (path, text, toml) in [
        (
            "theme/logo.svg",
            bad,
            "[theme]\nlogo = \"theme/logo.svg\"\n",
        ),
        ("theme/favicon.svg", bad, ""),
        (
            "theme/mark.svg",
            bad,
            "[theme]\nfavicon = \"theme/mark.svg\"\n",
        ),
        (
            "theme/icons/lv-1.svg",
            "<symbol id=\"lv-1\"><path onclick=\"a()\"/></symbol>\n",
            "",
        ),
        (
            "theme/icons/lv-1.svg",
            "<symbol id=\"lv-1\"><image href=\"http://example.org/\"/></symbol>\n",
            "",
        ),
        (
            "theme/icons/lv-1.svg",
            "<symbol id=\"lv-1\"><title><style><!--</style><b/>--></style></title></symbol>\n",
            "",
        ),
        (
            "theme/icons/lv-1.svg",
            "<symbol id=\"lv-1\"><!-- </symbol><b> --></symbol>\n",
            "",
        ),
    ] {
        let book = Book::starter().with(path, text);
        let toml = format!("{}\n{toml}", book.text("book.toml"));
        let book = book.with("book.toml", &toml);
        let found = check(&book.sources, &mut ParseCache::default()).diagnostics;
        let found: BTreeSet<_> = found.iter().map(|it| (it.rule.code, &*it.path)).collect();
        assert!(
            found.contains(&("active-picture", path)),
            "{path} {text}: {found:?}"
        );
    }
    let symbol = "<symbol id=\"lv-1\" viewBox=\"0 0 9 9\"><use href=\"#a\"/><path id=\"a\" d=\"M0 0\"/></symbol>\n";
    let book = Book::starter().with("theme/icons/lv-1.svg", symbol);
    assert_eq!(book.build().book.diagnostics, []);
}

#[test]
fn only_known_kinds_of_files_are_published_and_none_is_a_page() {
    let page = b"<!DOCTYPE html><script>alert(1)</script>".to_vec();
    for ending in [
        "html", "htm", "xhtml", "xml", "svgz", "js", "mjs", "mhtml", "shtml", "swf", "xsl",
    ] {
        let book = Book::starter()
            .with(
                "content/guide/zones.md",
                &PAGE.replace("zones.svg", &format!("zones.{ending}")),
            )
            .with_bytes(&format!("content/guide/zones.{ending}"), &page);
        assert!(book.read().failed(), "a link to .{ending} leads nowhere");
        if ending == "html" {
            let outputs = book.build().outputs;
            assert!(!outputs.iter().any(|(path, _)| path.starts_with("files/")));
        }
    }
    for ending in ["png", "JPG", "gif", "webp", "pdf", "csv"] {
        for bytes in [
            &page[..],
            b"\xef\xbb\xbf \n<html>",
            b"<svg onload=a>",
            b"<?xml version='1.0'?>",
        ] {
            // What is no picture is led to.
            let sign = if ["pdf", "csv"].contains(&ending) {
                ""
            } else {
                "!"
            };
            let text = PAGE.replace("![", &format!("{sign}["));
            let book = Book::starter()
                .with(
                    "content/guide/zones.md",
                    &text.replace("zones.svg", &format!("zones.{ending}")),
                )
                .with_bytes(&format!("content/guide/zones.{ending}"), bytes);
            book.reports(&format!(
                "content/guide/zones.{ending}: error[active-picture]: this is a page with the name of another file"
            ));
        }
    }
}

#[test]
fn a_picture_or_text_of_a_megabyte_is_judged_soon() {
    let many = |of: &dyn Fn(usize) -> String| (0..20_000).map(of).collect::<Vec<_>>().concat();
    let began = std::time::Instant::now();
    for inside in [
        "<g>".repeat(100_000) + &"</g>".repeat(100_000),
        format!("<path {}/>", many(&|at| format!(" a{at}=\"1\""))),
        many(&|at| format!("<g xmlns:a{at}=\"b\">")) + &"</g>".repeat(20_000),
        "<style>a".repeat(20_000) + &"</style>".repeat(20_000),
        format!("<style>{}</style>", "url(#".repeat(100_000)),
    ] {
        let _ = lines(&svg(&inside));
    }
    for text in [
        "\u{e0061}".repeat(100_000),
        "&#1;".repeat(100_000),
        "\u{202e}".repeat(100_000),
        "a\u{200d}\u{fe0f}".repeat(50_000),
    ] {
        let book =
            Book::starter().with("content/measures/ACME-01.md", &format!("## A\n\n{text}\n"));
        let found = book.read().diagnostics;
        assert_eq!(found.len(), 50, "no more are told");
        let last = found.last().expect("there are some");
        assert!(
            last.help
                .iter()
                .any(|it| it.contains("more after this one")),
            "{last:?}"
        );
    }
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}

#[test]
fn one_file_can_be_trusted() {
    let book = shown(svg("<script/>").as_bytes());
    let toml = format!(
        "{}\n[[checks.except]]\nrule = \"active-picture\"\nof = [\"content/guide/zones.svg\"]\nreason = \"Our own animation.\"\n",
        book.text("book.toml")
    );
    assert_eq!(book.with("book.toml", &toml).build().book.diagnostics, []);
}

/// Every file of the starter book in which text can stand, and others.
fn texts() -> Vec<(&'static str, String)> {
    let starter = Book::starter();
    let of = |path: &'static str, before: &str| {
        let text = starter.sources.text(path).unwrap_or_default();
        (path, format!("{text}{before}@@\n"))
    };
    vec![
        of("book.toml", "# "),
        of("content/threats.yaml", "# "),
        of("content/measures/ACME-01.md", "\n```\ncode "),
        of("content/guide/about.md", "\nWords "),
        ("content/guide/zones.csv", "a,@@\n".to_owned()),
        (
            "theme/templates/measure.html",
            "{% extends \"built-in/measure.html\" %}{# @@ #}".to_owned(),
        ),
        ("theme/css/own.css", "/* @@ */\n".to_owned()),
        ("theme/js/own.js", "// @@\n".to_owned()),
        (
            "theme/favicon.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><!-- @@ --></svg>\n"
                .to_owned(),
        ),
    ]
}

#[test]
fn hidden_characters_are_found_in_every_kind_of_text() {
    for (c, code, name) in [
        (
            '\u{202e}',
            "text-direction",
            "U+202E RIGHT-TO-LEFT OVERRIDE",
        ),
        (
            '\u{202a}',
            "text-direction",
            "U+202A LEFT-TO-RIGHT EMBEDDING",
        ),
        ('\u{2066}', "text-direction", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        (
            '\u{2069}',
            "text-direction",
            "U+2069 POP DIRECTIONAL ISOLATE",
        ),
        ('\u{200b}', "hidden-character", "U+200B ZERO WIDTH SPACE"),
        ('\u{2060}', "hidden-character", "U+2060 WORD JOINER"),
        (
            '\u{feff}',
            "hidden-character",
            "U+FEFF ZERO WIDTH NO-BREAK SPACE",
        ),
        ('\u{85}', "hidden-character", "U+0085 NEXT LINE"),
        (
            '\u{e0041}',
            "hidden-character",
            "U+E0041 TAG CHARACTER for `A`",
        ),
        ('\u{200d}', "hidden-character", "U+200D ZERO WIDTH JOINER"),
    ] {
        for (path, text) in texts() {
            let text = text.replace("@@", &format!("a{c}b"));
            let book = Book::starter().with(path, &text);
            let found = if path.starts_with("theme/") {
                check(&book.sources, &mut ParseCache::default()).diagnostics
            } else {
                book.read().diagnostics
            };
            let mine: Vec<_> = found.iter().filter(|it| it.rule.code == code).collect();
            assert_eq!(mine.len(), 1, "{path} {name}: {found:?}");
            let span = mine[0].span.expect("it has a place");
            assert_eq!(&text[span.start..span.end], c.to_string(), "{path}");
            assert!(mine[0].message.contains(name), "{}", mine[0].message);
        }
    }
}

#[test]
fn escapes_and_references_hide_nothing() {
    let title = |it: &str| Book::starter().change("content/threats.yaml", "Loss of data", it);
    for (book, marked, code) in [
        (title("\"Loss \\u202e of\""), "\\u202e", "text-direction"),
        (
            title("\"Loss \\U0000202D of\""),
            "\\U0000202D",
            "text-direction",
        ),
        (title("\"Loss \\x01 of\""), "\\x01", "hidden-character"),
        (title("\"Loss \\e[1m of\""), "\\e", "hidden-character"),
        (title("\"Loss \\N of\""), "\\N", "hidden-character"),
        (title("Loss &#x202e; of"), "&#x202e;", "text-direction"),
        (title("Loss &#8238; of"), "&#8238;", "text-direction"),
        (title("Loss &zwj; of"), "&zwj;", "hidden-character"),
        (
            Book::starter().change("book.toml", "version = \"0.1\"", "version = \"1\\u2067\""),
            "\\u2067",
            "text-direction",
        ),
        (
            Book::starter().change("book.toml", "version = \"0.1\"", "version = \"1\\b\""),
            "\\b",
            "hidden-character",
        ),
        (
            Book::starter().with("content/measures/ACME-01.md", "## A&#X1;b\n\nc\n"),
            "&#X1;",
            "hidden-character",
        ),
        (
            Book::starter().with(
                "content/measures/ACME-01.md",
                "## A\n\n[c](../index.md \"&#x2066;\")\n",
            ),
            "&#x2066;",
            "text-direction",
        ),
    ] {
        let found = book.read().diagnostics;
        let found: Vec<_> = found
            .iter()
            .map(|it| {
                (
                    it.rule.code,
                    it.span
                        .map(|span| &book.text(&it.path)[span.start..span.end]),
                )
            })
            .collect();
        assert_eq!(found, [(code, Some(marked))]);
    }
    for text in [
        "## A\n\nWrite `&#x202e;` or\n\n    &#1;\n",
        "## A\n\nسلام&zwnj;ها and a&shy;b\n",
        "## A\n\nA path `C:\\u202e`, C:\\\\x01\n",
    ] {
        assert_eq!(
            Book::starter()
                .with("content/measures/ACME-01.md", text)
                .read()
                .diagnostics,
            []
        );
    }
    assert_eq!(
        title("'Loss \\x01 \\u202e of'").build().book.diagnostics,
        []
    );
}

#[test]
fn no_control_reaches_the_site() {
    let all: String = (0..0xa0)
        .filter_map(char::from_u32)
        .filter(|it| it.is_control() && !matches!(it, '\0' | '\t' | '\n' | '\r'))
        .collect();
    let written = |of: fn(char) -> String| all.chars().map(of).collect::<Vec<_>>().concat();
    let references = written(|it| format!("&#{};", u32::from(it)));
    let escapes = written(|it| format!("\\x{:02x}", u32::from(it)));
    let book = Book::starter()
        .with("content/measures/ACME-01.md", &format!("## How{all}to{references}do\n\n`{all}` *a{all}b*{references} [x](../index.md \"{references}\")\n\n```x{references}\n{all}\n```\n"))
        .change("content/threats.yaml", "Loss of data", &format!("\"Loss {escapes} of data\""))
        .change("content/threats.yaml", "A disk, a", &format!("A disk{references}, {}", all.replace('\u{85}', "")))
        .change("content/measures/ACME-01.yaml", "The minutes of the last restore, with the measured time.", &format!("\"The minutes {escapes}\""))
        .change("book.toml", "What ACME and", "\\u0001 \\u009b \\b \\f \\e");
    let built = book.build();
    let codes: BTreeSet<_> = built
        .book
        .diagnostics
        .iter()
        .map(|it| it.rule.code)
        .collect();
    assert_eq!(
        codes.into_iter().collect::<Vec<_>>(),
        ["hidden-character"],
        "{}",
        book.report()
    );
    let mut texts = 0;
    for (path, bytes) in built.outputs.iter() {
        let Ok(text) = std::str::from_utf8(bytes) else {
            continue;
        };
        texts += 1;
        let bad = text.find(|c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r'));
        assert_eq!(
            bad.map(|at| &text[at.saturating_sub(40)..at]),
            None,
            "{path}"
        );
        for c in all.chars() {
            for form in [
                format!("\\u{:04x}", u32::from(c)),
                format!("&#{};", u32::from(c)),
            ] {
                let is_data = [".json", ".html", ".js", ".csv"]
                    .iter()
                    .any(|it| path.ends_with(it));
                assert!(!is_data || !text.contains(&form), "{path}: {form}");
            }
        }
    }
    assert!(texts > 20, "{texts} files");
    let page = built.outputs.get("threats.html").expect("it is there");
    assert!(String::from_utf8_lossy(page).contains("of data"));
}

#[test]
fn a_name_that_nobody_can_read_is_refused_and_commands_nothing() {
    let names = [
        "a\u{1b}[31mred\u{7}.md",
        "n\n::error file=x::pwned by a file name\nz.md",
        "plan\u{202e}fdp.md",
        "zero\u{200b}width.md",
        "c1\u{9b}31m.md",
        "tab\there.md",
        "cr\rhere.md",
        "del\u{7f}.md",
    ];
    for name in names {
        let path = format!("content/guide/{name}");
        let page =
            "---\ntitle: A\nsummary: B\nunknown\u{1b}[0m: c\n---\n\nWords [x](a\u{1b}.md).\n";
        let book = Book::starter()
            .with(&path, page)
            .with("content/x/\u{85}.txt", "a\n");
        let read = book.read();
        let mine = read
            .diagnostics
            .iter()
            .filter(|it| it.rule.code == "unprintable-name");
        assert_eq!(mine.count(), 2, "{name:?}: {:?}", read.diagnostics);
        let found = &read.diagnostics;
        let reports = [
            human::render(found, &book.sources, false),
            short::render(found, &book.sources),
            github::render(found, &book.sources, ""),
            json::render(found, &book.sources),
            sarif::render(found, &book.sources, "", ALL),
        ];
        for report in reports {
            let bad = |c: char| {
                c != '\n' && (c.is_control() || controlbook::characters::kind(c).is_some())
            };
            assert!(!report.contains(bad), "{name:?}: {report:?}");
            assert!(
                !report.lines().any(|it| it.starts_with("::error file=x")),
                "{report}"
            );
        }
        assert_eq!(
            short::render(found, &book.sources).lines().count(),
            found.len()
        );
        assert_eq!(
            github::render(found, &book.sources, "").lines().count(),
            found.len()
        );
    }
    for name in [
        "می‌خواهم.md",
        "plan é.md",
        "👩\u{200d}⚕\u{fe0f}.md",
        "日本.md",
    ] {
        let page = "---\ntitle: A\nsummary: B\n---\n\nWords.\n";
        let book = Book::starter().with(&format!("content/guide/{name}"), page);
        book.reports("");
    }
}
