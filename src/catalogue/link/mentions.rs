//! What the runs of a text mention: citations, and terms of the glossary.
//!
//! Entry: [`Index::mentions`]. Invariant: a citation is read over all runs that are shown as one text, so that no sign of
//! emphasis, line end or link cuts it short.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use super::index::Index;
use super::prose::TextContext;
use crate::markdown::citations::{Citation, CitationTarget, Mentions};
use crate::markdown::{Document, Run, Separator};

/// What most texts mention.
static NOTHING: LazyLock<Arc<Mentions>> = LazyLock::new(Arc::default);

impl Index<'_> {
    /// What a text mentions, read anew only where the grammar or the glossary has changed.
    pub(super) fn mentions(&self, document: &Document, home: TextContext<'_>) -> Arc<Mentions> {
        let context = home.cites.map(|it| it.index() + 1);
        let key = self
            .grammar_key
            .wrapping_add(context.unwrap_or_default() as u64);
        document.mentions.get_or_insert(key, || {
            let mut mentions = Mentions::default();
            for runs in texts(&document.runs) {
                self.cited_in(document, runs, context, &mut mentions);
            }
            for (at, run) in document.runs.iter().enumerate() {
                if run.in_heading {
                    continue;
                }
                let terms = self.terms_in(run.text(document)).into_iter();
                mentions
                    .terms
                    .extend(terms.map(|(range, term)| (at, range, term)));
            }
            if mentions.citations.is_empty() && mentions.terms.is_empty() {
                return NOTHING.clone();
            }
            Arc::new(mentions)
        })
    }

    /// The citations in runs that are shown as one text. One that is written in several runs is linked in each.
    fn cited_in(
        &self,
        document: &Document,
        numbers: Range<usize>,
        context: Option<usize>,
        mentions: &mut Mentions,
    ) {
        let runs = &document.runs[numbers.clone()];
        let first = &runs[0];
        if let ([run], "") = (runs, first.after.as_str()) {
            let cited = self.grammar.scan(&run.before, run.text(document), context);
            let cited = cited.into_iter().map(|it| (numbers.start, it));
            mentions.citations.extend(cited);
            return;
        }
        let mut whole = String::new();
        let mut places = Vec::with_capacity(runs.len());
        for run in runs {
            if !places.is_empty() && run.separator == Separator::Line {
                whole.push('\n');
            }
            let start = whole.len();
            whole.push_str(run.text(document));
            places.push(start..whole.len());
        }
        whole.push_str(&runs[runs.len() - 1].after);
        for citation in self.grammar.scan(&first.before, &whole, context) {
            let mut pieces = 0;
            for (at, place) in places.iter().enumerate() {
                let from = citation.range.start.clamp(place.start, place.end);
                let to = citation.range.end.clamp(place.start, place.end);
                let reported = pieces > 0 && !matches!(citation.leads, CitationTarget::To(..));
                if from < to && !reported {
                    let range = from - place.start..to - place.start;
                    let piece = Citation {
                        range,
                        ..citation.clone()
                    };
                    mentions.citations.push((numbers.start + at, piece));
                    pieces += 1;
                }
            }
        }
    }
}

/// The runs that are shown as one text.
fn texts(runs: &[Run]) -> impl Iterator<Item = Range<usize>> {
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
