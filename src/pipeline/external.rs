//! The links that lead out of the site, each with the place where an author wrote it, for programs that try them.
//!
//! Entry: [`external`], [`lines`], [`json`]. Invariant: nothing is asked of the network.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;

use super::CheckedBook;
use crate::config::{BOOK_TOML, Config, value_location};
use crate::diagnostic::line_column;
use crate::source::{SourceLocation, SourcePath, Sources};
use crate::theme;

/// What would end an address in a line of text.
const ENDS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A link that leads out of the site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct External {
    /// The file.
    pub path: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// The address, with what no address can hold as `%…`.
    pub address: String,
}

/// Every link of a book that leads out of the site, by place: in texts, in records, in `book.toml` and in templates of the
/// book. The address to edit a page is none: it is another one on each page.
#[must_use]
pub fn external(read: &CheckedBook, sources: &Sources) -> Vec<External> {
    let mut all = read.catalogue.external_links.clone();
    all.extend(of_settings(&read.config, sources));
    all.extend(theme::external_addresses(sources));
    let one = |(address, place): (String, SourceLocation)| {
        let text = sources.text(&place.path).unwrap_or_default();
        let (line, column) = line_column(text, place.span.start);
        External {
            path: place.path.to_string(),
            line,
            column,
            address: address.chars().map(encoded).collect(),
        }
    };
    let mut out: Vec<_> = all.into_iter().map(one).collect();
    out.sort();
    out.dedup();
    out
}

/// A sign of an address; letters of any script stay, also in the name of a host.
fn encoded(sign: char) -> String {
    if sign.is_ascii() {
        utf8_percent_encode(sign.encode_utf8(&mut [0; 4]), ENDS).to_string()
    } else {
        sign.to_string()
    }
}

/// The links that `book.toml` puts on pages.
fn of_settings(config: &Config, sources: &Sources) -> Vec<(String, SourceLocation)> {
    let path: SourcePath = BOOK_TOML.into();
    let text = sources.text(&path).unwrap_or_default();
    let mut out = Vec::new();
    let mut add = |keys: &[&str], address: Option<String>| {
        out.extend(address.map(|it| (it, value_location(&path, text, keys))));
    };
    let html = &config.output.html;
    let keys = ["output", "html", "git-repository-url"];
    add(&keys, html.git_repository_url.clone());
    for (at, link) in config.theme.footer.iter().enumerate() {
        let address = link.is_address().then(|| link.link.clone());
        add(&["theme", "footer", &at.to_string(), "link"], address);
    }
    if let Some(it) = &config.accessibility {
        let mail = it.contact.mail.as_ref();
        let mail = mail.map(|it| format!("mailto:{it}"));
        add(&["accessibility", "contact", "mail"], mail);
        add(
            &["accessibility", "contact", "form"],
            it.contact.form.clone(),
        );
        let url = it.enforcement.as_ref().map(|it| it.url.clone());
        add(&["accessibility", "enforcement", "url"], url);
    }
    out
}

/// A line each: `content/guide/about.md:12:5: https://example.org/`.
#[must_use]
pub fn lines(links: &[External]) -> String {
    let line = |it: &External| {
        let External {
            path,
            line,
            column,
            address,
        } = it;
        format!("{path}:{line}:{column}: {address}\n")
    };
    links.iter().map(line).collect()
}

/// A JSON object a line.
#[must_use]
pub fn json(links: &[External]) -> String {
    let line = |it: &External| {
        let row = serde_json::to_string(it);
        row.expect("texts and numbers are JSON") + "\n"
    };
    links.iter().map(line).collect()
}
