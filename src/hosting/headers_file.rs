//! The file `_headers`, which Netlify and Cloudflare Pages read from the site's folder.
//!
//! Entry: [`headers_file`]. Invariant: no two rules set one header for one address, since such values are joined.

use super::{FOR_EVER, HTTPS_ONLY, KEPT, headers};
use crate::config::Config;

/// The text of `_headers`. Both hosts let a browser ask each time whether a file has changed, so that only what is kept
/// for good is said.
#[must_use]
pub fn headers_file(config: &Config) -> String {
    let mut out = String::from("/*\n");
    for (name, value) in headers() {
        out.push_str(&format!("  {name}: {value}\n"));
    }
    let url = config.output.html.site_url.as_deref();
    if url.is_some_and(|it| it.starts_with("https://")) {
        out.push_str(&format!("  Strict-Transport-Security: {HTTPS_ONLY}\n"));
    }
    out.push_str(&format!("/{KEPT}*\n  Cache-Control: {FOR_EVER}\n"));
    out
}
