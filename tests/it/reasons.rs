//! Every reason of the real catalogue fits its own pair: no two share half of their runs of five words.

use std::collections::{BTreeMap, BTreeSet};

use controlbook::catalogue::Prose;

use crate::fields::leaves;
use crate::real::BUILT;

/// How many words a run has.
const RUN: usize = 5;

/// The words of a reason. Identifiers and titles are left out: they make equal reasons look different.
fn telling_words(prose: &Prose, titles: &BTreeSet<String>) -> Vec<String> {
    let mut text = prose.plain().to_lowercase();
    for title in titles {
        text = text.replace(title, " ");
    }
    let clean = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let id = |word: &str| word.chars().any(|c| c.is_ascii_digit());
    text.split_whitespace()
        .map(clean)
        .filter(|it| !it.is_empty() && !id(it))
        .collect()
}

fn runs(words: &[String]) -> BTreeSet<String> {
    words.windows(RUN).map(|it| it.join(" ")).collect()
}

#[test]
fn no_two_reasons_are_alike() {
    let catalogue = &BUILT.book.catalogue;
    let long = |it: &&String| it.len() > 12;
    let nodes = catalogue.nodes.iter().filter_map(|it| it.title.clone());
    let titles: BTreeSet<_> = nodes
        .chain(catalogue.measures.iter().map(|it| it.title.clone()))
        .map(|it| it.to_lowercase())
        .collect();
    let titles: BTreeSet<_> = titles.iter().filter(long).cloned().collect();
    let mappings = catalogue.mappings.iter().map(|it| {
        (
            format!(
                "{} to {}",
                catalogue.origin_id(it.from),
                catalogue.node(it.to).id
            ),
            &it.because,
        )
    });
    let gaps = catalogue.gaps.iter().map(|it| {
        (
            format!("not mapped {}", catalogue.node(it.node).id),
            &it.because,
        )
    });
    let reasons: Vec<_> = mappings
        .chain(gaps)
        .map(|(name, because)| {
            let words = telling_words(because, &titles);
            (name, runs(&words), words.join(" "))
        })
        .collect();
    let mut by_run: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (_, runs, _)) in reasons.iter().enumerate() {
        for run in runs {
            by_run.entry(run).or_default().push(at);
        }
    }
    let mut alike = Vec::new();
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for places in by_run.values() {
        for (number, first) in places.iter().enumerate() {
            for second in &places[number + 1..] {
                *shared.entry((*first, *second)).or_default() += 1;
            }
        }
    }
    for ((first, second), count) in shared {
        let least = reasons[first].1.len().min(reasons[second].1.len());
        if count * 2 >= least {
            alike.push(format!(
                "{} and {} share {count} of {least} runs",
                reasons[first].0, reasons[second].0
            ));
        }
    }
    assert!(alike.is_empty(), "{}", alike.join("\n"));
    let mut seen = BTreeMap::new();
    for (name, _, text) in &reasons {
        if let Some(other) = seen.insert(text, name) {
            panic!("{name} and {other} have the same reason");
        }
    }
}

#[test]
fn sentences_are_short() {
    let (mut words, mut sentences) = (0, 0);
    let mut count = |text: &str| {
        for sentence in text.split(['.', '?', '!', ':', ';']) {
            let found = sentence
                .split_whitespace()
                .filter(|it| it.chars().any(char::is_alphabetic))
                .count();
            if found > 2 {
                (words, sentences) = (words + found, sentences + 1);
            }
        }
    };
    let document = BUILT.outputs.get("data/catalogue.json").expect("the data");
    let document = serde_json::from_slice(document).expect("it is JSON");
    leaves(&document, &mut |it| {
        it.as_str().into_iter().for_each(&mut count);
    });
    assert!(
        words < 22 * sentences,
        "{words} words in {sentences} sentences"
    );
}
