//! Natural order: `2` before `10`, `A-2` before `A-10`.
//!
//! Entry: [`compare`], which sorts everything that is shown by id or name.
//! Invariant: a total order; only identical texts are equal.

use std::borrow::Cow;
use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Compares two ids or names: runs of digits as numbers of any length, letters without case and accents. Ties are broken by
/// accents, case and leading zeros, so that the result never depends on the order of the input.
#[must_use]
pub fn compare(a: &str, b: &str) -> Ordering {
    Tokens(&fold(a))
        .cmp(Tokens(&fold(b)))
        .then_with(|| a.cmp(b))
}

/// Compares two paths folder by folder, and then by file name without extension: `a.md` before `a-2.md`.
#[must_use]
pub fn compare_paths(a: &str, b: &str) -> Ordering {
    let parts = |path: &str| {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        (folder.to_owned(), stem.to_owned())
    };
    let ((folder_a, stem_a), (folder_b, stem_b)) = (parts(a), parts(b));
    let (mut left, mut right) = (folder_a.split('/'), folder_b.split('/'));
    loop {
        let order = match (left.next(), right.next()) {
            (None, None) => {
                return compare(&stem_a, &stem_b).then_with(|| a.cmp(b));
            }
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(a), Some(b)) => compare(a, b),
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// Removes case and accents from a text.
fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        if text.bytes().any(|it| it.is_ascii_uppercase()) {
            return Cow::Owned(text.to_ascii_lowercase());
        }
        return Cow::Borrowed(text);
    }
    let letters = text.nfd().filter(|it| !is_combining_mark(*it));
    Cow::Owned(letters.flat_map(char::to_lowercase).collect())
}

/// The tokens that are compared: numbers and single characters. A number sorts where its digits sort among characters.
struct Tokens<'a>(&'a str);

/// The character, or `0` for a number; then the length and the digits of the number.
type Token<'a> = (char, usize, &'a str);

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let first = self.0.chars().next()?;
        if !first.is_ascii_digit() {
            self.0 = &self.0[first.len_utf8()..];
            return Some((first, 0, ""));
        }
        let no_digit = |c: char| !c.is_ascii_digit();
        let end = self.0.find(no_digit).unwrap_or(self.0.len());
        let (digits, rest) = self.0.split_at(end);
        self.0 = rest;
        let digits = digits.trim_start_matches('0');
        Some(('0', digits.len(), digits))
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use proptest::prelude::*;

    use super::{compare, compare_paths};

    #[track_caller]
    fn is_sorted(list: &[&str]) {
        for (at, a) in list.iter().enumerate() {
            for (other, b) in list.iter().enumerate() {
                assert_eq!(compare(a, b), at.cmp(&other), "{a} {b}");
            }
        }
    }

    #[test]
    fn numbers_count_as_numbers() {
        is_sorted(&[
            "1", "2", "3", "9", "9.1", "9bis", "10", "10a", "11", "18", "100",
        ]);
        is_sorted(&["M-1", "M-2", "M-10", "M-20", "M-100"]);
        is_sorted(&[
            "A", "A-1", "A-2", "A-2(1)", "A-2(10)", "A-2.1", "A-10", "AC-1", "B-1",
        ]);
        is_sorted(&[
            "Art. 5(1)(a)",
            "Art. 5(1)(b)",
            "Art. 5(2)",
            "Art. 32(1)",
            "Art. 32a",
        ]);
    }

    #[test]
    fn numbers_may_be_longer_than_any_integer() {
        is_sorted(&[
            "9",
            "99999999999999999999999999999",
            "100000000000000000000000000000",
        ]);
    }

    #[test]
    fn leading_noughts_decide_last() {
        is_sorted(&["A-002", "A-02", "A-2", "A-002.1", "A-02.2", "A-3"]);
    }

    #[test]
    fn capitals_and_accents_decide_last() {
        is_sorted(&[
            "access",
            "Ägypten",
            "éclair 2",
            "Éclair 10",
            "zone",
            "Ωμέγα",
        ]);
        assert_eq!(compare("Back-up", "back-up"), Ordering::Less);
        assert_eq!(compare("back-up", "back-up"), Ordering::Equal);
    }

    #[test]
    fn paths_are_compared_by_folder_and_name() {
        let paths = [
            "guide/a.md",
            "guide/a-2.md",
            "guide/a-10.md",
            "guide/b.md",
            "guide/2/a.md",
            "guide/10/a.md",
        ];
        for (at, a) in paths.iter().enumerate() {
            for (other, b) in paths.iter().enumerate() {
                assert_eq!(compare_paths(a, b), at.cmp(&other), "{a} {b}");
            }
        }
    }

    proptest! {
        #[test]
        fn the_order_is_total(a in "[a-bA0-2é.-]{0,6}", b in "[a-bA0-2é.-]{0,6}", c in "[a-bA0-2é.-]{0,6}") {
            prop_assert_eq!(compare(&a, &b), compare(&b, &a).reverse());
            prop_assert_eq!(compare(&a, &b) == Ordering::Equal, a == b);
            if compare(&a, &b).is_le() && compare(&b, &c).is_le() {
                prop_assert!(compare(&a, &c).is_le());
            }
        }
    }
}
