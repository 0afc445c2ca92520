//! Writes the index batch by batch, so that few records are in memory at once.
//!
//! Entry: [`IndexWriter::add`] for each batch, then [`IndexWriter::finish`]. Invariant: the size of the batches changes no file.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::facets::Facet;
use super::postings::WordIndex;
use super::record::{Record, RecordRole, Section};
use super::{Files, HEADS, TEXTS};

/// What a result shows at once: identifier, title, address, and the identifier as it is misprinted.
type Head<'a> = (Cow<'a, str>, Cow<'a, str>, String, Option<&'a str>);

/// What a result's excerpt is taken from: summary and sections.
type Text<'a> = (Cow<'a, str>, Vec<Section<'a>>);

/// What the manifest says about the records added so far.
pub(super) struct IndexSummary<'a> {
    /// Their number.
    pub count: usize,
    pub words: WordIndex<'a>,
    /// The distinct sets of what a record can be filtered by, each with its number.
    pub profiles: BTreeMap<Vec<Facet>, usize>,
    /// Sets by number, and how many records in a row have it.
    pub runs: Vec<(usize, usize)>,
    /// How many records stand on one page in a row, the main record first.
    pub pages: Vec<usize>,
    /// The files of names.
    pub heads: Vec<String>,
    /// The files of texts, each with the first record in it.
    pub texts: Vec<(usize, String)>,
}

/// Adds records to the index in their order.
pub(super) struct IndexWriter<'a, 'f> {
    files: &'f Files<'f>,
    summary: IndexSummary<'f>,
    /// Names and texts that are not written yet.
    heads: Vec<Head<'a>>,
    texts: Vec<Text<'a>>,
}

impl<'a, 'f> IndexWriter<'a, 'f> {
    pub(super) fn new(files: &'f Files<'f>, words: WordIndex<'f>) -> Self {
        Self {
            files,
            summary: IndexSummary {
                count: 0,
                words,
                profiles: BTreeMap::new(),
                runs: Vec::new(),
                pages: Vec::new(),
                heads: Vec::new(),
                texts: Vec::new(),
            },
            heads: Vec::new(),
            texts: Vec::new(),
        }
    }

    /// Adds the next records.
    pub(super) fn add(&mut self, records: Vec<Record<'a>>) {
        self.summary.words.add(self.summary.count, &records);
        for record in records {
            self.summary.add(&record);
            self.heads
                .push((record.id, record.title, record.href, record.printed));
            self.texts.push((record.summary, record.sections));
        }
        self.put_heads(self.heads.len() / HEADS * HEADS);
        let mut lengths = lengths(&self.texts);
        // The last may get more.
        lengths.pop();
        self.put_texts(&lengths);
    }

    /// Writes the rest.
    pub(super) fn finish(mut self) -> IndexSummary<'f> {
        self.put_heads(self.heads.len());
        let lengths = lengths(&self.texts);
        self.put_texts(&lengths);
        self.summary
    }

    /// Writes the first `count` pending names.
    fn put_heads(&mut self, count: usize) {
        let parts = self.heads[..count].chunks(HEADS).collect();
        let names = self.files.put_all(parts, |part| {
            ((), part.iter().map(head).collect::<Vec<_>>())
        });
        let names = names.into_iter().map(|((), name)| name);
        self.summary.heads.extend(names);
        self.heads.drain(..count);
    }

    /// Writes the first pending texts, one file per length.
    fn put_texts(&mut self, lengths: &[usize]) {
        let mut first = self.summary.count - self.texts.len();
        let mut rest = &self.texts[..];
        let mut parts = Vec::with_capacity(lengths.len());
        for length in lengths {
            let (part, others) = rest.split_at(*length);
            parts.push((first, part));
            (first, rest) = (first + length, others);
        }
        let written = self.texts.len() - rest.len();
        let names = self.files.put_all(parts, |(first, part)| {
            (first, part.iter().map(text).collect::<Vec<_>>())
        });
        self.summary.texts.extend(names);
        self.texts.drain(..written);
    }
}

