//! Connectors between the parts of an identifier other than signs: words, spaces, and brackets with several parts.
//!
//! Entry: [`IdentifierReader::after_connector`], [`IdentifierReader::read_spaced_parts`], [`IdentifierReader::bracketed_list`].
//! Invariant: an ordinary word of the sentence connects nothing.

use std::ops::Range;

use super::Citable;
use super::extent::{Continuation, Extent, IdentifierReader};
use super::lists;
use super::quantities::is_counted;
use super::scanner::{bracket, is_small, is_word_ahead, run, skip_blanks};
use crate::markdown::spelling::{class, fold, is_hyphen};

/// Words that stand between the parts of an identifier in any law or standard, without the dot behind them.
const CONNECTORS: [&str; 14] = [
    "enhancement",
    "enhancements",
    "item",
    "letter",
    "letters",
    "lit",
    "number",
    "para",
    "paragraph",
    "paragraphs",
    "paras",
    "point",
    "points",
    "subparagraph",
];
/// Words that do so only with a dot behind them: `no` alone is a word.
const DOTTED_CONNECTORS: [&str; 4] = ["no", "nos", "nr", "par"];
/// Units that no identifier numbers, and that may stand before one that it does: `Abs. 1 S. 1 lit. f`.
const UNNUMBERED_UNITS: [&str; 9] = [
    "indent",
    "s",
    "satz",
    "sentence",
    "subparagraph",
    "uabs",
    "unterabs",
    "unterabsatz",
    "unterabsatzes",
];
const ORDINALS: [&str; 6] = ["first", "second", "third", "fourth", "fifth", "last"];
/// Letters that are words of their own in some language: after a blank they go on an identifier only at a sentence's stop.
const WORDS_OF_ONE_LETTER: &str = "aeiouykswvz";

