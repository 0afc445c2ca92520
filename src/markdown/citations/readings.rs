//! Reads what may be a citation at an offset, once per framework.
//!
//! Entry: [`Grammar::readings_at`]. Invariant: only the written form is read here; whether it is a citation is decided later.

use super::extent::IdentifierReader;
use super::identifiers::Match;
use super::lists::{Item, ListReader};
use super::names::{Gap, Names};
use super::quantities::is_ordinal;
use super::scanner::{run, skip_literal};
use super::{CitationForm, Grammar, bit};
use crate::markdown::spelling::{fold, is_hyphen, key};

/// The length of the longest letters that are taken for those of a mistyped identifier, in bytes.
const MAX_MISTYPED_LENGTH: usize = 8;

/// A possible citation with the list that it begins, read as one framework is cited.
#[derive(Debug)]
pub(super) struct Reading {
    pub citable: usize,
    pub items: Vec<Item>,
    /// Whether words of a form stand before it.
    pub worded: bool,
    /// Whether the first item is written as identifiers of the citer are: same capitals, no blank for a hyphen.
    pub plain: bool,
    /// Whether a blank stands between the letters and the number of the first item.
    pub spaced: bool,
    /// What it requires to be a citation at all.
    pub requires: RequiredContext,
}

/// The context that a reading requires to be a citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RequiredContext {
    /// Nothing.
    Nothing,
    /// The citer's name.
    Name,
    /// The citer's name, and the node is of this kind.
    NameAndKind(usize),
}

impl Reading {
    pub(super) fn start(&self) -> usize {
        self.items[0].range.start
    }

    pub(super) fn end(&self) -> usize {
        self.items[self.items.len() - 1].range.end
    }

    pub(super) fn first(&self) -> &Item {
        &self.items[0]
    }

    pub(super) fn is_found(&self) -> bool {
        self.items.iter().any(|it| it.matched != Match::Nothing)
    }
}

impl Grammar {
    /// The possible citations at an offset, at most one per framework.
    pub(super) fn readings_at(&self, text: &str, start: usize, names: &Names<'_>) -> Vec<Reading> {
        let mut out: Vec<Reading> = Vec::new();
        let first = text[start..].chars().next().unwrap_or_default();
        let has = |bits: u128| {
            u8::try_from(first).map_or(self.starts.beyond, |byte| {
                !byte.is_ascii() && self.starts.beyond || bits & bit(byte) != 0
            })
        };
        let word = has(self.starts.words);
        let bare = has(self.starts.bare)
            .then(|| self.bare_start(text, start))
            .flatten();
        for form in &self.forms {
            let reading = if form.before.is_empty() {
                bare.and_then(|head| self.read_bare(text, start, head, form, names))
            } else if word && may_begin_form(&text[start..], &form.before) {
                self.read_form(text, start, form)
            } else {
                None
            };
            let Some(reading) = reading else {
                continue;
            };
            // Of the forms of one citer, the one that reaches farthest.
            match out.iter_mut().find(|it| it.citable == reading.citable) {
                Some(other)
                    if other.requires != RequiredContext::Nothing
                        && reading.requires == RequiredContext::Nothing
                        || other.end() < reading.end() =>
                {
                    *other = reading;
                }
                Some(_) => {}
                None => out.push(reading),
            }
        }
        out
    }

