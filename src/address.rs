//! The syntax of addresses in links: percent-encoding, schemes, hosts.
//!
//! Entry: [`decodings`] for the path of a file, [`mistake`] for a web address. Invariant: nothing here depends on which files exist.

use percent_encoding::percent_decode_str;

use crate::source::nfc;

/// The schemes allowed in links.
pub const SCHEMES: [&str; 4] = ["https", "http", "mailto", "tel"];

/// The paths or anchors that a link may refer to, the likelier one first: percent-decoded, since editors and Markdown tools encode
/// them; then literally, for names that contain a `%`.
#[must_use]
pub fn decodings(written: &str) -> Vec<String> {
    let decoded = percent_decode_str(written)
        .decode_utf8()
        .ok()
        .map(|it| nfc(&it).into_owned());
    let literal = nfc(written).into_owned();
    let literal = (decoded.as_ref() != Some(&literal)).then_some(literal);
    decoded.into_iter().chain(literal).collect()
}

/// Whether an address is external: it has a scheme or a host, or is a path on one computer.
#[must_use]
pub fn is_external(written: &str) -> bool {
    let head = written.split(['/', '#', '?']).next().unwrap_or_default();
    head.contains(':') || written.starts_with("//") || written.starts_with('\\')
}

/// The scheme of an address in lower case; empty if it has none.
#[must_use]
pub fn scheme(address: &str) -> String {
    let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
    scheme.to_ascii_lowercase()
}

/// The help for an incomplete external address; none if it is complete or has an unknown scheme.
#[must_use]
pub fn mistake(address: &str) -> Option<String> {
    if let Some(rest) = address.strip_prefix("//") {
        let host = is_host(rest.split(['/', '?', '#']).next().unwrap_or_default());
        return Some(if host {
            format!("write the scheme too: `https:{address}`")
        } else {
            LOCAL_FILE.to_owned()
        });
    }
    let scheme = scheme(address);
    if address.starts_with('\\') || scheme.len() == 1 {
        return Some(
            "a path on one computer leads nowhere for readers: put the file into the book and write the path to it from \
             this file"
                .to_owned(),
        );
    }
    let rest = &address[address.find(':').map_or(0, |at| at + 1)..];
    match scheme.as_str() {
        "http" | "https" => web_mistake(&scheme, rest),
        "mailto" => {
            let recipients = rest.split('?').next().unwrap_or_default();
            let is_valid = |it: &str| it.split_once('@').is_some_and(is_mailbox);
            let all_valid = recipients
                .split(',')
                .all(|it| is_valid(&it.replace("%40", "@")));
            (!all_valid).then(|| "write a mail address: `mailto:name@example.org`".to_owned())
        }
        "tel" => {
            let has_digits = rest.chars().any(|it| it.is_ascii_digit());
            (!has_digits).then(|| "write a telephone number: `tel:+4930123456`".to_owned())
        }
        _ => None,
    }
}

/// The help if a file of the book may be meant.
const LOCAL_FILE: &str = "for a file of the book, write the path to it from this file";

fn web_mistake(scheme: &str, rest: &str) -> Option<String> {
    let bare = rest.trim_start_matches('/');
    let host = authority(bare);
    if rest.starts_with("//") && !rest.starts_with("///") && is_host(host) {
        return None;
    }
    let looks_like_host = is_host(host) && host.contains('.') && !is_file_name(host);
    Some(if bare.is_empty() {
        format!("write the whole address: `{scheme}://example.org/`")
    } else if looks_like_host {
        format!("write `{scheme}://{bare}`")
    } else {
        format!(
            "for a file of the book, write `{bare}`; for an address on the web, `{scheme}://example.org/`"
        )
    })
}

/// Host and port of an address without its scheme.
fn authority(rest: &str) -> &str {
    let whole = rest.split(['/', '?', '#']).next().unwrap_or_default();
    whole.rsplit_once('@').map_or(whole, |(_, host)| host)
}

/// Whether a text is a valid host: a name or a bracketed IP address, with an optional port.
fn is_host(host: &str) -> bool {
    if let Some(inner) = host.strip_prefix('[') {
        let fits = |c: char| c.is_ascii_hexdigit() || ":.".contains(c);
        return inner.split_once(']').is_some_and(|(it, port)| {
            !it.is_empty() && it.chars().all(fits) && (port.is_empty() || port.starts_with(':'))
        });
    }
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let fits = |label: &str| {
        !label.is_empty()
            && label
                .chars()
                .all(|c| c.is_alphanumeric() || "-_%".contains(c))
    };
    let name = name.strip_suffix('.').unwrap_or(name);
    name.split('.').all(fits) && port.chars().all(|c| c.is_ascii_digit())
}

fn is_mailbox((name, host): (&str, &str)) -> bool {
    !name.is_empty() && !name.contains(char::is_whitespace) && is_host(host)
}

/// Whether a name has the extension of a file that a book or site may contain.
fn is_file_name(name: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "md", "yaml", "yml", "html", "htm", "png", "jpg", "jpeg", "svg", "webp", "gif", "pdf",
        "csv", "txt",
    ];
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ENDINGS.contains(&ending.to_ascii_lowercase().as_str())
}

