//! Which records hold a word, and how much it weighs in each.
//!
//! Entry: [`WordIndex::add`], then [`postings`]. Invariant: a word of the title outweighs one of the summary, and that one of the text.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::glossary::{Names, Symbol};
use super::keys::MARK;
use super::record::Record;
use super::words::{STOP_WORDS, Stemmer, TokenKind, Tokenizer, fold_into};

/// All forms of a word.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Group {
    /// The forms that occur, and those of another spelling, sorted.
    pub forms: Vec<String>,
    /// Whether a form occurs as a word, not only as two neighbours.
    pub plain: bool,
    /// The forms that stand so in a text or title.
    pub spelt: Vec<String>,
    /// How the forms are spelt elsewhere, until they are among the forms.
    pub other: Vec<String>,
    /// The records by position, each with the weight of the word in it.
    pub records: Vec<WeightedRecord>,
}

/// The index of a record and the weight of a word in it, packed into one number that sorts by record, then by falling weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct WeightedRecord(u32);

impl WeightedRecord {
    /// Bits of a weight.
    const BITS: u32 = 6;
    /// Maximum number of records: 67 million.
    const RECORDS: u32 = 1 << (u32::BITS - Self::BITS);
    /// Maximum weight.
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

/// The groups by stem, and the keys of identifiers.
pub(super) type Postings = BTreeMap<String, Group>;

/// Where a word stands, from the least to the most telling. Added to it are 0 to 15: in a title the share of it that the
/// word is, elsewhere how often it stands there.
const TEXT: u8 = 0;
const SUMMARY: u8 = 16;
const TITLE: u8 = 32;
const GRADES: usize = 15;
/// The grade of a keyword that is the whole query: a title that is tells more.
const KEYWORD: usize = 10;

/// The postings of the counted words.
pub(super) fn postings(counts: WordIndex<'_>, stemmer: &Stemmer) -> Postings {
    let WordIndex {
        numbers,
        mut lists,
        plain,
        spelt,
        mut keys,
        ..
    } = counts;
    // Pairs that are in no title would be most of the index and of little use.
    let telling =
        |number: usize| plain[number] || lists[number].iter().any(|it| it.weight() >= TITLE);
    let is_telling: Vec<_> = (0..lists.len()).map(telling).collect();
    let numbers = numbers
        .into_iter()
        .filter(|(_, number)| is_telling[*number]);
    let words = numbers.map(|(word, number)| CountedWord {
        word,
        list: std::mem::take(&mut lists[number]),
        plain: plain[number],
        spelt: spelt[number],
    });
    // Stop words have no records.
    let mut sorted: Vec<_> = words.filter(|it| !it.list.is_empty()).collect();
    sorted.par_sort_unstable_by(|a, b| a.word.cmp(&b.word));
    let stem = |it: CountedWord| (stemmer.stem(&it.word), it);
    let stemmed: Vec<_> = sorted.into_par_iter().map(stem).collect();
    let mut out = Postings::new();
    for (stem, it) in stemmed {
        let group = out.entry(stem).or_default();
        if it.plain {
            group.other.extend(stemmer.other_forms(&it.word));
        }
        if it.spelt {
            group.spelt.push(it.word.clone());
        }
        group.plain |= it.plain;
        group.forms.push(it.word);
        if group.records.is_empty() {
            group.records = it.list;
        } else {
            group.records.extend(it.list);
        }
    }
    out.par_iter_mut().for_each(|(_, group)| merge_forms(group));
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

/// A word with its counts.
struct CountedWord {
    word: String,
    list: Vec<WeightedRecord>,
    plain: bool,
    spelt: bool,
}

/// Keeps one entry per record, that of the heaviest form, and adds the other spellings to the forms.
fn merge_forms(group: &mut Group) {
    if group.forms.len() > 1 {
        group.records.sort_unstable();
        group.records.dedup_by_key(|it| it.record());
    }
    let other = std::mem::take(&mut group.other);
    for it in other {
        if let Err(at) = group.forms.binary_search(&it) {
            group.forms.insert(at, it);
        }
    }
}

/// What stands before a word's weight where its record has not the word itself but another name of the term that it names.
const NAMED_IN_TITLE: u8 = SUMMARY + 12;
const NAMED_IN_SUMMARY: u8 = SUMMARY;

/// The kind of text in which a word is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TextKind {
    /// A title: neighbours count as the two words that they are.
    Title,
    /// A keyword, as a title; what stands in no text is not offered for a misspelt word.
    Keyword,
    /// A short text: neighbours are counted as words are.
    Short,
    /// A long text: neighbours are passed over, as they would be most of the index.
    Long,
}

/// The longest summary whose neighbours are indexed, in bytes.
const SHORT: usize = 900;
/// The words of the records that have come, by number, each with its records in order.
pub(super) struct WordIndex<'a> {
    stemmer: &'a Stemmer,
    names: &'a Names,
    numbers: FxHashMap<String, usize>,
    lists: Vec<Vec<WeightedRecord>>,
    /// Whether each word stands somewhere as one, not only as two neighbours.
    plain: Vec<bool>,
    /// Whether each word stands so in a text or title.
    spelt: Vec<bool>,
    /// What each word is among the names of terms.
    symbols: Vec<Symbol>,
    /// How often each word stands in the text that is being read.
    counts: Vec<usize>,
    /// The words that stand in it.
    standing: Vec<usize>,
    /// All its words, as they are among the names of terms.
    sequence: Vec<Symbol>,
    /// The numbers of the names that stand in it.
    named: Vec<usize>,
    /// The words that each name leads to, once it was met.
    led_to: Vec<Option<Vec<usize>>>,
    /// The record that each word was last noted for, counted from one.
    noted: Vec<u32>,
    /// The keys of identifiers, each with its record: most are of one record alone, so that they have no number.
    keys: Vec<(String, WeightedRecord)>,
    /// The text that is being read, folded.
    folded: String,
    tokenizer: Tokenizer,
}

