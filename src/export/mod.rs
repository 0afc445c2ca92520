//! Files beside the pages: sitemap, robots, headers, search index, the catalogue as data, pictures of the book.
//!
//! Entry: [`put`], [`search::put`], [`data::put`]. Invariant: without `site-url`, nothing names an absolute address.

pub mod data;
mod robots;
mod rows;
pub mod search;
mod sitemap;

use crate::catalogue::{AssetIx, Catalogue};
use crate::hosting::headers_file;
use crate::output::Sink;
use crate::site::{Edition, asset_route};
use crate::source::{SourcePath, Sources};

/// Hands over the sitemap, `robots.txt`, `_headers`, pictures and documents of the book.
pub fn put(edition: Edition<'_>, sources: &Sources, to: &dyn Sink) {
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
