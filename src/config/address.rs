//! Web addresses in `book.toml`.
//!
//! Entry: [`WebAddress::parse`], after RFC 3986.
//! Invariant: an accepted address is valid in links, in a sitemap and in a `Location` header without further encoding.

use core::net::{Ipv4Addr, Ipv6Addr};
use std::fmt;

/// The parts of an address with the scheme `https` or `http`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebAddress {
    /// `https` or `http`.
    scheme: &'static str,
    /// The host name or IP address, in lower case.
    host: String,
    port: Option<u16>,
    /// The path, with its leading slash.
    path: String,
    /// Query and fragment, from `?` or `#` on; empty if there is neither.
    suffix: String,
}

/// Why an address is invalid, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub what: String,
    /// What to write.
    pub help: String,
}

impl Fault {
    fn new(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            help: help.into(),
        }
    }
}

impl WebAddress {
    /// Parses an address.
    ///
    /// # Errors
    /// A missing or different scheme, a user name, an invalid host or port, a character that is not allowed in addresses.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let (scheme, rest) = scheme(text)?;
        if let Some(sign) = text
            .chars()
            .find(|it| it.is_whitespace() || it.is_control())
        {
            let what = if sign == ' ' {
                "there is a blank in the address".to_owned()
            } else {
                format!("the address holds the sign {}", sign.escape_unicode())
            };
            return Err(Fault::new(what, "write `%20` for a blank in a path"));
        }
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        if authority.contains('@') {
            let what = "there is a user's name or a password in the address";
            return Err(Fault::new(
                what,
                "every reader would see it: take it out, and the `@`",
            ));
        }
        let (host, port) = host_and_port(authority)?;
        let end = rest.find(['?', '#']).unwrap_or(rest.len());
        let (path, rest) = rest.split_at(end);
        for part in [path, rest] {
            check_characters(part)?;
        }
        Ok(Self {
            scheme,
            host,
            port,
            path: if path.is_empty() { "/" } else { path }.to_owned(),
            suffix: rest.to_owned(),
        })
    }

    /// Parses the address of a site, which is a folder.
    ///
    /// # Errors
    /// As [`parse`](Self::parse); a query or fragment, a page in place of a folder, `.`, `..` or an empty part in the path.
    pub fn parse_site(text: &str) -> Result<Self, Fault> {
        let mut address = Self::parse(text)?;
        if !address.suffix.is_empty() {
            let (what, sign) = if address.suffix.starts_with('?') {
                ("there is a query in the address of a site", '?')
            } else {
                ("there is an anchor in the address of a site", '#')
            };
            let help = format!("end it before the `{sign}`");
            return Err(Fault::new(what, help));
        }
        let parts = address.path.trim_start_matches('/');
        let parts = parts.strip_suffix('/').unwrap_or(parts);
        let is_root = address.path == "/";
        if !is_root && parts.split('/').any(|it| ["", ".", ".."].contains(&it))
            || address.path.starts_with("//")
        {
            let what = "a part of the path is empty, `.` or `..`";
            return Err(Fault::new(what, "write the path as browsers show it"));
        }
        let last = parts.rsplit('/').next().unwrap_or_default();
        if !address.path.ends_with('/') && last.to_lowercase().ends_with(".html") {
            let what = "this is the address of a page, not of a site";
            let folder = &address.path[..address.path.len() - last.len()];
            let help = format!("write that of its folder: `{}{folder}`", address.origin());
            return Err(Fault::new(what, help));
        }
        if !address.path.ends_with('/') {
            address.path.push('/');
        }
        Ok(address)
    }

    /// Scheme, host and port: `https://example.org:8443`.
    #[must_use]
    pub fn origin(&self) -> String {
        let port = self.port.map_or_else(String::new, |it| format!(":{it}"));
        format!("{}://{}{port}", self.scheme, self.host)
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.origin(), self.path, self.suffix)
    }
}

