//! Applies every certain fix.
//!
//! Entry: [`fix`]. Invariant: nothing but the ranges of the edits changes; a file that an edit makes worse is left as it was.

use std::collections::{BTreeMap, BTreeSet};

use super::{CheckedBook, ParseCache, check};
use crate::diagnostic::{Diagnostic, Edit, Rule, line_column};
use crate::source::{SourcePath, Sources, Span};

/// Maximum number of rounds: a fix may reveal the next mistake.
const ROUNDS: usize = 50;

/// A book whose certain mistakes are mended.
#[derive(Debug)]
pub struct Fixed {
    /// Its files.
    pub sources: Sources,
    /// The edits, file by file in the order in which they were made.
    pub edits: Vec<AppliedEdit>,
    /// The files that are unchanged because a fix would have caused another mistake.
    pub left: BTreeSet<SourcePath>,
}

/// An edit that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedEdit {
    /// The rule whose mistake it mends.
    pub rule: &'static Rule,
    /// The file.
    pub path: SourcePath,
    /// Line and column before the edit, from 1.
    pub start: (usize, usize),
    /// What stood there.
    pub old: String,
    /// What stands there now.
    pub new: String,
}

/// The edits of each file in one round, in order and apart from each other.
type Plan = BTreeMap<SourcePath, Vec<(&'static Rule, Edit)>>;

/// Applies certain fixes until none is left.
#[must_use]
pub fn fix(sources: &Sources, cache: &mut ParseCache) -> Fixed {
    let mut out = Fixed {
        sources: sources.clone(),
        edits: Vec::new(),
        left: BTreeSet::new(),
    };
    let mut read = check(sources, cache);
    for _ in 0..ROUNDS {
        let plan = plan(&read.diagnostics, &out.left);
        if plan.is_empty() {
            break;
        }
        let before = out.sources.clone();
        let made = out.carry_out(&plan);
        let after = check(&out.sources, cache);
        let worse = worse(&plan, &read, &after);
        if worse.is_empty() {
            out.edits.extend(made);
            read = after;
        } else {
            out.sources = before;
            out.take_back(worse, sources);
            read = check(&out.sources, cache);
        }
    }
    out.edits.sort_by(|a, b| a.path.cmp(&b.path));
    out
}

/// The certain edits; of two that overlap, the first.
fn plan(found: &[Diagnostic], left: &BTreeSet<SourcePath>) -> Plan {
    let mut plan = Plan::new();
    for it in found.iter().filter(|it| !left.contains(&it.path)) {
        if let Some(edit) = it.fix.as_ref().filter(|it| it.is_certain()) {
            let edits = plan.entry(it.path.clone()).or_default();
            edits.push((it.rule, edit.clone()));
        }
    }
    for edits in plan.values_mut() {
        edits.sort_by_key(|(_, edit)| edit.span);
        let mut end = None;
        edits.retain(|(_, edit)| {
            let is_apart = end.is_none_or(|end| edit.span.start >= end);
            if is_apart {
                end = Some(edit.span.end.max(edit.span.start + 1));
            }
            is_apart
        });
    }
    plan
}

impl Fixed {
    fn carry_out(&mut self, plan: &Plan) -> Vec<AppliedEdit> {
        let mut made = Vec::new();
        for (path, edits) in plan {
            let Some(text) = self.sources.text(path) else {
                continue;
            };
            let mut changed = text.to_owned();
            for (_, edit) in edits.iter().rev() {
                changed = edit.applied(&changed).unwrap_or(changed);
            }
            made.extend(edits.iter().map(|(rule, edit)| AppliedEdit {
                rule,
                path: path.clone(),
                start: line_column(text, edit.span.start),
                old: text[edit.span.start..edit.span.end].to_owned(),
                new: edit.text.clone(),
            }));
            let bytes = with_mark(&self.sources, path, &changed);
            self.sources.replace(path, bytes.into());
        }
        made
    }

    /// Restores files to their first state.
    fn take_back(&mut self, worse: BTreeSet<SourcePath>, first: &Sources) {
        for path in &worse {
            if let Some(bytes) = first.bytes(path) {
                self.sources.replace(path, bytes.clone());
            }
        }
        self.edits.retain(|it| !worse.contains(&it.path));
        self.left.extend(worse);
    }
}

/// A text as the bytes of a file, with the byte order mark that the file has.
#[must_use]
pub fn with_mark(sources: &Sources, path: &str, text: &str) -> Vec<u8> {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    let has_mark = sources.bytes(path).is_some_and(|it| it.starts_with(MARK));
    let mark = if has_mark { MARK } else { &[] };
    [mark, text.as_bytes()].concat()
}

/// The files in which an edit caused a mistake or mended none.
fn worse(plan: &Plan, before: &CheckedBook, after: &CheckedBook) -> BTreeSet<SourcePath> {
    let is_worse = |(path, edits): &(&SourcePath, &Vec<(&'static Rule, Edit)>)| {
        let lost = |read: &CheckedBook| read.catalogue.unparsed.contains(&***path);
        let count = |read: &CheckedBook, rule: &Rule| {
            let found = read.diagnostics.iter();
            found
                .filter(|it| it.path == **path && it.rule == rule)
                .count()
        };
        let grew = |it: &Diagnostic| count(after, it.rule) > count(before, it.rule);
        let at_edit = |it: &Diagnostic| {
            written(edits).any(|(rule, span)| {
                touches(it, path, span)
                    && (grew(it) || rule == it.rule && count(after, rule) >= count(before, rule))
            })
        };
        let caused = after.diagnostics.iter().any(|diagnostic| {
            let is_unreadable = UNREADABLE.contains(&diagnostic.rule.code)
                && diagnostic.path == **path
                && grew(diagnostic);
            // What is missing beside a record was missing before the record could be read, and what can be mended will be.
            let is_expected = diagnostic.rule.code.starts_with("missing-")
                || diagnostic.fix.as_ref().is_some_and(Edit::is_certain) && grew(diagnostic);
            is_unreadable || !is_expected && at_edit(diagnostic)
        });
        caused || lost(after) && !lost(before)
    };
    let worse = plan.iter().filter(is_worse);
    worse.map(|(path, _)| path.clone()).collect()
}

/// The rules on files that can't be parsed.
const UNREADABLE: [&str; 2] = ["invalid-yaml", "invalid-toml"];

/// The ranges of a file's edits after all have been applied.
fn written<'a>(
    edits: &'a [(&'static Rule, Edit)],
) -> impl Iterator<Item = (&'static Rule, Span)> + 'a {
    let (mut gone, mut new) = (0, 0);
    edits.iter().map(move |(rule, edit)| {
        let start = edit.span.start - gone + new;
        gone += edit.span.end - edit.span.start;
        new += edit.text.len();
        (*rule, Span::new(start, start + edit.text.len()))
    })
}

/// Whether a diagnostic, or another place that takes part in it, is of a range.
fn touches(it: &Diagnostic, path: &SourcePath, range: Span) -> bool {
    let own = it.span.map(|span| (&it.path, span));
    let related = it.related.iter();
    let related = related.map(|it| (&it.place.path, it.place.span));
    own.into_iter()
        .chain(related)
        .any(|(of, span)| of == path && span.start < range.end && range.start < span.end)
}
