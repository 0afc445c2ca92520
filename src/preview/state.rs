//! The state of the preview as JSON for its script: mistakes, the sources of the requested page, its new address.
//!
//! Entry: [`json`].

use std::collections::BTreeMap;

use serde::Serialize;

use super::client::{VERSION, tag};
use super::editor::Editor;
use super::mistakes::{Row, rows};
use super::{LoadError, PageError, Preview, origins};
use crate::characters::printable;
use crate::diagnostic::{Severity, line_column};
use crate::pipeline::Snapshot;
use crate::source::SourceLocation;

#[derive(Serialize)]
struct State<'a> {
    run: &'a str,
    /// The secret for requests to apply a fix.
    token: &'a str,
    at: u64,
    /// The version of the preview’s own script.
    script: &'a str,
    errors: usize,
    warnings: usize,
    mistakes: Vec<Row>,
    /// Whether pages are of an earlier state.
    held: bool,
    /// Why the latest change could not be loaded.
    trouble: Option<String>,
    /// The tags of the theme’s files.
    assets: BTreeMap<&'a str, String>,
    /// The HTTP status of the requested page.
    status: u16,
    tag: String,
    /// The page as built; none if the browser already shows it.
    html: Option<String>,
    page: Option<PageState<'a>>,
    gone: Option<RemovedPageState<'a>>,
}

/// The requested page.
#[derive(Serialize)]
struct PageState<'a> {
    route: &'a str,
    files: Vec<Source>,
    marks: Vec<MarkState>,
}

/// A place in a file.
#[derive(Serialize)]
struct Source {
    path: String,
    line: usize,
    edit: Option<String>,
}

#[derive(Serialize)]
struct MarkState {
    anchor: String,
    links: Vec<String>,
    #[serde(flatten)]
    source: Source,
}

/// A page that was removed.
#[derive(Serialize)]
struct RemovedPageState<'a> {
    title: &'a str,
    to: Option<&'a str>,
}

/// The state for a page. The query says `page=`, its path as the browser has it without the first slash, and `tag=`, the
/// tag of the page that the browser shows.
pub(super) fn json(preview: &Preview, revision: u64, query: &str) -> Vec<u8> {
    let route = query_value(query, "page");
    let route = if route.is_empty() {
        "index.html"
    } else {
        &route
    };
    let diagnostics = preview.diagnostics.iter();
    let (mut diagnostics, mut load_error): (Vec<_>, _) =
        (diagnostics.collect(), preview.load_error.as_ref());
    let file = preview.built(route);
    let status = match &file {
        Ok(Some(_)) => 200,
        Ok(None) => 404,
        Err(_) => 500,
    };
    // Mistakes that only this page has.
    match &file {
        Err(PageError::Template(it)) if !diagnostics.contains(&it.as_ref()) => {
            diagnostics.insert(0, it);
        }
        Err(PageError::Load(it)) => load_error = load_error.or(Some(it)),
        _ => {}
    }
    let built = file.as_ref().ok().and_then(Option::as_deref);
    let own_tag = built.map_or_else(String::new, tag);
    let count = |wanted| {
        diagnostics
            .iter()
            .filter(|it| it.severity == wanted)
            .count()
    };
    let latest = preview.latest.as_deref();
    let shown = preview.shown.as_deref();
    let page = shown.and_then(|it| page_state(preview, it, route));
    let state = State {
        run: &preview.session.run,
        token: &preview.session.token,
        at: revision,
        script: &VERSION,
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        mistakes: latest.map_or_else(Vec::new, |latest| {
            rows(
                &diagnostics,
                &preview.diagnostics,
                &latest.sources,
                preview.editor(),
            )
        }),
        held: preview.is_held(),
        trouble: load_error.map(load_error_message),
        assets: shown.map_or_else(BTreeMap::new, |shown| {
            let assets = shown.assets().iter();
            assets
                .map(|(path, bytes)| (path.as_str(), tag(bytes)))
                .collect()
        }),
        status,
        html: built
            .filter(|_| query_value(query, "tag") != own_tag)
            .map(|it| String::from_utf8_lossy(it).into_owned()),
        tag: own_tag,
        gone: preview.removed.get(route).map(|it| RemovedPageState {
            title: &it.title,
            to: it.to.as_deref(),
        }),
        page,
    };
    serde_json::to_vec(&state).expect("strings and numbers are valid JSON")
}

impl Preview {
    /// The author's editor.
    pub(super) fn editor(&self) -> Editor<'_> {
        let latest = self.latest.as_deref();
        Editor {
            template: latest.and_then(|it| it.book.config.preview.editor()),
            root: &self.session.root,
        }
    }
}

/// The message for the author.
pub(super) fn load_error_message(error: &LoadError) -> String {
    match error {
        LoadError::Panic(words) => format!(
            "An internal fault: {words}. The preview goes on, and the next change is tried again. Please report it with what you changed."
        ),
        LoadError::Unreadable(words) => format!("The book can’t be read: {words}."),
    }
}

/// The value of a key in a query string; empty if absent.
pub(super) fn query_value(query: &str, key: &str) -> String {
    let mut pairs = query.split('&').filter_map(|it| it.split_once('='));
    let pair = pairs.find(|(it, _)| *it == key);
    percent_decode(pair.map_or("", |(_, value)| value))
}

/// Decodes percent-encoding.
fn percent_decode(value: &str) -> String {
    let mut out = Vec::with_capacity(value.len());
    let mut bytes = value.bytes();
    while let Some(byte) = bytes.next() {
        let mut digit = || char::from(bytes.next()?).to_digit(16);
        let code = (byte == b'%').then(|| Some(digit()? * 16 + digit()?));
        out.push(match code.flatten() {
            Some(code) => u8::try_from(code).unwrap_or(b'?'),
            None => byte,
        });
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn page_state<'a>(preview: &'a Preview, shown: &'a Snapshot, route: &str) -> Option<PageState<'a>> {
    let mut pages = shown.book.site.pages.iter();
    let inner = preview.inside_published(route);
    let entry = pages.find(|it| it.route == route || Some(it.route.as_str()) == inner)?;
    let source = |it: &SourceLocation| {
        let text = shown.sources.text(&it.path).unwrap_or_default();
        let (line, column) = line_column(text, it.span.start);
        Source {
            path: printable(&it.path).into_owned(),
            line,
            edit: preview.editor().address(&it.path, line, column),
        }
    };
    Some(PageState {
        route: &entry.route,
        files: origins::files(shown, entry.kind)
            .iter()
            .map(source)
            .collect(),
        marks: origins::marks(shown, entry)
            .into_iter()
            .map(|it| MarkState {
                source: source(&it.place),
                anchor: it.anchor,
                links: it.links,
            })
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::query_value;

    #[test]
    fn values_are_read_from_the_query() {
        assert_eq!(query_value("page=a%2Fb.html&tag=1", "page"), "a/b.html");
        assert_eq!(query_value("x=1&page=%C3%BC", "page"), "ü");
        assert_eq!(query_value("page=&tag=1", "page"), "");
        assert_eq!(query_value("page=%", "page"), "%");
        assert_eq!(query_value("", "page"), "");
    }
}
