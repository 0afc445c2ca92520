//! Every content file to its record, in parallel; what has not changed is not parsed again.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::snapshot::Bytes;
use super::theme::ThemeCache;
use super::{CheckedBook, Drafts};
use crate::catalogue::link::{CachedIds, ParsedFile, Records};
use crate::diagnostic::{Checked, Diagnostic};
use crate::markdown::Highlighter;
use crate::markdown::anchors::Reserved;
use crate::schema;
use crate::schema::rules::id_differs_from_file;
use crate::source::{SourcePath, Sources};

/// Records by path and bytes. It can change speed only.
#[derive(Debug, Default)]
pub struct ParseCache {
    seen: HashMap<SourcePath, (Bytes, Outcome)>,
    /// The content folder, from which a file has its kind.
    folder: String,
    highlighter: Highlighter,
    /// The ids as they were last gathered.
    ids: CachedIds,
    /// The last book, the files and drafts that it was read from, and the anchors that its templates print.
    pub(super) last: Option<(Sources, Drafts, Reserved, CheckedBook)>,
    /// The theme as it was last read.
    pub(super) theme: ThemeCache,
}

/// What a file gave: its record, or all that keeps it from being one; and the gaps in it.
#[derive(Debug, Clone)]
struct Outcome {
    record: Result<Option<Arc<ParsedFile>>, Vec<Diagnostic>>,
    gaps: Vec<Diagnostic>,
    /// What it hides.
    hidden: Vec<Diagnostic>,
}

impl ParseCache {
    /// Forgets the records, while other work goes on: what was read last stays, and nothing more is to be read.
    pub fn forget_records(&mut self) {
        let seen = std::mem::take(&mut self.seen);
        rayon::spawn(move || drop(seen));
    }
}

/// The records of every file in the content folder.
#[must_use]
pub fn parse(sources: &Sources, content_dir: &str, cache: &mut ParseCache) -> Checked<Records> {
    let ParseCache {
        seen,
        folder,
        highlighter,
        ids,
        ..
    } = cache;
    if folder != content_dir {
        content_dir.clone_into(folder);
        seen.clear();
    }
    let files: Vec<_> = sources.under(content_dir).collect();
    let is_known = |(path, bytes): (&SourcePath, &Bytes)| {
        // Most files are the very same value as before.
        seen.get(path)
            .is_some_and(|(it, _)| Arc::ptr_eq(it, bytes) || it == bytes)
    };
    let fresh: Vec<_> = files
        .par_iter()
        .filter(|it| !is_known(**it))
        .map(|(path, bytes)| {
            let outcome = outcome(path, &path[content_dir.len()..], bytes, highlighter);
            ((*path).clone(), ((*bytes).clone(), outcome))
        })
        .collect();
    seen.extend(fresh);
    if seen.len() > files.len() {
        seen.retain(|path, _| sources.bytes(path).is_some());
    }
    let mut out = Checked {
        value: Records {
            ids: ids.clone(),
            ..Records::default()
        },
        diagnostics: Vec::new(),
    };
    let mut parsed = Vec::with_capacity(files.len());
    for (path, _) in files {
        let (_, outcome) = &seen[path];
        out.diagnostics.extend(outcome.gaps.iter().cloned());
        out.diagnostics.extend(outcome.hidden.iter().cloned());
        match &outcome.record {
            Ok(Some(record)) => parsed.push((path.clone(), record.clone())),
            Ok(None) => {}
            Err(found) => {
                out.value.unparsed.insert(path.clone());
                out.value
                    .unparsed
                    .extend(found.iter().filter_map(id_differs_from_file::expected_path));
                out.diagnostics.extend(found.iter().cloned());
            }
        }
    }
    out.value.parsed = parsed.into_iter().collect();
    for (path, _) in sources.refused() {
        out.value.unparsed.insert(path.clone());
    }
    out
}

fn outcome(path: &SourcePath, relative: &str, bytes: &[u8], highlighter: &Highlighter) -> Outcome {
    let record = schema::parse(path, relative, bytes, highlighter);
    let gaps = match &record {
        Ok(Some(record)) => schema::gaps(path, bytes, record),
        _ => Vec::new(),
    };
    Outcome {
        record: record.map(|it| it.map(|it| Arc::new(ParsedFile::new(it, bytes)))),
        gaps,
        hidden: schema::screen(path, bytes),
    }
}
