//! Reads lists, ranges and slashes: `Articles 33, 34 and 35(1)`, `32(1)(b) and (c)`, `AC-2/AC-3`, `CKM-01..03`.
//!
//! Entry: [`ListReader::read_following`]. Invariant: each item is read completely and looked up by itself.

use std::ops::Range;

use super::extent::{Extent, IdentifierReader, parts};
use super::identifiers::Match;
use super::quantities::is_counted;
use super::scanner::{is_word_ahead, is_year, run, skip_blanks, skip_literal};
use crate::markdown::spelling::{Class, class, is_hyphen, key};

/// Conjunctions between items.
pub(super) const WORDS: [&str; 13] = [
    "and", "or", "to", "through", "until", "und", "oder", "sowie", "bis", "et", "ou", "y", "e",
];

/// One item of a citation.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub range: Range<usize>,
    pub spelled: String,
    pub matched: Match,
}

/// What separates an item from the previous one.
#[derive(Clone, Copy)]
struct Conjunction {
    end: usize,
    /// Whether no blank stands about it: `AC-2/3`, `CKM-01..03`.
    tight: bool,
}

/// Reads the items after the first one of a citation.
pub(super) struct ListReader<'a> {
    pub reader: IdentifierReader<'a>,
    /// The words before the identifier in each of the citer's forms.
    pub literals: Vec<&'a str>,
    /// Whether the first item's words are a plural: `Articles`.
    pub plural: bool,
    /// Whether words stand before the first item, or it is a number alone.
    pub numbers: bool,
}

