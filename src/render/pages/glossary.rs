//! The glossary; where it is too long for one page, numbered pages of it.

use std::ops::Range;

use serde::Serialize;

use super::list_pages::ListPageView;
use crate::catalogue::{TermIx, Thing};
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::page::{Page, counted};
use crate::render::pages::list_pages::listed;
use crate::render::prose;
use crate::render::views::{About, LinkView};

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    letters: Vec<Letter>,
    pages: Vec<ListPageView>,
}

#[derive(Serialize)]
struct Letter {
    letter: String,
    terms: Vec<TermView>,
}

#[derive(Serialize)]
struct TermView {
    anchor: String,
    term: String,
    also: String,
    text: Html,
    see: Vec<LinkView>,
}

/// The glossary.
pub(crate) fn view(page: &Page<'_>) -> View {
    let catalogue = page.catalogue();
    let name = |at: usize| catalogue.term(TermIx::new(at)).term.clone();
    let listed = listed(page, catalogue.terms.len(), name, about(page));
    View {
        frame: Frame::new(page, listed.about),
        letters: letters(page, listed.entries),
        pages: listed.pages,
    }
}

fn about(page: &Page<'_>) -> About {
    let catalogue = page.catalogue();
    let count = counted(catalogue.terms.len(), "term", "terms");
    About {
        heading: page.name(),
        description: format!("{count} that a reader may have to look up."),
        crumbs: page.top_crumbs(),
        ..About::default()
    }
}

fn letters(page: &Page<'_>, rows: Range<usize>) -> Vec<Letter> {
    let catalogue = page.catalogue();
    let mut letters: Vec<Letter> = Vec::new();
    for it in &catalogue.terms[rows] {
        let letter: String = it
            .term
            .chars()
            .take(1)
            .flat_map(char::to_uppercase)
            .collect();
        let see = it.see.iter().map(|ix| LinkView {
            href: page.href(&Thing::Term(*ix).into()).unwrap_or_default(),
            id: String::new(),
            title: catalogue.term(*ix).term.clone(),
        });
        let view = TermView {
            anchor: page.anchor(&it.slug),
            term: it.term.clone(),
            also: it.also.join(", "),
            text: prose::html(page, &it.text),
            see: see.collect(),
        };
        match letters.last_mut().filter(|it| it.letter == letter) {
            Some(group) => group.terms.push(view),
            None => letters.push(Letter {
                letter,
                terms: vec![view],
            }),
        }
    }
    letters
}
