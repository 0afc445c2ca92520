//! Addresses: names that are safe in files and anchors, and the relative way from one page to another.
//!
//! Entry: [`relative`]. Invariant: no address is absolute or names a bare folder.

use std::borrow::Cow;

use crate::source::nfc;

/// A place in the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address<'a> {
    /// The page's or file's path; empty for the page on which a link stands.
    pub route: Cow<'a, str>,
    /// The anchor.
    pub anchor: Option<Cow<'a, str>>,
}

impl Address<'_> {
    /// The address as a link on the page at a route has it.
    #[must_use]
    pub fn seen_from(&self, route: &str) -> String {
        relative(route, &self.route, self.anchor.as_deref())
    }
}

/// The path of a picture or document in the site.
#[must_use]
pub fn asset_route(path: &str) -> String {
    let inner = path.split_once('/').map_or(path, |(_, inner)| inner);
    format!("files/{}", nfc(inner))
}

/// The relative address that leads from one route to an anchor of another, or to its top; to its own, the anchor alone.
#[must_use]
pub fn relative(from: &str, route: &str, anchor: Option<&str>) -> String {
    let mut out = String::with_capacity(route.len() + anchor.map_or(0, str::len) + 8);
    let here = route.is_empty() || (route == from && anchor.is_some());
    if !here {
        let same = shared_folder(from, route);
        for _ in from[same..].matches('/') {
            out.push_str("../");
        }
        add_percent(&route[same..], &mut out);
    }
    if let Some(anchor) = anchor {
        out.push_str(&fragment(anchor));
    }
    out
}

/// An anchor as the end of an address, with the characters that addresses can't hold as `%…`.
#[must_use]
pub fn fragment(anchor: &str) -> String {
    let mut out = String::with_capacity(anchor.len() + 1);
    out.push('#');
    for c in anchor.chars() {
        if c.is_alphanumeric() || "-._~()!$&'*+,;=:@/?".contains(c) {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
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

/// The bytes that stand in an address as they are.
const STAYS: [bool; 256] = letters_and(b"/-._~()");

/// The bytes that stand in a name as they are.
const FITS: [bool; 256] = letters_and(b".-_()");

/// Letters and digits of ASCII, and some more.
const fn letters_and(more: &[u8]) -> [bool; 256] {
    let mut out = [false; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        out[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    let mut at = 0;
    while at < more.len() {
        out[more[at] as usize] = true;
        at += 1;
    }
    out
}

/// Adds a path with the characters that addresses can't hold as `%…`.
fn add_percent(path: &str, out: &mut String) {
    let stays = |byte: u8| STAYS[usize::from(byte)];
    if path.bytes().all(stays) {
        out.push_str(path);
        return;
    }
    for byte in path.bytes() {
        if stays(byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}

/// A name that is a file's name on every disk and an anchor in every address.
#[must_use]
pub fn safe(name: &str) -> Cow<'_, str> {
    const LONGEST: usize = 80;
    let is_short = (1..=LONGEST).contains(&name.len()) && !name.starts_with('.');
    if is_short && name.bytes().all(|it| FITS[usize::from(it)]) {
        return Cow::Borrowed(name);
    }
    let fits = |c: char| match u8::try_from(c) {
        Ok(byte) if byte.is_ascii() => FITS[usize::from(byte)],
        _ => c.is_alphanumeric(),
    };
    if is_short && name.chars().all(fits) {
        return Cow::Borrowed(name);
    }
    let fit = |c: char| if fits(c) { c } else { '-' };
    let out: String = name.chars().take(LONGEST).map(fit).collect();
    match out.trim_start_matches('.') {
        "" => Cow::Borrowed("unnamed"),
        out => Cow::Owned(out.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{relative, safe};

    #[test]
    fn addresses_are_relative_and_name_a_file() {
        for (from, route, anchor, address) in [
            ("measures/A.html", "index.html", None, "../index.html"),
            ("measures/A.html", "measures/B.html", Some("x"), "B.html#x"),
            ("measures/A.html", "measures/A.html", Some("x"), "#x"),
            ("a.html", "frameworks/e/C.html", None, "frameworks/e/C.html"),
            ("a/b/c.html", "a/bc.html", None, "../bc.html"),
            ("a/b.html", "", Some("x"), "#x"),
            (
                "frameworks/e/C.html",
                "frameworks/g/ü d.html",
                None,
                "../g/%C3%BC%20d.html",
            ),
        ] {
            assert_eq!(relative(from, route, anchor), address);
        }
    }

    #[test]
    fn names_stay_in_their_folder() {
        assert_eq!(safe("../../etc/passwd"), "-..-etc-passwd");
        assert_eq!(safe(""), "unnamed");
        assert_eq!(safe("..."), "unnamed");
        assert_eq!(safe(".a b"), "a-b");
        assert_eq!(safe("OPS-12.3(a)"), "OPS-12.3(a)");
        assert_eq!(safe(&"ü".repeat(90)), "ü".repeat(80));
    }
}
