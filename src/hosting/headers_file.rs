//! The file `_headers`, which Netlify and Cloudflare Pages read from the site's folder.
//!
//! Entry: [`headers_file`]. Invariant: no two rules set the same header for the same address, since these hosts join the
//! values.

use super::{HSTS, IMMUTABLE, IMMUTABLE_FOLDER, headers};
use crate::config::Config;

/// The text of `_headers`. By default both hosts make browsers revalidate each file, so that only immutable files need a
/// `Cache-Control`.
#[must_use]
pub fn headers_file(config: &Config) -> String {
    let mut out = String::from("/*\n");
    for (name, value) in headers() {
        out.push_str(&format!("  {name}: {value}\n"));
    }
    let url = config.output.html.site_url.as_deref();
    if url.is_some_and(|it| it.starts_with("https://")) {
        out.push_str(&format!("  Strict-Transport-Security: {HSTS}\n"));
    }
    out.push_str(&format!(
        "/{IMMUTABLE_FOLDER}*\n  Cache-Control: {IMMUTABLE}\n"
    ));
    out
}
