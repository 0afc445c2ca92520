//! The page for addresses that do not exist.

use serde::Serialize;

use super::search::examples;
use crate::render::chrome::Chrome;
use crate::render::frame::Frame;
use crate::render::page::Page;
use crate::render::views::{About, LinkView};

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    /// The site's path on its host, so that the page works at any depth; empty if it is not known.
    base: String,
    examples: Vec<LinkView>,
}

pub(crate) fn view(page: &Page<'_>) -> View {
    let about = About {
        heading: "This page is not here".to_owned(),
        id: "404".to_owned(),
        description: "The address leads to no page of this site.".to_owned(),
        ..About::default()
    };
    let mut frame = Frame::new(page, about);
    // A server shows this page at any address, so that a relative one would lead astray.
    let base = page
        .config()
        .output
        .html
        .site_url
        .as_deref()
        .map_or_else(String::new, url_path);
    frame.canonical = None;
    frame.chrome = Chrome::with_root(page, &base, &base, None);
    let examples = examples(page);
    View {
        frame,
        base,
        examples,
    }
}

/// The path of an address, with a slash at both ends.
fn url_path(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/')
        .map_or_else(|| "/".to_owned(), |i| rest[i..].to_owned())
}
