//! Records as they come, part by part: their words are counted, their names and texts written, and they are gone.
//!
//! Entry: [`Intake::add`] for each part, then [`Intake::finish`]. Invariant: how the records are divided changes no file.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::facets::Facet;
use super::postings::Words;
use super::record::{Record, Section, Subject};
use super::{Files, HEADS, TEXTS};

/// What a result shows at once: identifier, title, address, and the identifier as it is misprinted.
type Head<'a> = (Cow<'a, str>, Cow<'a, str>, String, Option<&'a str>);

/// What a result's excerpt is taken from: summary and sections.
type Text<'a> = (Cow<'a, str>, Vec<Section<'a>>);

/// What is known of the records that have come.
pub(super) struct Known<'a> {
    /// How many there are.
    pub count: usize,
    pub words: Words<'a>,
    /// The distinct sets of what a record can be filtered by, each with its number.
    pub profiles: BTreeMap<Vec<Facet>, usize>,
    /// Sets by number, and how many records in a row have it.
    pub runs: Vec<(usize, usize)>,
    /// How many records stand on one page in a row, its subject first.
    pub pages: Vec<usize>,
    /// The files of names.
    pub heads: Vec<String>,
    /// The files of texts, each with the first record in it.
    pub texts: Vec<(usize, String)>,
}

/// Takes the records of an index in their order.
pub(super) struct Intake<'a, 'f> {
    files: &'f Files<'f>,
    known: Known<'f>,
    /// Names and texts that no file holds yet.
    heads: Vec<Head<'a>>,
    texts: Vec<Text<'a>>,
}

impl<'a, 'f> Intake<'a, 'f> {
    pub(super) fn new(files: &'f Files<'f>, words: Words<'f>) -> Self {
        Self {
            files,
            known: Known {
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

    /// Takes the records that come next.
    pub(super) fn add(&mut self, records: Vec<Record<'a>>) {
        self.known.words.add(self.known.count, &records);
        for record in records {
            self.known.note(&record);
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

    /// Writes what is left, and tells what is known of all.
    pub(super) fn finish(mut self) -> Known<'f> {
        self.put_heads(self.heads.len());
        let lengths = lengths(&self.texts);
        self.put_texts(&lengths);
        self.known
    }

    /// Writes the first names that wait.
    fn put_heads(&mut self, count: usize) {
        let parts = self.heads[..count].chunks(HEADS).collect();
        let names = self.files.put_all(parts, |part| {
            ((), part.iter().map(head).collect::<Vec<_>>())
        });
        let names = names.into_iter().map(|((), name)| name);
        self.known.heads.extend(names);
        self.heads.drain(..count);
    }

    /// Writes the first texts that wait, as many as these files hold.
    fn put_texts(&mut self, lengths: &[usize]) {
        let mut first = self.known.count - self.texts.len();
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
        self.known.texts.extend(names);
        self.texts.drain(..written);
    }
}

impl Known<'_> {
    fn note(&mut self, record: &Record<'_>) {
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
            Some(length) if record.subject == Subject::Before => *length += 1,
            _ => self.pages.push(1),
        }
    }
}

/// A name as the script reads it.
fn head<'h>((id, title, href, printed): &'h Head<'_>) -> Vec<&'h str> {
    [&**id, title, href].into_iter().chain(*printed).collect()
}

/// A text as the script reads it: the summary, and sections of anchor, heading, text.
fn text<'t>((summary, sections): &'t Text<'_>) -> (&'t str, Vec<[&'t str; 3]>) {
    let sections = sections.iter();
    let sections = sections.map(|it| [it.anchor, it.heading, &it.text]);
    (summary, sections.collect())
}

/// How many texts stand in each file.
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

    use super::{HEADS, Intake, Known, Record, Section, Subject, Words};
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
            subject: if at.is_multiple_of(5) {
                Subject::Own
            } else {
                Subject::Before
            },
            ..Record::default()
        }
    }

    #[test]
    fn how_records_are_divided_changes_no_file() {
        let all = 5 * HEADS + 7;
        let taken = |at_once: usize| {
            let outputs = Mutex::new(Outputs::default());
            let files = Files {
                to: &outputs,
                names: Mutex::default(),
            };
            let (stemmer, names) = (Stemmer::of("en"), Names::default());
            let mut intake = Intake::new(&files, Words::new(&stemmer, &names));
            for start in (0..all).step_by(at_once) {
                intake.add((start..all.min(start + at_once)).map(record).collect());
            }
            let Known {
                heads,
                texts,
                runs,
                pages,
                ..
            } = intake.finish();
            drop(files);
            let outputs = outputs.into_inner().expect("no other has it");
            let files: Vec<_> = outputs.into_iter().collect();
            (files, heads, texts, runs, pages)
        };
        let whole = taken(all);
        assert_eq!(whole.1.len(), 6);
        assert_eq!(whole.2[0].0, 0);
        assert!(whole.2.len() > 20, "{}", whole.2.len());
        assert_eq!(whole.3, [(0, all)]);
        assert_eq!(whole.4.iter().sum::<usize>(), all);
        for at_once in [1, 5, HEADS, 100] {
            assert_eq!(taken(at_once), whole, "{at_once} at once");
        }
    }
}
