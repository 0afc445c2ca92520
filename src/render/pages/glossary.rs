//! The glossary.

use serde::Serialize;

use crate::catalogue::Thing;
use crate::render::frame::{About, Frame};
use crate::render::page::{LinkView, Page, counted};
use crate::site::PageKind;

#[derive(Serialize)]
pub(in crate::render) struct View {
    frame: Frame,
    letters: Vec<Letter>,
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
    text: String,
    see: Vec<LinkView>,
}

pub(in crate::render) fn view(page: &Page<'_>) -> View {
    let catalogue = page.catalogue();
    let count = counted(catalogue.terms.len(), "term", "terms");
    let about = About {
        heading: "Glossary".to_owned(),
        description: format!("{count} that a reader may have to look up."),
        crumbs: vec![page.crumb(PageKind::Home, "Home"), Page::here("Glossary")],
        part: Some(PageKind::Glossary),
        ..About::default()
    };
    let mut letters: Vec<Letter> = Vec::new();
    for it in &catalogue.terms {
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
            anchor: it.slug.clone(),
            term: it.term.clone(),
            also: it.also.join(", "),
            text: page.prose(&it.text),
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
    View {
        frame: page.frame(about),
        letters,
    }
}
