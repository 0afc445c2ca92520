//! Where a site is published, as a server needs to know it.
//!
//! Entry: [`Place::of`]. Invariant: its words can stand in any configuration without quotes.

use std::fmt;

use crate::config::Config;

/// Where a site is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The name of the machine; none where `book.toml` has no `site-url`.
    pub host: Option<String>,
    /// The path on it, with a slash at both ends.
    pub path: String,
    /// Whether the address begins with `https://`.
    pub is_secure: bool,
    /// Whether compressed files stand beside the others.
    pub is_compressed: bool,
}

/// Why no configuration can be made, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit(String);

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Place {
    /// The place that `book.toml` names; without one, the root of any machine.
    ///
    /// # Errors
    /// An address with signs that mean something in a configuration.
    pub fn of(config: &Config) -> Result<Self, Unfit> {
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
            return Err(Unfit(format!(
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

    /// The same, for a part of a server that is there already.
    ///
    /// # Errors
    /// As [`of`](Self::of); a site that is not under a sub-path, and so would be the whole server.
    pub fn below_a_server(config: &Config) -> Result<Self, Unfit> {
        let place = Self::of(config)?;
        if place.stem().is_empty() {
            return Err(Unfit(
                "a location is for a site under a sub-path: set `site-url` under `[output.html]` to its address, such as \
                 `https://intranet.example.org/catalogue/`, or leave `--as location` out"
                    .to_owned(),
            ));
        }
        Ok(place)
    }

    /// The path without the slash at its end; empty for the root.
    pub(super) fn stem(&self) -> &str {
        self.path.trim_end_matches('/')
    }
}

#[cfg(test)]
mod tests {
    use super::Place;
    use crate::config::Config;

    fn place(url: &str) -> Option<Place> {
        let mut config = Config::default();
        config.output.html.site_url = Some(url.to_owned());
        Place::of(&config).ok()
    }

    #[test]
    fn an_address_is_taken_apart() {
        let it = place("https://example.org:8443/a/b/").expect("it fits");
        assert_eq!(it.host.as_deref(), Some("example.org"));
        assert_eq!(
            (it.path.as_str(), it.stem(), it.is_secure),
            ("/a/b/", "/a/b", true)
        );
        assert_eq!(
            place("http://example.org/").map(|it| it.path),
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
            assert_eq!(place(url), None, "{url}");
        }
    }
}
