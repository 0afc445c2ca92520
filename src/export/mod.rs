//! Files beside the pages: sitemap, robots, headers, search index, the catalogue as data, pictures of the book.
//!
//! Entry: [`put`], part by part. Invariant: without `site-url`, nothing names an absolute address.

pub mod data;
mod robots;
pub mod search;
mod sitemap;

use crate::catalogue::{AssetIx, Catalogue};
use crate::hosting::headers_file;
use crate::output::Sink;
use crate::site::{Edition, PageKind, asset_route};
use crate::source::{SourcePath, Sources};

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

/// Hands over every file of a part.
pub fn put(edition: Edition<'_>, sources: &Sources, part: Part, to: &dyn Sink) {
    match part {
        Part::Book => book(edition, sources, to),
        Part::Search => search::put(edition.catalogue, edition.site, edition.config, to),
        Part::Data if edition.site.route(PageKind::Data).is_none() => {}
        Part::Data => data::put(edition, to),
    }
}

fn book(edition: Edition<'_>, sources: &Sources, to: &dyn Sink) {
    let Edition {
        catalogue,
        site,
        config,
        ..
    } = edition;
    to.put("robots.txt", robots::text(config).as_bytes());
    to.put("_headers", headers_file(config).as_bytes());
    if let Some(url) = &config.output.html.site_url {
        to.put("sitemap.xml", sitemap::xml(catalogue, site, url).as_bytes());
    }
    for (path, route) in own_assets(catalogue) {
        if let Some(bytes) = sources.bytes(path) {
            to.put(&route, bytes);
        }
    }
}

/// Pictures and documents of the book that its texts lead to, with their routes.
pub fn own_assets(catalogue: &Catalogue) -> impl Iterator<Item = (&SourcePath, String)> {
    let assets = (0..catalogue.assets.len()).map(|at| catalogue.asset(AssetIx::new(at)));
    let reached = assets.filter(|path| catalogue.is_published(path));
    reached.map(|path| (path, asset_route(path)))
}