impl IndexSummary<'_> {
    fn add(&mut self, record: &Record<'_>) {
        self.count += 1;
        let number = match self.profiles.get(&record.facets) {
            Some(number) => *number,
            None => {
                let number = self.profiles.len();
                self.profiles.insert(record.facets.clone(), number);
                number
            }
        };
        match self.runs.last_mut() {
            Some((last, length)) if *last == number => *length += 1,
            _ => self.runs.push((number, 1)),
        }
        match self.pages.last_mut() {
            Some(length) if record.role == RecordRole::Part => *length += 1,
            _ => self.pages.push(1),
        }
    }
}

/// A name in the format of the script.
fn head<'h>((id, title, href, printed): &'h Head<'_>) -> Vec<&'h str> {
    [&**id, title, href].into_iter().chain(*printed).collect()
}

/// A text in the format of the script: the summary, and sections of anchor, heading and text.
fn text<'t>((summary, sections): &'t Text<'_>) -> (&'t str, Vec<[&'t str; 3]>) {
    let sections = sections.iter();
    let sections = sections.map(|it| [it.anchor, it.heading, &it.text]);
    (summary, sections.collect())
}

/// The number of texts in each file.
fn lengths(texts: &[Text<'_>]) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    let mut size = 0;
    for (summary, sections) in texts {
        let sections = sections.iter().map(|it| it.text.len());
        let own = summary.len() + sections.sum::<usize>();
        size += own;
        match out.last_mut() {
            Some(length) if size <= TEXTS => *length += 1,
            _ => {
                size = own;
                out.push(1);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::{HEADS, IndexSummary, IndexWriter, Record, RecordRole, Section, WordIndex};
    use crate::export::search::Files;
    use crate::export::search::glossary::Names;
    use crate::export::search::words::Stemmer;
    use crate::output::Outputs;

    fn record(at: usize) -> Record<'static> {
        Record {
            id: format!("R-{at}").into(),
            title: format!("Record {at}").into(),
            href: format!("r/{at}.html"),
            summary: "words ".repeat(at % 40).into(),
            sections: vec![Section {
                anchor: "",
                heading: "",
                text: "more words ".repeat(at * at % 300).into(),
            }],
            role: if at.is_multiple_of(5) {
                RecordRole::Main
            } else {
                RecordRole::Part
            },
            ..Record::default()
        }
    }

    #[test]
    fn how_records_are_divided_changes_no_file() {
        let all = 5 * HEADS + 7;
        let written_files = |at_once: usize| {
            let outputs = Mutex::new(Outputs::default());
            let files = Files {
                to: &outputs,
                names: Mutex::default(),
            };
            let (stemmer, names) = (Stemmer::for_language("en"), Names::default());
            let mut index_writer = IndexWriter::new(&files, WordIndex::new(&stemmer, &names));
            for start in (0..all).step_by(at_once) {
                index_writer.add((start..all.min(start + at_once)).map(record).collect());
            }
            let IndexSummary {
                heads,
                texts,
                runs,
                pages,
                ..
            } = index_writer.finish();
            drop(files);
            let outputs = outputs.into_inner().expect("no other has it");
            let files: Vec<_> = outputs.into_iter().collect();
            (files, heads, texts, runs, pages)
        };
        let whole = written_files(all);
        assert_eq!(whole.1.len(), 6);
        assert_eq!(whole.2[0].0, 0);
        assert!(whole.2.len() > 20, "{}", whole.2.len());
        assert_eq!(whole.3, [(0, all)]);
        assert_eq!(whole.4.iter().sum::<usize>(), all);
        for at_once in [1, 5, HEADS, 100] {
            assert_eq!(written_files(at_once), whole, "{at_once} at once");
        }
    }
}
