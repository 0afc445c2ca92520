//! The weights and exceptions of `book.toml`, laid over what was found.

use std::collections::BTreeSet;

use super::CheckedBook;
use crate::check::{too_few, unused_exception};
use crate::config::{BAD_VALUE, BOOK_TOML, Config, value_location};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules;
use crate::schema::rules::missing_words;
use crate::source::{SourcePath, Sources};

pub(super) fn apply(mut read: CheckedBook, sources: &Sources) -> CheckedBook {
    let mut used = BTreeSet::new();
    let mut out = std::mem::take(&mut read.diagnostics);
    let CheckedBook {
        config, catalogue, ..
    } = &read;
    let gaps = out.iter().filter(|it| *it.rule == missing_words::RULE);
    let gaps = gaps.cloned().collect();
    out.retain(|it| !excepted(it, config, &mut used));
    out.extend(unknown_rules(config, sources));
    // A file that gave no record may hold what an exception is for.
    if catalogue.unparsed.is_empty() {
        let drafts = &catalogue.drafts.names;
        let is_known = |code: &str| rules::find(code).is_some();
        out.extend(unused_exception::check(
            config,
            sources,
            is_known,
            |at, id| drafts.contains(id) || used.contains(&(at, id.to_owned())),
        ));
    }
    weigh(&mut out, config);
    // What is left out for a mistake is missing in the counts as well; nothing is written then, so it is said once.
    if out.iter().all(|it| it.severity != Severity::Error) {
        out.extend(too_few::check(catalogue, config, sources));
        weigh(&mut out, config);
    }
    for it in &mut out {
        it.write_fix(sources);
    }
    out.sort_by(Diagnostic::in_order);
    out.dedup_by(|a, b| a.sort_key() == b.sort_key());
    read.gaps = gaps;
    read.diagnostics = out;
    read
}

/// Gives each diagnostic the weight that `book.toml` states.
fn weigh(found: &mut Vec<Diagnostic>, config: &Config) {
    for it in &mut *found {
        if let Some(level) = config.checks.severity.get(it.rule.code) {
            it.severity = (*level).into();
        }
    }
    found.retain(|it| it.severity != Severity::Off);
}

/// Whether an exception takes a diagnostic away; which one is noted by its number and id.
fn excepted(it: &Diagnostic, config: &Config, used: &mut BTreeSet<(usize, String)>) -> bool {
    let mut hit = false;
    for (at, exception) in config.checks.except.iter().enumerate() {
        // A mistake that is of no record can be excepted by its file.
        let named = exception
            .of
            .iter()
            .find(|of| **of == it.subject || **of == *it.path);
        if let (true, Some(of)) = (exception.rule == it.rule.code, named) {
            used.insert((at, of.clone()));
            hit = true;
        }
    }
    hit
}

/// Codes in `book.toml` that no rule has.
fn unknown_rules(config: &Config, sources: &Sources) -> Vec<Diagnostic> {
    let path: SourcePath = BOOK_TOML.into();
    let text = sources.text(&path).unwrap_or_default();
    let severities = config.checks.severity.keys().map(|code| {
        (
            code,
            vec!["checks".to_owned(), "severity".to_owned(), code.clone()],
        )
    });
    let exceptions = config.checks.except.iter().enumerate().map(|(at, it)| {
        let keys = ["checks", "except", &at.to_string(), "rule"]
            .map(str::to_owned)
            .to_vec();
        (&it.rule, keys)
    });
    let unknown = severities
        .chain(exceptions)
        .filter(|(code, _)| rules::find(code).is_none());
    unknown
        .map(|(code, keys)| {
            let keys: Vec<_> = keys.iter().map(String::as_str).collect();
            Diagnostic::new(
                &BAD_VALUE,
                &value_location(&path, text, &keys),
                format!("there is no rule `{code}`"),
            )
            .suggest_word(code, rules::ALL.iter().map(|it| (it.code, "")))
        })
        .collect()
}
