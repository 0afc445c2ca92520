//! Citations and terms of the glossary in the runs of a text.
//!
//! Entry: [`Index::mentions`]. Invariant: citations are scanned across all runs that are shown as one text, so that
//! emphasis, line ends and links do not cut them short.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use super::index::Index;
use super::prose::TextContext;
use crate::markdown::citations::{Citation, CitationTarget, Mentions};
use crate::markdown::{Document, Run, Separator};

/// Shared by texts without mentions, which are most.
static NO_MENTIONS: LazyLock<Arc<Mentions>> = LazyLock::new(Arc::default);

impl Index<'_> {
    /// The mentions in a text, scanned again only if the grammar or the glossary has changed.
    pub(super) fn mentions(&self, document: &Document, context: TextContext<'_>) -> Arc<Mentions> {
        let citable = context.cites.map(|it| it.index() + 1);
        let key = self
            .grammar_key
            .wrapping_add(citable.unwrap_or_default() as u64);
        document.mentions.get_or_insert(key, || {
            let mut mentions = Mentions::default();
            for runs in joined_runs(&document.runs) {
                self.collect_citations(document, runs, citable, &mut mentions);
            }
            for (number, run) in document.runs.iter().enumerate() {
                if run.in_heading {
                    continue;
                }
                let terms = self.terms_in(run.text(document)).into_iter();
                mentions
                    .terms
                    .extend(terms.map(|(range, term)| (number, range, term)));
            }
            if mentions.citations.is_empty() && mentions.terms.is_empty() {
                return NO_MENTIONS.clone();
            }
            Arc::new(mentions)
        })
    }

    /// Collects the citations in runs that are shown as one text. One that spans several runs is linked in each.
    fn collect_citations(
        &self,
        document: &Document,
        numbers: Range<usize>,
        citable: Option<usize>,
        mentions: &mut Mentions,
    ) {
        let runs = &document.runs[numbers.clone()];
        let first = &runs[0];
        if let ([run], "") = (runs, first.after.as_str()) {
            let citations = self.grammar.scan(&run.before, run.text(document), citable);
            let numbered = citations.into_iter().map(|it| (numbers.start, it));
            mentions.citations.extend(numbered);
            return;
        }
        let mut whole = String::new();
        let mut ranges = Vec::with_capacity(runs.len());
        for run in runs {
            if !ranges.is_empty() && run.separator == Separator::Line {
                whole.push('\n');
            }
            let start = whole.len();
            whole.push_str(run.text(document));
            ranges.push(start..whole.len());
        }
        whole.push_str(&runs[runs.len() - 1].after);
        for citation in self.grammar.scan(&first.before, &whole, citable) {
            let mut pieces = 0;
            for (run, range) in ranges.iter().enumerate() {
                let from = citation.range.start.clamp(range.start, range.end);
                let to = citation.range.end.clamp(range.start, range.end);
                let is_reported = pieces > 0 && !matches!(citation.leads, CitationTarget::To(..));
                if from < to && !is_reported {
                    let range = from - range.start..to - range.start;
                    let piece = Citation {
                        range,
                        ..citation.clone()
                    };
                    mentions.citations.push((numbers.start + run, piece));
                    pieces += 1;
                }
            }
        }
    }
}

/// Groups of runs that are shown as one text.
fn joined_runs(runs: &[Run]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let first = start;
        runs.get(first)?;
        start += 1;
        while runs
            .get(start)
            .is_some_and(|it| it.separator != Separator::Apart)
        {
            start += 1;
        }
        Some(first..start)
    })
}
