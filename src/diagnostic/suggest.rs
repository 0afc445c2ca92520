//! The nearest right answer to a wrong word or id.
//!
//! Entries: [`near`], [`nearest`], and [`around`] where nothing is near. Invariant: what is far away is never suggested, and neither
//! is an id with another number, or of another series: a reader would be sent to the wrong record.

use std::collections::BTreeSet;

use crate::natural;

/// A known word near to a wrong one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Near<'a> {
    pub(super) word: &'a str,
    pub(super) title: &'a str,
    /// Whether it alone differs from the wrong one in capitals, hyphens, blanks and noughts only.
    pub(super) is_respelling: bool,
    /// Whether one letter makes the difference, and no other word is near.
    pub(super) is_slip: bool,
}

/// The known word nearest to `wrong`, with its title: one that differs in spelling only (capitals, hyphens, blanks, dots);
/// then one with other noughts before a number; then one that it begins, or one of which at most a third of the letters differ.
pub fn nearest<'a>(
    wrong: &str,
    known: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Option<(&'a str, &'a str)> {
    near(wrong, known).map(|it| (it.word, it.title))
}

/// The same, and how sure it is.
pub(super) fn near<'a>(
    wrong: &str,
    known: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Option<Near<'a>> {
    let wrong_parts = parts(wrong);
    let known: Vec<_> = known
        .into_iter()
        .filter(|(id, _)| *id != wrong)
        .map(|(id, title)| (parts(id), id, title))
        .collect();
    // A series that exists is no slip: `PS-01` is not a misspelt `PI-01`.
    let is_series = wrong_parts.len() > 1
        && known
            .iter()
            .any(|(it, ..)| it.len() > 1 && it.first() == wrong_parts.first());
    let mut candidates: Vec<_> = known
        .iter()
        .filter_map(|(it, id, title)| {
            let distance = distance(&wrong_parts, it)?;
            let another = is_series && it.first() != wrong_parts.first();
            (!another).then_some((distance, *id, *title))
        })
        .collect();
    candidates.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| natural::compare(a.1, b.1)));
    candidates.dedup_by(|a, b| a.1 == b.1);
    let (_, word, title) = *candidates.first()?;
    let rival = candidates.get(1).map(|it| it.0);
    Some(Near {
        word,
        title,
        is_respelling: is_spelt_like(wrong, word) && rival.is_none_or(|it| it > RESPELT),
        is_slip: rival.is_none() && strsim::damerau_levenshtein(wrong, word) == 1,
    })
}

/// The distance of what differs in spelling only.
const RESPELT: usize = 1;

/// Whether two ids differ in capitals, hyphens, blanks and noughts before numbers only. Dots and brackets count: `1-3` may be
/// a range, and `1.3` is none.
#[must_use]
pub fn is_spelt_like(one: &str, other: &str) -> bool {
    let signs = |id: &str| -> String { id.chars().filter(|it| ".()[]".contains(*it)).collect() };
    same(&parts(one), &parts(other)) && signs(one) == signs(other)
}

/// What stands where a wrong id looked for a record: `HCS-01 to HCS-16`, or the series that there are.
/// Nothing for a word without a number.
pub fn around<'a>(id: &str, known: impl IntoIterator<Item = (&'a str, &'a str)>) -> Option<String> {
    let wrong = parts(id);
    if !wrong.iter().any(|it| matches!(it, Part::Number(..))) {
        return None;
    }
    let mut known: Vec<_> = known.into_iter().map(|(id, _)| (parts(id), id)).collect();
    known.sort_by(|a, b| natural::compare(a.1, b.1));
    known.dedup_by(|a, b| a.1 == b.1);
    // `32(1)` alone, where `32(1)(a)` to `32(1)(d)` are known.
    let under: Vec<_> = known
        .iter()
        .filter(|(it, _)| it.len() == wrong.len() + 1 && same(&it[..wrong.len()], &wrong))
        .collect();
    if !under.is_empty() {
        return Some(format!(
            "it has no entry of its own; below it: {}",
            listed(&under)
        ));
    }
    // The longest beginning under which something stands: `HCS-05.9` has `HCS-05`, `HCS-17.1` has `HCS`.
    for length in (0..wrong.len()).rev() {
        let beginning = &wrong[..length];
        let number = matches!(wrong[length], Part::Number(..));
        let beside: Vec<_> = known
            .iter()
            .filter(|(it, _)| it.len() == length + 1 && same(&it[..length], beginning))
            .filter(|(it, _)| matches!(it[length], Part::Number(..)) == number)
            .collect();
        // Of two that differ in spelling only, the one that is written here.
        let above = known
            .iter()
            .filter(|(it, _)| length > 0 && same(it, beginning))
            .max_by_key(|(_, above)| id.starts_with(above));
        match (above, beside.as_slice()) {
            (Some((_, above)), []) => return Some(format!("nothing stands under `{above}`")),
            (None, []) => {}
            (None, _) if length == 0 && !number => {}
            (Some((_, above)), beside) => return Some(format!("`{above}` has {}", listed(beside))),
            (None, [one]) => return Some(format!("there is only `{}`", one.1)),
            (None, beside) => return Some(format!("there are {}", listed(beside))),
        }
    }
    let series: BTreeSet<_> = known.iter().filter_map(|(_, id)| series(id)).collect();
    let names: Vec<_> = series.iter().map(|it| format!("`{it}`")).collect();
    (1..=SERIES).contains(&names.len()).then(|| {
        let names = names.join(", ");
        format!("the ids that are known here begin with {names}")
    })
}

