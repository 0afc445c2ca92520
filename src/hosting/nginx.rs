//! Configurations for nginx: a site for a server that is there already, and a whole one for a container.
//!
//! Entry: [`site`], [`whole`]. Invariant: every `add_header` stands in the server's block, since one inside a location would
//! take the others away.

use std::collections::BTreeSet;

use super::{ASK_EACH_TIME, FOR_EVER, HTTPS_ONLY, KEPT, LOST, Place, TYPES, headers, is_text};

/// A file for the folder `conf.d` of an nginx that runs already.
pub(super) fn site(place: &Place) -> String {
    let host = place.host.as_deref().unwrap_or("_");
    format!(
        "# nginx: a site made by controlbook. Save as /etc/nginx/conf.d/catalogue.conf, then: nginx -t && nginx -s reload\n\
         # HTTPS: `certbot --nginx -d {host}` adds the certificate and sends HTTP there; or, by hand, listen 443 ssl with\n\
         # ssl_certificate and ssl_certificate_key. Behind a proxy that ends HTTPS, let the proxy send\n\
         # Strict-Transport-Security: {HTTPS_ONLY}\n\n{}",
        blocks(place, "    listen 80;\n    listen [::]:80;\n", host)
    )
}

/// A whole configuration that needs no right to write anywhere but `/tmp`, and listens on a port that any user may take.
pub(super) fn whole(place: &Place) -> String {
    let blocks = blocks(place, "    listen 8080;\n", "_");
    let blocks: String = blocks
        .lines()
        .map(|it| {
            if it.is_empty() {
                "\n".to_owned()
            } else {
                format!("    {it}\n")
            }
        })
        .collect();
    let scratch: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|it| format!("    {it}_temp_path /tmp/{it};\n"))
        .concat();
    format!(
        "# nginx in a container: no right to write but in /tmp, no log of who reads. A proxy before it ends HTTPS.\n\
         worker_processes auto;\npid /tmp/nginx.pid;\nerror_log stderr warn;\n\nevents {{\n}}\n\nhttp {{\n    access_log off;\n    \
         sendfile on;\n{scratch}\n{blocks}}}\n"
    )
}

fn blocks(place: &Place, listen: &str, host: &str) -> String {
    let path = &place.path;
    let mut sent = String::new();
    for (name, value) in headers() {
        sent.push_str(&format!("    add_header {name} \"{value}\" always;\n"));
    }
    format!(
        "# Files in this folder are named after their bytes. All others keep their names: a browser asks each time.\n\
         map $uri $catalogue_cache {{\n    default \"{ASK_EACH_TIME}\";\n    \"~^{path}{KEPT}\" \"{FOR_EVER}\";\n}}\n\
         # Over HTTP it would mean nothing (RFC 6797, 7.2), and an empty value is not sent.\n\
         map $scheme $catalogue_https {{\n    default \"\";\n    https \"{HTTPS_ONLY}\";\n}}\n\n\
         server {{\n{listen}    server_name {host};\n    server_tokens off;\n    absolute_redirect off;\n\n\
         {sent}    add_header Cache-Control $catalogue_cache always;\n    \
         add_header Strict-Transport-Security $catalogue_https always;\n\n\
         {types}\n    \
         # What `precompress` in book.toml puts beside each file; other text is compressed as it is sent.\n    \
         gzip_static on;\n    # brotli_static on;  # with the module ngx_http_brotli_static_module\n    \
         gzip on;\n    gzip_types {compressed};\n    gzip_vary on;\n\n    \
         # A folder without a page, too, is an address that leads nowhere.\n    \
         error_page 404 {path}{LOST};\n    error_page 403 =404 {path}{LOST};\n\n\
         {locations}}}\n",
        types = types(),
        compressed = text().collect::<Vec<_>>().join(" "),
        locations = locations(place),
    )
}

fn locations(place: &Place) -> String {
    let (path, stem) = (&place.path, place.stem());
    let hidden = "    # The list of files that the next build needs is no part of the site.\n    \
                  location ~ /\\. {\n        return 404;\n    }\n";
    if stem.is_empty() {
        return format!(
            "    location / {{\n        root /srv/site;\n        index index.html;\n    }}\n{hidden}"
        );
    }
    format!(
        "    location {path} {{\n        alias /srv/site/;\n        index index.html;\n    }}\n    \
         location = {stem} {{\n        return 301 {path};\n    }}\n    \
         location / {{\n        return 404;\n    }}\n{hidden}"
    )
}

fn types() -> String {
    let mut out = String::from("    types {\n");
    for (ending, kind) in TYPES {
        out.push_str(&format!("        {} {ending};\n", bare(kind)));
    }
    let encoded: Vec<_> = text().filter(|it| it.starts_with("text/")).collect();
    out.push_str(&format!(
        "    }}\n    default_type application/octet-stream;\n    charset utf-8;\n    charset_types {};\n",
        encoded.join(" ")
    ));
    out
}

/// Types of text, each once, but for that of pages, which nginx takes for granted.
fn text() -> impl Iterator<Item = &'static str> {
    let kinds: BTreeSet<_> = TYPES
        .iter()
        .filter(|(ending, _)| is_text(&format!("a.{ending}")))
        .map(|(_, kind)| bare(kind))
        .collect();
    kinds.into_iter().filter(|it| *it != "text/html")
}

/// A type without the encoding, which nginx adds by itself.
fn bare(kind: &'static str) -> &'static str {
    kind.split(';').next().unwrap_or(kind)
}
