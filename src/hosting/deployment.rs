//! Where and how a site is published, as far as server configurations need to know.
//!
//! Entry: [`Deployment::from_config`]. Invariant: host and path can be used in any configuration without quotes.

use std::fmt;

use crate::config::Config;

/// The published address of a site, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deployment {
    /// The host name; `None` if `book.toml` has no `site-url`.
    pub host: Option<String>,
    /// The path, with a leading and a trailing slash.
    pub path: String,
    /// Whether the address begins with `https://`.
    pub is_secure: bool,
    /// Whether the site contains precompressed files.
    pub is_compressed: bool,
}

/// The message why no configuration can be made for a `site-url`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsuitableUrl(String);

impl fmt::Display for UnsuitableUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Deployment {
    /// Reads `site-url`; without one, the root of any host.
    ///
    /// # Errors
    /// When the URL contains characters with a meaning in a configuration.
    pub fn from_config(config: &Config) -> Result<Self, UnsuitableUrl> {
        let html = &config.output.html;
        let Some(url) = &html.site_url else {
            return Ok(Self {
                host: None,
                path: "/".to_owned(),
                is_secure: false,
                is_compressed: html.precompress,
            });
        };
        let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = host.split_once(':').map_or(host, |(name, _)| name);
        let plain =
            |c: char, more: &str| c.is_ascii_alphanumeric() || "-.".contains(c) || more.contains(c);
        let fits = !host.is_empty()
            && host.chars().all(|c| plain(c, ""))
            && path.chars().all(|c| plain(c, "_~/"))
            && !format!("/{path}").contains("/.")
            && !path.contains("//");
        if !fits {
            return Err(UnsuitableUrl(format!(
                "the site-url `{url}` can't stand in a server's configuration: write the name of the machine in ASCII \
                 (Punycode) and the path with letters, digits and `-._~/` only"
            )));
        }
        Ok(Self {
            host: Some(host.to_owned()),
            path: format!("/{path}"),
            is_secure: scheme == "https",
            is_compressed: html.precompress,
        })
    }

    /// Like [`from_config`](Self::from_config), for a part of an existing server.
    ///
    /// # Errors
    /// Also when the site is not under a sub-path, and would be the whole server.
    pub fn under_sub_path(config: &Config) -> Result<Self, UnsuitableUrl> {
        let deployment = Self::from_config(config)?;
        if deployment.path_without_slash().is_empty() {
            return Err(UnsuitableUrl(
                "a location is for a site under a sub-path: set `site-url` under `[output.html]` to its address, such as \
                 `https://intranet.example.org/catalogue/`, or leave `--as location` out"
                    .to_owned(),
            ));
        }
        Ok(deployment)
    }

    /// The path without its trailing slash; empty for the root.
    pub(super) fn path_without_slash(&self) -> &str {
        self.path.trim_end_matches('/')
    }
}

#[cfg(test)]
mod tests {
    use super::Deployment;
    use crate::config::Config;

    fn deployment(url: &str) -> Option<Deployment> {
        let mut config = Config::default();
        config.output.html.site_url = Some(url.to_owned());
        Deployment::from_config(&config).ok()
    }

    #[test]
    fn an_address_is_taken_apart() {
        let it = deployment("https://example.org:8443/a/b/").expect("it fits");
        assert_eq!(it.host.as_deref(), Some("example.org"));
        assert_eq!(
            (it.path.as_str(), it.path_without_slash(), it.is_secure),
            ("/a/b/", "/a/b", true)
        );
        assert_eq!(
            deployment("http://example.org/").map(|it| it.path),
            Some("/".to_owned())
        );
    }

    #[test]
    fn signs_of_a_configuration_are_refused() {
        for url in [
            "https://example.org/a b/",
            "https://example.org/a;}/",
            "https://example.org/$uri/",
            "https://exämple.org/",
            "https://example.org/../",
            "https://example.org/a//b/",
            "https:///a/",
        ] {
            assert_eq!(deployment(url), None, "{url}");
        }
    }
}