/// The scheme, and the rest after its two slashes.
fn scheme(text: &str) -> Result<(&'static str, &str), Fault> {
    let lower = text.to_ascii_lowercase();
    for scheme in ["https", "http"] {
        let Some(rest) = lower.strip_prefix(scheme) else {
            continue;
        };
        if rest.starts_with("://") {
            return Ok((scheme, &text[scheme.len() + 3..]));
        }
        if rest.starts_with(':') {
            let what = format!("two slashes are missing behind `{scheme}:`");
            let rest = text[scheme.len() + 1..].trim_start_matches('/');
            return Err(Fault::new(what, format!("write `{scheme}://{rest}`")));
        }
    }
    let bare = text.trim_start_matches('/');
    let named = bare.split_once("://").map(|(scheme, _)| scheme);
    let what = match named {
        Some(scheme) => format!("this is no address on the web, but one of `{scheme}`"),
        None => "this is no address on the web".to_owned(),
    };
    // `git@example.org:acme/controls.git` is the syntax of Git, not of browsers.
    if let Some((host, path)) = bare.split_once('@').and_then(|(_, it)| it.split_once(':'))
        && named.is_none_or(|it| it == "ssh" || it == "git")
    {
        let path = path.strip_suffix(".git").unwrap_or(path);
        let help = format!("write the address that a browser takes: `https://{host}/{path}`");
        return Err(Fault::new(what, help));
    }
    let looks_whole = named.is_none()
        && bare.contains('.')
        && bare.starts_with(|it: char| it.is_ascii_alphanumeric())
        && !bare.contains(char::is_whitespace);
    let help = if looks_whole {
        format!("begin with `https://`: `https://{bare}`")
    } else {
        "begin with `https://`".to_owned()
    };
    Err(Fault::new(what, help))
}

/// The host in lower case, and the port.
fn host_and_port(authority: &str) -> Result<(String, Option<u16>), Fault> {
    let (host, port) = match authority
        .strip_prefix('[')
        .and_then(|it| it.split_once(']'))
    {
        Some((inner, rest)) => {
            if inner.parse::<Ipv6Addr>().is_err() {
                let what = format!("`[{inner}]` is no IPv6 address");
                return Err(Fault::new(what, "write it as `[2001:db8::1]`"));
            }
            (&authority[..inner.len() + 2], rest)
        }
        None => {
            let end = authority.find(':').unwrap_or(authority.len());
            authority.split_at(end)
        }
    };
    let port = match port.strip_prefix(':') {
        None if port.is_empty() => None,
        None => {
            let what = format!("`{authority}` is no name of a machine");
            return Err(Fault::new(
                what,
                "write it as `example.org` or `example.org:8080`",
            ));
        }
        Some(digits) => {
            let is_number = digits.chars().all(|it| it.is_ascii_digit());
            match digits.parse::<u16>() {
                Ok(port) if is_number && port > 0 => Some(port),
                _ => {
                    let what = format!("`{digits}` is no port");
                    let help = "write a number from 1 to 65535 behind the colon, or neither";
                    return Err(Fault::new(what, help));
                }
            }
        }
    };
    if host.starts_with('[') {
        return Ok((host.to_lowercase(), port));
    }
    if host.is_empty() {
        return Err(Fault::new(
            "the name of the machine is missing",
            "write it as `https://example.org/`",
        ));
    }
    if !host.is_ascii() {
        let what = format!("the name `{host}` has signs that are not ASCII");
        return Err(Fault::new(
            what,
            "write it in Punycode, which begins with `xn--`",
        ));
    }
    let label = |it: &str| {
        (1..=63).contains(&it.len())
            && it
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
            && !it.starts_with('-')
            && !it.ends_with('-')
    };
    let labels = host.strip_suffix('.').unwrap_or(host);
    let is_number = labels.chars().all(|it| it.is_ascii_digit() || it == '.');
    let is_sound = if is_number {
        labels.parse::<Ipv4Addr>().is_ok()
    } else {
        labels.len() <= 253 && labels.split('.').all(label)
    };
    if !is_sound {
        let what = format!("`{host}` is no name of a machine");
        return Err(Fault::new(what, "write it as `example.org`"));
    }
    Ok((host.to_lowercase(), port))
}

