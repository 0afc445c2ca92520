//! Citations in plain text: `CKM-03.1`, `Art. 32(1)(b) GDPR`, `Articles 33 and 34 GDPR`.
//!
//! Entry: [`Grammar::scan`]. How a framework is cited is data: its forms, its names, its identifiers.
//! A citation is found by its beginning, read as far as anything could go on it ([`extent`]), together with the list that it
//! begins ([`lists`]), and then looked up ([`identifiers`]).
//! Invariant: what is found leads where the whole of it leads, never where a part of it does; what stands beside another
//! instrument's name is never taken for one of ours.

mod extent;
mod identifiers;
mod lists;
mod names;
mod quantities;
mod readings;
mod scanner;
mod standing;
mod words;

use std::borrow::Cow;
use std::ops::Range;

pub use identifiers::{Found, Identifiers};
use names::Names;

/// How one framework, or the book itself, is cited.
#[derive(Debug, Clone, Default, Hash)]
pub struct Citer {
    /// Forms with `{id}` in them, such as `Art. {id}`; `{id}` alone is a bare identifier.
    pub forms: Vec<String>,
    /// Forms that count beside its name only, each with the number of the kind that it is for: `Chapter {id}`.
    pub displays: Vec<(String, usize)>,
    /// What its nodes are called, one by one and together, in lower case: `control`, `controls`.
    pub kinds: Vec<String>,
    /// Words that may stand between the parts of an identifier: `Abs.`.
    pub between: Vec<String>,
    /// Names that make a citation certain when they stand beside it.
    pub names: Vec<String>,
    /// Its version, which may stand behind its name.
    pub version: String,
    /// Its identifiers.
    pub ids: Identifiers,
    /// Whether its ids are certain wherever they stand: the book's own.
    pub own: bool,
}

/// Every citer of a book, and the instruments that are none of them.
#[derive(Debug, Clone, Default, Hash)]
pub struct Grammar {
    /// In the order of the book's frameworks; the book itself may be one.
    citers: Vec<Citer>,
    forms: Vec<Form>,
    /// The names of all citers and of other laws and standards, the longest first; whose each is.
    names: Vec<(String, Option<usize>)>,
    /// What a citation may begin with, one bit a character: most words need no closer look.
    starts: Starts,
}

/// A form of one citer.
#[derive(Debug, Clone, Hash)]
struct Form {
    citer: usize,
    /// The words before the identifier; none where it stands bare.
    before: String,
    /// The words behind it.
    after: String,
    /// The kind of node that it is for; where there is one, the form counts beside the name only.
    kind: Option<usize>,
}

/// The characters with which citations begin.
#[derive(Debug, Clone, Default, Hash)]
struct Starts {
    /// Those of words before an identifier, in both cases.
    words: u128,
    /// Those of identifiers that stand bare, in both cases.
    bare: u128,
    /// Whether any is not ASCII.
    beyond: bool,
    /// The length of the longest letters with which an identifier begins, in bytes.
    longest: usize,
}

/// A citation that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The citation with the words of its form, in bytes of the run.
    pub range: Range<usize>,
    /// The identifier that is meant, spelled as it usually is.
    pub id: String,
    /// Where it leads.
    pub leads: Leads,
}

/// Where a citation leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leads {
    /// To an identifier of a citer.
    To(usize, String),
    /// To none, though it is a citer's.
    Nowhere(usize),
    /// To one of several identifiers of a citer.
    Several(usize, Vec<String>),
    /// It stands beside a citer's name, and may be a number of something as well.
    Number(usize),
    /// It may be of several citers, or of none.
    Unclear(Vec<usize>),
}

/// What the runs of a text mention, each beside the number of its run, in order.
#[derive(Debug, Default)]
pub struct Mentions {
    /// Citations.
    pub citations: Vec<(usize, Citation)>,
    /// Terms of the glossary: where, and which.
    pub terms: Vec<(usize, Range<usize>, usize)>,
}

impl Grammar {
    /// A grammar of these citers. `others` are names of laws and standards that the book does not have.
    #[must_use]
    pub fn of(citers: Vec<Citer>, others: Vec<String>) -> Self {
        let mut forms = Vec::new();
        let mut starts = Starts::default();
        let mut names = Vec::new();
        for (number, citer) in citers.iter().enumerate() {
            let own = citer.forms.iter().map(|it| (it, None));
            let shown = citer.displays.iter().map(|(it, kind)| (it, Some(*kind)));
            for (form, kind) in own.chain(shown) {
                let Some((before, after)) = form.split_once("{id}") else {
                    continue;
                };
                if before.trim().is_empty() && kind.is_some() {
                    continue;
                }
                match before.chars().next() {
                    Some(first) => starts.words |= starts.bits(first),
                    None => {
                        for first in citer.ids.first_characters() {
                            starts.bare |= starts.bits(first);
                        }
                        // Beside its name, a number is a citation even where no identifier begins with this digit.
                        if citer.ids.begin_with_digits() {
                            ('0'..='9').for_each(|c| starts.bare |= starts.bits(c));
                        }
                        // And so are capitals that look like an identifier.
                        if !citer.own {
                            ('A'..='Z').for_each(|c| starts.bare |= starts.bits(c));
                        }
                        starts.longest = starts.longest.max(citer.ids.longest_head());
                    }
                }
                forms.push(Form {
                    citer: number,
                    before: before.to_owned(),
                    after: after.trim().to_owned(),
                    kind,
                });
            }
            names.extend(citer.names.iter().map(|it| (it.clone(), Some(number))));
        }
        names.extend(others.into_iter().map(|it| (it, None)));
        names.retain(|(it, _)| !it.trim().is_empty());
        names.sort_by_key(|(it, _)| std::cmp::Reverse(it.len()));
        Self {
            citers,
            forms,
            names,
            starts,
        }
    }

