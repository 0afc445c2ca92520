//! Whose a citation is: by a name beside it, by its own nature, by the text that it stands in.
//!
//! Entry: [`Grammar::judge`]. Invariant: a number alone is a citation only beside its framework's name, a word only in the
//! capitals of an identifier.

use super::extent::parts;
use super::identifiers::Found;
use super::lists::Item;
use super::names::{Beside, Gap, Names};
use super::quantities::is_counted;
use super::readings::{Chain, Need};
use super::scanner::{is_word_ahead, is_year, run};
use super::{Citation, Grammar, Leads};
use crate::markdown::spelling::fold;

/// What a name beside a citation says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    /// It is the citer's own.
    Own,
    /// It is the citer's own, and the citation may be a number of something.
    Doubtful,
    /// Nothing: there is none, or what looks like a citation is a number of something.
    No,
}

/// How sure it is that there is a citation at all where no name stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nature {
    /// It is one, right or wrong.
    Sure,
    /// It is one if it leads somewhere.
    IfFound,
    /// It is none.
    Not,
}

impl Grammar {
    /// Adds what is a citation among the readings of one place, and gives the place to go on from.
    pub(super) fn judge(
        &self,
        text: &str,
        mut chains: Vec<Chain>,
        names: &Names<'_>,
        context: Option<usize>,
        found: &mut Vec<Citation>,
    ) -> usize {
        let start = chains[0].start();
        let end = |chain: &Chain| chain.end();
        let named: Vec<_> = chains
            .iter()
            .map(|it| self.named(text, it, names))
            .collect();
        let best = (0..chains.len())
            .filter(|at| named[*at] != Named::No)
            .max_by_key(|at| (chains[*at].is_found(), std::cmp::Reverse(*at)));
        if let Some(at) = best {
            let chain = chains.swap_remove(at);
            Self::add(&chain, named[at] == Named::Doubtful, found);
            return chain.end();
        }
        chains.retain(|it| it.needs == Need::Nothing);
        let Some(longest) = chains.iter().map(end).max() else {
            return start;
        };
        let natures: Vec<_> = chains.iter().map(|it| self.nature(it)).collect();
        let is = |at: usize, chain: &Chain| match natures[at] {
            Nature::Sure => true,
            Nature::IfFound => chain.first().found != Found::Nothing,
            Nature::Not => false,
        };
        let certain = |wanted: &dyn Fn(usize) -> bool| {
            let mut all = chains.iter().enumerate();
            all.find(|(at, it)| wanted(it.citer) && is(*at, it))
                .map(|(at, _)| at)
        };
        if let Some(at) = certain(&|it| self.citers[it].own) {
            Self::add(&chains[at], false, found);
            return chains[at].end();
        }
        let beside = chains
            .iter()
            .any(|it| names.before(it.start()).is_some() || names.behind(it.end()).is_some());
        if beside
            && chains
                .iter()
                .enumerate()
                .any(|(at, it)| natures[at] != Nature::Not || it.worded)
        {
            return longest;
        }
        if let Some(at) = context.and_then(|context| certain(&|it| it == context)) {
            Self::add(&chains[at], false, found);
            return chains[at].end();
        }
        // What only looks like an id of ours, such as a version number, is plain text.
        let unclear: Vec<_> = (0..chains.len())
            .filter(|at| is(*at, &chains[*at]) && chains[*at].is_found())
            .collect();
        let Some(first) = unclear.first() else {
            return start;
        };
        let citers: Vec<_> = unclear.iter().map(|at| chains[*at].citer).collect();
        for item in &chains[*first].items {
            if item.found != Found::Nothing {
                found.push(item.leading(Leads::Unclear(citers.clone())));
            }
        }
        longest
    }

    fn add(chain: &Chain, doubtful: bool, found: &mut Vec<Citation>) {
        for item in &chain.items {
            let citer = chain.citer;
            let leads = match &item.found {
                Found::One(_) if doubtful => Leads::Number(citer),
                Found::One(id) => Leads::To(citer, id.clone()),
                Found::Several(ids) => Leads::Several(citer, ids.clone()),
                Found::Nothing if doubtful => continue,
                Found::Nothing => Leads::Nowhere(citer),
            };
            found.push(item.leading(leads));
        }
    }

    /// What the names beside a citation say.
    fn named(&self, text: &str, chain: &Chain, names: &Names<'_>) -> Named {
        let own = |it: &Beside| it.owner == Some(chain.citer);
        let before = names.before(chain.start()).filter(own);
        let behind = names.behind(chain.end()).filter(own);
        if before.is_none() && behind.is_none() {
            return Named::No;
        }
        if let Need::NameAndKind(kind) = chain.needs {
            let ids = &self.citers[chain.citer].ids;
            let first = chain.first();
            let fits = first.found == Found::Nothing || ids.is_of_kind(&first.spelled, kind);
            return if fits { Named::Own } else { Named::No };
        }
        let first = chain.first();
        if !chain.worded && first.found == Found::Nothing && is_name_of_its_own(&first.spelled) {
            return Named::No;
        }
        if chain.worded || !is_number(&first.spelled) {
            let article = Self::is_article(text, chain);
            return match (article, chain.is_found()) {
                (false, _) => Named::Own,
                (true, true) => Named::Doubtful,
                (true, false) => Named::No,
            };
        }
        let after = before.map(|it| self.number_after_name(text, chain, it));
        let ahead = || behind.map_or(Named::No, |it| self.number_before_name(text, chain, it));
        match after {
            Some(Named::No) | None => ahead(),
            Some(it) => it,
        }
    }