/// With more series than these, none is named.
const SERIES: usize = 12;

/// A part of an id, without what only separates it from the next.
#[derive(Debug, PartialEq)]
enum Part {
    /// Letters in lower case, and signs that separate nothing.
    Letters(String),
    /// A number without the noughts before it, and how many these are.
    Number(String, usize),
}

/// The parts of an id: hyphens of any kind, blanks, dots, underscores and brackets only separate numbers.
fn parts(id: &str) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    let mut digits = String::new();
    let end_number = |digits: &mut String, out: &mut Vec<Part>| {
        if !digits.is_empty() {
            let number = digits.trim_start_matches('0');
            out.push(Part::Number(number.to_owned(), digits.len() - number.len()));
            digits.clear();
        }
    };
    for c in id.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        end_number(&mut digits, &mut out);
        if separates(c) {
            continue;
        }
        if !matches!(out.last(), Some(Part::Letters(_))) {
            out.push(Part::Letters(String::new()));
        }
        if let Some(Part::Letters(letters)) = out.last_mut() {
            letters.extend(c.to_lowercase());
        }
    }
    end_number(&mut digits, &mut out);
    out
}

/// Whether a sign only stands between the parts of an id.
fn separates(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '.' | '_' | '(' | ')' | '[' | ']')
        // Hyphens and dashes, the sign for minus, and what has no width.
        || matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Whether ids are equal but for noughts before numbers.
fn same(a: &[Part], b: &[Part]) -> bool {
    let equal = |(a, b): (&Part, &Part)| match (a, b) {
        (Part::Number(a, _), Part::Number(b, _)) => a == b,
        (a, b) => a == b,
    };
    a.len() == b.len() && a.iter().zip(b).all(equal)
}

/// How far an id is from another; none where it is another's. 0: equal but for its spelling; 1: but for noughts; from 2 on:
/// letters differ.
fn distance(wrong: &[Part], known: &[Part]) -> Option<usize> {
    if wrong == known {
        return Some(0);
    }
    if same(wrong, known) {
        return Some(1);
    }
    if let ([Part::Letters(wrong)], [Part::Letters(known)]) = (wrong, known) {
        return of_words(wrong, known).map(|it| it + 1);
    }
    let mut sum = 0;
    for (wrong, known) in wrong.iter().zip(known) {
        match (wrong, known) {
            (Part::Number(wrong, _), Part::Number(known, _)) if wrong == known => {}
            (Part::Letters(wrong), Part::Letters(known)) => {
                // Of one letter or two, each slip makes another series.
                let limit = (wrong.chars().count() / 3).min(3);
                let letters = strsim::damerau_levenshtein(wrong, known);
                sum += Some(letters).filter(|it| *it <= limit)?;
            }
            _ => return None,
        }
    }
    (wrong.len() == known.len()).then_some(1 + sum)
}

/// The number of letters that differ in a word without a number; a word that was only begun is as near as one with a slip.
fn of_words(wrong: &str, known: &str) -> Option<usize> {
    let length = wrong.chars().count();
    if length >= 4 && known.starts_with(wrong) {
        return Some(1);
    }
    let limit = (length / 3).clamp(1, 3);
    Some(strsim::damerau_levenshtein(wrong, known)).filter(|it| *it <= limit)
}

