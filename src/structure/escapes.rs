//! Hidden characters that are written as escapes: `"\u202e"` in YAML and TOML.
//!
//! Entry: [`in_yaml`], [`in_toml`]; [`cleaned`] takes controls out. Invariant: a cleaned text is as long as the text, so that
//! every range stays true.

use std::borrow::Cow;

use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle};

use crate::characters::{Kind, kind, without_controls};
use crate::source::Span;

/// An escape and what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Escape {
    /// The range of the escape.
    pub span: Span,
    /// What it stands for: a hidden character.
    pub character: char,
}

/// A format of values: how quoted texts are escaped, and whether a number without quotes may be meant as text.
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
            in_quotes(text, Span::new(range.start, range.end), &mut out);
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
    let mut at = 0;
    while let Some(next) = text[at..].find(['"', '\'', '#']) {
        let start = at + next;
        let rest = &text[start..];
        let quote = &rest[..1];
        if quote == "#" {
            at = start + rest.find('\n').unwrap_or(rest.len());
            continue;
        }
        let long = rest.starts_with(&quote.repeat(3));
        let fence = quote.repeat(if long { 3 } else { 1 });
        let inner = start + fence.len();
        let end = end_of(&text[inner..], &fence, quote == "\"");
        if quote == "\"" {
            in_quotes(text, Span::new(inner, inner + end), &mut out);
        }
        at = (inner + end + fence.len()).min(text.len());
    }
    out
}

/// Where a quoted text ends.
fn end_of(text: &str, fence: &str, has_escapes: bool) -> usize {
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(fence) || fence.len() == 1 && rest.starts_with('\n') {
            return at;
        }
        let mut chars = rest.chars();
        let first = chars.next().map_or(1, char::len_utf8);
        at += first;
        if has_escapes && rest.starts_with('\\') {
            at += chars.next().map_or(0, char::len_utf8);
        }
    }
    text.len()
}

/// The escapes in a range of a text.
fn in_quotes(text: &str, within: Span, out: &mut Vec<Escape>) {
    let inside = text.get(within.start..within.end).unwrap_or_default();
    let mut at = 0;
    while let Some(next) = inside[at..].find('\\') {
        let start = at + next;
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
        at = end;
    }
}

/// A text with blanks in place of controls, written as they are or as escapes.
#[must_use]
pub fn cleaned(text: &str, format: Format) -> Cow<'_, str> {
    let text = without_controls(text);
    let found = match format {
        Format::Yaml => in_yaml(&text),
        Format::Toml => in_toml(&text),
    };
    let is_control = |it: &Escape| kind(it.character) == Some(Kind::Control);
    if !found.iter().any(is_control) {
        return text;
    }
    let mut out = text.into_owned();
    for it in found.iter().filter(|it| is_control(it)) {
        let blanks = " ".repeat(it.span.end - it.span.start);
        out.replace_range(it.span.start..it.span.end, &blanks);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(escapes: &[Escape], text: &str) -> Vec<String> {
        let of = |it: &Escape| text[it.span.start..it.span.end].to_owned();
        escapes.iter().map(of).collect()
    }

    #[test]
    fn escapes_are_found_in_double_quotes_only() {
        let yaml = "a: \"x\\x01\\\\u202e \\u202E\\t\\e\"\nb: '\\x01'\nc: \\x01 # \"\\x01\"\n";
        assert_eq!(found(&in_yaml(yaml), yaml), ["\\x01", "\\u202E", "\\e"]);
        let toml = "a = \"\\u0001 \\\" \\\\u0002\" # \"\\u0003\"\nb = '\\u0004'\nc = \"\"\"\n\"\\U0000202E\"\"\"\nd = '''\\u0001'''\n";
        assert_eq!(found(&in_toml(toml), toml), ["\\u0001", "\\U0000202E"]);
    }

    #[test]
    fn a_cleaned_text_is_as_long() {
        for text in [
            "a: \"\\x01b\\x9bc\"\n",
            "a: b\u{1}c\u{9b}\n",
            "a: \"ü\\0\\N\"\n",
        ] {
            let clean = cleaned(text, Format::Yaml);
            assert_eq!(clean.len(), text.len());
            assert!(
                !clean.contains('\\') && !clean.contains(['\u{1}', '\u{9b}']),
                "{clean:?}"
            );
        }
        assert_eq!(cleaned("a: \"\\u202e\"", Format::Yaml), "a: \"\\u202e\"");
        for broken in ["a: \"\\", "\"\\u", "a: \"\\xZZ\\", "\\", "'''", "\"\"\"\\"] {
            let _ = cleaned(broken, Format::Yaml);
            let _ = cleaned(broken, Format::Toml);
        }
    }
}
