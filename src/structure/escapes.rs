//! Finds hidden characters that are written as escapes in YAML and TOML, such as `"\u202e"`.
//!
//! Entry: [`in_yaml`], [`in_toml`]; [`blank_controls`] replaces control characters. Invariant: replacing keeps the length of the
//! text, so that every range stays valid.

use std::borrow::Cow;

use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle};

use crate::characters::{Kind, kind, without_controls};
use crate::source::Span;

/// An escape and the character that it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Escape {
    /// The range of the escape.
    pub span: Span,
    /// The hidden character that it stands for.
    pub character: char,
}

/// A file format. It decides how strings are escaped, and whether a number without quotes is accepted as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `\x`, `\u`, `\U` and letters, in double quotes (YAML 1.2, 5.7).
    Yaml,
    /// `\x`, `\u`, `\U` and letters, in basic strings (TOML 1.1).
    Toml,
}

/// Escapes of hidden characters in a YAML text.
#[must_use]
pub fn in_yaml(text: &str) -> Vec<Escape> {
    if !text.contains('\\') {
        return Vec::new();
    }
    let mut out = Vec::new();
    for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
        if let (Event::Scalar(_, ScalarStyle::DoubleQuoted, ..), Some(range)) =
            (event, span.byte_range())
        {
            collect_escapes(text, Span::new(range.start, range.end), &mut out);
        }
    }
    out
}

/// Escapes of hidden characters in a TOML text.
#[must_use]
pub fn in_toml(text: &str) -> Vec<Escape> {
    if !text.contains('\\') {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut offset = 0;
    while let Some(next) = text[offset..].find(['"', '\'', '#']) {
        let start = offset + next;
        let rest = &text[start..];
        let quote = &rest[..1];
        if quote == "#" {
            offset = start + rest.find('\n').unwrap_or(rest.len());
            continue;
        }
        let long = rest.starts_with(&quote.repeat(3));
        let fence = quote.repeat(if long { 3 } else { 1 });
        let inner = start + fence.len();
        let length = string_length(&text[inner..], &fence, quote == "\"");
        if quote == "\"" {
            collect_escapes(text, Span::new(inner, inner + length), &mut out);
        }
        offset = (inner + length + fence.len()).min(text.len());
    }
    out
}

/// The length of a string up to its closing quotes.
fn string_length(text: &str, fence: &str, has_escapes: bool) -> usize {
    let mut length = 0;
    while length < text.len() {
        let rest = &text[length..];
        if rest.starts_with(fence) || fence.len() == 1 && rest.starts_with('\n') {
            return length;
        }
        let mut chars = rest.chars();
        let first = chars.next().map_or(1, char::len_utf8);
        length += first;
        if has_escapes && rest.starts_with('\\') {
            length += chars.next().map_or(0, char::len_utf8);
        }
    }
    text.len()
}

/// Collects the escapes of hidden characters in a quoted string.
fn collect_escapes(text: &str, within: Span, out: &mut Vec<Escape>) {
    let inside = text.get(within.start..within.end).unwrap_or_default();
    let mut offset = 0;
    while let Some(next) = inside[offset..].find('\\') {
        let start = offset + next;
        let mut chars = inside[start + 1..].chars();
        let letter = chars.next().unwrap_or(' ');
        let digits = match letter {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let number = inside.get(start + 2..start + 2 + digits);
        let number = number.and_then(|it| u32::from_str_radix(it, 16).ok());
        let character = match letter {
            'x' | 'u' | 'U' => number.and_then(char::from_u32),
            '0' => Some('\0'),
            'a' => Some('\u{7}'),
            'b' => Some('\u{8}'),
            'v' => Some('\u{b}'),
            'f' => Some('\u{c}'),
            'e' => Some('\u{1b}'),
            'N' => Some('\u{85}'),
            'L' => Some('\u{2028}'),
            'P' => Some('\u{2029}'),
            _ => None,
        };
        let length = 1 + letter.len_utf8() + if character.is_some() { digits } else { 0 };
        let end = (start + length).min(inside.len());
        if let Some(character) = character.filter(|it| kind(*it).is_some()) {
            let span = Span::new(within.start + start, within.start + end);
            out.push(Escape { span, character });
        }
        offset = end;
    }
}

/// Replaces control characters, literal or escaped, with blanks.
#[must_use]
pub fn blank_controls(text: &str, format: Format) -> Cow<'_, str> {
    let text = without_controls(text);
    let escapes = match format {
        Format::Yaml => in_yaml(&text),
        Format::Toml => in_toml(&text),
    };
    let is_control = |it: &Escape| kind(it.character) == Some(Kind::Control);
    if !escapes.iter().any(is_control) {
        return text;
    }
    let mut out = text.into_owned();
    for Escape { span, .. } in escapes.iter().filter(|it| is_control(it)) {
        let blanks = " ".repeat(span.end - span.start);
        out.replace_range(span.start..span.end, &blanks);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(escapes: &[Escape], text: &str) -> Vec<String> {
        let slice = |it: &Escape| text[it.span.start..it.span.end].to_owned();
        escapes.iter().map(slice).collect()
    }

    #[test]
    fn escapes_are_found_in_double_quotes_only() {
        let yaml = "a: \"x\\x01\\\\u202e \\u202E\\t\\e\"\nb: '\\x01'\nc: \\x01 # \"\\x01\"\n";
        assert_eq!(texts(&in_yaml(yaml), yaml), ["\\x01", "\\u202E", "\\e"]);
        let toml = "a = \"\\u0001 \\\" \\\\u0002\" # \"\\u0003\"\nb = '\\u0004'\nc = \"\"\"\n\"\\U0000202E\"\"\"\nd = '''\\u0001'''\n";
        assert_eq!(texts(&in_toml(toml), toml), ["\\u0001", "\\U0000202E"]);
    }

    #[test]
    fn blanking_controls_keeps_the_length() {
        for text in [
            "a: \"\\x01b\\x9bc\"\n",
            "a: b\u{1}c\u{9b}\n",
            "a: \"ü\\0\\N\"\n",
        ] {
            let clean = blank_controls(text, Format::Yaml);
            assert_eq!(clean.len(), text.len());
            assert!(
                !clean.contains('\\') && !clean.contains(['\u{1}', '\u{9b}']),
                "{clean:?}"
            );
        }
        assert_eq!(
            blank_controls("a: \"\\u202e\"", Format::Yaml),
            "a: \"\\u202e\""
        );
        for broken in ["a: \"\\", "\"\\u", "a: \"\\xZZ\\", "\\", "'''", "\"\"\"\\"] {
            let _ = blank_controls(broken, Format::Yaml);
            let _ = blank_controls(broken, Format::Toml);
        }
    }
}
