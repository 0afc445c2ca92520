//! Which records hold a word, and how much it weighs in each.
//!
//! Entry: [`Words::add`], then [`postings`]. Invariant: a word of the title outweighs one of the summary, and that one of the text.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::keys::MARK;
use super::records::Record;
use super::words::{STOP_WORDS, Stemmer, fold_into, tokens};

/// All forms of a word.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Group {
    /// The forms that occur, sorted.
    pub forms: Vec<String>,
    /// The records by position, each with the weight of the word in it.
    pub records: Vec<Weighed>,
}

/// A record by position, and the weight of a word in it, in one number: by record first, the greatest weight before others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Weighed(u32);

impl Weighed {
    /// How many bits a weight has.
    const BITS: u32 = 6;
    /// How many records it can tell apart: 67 million.
    const RECORDS: u32 = 1 << (u32::BITS - Self::BITS);
    /// The greatest weight that could be.
    const MOST: u8 = (1 << Self::BITS) - 1;

    pub fn new(record: u32, weight: u8) -> Self {
        Self((record << Self::BITS) | u32::from(Self::MOST - weight))
    }

    pub fn record(self) -> u32 {
        self.0 >> Self::BITS
    }

    pub fn weight(self) -> u8 {
        let rest = self.0 & u32::from(Self::MOST);
        Self::MOST - u8::try_from(rest).expect("as many bits")
    }
}

/// The groups by what their forms have in common, keys of identifiers among them.
pub(super) type Postings = BTreeMap<String, Group>;

/// Where a word stands, from the least to the most telling. Added to it are 0 to 15: in a title the share of it that the
/// word is, elsewhere how often it stands there.
const TEXT: u8 = 0;
const SUMMARY: u8 = 16;
const TITLE: u8 = 32;
const GRADES: usize = 15;

/// The postings of counted words.
pub(super) fn postings(counted: Words, stemmer: &Stemmer) -> Postings {
    let Words {
        numbers,
        mut lists,
        mut keys,
        ..
    } = counted;
    let numbers = numbers.into_iter();
    let words = numbers.map(|(word, number)| (word, std::mem::take(&mut lists[number])));
    // A word that is not looked for has none.
    let mut sorted: Vec<_> = words.filter(|(_, list)| !list.is_empty()).collect();
    sorted.par_sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    let stem = |(word, list): (String, Vec<Weighed>)| (stemmer.stem(&word), word, list);
    let stemmed: Vec<_> = sorted.into_par_iter().map(stem).collect();
    let mut out = Postings::new();
    for (stem, word, list) in stemmed {
        let group = out.entry(stem).or_default();
        group.forms.push(word);
        if group.records.is_empty() {
            group.records = list;
        } else {
            group.records.extend(list);
        }
    }
    out.par_iter_mut().for_each(|(_, group)| tidy(group));
    keys.par_sort_unstable();
    for (key, record) in keys {
        let group = out.entry(key.clone()).or_default();
        if group.forms.is_empty() {
            group.forms.push(key);
        }
        group.records.push(record);
    }
    out
}

/// One entry a record: the weightiest of its forms.
fn tidy(group: &mut Group) {
    if group.forms.len() > 1 {
        group.records.sort_unstable();
        group.records.dedup_by_key(|it| it.record());
    }
}

/// The words of the records that have come, by number, each with its records in order.
#[derive(Default)]
pub(super) struct Words {
    numbers: FxHashMap<String, usize>,
    lists: Vec<Vec<Weighed>>,
    /// How often each word stands in the text that is being read.
    counts: Vec<usize>,
    /// The words that stand in it.
    standing: Vec<usize>,
    /// The record that each word was last noted for, counted from one.
    noted: Vec<u32>,
    /// Whether each word is one that is not looked for.
    idle: Vec<bool>,
    /// The keys of identifiers, each with its record: most are of one record alone, so that they have no number.
    keys: Vec<(String, Weighed)>,
    /// The text that is being read, folded.
    folded: String,
}

