//! `robots.txt`: everything may be read; where the sitemap is.

use crate::config::Config;

pub(super) fn text(config: &Config) -> String {
    let sitemap = config.output.html.site_url.as_ref();
    let sitemap = sitemap.map_or_else(String::new, |url| format!("\nSitemap: {url}sitemap.xml\n"));
    format!("User-agent: *\nAllow: /\n{sitemap}")
}