    /// The letters or digits at a place, if an identifier may stand there without any words before it. Most words are
    /// turned away here, so it looks at few bytes.
    fn bare_start<'t>(&self, text: &'t str, start: usize) -> Option<&'t str> {
        let bytes = text.as_bytes();
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(b'.');
        let mut end = start;
        while byte(end).is_ascii_alphabetic() {
            end += 1;
        }
        // Nothing that is longer begins an identifier, right or mistyped.
        if end - start > self.starts.longest.max(MAX_MISTYPED_LENGTH) {
            return None;
        }
        // What is not ASCII may be a letter, a hyphen or a blank: those who read on know.
        let further = |at: usize| byte(at).is_ascii_alphanumeric() || !byte(at).is_ascii();
        let goes_on = match byte(end) {
            b'0'..=b'9' => true,
            b'-' | b'.' | b'_' => further(end + 1),
            b':' | b'/' => byte(end + 1).is_ascii_digit(),
            b' ' | b'\n' => {
                !byte(end + 1).is_ascii_alphabetic() && further(end + 1)
                    || matches!(byte(end + 1), b'-' | b'.' | b' ')
            }
            other => !other.is_ascii(),
        };
        if !goes_on && !byte(start).is_ascii_uppercase() {
            return None;
        }
        let head = run(&text[start..])?;
        let mut bare = self.forms.iter().filter(|it| it.before.is_empty());
        // Letters alone are an identifier's in its own capitals only.
        let mut known = || bare.any(|it| self.citables[it.citable].ids.begins_with(head));
        (goes_on || known()).then_some(head)
    }

    /// A citation by a bare identifier.
    fn read_bare(
        &self,
        text: &str,
        start: usize,
        head: &str,
        form: &CitationForm,
        names: &Names<'_>,
    ) -> Option<Reading> {
        let citable = &self.citables[form.citable];
        let digits = head.starts_with(|c: char| c.is_ascii_digit());
        let known =
            digits || head.len() <= citable.ids.longest_head() && citable.ids.has_head(&key(head));
        if digits && (!citable.ids.any_begins_with_digit() || is_ordinal(text, start + head.len()))
        {
            return None;
        }
        if !known && !self.may_be_mistyped(text, start, head, form.citable, names) {
            return None;
        }
        let reader = IdentifierReader { text, citable };
        let extent = reader.read_identifier(start)?;
        if extent.is_letters() && (citable.own || !citable.ids.has_exactly(&extent.spelled)) {
            return None;
        }
        if !known && !citable.ids.any_looks_like(&extent.spelled) {
            return None;
        }
        let behind = text[extent.end..].trim_start();
        if !form.after.is_empty() && !fold(behind).starts_with(&fold(&form.after)) {
            return None;
        }
        let plain = digits || citable.ids.begins_with(head) && !extent.spaced;
        let spaced = extent.spaced;
        let lists = self.lists(reader, form.citable, false, digits);
        let mut items = lists.split_range((start, extent));
        lists.read_following(&mut items);
        Some(Reading {
            citable: form.citable,
            items,
            worded: false,
            plain,
            spaced,
            requires: if known {
                RequiredContext::Nothing
            } else {
                RequiredContext::Name
            },
        })
    }

    /// Whether capitals that no identifier begins with stand right behind the citer's name, and are nobody else's.
    fn may_be_mistyped(
        &self,
        text: &str,
        start: usize,
        head: &str,
        citable: usize,
        names: &Names<'_>,
    ) -> bool {
        let joins = text[start + head.len()..].starts_with(|c| is_hyphen(c) || c == '.');
        let mut others = self.citables.iter();
        joins
            && head.len() <= MAX_MISTYPED_LENGTH
            && head.chars().all(char::is_uppercase)
            && !others.any(|it| it.ids.has_head(&key(head)))
            && names.name_end_at(start).is_none()
            && names
                .name_before(start)
                .is_some_and(|it| it.owner == Some(citable) && it.gap == Gap::Blank)
    }

    /// A citation with words before the identifier.
    fn read_form(&self, text: &str, start: usize, form: &CitationForm) -> Option<Reading> {
        let at = skip_literal(text, start, &form.before)?;
        let citable = &self.citables[form.citable];
        let reader = IdentifierReader { text, citable };
        let mut extent = reader.read_identifier(at)?;
        let digits = extent.spelled.starts_with(|c: char| c.is_ascii_digit());
        if !digits {
            let head = run(&extent.spelled).unwrap_or_default();
            // A Roman number, where the form says that one is meant.
            let roman = form.kind.is_some() && head.chars().all(|c| "IVXLC".contains(c));
            let known = citable.ids.has_head(&key(head));
            if !known && !roman
                || known && extent.is_letters() && !citable.ids.has_exactly(&extent.spelled)
            {
                return None;
            }
        }
        let behind = text[extent.end..].trim_start();
        if !form.after.is_empty() && fold(behind).starts_with(&fold(&form.after)) {
            extent.end = text.len() - behind.len() + form.after.len();
        }
        let words = form.before.trim_end();
        let plural = words.ends_with('s') || words.ends_with("s.");
        let lists = self.lists(reader, form.citable, plural, digits);
        let mut items = lists.split_range((at, extent));
        items[0].range.start = start;
        lists.read_following(&mut items);
        Some(Reading {
            citable: form.citable,
            items,
            worded: true,
            plain: text[start..].starts_with(words),
            spaced: false,
            requires: form
                .kind
                .map_or(RequiredContext::Nothing, RequiredContext::NameAndKind),
        })
    }

    fn lists<'a>(
        &'a self,
        reader: IdentifierReader<'a>,
        citable: usize,
        plural: bool,
        numbers: bool,
    ) -> ListReader<'a> {
        let forms = self.forms.iter();
        let own =
            forms.filter(|it| it.citable == citable && !it.before.is_empty() && it.kind.is_none());
        ListReader {
            reader,
            literals: own.map(|it| it.before.as_str()).collect(),
            plural,
            numbers,
        }
    }
}

/// Whether the first letters of a text may be those of a form. Every word is asked, so it looks at bytes.
fn may_begin_form(text: &str, literal: &str) -> bool {
    let (text, literal) = (text.as_bytes(), literal.as_bytes());
    let mut at = 0;
    while at < 3 && at < literal.len() && literal[at].is_ascii_alphabetic() {
        if at == text.len() || text[at] | 0x20 != literal[at] | 0x20 {
            return false;
        }
        at += 1;
    }
    true
}
