//! How a server sends a site: the policy, the other headers, what may be kept how long, and configurations that say so.
//!
//! Entry: [`headers`] for one answer, [`Target::files`] for a server's configuration. Pages, the `_headers` file, every
//! configuration and the preview take the policy from here.
//! Invariant: nothing here depends on the catalogue; a configuration never changes with the content.

mod caddy;
mod container;
mod headers_file;
mod nginx;
mod place;
mod workflow;

use crate::config::Config;
pub use headers_file::headers_file;
pub use place::{Place, Unfit};
pub use workflow::DEPENDABOT;

/// The content security policy, a directive each. The last has no meaning in a page: only a server can send it.
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

/// What a page may do beside showing itself: nothing. Each name is one that browsers know.
const NOT_PERMITTED: [&str; 15] = [
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

/// The folder of files that are named after their bytes and so never change.
pub const KEPT: &str = "search/k/";
/// How long those are kept: a year, which is as long as caches go.
pub const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// All else has a stable name: a browser asks each time whether it has changed.
pub const ASK_EACH_TIME: &str = "no-cache";
/// A browser that has come by HTTPS once never comes by HTTP again, for a year (RFC 6797). Sent over HTTPS only.
const HTTPS_ONLY: &str = "max-age=31536000";
/// The page for addresses that lead nowhere.
const LOST: &str = "404.html";

/// The media type of each kind of file of a site, by the ending of its name.
const TYPES: [(&str, &str); 20] = [
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

/// The policy, as a server sends it.
#[must_use]
pub fn policy() -> String {
    POLICY.join("; ")
}

/// The policy, as a page carries it: `frame-ancestors` in a page is an error.
#[must_use]
pub fn policy_in_page() -> String {
    POLICY[..POLICY.len() - 1].join("; ")
}

/// What is sent with every answer beside type and cache.
#[must_use]
pub fn headers() -> Vec<(&'static str, String)> {
    let refused: Vec<_> = NOT_PERMITTED.iter().map(|it| format!("{it}=()")).collect();
    vec![
        ("Content-Security-Policy", policy()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("Permissions-Policy", refused.join(", ")),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
        ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
    ]
}

/// The media type of a file, text with its encoding.
#[must_use]
pub fn media_type(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    TYPES
        .iter()
        .find(|(it, _)| it.eq_ignore_ascii_case(ending))
        .map_or("application/octet-stream", |(_, kind)| kind)
}

/// Whether a file is text that is worth compressing.
#[must_use]
pub fn is_text(path: &str) -> bool {
    let kind = media_type(path);
    kind.starts_with("text/")
        || ["application/json", "application/xml", "image/svg+xml"].contains(&kind)
}

/// What a configuration is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// nginx, as a file of `conf.d`.
    Nginx,
    /// nginx, as a location of a server that is there already.
    NginxLocation,
    /// Caddy, as a `Caddyfile`.
    Caddy,
    /// Caddy, as a part of a site's block that is there already.
    CaddyLocation,
    /// A container with nginx in it.
    Container,
    /// GitHub Pages, as a workflow.
    Github,
    /// GitLab Pages, as a pipeline.
    Gitlab,
}

impl Target {
    /// The files of a configuration, each a name and a text. `book` is the book's folder from where the command runs,
    /// empty for that folder itself.
    ///
    /// # Errors
    /// A `site-url` that can't stand in a server's configuration, or none where one is needed.
    pub fn files(self, config: &Config, book: &str) -> Result<Vec<(&'static str, String)>, Unfit> {
        let place = Place::of(config)?;
        let folder = config.build.build_dir.trim_end_matches('/');
        let folder = if book.is_empty() {
            folder.to_owned()
        } else {
            format!("{book}/{folder}")
        };
        Ok(match self {
            Self::Nginx => vec![("catalogue.conf", nginx::site(&place))],
            Self::NginxLocation => {
                let place = Place::below_a_server(config)?;
                vec![("catalogue-location.conf", nginx::location(&place))]
            }
            Self::Caddy => vec![("Caddyfile", caddy::caddyfile(&place))],
            Self::CaddyLocation => {
                let place = Place::below_a_server(config)?;
                vec![("catalogue.caddy", caddy::part(&place))]
            }
            Self::Container => vec![
                ("Containerfile", container::recipe(&folder)),
                ("nginx.conf", nginx::whole(&place)),
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
