//! `active-picture`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::{SourceLocation, SourcePath};

/// The rule.
pub static RULE: Rule = Rule {
    code: "active-picture",
    severity: Severity::Error,
    explain: "A picture could run a script or load from elsewhere. An SVG that is opened by its own \
              address is a page of the site: a script in it reads and changes what the site keeps \
              in the browser, and a host that sends no policy does not stop it. Refused are \
              scripts, attributes such as `onload`, `foreignObject` and other HTML, entities and \
              style sheet instructions, animations of addresses, and whatever refers to another \
              file: links to the web, parts of the picture itself and embedded PNG, JPEG, GIF, \
              WebP or AVIF are allowed. An SVG also has to be well-formed XML in UTF-8, and a file with the \
              ending of a picture, a PDF or a table may not hold a page. Save it as *plain SVG*; \
              in draw.io, with text as SVG instead of HTML. This does not depend on `raw-html`: \
              if you trust one file, except it by its path in `book.toml`.",
    bad: Example {
        files: &[
            (
                "content/guide/hosting.md",
                "\
---
title: Hosting
summary: Where the systems run.
---

![Two data centres](centres.svg)
",
            ),
            (
                "content/guide/centres.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 4\">\n<path d=\"M0 0h4v4z\" onclick=\"alert(1)\"/>\n</svg>\n",
            ),
        ],
        path: "content/guide/centres.svg",
        marks: "onclick=\"alert(1)\"",
    },
    good: Good::Change(
        r#"<path d="M0 0h4v4z" onclick="alert(1)"/>"#,
        r#"<path d="M0 0h4v4z"/>"#,
    ),
};

pub(crate) fn report(location: &SourceLocation, what: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&RULE, location, what)
        .label("not allowed in a picture")
        .help(help)
        .subject(location.path.as_ref())
}

/// An SVG in another encoding, which can't be checked.
pub(crate) fn not_utf8(path: &SourcePath) -> Diagnostic {
    Diagnostic::of_file(&RULE, path, "the picture is not UTF-8")
        .help("save it as UTF-8")
        .subject(path.as_ref())
}

/// A file with the extension of an image that browsers would take for a page.
pub(crate) fn disguised(path: &SourcePath) -> Diagnostic {
    Diagnostic::of_file(&RULE, path, "this is a page with the name of another file")
        .help("save it in the format that its name says, or take it out of the book")
        .subject(path.as_ref())
}
