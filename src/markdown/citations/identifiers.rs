//! The identifiers of a framework, looked up by any of their spellings.
//!
//! Entry: [`Identifiers::find`]. Invariant: an ambiguous spelling never matches a single identifier.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::markdown::spelling::{Class, class, key};

/// The identifiers of a framework, or of the book itself.
#[derive(Debug, Clone, Default)]
pub struct Identifiers {
    /// The identifiers of each key, with the indexes of their kinds.
    keys: FxHashMap<String, Vec<(String, usize)>>,
    /// Misprints of the official text.
    printed: FxHashSet<String>,
    /// The letters with which each begins, part by part, as a key: `gv` and `gv.oc` of `GV.OC-01`.
    heads: FxHashSet<String>,
    /// The first part as it is written: `GV`.
    first_parts: FxHashSet<String>,
    /// Parts of more than two letters behind the first number: `bis`.
    words: FxHashSet<String>,
    /// The outlines of those that begin with letters: `a-9.9` of `CKM-03.1`.
    outlines: FxHashSet<String>,
    /// The length of the longest leading letters in bytes.
    longest: usize,
    /// Whether some begin with a number.
    numbered: bool,
    digest: u64,
}

/// What a spelling leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// Nothing.
    Nothing,
    /// One identifier.
    One(String),
    /// Several, none of which is spelled exactly so.
    Several(Vec<String>),
}

/// Hashes a digest of the set, which is enough to distinguish sets.
impl Hash for Identifiers {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digest.hash(state);
    }
}

impl Identifiers {
    /// Adds an identifier and the number of its kind.
    pub fn insert(&mut self, id: &str, kind: usize) {
        self.index(id, kind);
        let key = key(id);
        self.index_start(id, &key);
        let list = self.keys.entry(key).or_default();
        if list.iter().all(|(it, _)| it != id) {
            list.push((id.to_owned(), kind));
        }
    }

    /// Adds a misprint of the official text.
    pub fn insert_printed(&mut self, id: &str) {
        self.index(id, usize::MAX);
        self.index_start(id, &key(id));
        self.printed.insert(id.to_owned());
    }

    fn index(&mut self, id: &str, kind: usize) {
        let mut hasher = FxHasher::default();
        (self.digest, id, kind).hash(&mut hasher);
        self.digest = hasher.finish();
    }

    /// Notes what a citation of it begins with.
    fn index_start(&mut self, id: &str, key: &str) {
        let letters = |it: &&str| !it.starts_with(|c: char| c.is_ascii_digit());
        let first: &str = first_part(id);
        if !self.first_parts.contains(first) {
            self.first_parts.insert(first.to_owned());
        }
        self.numbered |= first.starts_with(|c: char| c.is_ascii_digit());
        let mut head = 0;
        for part in key.split('.').take_while(letters) {
            head += part.len() + usize::from(head > 0);
            if !self.heads.contains(&key[..head]) {
                self.heads.insert(key[..head].to_owned());
            }
            self.longest = self.longest.max(part.len());
        }
        let behind = key[head..].split('.').filter(letters);
        for word in behind.filter(|it| it.len() > 2) {
            self.words.insert(word.to_owned());
        }
        if head > 0 && head < key.len() {
            let outline = outline(id);
            if !self.outlines.contains(&outline) {
                self.outlines.insert(outline);
            }
        }
    }

    /// Looks up a spelling. An exact match wins over others with the same key.
    #[must_use]
    pub fn find(&self, spelled: &str) -> Match {
        let list = self.keys.get(&key(spelled));
        let exact = list.is_some_and(|list| list.iter().any(|(it, _)| it == spelled));
        if exact || self.printed.contains(spelled) {
            return Match::One(spelled.to_owned());
        }
        match list.map(Vec::as_slice) {
            None | Some([]) => Match::Nothing,
            Some([(one, _)]) => Match::One(one.clone()),
            Some(several) => Match::Several(several.iter().map(|(it, _)| it.clone()).collect()),
        }
    }

    /// Whether a spelling matches any identifier.
    pub(super) fn has(&self, spelled: &str) -> bool {
        self.keys.contains_key(&key(spelled)) || self.printed.contains(spelled)
    }

    /// Whether an identifier has exactly this spelling.
    pub(super) fn has_exactly(&self, spelled: &str) -> bool {
        let list = self.keys.get(&key(spelled));
        list.is_some_and(|list| list.iter().any(|(it, _)| it == spelled))
            || self.printed.contains(spelled)
    }

