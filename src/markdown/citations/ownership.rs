//! Decides which framework a citation belongs to: by an adjacent name, by its form, or by the text that contains it.
//!
//! Entry: [`Grammar::resolve_ownership`]. Invariant: a bare number is a citation only next to the name of its framework, a word only
//! with the capitals of an identifier.

use super::extent::parts;
use super::identifiers::Match;
use super::lists::Item;
use super::names::{AdjacentName, Gap, Names};
use super::quantities::is_counted;
use super::readings::{Reading, RequiredContext};
use super::scanner::{is_word_ahead, is_year, run};
use super::{Citation, CitationTarget, Grammar};
use crate::markdown::spelling::fold;

/// What an adjacent name implies for a citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NameEvidence {
    /// It is the citer's own.
    Own,
    /// It is the citer's own, and the citation may be a number of something.
    Doubtful,
    /// Nothing: there is none, or what looks like a citation is a number of something.
    No,
}

/// How certain a citation is without an adjacent name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Certainty {
    /// It is one, right or wrong.
    Sure,
    /// It is one if it leads somewhere.
    IfFound,
    /// It is none.
    Not,
}

impl Grammar {
    /// Adds the citations among the readings at one offset; returns the offset to continue from.
    pub(super) fn resolve_ownership(
        &self,
        text: &str,
        mut readings: Vec<Reading>,
        names: &Names<'_>,
        context: Option<usize>,
        citations: &mut Vec<Citation>,
    ) -> usize {
        let start = readings[0].start();
        let end = |reading: &Reading| reading.end();
        let named: Vec<_> = readings
            .iter()
            .map(|it| self.name_evidence(text, it, names))
            .collect();
        let best = (0..readings.len())
            .filter(|at| named[*at] != NameEvidence::No)
            .max_by_key(|at| (readings[*at].is_found(), std::cmp::Reverse(*at)));
        if let Some(at) = best {
            let reading = readings.swap_remove(at);
            Self::add(&reading, named[at] == NameEvidence::Doubtful, citations);
            return reading.end();
        }
        readings.retain(|it| it.requires == RequiredContext::Nothing);
        let Some(longest) = readings.iter().map(end).max() else {
            return start;
        };
        let natures: Vec<_> = readings.iter().map(|it| self.certainty(it)).collect();
        let is = |at: usize, reading: &Reading| match natures[at] {
            Certainty::Sure => true,
            Certainty::IfFound => reading.first().matched != Match::Nothing,
            Certainty::Not => false,
        };
        let certain = |wanted: &dyn Fn(usize) -> bool| {
            let mut all = readings.iter().enumerate();
            all.find(|(at, it)| wanted(it.citable) && is(*at, it))
                .map(|(at, _)| at)
        };
        if let Some(at) = certain(&|it| self.citables[it].own) {
            Self::add(&readings[at], false, citations);
            return readings[at].end();
        }
        let beside = readings.iter().any(|reading| {
            names.name_before(reading.start()).is_some()
                || names.name_behind(reading.end()).is_some()
        });
        if beside
            && readings
                .iter()
                .enumerate()
                .any(|(at, it)| natures[at] != Certainty::Not || it.worded)
        {
            return longest;
        }
        if let Some(at) = context.and_then(|context| certain(&|it| it == context)) {
            Self::add(&readings[at], false, citations);
            return readings[at].end();
        }
        // A text that only resembles an id, such as a version number, is no citation.
        let unclear: Vec<_> = (0..readings.len())
            .filter(|at| is(*at, &readings[*at]) && readings[*at].is_found())
            .collect();
        let Some(first) = unclear.first() else {
            return start;
        };
        let citables: Vec<_> = unclear.iter().map(|at| readings[*at].citable).collect();
        for item in &readings[*first].items {
            if item.matched != Match::Nothing {
                citations.push(item.to_citation(CitationTarget::Unclear(citables.clone())));
            }
        }
        longest
    }

    fn add(reading: &Reading, doubtful: bool, citations: &mut Vec<Citation>) {
        for item in &reading.items {
            let citable = reading.citable;
            let leads = match &item.matched {
                Match::One(_) if doubtful => CitationTarget::Number(citable),
                Match::One(id) => CitationTarget::To(citable, id.clone()),
                Match::Several(ids) => CitationTarget::Several(citable, ids.clone()),
                Match::Nothing if doubtful => continue,
                Match::Nothing => CitationTarget::Nowhere(citable),
            };
            citations.push(item.to_citation(leads));
        }
    }

    /// What the names beside a citation say.
    fn name_evidence(&self, text: &str, reading: &Reading, names: &Names<'_>) -> NameEvidence {
        let own = |it: &AdjacentName| it.owner == Some(reading.citable);
        let before = names.name_before(reading.start()).filter(own);
        let behind = names.name_behind(reading.end()).filter(own);
        if before.is_none() && behind.is_none() {
            return NameEvidence::No;
        }
        if let RequiredContext::NameAndKind(kind) = reading.requires {
            let ids = &self.citables[reading.citable].ids;
            let first = reading.first();
            let fits = first.matched == Match::Nothing || ids.is_of_kind(&first.spelled, kind);
            return if fits {
                NameEvidence::Own
            } else {
                NameEvidence::No
            };
        }
        let first = reading.first();
        if !reading.worded && first.matched == Match::Nothing && is_unnumbered_name(&first.spelled)
        {
            return NameEvidence::No;
        }
        if reading.worded || !is_number(&first.spelled) {
            let article = Self::is_article(text, reading);
            return match (article, reading.is_found()) {
                (false, _) => NameEvidence::Own,
                (true, true) => NameEvidence::Doubtful,
                (true, false) => NameEvidence::No,
            };
        }
        let after = before.map(|it| self.number_after_name(text, reading, it));
        let ahead = || {
            behind.map_or(NameEvidence::No, |name| {
                self.number_before_name(text, reading, name)
            })
        };
        match after {
            Some(NameEvidence::No) | None => ahead(),
            Some(it) => it,
        }
    }

