//! `unusable-logo`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unusable-logo",
    severity: Severity::Error,
    explain: "The logo or the favicon that `book.toml` names can't be shown: it has to be a file in the folder `theme/`, an SVG or a PNG. \
              An SVG has an element `svg` as its root, and a PNG begins with the signature of one.",
    bad: Example {
        files: &[
            ("book.toml", "[theme]\nlogo = \"theme/lego.svg\"\n"),
            (
                "theme/logo.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><path d=\"M0 0h4v4z\"/></svg>\n",
            ),
        ],
        path: "book.toml",
        marks: "\"theme/lego.svg\"",
    },
    good: Good::Change(r#"logo = "theme/lego.svg""#, r#"logo = "theme/logo.svg""#),
};

/// Reports a missing file; `known` are the files that may be meant.
pub(crate) fn missing_file(location: &SourceLocation, path: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &RULE,
        location,
        format!("there is no file `{path}` in the theme"),
    );
    let diagnostic = diagnostic.label("no such file");
    if path.starts_with("theme/") {
        diagnostic.suggest(path, known.iter().map(|it| (*it, "")))
    } else {
        diagnostic.help("put the file into the folder `theme/`, and write `theme/logo.svg`")
    }
}

/// Reports a file that is neither SVG nor PNG.
pub(crate) fn not_a_picture(location: &SourceLocation, path: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        location,
        format!("`{path}` is neither an SVG nor a PNG"),
    )
    .label("no picture")
    .help("save it as SVG or as PNG, with the ending `.svg` or `.png`")
}