impl ListReader<'_> {
    /// The items that follow the first.
    pub(super) fn read_following(&self, items: &mut Vec<Item>) {
        while let Some(last) = items.last() {
            let Some(conjunction) = self.conjunction(last.range.end) else {
                return;
            };
            let Some(item) = self.item(conjunction, last) else {
                return;
            };
            items.extend(self.split_range(item));
        }
    }

    /// Returns the item, or the two ends of a range if its hyphen denotes one.
    pub(super) fn split_range(&self, (start, extent): (usize, Extent)) -> Vec<Item> {
        let ids = &self.reader.citable.ids;
        if !extent.listed.is_empty() {
            return self.in_brackets(start, &extent);
        }
        let matched = ids.find(&extent.spelled);
        let whole = Item {
            range: start..extent.end,
            spelled: extent.spelled.clone(),
            matched,
        };
        if extent.hyphens.is_empty() || ids.has_exactly(&whole.spelled) {
            return vec![whole];
        }
        for (from, to, cut) in extent.hyphens.iter().rev() {
            let (left, right) = (&extent.spelled[..*cut], &extent.spelled[cut + 1..]);
            let Match::One(first) = ids.find(left) else {
                continue;
            };
            let absolute = begin_with_same_class(left, right).then(|| right.to_owned());
            let relative = || Self::replace_last_parts(left, right);
            let Some(right) = absolute
                .filter(|it| ids.has(it))
                .or_else(relative)
                .filter(|it| ids.has(it))
            else {
                continue;
            };
            let last = ids.find(&right);
            if last == Match::One(first.clone()) {
                continue;
            }
            // It could be both: an identifier with another hyphen, and a range.
            if let Match::One(id) = &whole.matched {
                let Match::One(last) = last else { continue };
                if !ids.has_exactly(left) || !is_ascending(&first, &last) {
                    continue;
                }
                return vec![Item {
                    matched: Match::Several(vec![id.clone(), format!("{first} to {last}")]),
                    ..whole
                }];
            }
            let left = left.to_owned();
            return vec![
                Item {
                    range: start..*from,
                    spelled: left,
                    matched: Match::One(first),
                },
                Item {
                    range: *to..extent.end,
                    spelled: right,
                    matched: last,
                },
            ];
        }
        vec![whole]
    }

    /// The items of a list in one pair of brackets.
    fn in_brackets(&self, start: usize, extent: &Extent) -> Vec<Item> {
        let last = extent.listed.len() - 1;
        let parts = extent.listed.iter().enumerate();
        let each = parts.map(|(at, part)| {
            let spelled = format!("{}({})", extent.spelled, &self.reader.text[part.clone()]);
            let from = if at == 0 { start } else { part.start };
            let to = if at == last { extent.end } else { part.end };
            Item {
                range: from..to,
                matched: self.reader.citable.ids.find(&spelled),
                spelled,
            }
        });
        each.collect()
    }

    fn conjunction(&self, at: usize) -> Option<Conjunction> {
        let text = self.reader.text;
        let start = skip_blanks(text, at);
        let rest = &text[start..];
        let sign = rest.chars().next()?;
        let mut end = start;
        let mut word = false;
        if rest.starts_with("..") {
            end = start + rest.len() - rest.trim_start_matches('.').len();
        } else if is_hyphen(sign) || matches!(sign, '/' | ',' | '&' | ';' | '…') {
            end = start + sign.len_utf8();
        }
        let behind = skip_blanks(text, end);
        // A word requires a blank before it.
        if (end == start && start > at) || sign == ',' {
            let matched = run(&text[behind..]).unwrap_or_default();
            let after = behind + matched.len();
            if WORDS.contains(&matched) && skip_blanks(text, after) > after {
                (end, word) = (after, true);
            }
        }
        (end > start).then(|| {
            let behind = skip_blanks(text, end);
            Conjunction {
                end: behind,
                tight: !word && start == at && behind == end && sign != ',',
            }
        })
    }

    /// The item at a place, and where it begins.
    fn item(&self, conjunction: Conjunction, last: &Item) -> Option<(usize, Extent)> {
        let at = conjunction.end;
        let text = self.reader.text;
        let rest = &text[at..];
        for literal in &self.literals {
            if let Some(behind) = skip_literal(text, at, literal) {
                let extent = self.reader.read_identifier(behind)?;
                let digits = extent.spelled.starts_with(|c: char| c.is_ascii_digit());
                return (digits || self.reader.citable.ids.has(&extent.spelled))
                    .then_some((at, extent));
            }
        }
        let sign = rest.chars().next()?;
        if sign == '(' {
            let extent = self.reader.bracketed(at)?;
            return self.bracketed(at, extent, last);
        }
        if sign == '.' {
            let part = run(&rest[1..])?;
            let extent = self.reader.read_identifier(at + 1)?;
            let spelled = Self::replace_last_parts(&last.spelled, &format!(".{}", extent.spelled))?;
            return part
                .starts_with(|c: char| c.is_ascii_digit())
                .then_some((at, Extent { spelled, ..extent }));
        }
        // `CKM-01, -03 and -04`.
        if is_hyphen(sign) {
            let extent = self.reader.read_identifier(at + sign.len_utf8())?;
            let spelled = Self::replace_last_parts(&last.spelled, &extent.spelled)?;
            let number = extent.spelled.starts_with(|c: char| c.is_ascii_digit());
            let meant = number
                && (extent.spelled.starts_with('0') || self.reader.citable.ids.has(&spelled));
            return meant.then_some((at, Extent { spelled, ..extent }));
        }
        let part = run(rest)?;
        if let Some(item) = self.part_after_word(at, part, last) {
            return Some(item);
        }
        if sign.is_ascii_digit() {
            return self.number(conjunction, last);
        }
        // `and point (f)`; the words may stand at once.
        if let Some(extent) = self.reader.worded(at - 1).filter(|_| at > last.range.end) {
            return self.bracketed(at, extent, last);
        }
        let ids = &self.reader.citable.ids;
        let own_case = ids.begins_with(part) || !last.spelled.starts_with(char::is_uppercase);
        if !own_case || !ids.has_head(&key(part)) {
            return None;
        }
        let extent = self.reader.read_identifier(at)?;
        (!extent.is_letters() && (!extent.spaced || ids.has(&extent.spelled)))
            .then_some((at, extent))
    }

    /// An item in brackets takes what stands before it from the one before: `32(1)(b) and (c)`.
    fn bracketed(&self, at: usize, extent: Extent, last: &Item) -> Option<(usize, Extent)> {
        let ids = &self.reader.citable.ids;
        let word = is_word_ahead(self.reader.text, extent.end);
        if word && is_enumerated(self.reader.text, at, &extent.spelled) {
            return None;
        }
        let appended = format!("{}{}", last.spelled, extent.spelled);
        let spelled = match Self::replace_last_parts(&last.spelled, &extent.spelled) {
            Some(it) if ids.has(&it) => it,
            _ if ids.has(&appended) => appended,
            // `Art. 32, and (c) keep records` goes on with a list of its own.
            None if word => return None,
            Some(it) => it,
            None => appended,
        };
        Some((at, Extent { spelled, ..extent }))
    }

    /// A part that goes on with `paragraphs 1 and 2` or `points a and b`.
    fn part_after_word(&self, at: usize, part: &str, last: &Item) -> Option<(usize, Extent)> {
        let text = self.reader.text;
        let written = &text[last.range.clone()];
        let worded = last.spelled.ends_with(')') && !written.ends_with([')', ']']);
        let end = at + part.len();
        let number = part.starts_with(|c: char| c.is_ascii_digit());
        let alone = text[end..]
            .chars()
            .next()
            .is_none_or(|c| class(c).is_none());
        if !worded || !alone || !number && part.chars().count() > 1 {
            return None;
        }
        let plural = ["paragraphs", "paras", "points", "letters", "nos"];
        let plural = plural.iter().any(|it| written.contains(it));
        let spelled = Self::replace_last_parts(&last.spelled, &format!("({part})"))?;
        let free = plural || !is_word_ahead(text, end);
        (free && self.reader.citable.ids.has(&spelled)).then_some((
            at,
            Extent {
                end,
                spelled,
                ..Extent::default()
            },
        ))
    }

    /// Whether an item ends at a place as one of a list does: no word follows that it could count, or one more item.
    fn is_free(&self, end: usize) -> bool {
        let text = self.reader.text;
        let more = || {
            let next = self.conjunction(end)?.end;
            let part =
                run(&text[next..]).filter(|it| it.starts_with(|c: char| c.is_ascii_digit()))?;
            let kinds = &self.reader.citable.kinds;
            Some(!is_counted(text, next + part.len(), kinds))
        };
        let behind = text[end..].trim_start();
        let behind = behind.strip_prefix("of ").unwrap_or(behind);
        let behind = behind.strip_prefix("the ").unwrap_or(behind);
        let named = self.reader.citable.is_named_at(behind, 0);
        named || !is_word_ahead(text, end) || more().unwrap_or(false)
    }

    /// A number: of its own after a word such as `Articles`, or the last part of the one before: `CKM-01..03`.
    fn number(&self, conjunction: Conjunction, last: &Item) -> Option<(usize, Extent)> {
        let text = self.reader.text;
        let citable = self.reader.citable;
        let extent = self.reader.read_identifier(conjunction.end)?;
        let counted = is_counted(text, extent.end, &citable.kinds);
        if counted
            || extent.is_number() && is_year(&extent.spelled) && !citable.ids.has(&extent.spelled)
        {
            return None;
        }
        let free = self.is_free(extent.end);
        let relative = Self::replace_last_parts(&last.spelled, &extent.spelled);
        if self.numbers {
            let simple = parts(&last.spelled).len() == 1 || !extent.is_number();
            let dotted = extent.is_number() && extent.spelled.contains('.');
            let known = citable.ids.has(&extent.spelled);
            let fits = self.plural
                || conjunction.tight
                || !extent.is_number()
                || dotted && (known || free)
                || free && (simple || last.spelled.contains('.'));
            return fits.then_some((conjunction.end, extent));
        }
        let spelled = relative?;
        let known = citable.ids.has(&spelled);
        let nought = extent.spelled.starts_with('0');
        (conjunction.tight || known && (free || nought))
            .then_some((conjunction.end, Extent { spelled, ..extent }))
    }

    /// An item in the place of the last parts of the one before it, where they are of the same classes.
    fn replace_last_parts(before: &str, item: &str) -> Option<String> {
        let (old, new) = (parts(before), parts(item));
        let first: Class = new.first()?.0;
        let brackets = item.starts_with('(');
        // As many parts as the item has, or more: `6(1)(a) and (2)`.
        let least = new.len().min(old.len());
        for cut in (1..=old.len() - least).rev() {
            if old[cut].0 != first {
                continue;
            }
            let start = old[cut].1;
            let head = if brackets || item.starts_with('.') {
                let end = old[cut - 1].2;
                let closed = before[end..].starts_with([')', ']']);
                &before[..end + usize::from(closed)]
            } else {
                &before[..start]
            };
            let opened = head.len() == start && before[..start].ends_with('(');
            let close = if opened { ")" } else { "" };
            return Some(format!("{head}{item}{close}"));
        }
        None
    }
}