impl<'a> WordIndex<'a> {
    pub(super) fn new(stemmer: &'a Stemmer, names: &'a Names) -> Self {
        Self {
            stemmer,
            names,
            numbers: FxHashMap::default(),
            lists: Vec::new(),
            plain: Vec::new(),
            spelt: Vec::new(),
            symbols: Vec::new(),
            counts: Vec::new(),
            standing: Vec::new(),
            sequence: Vec::new(),
            named: Vec::new(),
            led_to: vec![None; names.others.len()],
            noted: Vec::new(),
            keys: Vec::new(),
            folded: String::new(),
            tokenizer: Tokenizer::default(),
        }
    }

    /// Counts the words of the next records, the first of which has the index `first`.
    pub(super) fn add(&mut self, first: usize, records: &[Record<'_>]) {
        for (at, record) in records.iter().enumerate() {
            let at = u32::try_from(first + at).ok();
            let at = at.filter(|it| *it < WeightedRecord::RECORDS);
            let at = at.expect("a site has fewer records than that");
            let keys = record.keys.iter().enumerate();
            // Each once.
            let keys = keys.filter(|(at, it)| !it.is_empty() && !record.keys[..*at].contains(it));
            let keys = keys.map(|(_, it)| (format!("{MARK}{it}"), WeightedRecord::new(at, TITLE)));
            self.keys.extend(keys);
            self.index_record(at, record);
        }
    }

    fn word_number(&mut self, word: &str) -> usize {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.lists.len();
        self.numbers.insert(word.to_owned(), number);
        self.lists.push(Vec::new());
        self.plain.push(false);
        self.spelt.push(false);
        self.symbols.push(Symbol::MAX);
        self.counts.push(0);
        self.noted.push(0);
        number
    }

    /// Indexes the words of a record. The kind of text with the greatest weight comes first, and only the first counts.
    fn index_record(&mut self, at: u32, record: &Record<'_>) {
        let titles = std::iter::once(&*record.title).chain(record.names.iter().copied());
        let titles = titles.map(|it| (it, TextKind::Title, GRADES));
        let keywords = record.keywords.iter();
        let keywords = keywords.map(|it| (*it, TextKind::Keyword, KEYWORD));
        for (title, kind, most) in titles.chain(keywords) {
            let all = self.count([title], kind);
            // Upwards, so that all words of a title together are the whole of it.
            self.add_weights(at, |count| {
                TITLE + grade((most * count).div_ceil(all.max(1)).min(most))
            });
        }
        self.add_name_weights(at, NAMED_IN_TITLE);
        let headings = record.sections.iter().map(|it| it.heading);
        let kind = if record.summary.len() > SHORT || record.is_detail() {
            TextKind::Long
        } else {
            TextKind::Short
        };
        let all = self.count(std::iter::once(&*record.summary).chain(headings), kind);
        self.add_weights(at, |count| SUMMARY + saturated(count, all));
        self.add_name_weights(at, NAMED_IN_SUMMARY);
        let all = self.count(record.sections.iter().map(|it| &*it.text), TextKind::Long);
        self.add_weights(at, |count| TEXT + saturated(count, all));
        self.add_name_weights(at, TEXT);
    }

    /// Counts the words of texts; returns the number of runs.
    fn count<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>, kind: TextKind) -> usize {
        let mut all = 0;
        let shares = matches!(kind, TextKind::Title | TextKind::Keyword);
        let mut folded = std::mem::take(&mut self.folded);
        let mut tokenizer = std::mem::take(&mut self.tokenizer);
        for text in texts {
            fold_into(text, &mut folded);
            tokenizer.tokenize(&folded, is_stop, |word, form| {
                if form == TokenKind::Run && is_stop(word) {
                    self.sequence.push(self.names.symbol(word, self.stemmer));
                    return;
                }
                if form == TokenKind::Pair && kind == TextKind::Long {
                    return;
                }
                let number = self.word_number(word);
                self.plain[number] |= form != TokenKind::Pair;
                self.spelt[number] |= form != TokenKind::Pair && kind != TextKind::Keyword;
                if form == TokenKind::Run {
                    all += 1;
                    if self.symbols[number] == Symbol::MAX {
                        self.symbols[number] = self.names.symbol(word, self.stemmer);
                    }
                    self.sequence.push(self.symbols[number]);
                }
                if self.counts[number] == 0 {
                    self.standing.push(number);
                }
                let joined = matches!(form, TokenKind::Compound | TokenKind::Pair);
                self.counts[number] += 1 + usize::from(shares && joined);
            });
            let named = &mut self.named;
            self.names.find_in(&self.sequence, |it| named.push(it));
            self.sequence.clear();
        }
        self.folded = folded;
        self.tokenizer = tokenizer;
        all
    }