/// The help for a path without a file, if its form shows what was meant.
#[must_use]
pub fn path_advice(path: &str) -> Option<String> {
    let first = path.split('/').next().unwrap_or_default();
    if path.contains('\\') {
        let slashes = path.replace('\\', "/");
        return Some(format!("parts of a path are divided by `/`: `{slashes}`"));
    }
    if path.starts_with('/') {
        return Some(
            "a path begins at the file in which it stands, not at the top of the book".to_owned(),
        );
    }
    if first.split_once('@').is_some_and(is_mailbox) {
        return Some(format!("for a mail address, write `mailto:{path}`"));
    }
    let labels: Vec<_> = first.split('.').collect();
    let top = labels.last().copied().unwrap_or_default();
    let domain = labels.len() > 1
        && is_host(first)
        && top.len() > 1
        && top.chars().all(char::is_alphabetic)
        && !is_file_name(first);
    if domain {
        return Some(format!("for an address on the web, write `https://{path}`"));
    }
    encoding_mistake(path)
}

/// What is wrong with the percent-encoding of a path.
fn encoding_mistake(path: &str) -> Option<String> {
    let invalid = path.match_indices('%').find(|(start, _)| {
        let pair = path.get(start + 1..start + 3).unwrap_or_default();
        pair.len() < 2 || !pair.chars().all(|c| c.is_ascii_hexdigit())
    });
    if let Some((start, _)) = invalid {
        let shown: String = path[start..].chars().take(3).collect();
        return Some(format!(
            "`{shown}` encodes no sign; a percent sign itself is written `%25`"
        ));
    }
    percent_decode_str(path)
        .decode_utf8()
        .is_err()
        .then(|| "what is percent-encoded here is not UTF-8".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{decodings, is_external, mistake, path_advice};

    #[test]
    fn a_path_is_read_as_it_is_encoded_and_as_it_is_written() {
        for (written, read) in [
            ("my%20page.md", &["my page.md", "my%20page.md"][..]),
            (
                "%C3%BCbersicht.png",
                &["übersicht.png", "%C3%BCbersicht.png"],
            ),
            ("U%CC%88.md", &["Ü.md", "U%CC%88.md"]),
            ("a%23b+c.md", &["a#b+c.md", "a%23b+c.md"]),
            ("50%.md", &["50%.md"]),
            ("%zz.md", &["%zz.md"]),
            ("%FF.md", &["%FF.md"]),
            ("plain.md", &["plain.md"]),
            ("U\u{308}.md", &["Ü.md", "U\u{308}.md"][..1]),
        ] {
            assert_eq!(decodings(written), read, "{written}");
        }
    }

    #[test]
    fn an_address_is_whole_or_says_what_to_write() {
        for whole in [
            "https://example.org",
            "HTTP://example.org:8080/a?b#c",
            "https://[::1]:80/",
            "https://user@exämple.org/x(y)",
            "https://localhost/",
            "mailto:a@b.org?subject=x",
            "mailto:a@b.org,c%40d.org",
            "tel:+49-30",
            "urn:isbn:1",
        ] {
            assert!(is_external(whole));
            assert_eq!(mistake(whole), None, "{whole}");
        }
        for (wrong, right) in [
            ("https:about.html", "write `about.html`"),
            ("http:guide/x.md#y", "write `guide/x.md#y`"),
            ("http:example.org/x", "write `http://example.org/x`"),
            ("https:/example.org", "write `https://example.org`"),
            ("https:///example.org", "write `https://example.org`"),
            ("https://", "write the whole address"),
            ("https:", "write the whole address"),
            ("https://?x", "`https://example.org/`"),
            ("https://a b", "for a file"),
            ("mailto:", "mailto:name@example.org"),
            ("mailto:ann", "mailto:name@example.org"),
            ("mailto:?subject=x", "mailto:name@example.org"),
            ("tel:", "tel:+"),
            (
                "//example.org/a",
                "write the scheme too: `https://example.org/a`",
            ),
            ("///etc", "the path to it from this file"),
            (r"C:\plans\a.pdf", "a path on one computer"),
            ("c:/plans/a.pdf", "a path on one computer"),
            (r"\\server\a.pdf", "a path on one computer"),
        ] {
            assert!(is_external(wrong));
            let said = mistake(wrong).unwrap_or_default();
            assert!(said.contains(right), "{wrong}: {said}");
        }
    }

    #[test]
    fn a_path_that_is_none_tells_what_was_meant() {
        for (wrong, right) in [
            ("www.example.org", "write `https://www.example.org`"),
            ("example.org/a/b", "write `https://example.org/a/b`"),
            ("ann@example.org", "write `mailto:ann@example.org`"),
            (r"..\measures\A.yaml", "`../measures/A.yaml`"),
            ("/guide/a.md", "begins at the file"),
            ("%zz.md", "`%zz` encodes no sign"),
            ("a%2", "`%2` encodes no sign"),
            ("%FF.md", "not UTF-8"),
        ] {
            let said = path_advice(wrong).unwrap_or_default();
            assert!(said.contains(right), "{wrong}: {said}");
        }
        for path in [
            "about.md",
            "v1.2.md",
            "img/plan.SVG",
            "a.b/c.md",
            "../x.yaml",
            "",
            "1.5",
        ] {
            assert_eq!(path_advice(path), None, "{path}");
        }
    }
}
