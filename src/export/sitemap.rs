//! `sitemap.xml`: the address of every page, but of the document that repeats them (sitemaps.org protocol 0.9).

use crate::catalogue::Catalogue;
use crate::markdown::html::escape;
use crate::site::{Site, percent};

pub(super) fn xml(catalogue: &Catalogue, site: &Site, url: &str) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let mut routes: Vec<_> = site
        .pages
        .iter()
        .filter(|it| it.info(catalogue).in_sitemap)
        .map(|it| &it.route)
        .collect();
    routes.sort();
    for route in routes {
        let loc = format!("{url}{}", percent(route));
        out.push_str(&format!("<url><loc>{}</loc></url>\n", escape(&loc)));
    }
    out.push_str("</urlset>\n");
    out
}
