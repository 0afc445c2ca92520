//! Reads an identifier in prose as far as it extends: `CKM-03.1`, `AC-2 (1)`, `Art. 5(1) lit. f)`, `GOVERN 1.6`.
//!
//! Entry: [`IdentifierReader::read_identifier`]. Invariant: everything that could continue an identifier belongs to it, whether or not
//! such an identifier exists; the punctuation and the words of the sentence do not.

use std::ops::Range;

use super::Citable;
use super::identifiers::Identifiers;
use super::quantities::is_counted;
use super::scanner::{
    INSERTION_SUFFIXES, bracket, is_open, is_small, is_word_ahead, is_year, run, skip_blanks,
};
use crate::markdown::spelling::{Class, class, fold, is_hyphen, key};

/// An identifier as it was read.
#[derive(Debug, Clone, Default)]
pub(super) struct Extent {
    /// Where it ends in the text.
    pub end: usize,
    /// Its normalised spelling: no spaces, a plain hyphen, no words between parts.
    pub spelled: String,
    /// Hyphens that may also denote a range: start and end in the text, offset in the spelling.
    pub hyphens: Vec<(usize, usize, usize)>,
    /// Whether there is a space between its letters and its number.
    pub spaced: bool,
    /// The parts of a list in its last brackets: `AC-2(1, 3 and 5)`.
    pub listed: Vec<Range<usize>>,
}

impl Extent {
    /// Whether it contains no digit.
    pub(super) fn is_letters(&self) -> bool {
        !self.spelled.contains(|c: char| c.is_ascii_digit())
    }

    /// Whether it consists of digits and dots only.
    pub(super) fn is_number(&self) -> bool {
        self.spelled
            .chars()
            .all(|c| c.is_ascii_digit() || c == '.' || is_hyphen(c))
    }
}

/// Reads the identifiers of one citer in a text.
#[derive(Clone, Copy)]
pub(super) struct IdentifierReader<'a> {
    pub text: &'a str,
    pub citable: &'a Citable,
}

/// A part that continues an identifier: its spelling and its end.
pub(super) struct Continuation {
    pub spelled: String,
    pub end: usize,
    hyphen: Option<(usize, usize)>,
    spaced: bool,
}

impl Continuation {
    pub(super) fn new(spelled: impl Into<String>, end: usize) -> Self {
        Self {
            spelled: spelled.into(),
            end,
            hyphen: None,
            spaced: false,
        }
    }
}

