//! Normalises the spelling of identifiers: `CKM-03.1`, `ckm 3.1` and `CKM‑03(1)` have the same key.
//!
//! Entry: [`key`]. Used by prose, the search index and the script in the browser.
//! Invariant: `idParts` in `theme/js/search.js` returns the same parts; one table tests both.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds a text: lowercase, without accents.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let bare = text.nfkd().filter(|it| !is_combining_mark(*it));
    bare.collect::<String>().to_lowercase()
}

/// The parts of an identifier joined by dots, split between letters and digits, without leading zeros: `ckm.3.1`.
pub(crate) fn key(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    let mut last = None;
    // Where the part begins that is being read.
    let mut start = 0;
    let mut add = |c: char| {
        let class = class(c);
        if class.is_some() {
            if class != last {
                if !out.is_empty() {
                    out.push('.');
                }
                start = out.len();
            }
            if &out[start..] == "0" {
                out.pop();
            }
            out.push(c);
        }
        last = class;
    };
    if id.is_ascii() {
        id.chars().for_each(|c| add(c.to_ascii_lowercase()));
    } else {
        fold(id).chars().for_each(add);
    }
    out
}

/// The character class of a part of an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// `0` to `9`.
    Digits,
    /// Letters, and numbers of other scripts.
    Letters,
}

/// The class of a character; `None` for a separator.
pub(crate) fn class(c: char) -> Option<Class> {
    if c.is_ascii_digit() {
        Some(Class::Digits)
    } else if c.is_alphanumeric() {
        Some(Class::Letters)
    } else {
        None
    }
}

/// Whether a character is a hyphen, or a dash that is typed or set for one.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::key;

    /// What `idParts` in the browser is tested with, too.
    const TABLE: &str = include_str!("../../tests/fixtures/spellings.json");

    #[test]
    fn spellings_of_one_identifier_share_a_key() {
        let table: Vec<(String, Vec<String>)> =
            serde_json::from_str(TABLE).expect("the table is JSON");
        assert!(table.len() > 10);
        for (wanted, spellings) in table {
            for it in spellings {
                assert_eq!(key(&it), wanted, "{it}");
            }
        }
    }
}
