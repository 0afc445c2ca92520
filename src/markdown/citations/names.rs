//! The names of laws and standards in a text, and which of them is adjacent to a citation.
//!
//! Entry: [`Names::name_before`], [`Names::name_behind`]. Invariant: of two overlapping names, the longer one counts.

use std::cell::OnceCell;
use std::ops::Range;

use super::Grammar;
use super::scanner::{is_word_ahead, run, skip_blanks, skip_literal};
use crate::markdown::spelling::{fold, is_hyphen};

/// The names in one text, searched lazily.
pub(super) struct Names<'a> {
    grammar: &'a Grammar,
    text: &'a str,
    list: OnceCell<Vec<Name>>,
}

/// A name in a text.
#[derive(Debug, Clone)]
struct Name {
    /// Where it stands, with the version behind it.
    range: Range<usize>,
    /// Whose it is; none where the book does not have it.
    owner: Option<usize>,
    /// The number behind it that is both its version and one of its ids.
    version: Option<usize>,
}

/// The text between a name and a citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Blanks alone.
    Blank,
    /// A comma, a colon or a bracket.
    Mark,
    /// A word such as `of the`, or what a node is called: `EUCS control CKM-03`.
    Word,
}

/// A name that is adjacent to a citation.
#[derive(Debug, Clone, Copy)]
pub(super) struct AdjacentName {
    pub owner: Option<usize>,
    pub gap: Gap,
    /// Whether the number that it stands beside may be its version.
    pub version: bool,
    /// Where it ends.
    pub end: usize,
}

/// Nouns for parts of any law or standard, which may be between its name and the identifier.
const UNIT_NAMES: [&str; 20] = [
    "annex",
    "annexes",
    "chapter",
    "chapters",
    "clause",
    "clauses",
    "control",
    "controls",
    "criterion",
    "criteria",
    "item",
    "items",
    "no.",
    "nr.",
    "requirement",
    "requirements",
    "section",
    "sections",
    "§",
    "§§",
];
/// Words for what follows a provision, between the citation and the name: `Art. 32 ff. DSGVO`.
pub(super) const FOLLOWING: [&str; 6] = ["et seqq.", "et seq.", "ff.", "ff", "f.", "sqq."];
/// Words before the number of a version.
const VERSIONS: [&str; 7] = ["edition", "r", "rev", "revision", "v", "ver", "version"];

impl<'a> Names<'a> {
    pub(super) fn new(grammar: &'a Grammar, text: &'a str) -> Self {
        Self {
            grammar,
            text,
            list: OnceCell::new(),
        }
    }

    fn list(&self) -> &[Name] {
        self.list.get_or_init(|| {
            let mut out: Vec<Name> = Vec::new();
            // The longest come first.
            for (name, owner) in &self.grammar.names {
                for range in occurrences(self.text, name) {
                    let free = out
                        .iter()
                        .all(|it| it.range.end <= range.start || range.end <= it.range.start);
                    if free {
                        out.push(self.with_version(range, *owner));
                    }
                }
            }
            out.sort_by_key(|it| it.range.start);
            out
        })
    }

    /// The end of the name that a place stands in.
    pub(super) fn name_end_at(&self, at: usize) -> Option<usize> {
        let mut list = self.list().iter();
        list.find(|it| it.range.contains(&at))
            .map(|it| it.range.end)
    }

    /// The name before a citation that begins at a place.
    pub(super) fn name_before(&self, start: usize) -> Option<AdjacentName> {
        let mut list = self.list().iter().rev();
        let name = list.find(|it| it.range.end <= start)?;
        Some(AdjacentName {
            owner: name.owner,
            gap: self.gap_before(name, start)?,
            version: name.version == Some(start),
            end: name.range.end,
        })
    }

    fn gap_before(&self, name: &Name, start: usize) -> Option<Gap> {
        let gap = &self.text[name.range.end..start];
        if gap.chars().all(char::is_whitespace) {
            return Some(Gap::Blank);
        }
        let mark = |c: char| c.is_whitespace() || ",:()[“”„«»\"".contains(c);
        let rest = gap.trim_matches(mark);
        if rest.is_empty() || matches!(rest, "/" | "-") {
            return Some(Gap::Mark);
        }
        let possessive = rest.strip_prefix(['’', '\'']);
        let possessive = possessive.map(|it| it.strip_prefix('s').unwrap_or(it).trim_start());
        let rest = possessive.unwrap_or(rest);
        let folded = fold(rest);
        let called = |citable: usize| {
            let citable = &self.grammar.citables[citable];
            citable.kinds.contains(&folded)
        };
        let usual = || UNIT_NAMES.contains(&folded.as_str());
        (rest.is_empty() || usual() || name.owner.is_some_and(called)).then_some(Gap::Word)
    }