    /// Whether what a spelling leads to is of a kind.
    pub(super) fn is_of_kind(&self, spelled: &str, kind: usize) -> bool {
        let list = self.keys.get(&key(spelled));
        list.is_some_and(|list| list.iter().any(|(_, it)| *it == kind))
    }

    /// Whether some begin with these letters, given as a key.
    pub(super) fn has_head(&self, head: &str) -> bool {
        self.heads.contains(head)
    }

    /// Whether some begin with a part that is written so, capitals and all.
    pub(super) fn begins_with(&self, part: &str) -> bool {
        self.first_parts.contains(part)
    }

    /// Whether some have this word behind their first number.
    pub(super) fn has_word(&self, word: &str) -> bool {
        self.words.contains(&key(word))
    }

    /// Whether some look like this one: letters, digits and what joins them in the same order.
    pub(super) fn any_looks_like(&self, spelled: &str) -> bool {
        self.outlines.contains(&outline(spelled))
    }

    /// The length of the longest first part of letters, in bytes.
    pub(super) fn longest_head(&self) -> usize {
        self.longest
    }

    /// Whether some begin with a number.
    pub(super) fn any_begins_with_digit(&self) -> bool {
        self.numbered
    }

    /// The characters with which they begin.
    pub(super) fn first_characters(&self) -> impl Iterator<Item = char> {
        self.first_parts.iter().filter_map(|it| it.chars().next())
    }
}

/// The letters or digits with which an identifier begins.
fn first_part(id: &str) -> &str {
    let first = id.chars().next().and_then(class);
    let end = id.find(|c: char| class(c) != first || first.is_none());
    &id[..end.unwrap_or(id.len())]
}

/// The pattern of an identifier: each run of letters becomes one `a`, each run of digits one `9`.
fn outline(id: &str) -> String {
    let mut out = String::new();
    for c in id.chars() {
        let sign = match class(c) {
            Some(Class::Letters) => 'a',
            Some(Class::Digits) => '9',
            None => c,
        };
        if !(matches!(sign, 'a' | '9') && out.ends_with(sign)) {
            out.push(sign);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Identifiers, Match};

    fn identifiers(ids: &[&str]) -> Identifiers {
        let mut out = Identifiers::default();
        for it in ids {
            out.insert(it, 0);
        }
        out
    }

    #[test]
    fn a_spelling_leads_to_one_or_to_none() {
        let one = |id: &str| Match::One(id.to_owned());
        let ids = identifiers(&["AC-2", "AC-2(1)", "AC-2.1", "AC-3(1)", "12.3.1"]);
        assert_eq!(ids.find("AC-02"), one("AC-2"));
        assert_eq!(ids.find("ac 2"), one("AC-2"));
        assert_eq!(ids.find("AC-2(1)"), one("AC-2(1)"));
        assert_eq!(ids.find("AC-2.1"), one("AC-2.1"));
        assert_eq!(
            ids.find("AC-2 1"),
            Match::Several(vec!["AC-2(1)".into(), "AC-2.1".into()])
        );
        assert_eq!(ids.find("AC-3.01"), one("AC-3(1)"));
        assert_eq!(ids.find("12.3"), Match::Nothing);
        assert_eq!(ids.find(""), Match::Nothing);
    }

    #[test]
    fn what_is_misprinted_is_known_in_that_spelling_only() {
        let mut ids = identifiers(&["CS-02.1"]);
        ids.insert_printed("CS-02-1");
        assert_eq!(ids.find("CS-02-1"), Match::One("CS-02-1".into()));
        assert_eq!(ids.find("CS 2.1"), Match::One("CS-02.1".into()));
    }

    #[test]
    fn beginnings_are_known_part_by_part() {
        let ids = identifiers(&["GV.OC-01", "OPS-19.2bis"]);
        assert!(ids.has_head("gv") && ids.has_head("gv.oc") && ids.has_head("ops"));
        assert!(!ids.has_head("oc") && !ids.has_head("g"));
        assert!(ids.has_word("bis") && ids.has_word("BIS") && !ids.has_word("ops"));
        assert!(ids.any_looks_like("XY-1.2cde") && !ids.any_looks_like("XY-1"));
    }
}
