//! Configurations for Caddy.
//!
//! Entry: [`caddyfile`] for a server, [`site_block_part`] for a part of an existing site block. Invariant: no two `header`
//! directives set the same header for the same address, since Caddy does not apply them in the order of the file.

use super::{
    Deployment, HSTS, IMMUTABLE, IMMUTABLE_FOLDER, MEDIA_TYPES, NOT_FOUND_PAGE, REVALIDATE, headers,
};

/// The site as a `Caddyfile`. For a host name, Caddy obtains a certificate and redirects HTTP to HTTPS by itself.
pub(super) fn caddyfile(deployment: &Deployment) -> String {
    let path = &deployment.path;
    let address = match &deployment.host {
        Some(host) if deployment.is_secure => host.clone(),
        Some(host) => format!("http://{host}"),
        None => ":8080".to_owned(),
    };
    let mut sent = String::new();
    for (name, value) in headers() {
        sent.push_str(&format!("\t\t{name} \"{value}\"\n"));
    }
    if deployment.is_secure {
        sent.push_str(&format!("\t\tStrict-Transport-Security \"{HSTS}\"\n"));
    }
    let compressed = if deployment.is_compressed {
        "\t\t\tprecompressed br gzip\n"
    } else {
        ""
    };
    let encode = if deployment.is_compressed {
        ""
    } else {
        "\tencode gzip\n"
    };
    let whose = if deployment.path_without_slash().is_empty() {
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
         \t@kept path {path}{IMMUTABLE_FOLDER}*\n\t@others not path {path}{IMMUTABLE_FOLDER}*\n\
         \theader @kept Cache-Control \"{IMMUTABLE}\"\n\theader @others Cache-Control \"{REVALIDATE}\"\n\
         {types}{encode}\n{moved}\
         \thandle_path {path}* {{\n\t\troot * {{vars.root}}\n\t\t# The list of files that the next build needs is no part of the site.\n\
         \t\tfile_server {{\n{compressed}\t\t\thide .*\n\t\t}}\n\t}}\n{rest}\
         \thandle_errors {{\n\t\timport catalogue\n\t\theader Cache-Control \"{REVALIDATE}\"\n\t\theader Content-Type \"text/html; charset=utf-8\"\n\
         \t\troot * {{vars.root}}\n\t\trewrite * /{NOT_FOUND_PAGE}\n\t\tfile_server\n\t}}\n}}\n",
        types = media_types(),
        moved = slash_redirect(deployment),
        rest = if deployment.path_without_slash().is_empty() {
            ""
        } else {
            "\thandle {\n\t\terror 404\n\t}\n"
        },
    )
}

/// The site as a part of an existing site block, with its host name and certificate. Addresses without a file are answered here, so
/// that the `handle_errors` of the block does not change.
pub(super) fn site_block_part(deployment: &Deployment) -> String {
    let (path, stem) = (&deployment.path, deployment.path_without_slash());
    let mut sent = String::new();
    for (name, value) in headers() {
        sent.push_str(&format!("\t\t{name} \"{value}\"\n"));
    }
    let compressed = if deployment.is_compressed {
        "file_server {\n\t\t\tprecompressed br gzip\n\t\t}"
    } else {
        "encode gzip\n\t\tfile_server"
    };
    let types = media_types()
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
         \thandle @home {{\n\t\theader Cache-Control \"{REVALIDATE}\"\n\t\t{compressed}\n\t}}\n\
         \thandle @file {{\n\
         \t\t# Files in this folder are named after their bytes. All others keep their names: a browser asks each time.\n\
         \t\t@kept path /{IMMUTABLE_FOLDER}*\n\t\t@others not path /{IMMUTABLE_FOLDER}*\n\
         \t\theader @kept Cache-Control \"{IMMUTABLE}\"\n\t\theader @others Cache-Control \"{REVALIDATE}\"\n\
         {types}\t\t{compressed}\n\t}}\n\
         \thandle {{\n\t\theader Cache-Control \"{REVALIDATE}\"\n\t\theader Content-Type \"text/html; charset=utf-8\"\n\
         \t\trewrite * /{NOT_FOUND_PAGE}\n\t\tfile_server {{\n\t\t\tstatus 404\n\t\t}}\n\t}}\n}}\n"
    )
}

/// Media types that Caddy takes from the system, and which may be unknown there.
fn media_types() -> String {
    let known = [
        "html", "htm", "css", "js", "mjs", "json", "png", "svg", "jpg", "jpeg", "gif", "webp",
        "avif", "pdf", "xml", "woff2",
    ];
    let mut out = String::new();
    for (extension, kind) in MEDIA_TYPES.iter().filter(|(it, _)| !known.contains(it)) {
        out.push_str(&format!(
            "\t@{extension} path *.{extension}\n\theader @{extension} Content-Type \"{kind}\"\n"
        ));
    }
    out
}

/// Redirects the sub-path without its trailing slash to the home page.
fn slash_redirect(deployment: &Deployment) -> String {
    match deployment.path_without_slash() {
        "" => String::new(),
        stem => format!("\tredir {stem} {} 301\n", deployment.path),
    }
}