/// Checks the characters of a path, query or fragment.
fn check_characters(part: &str) -> Result<(), Fault> {
    let mut rest = part;
    while let Some(percent) = rest.find('%') {
        let code = rest.get(percent + 1..percent + 3).unwrap_or_default();
        if code.len() != 2 || !code.chars().all(|it| it.is_ascii_hexdigit()) {
            let what = "there is a `%` without two digits behind it";
            return Err(Fault::new(what, "write `%25` for the sign itself"));
        }
        rest = &rest[percent + 3..];
    }
    let is_allowed = |it: char| it.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/%?#".contains(it);
    let Some(sign) = part.chars().find(|it| !is_allowed(*it)) else {
        return Ok(());
    };
    let mut code = String::new();
    for byte in sign.to_string().bytes() {
        code.push_str(&format!("%{byte:02X}"));
    }
    let what = format!("the sign `{sign}` can't stand in an address");
    Err(Fault::new(what, format!("write `{code}` for it")))
}

#[cfg(test)]
mod tests {
    use super::WebAddress;

    fn site(text: &str) -> Result<String, String> {
        let parsed = WebAddress::parse_site(text);
        parsed
            .map(|it| it.to_string())
            .map_err(|it| format!("{}; {}", it.what, it.help))
    }

    #[test]
    fn an_address_of_a_site_is_a_folder_on_a_machine() {
        for (written, meant) in [
            ("https://example.org", "https://example.org/"),
            ("https://example.org/a/b", "https://example.org/a/b/"),
            ("HTTPS://Example.ORG/A/", "https://example.org/A/"),
            ("http://localhost:8080/", "http://localhost:8080/"),
            ("http://192.0.2.7/x/", "http://192.0.2.7/x/"),
            ("http://[2001:DB8::1]:81/", "http://[2001:db8::1]:81/"),
            (
                "https://intra_net.example/%C3%BC/",
                "https://intra_net.example/%C3%BC/",
            ),
            (
                "https://xn--mnchen-3ya.example/",
                "https://xn--mnchen-3ya.example/",
            ),
        ] {
            assert_eq!(site(written).as_deref(), Ok(meant), "{written}");
        }
    }

    #[test]
    fn what_is_no_address_of_a_site_is_named_with_the_right_one() {
        for (written, words) in [
            (
                "example.org/a",
                "no address on the web; begin with `https://`: `https://example.org/a`",
            ),
            ("", "no address on the web; begin with `https://`"),
            ("/catalogue/", "no address on the web"),
            ("ftp://example.org/", "one of `ftp`"),
            ("javascript:alert(1)", "no address on the web"),
            ("https:/example.org/", "write `https://example.org/`"),
            ("https:example.org", "write `https://example.org`"),
            ("https:///a/", "the name of the machine is missing"),
            ("https://user:word@example.org/", "a user's name"),
            ("https://example.org:/", "`` is no port"),
            ("https://example.org:0/", "`0` is no port"),
            ("https://example.org:65536/", "`65536` is no port"),
            ("https://example.org:+80/", "`+80` is no port"),
            (
                "https://example.org/?a=b",
                "a query in the address of a site; end it before the `?`",
            ),
            (
                "https://example.org/#top",
                "an anchor in the address of a site",
            ),
            (
                "https://example.org/index.html",
                "write that of its folder: `https://example.org/`",
            ),
            ("https://example.org/a/x.HTML", "`https://example.org/a/`"),
            ("https://example.org//a/", "is empty, `.` or `..`"),
            ("https://example.org/a/../b/", "is empty, `.` or `..`"),
            ("https://example.org/a b/", "a blank in the address"),
            ("https://example.org/ü/", "write `%C3%BC` for it"),
            ("https://example.org/50%/", "a `%` without two digits"),
            ("https://example.org/<a>/", "write `%3C` for it"),
            ("https://münchen.example/", "Punycode"),
            ("https://-a.example/", "no name of a machine"),
            ("https://a..b/", "no name of a machine"),
            ("https://999.1.1.1/", "no name of a machine"),
            ("https://[::zz]/", "no IPv6 address"),
        ] {
            let found = site(written).expect_err(written);
            assert!(found.contains(words), "{written}: {found}");
        }
    }
}
