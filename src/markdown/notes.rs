//! Footnotes: which are shown, in which order, and what is wrong with the others.
//!
//! Entry: [`Notes::new`], then [`Notes::shown`]. Invariant: every note that is shown has at least one reference.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::parser::fold_label;
use super::{Fault, FaultKind};

/// The notes of a text.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The names of those that are shown, in the order in which the text first refers to each.
    pub order: Vec<String>,
}

type Events<'a> = Vec<(Event<'a>, Range<usize>)>;

impl Notes {
    /// The notes of a text's events. What a note refers to comes behind what the text itself refers to.
    pub(super) fn new(events: &[(Event<'_>, Range<usize>)]) -> Self {
        let mut seen = BTreeSet::new();
        let mut within: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut next = VecDeque::new();
        let mut open: Vec<Option<String>> = Vec::new();
        for (event, _) in events {
            match event {
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    let name = fold_label(name);
                    // The first of a name counts.
                    open.push(seen.insert(name.clone()).then_some(name));
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    open.pop();
                }
                Event::FootnoteReference(name) => match open.last() {
                    None => next.push_back(fold_label(name)),
                    Some(Some(of)) => within.entry(of.clone()).or_default().push(fold_label(name)),
                    Some(None) => {}
                },
                _ => {}
            }
        }
        let mut order: Vec<String> = Vec::new();
        while let Some(name) = next.pop_front() {
            if seen.contains(&name) && !order.contains(&name) {
                next.extend(within.remove(&name).unwrap_or_default());
                order.push(name);
            }
        }
        Self { order }
    }

    /// The events without the notes that are not shown, and why each is not.
    pub(super) fn shown<'a>(&self, events: Events<'a>) -> (Events<'a>, Vec<Fault>) {
        let has_notes =
            |(event, _): &(Event<'_>, _)| matches!(event, Event::Start(Tag::FootnoteDefinition(_)));
        if !events.iter().any(has_notes) {
            return (events, Vec::new());
        }
        let mut out = Vec::with_capacity(events.len());
        let mut faults = Vec::new();
        let mut seen = BTreeSet::new();
        let mut left_out = 0;
        for (event, range) in events {
            match &event {
                Event::Start(Tag::FootnoteDefinition(_)) if left_out > 0 => left_out += 1,
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    let folded = fold_label(name);
                    let fault = if seen.contains(&folded) {
                        Some(FaultKind::DoubleNote(name.to_string()))
                    } else if self.order.contains(&folded) {
                        None
                    } else {
                        Some(FaultKind::UnusedNote(name.to_string()))
                    };
                    seen.insert(folded);
                    if let Some(kind) = fault {
                        left_out = 1;
                        // As far as the name reaches: `[^name]:`.
                        let end = range.start + "[^]:".len() + name.len();
                        let range = range.start..end.min(range.end);
                        faults.push(Fault { kind, range });
                    }
                }
                Event::End(TagEnd::FootnoteDefinition) if left_out > 0 => {
                    left_out -= 1;
                    continue;
                }
                _ => {}
            }
            if left_out == 0 {
                out.push((event, range));
            }
        }
        (out, faults)
    }
}