/// Ids that differ in their last part: all of a few, the first and the last of a row without a gap, else some.
fn listed(ids: &[&(Vec<Part>, &str)]) -> String {
    let place = |(parts, _): &(Vec<Part>, &str)| match parts.last() {
        Some(Part::Number(digits, _)) => digits.parse().ok(),
        Some(Part::Letters(letters)) => letter(letters).map(u64::from),
        None => None,
    };
    let name = |at: usize| format!("`{}`", ids[at].1);
    let last = ids.len() - 1;
    let is_next = |one: Option<u64>, next| one.and_then(|it| it.checked_add(1)) == next;
    let is_row = ids
        .windows(2)
        .all(|pair| place(pair[1]).is_some() && is_next(place(pair[0]), place(pair[1])));
    match ids.len() {
        1 => name(0),
        2 => format!("{} and {}", name(0), name(1)),
        _ if is_row => format!("{} to {}", name(0), name(last)),
        3..=6 => {
            let first: Vec<_> = (0..last).map(name).collect();
            format!("{} and {}", first.join(", "), name(last))
        }
        _ => format!(
            "{} ids from {} to {}, not all between them",
            ids.len(),
            name(0),
            name(last)
        ),
    }
}

/// The one letter of a text.
fn letter(text: &str) -> Option<u32> {
    let mut chars = text.chars();
    let first = chars.next()?;
    chars.next().is_none().then_some(first.into())
}