    /// Whether a letter alone before a number may be an article: `a 12-month period`.
    fn is_article(text: &str, chain: &Chain) -> bool {
        let head = run(&text[chain.start()..]).unwrap_or_default();
        !chain.worded && chain.spaced && matches!(head, "a" | "i" | "A" | "I") && {
            let plain = |c: char| c.is_ascii_digit() || c.is_alphabetic() || c.is_whitespace();
            let spelled = &chain.first().spelled;
            spelled.chars().all(plain) && !spelled.contains(" 0")
                || head == "a" && is_word_ahead(text, chain.first().range.end)
        }
    }

    /// A number behind its framework's name: `PCI DSS 8.3.6`, but not `PCI DSS, 12 months`.
    fn number_after_name(&self, text: &str, chain: &Chain, name: Beside) -> Named {
        let citer = &self.citers[chain.citer];
        let first = chain.first();
        let end = first.range.end;
        if is_counted(text, end, &citer.kinds) {
            return Named::No;
        }
        let known = first.found != Found::Nothing;
        if is_year(&first.spelled) && !known {
            return Named::No;
        }
        if name.version {
            return Named::Doubtful;
        }
        let dotted = first.spelled.contains('.');
        let free = !is_word_ahead(text, end) || chain.items.len() > 1;
        if name.gap == Gap::Mark && !dotted && !free {
            return Named::No;
        }
        Named::Own
    }

    /// A number before its framework's name: `8.3.6 of PCI DSS`, but not `the 12 PCI DSS requirements`.
    fn number_before_name(&self, text: &str, chain: &Chain, name: Beside) -> Named {
        let citer = &self.citers[chain.citer];
        let last = &chain.items[chain.items.len() - 1];
        if last.spelled.contains(['.', '(']) {
            return Named::Own;
        }
        // `In 2025, PCI DSS …`: a comma belongs to the sentence.
        let known = chain.is_found();
        if name.gap == Gap::Mark || is_year(&last.spelled) && !known {
            return Named::No;
        }
        let word = run(text[name.end..].trim_start()).unwrap_or_default();
        // `the 18 CIS Controls`: the name itself ends with what is counted.
        let own = text[..name.end]
            .rsplit(|c: char| !c.is_alphanumeric())
            .next();
        let counts = |word: &str| citer.kinds.contains(&fold(word));
        if counts(word) || name.gap == Gap::Blank && own.is_some_and(counts) {
            return Named::No;
        }
        match (is_word_ahead(text, name.end), known) {
            (false, _) => Named::Own,
            (true, true) => Named::Doubtful,
            (true, false) => Named::No,
        }
    }

    /// What a reading is where no name stands beside it.
    fn nature(&self, chain: &Chain) -> Nature {
        let ids = &self.citers[chain.citer].ids;
        let first = chain.first();
        if chain.worded {
            // `Art. IV`: letters alone are a word.
            let digit = |c: char| c.is_ascii_digit();
            // `article 3`: in small letters it is as often of another text.
            return if first.spelled.contains(digit) && chain.plain {
                Nature::Sure
            } else {
                Nature::Not
            };
        }
        let spelled = first.spelled.as_str();
        let digit = |c: char| c.is_ascii_digit();
        if is_number(spelled) || !spelled.contains(digit) {
            return Nature::Not;
        }
        if spelled.starts_with(digit) {
            let brackets = spelled.contains('(') && !spelled.contains(' ');
            return if brackets {
                Nature::Sure
            } else {
                Nature::IfFound
            };
        }
        if chain.plain {
            return Nature::Sure;
        }
        let head = run(spelled).unwrap_or_default();
        if chain.spaced {
            let number = spelled[head.len()..].trim_start();
            let loud = head.chars().count() > 1 && head.chars().all(char::is_uppercase);
            if !loud || !(number.starts_with('0') || number.contains(['.', '('])) {
                return Nature::Not;
            }
        }
        let shorter = parts(spelled);
        let cut_short = shorter.iter().rev().skip(1);
        let mut cut_short = cut_short.filter(|(_, start, _)| *start > 0);
        if cut_short.any(|(_, _, end)| ids.has(&spelled[..*end])) {
            Nature::Sure
        } else {
            Nature::IfFound
        }
    }
}

impl Item {
    fn leading(&self, leads: Leads) -> Citation {
        Citation {
            range: self.range.clone(),
            id: self.spelled.clone(),
            leads,
        }
    }
}

/// Whether a number goes on with letters of which nothing is a point's: `3DS`, `24h`.
fn is_name_of_its_own(spelled: &str) -> bool {
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
