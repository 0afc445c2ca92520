//! Configurations for nginx: a server, a location of an existing server, and the whole configuration of a container.
//!
//! Entry: [`server_file`], [`location_snippet`], [`container_config`]. Invariant: a block with an `add_header` repeats all of them,
//! since it inherits none then.

use std::collections::BTreeSet;

use super::{
    Deployment, HSTS, IMMUTABLE, IMMUTABLE_FOLDER, MEDIA_TYPES, NOT_FOUND_PAGE, REVALIDATE,
    headers, is_text,
};

/// A server as a file for the folder `conf.d`.
pub(super) fn server_file(deployment: &Deployment) -> String {
    let host = deployment.host.as_deref().unwrap_or("_");
    let whose = if deployment.path_without_slash().is_empty() {
        String::new()
    } else {
        format!(
            "# This is a server of its own, and answers nothing but {path}. Where nginx has a server for {host} already, that one\n\
             # would be taken and this one ignored: `controlbook hosting nginx --as location` makes a part of it instead.\n",
            path = deployment.path
        )
    };
    format!(
        "# nginx: a site made by controlbook. Save as /etc/nginx/conf.d/catalogue.conf, then: nginx -t && nginx -s reload\n{whose}\
         # HTTPS: `certbot --nginx -d {host}` adds the certificate and sends HTTP there; or, by hand, listen 443 ssl with\n\
         # ssl_certificate and ssl_certificate_key. Behind a proxy that ends HTTPS, let the proxy send\n\
         # Strict-Transport-Security: {HSTS}\n\n{}",
        server_blocks(deployment, "    listen 80;\n    listen [::]:80;\n", host)
    )
}

/// A location for an existing server block, with its host name and certificate.
pub(super) fn location_snippet(deployment: &Deployment) -> String {
    let (path, stem) = (&deployment.path, deployment.path_without_slash());
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
         location ^~ {path}{IMMUTABLE_FOLDER} {{\n        alias /srv/site/{IMMUTABLE_FOLDER};\n{kept}    }}\n    \
         # The list of files that the next build needs is no part of the site.\n    \
         location ~ /\\. {{\n        return 404;\n    }}\n}}\n",
        every = sent(REVALIDATE),
        types = media_types(),
        compressed = compression(),
        lost = error_pages(deployment),
        kept = indent(&sent(IMMUTABLE)),
    )
}

/// Indents lines by four spaces.
fn indent(text: &str) -> String {
    let line = |it: &str| match it {
        "" => "\n".to_owned(),
        it => format!("    {it}\n"),
    };
    text.lines().map(line).collect()
}

/// The whole configuration of a container, which writes to `/tmp` only and listens on an unprivileged port.
pub(super) fn container_config(deployment: &Deployment) -> String {
    let blocks = server_blocks(deployment, "    listen 8080;\n", "_");
    let blocks = indent(&blocks);
    let scratch: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|it| format!("    {it}_temp_path /tmp/{it};\n"))
        .concat();
    format!(
        "# nginx in a container: no right to write but in /tmp, no log of who reads. A proxy before it ends HTTPS.\n\
         worker_processes auto;\npid /tmp/nginx.pid;\nerror_log stderr warn;\n\nevents {{\n}}\n\nhttp {{\n    access_log off;\n    \
         sendfile on;\n{scratch}\n{blocks}}}\n"
    )
}

fn server_blocks(deployment: &Deployment, listen: &str, host: &str) -> String {
    let path = &deployment.path;
    let mut sent = String::new();
    for (name, value) in headers() {
        sent.push_str(&format!("    add_header {name} \"{value}\" always;\n"));
    }
    format!(
        "# Files in this folder are named after their bytes. All others keep their names: a browser asks each time.\n\
         map $uri $catalogue_cache {{\n    default \"{REVALIDATE}\";\n    \"~^{path}{IMMUTABLE_FOLDER}\" \"{IMMUTABLE}\";\n}}\n\
         # Over HTTP it would mean nothing (RFC 6797, 7.2), and an empty value is not sent.\n\
         map $scheme $catalogue_https {{\n    default \"\";\n    https \"{HSTS}\";\n}}\n\n\
         server {{\n{listen}    server_name {host};\n    server_tokens off;\n    absolute_redirect off;\n\n\
         {sent}    add_header Cache-Control $catalogue_cache always;\n    \
         add_header Strict-Transport-Security $catalogue_https always;\n\n\
         {types}\n{compressed}\n{lost}\n{locations}}}\n",
        types = media_types(),
        compressed = compression(),
        lost = error_pages(deployment),
        locations = location_blocks(deployment),
    )
}

fn compression() -> String {
    format!(
        "    # What `precompress` in book.toml puts beside each file; other text is compressed as it is sent.\n    \
         gzip_static on;\n    # brotli_static on;  # with the module ngx_http_brotli_static_module\n    \
         gzip on;\n    gzip_types {};\n    gzip_vary on;\n",
        text_types().collect::<Vec<_>>().join(" ")
    )
}

fn error_pages(deployment: &Deployment) -> String {
    let path = &deployment.path;
    format!(
        "    # A folder without a page, too, is an address that leads nowhere.\n    \
         error_page 404 {path}{NOT_FOUND_PAGE};\n    error_page 403 =404 {path}{NOT_FOUND_PAGE};\n"
    )
}

fn location_blocks(deployment: &Deployment) -> String {
    let (path, stem) = (&deployment.path, deployment.path_without_slash());
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

fn media_types() -> String {
    let mut out = String::from("    types {\n");
    for (extension, kind) in MEDIA_TYPES {
        out.push_str(&format!("        {} {extension};\n", without_charset(kind)));
    }
    let encoded: Vec<_> = text_types().filter(|it| it.starts_with("text/")).collect();
    out.push_str(&format!(
        "    }}\n    default_type application/octet-stream;\n    charset utf-8;\n    charset_types {};\n",
        encoded.join(" ")
    ));
    out
}

/// The distinct media types of text, except `text/html`, which nginx always includes.
fn text_types() -> impl Iterator<Item = &'static str> {
    let kinds: BTreeSet<_> = MEDIA_TYPES
        .iter()
        .filter(|(extension, _)| is_text(&format!("a.{extension}")))
        .map(|(_, kind)| without_charset(kind))
        .collect();
    kinds.into_iter().filter(|it| *it != "text/html")
}

/// A media type without the charset, which nginx adds by itself.
fn without_charset(kind: &'static str) -> &'static str {
    kind.split(';').next().unwrap_or(kind)
}