/// What an id with a number begins with, as it is written.
fn series(id: &str) -> Option<&str> {
    let end = id.find(|c: char| c.is_ascii_digit())?;
    let name = id[..end].trim_end_matches(separates);
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::{around, is_spelt_like, near, nearest};

    /// What is suggested for a wrong id.
    fn suggested<'a>(wrong: &str, known: &[&'a str]) -> Option<&'a str> {
        nearest(wrong, known.iter().map(|it| (*it, ""))).map(|(id, _)| id)
    }

    #[test]
    fn only_another_spelling_is_certain() {
        for (wrong, right) in [
            ("acme-01.1", "ACME-01.1"),
            ("ACME 1.1", "ACME-01.1"),
            ("ACME–01.01", "ACME-01.1"),
            ("webshop", "web-shop"),
            ("AC-2 (1)", "AC-2(1)"),
        ] {
            assert!(is_spelt_like(wrong, right), "{wrong}");
        }
        for (wrong, right) in [
            ("1-3", "1.3"),
            ("13", "1.3"),
            ("AC-2.1", "AC-2(1)"),
            ("A1.1", "A-11"),
            ("ACME-01.2", "ACME-01.1"),
            ("web-shops", "web-shop"),
        ] {
            assert!(!is_spelt_like(wrong, right), "{wrong}");
        }
        let both = [("HCS-7", ""), ("HCS-007", "")];
        let near = near("hcs 7", both).expect("one is near");
        assert_eq!((near.word, near.is_respelling), ("HCS-7", false));
    }

    #[test]
    fn one_wrong_letter_is_certain_where_no_other_word_is_near() {
        let slip = |wrong, known: &[&'static str]| {
            near(wrong, known.iter().map(|it| (*it, ""))).is_some_and(|it| it.is_slip)
        };
        assert!(slip("se", &["see", "term"]));
        assert!(slip("moderat", &["low", "moderate", "high"]));
        assert!(!slip("supset-of", &["subset-of", "superset-of"]));
        assert!(!slip("import", &["important", "essential"]), "only begun");
    }

    fn told(wrong: &str, known: &[&str]) -> Option<String> {
        around(wrong, known.iter().map(|it| (*it, "")))
    }

    #[test]
    fn a_near_word_is_found_and_a_far_one_is_not() {
        let known = [("essential", ""), ("important", ""), ("supporting", "")];
        assert_eq!(nearest("esential", known), Some(("essential", "")));
        assert_eq!(nearest("Essential", known), Some(("essential", "")));
        assert_eq!(nearest("import", known), Some(("important", "")));
        assert_eq!(nearest("whatever", known), None);
    }

    #[test]
    fn an_id_in_another_spelling_comes_first() {
        let known = [
            "GOVERN-1.1",
            "GOVERN-1.6",
            "GOVERN-16",
            "AC-2(1)",
            "AC-2(11)",
            "AC-21",
            "web-shop",
            "web-shops",
            "A-01.1",
        ];
        for (wrong, right) in [
            ("GOVERN 1.6", "GOVERN-1.6"),
            ("govern-1.6", "GOVERN-1.6"),
            ("GOVERN‑1.6", "GOVERN-1.6"),
            ("Govern_1-6", "GOVERN-1.6"),
            ("GOVERN16", "GOVERN-16"),
            ("AC-2 (1)", "AC-2(1)"),
            ("ac–2.1", "AC-2(1)"),
            ("AC\u{a0}2(11)", "AC-2(11)"),
            ("webshop", "web-shop"),
            ("Web Shop", "web-shop"),
            ("A-01-1", "A-01.1"),
        ] {
            assert_eq!(suggested(wrong, &known), Some(right), "{wrong}");
        }
    }

    #[test]
    fn noughts_come_next() {
        let known = ["AU-2", "AU-12", "AU-20", "AU-02.1"];
        assert_eq!(suggested("AU-02", &known), Some("AU-2"));
        assert_eq!(suggested("au.012", &known), Some("AU-12"));
        assert_eq!(suggested("AU-2.01", &known), Some("AU-02.1"));
        let both = ["HCS-7", "HCS-007"];
        assert_eq!(suggested("hcs 7", &both), Some("HCS-7"));
        assert_eq!(suggested("hcs 007", &both), Some("HCS-007"));
    }

    #[test]
    fn another_number_is_never_suggested() {
        let known = [
            "HCS-07.1", "HCS-01", "HCS-16", "AU-12", "CKM-03.1", "32", "32(1)(c)", "A-1",
        ];
        for wrong in [
            "HCS-17.1",
            "HCS-71",
            "HCS-07",
            "HCS-07.11",
            "HCS-0.71",
            "AU-02",
            "AU-1",
            "CKM-09.1",
            "CKM-03",
            "33",
            "3",
            "32(1)(b)",
            "321",
            "B-1",
            "HCS",
            "A1.1",
        ] {
            assert_eq!(suggested(wrong, &known), None, "{wrong}");
        }
    }

    #[test]
    fn another_series_is_suggested_for_a_slip_only() {
        let known = [
            "HCS-07.1", "CKM-03.1", "PI-01", "PS-01", "PSA-01", "PSB-01", "PSB-02",
        ];
        assert_eq!(suggested("HSC-07.1", &known), Some("HCS-07.1"));
        assert_eq!(suggested("CKN-03.1", &known), Some("CKM-03.1"));
        assert_eq!(
            suggested("PO-01", &known),
            None,
            "of two letters each counts"
        );
        assert_eq!(suggested("PSA-02", &known), None, "the series is there");
    }

    #[test]
    fn without_a_near_id_what_is_there_is_told() {
        let known = [
            "CKM", "CKM-01", "CKM-01.1", "CKM-02", "CKM-03", "CKM-04", "CKM-03.1", "OIS", "OIS-01",
            "OIS-03", "OIS-04",
        ];
        for (wrong, words) in [
            ("CKM-09.1", "`CKM` has `CKM-01` to `CKM-04`"),
            ("ckm 9", "`CKM` has `CKM-01` to `CKM-04`"),
            ("CKM-03.7", "`CKM-03` has `CKM-03.1`"),
            ("OIS-02", "`OIS` has `OIS-01`, `OIS-03` and `OIS-04`"),
            (
                "XYZ-1",
                "the ids that are known here begin with `CKM`, `OIS`",
            ),
        ] {
            assert_eq!(told(wrong, &known).as_deref(), Some(words), "{wrong}");
        }
        let measures = ["HCS-01", "HCS-02", "HCS-10", "HCS-01.1", "HCS-01.2"];
        assert_eq!(
            told("HCS-17.1", &measures).as_deref(),
            Some("there are `HCS-01`, `HCS-02` and `HCS-10`")
        );
        let articles = ["1", "2", "3", "3(1)", "3(2)"];
        assert_eq!(
            told("99", &articles).as_deref(),
            Some("there are `1` to `3`")
        );
        assert_eq!(
            told("3(9)", &articles).as_deref(),
            Some("`3` has `3(1)` and `3(2)`")
        );
        assert_eq!(
            told("3(1)(a)", &articles).as_deref(),
            Some("nothing stands under `3(1)`")
        );
        let without = ["32", "32(1)(a)", "32(1)(b)", "32(1)(c)", "32(2)"];
        assert_eq!(
            told("32(1)", &without).as_deref(),
            Some("it has no entry of its own; below it: `32(1)(a)` to `32(1)(c)`")
        );
        let points = ["32(1)", "32(1)(a)", "32(1)(b)", "32(1)(c)", "32(1)(d)"];
        assert_eq!(
            told("32(1)(e)", &points).as_deref(),
            Some("`32(1)` has `32(1)(a)` to `32(1)(d)`")
        );
        assert_eq!(
            told("HCS-2", &["HCS-1"]).as_deref(),
            Some("there is only `HCS-1`")
        );
        assert_eq!(told("whatever", &measures), None);
    }
}
