//! A configuration for Caddy.
//!
//! Entry: [`caddyfile`] for a server of its own, [`part`] for one that is there already. Invariant: no two `header` lines set one header for one address, since their order is not that of
//! the file.

use super::{ASK_EACH_TIME, FOR_EVER, HTTPS_ONLY, KEPT, LOST, Place, TYPES, headers};

/// The site as a `Caddyfile`. With a name to answer to, Caddy gets a certificate and sends HTTP to HTTPS by itself.
pub(super) fn caddyfile(place: &Place) -> String {
    let path = &place.path;
    let address = match &place.host {
        Some(host) if place.is_secure => host.clone(),
        Some(host) => format!("http://{host}"),
        None => ":8080".to_owned(),
    };
    let mut sent = String::new();
    for (name, value) in headers() {
        sent.push_str(&format!("\t\t{name} \"{value}\"\n"));
    }
    if place.is_secure {
        sent.push_str(&format!("\t\tStrict-Transport-Security \"{HTTPS_ONLY}\"\n"));
    }
    let compressed = if place.is_compressed {
        "\t\t\tprecompressed br gzip\n"
    } else {
        ""
    };
    let encode = if place.is_compressed {
        ""
    } else {
        "\tencode gzip\n"
    };
    let whose = if place.stem().is_empty() {
        String::new()
    } else {
        format!(
            "# This is a site of its own, and answers nothing but {path}. Where Caddy serves this name already, it refuses a second\n\
             # block for it: `controlbook hosting caddy --as location` makes a part of the first instead.\n"
        )
    };
    format!(
        "# Caddy: a site made by controlbook. Save as /etc/caddy/Caddyfile, then: caddy validate && caddy reload\n{whose}\
         # With a name that leads to this machine, Caddy gets a certificate and sends HTTP to HTTPS by itself.\n\
         # Sent with every answer; an error is answered anew, so that they are named twice below.\n\
         (catalogue) {{\n\theader {{\n{sent}\t\t-Server\n\t}}\n}}\n\n\
         {address} {{\n\tvars root /srv/site\n\timport catalogue\n\n\
         \t# Files in this folder are named after their bytes. All others keep their names: a browser asks each time.\n\
         \t@kept path {path}{KEPT}*\n\t@others not path {path}{KEPT}*\n\
         \theader @kept Cache-Control \"{FOR_EVER}\"\n\theader @others Cache-Control \"{ASK_EACH_TIME}\"\n\
         {types}{encode}\n{moved}\
         \thandle_path {path}* {{\n\t\troot * {{vars.root}}\n\t\t# The list of files that the next build needs is no part of the site.\n\
         \t\tfile_server {{\n{compressed}\t\t\thide .*\n\t\t}}\n\t}}\n{rest}\
         \thandle_errors {{\n\t\timport catalogue\n\t\theader Cache-Control \"{ASK_EACH_TIME}\"\n\t\theader Content-Type \"text/html; charset=utf-8\"\n\
         \t\troot * {{vars.root}}\n\t\trewrite * /{LOST}\n\t\tfile_server\n\t}}\n}}\n",
        types = types(),
        moved = moved(place),
        rest = if place.stem().is_empty() {
            ""
        } else {
            "\thandle {\n\t\terror 404\n\t}\n"
        },
    )
}

/// The site as a part of a block that is there already, under its name and its certificate. An address that leads nowhere is
/// answered here, so that the block's own `handle_errors` stays as it is.
pub(super) fn part(place: &Place) -> String {
    let (path, stem) = (&place.path, place.stem());
    let mut sent = String::new();
    for (name, value) in headers() {
        sent.push_str(&format!("\t\t{name} \"{value}\"\n"));
    }
    let compressed = if place.is_compressed {
        "file_server {\n\t\t\tprecompressed br gzip\n\t\t}"
    } else {
        "encode gzip\n\t\tfile_server"
    };
    let types = types()
        .lines()
        .fold(String::new(), |out, line| out + "\t" + line + "\n");
    format!(
        "# Caddy: a site made by controlbook, as a part of a site that is there already. Save as /etc/caddy/catalogue.caddy, write\n\
         # `import catalogue.caddy` into the site's block, then: caddy validate && caddy reload\n\
         # Strict-Transport-Security is of the whole name: the site's block sends it, if at all.\n\
         redir {stem} {path} 301\n\
         handle_path {path}* {{\n\troot * /srv/site\n\theader {{\n{sent}\t\t-Server\n\t}}\n\n\
         \t# The list of files that the next build needs is no part of the site, nor is a folder.\n\
         \t@home path /\n\
         \t@file {{\n\t\tfile {{path}}\n\t\tnot path */ */.*\n\t}}\n\
         \thandle @home {{\n\t\theader Cache-Control \"{ASK_EACH_TIME}\"\n\t\t{compressed}\n\t}}\n\
         \thandle @file {{\n\
         \t\t# Files in this folder are named after their bytes. All others keep their names: a browser asks each time.\n\
         \t\t@kept path /{KEPT}*\n\t\t@others not path /{KEPT}*\n\
         \t\theader @kept Cache-Control \"{FOR_EVER}\"\n\t\theader @others Cache-Control \"{ASK_EACH_TIME}\"\n\
         {types}\t\t{compressed}\n\t}}\n\
         \thandle {{\n\t\theader Cache-Control \"{ASK_EACH_TIME}\"\n\t\theader Content-Type \"text/html; charset=utf-8\"\n\
         \t\trewrite * /{LOST}\n\t\tfile_server {{\n\t\t\tstatus 404\n\t\t}}\n\t}}\n}}\n"
    )
}

/// The type of files that Caddy knows only where the machine does.
fn types() -> String {
    let known = [
        "html", "htm", "css", "js", "mjs", "json", "png", "svg", "jpg", "jpeg", "gif", "webp",
        "avif", "pdf", "xml", "woff2",
    ];
    let mut out = String::new();
    for (ending, kind) in TYPES.iter().filter(|(it, _)| !known.contains(it)) {
        out.push_str(&format!(
            "\t@{ending} path *.{ending}\n\theader @{ending} Content-Type \"{kind}\"\n"
        ));
    }
    out
}

/// The sub-path without its slash leads to the home page.
fn moved(place: &Place) -> String {
    match place.stem() {
        "" => String::new(),
        stem => format!("\tredir {stem} {} 301\n", place.path),
    }
}
