//! How a server sends a site: security policy, further headers, caching, and server configurations.
//!
//! Entry: [`headers`] for a response, [`Target::files`] for the configuration of a server. Pages, the `_headers` file, all
//! configurations and the preview share this policy.
//! Invariant: nothing here depends on the catalogue; a configuration never changes with the content.

mod caddy;
mod container;
mod deployment;
mod headers_file;
mod nginx;
mod workflow;

use crate::config::Config;
pub use deployment::{Deployment, UnsuitableUrl};
pub use headers_file::headers_file;
pub use workflow::DEPENDABOT;

/// The directives of the content security policy. The last one is invalid in a page; only a server can send it.
const POLICY: [&str; 8] = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
];

/// Browser features that the permissions policy denies to pages.
const DENIED_FEATURES: [&str; 15] = [
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "usb",
    "xr-spatial-tracking",
];

/// The folder of files that are named by a digest of their bytes, and so never change.
pub const IMMUTABLE_FOLDER: &str = "search/k/";
/// `Cache-Control` of those files: a year, the longest time that caches accept.
pub const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// `Cache-Control` of all other files: a browser asks each time whether they have changed.
pub const REVALIDATE: &str = "no-cache";
/// `Strict-Transport-Security` (RFC 6797): after a visit by HTTPS, a browser uses HTTPS only for a year. Sent over HTTPS only.
const HSTS: &str = "max-age=31536000";
/// The page for addresses without a file.
const NOT_FOUND_PAGE: &str = "404.html";

/// The media type of each kind of file of a site, by file extension.
const MEDIA_TYPES: [(&str, &str); 20] = [
    ("html", "text/html; charset=utf-8"),
    ("htm", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("csv", "text/csv; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("md", "text/plain; charset=utf-8"),
    ("xml", "application/xml"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("ico", "image/x-icon"),
    ("pdf", "application/pdf"),
    ("woff2", "font/woff2"),
];

/// The content security policy as a server sends it.
#[must_use]
pub fn policy() -> String {
    POLICY.join("; ")
}

/// The content security policy for a `<meta>` element, where `frame-ancestors` is an error.
#[must_use]
pub fn policy_in_page() -> String {
    POLICY[..POLICY.len() - 1].join("; ")
}

/// The headers of every response except `Content-Type` and `Cache-Control`.
#[must_use]
pub fn headers() -> Vec<(&'static str, String)> {
    let refused: Vec<_> = DENIED_FEATURES
        .iter()
        .map(|it| format!("{it}=()"))
        .collect();
    vec![
        ("Content-Security-Policy", policy()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("Permissions-Policy", refused.join(", ")),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
        ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
    ]
}

/// The media type of a file, with the charset for text.
#[must_use]
pub fn media_type(path: &str) -> &'static str {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    MEDIA_TYPES
        .iter()
        .find(|(it, _)| it.eq_ignore_ascii_case(extension))
        .map_or("application/octet-stream", |(_, kind)| kind)
}

/// Whether a file is text, which is worth compressing.
#[must_use]
pub fn is_text(path: &str) -> bool {
    let kind = media_type(path);
    kind.starts_with("text/")
        || ["application/json", "application/xml", "image/svg+xml"].contains(&kind)
}

/// The server or host that a configuration is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// nginx, as a file of `conf.d`.
    Nginx,
    /// nginx, as a location of an existing server.
    NginxLocation,
    /// Caddy, as a `Caddyfile`.
    Caddy,
    /// Caddy, as a part of an existing site block.
    CaddyLocation,
    /// A container with nginx in it.
    Container,
    /// GitHub Pages, as a workflow.
    Github,
    /// GitLab Pages, as a pipeline.
    Gitlab,
}

impl Target {
    /// The files of a configuration by name. `book` is the path of the book relative to the current folder, empty for that
    /// folder itself.
    ///
    /// # Errors
    /// When `site-url` can't be used in the configuration, or is missing and needed.
    pub fn files(
        self,
        config: &Config,
        book: &str,
    ) -> Result<Vec<(&'static str, String)>, UnsuitableUrl> {
        let deployment = Deployment::from_config(config)?;
        let folder = config.build.build_dir.trim_end_matches('/');
        let folder = if book.is_empty() {
            folder.to_owned()
        } else {
            format!("{book}/{folder}")
        };
        Ok(match self {
            Self::Nginx => vec![("catalogue.conf", nginx::server_file(&deployment))],
            Self::NginxLocation => {
                let deployment = Deployment::under_sub_path(config)?;
                vec![(
                    "catalogue-location.conf",
                    nginx::location_snippet(&deployment),
                )]
            }
            Self::Caddy => vec![("Caddyfile", caddy::caddyfile(&deployment))],
            Self::CaddyLocation => {
                let deployment = Deployment::under_sub_path(config)?;
                vec![("catalogue.caddy", caddy::site_block_part(&deployment))]
            }
            Self::Container => vec![
                ("Containerfile", container::containerfile(&folder)),
                ("nginx.conf", nginx::container_config(&deployment)),
            ],
            Self::Github => vec![
                (
                    ".github/workflows/pages.yml",
                    workflow::github(book, &folder),
                ),
                (DEPENDABOT, workflow::dependabot()),
            ],
            Self::Gitlab => vec![(".gitlab-ci.yml", workflow::gitlab(book, &folder))],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{POLICY, media_type, policy, policy_in_page};

    #[test]
    fn a_page_carries_all_but_what_only_servers_send() {
        assert_eq!(
            policy(),
            format!("{}; frame-ancestors 'none'", policy_in_page())
        );
        assert!(POLICY.iter().all(|it| !it.contains("unsafe")));
    }

    #[test]
    fn a_type_is_told_by_the_ending() {
        assert_eq!(media_type("a.b/C.HTML"), "text/html; charset=utf-8");
        assert_eq!(media_type("data/catalogue.json"), "application/json");
        assert_eq!(media_type("LICENCE"), "application/octet-stream");
    }
}
