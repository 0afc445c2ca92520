//! Files beside the pages: sitemap, robots, search index, pictures of the book.
//!
//! Entry: [`files`]. Invariant: without `site-url`, nothing names an absolute address.

mod robots;
pub mod search;
mod sitemap;

use crate::catalogue::{AssetIx, Catalogue};
use crate::config::Config;
use crate::site::{Site, asset_route};
use crate::source::Sources;

/// Every file beside the pages, by path.
#[must_use]
pub fn files(
    site: &Site,
    config: &Config,
    sources: &Sources,
    catalogue: &Catalogue,
) -> Vec<(String, Vec<u8>)> {
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
    out
}
