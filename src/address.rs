//! Addresses as authors write them: what is percent-encoded, and what leads to the web.
//!
//! Entry: [`readings`] for the path of a file, [`mistake`] for an address. Invariant: nothing here knows which files there are.

use percent_encoding::percent_decode_str;

use crate::source::nfc;

/// The schemes that a link may have.
pub const SCHEMES: [&str; 4] = ["https", "http", "mailto", "tel"];

/// What a path or an anchor in a link may mean, the likelier first: decoded, as editors and Markdown tools encode it;
/// then as it is written, for names that hold a `%`.
#[must_use]
pub fn readings(written: &str) -> Vec<String> {
    let decoded = percent_decode_str(written).decode_utf8();
    let decoded = decoded.ok().map(|it| nfc(&it).into_owned());
    let plain = nfc(written).into_owned();
    let plain = (decoded.as_ref() != Some(&plain)).then_some(plain);
    decoded.into_iter().chain(plain).collect()
}

/// Whether an address leads out of the site: it names a scheme or a host, or is a path on one computer.
#[must_use]
pub fn is_outside(written: &str) -> bool {
    let head = written.split(['/', '#', '?']).next().unwrap_or_default();
    head.contains(':') || written.starts_with("//") || written.starts_with('\\')
}

/// The scheme of an address, in small letters; empty where it has none.
#[must_use]
pub fn scheme(address: &str) -> String {
    let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
    scheme.to_ascii_lowercase()
}

/// What to write in place of an address that leads nowhere; none for one that is whole, or has a scheme of its own.
#[must_use]
pub fn mistake(address: &str) -> Option<String> {
    if let Some(rest) = address.strip_prefix("//") {
        let host = is_host(rest.split(['/', '?', '#']).next().unwrap_or_default());
        return Some(if host {
            format!("write the scheme too: `https:{address}`")
        } else {
            BESIDE.to_owned()
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
            let to = rest.split('?').next().unwrap_or_default();
            let sound = |it: &str| it.split_once('@').is_some_and(is_mailbox);
            let whole = to.split(',').all(|it| sound(&it.replace("%40", "@")));
            (!whole).then(|| "write a mail address: `mailto:name@example.org`".to_owned())
        }
        "tel" => {
            let digits = rest.chars().any(|it| it.is_ascii_digit());
            (!digits).then(|| "write a telephone number: `tel:+4930123456`".to_owned())
        }
        _ => None,
    }
}

/// What to write where a path was meant.
const BESIDE: &str = "for a file of the book, write the path to it from this file";

fn web_mistake(scheme: &str, rest: &str) -> Option<String> {
    let bare = rest.trim_start_matches('/');
    let host = authority(bare);
    if rest.starts_with("//") && !rest.starts_with("///") && is_host(host) {
        return None;
    }
    let seems = is_host(host) && host.contains('.') && !is_file_name(host);
    Some(if bare.is_empty() {
        format!("write the whole address: `{scheme}://example.org/`")
    } else if seems {
        format!("write `{scheme}://{bare}`")
    } else {
        format!(
            "for a file of the book, write `{bare}`; for an address on the web, `{scheme}://example.org/`"
        )
    })
}

/// The host of an address without its scheme, with a port.
fn authority(rest: &str) -> &str {
    let whole = rest.split(['/', '?', '#']).next().unwrap_or_default();
    whole.rsplit_once('@').map_or(whole, |(_, host)| host)
}

/// Whether this can be a host: a name, or an address in brackets; and a port.
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
    let is_sound = |it: &str| !it.contains(char::is_whitespace);
    !name.is_empty() && is_sound(name) && is_host(host)
}

/// Whether the last part of a name is the ending of a file that a book can hold, or that its site is made of.
fn is_file_name(name: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "md", "yaml", "yml", "html", "htm", "png", "jpg", "jpeg", "svg", "webp", "gif", "pdf",
        "csv", "txt",
    ];
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ENDINGS.contains(&ending.to_ascii_lowercase().as_str())
}

/// What to write in place of a path to which there is no file, where its form tells what was meant.
#[must_use]
pub fn meant(path: &str) -> Option<String> {
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
    encoding(path)
}

/// What is wrong with the percent signs of a path.
fn encoding(path: &str) -> Option<String> {
    let wrong = path.match_indices('%').find(|(at, _)| {
        let pair = path.get(at + 1..at + 3).unwrap_or_default();
        pair.len() < 2 || !pair.chars().all(|c| c.is_ascii_hexdigit())
    });
    if let Some((at, _)) = wrong {
        let shown: String = path[at..].chars().take(3).collect();
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
    use super::{is_outside, meant, mistake, readings};

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
            assert_eq!(readings(written), read, "{written}");
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
            assert!(is_outside(whole));
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
            assert!(is_outside(wrong));
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
            let said = meant(wrong).unwrap_or_default();
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
            assert_eq!(meant(path), None, "{path}");
        }
    }
}