    /// Adds the weights of the counted words in a record. Of several titles, the greatest weight counts.
    fn add_weights(&mut self, at: u32, weight: impl Fn(usize) -> u8) {
        for number in self.standing.drain(..) {
            let weight = weight(std::mem::take(&mut self.counts[number]));
            let list = &mut self.lists[number];
            if self.noted[number] == at + 1 {
                if let Some(last) = list.last_mut().filter(|_| weight >= TITLE) {
                    *last = WeightedRecord::new(at, last.weight().max(weight));
                }
            } else {
                self.noted[number] = at + 1;
                list.push(WeightedRecord::new(at, weight));
            }
        }
    }

    /// Adds the words of the other names of the terms that the counted texts name.
    fn add_name_weights(&mut self, at: u32, weight: u8) {
        let mut named = std::mem::take(&mut self.named);
        named.sort_unstable();
        named.dedup();
        for name in &named {
            if self.led_to[*name].is_none() {
                let names = self.names;
                let others = names.others[*name].iter();
                for other in others {
                    self.count([other.as_str()], TextKind::Short);
                }
                self.named.clear();
                for number in &self.standing {
                    self.counts[*number] = 0;
                }
                self.led_to[*name] = Some(std::mem::take(&mut self.standing));
            }
            for number in self.led_to[*name].iter().flatten() {
                if self.noted[*number] != at + 1 {
                    self.noted[*number] = at + 1;
                    self.lists[*number].push(WeightedRecord::new(at, weight));
                }
            }
        }
        named.clear();
        self.named = named;
    }
}

fn is_stop(word: &str) -> bool {
    STOP_WORDS.binary_search(&word).is_ok()
}

/// How many words a text of average length has, stop words aside.
const AVERAGE: usize = 60;

/// A grade by how often a word stands in a text of so many: the more, the less another one adds, and the longer the text the
/// less each tells (the term of BM25 with k = 1.2 and b = 0.75; Robertson and Zaragoza, 2009).
fn saturated(count: usize, all: usize) -> u8 {
    // In hundredths of a word: 1.2 × (0.25 + 0.75 × all ÷ average).
    let idle = 30 + 90 * all / AVERAGE;
    grade((GRADES + 1) * 100 * count / (100 * count + idle))
}

fn grade(value: usize) -> u8 {
    u8::try_from(value.min(GRADES)).expect("at most fifteen")
}

#[cfg(test)]
mod tests {
    use super::{Names, SUMMARY, Stemmer, TITLE, WordIndex, postings};
    use crate::export::search::record::Record;

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
        let (stemmer, names) = (Stemmer::for_language("en"), Names::default());
        let mut counts = WordIndex::new(&stemmer, &names);
        counts.add(0, &records);
        let postings = postings(counts, &stemmer);
        let group = &postings["encrypt"];
        assert_eq!(group.forms.len(), 2);
        let records = group.records.iter().map(|it| it.record());
        assert_eq!(records.collect::<Vec<_>>(), [0, 1]);
        assert!(group.records[0].weight() >= TITLE);
        assert!((SUMMARY..TITLE).contains(&group.records[1].weight()));
        assert!(!postings.contains_key("the"));
    }
}