impl IdentifierReader<'_> {
    /// The part after a word such as `lit.`, with or without a comma before that word.
    pub(super) fn after_connector(&self, at: usize) -> Option<Continuation> {
        if let Some(next) = self
            .skip_unnumbered_unit(at)
            .and_then(|end| self.after_connector(end))
        {
            return Some(next);
        }
        let start = self.skip_comma(at);
        if let Some(rest) = self.rest(start).strip_prefix('§').filter(|_| start > at) {
            let part = run(rest.trim_start()).filter(|it| is_small(it))?;
            let end = self.text.len() - rest.trim_start().len() + part.len();
            return Some(Continuation::new(format!("({part})"), end));
        }
        let word = run(self.rest(start)).filter(|it| it.starts_with(char::is_alphabetic))?;
        if start == at {
            return None;
        }
        let mut end = start + word.len();
        let dotted = self.rest(end).starts_with('.');
        if !self.citable.is_connector(word, dotted) {
            return None;
        }
        end += usize::from(dotted);
        let behind = skip_blanks(self.text, end);
        if behind == end && !dotted {
            return None;
        }
        let rest = self.rest(behind);
        if let Some((inner, end)) = bracket(rest, '(', ')') {
            return is_small(inner).then(|| Continuation::new(format!("({inner})"), behind + end));
        }
        let part = run(rest)?;
        let end = behind + part.len();
        let whole = self
            .rest(end)
            .chars()
            .next()
            .is_none_or(|c| class(c).is_none());
        (whole && is_small(part)).then(|| Continuation::new(format!("({part})"), end))
    }

    /// The place behind blanks, or behind a comma and blanks.
    fn skip_comma(&self, at: usize) -> usize {
        let comma = usize::from(self.rest(at).starts_with(','));
        skip_blanks(self.text, at + comma)
    }

    /// The place behind a unit that no identifier numbers: `, first subparagraph`, ` S. 1`.
    fn skip_unnumbered_unit(&self, at: usize) -> Option<usize> {
        let start = self.skip_comma(at);
        let word = run(self.rest(start)).filter(|_| start > at).map(fold)?;
        let end = start + word.len();
        let is_unit = |word: &str| UNNUMBERED_UNITS.contains(&word);
        if ORDINALS.contains(&word.as_str()) {
            let behind = skip_blanks(self.text, end);
            let unit = run(self.rest(behind)).map(fold)?;
            return is_unit(&unit).then_some(behind + unit.len());
        }
        is_unit(&word).then_some(())?;
        let end = end + usize::from(self.rest(end).starts_with('.'));
        let behind = skip_blanks(self.text, end);
        let number =
            run(self.rest(behind)).filter(|it| it.starts_with(|c: char| c.is_ascii_digit()))?;
        Some(behind + number.len())
    }

    /// Parts that stand together in brackets: `(1, 3 and 5)`, `(a)` not among them.
    pub(super) fn bracketed_list(&self, at: usize) -> Option<(Vec<Range<usize>>, usize)> {
        let open = skip_blanks(self.text, at);
        let inside = self.rest(open).strip_prefix('(')?;
        let inside = &inside[..inside.find(')')?];
        let start = open + 1;
        let mut parts = Vec::new();
        let mut at = 0;
        while at < inside.len() {
            let rest = &inside[at..];
            let sign = rest.chars().next()?;
            let length = rest.find(|c| class(c).is_none()).unwrap_or(rest.len());
            let part = &rest[..length];
            if length == 0 {
                let joins = sign.is_whitespace() || is_hyphen(sign) || ",;/&".contains(sign);
                joins.then_some(())?;
                at += sign.len_utf8();
                continue;
            }
            if !lists::WORDS.contains(&part) {
                is_small(part).then_some(())?;
                parts.push(start + at..start + at + length);
            }
            at += length;
        }
        let first = |part: &Range<usize>| self.rest(part.start).chars().next().and_then(class);
        let alike = parts.iter().all(|it| first(it) == first(&parts[0]));
        (parts.len() > 1 && alike).then_some((parts, start + inside.len() + 1))
    }

    /// Numbers and letters over blanks alone, as in `Art. 32 1 b`: a chain of them that leads to an identifier.
    pub(super) fn read_spaced_parts(&self, out: &mut Extent) {
        if out.is_letters() {
            return;
        }
        let mut trial = (out.spelled.clone(), out.end);
        let mut odd = false;
        loop {
            let behind = skip_blanks(self.text, trial.1);
            let rest = if behind > trial.1 {
                self.rest(behind)
            } else {
                ""
            };
            let part = &rest[..rest.find(|c| class(c).is_none()).unwrap_or(rest.len())];
            let number = part.starts_with(|c: char| c.is_ascii_digit());
            let length = part.chars().count();
            let short = if number { is_small(part) } else { length == 1 };
            if length == 0 || !short && !self.ids().has(&format!("{} {part}", trial.0)) {
                break;
            }
            let end = behind + part.len();
            // `Art. 32 f. DSGVO`: and the one that follows.
            let follows = part == "f" && self.rest(end).starts_with('.');
            let named = self
                .citable
                .is_named_at(self.text, skip_blanks(self.text, end + 1));
            if follows && named && !self.ids().has(&format!("{} {part}", trial.0)) {
                break;
            }
            let stops = self.is_stop(end);
            let open = if number {
                !is_word_ahead(self.text, end) && !is_counted(self.text, end, &self.citable.kinds)
            } else {
                stops
            };
            // The French `d’une` is no point.
            let is_word = WORDS_OF_ONE_LETTER.contains(&fold(part))
                || self.rest(end).starts_with(['’', '\'']);
            if !number && is_word && !stops && !self.may_stop(end) {
                break;
            }
            trial = (format!("{} {part}", trial.0), end);
            if self.ids().has(&trial.0) {
                (out.spelled, out.end) = trial.clone();
                odd = false;
            } else {
                odd |= open;
            }
        }
        // A number that nothing counts and that leads nowhere is part of it, too.
        if odd {
            (out.spelled, out.end) = trial;
        }
    }

    /// Whether what follows a place could not follow an article or another word of one letter.
    fn may_stop(&self, at: usize) -> bool {
        let rest = self.rest(at);
        let possessive = rest.strip_prefix(['’', '\'']).and_then(run) == Some("s");
        let behind = rest.trim_start();
        let sign = |c: char| c == '(' || is_hyphen(c);
        possessive
            || behind.len() < rest.len()
                && (behind.starts_with(sign) || matches!(run(behind), Some("and" | "or")))
    }

    /// Whether a sentence, or a part of one, stops at a place, or the citer's name follows.
    fn is_stop(&self, at: usize) -> bool {
        let next = self.rest(at).chars().next();
        let behind = skip_blanks(self.text, at);
        next.is_none_or(|c| ".,;:!?)]".contains(c))
            || behind == self.text.len()
            || behind > at && self.citable.is_named_at(self.text, behind)
    }
}

impl Citable {
    /// Whether a word may stand between the parts of an identifier.
    fn is_connector(&self, word: &str, dotted: bool) -> bool {
        let folded = fold(word);
        let own = self.between.iter().any(|word| {
            let word = fold(word);
            let bare = word.trim_end_matches('.');
            bare == folded && (dotted || bare == word || bare.len() > 3)
        });
        own || CONNECTORS.contains(&folded.as_str())
            || dotted && DOTTED_CONNECTORS.contains(&folded.as_str())
    }

    /// Whether one of its names begins at a place.
    pub(super) fn is_named_at(&self, text: &str, at: usize) -> bool {
        let rest = text.get(at..).unwrap_or_default();
        self.names.iter().any(|it| rest.starts_with(it.as_str()))
    }
}
