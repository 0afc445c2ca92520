//! `not-a-picture`.

use crate::diagnostic::{Certainty, Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "not-a-picture",
    severity: Severity::Error,
    explain: "What stands as a picture is none that readers would see: a page, a document, or a \
              picture from elsewhere. The site asks no other site for anything, and its policy \
              refuses what an address outside of it would load, so that each reader would see a \
              broken picture. Keep the file beside the text.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

![The zones of the shop](https://example.org/zones.png)
",
        )],
        path: "content/guide/hosting.md",
        marks: "![The zones of the shop](https://example.org/zones.png)",
    },
    good: Good::Files(&[
        (
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

![The zones of the shop](zones.svg)
",
        ),
        (
            "content/guide/zones.svg",
            r#"<svg xmlns="http://www.w3.org/2000/svg"/>
"#,
        ),
    ]),
};

/// A page or a document.
pub(crate) fn report(place: &SourceLocation, what: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("`{what}` is not a picture"))
        .label("shown as a broken picture")
        .help("take the `!` away to link to it; a picture is a PNG, JPEG, GIF, WebP or SVG")
        .mends_wrapped("!", "", "", Certainty::Suggested)
}

/// A picture on another site.
pub(crate) fn elsewhere(place: &SourceLocation, url: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        place,
        format!("the picture `{url}` is on another site"),
    )
    .label("refused by the site’s policy")
    .help("keep the file beside this one and write its name: `![…](picture.png)`")
    .help("take the `!` away to link to it")
    .mends_wrapped("!", "", "", Certainty::Suggested)
}
