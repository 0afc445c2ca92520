//! Functions that scan a text from one offset to the next.

use crate::markdown::spelling::class;

/// What is added to the number of a provision that was put in later.
pub(super) const INSERTION_SUFFIXES: [&str; 8] = [
    "bis",
    "ter",
    "quater",
    "quinquies",
    "sexies",
    "septies",
    "octies",
    "novies",
];

/// The letters or the digits at the start of a text.
pub(super) fn run(text: &str) -> Option<&str> {
    let first = text.chars().next().and_then(class)?;
    let end = text.find(|c: char| class(c) != Some(first));
    Some(&text[..end.unwrap_or(text.len())])
}

/// The place behind blanks of any kind.
pub(super) fn skip_blanks(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    text.len() - rest.trim_start().len()
}

/// What stands in brackets at the start of a text, if that may be part of an identifier, and where they end.
pub(super) fn bracket(text: &str, open: char, close: char) -> Option<(&str, usize)> {
    let inside = text.strip_prefix(open)?;
    let end = inside.find(close)?;
    let inner = inside[..end].trim();
    // `(1-5)` and `(a-c)` hold several parts.
    let several = inner.len() < 4 || inner.starts_with(|c: char| c.is_ascii_digit());
    let fits = |c: char| class(c).is_some() || c == '.' || c == '-' && !several;
    let whole = !inner.is_empty() && inner.len() <= 12 && inner.chars().all(fits);
    whole.then_some((inner, end + 2))
}

/// Whether a part is short enough to be one where nothing but a blank or a word joins it: a number, a letter, a doubled one, a Roman number.
pub(super) fn is_small(part: &str) -> bool {
    let count = part.chars().count();
    let number = part.chars().all(|c| c.is_ascii_digit());
    let first = part.chars().next();
    let doubled = count <= 2 && part.chars().all(|c| Some(c) == first && c.is_alphabetic());
    let roman = count <= 6 && part.chars().all(|c| "ivxl".contains(c));
    let mixed = count <= 4
        && part.starts_with(|c: char| c.is_ascii_digit())
        && part.ends_with(|c: char| c.is_ascii_lowercase())
        && part.chars().filter(|c| !c.is_ascii_digit()).count() == 1;
    number && count <= 3 || doubled || roman || mixed || INSERTION_SUFFIXES.contains(&part)
}

/// Whether a number is a year.
pub(super) fn is_year(part: &str) -> bool {
    part.len() == 4 && (part.starts_with("19") || part.starts_with("20"))
}

/// Whether a blank and a word of more than one letter follow.
pub(super) fn is_word_ahead(text: &str, at: usize) -> bool {
    let behind = skip_blanks(text, at);
    let word = run(text.get(behind..).unwrap_or_default()).unwrap_or_default();
    behind > at && word.starts_with(char::is_lowercase) && word.chars().count() > 1
}

/// Whether a text ends within round brackets.
pub(super) fn is_open(text: &str) -> bool {
    let mut depth = 0_i32;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = (depth - 1).max(0),
            _ => {}
        }
    }
    depth > 0
}

/// The offset after a form's words. Capitals and kinds of blanks count for nothing, nor does a dot, or the blank behind a
/// sign: `§203`.
pub(super) fn skip_literal(text: &str, start: usize, literal: &str) -> Option<usize> {
    let mut at = start;
    let mut sign = false;
    for wanted in literal.chars() {
        let c = text[at..].chars().next()?;
        if wanted.is_whitespace() {
            let behind = skip_blanks(text, at);
            if behind == at && !sign {
                return None;
            }
            at = behind;
        } else if wanted == '.' && c.is_whitespace() {
            sign = false;
            continue;
        } else if same_letter(c, wanted) {
            at += c.len_utf8();
        } else {
            return None;
        }
        sign = !wanted.is_alphanumeric() && !wanted.is_whitespace();
    }
    Some(at)
}

/// Whether two characters are the same but for case.
fn same_letter(a: char, b: char) -> bool {
    a == b || a.to_lowercase().eq(b.to_lowercase())
}
