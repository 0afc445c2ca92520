//! Which records hold a word, and how much it weighs in each.
//!
//! Entry: [`postings`]. Invariant: a word of the title outweighs one of the summary, and that one of the text.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::keys::MARK;
use super::records::Record;
use super::words::{STOP_WORDS, Stemmer, fold, tokens};

/// All forms of a word.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Group {
    /// The forms that occur.
    pub forms: BTreeSet<String>,
    /// The records by position, each with the weight of the word in it.
    pub records: Vec<(u32, u8)>,
}

/// The groups by what their forms have in common, keys of identifiers among them.
pub(super) type Postings = BTreeMap<String, Group>;

/// Where a word stands, from the least to the most telling. Added to it are 0 to 15: in a title the share of it that the
/// word is, elsewhere how often it stands there.
const TEXT: u8 = 0;
const SUMMARY: u8 = 16;
const TITLE: u8 = 32;
const GRADES: usize = 15;

/// How many records a worker takes at once.
const CHUNK: usize = 256;

/// The postings of some records.
pub(super) fn postings(records: &[Record], stemmer: &Stemmer) -> Postings {
    let chunks: Vec<_> = records
        .par_chunks(CHUNK)
        .enumerate()
        .map(|(at, chunk)| words_of(at * CHUNK, chunk))
        .collect();
    let mut words: HashMap<String, Vec<(u32, u8)>> = HashMap::new();
    for chunk in chunks {
        #[expect(
            clippy::iter_over_hash_type,
            reason = "each word's own list follows the order of the chunks"
        )]
        for (word, list) in chunk {
            words.entry(word).or_default().extend(list);
        }
    }
    let mut out = Postings::new();
    let mut sorted: Vec<_> = words.into_iter().collect();
    sorted.par_sort_unstable();
    for (word, list) in sorted {
        let stem = if word.starts_with(MARK) {
            word.clone()
        } else {
            stemmer.stem(&word)
        };
        let group = out.entry(stem).or_default();
        group.forms.insert(word);
        group.records.extend(list);
    }
    out.par_iter_mut().for_each(|(_, group)| tidy(group));
    out
}

/// One entry a record: the weightiest of its forms.
fn tidy(group: &mut Group) {
    if group.forms.len() > 1 {
        group
            .records
            .sort_unstable_by_key(|(at, weight)| (*at, u8::MAX - weight));
        group.records.dedup_by_key(|(at, _)| *at);
    }
}

/// The words of some records that follow each other, each with its records in order.
fn words_of(first: usize, records: &[Record]) -> HashMap<String, Vec<(u32, u8)>> {
    let mut out: HashMap<String, Vec<(u32, u8)>> = HashMap::new();
    let mut add = |word: &str, entry: (u32, u8)| match out.get_mut(word) {
        Some(list) => list.push(entry),
        None => drop(out.insert(word.to_owned(), vec![entry])),
    };
    for (at, record) in records.iter().enumerate() {
        let at = u32::try_from(first + at).expect("a site has fewer records than that");
        for key in keys_of(record) {
            add(&key, (at, TITLE));
        }
        for (word, weight) in weights(record) {
            add(&word, (at, weight));
        }
    }
    out
}

fn keys_of(record: &Record) -> BTreeSet<String> {
    let keys = record.keys.iter().filter(|it| !it.is_empty());
    keys.map(|it| format!("{MARK}{it}")).collect()
}

/// The words of one record, each with its weight.
fn weights(record: &Record) -> BTreeMap<String, u8> {
    let mut out = BTreeMap::new();
    for title in std::iter::once(&record.title).chain(&record.names) {
        let words = count(&[title]);
        let all: usize = words.values().sum();
        for (word, count) in words {
            let weight = out.entry(word).or_default();
            *weight = TITLE.max(*weight).max(TITLE + grade(GRADES * count / all));
        }
    }
    let headings = record.sections.iter().map(|it| &it.heading);
    let summary: Vec<_> = std::iter::once(&record.summary).chain(headings).collect();
    let texts: Vec<_> = record.sections.iter().map(|it| &it.text).collect();
    for (place, texts) in [(SUMMARY, summary), (TEXT, texts)] {
        for (word, count) in count(&texts) {
            out.entry(word).or_insert(place + grade((count - 1) * 3));
        }
    }
    out
}

/// How often each word stands in some texts.
fn count(texts: &[&String]) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for text in texts {
        let folded = fold(text);
        for word in tokens(&folded).filter(|it| STOP_WORDS.binary_search(it).is_err()) {
            match out.get_mut(word) {
                Some(count) => *count += 1,
                None => drop(out.insert(word.to_owned(), 1)),
            }
        }
    }
    out
}

fn grade(value: usize) -> u8 {
    u8::try_from(value.min(GRADES)).expect("at most fifteen")
}

#[cfg(test)]
mod tests {
    use super::{Stemmer, postings};
    use crate::export::search::records::Record;

    fn record(title: &str, summary: &str) -> Record {
        Record {
            title: title.to_owned(),
            summary: summary.to_owned(),
            ..Record::default()
        }
    }

    #[test]
    fn forms_share_a_group_and_titles_outweigh_summaries() {
        let records = [
            record("Encrypt the data", "Keys."),
            record("Keys", "Who encrypted what."),
        ];
        let postings = postings(&records, &Stemmer::of("en"));
        let group = &postings["encrypt"];
        assert_eq!(group.forms.len(), 2);
        assert_eq!(group.records, [(0, 32 + 7), (1, 16)]);
        assert!(!postings.contains_key("the"));
    }
}
