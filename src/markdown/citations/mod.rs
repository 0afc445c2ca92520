//! Citations in plain text: `CKM-03.1`, `Art. 32(1)(b) GDPR`, `Articles 33 and 34 GDPR`.
//!
//! Entry: [`Grammar::scan`]. How a framework is cited is data: its forms, names and identifiers.
//! A citation is recognised by its beginning, read as far as it can extend ([`extent`]), together with the list that it begins
//! ([`lists`]), and then looked up ([`identifiers`]).
//! Invariant: a citation links to the target of the whole text that was read, never of a part of it; a citation next to the name of
//! another instrument is never taken for one of ours.

mod connectors;
mod extent;
mod identifiers;
mod lists;
mod names;
mod ownership;
mod quantities;
mod readings;
mod scanner;

use std::borrow::Cow;
use std::ops::Range;

pub use identifiers::{Identifiers, Match};
use names::Names;

/// A framework, or the book itself, and how it is cited.
#[derive(Debug, Clone, Default, Hash)]
pub struct Citable {
    /// Forms with `{id}` in them, such as `Art. {id}`; `{id}` alone is a bare identifier.
    pub forms: Vec<String>,
    /// Forms that count only next to its name, each with the index of its kind: `Chapter {id}`.
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

/// All frameworks of a book, and the names of other laws and standards.
#[derive(Debug, Clone, Default, Hash)]
pub struct Grammar {
    /// In the order of the book's frameworks; the book itself may be one.
    citables: Vec<Citable>,
    forms: Vec<CitationForm>,
    /// The names of all citers and of other laws and standards, the longest first; whose each is.
    names: Vec<(String, Option<usize>)>,
    /// What a citation may begin with, one bit a character: most words need no closer look.
    starts: StartFilter,
}

/// A form of one citer.
#[derive(Debug, Clone, Hash)]
struct CitationForm {
    citable: usize,
    /// The words before the identifier; none where it stands bare.
    before: String,
    /// The words behind it.
    after: String,
    /// The kind of node that it is for; where there is one, the form counts beside the name only.
    kind: Option<usize>,
}

/// The characters with which citations begin.
#[derive(Debug, Clone, Default, Hash)]
struct StartFilter {
    /// Those of words before an identifier, in both cases.
    words: u128,
    /// Those of identifiers that stand bare, in both cases.
    bare: u128,
    /// Whether any is not ASCII.
    beyond: bool,
    /// The length of the longest letters with which an identifier begins, in bytes.
    longest: usize,
}

/// A citation in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The citation with the words of its form, in bytes of the run.
    pub range: Range<usize>,
    /// The identifier that is meant, spelled as it usually is.
    pub id: String,
    /// Where it leads.
    pub leads: CitationTarget,
}

/// The target of a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CitationTarget {
    /// An identifier of a framework.
    To(usize, String),
    /// No identifier, though the citation belongs to a framework.
    Nowhere(usize),
    /// One of several identifiers of a framework: ambiguous.
    Several(usize, Vec<String>),
    /// Next to the name of a framework, but possibly a quantity.
    Number(usize),
    /// Possibly of several frameworks, or of none.
    Unclear(Vec<usize>),
}

/// The citations and terms in a text, each with the index of its run, in order.
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
    pub fn new(citables: Vec<Citable>, others: Vec<String>) -> Self {
        let mut forms = Vec::new();
        let mut starts = StartFilter::default();
        let mut names = Vec::new();
        for (number, citable) in citables.iter().enumerate() {
            let own = citable.forms.iter().map(|it| (it, None));
            let shown = citable.displays.iter().map(|(it, kind)| (it, Some(*kind)));
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
                        for first in citable.ids.first_characters() {
                            starts.bare |= starts.bits(first);
                        }
                        // Beside its name, a number is a citation even where no identifier begins with this digit.
                        if citable.ids.any_begins_with_digit() {
                            ('0'..='9').for_each(|c| starts.bare |= starts.bits(c));
                        }
                        // And so are capitals that look like an identifier.
                        if !citable.own {
                            ('A'..='Z').for_each(|c| starts.bare |= starts.bits(c));
                        }
                        starts.longest = starts.longest.max(citable.ids.longest_head());
                    }
                }
                forms.push(CitationForm {
                    citable: number,
                    before: before.to_owned(),
                    after: after.trim().to_owned(),
                    kind,
                });
            }
            names.extend(citable.names.iter().map(|it| (it.clone(), Some(number))));
        }
        names.extend(others.into_iter().map(|it| (it, None)));
        names.retain(|(it, _)| !it.trim().is_empty());
        names.sort_by_key(|(it, _)| std::cmp::Reverse(it.len()));
        Self {
            citables,
            forms,
            names,
            starts,
        }
    }

    /// The citations in a run of text. `lead` are the words before it; `context` is the framework that the text belongs to, if any.
    #[must_use]
    pub fn scan(&self, lead: &str, text: &str, context: Option<usize>) -> Vec<Citation> {
        match VisibleText::new(text) {
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
        let names = Names::new(self, text);
        let mut found = Vec::new();
        let mut at = from;
        while let Some(start) = self.word(text, at) {
            let readings = self.readings_at(text, start, &names);
            if readings.is_empty() {
                at = word_end(text, start);
            } else if let Some(end) = names.name_end_at(start) {
                at = end;
            } else {
                at = self.resolve_ownership(text, readings, &names, context, &mut found);
                at = at.max(word_end(text, start));
            }
        }
        found
    }

    /// The next offset at which a word that may begin a citation begins.
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

impl StartFilter {
    /// The bits of a character in both cases.
    fn bits(&mut self, c: char) -> u128 {
        self.beyond |= !c.is_ascii();
        let both = [c.to_ascii_lowercase(), c.to_ascii_uppercase()];
        let bytes = both.into_iter().filter_map(|it| u8::try_from(it).ok());
        bytes.fold(0, |bits, it| bits | bit(it))
    }
}

/// A text without invisible characters, such as soft hyphens.
struct VisibleText {
    text: String,
    /// Where each byte of it stands in the text.
    places: Vec<usize>,
}

impl VisibleText {
    /// None where every character of a text is shown.
    fn new(text: &str) -> Option<Self> {
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
fn word_end(text: &str, start: usize) -> usize {
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