    /// The name behind a citation that ends at a place.
    pub(super) fn name_behind(&self, end: usize) -> Option<AdjacentName> {
        let mut list = self.list().iter();
        let name = list.find(|it| end <= it.range.start)?;
        let gap = &self.text[end..name.range.start];
        let mark = |c: char| c.is_whitespace() || ",(]“”„«»\"".contains(c);
        let rest = gap.trim_start_matches(mark);
        let following = FOLLOWING.iter().find_map(|it| rest.strip_prefix(it));
        let rest = following.unwrap_or(rest).trim_start_matches(mark);
        let words = rest.strip_prefix("of ").unwrap_or(rest);
        let words = words.strip_prefix("the ").unwrap_or(words);
        if !words.is_empty() {
            return None;
        }
        let marked = gap.contains([',', '(']);
        // `CKM-03.1 (GDPR Art. 32)`: the name belongs to what follows it.
        if marked && self.begins_citation(name) {
            return None;
        }
        let gap = if marked {
            Gap::Mark
        } else if rest.is_empty() {
            Gap::Blank
        } else {
            Gap::Word
        };
        Some(AdjacentName {
            owner: name.owner,
            gap,
            version: false,
            end: name.range.end,
        })
    }

    /// Whether a citation of its own follows a name.
    fn begins_citation(&self, name: &Name) -> bool {
        let at = skip_blanks(self.text, name.range.end);
        if at == name.range.end {
            return false;
        }
        let literal = |form: &super::CitationForm| {
            !form.before.is_empty() && skip_literal(self.text, at, &form.before).is_some()
        };
        if self.grammar.forms.iter().any(literal) {
            return true;
        }
        let Some(part) = run(&self.text[at..]) else {
            return false;
        };
        let digits = part.starts_with(|c: char| c.is_ascii_digit());
        let owner = name.owner.map(|it| &self.grammar.citables[it].ids);
        let forms = self.grammar.forms.iter();
        let mut bare = forms.filter(|it| it.before.is_empty());
        let numbered = match name.owner {
            Some(owner) => bare.any(|it| it.citable == owner),
            None => !is_word_ahead(self.text, at + part.len()),
        };
        digits && numbered || owner.is_some_and(|it| it.begins_with(part))
    }

    /// A name with the version that follows it: `PCI DSS v4.0`, `ISO/IEC 27001:2022`, `SP 800-53 Rev. 5`.
    fn with_version(&self, range: Range<usize>, owner: Option<usize>) -> Name {
        let mut name = Name {
            range,
            owner,
            version: None,
        };
        let Some(citable) = owner.map(|it| &self.grammar.citables[it]) else {
            return name;
        };
        let text = self.text;
        let end = name.range.end;
        let mut at = end;
        let mut said = false;
        if text[end..].starts_with(':') {
            (at, said) = (end + 1, true);
        } else {
            let comma = usize::from(text[end..].starts_with(','));
            at = skip_blanks(text, at + comma);
            let word = run(&text[at..]).map(fold).unwrap_or_default();
            if at > end && VERSIONS.contains(&word.as_str()) {
                at += word.len();
                at += usize::from(text[at..].starts_with('.'));
                (at, said) = (skip_blanks(text, at), true);
            } else if comma > 0 {
                return name;
            }
        }
        let digits = |c: char| c.is_ascii_digit() || c == '.';
        let rest = &text[at..];
        let number = &rest[..rest.find(|c| !digits(c)).unwrap_or(rest.len())];
        let number = number.trim_end_matches('.');
        let after = rest[number.len()..].chars().next();
        if at == end
            || number.is_empty()
            || after.is_some_and(char::is_alphanumeric)
            || !is_version(number, &citable.version)
        {
            return name;
        }
        if said || !citable.ids.has(number) {
            name.range.end = at + number.len();
        } else {
            name.version = Some(at);
        }
        name
    }
}

/// Whether a number is a framework's version, or the beginning of it: `4.0` of `4.0.1`.
fn is_version(number: &str, version: &str) -> bool {
    let mut words = version.split(|c: char| !(c.is_alphanumeric() || c == '.'));
    words.any(|word| {
        let word = word.trim_start_matches(['v', 'V', 'r', 'R']);
        let longer = |long: &str, short: &str| {
            long.strip_prefix(short)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        !word.is_empty() && (longer(word, number) || longer(number, word) && number.contains('.'))
    })
}

/// Where a name stands in a text as a whole; a blank stands for any blank.
fn occurrences<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let first = name.chars().next();
    let found = first.into_iter().flat_map(|it| text.match_indices(it));
    found.filter_map(move |(at, _)| {
        let end = ends(text, at, name)?;
        let joined = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
        let apart = !joined(text[..at].chars().next_back()) && !joined(text[end..].chars().next());
        apart.then_some(at..end)
    })
}

/// The end of a name that begins at a place.
fn ends(text: &str, at: usize, name: &str) -> Option<usize> {
    let mut rest = text[at..].char_indices();
    let mut end = at;
    for wanted in name.chars() {
        let (place, c) = rest.next()?;
        let blank = wanted.is_whitespace() && c.is_whitespace();
        let same = c == wanted || blank || is_hyphen(wanted) && is_hyphen(c);
        same.then_some(())?;
        end = at + place + c.len_utf8();
    }
    Some(end)
}
