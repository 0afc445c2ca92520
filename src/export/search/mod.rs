//! The search index: built from the model, cut into scripts that also load from disk.
//!
//! Entry: [`put`]. `search/index.js` is the manifest; every other file is named after its bytes and never changes.
//! Invariant: the size of what a query loads grows with the query, not with the catalogue, but for the manifest.

mod facets;
mod glossary;
mod intake;
mod irregular;
mod keys;
mod opening;
mod postings;
mod record;
mod records;
mod shards;
mod spelling;
mod words;

use std::collections::{BTreeMap, HashSet};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::Serialize;

use crate::catalogue::Term;
use crate::hosting::IMMUTABLE_FOLDER;
use crate::output::Sink;
use crate::site::Edition;
use facets::Facets;
use glossary::Names;
use intake::Intake;
use postings::{Postings, Words};
use records::Records;
use words::Stemmer;

/// The folder of the index in the site.
pub const FOLDER: &str = "search/";
/// How many records' names stand in one file.
const HEADS: usize = 32;
/// How many bytes of text stand in one file, but for a longer record.
const TEXTS: usize = 8 * 1024;
/// The length of a file's name in the folder of files that never change.
const NAME: usize = 10;

/// The manifest, as the script reads it.
#[derive(Serialize)]
struct Manifest {
    /// How many records there are.
    records: usize,
    /// How many records' names stand in one file.
    chunk: usize,
    /// The files of names.
    heads: Vec<String>,
    /// The files of texts, each with the first record in it.
    texts: Vec<(usize, String)>,
    /// The files of words, each with the first word in it.
    words: Vec<(String, String)>,
    /// The file of all words.
    vocabulary: String,
    /// Groups of values to filter by.
    facets: Vec<facets::Group>,
    /// Sets of values.
    profiles: Vec<Vec<usize>>,
    /// The set of each record: set and how many records in a row have it.
    runs: Vec<(usize, usize)>,
    /// How many records stand on one page in a row, its subject first.
    pages: Vec<usize>,
    /// The most frequent endings of words.
    endings: Vec<String>,
    /// Words that are not looked for.
    stop: &'static [&'static str],
    /// The words around the identifiers of each framework.
    nouns: BTreeMap<String, Vec<String>>,
}

/// Hands over every file of the index.
pub fn put(edition: Edition<'_>, to: &dyn Sink) {
    let catalogue = edition.catalogue;
    let files = Files {
        to,
        names: Mutex::default(),
    };
    let records = Records::of(edition);
    let stemmer = Stemmer::of(&edition.config.book.language);
    let names = Names::of(catalogue.terms.iter().map(names), &stemmer);
    let mut intake = Intake::new(&files, Words::new(&stemmer, &names));
    let mut made = Vec::new();
    for part in records.parts() {
        // The next records are made while those before them are taken in.
        let (next, ()) = rayon::join(|| records.of_part(part), || intake.add(made));
        made = next;
    }
    intake.add(made);
    let known = intake.finish();
    let Facets { groups, profiles } = Facets::of(catalogue, &known.profiles);
    let postings = postings::postings(known.words, &stemmer);
    let vocabulary = files.put(&shards::vocabulary(&postings));
    let endings = endings(&postings);
    let words = files.put_all(shards::words(postings), |it| (it.first, it.text));
    let nouns = catalogue
        .frameworks
        .iter()
        .map(|it| (it.id.clone(), keys::nouns(it).into_iter().collect()));
    let manifest = Manifest {
        records: known.count,
        chunk: HEADS,
        heads: known.heads,
        texts: known.texts,
        words,
        vocabulary,
        facets: groups,
        profiles,
        runs: known.runs,
        pages: known.pages,
        endings,
        stop: words::STOP_WORDS,
        nouns: nouns.collect(),
    };
    files.write("index", &json(&manifest));
}

/// The names of a term.
fn names(term: &Term) -> Vec<&str> {
    let also = term.also.iter().map(String::as_str);
    std::iter::once(&*term.term).chain(also).collect()
}

/// The files of the index on their way.
struct Files<'a> {
    to: &'a dyn Sink,
    /// Their names: files of the same bytes are one.
    names: Mutex<HashSet<String>>,
}

impl Files<'_> {
    /// Hands over a file that is named after its bytes, and returns the name.
    fn put(&self, value: &impl Serialize) -> String {
        let (name, json) = named(value);
        self.write(&name, &json);
        name
    }

    /// Hands over a file for each part, and returns what `make` says of it with its name.
    fn put_all<P: Send, L: Send, V: Serialize>(
        &self,
        parts: Vec<P>,
        make: impl Fn(P) -> (L, V) + Sync,
    ) -> Vec<(L, String)> {
        let put = |part| {
            let (label, value) = make(part);
            (label, self.put(&value))
        };
        parts.into_par_iter().map(put).collect()
    }

    fn write(&self, name: &str, json: &str) {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if !names.insert(name.to_owned()) {
            return;
        }
        drop(names);
        let script = format!("controlbook.put(\"{name}\",{json});\n");
        self.to
            .put(&format!("{FOLDER}{name}.js"), script.as_bytes());
    }
}

/// A value as JSON, and a name after its bytes.
fn named(value: &impl Serialize) -> (String, String) {
    let json = json(value);
    let hash = blake3::hash(json.as_bytes()).to_hex();
    let folder = IMMUTABLE_FOLDER.strip_prefix(FOLDER).unwrap_or_default();
    (format!("{folder}{}", &hash[..NAME]), json)
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("strings and numbers can be written")
}

/// How many endings a form may have that does not occur in the texts.
const ENDINGS: usize = 8;

/// The endings that most words have.
fn endings(postings: &Postings) -> Vec<String> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for (stem, group) in postings.iter().filter(|(_, it)| it.plain) {
        for end in group
            .forms
            .iter()
            .filter_map(|it| it.strip_prefix(stem.as_str()))
        {
            *count.entry(end).or_default() += 1;
        }
    }
    count.remove("");
    let mut out: Vec<_> = count.into_iter().collect();
    out.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    out.into_iter()
        .take(ENDINGS)
        .map(|(end, _)| end.to_owned())
        .collect()
}