/// Whether two identifiers can be the ends of a range.
fn is_ascending(first: &str, last: &str) -> bool {
    let (first, last) = (key(first), key(last));
    let mut both = first.split('.').zip(last.split('.'));
    let differs = both.find(|(a, b)| a != b);
    differs.is_some_and(|(a, b)| (a.len(), a) < (b.len(), b))
}

/// Whether two spellings begin with parts of one class.
fn begin_with_same_class(left: &str, right: &str) -> bool {
    let first = |it: &str| parts(it).first().map(|it| it.0);
    first(left) == first(right)
}

/// Whether the letter before this one stands free in the text before it: `(a) … and (b) keep records`.
fn is_enumerated(text: &str, at: usize, item: &str) -> bool {
    let inner = item.trim_start_matches('(');
    let Some(letter) = inner.chars().next() else {
        return false;
    };
    let before = match letter {
        'b'..='z' | 'B'..='Z' | '2'..='9' => char::from(letter as u8 - 1),
        _ => return false,
    };
    let marker = format!("({before}) ");
    let mut matched = text[..at].match_indices(&marker);
    matched.any(|(place, _)| {
        let ahead = text[..place].chars().next_back();
        ahead.is_none_or(|c| c.is_whitespace() && !text[..place].trim_end().ends_with(')'))
    })
}
