//! The glossary.

use std::ops::Range;

use serde::Serialize;

use super::list_pages::ListPageView;
use crate::catalogue::{LinkTarget, TermIx};
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::page::{Page, counted};
use crate::render::pages::list_pages::list_page;
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
    let name = |i: usize| catalogue.term(TermIx::new(i)).term.clone();
    let list_page = list_page(page, catalogue.terms.len(), name, about(page));
    View {
        frame: Frame::new(page, list_page.about),
        letters: letters(page, list_page.entries),
        pages: list_page.pages,
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
    for term in &catalogue.terms[rows] {
        let letter: String = term
            .term
            .chars()
            .take(1)
            .flat_map(char::to_uppercase)
            .collect();
        let see = term.see.iter().map(|ix| LinkView {
            href: page.href(&LinkTarget::Term(*ix).into()).unwrap_or_default(),
            id: String::new(),
            title: catalogue.term(*ix).term.clone(),
        });
        let view = TermView {
            anchor: page.anchor(&term.slug),
            term: term.term.clone(),
            also: term.also.join(", "),
            text: prose::html(page, &term.text),
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