impl<'a> IdentifierReader<'a> {
    pub(super) fn ids(&self) -> &'a Identifiers {
        &self.citable.ids
    }

    pub(super) fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    /// Reads the identifier at an offset that begins with letters or digits.
    pub(super) fn read_identifier(&self, start: usize) -> Option<Extent> {
        let first = run(self.rest(start))?;
        let mut out = Extent {
            end: start + first.len(),
            spelled: first.to_owned(),
            ..Extent::default()
        };
        self.extend(start, &mut out);
        Some(out)
    }

    /// A part in round brackets, or what follows it, as an item of a list has it: `(c)`, `(2)(b)`.
    pub(super) fn bracketed(&self, start: usize) -> Option<Extent> {
        let (inner, end) = bracket(self.rest(start), '(', ')')?;
        is_small(inner).then_some(())?;
        let mut out = Extent {
            end: start + end,
            spelled: format!("({inner})"),
            ..Extent::default()
        };
        self.extend(start, &mut out);
        Some(out)
    }

    /// A part after a word that stands between parts, as an item of a list has it: `point (f)`.
    pub(super) fn worded(&self, start: usize) -> Option<Extent> {
        let next = self.after_connector(start)?;
        let mut out = Extent {
            end: next.end,
            spelled: next.spelled,
            ..Extent::default()
        };
        self.extend(start, &mut out);
        Some(out)
    }

    fn extend(&self, start: usize, out: &mut Extent) {
        while let Some(next) = self.next_part(out.end, &out.spelled) {
            if let Some((from, to)) = next.hyphen {
                out.hyphens.push((from, to, out.spelled.len()));
            }
            out.spaced |= next.spaced;
            out.spelled.push_str(&next.spelled);
            out.end = next.end;
        }
        if let Some((parts, end)) = self.bracketed_list(out.end) {
            (out.listed, out.end) = (parts, end);
            return;
        }
        self.read_spaced_parts(out);
        // The bracket of `lit. f)` closes nothing.
        let closes = self.rest(out.end).starts_with(')') && !self.text[..out.end].ends_with(')');
        if closes && !is_open(&self.text[..start]) && out.spelled.contains('(') {
            out.end += 1;
        }
    }

    /// The next part of an identifier that was read up to an offset.
    fn next_part(&self, at: usize, so_far: &str) -> Option<Continuation> {
        let rest = self.rest(at);
        let c = rest.chars().next()?;
        let letters_only = !so_far.contains(|c: char| c.is_ascii_digit());
        if class(c).is_some() {
            // `Art. 32ff`: and those that follow.
            let part = run(rest).filter(|it| *it != "ff")?;
            return Some(Continuation::new(part, at + part.len()));
        }
        if let Some((inner, end)) = bracket(rest, '(', ')').or_else(|| bracket(rest, '[', ']')) {
            let round = rest.starts_with('(');
            let shown = if round {
                format!("({inner})")
            } else {
                format!("[{inner}]")
            };
            return Some(Continuation::new(shown, at + end));
        }
        if is_hyphen(c) || matches!(c, '.' | '_' | ':' | '/') {
            let behind = at + c.len_utf8();
            let part = run(self.rest(behind))?;
            let digits = part.starts_with(|c: char| c.is_ascii_digit());
            if c == ':' && !digits || c == '/' && !(digits && letters_only) {
                return None;
            }
            if self.is_word(part, behind) {
                return None;
            }
            let sign = if is_hyphen(c) { '-' } else { c };
            return Some(Continuation {
                spelled: format!("{sign}{part}"),
                end: behind + part.len(),
                hyphen: (is_hyphen(c) && !letters_only).then_some((at, behind)),
                spaced: false,
            });
        }
        if let Some(next) = self.after_connector(at) {
            return Some(next);
        }
        let behind = skip_blanks(self.text, at);
        if behind == at {
            return None;
        }
        let rest = self.rest(behind);
        if let Some((inner, end)) = bracket(rest, '(', ')') {
            let fits = is_small(inner) || self.ids().has(&format!("{so_far}({inner})"));
            return fits.then(|| Continuation::new(format!("({inner})"), behind + end));
        }
        if letters_only {
            return self.after_letters(behind, so_far);
        }
        // `8 . 3`: no sentence stops behind a blank.
        if let Some(dot) = rest.strip_prefix('.') {
            let part =
                run(dot.trim_start()).filter(|it| it.starts_with(|c: char| c.is_ascii_digit()))?;
            let end = self.text.len() - dot.trim_start().len() + part.len();
            let known = || self.ids().has(&format!("{so_far}.{part}"));
            return (dot.starts_with(char::is_whitespace) || known())
                .then(|| Continuation::new(format!(".{part}"), end));
        }
        // `Art. 6 bis`, but not the German `Art. 33 bis 35`.
        let word = run(rest).filter(|it| INSERTION_SUFFIXES.contains(it))?;
        let after = skip_blanks(self.text, behind + word.len());
        let range = self.rest(after).starts_with(|c: char| c.is_ascii_digit());
        (!range).then(|| Continuation::new(format!(" {word}"), behind + word.len()))
    }

    /// What goes on with letters over a blank: the number of `CKM 03.1`, more letters of `GV OC 01`.
    fn after_letters(&self, at: usize, so_far: &str) -> Option<Continuation> {
        let rest = self.rest(at);
        let sign = rest.chars().next()?;
        let joined = |part: &str, end: usize| {
            Some(Continuation {
                spelled: format!(" {part}"),
                end,
                hyphen: None,
                spaced: true,
            })
        };
        if let Some(part) = run(rest) {
            let end = at + part.len();
            if sign.is_ascii_digit() {
                let known = || self.ids().has(&format!("{so_far} {part}"));
                let counts = is_year(part) || is_counted(self.text, end, &self.citable.kinds);
                return (!counts || known()).then(|| joined(part, end)).flatten();
            }
            let head = format!("{}.{}", key(so_far), key(part));
            return self
                .ids()
                .has_head(&head)
                .then(|| joined(part, end))
                .flatten();
        }
        // `CKM - 03.1` and `A . 5`: only where that is known, for a dash may stand there as well.
        if is_hyphen(sign) || sign == '.' {
            let behind = skip_blanks(self.text, at + sign.len_utf8());
            let part =
                run(self.rest(behind)).filter(|it| it.starts_with(|c: char| c.is_ascii_digit()))?;
            let mut whole = Extent {
                end: behind + part.len(),
                spelled: format!("{so_far} {part}"),
                ..Extent::default()
            };
            while let Some(next) = self.next_part(whole.end, &whole.spelled) {
                whole.spelled.push_str(&next.spelled);
                whole.end = next.end;
            }
            let typed = sign == '-' || sign == '.';
            // `HR – 3 of them`.
            let number = whole.spelled[so_far.len()..].trim_start();
            let counts = !number.starts_with('0') && !number.contains(['.', '(']);
            let counts = counts && is_word_ahead(self.text, whole.end);
            return (!counts && (typed || self.ids().has(&whole.spelled)))
                .then(|| joined(part, behind + part.len()))
                .flatten();
        }
        None
    }

    /// Whether letters after a hyphen or a dot are an ordinary word: `CKM-03-like`.
    fn is_word(&self, part: &str, at: usize) -> bool {
        let letters = part.chars().all(char::is_alphabetic);
        let whole = self
            .rest(at + part.len())
            .chars()
            .next()
            .is_none_or(|c| !c.is_ascii_digit());
        let shouted = part.chars().all(char::is_uppercase);
        let folded = fold(part);
        letters
            && whole
            && part.chars().count() > 2
            && !shouted
            && !INSERTION_SUFFIXES.contains(&folded.as_str())
            && !self.ids().has_word(part)
            && !self.ids().has_head(&folded)
    }
}

/// The parts of an identifier in order: character class, start and end.
pub(super) fn parts(spelled: &str) -> Vec<(Class, usize, usize)> {
    let mut out: Vec<(Class, usize, usize)> = Vec::new();
    let mut last = None;
    for (at, c) in spelled.char_indices() {
        let now = class(c);
        let end = at + c.len_utf8();
        match (now, out.last_mut()) {
            (Some(it), Some(open)) if last == Some(it) => open.2 = end,
            (Some(it), _) => out.push((it, at, end)),
            _ => {}
        }
        last = now;
    }
    out
}