impl Words {
    /// Counts the words of the records that come next, from the `first` on; they are not looked at again.
    pub(super) fn add(&mut self, first: usize, records: &[Record<'_>]) {
        for (at, record) in records.iter().enumerate() {
            let at = u32::try_from(first + at).ok();
            let at = at.filter(|it| *it < Weighed::RECORDS);
            let at = at.expect("a site has fewer records than that");
            let keys = record.keys.iter().enumerate();
            // Each once.
            let keys = keys.filter(|(at, it)| !it.is_empty() && !record.keys[..*at].contains(it));
            let keys = keys.map(|(_, it)| (format!("{MARK}{it}"), Weighed::new(at, TITLE)));
            self.keys.extend(keys);
            self.weigh(at, record);
        }
    }

    fn number(&mut self, word: &str) -> usize {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.lists.len();
        self.numbers.insert(word.to_owned(), number);
        self.lists.push(Vec::new());
        self.counts.push(0);
        self.noted.push(0);
        self.idle.push(STOP_WORDS.binary_search(&word).is_ok());
        number
    }

    /// Notes the words of a record. The place that tells most comes first, and is the one that counts.
    fn weigh(&mut self, at: u32, record: &Record<'_>) {
        let titles = std::iter::once(&*record.title).chain(record.names.iter().copied());
        for title in titles {
            let all = self.count([title]);
            self.note(at, |count| TITLE + grade(GRADES * count / all.max(1)));
        }
        let headings = record.sections.iter().map(|it| it.heading);
        self.count(std::iter::once(&*record.summary).chain(headings));
        self.note(at, |count| SUMMARY + grade((count - 1) * 3));
        self.count(record.sections.iter().map(|it| &*it.text));
        self.note(at, |count| TEXT + grade((count - 1) * 3));
    }

    /// Counts each word of some texts; returns how many there are in all.
    fn count<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) -> usize {
        let mut all = 0;
        let mut folded = std::mem::take(&mut self.folded);
        for text in texts {
            fold_into(text, &mut folded);
            for word in tokens(&folded) {
                let number = self.number(word);
                if self.idle[number] {
                    continue;
                }
                if self.counts[number] == 0 {
                    self.standing.push(number);
                }
                self.counts[number] += 1;
                all += 1;
            }
        }
        self.folded = folded;
        all
    }

    /// Gives the counted words their weight in a record. Between titles the greater one counts; a title is before all else.
    fn note(&mut self, at: u32, weight: impl Fn(usize) -> u8) {
        for number in self.standing.drain(..) {
            let weight = weight(std::mem::take(&mut self.counts[number]));
            let list = &mut self.lists[number];
            if self.noted[number] == at + 1 {
                if let Some(last) = list.last_mut().filter(|_| weight >= TITLE) {
                    *last = Weighed::new(at, last.weight().max(weight));
                }
            } else {
                self.noted[number] = at + 1;
                list.push(Weighed::new(at, weight));
            }
        }
    }
}

fn grade(value: usize) -> u8 {
    u8::try_from(value.min(GRADES)).expect("at most fifteen")
}

#[cfg(test)]
mod tests {
    use super::{Stemmer, Weighed, Words, postings};
    use crate::export::search::records::Record;

    fn record(title: &'static str, summary: &'static str) -> Record<'static> {
        Record {
            title: title.into(),
            summary: summary.into(),
            ..Record::default()
        }
    }

    #[test]
    fn forms_share_a_group_and_titles_outweigh_summaries() {
        let records = [
            record("Encrypt the data", "Keys."),
            record("Keys", "Who encrypted what."),
        ];
        let mut counted = Words::default();
        counted.add(0, &records);
        let postings = postings(counted, &Stemmer::of("en"));
        let group = &postings["encrypt"];
        assert_eq!(group.forms.len(), 2);
        assert_eq!(
            group.records,
            [Weighed::new(0, 32 + 7), Weighed::new(1, 16)]
        );
        assert!(!postings.contains_key("the"));
    }
}