    /// Whether a letter alone before a number may be an article: `a 12-month period`.
    fn is_article(text: &str, reading: &Reading) -> bool {
        let head = run(&text[reading.start()..]).unwrap_or_default();
        !reading.worded && reading.spaced && matches!(head, "a" | "i" | "A" | "I") && {
            let plain = |c: char| c.is_ascii_digit() || c.is_alphabetic() || c.is_whitespace();
            let spelled = &reading.first().spelled;
            spelled.chars().all(plain) && !spelled.contains(" 0")
                || head == "a" && is_word_ahead(text, reading.first().range.end)
        }
    }

    /// A number behind its framework's name: `PCI DSS 8.3.6`, but not `PCI DSS, 12 months`.
    fn number_after_name(&self, text: &str, reading: &Reading, name: AdjacentName) -> NameEvidence {
        let citable = &self.citables[reading.citable];
        let first = reading.first();
        let end = first.range.end;
        if is_counted(text, end, &citable.kinds) {
            return NameEvidence::No;
        }
        let known = first.matched != Match::Nothing;
        if is_year(&first.spelled) && !known {
            return NameEvidence::No;
        }
        if name.version {
            return NameEvidence::Doubtful;
        }
        let dotted = first.spelled.contains('.');
        let free = !is_word_ahead(text, end) || reading.items.len() > 1;
        if name.gap == Gap::Mark && !dotted && !free {
            return NameEvidence::No;
        }
        NameEvidence::Own
    }

    /// A number before its framework's name: `8.3.6 of PCI DSS`, but not `the 12 PCI DSS requirements`.
    fn number_before_name(
        &self,
        text: &str,
        reading: &Reading,
        name: AdjacentName,
    ) -> NameEvidence {
        let citable = &self.citables[reading.citable];
        let last = &reading.items[reading.items.len() - 1];
        if last.spelled.contains(['.', '(']) {
            return NameEvidence::Own;
        }
        // `In 2025, PCI DSS …`: a comma belongs to the sentence.
        let known = reading.is_found();
        if name.gap == Gap::Mark || is_year(&last.spelled) && !known {
            return NameEvidence::No;
        }
        let word = run(text[name.end..].trim_start()).unwrap_or_default();
        // `the 18 CIS Controls`: the name itself ends with what is counted.
        let own = text[..name.end]
            .rsplit(|c: char| !c.is_alphanumeric())
            .next();
        let counts = |word: &str| citable.kinds.contains(&fold(word));
        if counts(word) || name.gap == Gap::Blank && own.is_some_and(counts) {
            return NameEvidence::No;
        }
        match (is_word_ahead(text, name.end), known) {
            (false, _) => NameEvidence::Own,
            (true, true) => NameEvidence::Doubtful,
            (true, false) => NameEvidence::No,
        }
    }

    /// What a reading is where no name stands beside it.
    fn certainty(&self, reading: &Reading) -> Certainty {
        let ids = &self.citables[reading.citable].ids;
        let first = reading.first();
        if reading.worded {
            // `Art. IV`: letters alone are a word.
            let digit = |c: char| c.is_ascii_digit();
            // `article 3`: in small letters it is as often of another text.
            return if first.spelled.contains(digit) && reading.plain {
                Certainty::Sure
            } else {
                Certainty::Not
            };
        }
        let spelled = first.spelled.as_str();
        let digit = |c: char| c.is_ascii_digit();
        if is_number(spelled) || !spelled.contains(digit) {
            return Certainty::Not;
        }
        if spelled.starts_with(digit) {
            let brackets = spelled.contains('(') && !spelled.contains(' ');
            return if brackets {
                Certainty::Sure
            } else {
                Certainty::IfFound
            };
        }
        if reading.plain {
            return Certainty::Sure;
        }
        let head = run(spelled).unwrap_or_default();
        if reading.spaced {
            let number = spelled[head.len()..].trim_start();
            let loud = head.chars().count() > 1 && head.chars().all(char::is_uppercase);
            if !loud || !(number.starts_with('0') || number.contains(['.', '('])) {
                return Certainty::Not;
            }
        }
        let shorter = parts(spelled);
        let cut_short = shorter.iter().rev().skip(1);
        let mut cut_short = cut_short.filter(|(_, start, _)| *start > 0);
        if cut_short.any(|(_, _, end)| ids.has(&spelled[..*end])) {
            Certainty::Sure
        } else {
            Certainty::IfFound
        }
    }
}

impl Item {
    fn to_citation(&self, leads: CitationTarget) -> Citation {
        Citation {
            range: self.range.clone(),
            id: self.spelled.clone(),
            leads,
        }
    }
}

/// Whether a number goes on with letters of which nothing is a point's: `3DS`, `24h`.
fn is_unnumbered_name(spelled: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let rest = spelled.trim_start_matches(digit);
    let letters = run(rest).unwrap_or_default();
    spelled.starts_with(digit)
        && letters.starts_with(char::is_alphabetic)
        && (letters.len() > 1 || letters.starts_with(char::is_uppercase) || letters == "h")
}

/// Whether an identifier is digits and dots alone.
fn is_number(spelled: &str) -> bool {
    spelled
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | ' '))
}
