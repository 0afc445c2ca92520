//! Reads attributes in the HTML of authors.
//!
//! Entry: [`attributes`]. Invariant: whether the HTML is allowed is not decided here.

/// The values of an attribute in HTML.
pub(super) fn attributes<'a>(html: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    html.match_indices(name).filter_map(move |(at, name)| {
        let begins = html[..at].ends_with(|c: char| c.is_whitespace() || c == '"' || c == '\'');
        let value = html[at + name.len()..].trim_start().strip_prefix('=');
        let value = value.filter(|_| begins)?.trim_start();
        let quote = value.chars().next().filter(|it| ['"', '\''].contains(it));
        let value = &value[quote.map_or(0, char::len_utf8)..];
        let end = value.find(|c: char| match quote {
            Some(quote) => c == quote,
            None => c.is_whitespace() || c == '>',
        });
        Some(&value[..end.unwrap_or(value.len())])
    })
}