    /// The citations in a run of text. `lead` are the words before it; `context` is the framework that the text belongs to, if any.
    #[must_use]
    pub fn scan(&self, lead: &str, text: &str, context: Option<usize>) -> Vec<Citation> {
        match Shown::of(text) {
            None => self.scan_shown(lead, text, context),
            Some(shown) => {
                let mut found = self.scan_shown(lead, &shown.text, context);
                for it in &mut found {
                    it.range = shown.places[it.range.start]..shown.places[it.range.end - 1] + 1;
                }
                found
            }
        }
    }

    fn scan_shown(&self, lead: &str, text: &str, context: Option<usize>) -> Vec<Citation> {
        let Some(first) = self.word(text, 0) else {
            return Vec::new();
        };
        let joined = if lead.is_empty() {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(format!("{lead}{text}"))
        };
        let mut found = self.scan_from(&joined, lead.len() + first, context);
        for it in &mut found {
            it.range = it.range.start - lead.len()..it.range.end - lead.len();
        }
        found
    }

    fn scan_from(&self, text: &str, from: usize, context: Option<usize>) -> Vec<Citation> {
        let names = Names::of(self, text);
        let mut found = Vec::new();
        let mut at = from;
        while let Some(start) = self.word(text, at) {
            let chains = self.chains(text, start, &names);
            if chains.is_empty() {
                at = behind_word(text, start);
            } else if let Some(end) = names.around(start) {
                at = end;
            } else {
                at = self.judge(text, chains, &names, context, &mut found);
                at = at.max(behind_word(text, start));
            }
        }
        found
    }

    /// The next place where a word begins that may begin a citation.
    fn word(&self, text: &str, from: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        let wanted = self.starts.words | self.starts.bare;
        let mut inside = from > 0 && bytes[from - 1].is_ascii_alphanumeric();
        for (at, byte) in bytes.iter().enumerate().skip(from) {
            let may = if byte.is_ascii() {
                wanted & bit(*byte) != 0
            } else {
                self.starts.beyond && text.is_char_boundary(at)
            };
            if may && !inside && !self.is_joined(text, at) {
                return Some(at);
            }
            inside = byte.is_ascii_alphanumeric();
        }
        None
    }

    /// Whether a character at a place would go on with what stands before it.
    fn is_joined(&self, text: &str, at: usize) -> bool {
        let before = match at.checked_sub(1).map(|it| text.as_bytes()[it]) {
            None => return false,
            Some(byte) if byte.is_ascii() => char::from(byte),
            Some(_) => text[..at].chars().next_back().unwrap_or_default(),
        };
        match before {
            '/' | '-' => !self.ends_with_name(&text[..at - 1]),
            '.' | '_' | '\u{2010}' | '\u{2011}' => true,
            other => other.is_alphanumeric(),
        }
    }

    /// Whether a citer's name ends a text: `EUCS/CKM-03.1`.
    fn ends_with_name(&self, text: &str) -> bool {
        let mut names = self.names.iter().filter(|(_, owner)| owner.is_some());
        names.any(|(name, _)| {
            text.strip_suffix(name.as_str())
                .is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        })
    }
}

impl Starts {
    /// The bits of a character in both cases.
    fn bits(&mut self, c: char) -> u128 {
        self.beyond |= !c.is_ascii();
        let both = [c.to_ascii_lowercase(), c.to_ascii_uppercase()];
        let bytes = both.into_iter().filter_map(|it| u8::try_from(it).ok());
        bytes.fold(0, |bits, it| bits | bit(it))
    }
}

/// A text without the characters that take no room, such as a soft hyphen.
struct Shown {
    text: String,
    /// Where each byte of it stands in the text.
    places: Vec<usize>,
}

impl Shown {
    /// None where every character of a text is shown.
    fn of(text: &str) -> Option<Self> {
        let hides = |c: char| {
            matches!(
                c,
                '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
            )
        };
        if text.is_ascii() || !text.contains(hides) {
            return None;
        }
        let mut shown = Self {
            text: String::with_capacity(text.len()),
            places: Vec::with_capacity(text.len()),
        };
        for (at, c) in text.char_indices().filter(|(_, c)| !hides(*c)) {
            shown.text.push(c);
            shown.places.extend(at..at + c.len_utf8());
        }
        Some(shown)
    }
}

/// The place behind the letters and digits at a place.
fn behind_word(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = start + 1;
    // A character that is not ASCII ends no word here: whatever follows it is looked at, or is found to be joined.
    while end < bytes.len() && (bytes[end].is_ascii_alphanumeric() || !text.is_char_boundary(end)) {
        end += 1;
    }
    end
}

/// The bit of a character; none of one that is not ASCII.
fn bit(byte: u8) -> u128 {
    if byte.is_ascii() { 1 << byte } else { 0 }
}

#[cfg(test)]
mod tests;
