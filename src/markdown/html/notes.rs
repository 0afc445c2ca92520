//! Renders footnotes after the text, in the order of their first references, with backlinks.
//!
//! Invariant: each reference has its own anchor, and each backlink leads to one.

use pulldown_cmark::Event;

use super::{Writer, escape};
use crate::markdown::parser::fold_label;

/// The notes of a text while it is written.
pub(super) struct Notes<'a> {
    /// The names in the order of their numbers.
    names: Vec<String>,
    /// How often the text refers to each.
    references: Vec<usize>,
    /// What each says.
    bodies: Vec<Vec<Event<'a>>>,
    /// The notes that are open, and what stood before each.
    open: Vec<(usize, Vec<Event<'a>>)>,
}

impl Notes<'_> {
    pub(super) fn new(names: Vec<String>) -> Self {
        Self {
            references: vec![0; names.len()],
            bodies: names.iter().map(|_| Vec::new()).collect(),
            names,
            open: Vec::new(),
        }
    }

    fn position(&self, name: &str) -> Option<usize> {
        let name = fold_label(name);
        self.names.iter().position(|it| *it == name)
    }
}

/// The end of the anchor of a note's `n`-th reference, from 1.
fn anchor(note: usize, n: usize) -> String {
    if n == 1 {
        format!("r{note}")
    } else {
        format!("r{note}-{n}")
    }
}

impl Writer<'_> {
    /// The number of a note where the text refers to it.
    pub(super) fn reference(&mut self, name: &str) {
        let Some(at) = self.notes.position(name) else {
            return;
        };
        self.notes.references[at] += 1;
        let (note, prefix) = (at + 1, escape(self.resolve.prefix()));
        let anchor = anchor(note, self.notes.references[at]);
        self.html(format!(
            "<sup><a href=\"#{prefix}n{note}\" id=\"{prefix}{anchor}\" aria-label=\"Note {note}\">{note}</a></sup>"
        ));
    }

    /// Begins a note, which is kept until the text ends.
    pub(super) fn open_note(&mut self, name: &str) {
        // What has no number is not among the events.
        let at = self.notes.position(name).unwrap_or(usize::MAX);
        let before = std::mem::take(&mut self.out);
        self.notes.open.push((at, before));
    }

    pub(super) fn close_note(&mut self) {
        if let Some((at, before)) = self.notes.open.pop() {
            let body = std::mem::replace(&mut self.out, before);
            if let Some(place) = self.notes.bodies.get_mut(at) {
                *place = body;
            }
        }
    }

    /// Writes the notes behind the text.
    pub(super) fn close_notes(&mut self) {
        let bodies = std::mem::take(&mut self.notes.bodies);
        let prefix = escape(self.resolve.prefix());
        for (at, body) in bodies.into_iter().enumerate() {
            let (note, count) = (at + 1, self.notes.references[at]);
            let back = |n: usize| {
                let which = if count > 1 {
                    format!(", place {n} of {count}")
                } else {
                    String::new()
                };
                let words = if n == 1 {
                    note.to_string()
                } else {
                    format!("<sup>{n}</sup>")
                };
                format!(
                    "<a href=\"#{prefix}{}\" aria-label=\"Back to note {note} in the text{which}\">{words}</a>",
                    anchor(note, n)
                )
            };
            let backs: Vec<_> = (1..=count).map(back).collect();
            self.html(format!(
                "<div class=\"fn\" id=\"{prefix}n{note}\"><span>{}</span><div>\n",
                backs.join(" ")
            ));
            self.out.extend(body);
            self.html("</div></div>\n");
        }
    }
}
