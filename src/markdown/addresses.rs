//! Finds bare URLs in text, as GitHub Flavored Markdown does (GFM 0.29, section 6.9).
//!
//! Entry: [`addresses`]. Invariant: an address begins with `https://` or `http://` and has a host.

use std::ops::Range;

/// The ranges of the addresses in a text, in order.
pub(super) fn addresses(words: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (colon, _) in words.match_indices("://") {
        let from = out.last().map_or(0, |it| it.end);
        if let Some(address) = address(words, from, colon) {
            out.push(address);
        }
    }
    out
}

/// The address whose scheme ends at `colon`.
fn address(words: &str, from: usize, colon: usize) -> Option<Range<usize>> {
    let before = words.get(from..colon)?;
    let scheme = ["https", "http"].into_iter().find(|scheme| {
        let start = before.len().checked_sub(scheme.len());
        let end = start.and_then(|at| before.get(at..));
        end.is_some_and(|end| end.eq_ignore_ascii_case(scheme))
    })?;
    let start = colon - scheme.len();
    // A scheme with a prefix, such as `git+https://`, is another scheme.
    if words[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '+' | '-' | '.' | '_'))
    {
        return None;
    }
    let inner = colon + "://".len();
    let rest = &words[inner..];
    let end = rest.find(|c: char| c.is_whitespace() || c == '<');
    let length = trimmed_length(&rest[..end.unwrap_or(rest.len())]);
    let host = rest[..length].split(['/', '?', '#']).next()?;
    let has_host = host.starts_with(char::is_alphanumeric);
    has_host.then_some(start..inner + length)
}

/// The length of an address without trailing punctuation of the sentence.
fn trimmed_length(address: &str) -> usize {
    let mut address = address;
    loop {
        let Some(last) = address.chars().next_back() else {
            return 0;
        };
        let unopened = |open: char, close: char| {
            last == close && address.matches(close).count() > address.matches(open).count()
        };
        let punctuation = "?!.,:;*_~'\"’”“‘»«›‹…|`\\".contains(last);
        if !(punctuation || unopened('(', ')') || unopened('[', ']') || unopened('{', '}')) {
            return address.len();
        }
        address = &address[..address.len() - last.len_utf8()];
    }
}

#[cfg(test)]
mod tests {
    use super::addresses;

    fn addresses_in(words: &str) -> Vec<&str> {
        let ranges = addresses(words).into_iter();
        ranges.map(|it| &words[it]).collect()
    }

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        for (words, address) in [
            ("https://a.example", "https://a.example"),
            ("See https://a.example/b.", "https://a.example/b"),
            ("(https://a.example/b)", "https://a.example/b"),
            ("https://a.example/b_(c)", "https://a.example/b_(c)"),
            ("(see https://a.example/b_(c)).", "https://a.example/b_(c)"),
            ("“https://a.example/?q=1”, then", "https://a.example/?q=1"),
            ("[http://a.example:8080/b#c]", "http://a.example:8080/b#c"),
            ("HTTPS://A.example/~b;", "HTTPS://A.example/~b"),
            ("https://münchen.example/ä!", "https://münchen.example/ä"),
            ("a<https://a.example>", "https://a.example>"),
        ] {
            assert_eq!(addresses_in(words), [address], "{words}");
        }
        assert_eq!(
            addresses_in("https://a.example, https://b.example/x?y"),
            ["https://a.example", "https://b.example/x?y"]
        );
    }

    #[test]
    fn what_has_no_host_or_another_scheme_is_text() {
        for words in [
            "https://",
            "https://…",
            "git+https://a.example",
            "xhttps://a.example",
            "ftp://a.example",
            "www.example.org",
            "http:// a",
            "a://b",
        ] {
            assert_eq!(addresses_in(words), [""; 0], "{words}");
        }
    }
}
