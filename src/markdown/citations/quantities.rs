//! Detects numbers that are quantities or dates: `12 months`, `31 March 2025`, `99.9 %`.
//!
//! Entry: [`is_counted`]. Invariant: only the text after a number is examined, never its value.

use super::scanner::{run, skip_blanks};
use crate::markdown::spelling::fold;

/// What a number measures.
const UNITS: [&str; 31] = [
    "bit",
    "bits",
    "business",
    "byte",
    "bytes",
    "calendar",
    "characters",
    "day",
    "days",
    "eur",
    "euro",
    "gb",
    "hour",
    "hours",
    "kb",
    "mb",
    "million",
    "min",
    "minute",
    "minutes",
    "month",
    "months",
    "percent",
    "second",
    "seconds",
    "times",
    "week",
    "weeks",
    "working",
    "year",
    "years",
];
/// The months of a date.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether a number that ends at a place counts what follows, or is part of a date or of a longer number. `kinds` are names
/// of what a framework consists of: `12 requirements` are no Requirement 12.
pub(super) fn is_counted(text: &str, end: usize, kinds: &[String]) -> bool {
    let rest = text.get(end..).unwrap_or_default();
    let digit = |it: &str| it.starts_with(|c: char| c.is_ascii_digit());
    if rest.strip_prefix(',').is_some_and(digit) {
        return true;
    }
    let at = skip_blanks(text, end);
    let next = &text[at..];
    if next.starts_with(['%', '‰', '€', '$', '£', '°', '×']) {
        return true;
    }
    let hyphen = rest.strip_prefix(['-', '\u{2011}']);
    let word = run(hyphen.unwrap_or(next)).unwrap_or_default();
    if word.is_empty() || hyphen.is_none() && at == end {
        return is_ordinal(text, end);
    }
    let dated = word.starts_with(char::is_uppercase) || fold(word) != "may";
    let word = fold(word);
    UNITS.contains(&word.as_str())
        || dated && MONTHS.contains(&word.as_str())
        || kinds.contains(&word)
}

/// Whether the rest of `12th` follows.
pub(super) fn is_ordinal(text: &str, end: usize) -> bool {
    let rest = text.get(end..).unwrap_or_default();
    matches!(run(rest), Some("st" | "nd" | "rd" | "th"))
}
