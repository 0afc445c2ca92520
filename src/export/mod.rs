//! Files beside the pages: sitemap, robots, search index, the catalogue as data, pictures of the book.
//!
//! Entry: [`files`]. Invariant: without `site-url`, nothing names an absolute address.

pub mod data;
mod robots;
pub mod search;
mod sitemap;

use crate::catalogue::AssetIx;
use crate::site::asset_route;
use crate::source::Sources;
pub use data::Edition;

/// Every file beside the pages, by path.
#[must_use]
pub fn files(edition: Edition<'_>, sources: &Sources) -> Vec<(String, Vec<u8>)> {
    let Edition {
        catalogue,
        site,
        config,
        ..
    } = edition;
    let mut out = vec![("robots.txt".to_owned(), robots::text(config).into_bytes())];
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
    out.extend(search::files(catalogue, site, config));
    out.extend(data::files(edition));
    out
}
