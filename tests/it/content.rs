//! The real content is complete and says what its sources say: counts, and a digest of every id, title and level.

use std::collections::BTreeMap;

use controlbook::catalogue::{Catalogue, Framework, NodeIx};
use controlbook::pipeline::{ParseCache, check};

use crate::real::{BUILT, SOURCES};

fn catalogue() -> &'static Catalogue {
    &BUILT.book.catalogue
}

fn framework(id: &str) -> &'static Framework {
    catalogue()
        .frameworks
        .iter()
        .find(|it| it.id == id)
        .expect("the framework is there")
}

/// How many nodes of each kind a framework has.
fn kinds(it: &Framework) -> BTreeMap<&str, usize> {
    let mut out = BTreeMap::new();
    for node in &catalogue().nodes[it.nodes.clone()] {
        *out.entry(it.kinds[node.kind].name.as_str()).or_default() += 1;
    }
    out
}

/// The digest over the sorted lines `id`, title, level, with a tab between.
fn digest(it: &Framework) -> String {
    let mut lines: Vec<_> = it
        .nodes
        .clone()
        .map(|at| {
            let node = &catalogue().nodes[at];
            let level = catalogue().level_of(NodeIx::new(at)).unwrap_or_default();
            format!(
                "{}\t{}\t{level}\n",
                node.id,
                node.title.as_deref().unwrap_or_default()
            )
        })
        .collect();
    lines.sort();
    blake3::hash(lines.concat().as_bytes()).to_hex().to_string()
}

#[test]
fn the_real_content_has_no_diagnostic() {
    let found = &BUILT.book.diagnostics;
    assert!(
        found.is_empty(),
        "{}",
        controlbook::diagnostic::short::render(found, &SOURCES)
    );
}

#[test]
fn eucs_is_complete() {
    let it = framework("eucs");
    assert_eq!(
        kinds(it),
        BTreeMap::from([("category", 20), ("control", 120), ("requirement", 535)])
    );
    let mut levels = BTreeMap::new();
    for at in it.nodes.clone() {
        if let Some(level) = catalogue().level_of(NodeIx::new(at)) {
            *levels.entry(level).or_insert(0) += 1;
        }
    }
    assert_eq!(
        levels,
        BTreeMap::from([("basic", 220), ("substantial", 187), ("high", 128)])
    );
    assert_eq!(
        digest(it),
        "22d391aabe9025492e1a837c4ded31b7aac092cdc4891ede3ad092ef010a301e"
    );
}

#[test]
fn eucs_misprints_are_kept() {
    let it = framework("eucs");
    let printed = it.nodes.clone().filter_map(|at| {
        let node = &catalogue().nodes[at];
        Some((node.id.as_str(), node.printed.as_deref()?))
    });
    let expected = [("OIS-01.4", "OSI-01.4"), ("PS-01.3", "PS01-3")];
    let printed: BTreeMap<_, _> = printed.collect();
    assert_eq!(printed.len(), 9);
    for (id, wrong) in expected {
        assert_eq!(printed.get(id), Some(&wrong));
    }
}

#[test]
fn gdpr_is_complete() {
    let it = framework("gdpr");
    let expected = [
        ("chapter", 11),
        ("section", 15),
        ("article", 99),
        ("paragraph", 398),
        ("point", 359),
    ];
    assert_eq!(kinds(it), BTreeMap::from(expected));
    assert_eq!(
        digest(it),
        "674ed95d05e6c6983b67eaeb68cb9a71083d8423e1bec35b218554a46c027e8e"
    );
}

#[test]
fn every_node_has_words_and_an_official_link() {
    for it in &catalogue().nodes {
        assert!(!it.summary.is_empty(), "{} has no summary", it.id);
        assert!(it.name().is_some(), "{} has neither title nor label", it.id);
    }
    assert!(catalogue().frameworks.iter().all(|it| {
        it.link
            .as_deref()
            .is_some_and(|url| url.starts_with("https://"))
    }));
}

#[test]
fn the_subject_is_complete() {
    let catalogue = catalogue();
    let ids: Vec<_> = catalogue.measures.iter().map(|it| it.id.clone()).collect();
    let expected: Vec<_> = (1..=17).map(|at| format!("HCS-{at:02}")).collect();
    assert_eq!(ids, expected);
    let cases: Vec<_> = catalogue
        .use_cases
        .iter()
        .map(|it| it.id.as_str())
        .collect();
    assert_eq!(cases, ["ehr", "remote-care", "medical-devices"]);
    let order: Vec<_> = catalogue
        .reading_order()
        .iter()
        .map(|ix| catalogue.measure(*ix).id[4..].to_owned())
        .collect();
    assert_eq!(
        order.join(" "),
        "01 02 08 17 11 05 09 10 13 15 12 16 03 04 06 07 14"
    );
    for it in &catalogue.measures {
        assert!((5..=10).contains(&it.practices.len()), "{}", it.id);
        assert_eq!(it.relevance.len(), 3, "{}", it.id);
        assert_eq!(it.duties.len(), 3, "{}", it.id);
        assert!(
            !it.threats.is_empty() && !it.related.is_empty(),
            "{}",
            it.id
        );
    }
}

#[test]
fn guidance_is_of_a_readable_length() {
    for it in &catalogue().measures {
        let guidance = it.guidance.as_ref().expect("checked by missing-guidance");
        let words = guidance.prose.plain().split_whitespace().count();
        assert!(
            (500..=1_000).contains(&words),
            "{} has {words} words of guidance",
            it.id
        );
    }
}

#[test]
fn a_second_reading_of_the_same_sources_is_equal() {
    let again = check(&SOURCES, &mut ParseCache::default());
    assert_eq!(
        format!("{:?}", again.catalogue),
        format!("{:?}", BUILT.book.catalogue)
    );
}
