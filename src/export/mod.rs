//! Files beside the pages: sitemap, robots, headers, search index, the catalogue as data, pictures of the book.
//!
//! Entry: [`files`], part by part. Invariant: without `site-url`, nothing names an absolute address.

pub mod data;
mod robots;
pub mod search;
mod sitemap;

use crate::catalogue::AssetIx;
use crate::hosting::headers_file;
use crate::site::{PageKind, asset_route};
use crate::source::Sources;
pub use data::Edition;

/// Files that are made together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The sitemap, `robots.txt`, `_headers`, pictures and documents of the book.
    Book,
    /// The search index.
    Search,
    /// The catalogue as data.
    Data,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 3] = [Self::Book, Self::Search, Self::Data];

    /// The part to which a file of this path would belong.
    #[must_use]
    pub fn of(path: &str) -> Self {
        if path.starts_with(data::FOLDER) {
            Self::Data
        } else if path.starts_with(search::FOLDER) {
            Self::Search
        } else {
            Self::Book
        }
    }
}

/// Every file of a part, by path.
#[must_use]
pub fn files(edition: Edition<'_>, sources: &Sources, part: Part) -> Vec<(String, Vec<u8>)> {
    match part {
        Part::Book => book(edition, sources),
        Part::Search => search::files(edition.catalogue, edition.site, edition.config),
        Part::Data if edition.site.route(PageKind::Data).is_none() => Vec::new(),
        Part::Data => data::files(edition),
    }
}

fn book(edition: Edition<'_>, sources: &Sources) -> Vec<(String, Vec<u8>)> {
    let Edition {
        catalogue,
        site,
        config,
        ..
    } = edition;
    let mut out = vec![
        ("robots.txt".to_owned(), robots::text(config).into_bytes()),
        ("_headers".to_owned(), headers_file(config).into_bytes()),
    ];
    if let Some(url) = &config.output.html.site_url {
        out.push((
            "sitemap.xml".to_owned(),
            sitemap::xml(site, url).into_bytes(),
        ));
    }
    let stray = |path| catalogue.strays.contains(path);
    for at in 0..catalogue.assets.len() {
        let path = catalogue.asset(AssetIx::new(at));
        if let (Some(bytes), false) = (sources.bytes(path), stray(path)) {
            out.push((asset_route(path), bytes.to_vec()));
        }
    }
    out
}
