//! The state of the preview as its script reads it: mistakes, what the asked page is made from, where it went.
//!
//! Entry: [`json`].

use std::collections::BTreeMap;

use serde::Serialize;

use super::client::{VERSION, tag};
use super::editor::Editor;
use super::mistakes::{Row, rows};
use super::{Mishap, Preview, Trouble, origins};
use crate::characters::printable;
use crate::diagnostic::{Severity, line_column};
use crate::pipeline::Snapshot;
use crate::source::SourceLocation;

#[derive(Serialize)]
struct State<'a> {
    run: &'a str,
    /// What a request to apply a fix says.
    token: &'a str,
    at: u64,
    /// The version of the preview’s own script.
    script: &'a str,
    errors: usize,
    warnings: usize,
    mistakes: Vec<Row>,
    /// Whether pages are of an earlier state.
    held: bool,
    /// Why the latest change could not be taken in.
    trouble: Option<String>,
    /// The tags of the theme’s files.
    assets: BTreeMap<&'a str, String>,
    /// What the asked page would be answered with.
    status: u16,
    tag: String,
    /// The page as it is built; none if the browser has the same.
    html: Option<String>,
    page: Option<PageState<'a>>,
    gone: Option<GoneState<'a>>,
}

/// What is known of the asked page.
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

/// A page whose route is gone.
#[derive(Serialize)]
struct GoneState<'a> {
    title: &'a str,
    to: Option<&'a str>,
}

/// The state for a page. The query says `page=`, its path as the browser has it without the first slash, and `tag=`, the
/// tag of the page that the browser shows.
pub(super) fn json(preview: &Preview, at: u64, query: &str) -> Vec<u8> {
    let route = asked(query, "page");
    let route = if route.is_empty() {
        "index.html"
    } else {
        &route
    };
    let found = preview.found.iter();
    let (mut found, mut trouble): (Vec<_>, _) = (found.collect(), preview.trouble.as_ref());
    let made = preview.built(route);
    let status = match &made {
        Ok(Some(_)) => 200,
        Ok(None) => 404,
        Err(_) => 500,
    };
    // What this page alone shows.
    match &made {
        Err(Mishap::Template(it)) if !found.contains(&it.as_ref()) => found.insert(0, it),
        Err(Mishap::Trouble(it)) => trouble = trouble.or(Some(it)),
        _ => {}
    }
    let built = made.as_ref().ok().and_then(Option::as_deref);
    let own_tag = built.map_or_else(String::new, tag);
    let count = |wanted| found.iter().filter(|it| it.severity == wanted).count();
    let latest = preview.latest.as_deref();
    let shown = preview.shown.as_deref();
    let page = shown.and_then(|it| page(preview, it, route));
    let state = State {
        run: &preview.place.run,
        token: &preview.place.token,
        at,
        script: &VERSION,
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        mistakes: latest.map_or_else(Vec::new, |it| {
            rows(&found, &preview.found, &it.sources, preview.editor())
        }),
        held: preview.is_held(),
        trouble: trouble.map(words),
        assets: shown.map_or_else(BTreeMap::new, |it| {
            let assets = it.assets().iter();
            assets.map(|(path, it)| (path.as_str(), tag(it))).collect()
        }),
        status,
        html: built
            .filter(|_| asked(query, "tag") != own_tag)
            .map(|it| String::from_utf8_lossy(it).into_owned()),
        tag: own_tag,
        gone: preview.moved.of(route).map(|it| GoneState {
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
            root: &self.place.root,
        }
    }
}

/// What is shown to an author of a trouble.
pub(super) fn words(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Fault(words) => format!(
            "An internal fault: {words}. The preview goes on, and the next change is tried again. Please report it with what you changed."
        ),
        Trouble::Unreadable(words) => format!("The book can’t be read: {words}."),
    }
}

/// A value of a query; empty if it has none.
pub(super) fn asked(query: &str, key: &str) -> String {
    let mut pairs = query.split('&').filter_map(|it| it.split_once('='));
    let pair = pairs.find(|(it, _)| *it == key);
    decoded(pair.map_or("", |(_, value)| value))
}

/// A value of a query without its `%…`.
fn decoded(value: &str) -> String {
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

fn page<'a>(preview: &'a Preview, shown: &'a Snapshot, route: &str) -> Option<PageState<'a>> {
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
    use super::asked;

    #[test]
    fn values_are_read_from_the_query() {
        assert_eq!(asked("page=a%2Fb.html&tag=1", "page"), "a/b.html");
        assert_eq!(asked("x=1&page=%C3%BC", "page"), "ü");
        assert_eq!(asked("page=&tag=1", "page"), "");
        assert_eq!(asked("page=%", "page"), "%");
        assert_eq!(asked("", "page"), "");
    }
}
