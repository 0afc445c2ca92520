//! Every content file to its record, in parallel; what has not changed is not parsed again.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::snapshot::ThemeCache;
use crate::catalogue::link::Records;
use crate::diagnostic::{Checked, Diagnostic};
use crate::markdown::Highlighter;
use crate::schema::rules::id_differs_from_file;
use crate::schema::{self, Record};
use crate::source::{SourcePath, Sources};

/// Records by path and digest. It can change speed only.
#[derive(Debug, Default)]
pub struct ParseCache {
    seen: HashMap<SourcePath, ([u8; 32], Outcome)>,
    highlighter: Highlighter,
    /// The theme as it was last read.
    pub(super) theme: ThemeCache,
}

/// What a file gave: its record, or all that keeps it from being one; and the gaps in it.
#[derive(Debug, Clone)]
struct Outcome {
    record: Result<Option<Arc<Record>>, Vec<Diagnostic>>,
    gaps: Vec<Diagnostic>,
}

/// The records of every file in the content folder.
#[must_use]
pub fn parse(sources: &Sources, content_dir: &str, cache: &mut ParseCache) -> Checked<Records> {
    let ParseCache {
        seen, highlighter, ..
    } = cache;
    let files: Vec<_> = sources.under(content_dir).collect();
    let outcomes: Vec<_> = files
        .par_iter()
        .map(|(path, bytes)| {
            let digest = *blake3::hash(bytes).as_bytes();
            let known = seen.get(*path).filter(|(it, _)| *it == digest);
            let relative = &path[content_dir.len()..];
            let outcome = known.map_or_else(
                || outcome(path, relative, bytes, highlighter),
                |(_, outcome)| outcome.clone(),
            );
            ((*path).clone(), digest, outcome)
        })
        .collect();
    let mut out = Checked {
        value: Records {
            parsed: BTreeMap::new(),
            ..Records::default()
        },
        diagnostics: Vec::new(),
    };
    let mut fresh = HashMap::with_capacity(outcomes.len());
    for (path, digest, outcome) in outcomes {
        out.diagnostics.extend(outcome.gaps.iter().cloned());
        match &outcome.record {
            Ok(Some(record)) => drop(out.value.parsed.insert(path.clone(), record.clone())),
            Ok(None) => {}
            Err(found) => {
                out.value.failed.insert(path.clone());
                out.value
                    .failed
                    .extend(found.iter().filter_map(id_differs_from_file::looked_for_at));
                out.diagnostics.extend(found.iter().cloned());
            }
        }
        fresh.insert(path, (digest, outcome));
    }
    for (path, _) in sources.refused() {
        out.value.failed.insert(path.clone());
    }
    *seen = fresh;
    out
}

fn outcome(path: &SourcePath, relative: &str, bytes: &[u8], highlighter: &Highlighter) -> Outcome {
    let record = schema::parse(path, relative, bytes, highlighter);
    let gaps = match &record {
        Ok(Some(record)) => schema::gaps(path, bytes, record),
        _ => Vec::new(),
    };
    Outcome {
        record: record.map(|it| it.map(Arc::new)),
        gaps,
    }
}
