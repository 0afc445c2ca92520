//! Addresses: names that are safe in files and anchors, and the relative way from one page to another.
//!
//! Entry: [`relative`]. Invariant: no address is absolute or names a bare folder.

/// A place in the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The page's or file's path; empty for the page on which a link stands.
    pub route: String,
    /// The anchor.
    pub anchor: Option<String>,
}

/// The path of a picture or document in the site.
#[must_use]
pub fn asset_route(path: &str) -> String {
    let inner = path.split_once('/').map_or(path, |(_, inner)| inner);
    format!("files/{inner}")
}

/// The relative address that leads from one route to another; to itself, the anchor alone.
#[must_use]
pub fn relative(from: &str, to: &Address) -> String {
    let route = to.route.as_str();
    let mut out = String::with_capacity(route.len() + 16);
    let here = route.is_empty() || (route == from && to.anchor.is_some());
    if !here {
        let same = shared_folder(from, route);
        for _ in from[same..].matches('/') {
            out.push_str("../");
        }
        add_percent(&route[same..], &mut out);
    }
    if let Some(anchor) = &to.anchor {
        out.push('#');
        out.push_str(anchor);
    }
    out
}

/// How long the path of the folder is in which both stand, its last slash included.
fn shared_folder(one: &str, other: &str) -> usize {
    let pairs = one.bytes().zip(other.bytes());
    let same = pairs.take_while(|(a, b)| a == b).count();
    one.as_bytes()[..same]
        .iter()
        .rposition(|it| *it == b'/')
        .map_or(0, |at| at + 1)
}

/// A path with the characters that addresses can't hold as `%…`.
#[must_use]
pub fn percent(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    add_percent(path, &mut out);
    out
}

/// Adds a path with the characters that addresses can't hold as `%…`.
fn add_percent(path: &str, out: &mut String) {
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}

/// A name that is a file's name on every disk and an anchor in every address.
#[must_use]
pub fn safe(name: &str) -> String {
    let fit = |c: char| {
        if c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '(' | ')') {
            c
        } else {
            '-'
        }
    };
    let out: String = name.chars().take(80).map(fit).collect();
    match out.trim_start_matches('.') {
        "" => "unnamed".to_owned(),
        out => out.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, relative, safe};

    fn to(route: &str, anchor: Option<&str>) -> Address {
        Address {
            route: route.to_owned(),
            anchor: anchor.map(str::to_owned),
        }
    }

    #[test]
    fn addresses_are_relative_and_name_a_file() {
        assert_eq!(
            relative("measures/A.html", &to("index.html", None)),
            "../index.html"
        );
        assert_eq!(
            relative("measures/A.html", &to("measures/B.html", Some("x"))),
            "B.html#x"
        );
        assert_eq!(
            relative("measures/A.html", &to("measures/A.html", Some("x"))),
            "#x"
        );
        assert_eq!(
            relative("a.html", &to("frameworks/e/C.html", None)),
            "frameworks/e/C.html"
        );
        assert_eq!(relative("a/b/c.html", &to("a/bc.html", None)), "../bc.html");
        assert_eq!(relative("a/b.html", &to("", Some("x"))), "#x");
        assert_eq!(
            relative("frameworks/e/C.html", &to("frameworks/g/ü d.html", None)),
            "../g/%C3%BC%20d.html"
        );
    }

    #[test]
    fn names_stay_in_their_folder() {
        assert_eq!(safe("../../etc/passwd"), "-..-etc-passwd");
        assert_eq!(safe(""), "unnamed");
    }
}
