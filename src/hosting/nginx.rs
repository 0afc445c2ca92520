//! Configurations for nginx: a server of its own, a location of a server that is there already, and all of it for a container.
//!
//! Entry: [`site`], [`location`], [`whole`]. Invariant: a block that has an `add_header` has all of them, since one takes away
//! those of the blocks around it.

use std::collections::BTreeSet;

use super::{ASK_EACH_TIME, FOR_EVER, HTTPS_ONLY, KEPT, LOST, Place, TYPES, headers, is_text};

/// A file for the folder `conf.d` of an nginx that runs already.
pub(super) fn site(place: &Place) -> String {
    let host = place.host.as_deref().unwrap_or("_");
    let whose = if place.stem().is_empty() {
        String::new()
    } else {
        format!(
            "# This is a server of its own, and answers nothing but {path}. Where nginx has a server for {host} already, that one\n\
             # would be taken and this one ignored: `controlbook hosting nginx --as location` makes a part of it instead.\n",
            path = place.path
        )
    };
    format!(
        "# nginx: a site made by controlbook. Save as /etc/nginx/conf.d/catalogue.conf, then: nginx -t && nginx -s reload\n{whose}\
         # HTTPS: `certbot --nginx -d {host}` adds the certificate and sends HTTP there; or, by hand, listen 443 ssl with\n\
         # ssl_certificate and ssl_certificate_key. Behind a proxy that ends HTTPS, let the proxy send\n\
         # Strict-Transport-Security: {HTTPS_ONLY}\n\n{}",
        blocks(place, "    listen 80;\n    listen [::]:80;\n", host)
    )
}

/// A location for the block of a server that runs already, under its name and its certificate.
pub(super) fn location(place: &Place) -> String {
    let (path, stem) = (&place.path, place.stem());
    let sent = |kept: &str| {
        let mut out = String::new();
        for (name, value) in headers() {
            out.push_str(&format!("    add_header {name} \"{value}\" always;\n"));
        }
        out + &format!("    add_header Cache-Control \"{kept}\" always;\n")
    };
    format!(
        "# nginx: a site made by controlbook, as a part of a server that is there already. Save as\n\
         # /etc/nginx/snippets/catalogue-location.conf, write `include snippets/catalogue-location.conf;` into the server's block, then:\n\
         # nginx -t && nginx -s reload\n\
         # Strict-Transport-Security is of the whole name: the server sends it, if at all.\n\n\
         location = {stem} {{\n    absolute_redirect off;\n    return 301 {path};\n}}\n\n\
         # No regular expression of the server takes an address away from here.\n\
         location ^~ {path} {{\n    alias /srv/site/;\n    index index.html;\n    server_tokens off;\n    absolute_redirect off;\n\n\
         {every}\n{types}\n{compressed}\n{lost}\n    \
         # Files in this folder are named after their bytes. All others keep their names: a browser asks each time.\n    \
         location ^~ {path}{KEPT} {{\n        alias /srv/site/{KEPT};\n{kept}    }}\n    \
         # The list of files that the next build needs is no part of the site.\n    \
         location ~ /\\. {{\n        return 404;\n    }}\n}}\n",
        every = sent(ASK_EACH_TIME),
        types = types(),
        compressed = compressed(),
        lost = lost(place),
        kept = indented(&sent(FOR_EVER)),
    )
}

/// Lines one step further in.
fn indented(text: &str) -> String {
    let line = |it: &str| match it {
        "" => "\n".to_owned(),
        it => format!("    {it}\n"),
    };
    text.lines().map(line).collect()
}

/// A whole configuration that needs no right to write anywhere but `/tmp`, and listens on a port that any user may take.
pub(super) fn whole(place: &Place) -> String {
    let blocks = blocks(place, "    listen 8080;\n", "_");
    let blocks = indented(&blocks);
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
         {types}\n{compressed}\n{lost}\n{locations}}}\n",
        types = types(),
        compressed = compressed(),
        lost = lost(place),
        locations = locations(place),
    )
}

fn compressed() -> String {
    format!(
        "    # What `precompress` in book.toml puts beside each file; other text is compressed as it is sent.\n    \
         gzip_static on;\n    # brotli_static on;  # with the module ngx_http_brotli_static_module\n    \
         gzip on;\n    gzip_types {};\n    gzip_vary on;\n",
        text().collect::<Vec<_>>().join(" ")
    )
}

fn lost(place: &Place) -> String {
    let path = &place.path;
    format!(
        "    # A folder without a page, too, is an address that leads nowhere.\n    \
         error_page 404 {path}{LOST};\n    error_page 403 =404 {path}{LOST};\n"
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
